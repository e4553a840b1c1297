//! How far a standard is from the opposite answer: the least number of clauses, and of votes, that would have to come
//! out differently. Exact; `tests/outcome.rs` tries everything on small visits.
//!
//! *Flipped* means that `met` turns from yes to no or from no to yes; an open answer is no flip. A verdict may change to
//! any grade (or points), and an undecided clause may be decided; both count as one clause. No verdict changes to or from
//! not-applicable, and gates stay as they are. Making a clause undecided never helps: it neither lacks nor has a grade.
//!
//! Votes: those cast and shown are changed to other grades (or points), as many as the merge rule needs; nobody's absence
//! becomes a vote, so a clause below its quorum cannot move, and neither can one that the lead has decided.

use std::collections::HashMap;

use crate::domain::{
    checklist::{ClauseKind, profile::Condition},
    edit::verdict::Decision,
    merge::moves::reach_of_points,
    outcome::{
        ClauseResult, ConditionResult,
        condition::{evaluate, is_counted},
        cover::{Costs, Demand, Item, LEVELS, cheapest},
        sums::{Gains, least_cost},
    },
    terms::{amount::Amount, grade::Grade, id::AreaId},
};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Clauses whose verdict changes.
    Clauses,
    /// Votes that are cast differently.
    Votes,
}

/// The least number that turns `met` into its opposite; `None` if nothing does.
pub(super) fn least(
    unit: Unit,
    met: bool,
    conditions: &[Condition],
    clauses: &[ClauseResult],
    is_clear: Option<bool>,
) -> Option<usize> {
    if met {
        // Each condition is separate: one failing is enough.
        return conditions.iter().filter_map(|condition| to_fail(unit, condition, clauses)).min();
    }
    if is_clear != Some(true) {
        return None;
    }
    let reachable = |condition: &Condition| match condition {
        // A share of nothing stays undefined.
        Condition::Share { .. } | Condition::Points { .. } => evaluate(condition, clauses, is_clear).of > 0,
        Condition::Core { .. } | Condition::Gates => true,
    };
    if !conditions.iter().all(reachable) {
        return None;
    }
    // A clause awards points or has a grade, never both, so the two do not touch.
    Some(to_raise(unit, conditions, clauses)? + to_award(unit, conditions, clauses)?)
}

/// Least number to make one condition fail for certain.
fn to_fail(unit: Unit, condition: &Condition, clauses: &[ClauseResult]) -> Option<usize> {
    let result = evaluate(condition, clauses, Some(true));
    let wanted = (result.have + result.open + 1).checked_sub(result.need).filter(|_| result.need > 0)?;
    match condition {
        Condition::Gates => None,
        Condition::Share { grade, .. } | Condition::Core { grade } => {
            let counted = clauses.iter().filter(|clause| is_counted(condition, clause));
            let could_count = counted.filter(|clause| level(clause).is_none_or(|own| own >= *grade));
            let lowered = could_count.filter_map(|clause| {
                let below = Grade::ALL.into_iter().filter(|it| it < grade);
                below.filter_map(|it| price(unit, clause, it)).min()
            });
            let mut lowered: Vec<usize> = lowered.collect();
            lowered.sort_unstable();
            let wanted = usize::try_from(wanted).ok()?;
            (lowered.len() >= wanted).then(|| lowered.iter().take(wanted).sum())
        }
        Condition::Points { .. } => {
            let losses = clauses.iter().filter_map(|clause| gains(unit, clause, Direction::Down));
            least_cost(&losses.collect::<Vec<_>>(), wanted)
        }
    }
}

/// Least number to make every condition on grades hold.
fn to_raise(unit: Unit, conditions: &[Condition], clauses: &[ClauseResult]) -> Option<usize> {
    let core = conditions.iter().filter_map(|condition| match condition {
        Condition::Core { grade } => Some(*grade),
        _ => None,
    });
    let core_level = core.max().map_or(0, |grade| usize::from(grade.rank()));
    // The parts that shares are asked of must not cross, so they are areas or kinds, never both (`checklist/standard.rs`).
    let by_kind = conditions.iter().any(|it| matches!(it, Condition::Share { clauses: Some(_), .. }));
    let mut areas: HashMap<&AreaId, usize> = HashMap::new();
    let mut items = Vec::new();
    for clause in clauses.iter().filter(|clause| is_graded(clause)) {
        let n_areas = areas.len();
        let area = if by_kind { part(clause.kind) } else { *areas.entry(&clause.area).or_insert(n_areas) };
        let mut costs = costs(unit, clause);
        if clause.core {
            costs.iter_mut().take(core_level).for_each(|cost| *cost = None);
        }
        items.push(Item { area, costs });
    }
    let demand = |condition: &Condition| {
        let Condition::Share { grade, area, clauses: kind, .. } = condition else { return None };
        let ConditionResult { need, .. } = evaluate(condition, clauses, Some(true));
        let area = area.as_ref().map(|area| areas.get(area).copied().unwrap_or(usize::MAX));
        let area = kind.map(part).or(area);
        Some(Demand { area, level: grade.rank().into(), count: need })
    };
    let demands: Vec<Demand> = conditions.iter().filter_map(demand).collect();
    usize::try_from(cheapest(&items, &demands)?).ok()
}

/// The number of a kind among the parts.
const fn part(kind: ClauseKind) -> usize {
    match kind {
        ClauseKind::Basic => 0,
        ClauseKind::Recommended => 1,
    }
}

/// Least number to reach the points of every condition on points.
fn to_award(unit: Unit, conditions: &[Condition], clauses: &[ClauseResult]) -> Option<usize> {
    let points = conditions.iter().filter(|condition| matches!(condition, Condition::Points { .. }));
    let missing = points.map(|condition| {
        let result = evaluate(condition, clauses, Some(true));
        result.need.saturating_sub(result.have)
    });
    let Some(missing) = missing.max() else { return Some(0) };
    let gains = clauses.iter().filter_map(|clause| gains(unit, clause, Direction::Up));
    least_cost(&gains.collect::<Vec<_>>(), missing)
}

/// Whether the clause counts for conditions on grades, now or once it is decided.
fn is_graded(clause: &ClauseResult) -> bool {
    clause.full_points.is_none() && matches!(clause.verdict, None | Some(Decision::Grade(_)))
}

fn level(clause: &ClauseResult) -> Option<Grade> {
    match clause.verdict {
        Some(Decision::Grade(grade)) => Some(grade),
        _ => None,
    }
}

/// The price of each level from undecided up; what the clause stands at is free.
fn costs(unit: Unit, clause: &ClauseResult) -> Costs {
    let mut costs: Costs = [None; LEVELS];
    if let (None, Some(undecided)) = (level(clause), costs.first_mut()) {
        *undecided = Some(0);
    }
    for grade in Grade::ALL {
        let price = price(unit, clause, grade).and_then(|n| u32::try_from(n).ok());
        if let Some(cost) = costs.get_mut(usize::from(grade.rank())) {
            *cost = price;
        }
    }
    costs
}

/// The price of this verdict for a graded clause.
fn price(unit: Unit, clause: &ClauseResult, grade: Grade) -> Option<usize> {
    if level(clause) == Some(grade) {
        return Some(0);
    }
    match unit {
        Unit::Clauses => Some(1),
        Unit::Votes if clause.by_lead() => None,
        Unit::Votes => clause.merged.moves.to(grade),
    }
}

/// Which way points are to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
}

/// What a points-scale clause can gain (or lose) at each price, in ten-thousandths of a point; `None` if it cannot move.
fn gains(unit: Unit, clause: &ClauseResult, direction: Direction) -> Option<Gains> {
    let full = clause.full_points?;
    let now = match clause.verdict {
        Some(Decision::Points(points)) => points,
        // Undecided counts as nothing while more is wanted, and as everything while less is.
        None if direction == Direction::Up => Amount::ZERO,
        None => full,
        Some(_) => return None,
    };
    let gain = |reached: (Amount, Amount)| {
        let gained = match direction {
            Direction::Up => reached.1.ten_thousandths() - now.ten_thousandths(),
            Direction::Down => now.ten_thousandths() - reached.0.ten_thousandths(),
        };
        gained.max(0).unsigned_abs()
    };
    match (unit, &clause.merged_points) {
        (Unit::Clauses, _) => Some(vec![gain((Amount::ZERO, full))]),
        (Unit::Votes, Some(points)) if points.quorum && !clause.by_lead() => {
            let sorted = &points.sorted;
            let reached = (1..=sorted.len() / 2 + 1).map_while(|n| reach_of_points(sorted, full, n));
            Some(reached.map(gain).collect())
        }
        (Unit::Votes, _) => None,
    }
}
