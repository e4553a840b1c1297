//! What is not in order in a visit, and what of it holds up making it final. Parity, quorum and field coverage are looked at
//! clause by clause, after recusals and absences (invariant 7).

use std::collections::BTreeSet;

use crate::domain::{
    ballot::seal::BallotState,
    checklist::{Clause, profile::Gate},
    edit::{verdict::Decision, waiver::MatterKind},
    ending::signature::Signature,
    ledger::problem::{self, Found},
    merge::basis::Basis,
    outcome::{ClauseResult, Outcome, contradicted::Contradicted},
    panel::PanelLack,
    terms::{digest::Digest, grade::Grade, id::MemberName, written::Line},
    visit::{Identity, MemberState, Visit},
};

/// Something to settle or to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// What kind.
    pub kind: MatterKind,
    /// Clauses, gates or members concerned.
    pub about: Vec<String>,
    /// More, if there is more to say.
    pub detail: Detail,
}

/// What more there is to say of a [`Matter`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// Nothing.
    None,
    /// How many.
    Count(usize),
    /// Whose.
    Member(MemberName),
    /// What the panel lacks.
    Lack(PanelLack),
    /// The same, where the founding says why.
    Excused(PanelLack, Line),
    /// Why the founding has an even panel, of clauses on which all of it voted.
    EvenPanel(Line),
    /// Why a member is not there.
    Reason(String),
    /// Which verdicts deny each other.
    Contradiction(Box<Contradicted>),
    /// How many have signed, and how many must before the end: more than half of those who vote.
    Signatures {
        /// Valid signatures.
        n: usize,
        /// Of so many members.
        of: usize,
    },
}

impl Matter {
    /// Whether it holds up making the visit final, until it is settled or waived with a reason.
    #[must_use]
    pub const fn blocks(&self) -> bool {
        match self.detail {
            Detail::Signatures { n, of } => n * 2 <= of,
            Detail::Excused(..) | Detail::EvenPanel(_) => false,
            _ => self.kind.blocks(),
        }
    }
}

/// All open matters, the gravest kinds first. `shown` are the members whose votes may be used here; `outcome` counts the
/// same members; `record` is what members sign; without one nothing is said of
/// signatures.
#[must_use]
pub fn matters(
    visit: &Visit,
    outcome: &Outcome,
    shown: &[&MemberState],
    record: Option<&Digest>,
) -> Vec<Matter> {
    let mut found = Vec::new();
    of_clauses(visit, outcome, shown, &mut found);
    of_grades(visit, outcome, shown, &mut found);
    if let Some(record) = record {
        of_signatures(visit, record, &mut found);
    }
    conflicts(visit, outcome, shown, &mut found);
    gather(MatterKind::Withheld, outcome.withheld().map(|it| it.id.to_string()), &mut found);
    found.extend(outcome.contradictions.iter().map(|it| Matter {
        kind: MatterKind::Contradiction,
        about: [&it.rule.when, &it.rule.but].map(|range| range.clause.to_string()).to_vec(),
        detail: Detail::Contradiction(Box::new(it.clone())),
    }));
    of_gates(visit, outcome, &mut found);
    of_panel(visit, shown, &mut found);
    of_ballots(visit, &mut found);
    of_members(visit, &mut found);
    let unanswered = visit.objections().filter(|(_, objection)| objection.answer.is_empty());
    let unanswered = unanswered.map(|(clause, _)| clause.map_or("*", |clause| clause.as_str()).to_owned());
    gather(MatterKind::Objection, unanswered, &mut found);
    if visit.n_unknown > 0 {
        found.push(Matter {
            kind: if visit.unknown_critical { MatterKind::UnknownCritical } else { MatterKind::Unknown },
            about: Vec::new(),
            detail: Detail::Count(visit.n_unknown),
        });
    }
    found.sort_by_key(|matter| matter.kind);
    found
}

/// Whether everybody of the clause's votes is odd, at quorum and covered, as far as the lead has not decided it with a
/// reason.
fn of_clauses(visit: &Visit, outcome: &Outcome, shown: &[&MemberState], found: &mut Vec<Matter>) {
    // Nothing is told of a clause that is left out, beyond that it is.
    let results = || outcome.clauses.iter().filter(|result| !result.withheld);
    let clauses = || visit.clauses().zip(&outcome.clauses).filter(|(_, result)| !result.withheld);
    let ids = |wanted: &dyn Fn(&ClauseResult) -> bool| -> Vec<String> {
        results().filter(|result| wanted(result)).map(|result| result.id.to_string()).collect()
    };
    let applies = |result: &ClauseResult| result.verdict != Some(Decision::NotApplicable);
    gather(MatterKind::Undecided, ids(&|result| result.verdict.is_none()), found);
    let rests_on = |basis: Basis| ids(&|result| result.basis == Some(basis));
    gather(MatterKind::NoQuorum, rests_on(Basis::NoQuorum), found);
    gather(MatterKind::Overruled, rests_on(Basis::Overruled), found);
    gather(MatterKind::Quorum, ids(&|it| !it.by_lead() && !it.quorum() && applies(it)), found);
    let is_even = |it: &ClauseResult| !it.by_lead() && it.n_valid() > 0 && it.n_valid().is_multiple_of(2);
    // Where the panel was founded even, for a reason, it is even again wherever everybody voted.
    let excuse = |it: &ClauseResult| visit.excuse(&PanelLack::Even { n: it.n_valid() });
    gather(MatterKind::Parity, ids(&|it| is_even(it) && excuse(it).is_none()), found);
    if let Some(reason) = results().filter(|it| is_even(it)).find_map(excuse) {
        let about = ids(&|it| is_even(it) && excuse(it).is_some());
        found.push(Matter { kind: MatterKind::Parity, about, detail: Detail::EvenPanel(reason.clone()) });
    }
    let owed = clauses()
        .map(|(clause, _)| clause)
        .filter(|clause| shown.iter().any(|state| visit.vote(state, clause).owes_reason().is_some()));
    gather(MatterKind::ReasonOwed, owed.map(|clause| clause.id.to_string()), found);
    let uncovered = clauses().filter(|(_, result)| {
        !result.by_lead() && result.field_covered == Some(false) && result.n_valid() > 0
    });
    gather(MatterKind::FieldNotCovered, uncovered.map(|(clause, _)| clause.id.to_string()), found);
}

/// What is graded without saying what is wrong: the ledger needs it, and the facility asks for it.
fn of_grades(visit: &Visit, outcome: &Outcome, shown: &[&MemberState], found: &mut Vec<Matter>) {
    let clauses: Vec<(&Clause, &ClauseResult)> = visit
        .clauses()
        .map(AsRef::as_ref)
        .zip(&outcome.clauses)
        .filter(|(_, result)| !result.withheld)
        .collect();
    let ids = |wanted: &dyn Fn(&Clause, &ClauseResult) -> bool| -> Vec<String> {
        let wanted = clauses.iter().filter(|(clause, result)| wanted(clause, result));
        wanted.map(|(clause, _)| clause.id.to_string()).collect()
    };
    let is_silent =
        |clause: &Clause, result: &ClauseResult| match problem::of_clause(visit, clause, result, shown) {
            Found::Reasons(reasons) => reasons.is_empty(),
            Found::Nothing | Found::Points(_) => false,
        };
    gather(MatterKind::Unnamed, ids(&is_silent), found);
    let has_no_point = |clause: &Clause, result: &ClauseResult| {
        result.verdict == Some(Decision::Grade(Grade::D))
            && !problem::names_a_point(visit, clause, shown)
            && !is_silent(clause, result)
    };
    gather(MatterKind::UnnamedD, ids(&has_no_point), found);
    let is_direct = |clause: &Clause, _: &ClauseResult| {
        shown.iter().any(|state| visit.vote(state, clause).is_beyond_points())
    };
    gather(MatterKind::DirectGrade, ids(&is_direct), found);
    let holds_points = |state: &MemberState| {
        let mut votes = visit.clauses().map(|clause| visit.vote(state, clause));
        votes.any(|vote| !vote.direct || vote.derived.n_recorded > 0)
    };
    let scored = |state: &MemberState| visit.clauses().any(|clause| visit.vote(state, clause).direct);
    let direct = shown.iter().filter(|state| scored(state) && !holds_points(state)).count();
    if direct > 0 {
        found.push(Matter {
            kind: MatterKind::DirectBallot,
            about: Vec::new(),
            detail: Detail::Count(direct),
        });
    }
}

/// Who has not signed, once there is something to sign.
fn of_signatures(visit: &Visit, record: &Digest, found: &mut Vec<Matter>) {
    let is_signed = |state: &MemberState| Signature::of(state, record) == Signature::Valid;
    let unsigned =
        visit.voting().filter(|state| !is_signed(state)).map(|state| state.member.name.to_string());
    let about: Vec<String> = unsigned.collect();
    if visit.closed && !about.is_empty() {
        let of = visit.voting().count();
        let detail = Detail::Signatures { n: of - about.len(), of };
        found.push(Matter { kind: MatterKind::Unsigned, about, detail });
    }
}

/// A hidden ballot stays hidden even in its conflicts; the lead's verdicts and gates are nobody's ballot.
fn conflicts(visit: &Visit, outcome: &Outcome, shown: &[&MemberState], found: &mut Vec<Matter>) {
    let is_shown = |state: &MemberState| shown.iter().any(|it| it.member.name == state.member.name);
    let mut conflicts = Vec::new();
    for (name, subject) in visit.conflicts() {
        if outcome.withheld().any(|it| Some(&it.id) == subject.clause()) {
            continue;
        }
        if !subject.is_ballot() || visit.member(name.as_str()).is_some_and(is_shown) {
            let (about, detail) = (vec![subject.to_string()], Detail::Member(name));
            conflicts.push(Matter { kind: MatterKind::Conflict, about, detail });
        }
    }
    found.extend(conflicts);
}

fn of_gates(visit: &Visit, outcome: &Outcome, found: &mut Vec<Matter>) {
    let gates = &visit.founding.checklist.profile.gates;
    let answered = |gate: &Gate| outcome.gates.iter().any(|(id, state)| id == &gate.id && state.is_some());
    // What a local rule may leave out does not hold up the end.
    let unanswered = gates.iter().filter(|gate| !gate.optional && !answered(gate));
    gather(MatterKind::GateUnanswered, unanswered.map(|gate| gate.id.to_string()), found);
    let waiting = gates.iter().filter(|gate| visit.founding.lacks_lookback(gate));
    gather(MatterKind::Lookback, waiting.map(|gate| gate.id.to_string()), found);
}

fn of_panel(visit: &Visit, shown: &[&MemberState], found: &mut Vec<Matter>) {
    found.extend(visit.panel_lacks().into_iter().map(|lack| Matter {
        kind: MatterKind::Panel,
        about: match &lack {
            PanelLack::Title(lack) => vec![lack.member.to_string()],
            PanelLack::TooFew { .. } | PanelLack::Even { .. } | PanelLack::Field(_) => Vec::new(),
        },
        detail: match visit.excuse(&lack) {
            Some(reason) => Detail::Excused(lack.clone(), reason.clone()),
            None => Detail::Lack(lack),
        },
    }));
    found.extend(visit.absentees().map(|absentee| Matter {
        kind: MatterKind::Absent,
        about: vec![absentee.name.to_string()],
        detail: Detail::Reason(absentee.reason.to_owned()),
    }));
    let is_hidden =
        |state: &&MemberState| !visit.closed && !shown.iter().any(|it| it.member.name == state.member.name);
    let hidden = visit.voting().filter(is_hidden).map(|state| state.member.name.to_string());
    gather(MatterKind::Hidden, hidden, found);
    gather(MatterKind::Pending, visit.pending.iter().map(|claim| claim.name.to_string()), found);
}

/// How the ballots came to count, and what was found out since.
fn of_ballots(visit: &Visit, found: &mut Vec<Matter>) {
    for (kind, wanted) in [
        (MatterKind::Unopened, BallotState::Unopened),
        (MatterKind::LeftOut, BallotState::LeftOut),
        (MatterKind::LateSeal, BallotState::Late),
    ] {
        let names = visit.voting().filter(|state| state.ballot_state == wanted);
        gather(kind, names.map(|state| state.member.name.to_string()), found);
    }
    let late: BTreeSet<String> = visit.afterwards.iter().map(|it| it.name.to_string()).collect();
    gather(MatterKind::LateRecusal, late, found);
    for (kind, names) in [(MatterKind::Rivals, &visit.rivals), (MatterKind::SeatChange, &visit.seat_changes)]
    {
        gather(kind, names.iter().map(ToString::to_string), found);
    }
    let voted_openly =
        visit.clauses().filter(|clause| visit.clear_votes(clause.id.as_str()).next().is_some());
    gather(MatterKind::ClearVote, voted_openly.map(|clause| clause.id.to_string()), found);
}

fn of_members(visit: &Visit, found: &mut Vec<Matter>) {
    let names = |wanted: &dyn Fn(&MemberState) -> bool| -> Vec<String> {
        visit.voting().filter(|state| wanted(state)).map(|state| state.member.name.to_string()).collect()
    };
    let incomplete = visit.members.iter().filter(|state| state.n_missing > 0);
    gather(MatterKind::Incomplete, incomplete.map(|state| state.member.name.to_string()), found);
    gather(MatterKind::Undeclared, names(&|it| it.declaration().is_none()), found);
    gather(MatterKind::Identity, names(&|it| it.identity == Identity::Provisional), found);
    found.extend(visit.members.iter().filter(|state| state.n_late > 0).map(|state| Matter {
        kind: MatterKind::Late,
        about: vec![state.member.name.to_string()],
        detail: Detail::Count(state.n_late),
    }));
}

/// One matter a kind, naming all it is about.
fn gather(kind: MatterKind, about: impl IntoIterator<Item = String>, found: &mut Vec<Matter>) {
    let about: Vec<String> = about.into_iter().collect();
    if !about.is_empty() {
        found.push(Matter { kind, about, detail: Detail::None });
    }
}
