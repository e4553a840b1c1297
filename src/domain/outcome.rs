//! What the verdicts amount to: each standard met or not, between the strictest and the most lenient votes, and how
//! many clauses and votes would have to come out differently to flip it.

mod barred;
mod clause;
mod condition;
pub mod contradicted;
mod cover;
mod flip;
mod na_effect;
pub mod required;
mod sums;

pub use clause::ClauseResult;
use clause::{clause_result, most_lenient, strictest, withheld};
use condition::is_met;
pub use na_effect::NaEffect;

use crate::domain::{
    checklist::{
        Clause,
        profile::{Profile, Standard},
    },
    edit::verdict::{Decision, GateState},
    outcome::{
        condition::evaluate,
        contradicted::{Contradicted, contradicted},
    },
    terms::{
        grade::Grade,
        id::{GateId, StandardId},
    },
    visit::{MemberState, Visit},
};

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
    /// Whether it is for this facility; `None` = the facility's profile does not say enough. Only then is anything concluded.
    pub in_use: Option<bool>,
    /// Met by the verdicts, and barred by nothing; `None` = open (undecided clauses, unanswered gates, sealed ballots, or nothing
    /// to count).
    pub met: Option<bool>,
    /// The gates that are tripped and bar it, whatever the grades: then it is not met (invariant 11).
    pub barred_by: Vec<GateId>,
    /// The gates that may bar it and are not answered.
    pub unanswered: Vec<GateId>,
    /// Met if everything not yet known came out at the worst and every clause at its strictest vote; `None` = nothing to count.
    pub worst: Option<bool>,
    /// Met if everything not yet known came out at the best and every clause at its most lenient vote; `None` = nothing to
    /// count.
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
        let facility = visit.facility_profile();
        let gates: Vec<_> = profile
            .gates
            .iter()
            .map(|gate| {
                (gate.id.clone(), visit.gate_decision(gate.id.as_str()).map(|decision| decision.state))
            })
            .collect();
        let standards = profile.standards.iter();
        let mut standards: Vec<StandardResult> =
            standards.map(|standard| standard_result(profile, standard, &clauses, &gates)).collect();
        // While a ballot that counts is sealed nothing is met, and nothing is not, but for what bars it (invariant 11); and nothing is
        // in a final record that is not the one that was signed.
        if !visit.is_opened() || visit.record_differs {
            standards.iter_mut().for_each(StandardResult::leave_open);
        }
        standards.iter_mut().zip(&profile.standards).for_each(|(result, standard)| {
            result.hold_to_use(standard.use_when.map_or(Some(true), |it| it.holds(&facility)));
        });
        if visit.hides_all() {
            standards.iter_mut().for_each(StandardResult::tell_nothing);
        }
        let cleared: Vec<(&Standard, Option<bool>)> = profile
            .standards
            .iter()
            .map(|standard| (standard, barred::is_clear(profile, standard, &gates)))
            .collect();
        Self {
            standards,
            na_effects: na_effect::effects(&cleared, &clauses),
            contradictions: contradicted(&visit.founding.checklist.contradictions, &clauses),
            clauses,
            gates,
        }
    }

    /// Clauses left out for a reader who is recused from them.
    pub fn withheld(&self) -> impl Iterator<Item = &ClauseResult> {
        self.clauses.iter().filter(|clause| clause.withheld)
    }

    /// Clauses that the lead decided without enough votes, or against a majority.
    pub fn against_votes(&self) -> impl Iterator<Item = &ClauseResult> {
        self.clauses.iter().filter(|clause| clause.is_against_votes())
    }

    /// Clauses whose verdict by rule is the vote of one member alone.
    pub fn judged_alone(&self) -> impl Iterator<Item = &ClauseResult> {
        self.clauses.iter().filter(|clause| clause.is_judged_alone())
    }

    /// Whether each standard would be met if these were the clauses; the gates stay as they are.
    #[must_use]
    pub fn met_if(&self, visit: &Visit, clauses: &[ClauseResult]) -> Vec<Option<bool>> {
        let profile = &visit.founding.checklist.profile;
        let met = |standard: &Standard| {
            is_met(&standard.conditions, clauses, barred::is_clear(profile, standard, &self.gates))
        };
        profile.standards.iter().map(met).collect()
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
    /// For somebody who may see no vote: what is within reach of no votes at all is no answer either.
    fn tell_nothing(&mut self) {
        (self.worst, self.best) = (None, None);
        self.conditions.iter_mut().for_each(|condition| condition.met = None);
    }

    /// A standard that is for other facilities, or may be, is neither met here nor missed.
    fn hold_to_use(&mut self, in_use: Option<bool>) {
        self.in_use = in_use;
        if in_use == Some(true) {
            return;
        }
        (self.met, self.worst) = (None, None);
        (self.clauses_to_flip, self.votes_to_flip) = (None, None);
        if in_use == Some(false) {
            self.best = None;
        }
    }

    fn leave_open(&mut self) {
        self.met = (!self.barred_by.is_empty()).then_some(false);
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

fn standard_result(
    profile: &Profile,
    standard: &Standard,
    clauses: &[ClauseResult],
    gates: &barred::Answers,
) -> StandardResult {
    let is_clear = barred::is_clear(profile, standard, gates);
    let conditions: Vec<ConditionResult> =
        standard.conditions.iter().map(|condition| evaluate(condition, clauses, is_clear)).collect();
    let met = is_met(&standard.conditions, clauses, is_clear);
    let at = |extreme: fn(&ClauseResult) -> ClauseResult, is_clear: bool| {
        let moved: Vec<ClauseResult> = clauses.iter().map(extreme).collect();
        is_met(&standard.conditions, &moved, Some(is_clear))
    };
    let is_barred = is_clear == Some(false);
    let to_flip = |unit| flip::least(unit, met?, &standard.conditions, clauses, is_clear);
    StandardResult {
        id: standard.id.clone(),
        in_use: Some(true),
        met,
        barred_by: barred::barred_by(profile, standard, gates),
        unanswered: barred::unanswered(profile, standard, gates),
        worst: at(strictest, !is_barred && !barred::may_come(profile, standard, gates)),
        best: at(most_lenient, !is_barred),
        clauses_to_flip: to_flip(flip::Unit::Clauses),
        votes_to_flip: to_flip(flip::Unit::Votes),
        conditions,
    }
}
