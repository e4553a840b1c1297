//! Which verdicts deny each other, by the rules of the checklist.

use crate::domain::{
    checklist::contradiction::{Contradiction, VerdictRange},
    edit::verdict::Decision,
    outcome::ClauseResult,
    terms::grade::Grade,
};

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
