//! What a member says about a clause as a whole: a direct grade, points or an absence, with the reason.

use crate::domain::terms::{absence::Absence, amount::Amount, grade::Grade, written::Line};

/// What a member says about a clause beside findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// Grade, points or absence.
    pub choice: Choice,
    /// Why; may be empty where no reason is required.
    pub reason: Line,
}

/// The choice of a [`Stand`], or what a vote amounts to where a verdict cites it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// A grade.
    Grade(Grade),
    /// Points awarded, for points-scale clauses.
    Points(Amount),
    /// No grade. A [`Stand`] never says [`Absence::Recused`], which is the lead's to record.
    Absent(Absence),
}
