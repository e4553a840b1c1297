//! The rectification ledger: the steps on its items (`work`), and the ledger as a workbook, out and back in (`file`).

pub mod file;
pub mod work;
