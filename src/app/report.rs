//! Papers of a visit, written into a folder.

pub mod export;
pub mod forms;
pub mod template;
