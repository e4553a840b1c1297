//! What is wrong in a clause, for the facility: the points found unmet that it needs for the standard it applied for, or the
//! reasons of those who graded it without naming one.

use crate::domain::{
    agenda::point_votes::PointVotes,
    ballot::Position,
    checklist::{Clause, Point},
    edit::verdict::Decision,
    outcome::{ClauseResult, required::required_level},
    visit::{MemberState, Visit},
};

/// What is wrong in a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<'a> {
    /// Nothing that is required.
    Nothing,
    /// These points, in the order of the checklist; at least one.
    Points(Vec<&'a Point>),
    /// The verdict is below what is required and nobody named a point: why it was graded so, if anybody said.
    Reasons(Vec<String>),
}

/// What is wrong in a clause, by the votes of `shown`: each required point that somebody found unmet and that the verdict does
/// not call met; where there is none and the verdict is below what is required, the lead's reason or those of the members who
/// graded no higher.
#[must_use]
pub fn of_clause<'a>(
    visit: &'a Visit,
    clause: &'a Clause,
    result: &ClauseResult,
    shown: &[&'a MemberState],
) -> Found<'a> {
    let Some(required) = required_level(&visit.founding, clause) else { return Found::Nothing };
    let points = unmet(visit, clause, result, shown);
    let points: Vec<&Point> = points.into_iter().filter(|point| point.level <= required).collect();
    if !points.is_empty() {
        return Found::Points(points);
    }
    match result.verdict {
        Some(Decision::Grade(grade)) if grade <= required.grade_below() => {
            Found::Reasons(reasons(visit, clause, result, shown))
        }
        _ => Found::Nothing,
    }
}

/// Points found unmet that the standard applied for does not ask for: advice.
#[must_use]
pub fn advice<'a>(
    visit: &'a Visit,
    clause: &'a Clause,
    result: &ClauseResult,
    shown: &[&'a MemberState],
) -> Vec<&'a Point> {
    let required = required_level(&visit.founding, clause);
    let is_beyond = |point: &&Point| required.is_none_or(|required| point.level > required);
    unmet(visit, clause, result, shown).into_iter().filter(is_beyond).collect()
}

/// Whether somebody named a point of the clause as unmet, at whatever level.
#[must_use]
pub fn names_a_point(visit: &Visit, clause: &Clause, shown: &[&MemberState]) -> bool {
    PointVotes::of_clause(visit, clause, shown).iter().any(|votes| votes.counts().no > 0)
}

/// The points that somebody found unmet and that the verdict does not call met.
fn unmet<'a>(
    visit: &'a Visit,
    clause: &'a Clause,
    result: &ClauseResult,
    shown: &[&'a MemberState],
) -> Vec<&'a Point> {
    let is_open = |point: &Point| match result.verdict {
        Some(Decision::Grade(grade)) => grade <= point.level.grade_below(),
        Some(Decision::NotApplicable) => false,
        Some(Decision::Points(_)) | None => true,
    };
    let votes = PointVotes::of_clause(visit, clause, shown).into_iter();
    votes.filter(|votes| votes.counts().no > 0 && is_open(votes.point)).map(|votes| votes.point).collect()
}

fn reasons(visit: &Visit, clause: &Clause, result: &ClauseResult, shown: &[&MemberState]) -> Vec<String> {
    if result.by_lead() {
        return vec![result.reason.clone()];
    }
    let is_as_low = |position: Position| match (position, result.verdict) {
        (Position::Grade(vote), Some(Decision::Grade(verdict))) => vote <= verdict,
        _ => false,
    };
    let mut reasons: Vec<String> = Vec::new();
    for vote in shown.iter().map(|state| visit.vote(state, clause)) {
        if is_as_low(vote.position) && !vote.reason.is_empty() && !reasons.contains(&vote.reason) {
            reasons.push(vote.reason);
        }
    }
    reasons
}
