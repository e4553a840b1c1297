//! What leaving a clause out as not applicable does to a standard: the answer might differ if it counted.

use crate::domain::{
    checklist::profile::Standard,
    edit::verdict::Decision,
    outcome::{ClauseResult, condition::is_met},
    terms::{
        amount::Amount,
        grade::Grade,
        id::{ClauseId, StandardId},
    },
};

/// A clause with the verdict not applicable that matters: counted with some grade, a standard would come out otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NaEffect {
    /// The clause.
    pub clause: ClauseId,
    /// The standard.
    pub standard: StandardId,
    /// The standard as it is, without the clause; `None` = open.
    pub met: Option<bool>,
    /// The standard if the clause counted as a D, or with no points.
    pub as_lowest: Option<bool>,
    /// The standard if the clause counted as an A, or with full marks.
    pub as_highest: Option<bool>,
}

/// All clauses that matter, clause by clause; each is tried alone, the others left out as they are. Each standard comes with
/// whether the gates leave it open to be met.
pub(super) fn effects(standards: &[(&Standard, Option<bool>)], clauses: &[ClauseResult]) -> Vec<NaEffect> {
    let mut tried = clauses.to_vec();
    let now: Vec<Option<bool>> =
        standards.iter().map(|(it, is_clear)| is_met(&it.conditions, clauses, *is_clear)).collect();
    let mut found = Vec::new();
    for (index, clause) in clauses.iter().enumerate() {
        if clause.verdict != Some(Decision::NotApplicable) {
            continue;
        }
        let ends = match clause.full_points {
            Some(full) => [Decision::Points(Amount::ZERO), Decision::Points(full)],
            None => [Decision::Grade(Grade::D), Decision::Grade(Grade::A)],
        };
        for ((standard, is_clear), met) in standards.iter().zip(&now) {
            let [as_lowest, as_highest] = ends.map(|verdict| {
                if let Some(clause) = tried.get_mut(index) {
                    clause.verdict = Some(verdict);
                }
                is_met(&standard.conditions, &tried, *is_clear)
            });
            if as_lowest != *met || as_highest != *met {
                let (clause, standard) = (clause.id.clone(), standard.id.clone());
                found.push(NaEffect { clause, standard, met: *met, as_lowest, as_highest });
            }
        }
        if let Some(tried) = tried.get_mut(index) {
            tried.verdict = Some(Decision::NotApplicable);
        }
    }
    found
}
