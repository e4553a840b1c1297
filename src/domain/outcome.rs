//! What the verdicts amount to: each standard met or not, between the strictest and the most lenient votes, and how
//! many clauses and votes would have to come out differently to flip it.

mod condition;
pub mod contradicted;
mod cover;
mod flip;
mod na_effect;
mod sums;

use condition::{evaluate, is_met};
pub use na_effect::NaEffect;

use crate::domain::{
    ballot::Position,
    checklist::{Clause, profile::Standard},
    edit::verdict::{Decision, GateState},
    merge::{Merged, MergedPoints, merge, merge_points},
    outcome::contradicted::{Contradicted, contradicted},
    terms::{
        absence::Absence,
        amount::Amount,
        grade::Grade,
        id::{AreaId, ClauseId, GateId, StandardId},
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
    /// Whether the lead decided.
    pub by_lead: bool,
    /// The lead's reason; empty by rule.
    pub reason: String,
    /// Left out for a reader who is recused from it: no votes, no verdict. The reader's outcome stays open for it.
    pub withheld: bool,
}

impl ClauseResult {
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

/// The outcome of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// One result a clause, in checklist order.
    pub clauses: Vec<ClauseResult>,
    /// State of each gate: `None` = not answered.
    pub gates: Vec<(GateId, Option<GateState>)>,
    /// Each standard.
    pub standards: Vec<StandardResult>,
    /// Clauses left out as not applicable that matter to a standard.
    pub na_effects: Vec<NaEffect>,
    /// Verdicts that deny each other, by the rules of the checklist.
    pub contradictions: Vec<Contradicted>,
}

/// Whether a standard is met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardResult {
    /// The standard.
    pub id: StandardId,
    /// Met by the verdicts; `None` = open (undecided clauses, unanswered gates, or nothing to count).
    pub met: Option<bool>,
    /// Met if every clause came out at its strictest vote; `None` = open, e.g. for unanswered gates.
    pub worst: Option<bool>,
    /// Met if every clause came out at its most lenient vote; `None` = open.
    pub best: Option<bool>,
    /// Least number of clauses whose verdict would have to change to turn `met` into its opposite; `None` if open or if
    /// none can. An undecided clause that is decided counts as one.
    pub clauses_to_flip: Option<usize>,
    /// Least number of votes, of those counted, that would have to be cast differently for the same.
    pub votes_to_flip: Option<usize>,
    /// Each condition, in order: met, and what was counted.
    pub conditions: Vec<ConditionResult>,
}

/// One condition, evaluated on the verdicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionResult {
    /// Met; `None` = open.
    pub met: Option<bool>,
    /// What fulfils it.
    pub have: u64,
    /// What is undecided, and may yet fulfil it.
    pub open: u64,
    /// Out of what: decided or not, but applicable.
    pub of: u64,
    /// What is needed.
    pub need: u64,
    /// What would belong to `of` if it applied.
    pub not_applicable: u64,
}

/// Counts of verdicts by grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Verdicts by grade: A, B, C, D.
    pub grades: [usize; 4],
    /// Verdict not applicable.
    pub not_applicable: usize,
    /// No verdict.
    pub undecided: usize,
    /// Points-scale clauses with a verdict.
    pub points: usize,
}

impl Outcome {
    /// The outcome of a visit, counting the votes of the members that `counts` accepts.
    pub fn of(visit: &Visit, counts: impl Fn(&MemberState) -> bool) -> Self {
        Self::build(visit, counts, |_| false)
    }

    /// The outcome as far as a member may see it: over the votes of [`Visit::may_see`], without what is withheld.
    #[must_use]
    pub fn seen_by(visit: &Visit, viewer: &str) -> Self {
        let is_withheld = |clause: &Clause| visit.is_withheld(viewer, clause.id.as_str());
        Self::build(visit, |state| visit.may_see(viewer, state), is_withheld)
    }

    fn build(
        visit: &Visit,
        counts: impl Fn(&MemberState) -> bool,
        is_withheld: impl Fn(&Clause) -> bool,
    ) -> Self {
        let counted: Vec<&MemberState> = visit.members.iter().filter(|state| counts(state)).collect();
        let results = visit.clauses().map(|clause| match is_withheld(clause) {
            true => withheld(visit, clause),
            false => clause_result(visit, clause, &counted),
        });
        let clauses: Vec<ClauseResult> = results.collect();
        let profile = &visit.founding.checklist.profile;
        let gates: Vec<_> = profile
            .gates
            .iter()
            .map(|gate| {
                (gate.id.clone(), visit.gate_decision(gate.id.as_str()).map(|decision| decision.state))
            })
            .collect();
        let gates_clear = gates_clear(visit, &gates);
        let standards = profile.standards.iter();
        let mut standards: Vec<StandardResult> =
            standards.map(|standard| standard_result(standard, &clauses, gates_clear)).collect();
        // While a ballot that counts is sealed nothing is met, and nothing is not (invariant 11).
        if !visit.is_opened() {
            standards.iter_mut().for_each(StandardResult::leave_open);
        }
        Self {
            standards,
            na_effects: na_effect::effects(&profile.standards, &clauses, gates_clear),
            contradictions: contradicted(&visit.founding.checklist.contradictions, &clauses),
            clauses,
            gates,
        }
    }

    /// Clauses left out for a reader who is recused from them.
    pub fn withheld(&self) -> impl Iterator<Item = &ClauseResult> {
        self.clauses.iter().filter(|clause| clause.withheld)
    }

    /// Whether each standard would be met if these were the clauses; the gates stay as they are.
    #[must_use]
    pub fn met_if(&self, visit: &Visit, clauses: &[ClauseResult]) -> Vec<Option<bool>> {
        let gates_clear = gates_clear(visit, &self.gates);
        let standards = visit.founding.checklist.profile.standards.iter();
        standards.map(|standard| is_met(&standard.conditions, clauses, gates_clear)).collect()
    }

    /// Verdicts by grade, of all clauses or only of those that `wanted` accepts.
    #[must_use]
    pub fn counts(&self, wanted: impl Fn(&ClauseResult) -> bool) -> Counts {
        let mut counts = Counts::default();
        for clause in self.clauses.iter().filter(|clause| wanted(clause)) {
            match clause.verdict {
                Some(Decision::Grade(grade)) => {
                    if let Some(slot) = counts.grades.get_mut(usize::from(4 - grade.rank())) {
                        *slot += 1;
                    }
                }
                Some(Decision::Points(_)) => counts.points += 1,
                Some(Decision::NotApplicable) => counts.not_applicable += 1,
                None => counts.undecided += 1,
            }
        }
        counts
    }
}

impl StandardResult {
    fn leave_open(&mut self) {
        self.met = None;
        self.clauses_to_flip = None;
        self.votes_to_flip = None;
    }
}

impl Counts {
    /// The count of a grade.
    #[must_use]
    pub fn of(&self, grade: Grade) -> usize {
        self.grades.get(usize::from(4 - grade.rank())).copied().unwrap_or_default()
    }

    /// All clauses counted.
    #[must_use]
    pub fn total(&self) -> usize {
        self.grades.iter().sum::<usize>() + self.not_applicable + self.undecided + self.points
    }
}

fn clause_result(visit: &Visit, clause: &Clause, counted: &[&MemberState]) -> ClauseResult {
    let rule = &visit.founding.checklist.profile.merge;
    let votes: Vec<_> =
        counted.iter().map(|state| (state.member.field, visit.vote(state, clause).position)).collect();
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
    let merged = merge(&grades, rule);
    let merged_points = clause.scale.map(|_| merge_points(&points, rule.quorum));
    let by_rule = match &merged_points {
        Some(merged) => merged.verdict.map(Decision::Points),
        None => merged.verdict.map(Decision::Grade),
    };
    let all_say_not_applicable =
        grades.is_empty() && points.is_empty() && not_applicable >= rule.quorum.max(1) && !clause.core;
    let by_rule = by_rule.or(all_say_not_applicable.then_some(Decision::NotApplicable));
    let by_lead = visit.lead_verdict(clause.id.as_str());
    ClauseResult {
        id: clause.id.clone(),
        area: clause.area.clone(),
        core: clause.core,
        full_points: clause.scale.map(|scale| scale.points),
        merged,
        merged_points,
        n_not_applicable: not_applicable,
        field_covered: (!clause.fields.is_empty()).then_some(covered),
        ruled: by_rule.is_some(),
        verdict: by_lead.map(|verdict| verdict.decision).or(by_rule),
        by_lead: by_lead.is_some(),
        reason: by_lead.map(|verdict| verdict.reason.to_string()).unwrap_or_default(),
        withheld: false,
    }
}

/// A clause as somebody recused from it sees it.
fn withheld(visit: &Visit, clause: &Clause) -> ClauseResult {
    let nobody = clause_result(visit, clause, &[]);
    ClauseResult {
        verdict: None,
        by_lead: false,
        reason: String::new(),
        field_covered: None,
        withheld: true,
        ..nobody
    }
}

/// Whether all gates are clear. A gate that a local rule may leave out does not hold the answer open.
fn gates_clear(visit: &Visit, gates: &[(GateId, Option<GateState>)]) -> Option<bool> {
    let optional = |id: &GateId| {
        visit.founding.checklist.profile.gates.iter().any(|gate| &gate.id == id && gate.optional)
    };
    if gates.iter().any(|(_, state)| *state == Some(GateState::Tripped)) {
        return Some(false);
    }
    gates.iter().all(|(id, state)| state.is_some() || optional(id)).then_some(true)
}

fn standard_result(
    standard: &Standard,
    clauses: &[ClauseResult],
    gates_clear: Option<bool>,
) -> StandardResult {
    let conditions: Vec<ConditionResult> =
        standard.conditions.iter().map(|condition| evaluate(condition, clauses, gates_clear)).collect();
    let met = is_met(&standard.conditions, clauses, gates_clear);
    let at = |extreme: fn(&ClauseResult) -> ClauseResult| {
        let moved: Vec<ClauseResult> = clauses.iter().map(extreme).collect();
        is_met(&standard.conditions, &moved, gates_clear)
    };
    let to_flip = |unit| flip::least(unit, met?, &standard.conditions, clauses, gates_clear);
    StandardResult {
        id: standard.id.clone(),
        met,
        worst: at(strictest),
        best: at(most_lenient),
        clauses_to_flip: to_flip(flip::Unit::Clauses),
        votes_to_flip: to_flip(flip::Unit::Votes),
        conditions,
    }
}

/// A clause as its strictest vote has it. Without votes an undecided clause counts as a D; a lead's verdict stands.
fn strictest(clause: &ClauseResult) -> ClauseResult {
    moved(clause, clause.merged.strictest.unwrap_or(Grade::D), |range| range.0)
}

fn most_lenient(clause: &ClauseResult) -> ClauseResult {
    moved(clause, clause.merged.most_lenient.unwrap_or(Grade::A), |range| range.1)
}

fn moved(clause: &ClauseResult, grade: Grade, end: fn((Amount, Amount)) -> Amount) -> ClauseResult {
    let mut moved = clause.clone();
    if clause.by_lead || clause.verdict == Some(Decision::NotApplicable) {
        return moved;
    }
    moved.verdict = Some(match (&clause.merged_points, clause.full_points) {
        (Some(points), Some(full)) => Decision::Points(
            points.range.map_or_else(|| if grade == Grade::A { full } else { Amount::ZERO }, end),
        ),
        _ => Decision::Grade(grade),
    });
    moved
}
