//! Objections of the facility to a clause or to the whole report, each with the panel's answer.

use crate::domain::terms::written::{Line, Note};

/// An objection, as the lead wrote it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Who objected, for the facility; may be empty.
    pub by: Line,
    /// What is objected to; never empty.
    pub text: Note,
    /// The panel's answer; empty = not answered yet.
    pub answer: Note,
}
