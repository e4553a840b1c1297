//! What a member says about a clause as a whole: a direct grade, points or an absence, with the reason.

use crate::domain::terms::{absence::Absence, amount::Amount, grade::Grade};

/// What a member says about a clause beside findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// Grade, points or absence.
    pub choice: Choice,
    /// Why; may be empty where no reason is required.
    pub reason: String,
}

/// The choice of a [`Stand`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// A direct grade. Does not stand for [`Absence::Recused`].
    Grade(Grade),
    /// Points awarded, for points-scale clauses.
    Points(Amount),
    /// No grade.
    Absent(Absence),
}
