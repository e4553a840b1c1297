//! Exchange with the shared file: when it happens unasked, what it brought, and the passphrase of the file.

pub(crate) mod autosync;
#[cfg(test)]
mod autosync_tests;
pub(crate) mod log;
pub(crate) mod log_dialog;
pub(crate) mod passphrase;
#[cfg(test)]
mod passphrase_tests;
pub(crate) mod passphrase_words;
#[cfg(test)]
mod tests;
pub(crate) mod words;
