//! Who dissents from a verdict, and what each of them says about it.

use crate::domain::{
    ballot::Position,
    checklist::Clause,
    edit::{
        Choice,
        dissent::Dissent,
        verdict::{Citation, Decision, LeadVerdict},
    },
    terms::{absence::Absence, grade::Grade, id::MemberName},
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
/// recused has none. Who voted in the clear says that, also without a ballot that counts.
#[must_use]
pub fn dissenters<'a>(
    visit: &'a Visit,
    clause: &Clause,
    decision: Decision,
    shown: &[&'a MemberState],
) -> Vec<Dissenter<'a>> {
    let said = heard(visit, clause, shown).into_iter().map(|state| {
        let openly = openly(visit, clause, state).map(Position::from);
        (state, openly.unwrap_or_else(|| visit.vote(state, clause).position))
    });
    differing(decision, said)
}

/// Whose ballots differ from a verdict, as the lead had them before them when deciding: who dissented stays, even if a ballot was
/// opened and voted differently since. For members the verdict does not cite, what they say now.
#[must_use]
pub fn dissenting_ballots<'a>(
    visit: &Visit,
    clause: &Clause,
    verdict: &LeadVerdict,
    shown: &[&'a MemberState],
) -> Vec<Dissenter<'a>> {
    let said = shown.iter().map(|state| {
        let now = visit.vote(state, clause).position;
        let cited = cited(&verdict.cites, state, clause);
        (*state, cited.filter(|_| now != Position::Absent(Absence::Recused)).unwrap_or(now))
    });
    differing(verdict.decision, said)
}

/// The same of what was said last: where somebody voted in the clear that takes the place of the ballot, for what was cited as for what
/// is said now.
#[must_use]
pub fn dissenters_of<'a>(
    visit: &'a Visit,
    clause: &Clause,
    verdict: &LeadVerdict,
    shown: &[&'a MemberState],
) -> Vec<Dissenter<'a>> {
    let said = heard(visit, clause, shown).into_iter().map(|state| {
        let openly = openly(visit, clause, state).map(Position::from);
        let now = openly.unwrap_or_else(|| visit.vote(state, clause).position);
        let ballot = || cited(&verdict.cites, state, clause).filter(|_| openly.is_none());
        let cited = cited(&verdict.clear, state, clause).or_else(ballot);
        (state, cited.filter(|_| now != Position::Absent(Absence::Recused)).unwrap_or(now))
    });
    differing(verdict.decision, said)
}

/// What a verdict cites of a member, if that is a way of scoring the clause.
fn cited(cites: &[Citation], state: &MemberState, clause: &Clause) -> Option<Position> {
    let cited = cites.iter().find(|cited| cited.member == state.member.name);
    cited.and_then(|cited| fitting(cited.said?, clause)).map(Position::from)
}

/// The grades that the panel gave a clause in the clear, once they are as many as the quorum: then they take the place of the
/// ballots.
#[must_use]
pub fn grades_in_the_clear(visit: &Visit, clause: &Clause) -> Option<Vec<Grade>> {
    let votes = visit.clear_votes(clause.id.as_str());
    let grades = votes.filter_map(|(_, stand)| match stand.choice {
        Choice::Grade(grade) => Some(grade),
        Choice::Points(_) | Choice::Absent(_) => None,
    });
    let grades: Vec<Grade> = grades.collect();
    let quorum = visit.founding.checklist.profile.merge.quorum.max(1);
    (grades.len() >= quorum).then_some(grades)
}

/// Those of `shown`, and where anybody is shown those who voted in the clear without a ballot that counts; in roster order.
fn heard<'a>(visit: &'a Visit, clause: &Clause, shown: &[&'a MemberState]) -> Vec<&'a MemberState> {
    let is_shown = |state: &MemberState| shown.iter().any(|it| it.member.name == state.member.name);
    let speaks = |state: &MemberState| !shown.is_empty() && openly(visit, clause, state).is_some();
    visit.members.iter().filter(|state| is_shown(state) || speaks(state)).collect()
}

fn openly(visit: &Visit, clause: &Clause, state: &MemberState) -> Option<Choice> {
    let mut votes = visit.clear_votes(clause.id.as_str());
    votes.find(|(member, _)| **member == state.member.name).map(|(_, stand)| stand.choice)
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
        Position::Absent(_) | Position::Aside(_) | Position::Unscored | Position::Conflict => false,
    };
    let differing = said.filter(|(_, position)| differs(*position));
    differing.map(|(state, said)| Dissenter { member: &state.member.name, said }).collect()
}
