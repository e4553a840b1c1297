//! The screen of the rectification ledger and its dialog.

pub(crate) mod screen;
pub(crate) mod step;
#[cfg(test)]
mod tests;
pub(crate) mod words;
