//! Verdicts that can hardly both be right, by rules of the checklist: what one clause found, another clause denies.
//!
//! A rule points, it does not decide: nothing is changed or blocked by it, the panel looks again.

use crate::domain::{
    edit::verdict::Decision,
    outcome::ClauseResult,
    terms::{
        grade::Grade,
        id::{ClauseId, ContradictionId},
        lang::Bilingual,
        source::Source,
    },
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
    pub text: Bilingual,
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

/// A rule that two verdicts break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradicted {
    /// The rule.
    pub rule: Contradiction,
    /// The verdict of its first clause.
    pub when: Grade,
    /// The verdict of its second clause.
    pub but: Grade,
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

/// The rules that these verdicts break, in the order of the rules. Undecided and not-applicable clauses break none.
#[must_use]
pub fn contradicted(rules: &[Contradiction], clauses: &[ClauseResult]) -> Vec<Contradicted> {
    let inside = |range: &VerdictRange| {
        let result = clauses.iter().find(|it| it.id == range.clause)?;
        match result.verdict {
            Some(Decision::Grade(grade)) => Some(grade).filter(|grade| range.bound.admits(*grade)),
            _ => None,
        }
    };
    let broken = |rule: &Contradiction| {
        Some(Contradicted { rule: rule.clone(), when: inside(&rule.when)?, but: inside(&rule.but)? })
    };
    rules.iter().filter_map(broken).collect()
}
