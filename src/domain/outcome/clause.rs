//! The panel's result for one clause.

use crate::domain::{
    ballot::Position,
    checklist::{Clause, ClauseKind},
    edit::{Choice, verdict::Decision},
    merge::basis::Basis,
    merge::{Merged, MergedPoints, merge, merge_points},
    terms::{
        absence::Absence,
        amount::Amount,
        grade::Grade,
        id::{AreaId, ClauseId},
    },
    visit::{MemberState, Visit},
};

/// The panel's result for one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseResult {
    /// The clause.
    pub id: ClauseId,
    /// Its area.
    pub area: AreaId,
    /// Its kind.
    pub kind: ClauseKind,
    /// Whether it is core.
    pub core: bool,
    /// Full marks of a points-scale clause.
    pub full_points: Option<Amount>,
    /// The merged grades.
    pub merged: Merged,
    /// The merged points of a points-scale clause.
    pub merged_points: Option<MergedPoints>,
    /// Members who said not applicable.
    pub n_not_applicable: usize,
    /// Whether an expert of one of the clause's fields voted; `None` if the clause names no field.
    pub field_covered: Option<bool>,
    /// Whether the rule names a verdict, whatever the lead decided.
    pub ruled: bool,
    /// The verdict; `None` = undecided.
    pub verdict: Option<Decision>,
    /// What the verdict rests on; `None` = undecided.
    pub basis: Option<Basis>,
    /// The lead's reason; empty by rule.
    pub reason: String,
    /// Whether votes that count may yet come to be read: until scoring is closed, and until every ballot that counts is open.
    pub awaits_votes: bool,
    /// Left out for a reader who is recused from it: no votes, no verdict. The reader's outcome stays open for it.
    pub withheld: bool,
}

impl ClauseResult {
    /// Whether the lead decided.
    #[must_use]
    pub fn by_lead(&self) -> bool {
        self.basis.is_some_and(Basis::by_lead)
    }

    /// Whether the lead decided and the votes do not bear it.
    #[must_use]
    pub fn is_against_votes(&self) -> bool {
        self.basis.is_some_and(Basis::is_against_votes)
    }

    /// Whether one member's vote alone is the verdict.
    #[must_use]
    pub fn is_judged_alone(&self) -> bool {
        self.basis == Some(Basis::Rule) && self.n_valid() + self.n_not_applicable == 1
    }

    /// Number of grades, or of votes in points.
    #[must_use]
    pub fn n_valid(&self) -> usize {
        self.merged_points.as_ref().map_or(self.merged.n_valid, |points| points.n_valid)
    }

    /// Whether that number reaches the quorum.
    #[must_use]
    pub fn quorum(&self) -> bool {
        self.merged_points.as_ref().map_or(self.merged.quorum, |points| points.quorum)
    }
}

/// The result by these members' votes.
pub(super) fn clause_result(visit: &Visit, clause: &Clause, counted: &[&MemberState]) -> ClauseResult {
    let rule = &visit.founding.checklist.profile.merge;
    let quorum = visit.quorum(&clause.id);
    let id = clause.id.as_str();
    let votes: Vec<_> =
        counted.iter().map(|state| (state.member.field, visit.position_on(state, clause))).collect();
    let grades: Vec<Grade> = votes
        .iter()
        .filter_map(|(_, position)| match position {
            Position::Grade(grade) => Some(*grade),
            _ => None,
        })
        .collect();
    let points: Vec<Amount> = votes
        .iter()
        .filter_map(|(_, position)| match position {
            Position::Points(points) => Some(*points),
            _ => None,
        })
        .collect();
    let not_applicable =
        votes.iter().filter(|(_, position)| *position == Position::Absent(Absence::NotApplicable)).count();
    let voted = |position: &Position| matches!(position, Position::Grade(_) | Position::Points(_));
    let covered = votes.iter().any(|(field, position)| clause.fields.contains(field) && voted(position));
    let merged = merge(&grades, rule.method, quorum);
    let merged_points = clause.scale.map(|_| merge_points(&points, quorum));
    let by_rule = match &merged_points {
        Some(merged) => merged.verdict.map(Decision::Points),
        None => merged.verdict.map(Decision::Grade),
    };
    let all_say_not_applicable =
        grades.is_empty() && points.is_empty() && not_applicable >= quorum && !clause.core;
    let by_rule = by_rule.or(all_say_not_applicable.then_some(Decision::NotApplicable));
    let by_lead = visit.lead_verdict(id);
    let basis_of_lead = |decision| {
        let ballots: Vec<Choice> = votes.iter().filter_map(|(_, position)| position.choice()).collect();
        let clear: Vec<Choice> = visit.clear_votes(id).map(|(_, stand)| stand.choice).collect();
        Basis::of_lead(decision, (&ballots, quorum), (&clear, rule.quorum))
    };
    let may_vote = |state: &&MemberState| {
        let name = &state.member.name;
        visit.recusal(name.as_str(), id).is_none() && visit.is_planned(name, &clause.id)
    };
    ClauseResult {
        id: clause.id.clone(),
        area: clause.area.clone(),
        kind: clause.kind,
        core: clause.core,
        full_points: clause.scale.map(|scale| scale.points),
        merged,
        merged_points,
        n_not_applicable: not_applicable,
        field_covered: (!clause.fields.is_empty()).then_some(covered),
        ruled: by_rule.is_some(),
        verdict: by_lead.map(|verdict| verdict.decision).or(by_rule),
        basis: by_lead
            .map(|verdict| basis_of_lead(verdict.decision))
            .or_else(|| by_rule.is_some().then_some(Basis::Rule)),
        reason: by_lead.map(|verdict| verdict.reason.to_string()).unwrap_or_default(),
        awaits_votes: visit.voting().filter(may_vote).any(|state| visit.awaits(state)),
        withheld: false,
    }
}

/// A clause as somebody recused from it sees it.
pub(super) fn withheld(visit: &Visit, clause: &Clause) -> ClauseResult {
    let nobody = clause_result(visit, clause, &[]);
    ClauseResult {
        verdict: None,
        basis: None,
        reason: String::new(),
        field_covered: None,
        withheld: true,
        ..nobody
    }
}

/// A clause as it would come out at the worst.
pub(super) fn strictest(clause: &ClauseResult) -> ClauseResult {
    moved(clause, Grade::D, Amount::ZERO, clause.merged.strictest, |range| range.0)
}

/// A clause as it would come out at the best.
pub(super) fn most_lenient(clause: &ClauseResult) -> ClauseResult {
    let full = clause.full_points.unwrap_or(Amount::ZERO);
    moved(clause, Grade::A, full, clause.merged.most_lenient, |range| range.1)
}

/// A clause at one end of what it may be: its strictest or most lenient vote, while the votes that count can all be read and
/// are enough for a verdict; without them, the end of the scale. What the lead decided stands, and so does that it does not
/// apply.
fn moved(
    clause: &ClauseResult,
    grade: Grade,
    points_end: Amount,
    vote: Option<Grade>,
    end: fn((Amount, Amount)) -> Amount,
) -> ClauseResult {
    let mut moved = clause.clone();
    let is_settled = clause.by_lead() || clause.verdict == Some(Decision::NotApplicable);
    if is_settled && !clause.awaits_votes {
        return moved;
    }
    let is_known = clause.quorum() && !clause.awaits_votes;
    moved.verdict = Some(match &clause.merged_points {
        Some(merged) => Decision::Points(merged.range.filter(|_| is_known).map_or(points_end, end)),
        None => Decision::Grade(vote.filter(|_| is_known).unwrap_or(grade)),
    });
    moved
}
