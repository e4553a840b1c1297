//! Rules of a checklist on verdicts that can hardly both be right: what one clause found, another clause denies.
//!
//! A rule points, it does not decide: nothing is changed or blocked by it, the panel looks again. Which rules the verdicts of
//! a visit break is told by the outcome.

use crate::domain::terms::{
    grade::Grade,
    id::{ClauseId, ContradictionId},
    lang::Text,
    source::Source,
};

/// A rule: when the first holds, the second should not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// Id, e.g. `EM-02.X1`.
    pub id: ContradictionId,
    /// The verdict it starts from.
    pub when: VerdictRange,
    /// The verdict that contradicts it; of another clause.
    pub but: VerdictRange,
    /// Why the two contradict each other.
    pub text: Text,
    /// Where the rule comes from.
    pub source: Source,
}

/// Some verdicts of one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictRange {
    /// The clause, a graded one.
    pub clause: ClauseId,
    /// Which verdicts.
    pub bound: GradeBound,
}

/// From which side a range is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GradeBound {
    /// This grade or a better one.
    AtLeast(Grade),
    /// This grade or a worse one.
    AtMost(Grade),
}

impl GradeBound {
    /// Whether a grade lies in the range.
    #[must_use]
    pub fn admits(self, grade: Grade) -> bool {
        match self {
            Self::AtLeast(least) => grade >= least,
            Self::AtMost(most) => grade <= most,
        }
    }
}
