//! What is not settled, or was let pass, in a report.

use crate::domain::edit::waiver::MatterKind;

/// What was not in order when the visit was made final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaiverLine {
    /// What; `None` = only the reason says so.
    pub kind: Option<MatterKind>,
    /// Clauses, gates or members concerned.
    pub about: Vec<String>,
    /// Why it was let pass.
    pub reason: String,
}

/// Something to settle or to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenMatter {
    /// What kind.
    pub kind: MatterKind,
    /// Clauses, gates or members concerned.
    pub about: Vec<String>,
    /// More, if there is more to say.
    pub text: String,
    /// Why it was let pass when the visit was made final; `None` = it was not.
    pub waived: Option<String>,
}
