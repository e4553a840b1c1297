//! The rectification ledger: its screen, and the one dialog for every step of an item.

pub(crate) mod screen;
pub(crate) mod step;
#[cfg(test)]
mod tests;
pub(crate) mod words;
