//! Why no workbook was made of a checklist.

use crate::checklist::problem::Problem;

/// Why no workbook was made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The checklist has errors, or there is none of that name.
    #[error("the checklist has {} problems", .0.len())]
    Checklist(Vec<Problem>),
    /// A value that no workbook can hold.
    #[error("the workbook cannot be written: {0}")]
    Workbook(String),
}
