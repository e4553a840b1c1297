//! How far a standard is from the opposite answer: the least number of clauses that would have to come out differently.

use crate::domain::{
    grade::Grade,
    outcome::{ClauseResult, counted, evaluate, evaluate_points},
    profile::Condition,
    verdict::Decision,
};

/// Least number of clauses to lower so that one condition fails. Each condition is separate: one failing is enough.
pub(super) fn clauses_to_fail(conditions: &[Condition], clauses: &[ClauseResult]) -> Option<usize> {
    conditions
        .iter()
        .filter_map(|condition| match condition {
            // Nothing lies below D: such a condition cannot be made to fail.
            Condition::Gates
            | Condition::Share { grade: Grade::D, .. }
            | Condition::Core { grade: Grade::D } => None,
            Condition::Share { .. } | Condition::Core { .. } => {
                let result = evaluate(condition, clauses, Some(true));
                (result.need > 0).then(|| usize::try_from(result.have - result.need + 1).ok())?
            }
            Condition::Points { share } => {
                let result = evaluate_points(*share, clauses);
                let awarded = clauses.iter().filter_map(|clause| match clause.verdict {
                    Some(Decision::Points(points)) => Some(points.ten_thousandths().unsigned_abs()),
                    _ => None,
                });
                (result.need > 0).then(|| fewest_reaching(awarded, result.have - result.need + 1))?
            }
        })
        .min()
}

/// Least number of clauses to raise to A (or full marks) so that every condition holds.
///
/// Raising a clause helps every condition above its grade, so the lowest clauses help most: inside an area the lowest
/// are taken first until the area's and the core conditions hold, then the lowest of the rest until the whole does.
pub(super) fn clauses_to_meet(
    conditions: &[Condition],
    clauses: &[ClauseResult],
    gates_clear: Option<bool>,
) -> Option<usize> {
    let mut raised = clauses.to_vec();
    let mut n_raised = 0_usize;
    for clause in &mut raised {
        let below_core = conditions.iter().any(|condition| match condition {
            Condition::Core { grade } => clause.core && below(clause, *grade),
            _ => false,
        });
        if below_core {
            clause.verdict = Some(Decision::Grade(Grade::A));
            n_raised += 1;
        }
    }
    let by_area = |condition: &&Condition| matches!(condition, Condition::Share { area: Some(_), .. });
    let whole = |condition: &&Condition| matches!(condition, Condition::Share { area: None, .. });
    for condition in conditions.iter().filter(by_area).chain(conditions.iter().filter(whole)) {
        n_raised += raise_lowest(condition, &mut raised)?;
    }
    for condition in conditions {
        if let Condition::Points { share } = condition {
            let result = evaluate_points(*share, &raised);
            let gains = raised.iter().filter_map(|clause| match (clause.verdict, clause.full_points) {
                (Some(Decision::Points(points)), Some(full)) => {
                    Some((full.ten_thousandths() - points.ten_thousandths()).unsigned_abs())
                }
                _ => None,
            });
            n_raised += fewest_reaching(gains, result.need.saturating_sub(result.have))?;
        }
    }
    let holds = |condition: &Condition| match condition {
        Condition::Gates => gates_clear == Some(true),
        Condition::Points { .. } => true,
        _ => evaluate(condition, &raised, gates_clear).met == Some(true),
    };
    conditions.iter().all(holds).then_some(n_raised)
}

fn below(clause: &ClauseResult, grade: Grade) -> bool {
    matches!(clause.verdict, Some(Decision::Grade(verdict)) if verdict < grade)
}

fn raise_lowest(condition: &Condition, raised: &mut [ClauseResult]) -> Option<usize> {
    let mut n_raised = 0;
    loop {
        let result = evaluate(condition, raised, Some(true));
        if result.have >= result.need {
            return Some(n_raised);
        }
        let lowest = counted(condition, raised)
            .filter_map(|(index, verdict)| verdict.map(|verdict| (verdict, index)))
            .min()
            .filter(|(verdict, _)| *verdict < Grade::A)?;
        raised.get_mut(lowest.1)?.verdict = Some(Decision::Grade(Grade::A));
        n_raised += 1;
    }
}

/// The least number of `gains` that together reach `wanted`, largest first.
fn fewest_reaching(gains: impl Iterator<Item = u64>, wanted: u64) -> Option<usize> {
    let mut sorted: Vec<u64> = gains.collect();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let mut sum = 0_u64;
    if wanted == 0 {
        return Some(0);
    }
    sorted
        .iter()
        .position(|gain| {
            sum += gain;
            sum >= wanted
        })
        .map(|position| position + 1)
}
