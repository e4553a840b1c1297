//! The rectification ledger: work on its items, and its file.

pub mod file;
pub mod work;
