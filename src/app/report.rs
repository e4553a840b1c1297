//! Papers of a visit, written into a folder: reports by format and template, and forms to be signed.

pub mod export;
pub mod forms;
pub mod rule_papers;
pub mod template;
