//! Whether conditions of a standard hold on verdicts, and what was counted.

use crate::domain::{
    checklist::profile::Condition,
    edit::verdict::Decision,
    outcome::{ClauseResult, ConditionResult},
    terms::{amount::Amount, grade::Grade},
};

/// Whether all conditions hold and no gate bars the standard (`is_clear`); `None` = open.
pub(super) fn is_met(
    conditions: &[Condition],
    clauses: &[ClauseResult],
    is_clear: Option<bool>,
) -> Option<bool> {
    let holding = conditions.iter().map(|condition| evaluate(condition, clauses, is_clear).met);
    all(holding.chain([is_clear]))
}

/// Three-valued "and": one `false` decides, one open answer leaves it open.
fn all(results: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut open = false;
    for result in results {
        match result {
            Some(false) => return Some(false),
            Some(true) => {}
            None => open = true,
        }
    }
    (!open).then_some(true)
}

/// Whether a condition on grades is about a clause, apart from whether it applies.
pub(super) fn is_counted(condition: &Condition, clause: &ClauseResult) -> bool {
    let is_wanted = match condition {
        Condition::Share { .. } => condition.shares(&clause.area, clause.kind),
        Condition::Core { .. } => clause.core,
        Condition::Gates | Condition::Points { .. } => false,
    };
    is_wanted && clause.full_points.is_none()
}

/// One condition on these verdicts.
pub(super) fn evaluate(
    condition: &Condition,
    clauses: &[ClauseResult],
    is_clear: Option<bool>,
) -> ConditionResult {
    match condition {
        Condition::Gates => ConditionResult {
            met: is_clear,
            have: u64::from(is_clear == Some(true)),
            open: u64::from(is_clear.is_none()),
            of: 1,
            need: 1,
            not_applicable: 0,
        },
        Condition::Share { grade, .. } | Condition::Core { grade } => {
            evaluate_grades(condition, *grade, clauses)
        }
        Condition::Points { share } => evaluate_points(*share, clauses),
    }
}

fn evaluate_grades(condition: &Condition, least: Grade, clauses: &[ClauseResult]) -> ConditionResult {
    let (mut have, mut open, mut of, mut not_applicable) = (0, 0, 0, 0);
    for clause in clauses.iter().filter(|clause| is_counted(condition, clause)) {
        match clause.verdict {
            Some(Decision::Grade(grade)) => have += u64::from(grade >= least),
            None => open += 1,
            Some(Decision::NotApplicable) => {
                not_applicable += 1;
                continue;
            }
            Some(Decision::Points(_)) => continue,
        }
        of += 1;
    }
    let need = match condition {
        Condition::Share { share, .. } => share.least_count_of(of),
        _ => of,
    };
    // Nothing to count: a share of nothing cannot be told (invariant 10); no core clause leaves nothing unmet.
    let is_undefined = of == 0 && matches!(condition, Condition::Share { .. });
    let met = if is_undefined { None } else { reached(have, open, need) };
    ConditionResult { met, have, open, of, need, not_applicable }
}

/// Points in ten-thousandths, so that shares of full marks stay exact.
fn evaluate_points(share: Amount, clauses: &[ClauseResult]) -> ConditionResult {
    let (mut have, mut open, mut of, mut not_applicable) = (0_u64, 0_u64, 0_u64, 0_u64);
    for clause in clauses {
        let Some(full) = clause.full_points else { continue };
        let full = full.ten_thousandths().unsigned_abs();
        match clause.verdict {
            Some(Decision::Points(points)) => have += points.ten_thousandths().unsigned_abs(),
            None => open += full,
            Some(Decision::NotApplicable) => {
                not_applicable += full;
                continue;
            }
            Some(Decision::Grade(_)) => continue,
        }
        of += full;
    }
    let need = share.least_count_of(of);
    let met = if of == 0 { None } else { reached(have, open, need) };
    ConditionResult { met, have, open, of, need, not_applicable }
}

fn reached(have: u64, open: u64, need: u64) -> Option<bool> {
    match have {
        _ if have >= need => Some(true),
        _ if have + open < need => Some(false),
        _ => None,
    }
}
