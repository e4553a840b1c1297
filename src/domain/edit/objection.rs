//! Objections of the facility to a clause or to the whole report, each with the panel's answer.

/// An objection, as the lead wrote it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Who objected, for the facility; may be empty.
    pub by: String,
    /// What is objected to; never empty.
    pub text: String,
    /// The panel's answer; empty = not answered yet.
    pub answer: String,
}
