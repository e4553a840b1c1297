//! Who dissents from a verdict, and what each of them says about it.

use crate::domain::{
    ballot::Position,
    checklist::Clause,
    edit::{
        Choice,
        dissent::Dissent,
        verdict::{Decision, LeadVerdict},
    },
    terms::{absence::Absence, id::MemberName},
    visit::{MemberState, Visit},
};

/// A member whose vote differs from a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dissenter<'a> {
    /// Who.
    pub member: &'a MemberName,
    /// What they said, a grade, points or not applicable.
    pub said: Position,
}

/// Who of `shown` says something else about a clause than `decision`, in roster order. Absence is no other opinion; who is
/// recused has none.
#[must_use]
pub fn dissenters<'a>(
    visit: &Visit,
    clause: &Clause,
    decision: Decision,
    shown: &[&'a MemberState],
) -> Vec<Dissenter<'a>> {
    let said = shown.iter().map(|state| (*state, visit.vote(state, clause).position));
    differing(decision, said)
}

/// As [`dissenters`], from what the lead had before them when deciding: who dissented stays, even if a ballot was opened and
/// voted differently since. For members the verdict does not cite, what they say now.
#[must_use]
pub fn dissenters_of<'a>(
    visit: &Visit,
    clause: &Clause,
    verdict: &LeadVerdict,
    shown: &[&'a MemberState],
) -> Vec<Dissenter<'a>> {
    let said = shown.iter().map(|state| {
        let now = visit.vote(state, clause).position;
        let cited = verdict.cites.iter().find(|cited| cited.member == state.member.name);
        let cited = cited.and_then(|cited| fitting(cited.said?, clause)).map(Position::from);
        (*state, cited.filter(|_| now != Position::Absent(Absence::Recused)).unwrap_or(now))
    });
    differing(verdict.decision, said)
}

/// What those of `shown` say about their own votes for a clause, in roster order; nothing of who is recused from it.
#[must_use]
pub fn dissents<'a>(
    visit: &Visit,
    clause: &str,
    shown: &[&'a MemberState],
) -> Vec<(&'a MemberName, &'a Dissent)> {
    let able = shown.iter().filter(|state| visit.recusal(state.member.name.as_str(), clause).is_none());
    able.filter_map(|state| Some((&state.member.name, state.dissent(clause)?))).collect()
}

/// What a verdict cites of a vote, if that is a way of scoring the clause.
fn fitting(said: Choice, clause: &Clause) -> Option<Choice> {
    match said {
        Choice::Grade(_) if clause.scale.is_some() => None,
        Choice::Points(_) if clause.scale.is_none() => None,
        _ => Some(said),
    }
}

fn differing<'a>(
    decision: Decision,
    said: impl Iterator<Item = (&'a MemberState, Position)>,
) -> Vec<Dissenter<'a>> {
    let differs = |position: Position| match position {
        Position::Grade(grade) => decision != Decision::Grade(grade),
        Position::Points(points) => decision != Decision::Points(points),
        Position::Absent(Absence::NotApplicable) => decision != Decision::NotApplicable,
        Position::Absent(_) | Position::Unscored | Position::Conflict => false,
    };
    let differing = said.filter(|(_, position)| differs(*position));
    differing.map(|(state, said)| Dissenter { member: &state.member.name, said }).collect()
}
