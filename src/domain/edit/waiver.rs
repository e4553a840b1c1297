//! Waivers: what was not in order when a visit was made final, and why it was let pass. Printed in every report.

use crate::domain::ending::readiness::MatterKind;

/// One waiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// What was let pass; `None` = only the reason says so.
    pub kind: Option<MatterKind>,
    /// Clauses, gates or members concerned.
    pub about: Vec<String>,
    /// Why; never empty.
    pub reason: String,
}

/// What the lead made final.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Finalisation {
    /// What was waived.
    pub waivers: Vec<Waiver>,
    /// The record that was made final; `None` = not told.
    pub record: Option<crate::domain::terms::digest::Digest>,
}
