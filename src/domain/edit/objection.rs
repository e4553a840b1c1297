//! Objections of the facility to a clause or to the whole report, each with the panel's answer.

use crate::domain::terms::{
    date::Date,
    written::{Line, Note},
};

/// An objection, as the lead wrote it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Who objected, for the facility; may be empty.
    pub by: Line,
    /// What is objected to; never empty.
    pub text: Note,
    /// The panel's answer; empty = not answered yet.
    pub answer: Note,
    /// The day it was raised; `None` = not said.
    pub on: Option<Date>,
}
