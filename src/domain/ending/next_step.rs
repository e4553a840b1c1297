//! Whose laptop must see the shared file next, and why: of all that is left until the end the first thing that others wait for.

use crate::domain::{
    ending::signature::Signature,
    outcome::Outcome,
    panel::PanelLack,
    terms::{
        digest::Digest,
        id::{ClauseId, MemberName},
    },
    visit::{Identity, MemberState, Visit},
};

/// The next step of the exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// Whose laptops it takes: all of them, but for [`Why::Open`] as many as shares are missing. Nobody's when all is done.
    /// In the order that spares a visit of the shared file: who does the lead's work next goes last, and does it at once.
    pub who: Vec<MemberName>,
    /// What for.
    pub why: Why,
}

/// What a step is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// This laptop holds what the others wait for.
    Sync,
    /// They join; these then say of all their laptops at once whose they are.
    Join(Vec<MemberName>),
    /// Members are missing: these of the draw step in, the first of their field, and join.
    StepIn(Vec<MemberName>),
    /// The lead says which laptop is whose: nobody scores under these names before that.
    Admit(Vec<MemberName>),
    /// They score and submit, or submitted and their seals have not come here; these then close scoring.
    Seal(Vec<MemberName>),
    /// Everybody has sealed: the lead closes scoring.
    Close,
    /// Ballots that count are shut. Of these laptops one comes best last, for it goes on with the verdicts.
    Open(Vec<ShutBallot>, Vec<MemberName>),
    /// The lead counts the seals of these, which came after the closing, before the record is signed without them.
    Late(Vec<MemberName>),
    /// The lead decides so many clauses and gates.
    Decide(usize),
    /// They vote in the clear on the clauses that the facility objects to, before the lead decides.
    Vote(Vec<ClauseId>),
    /// They sign the record as it is here; these then make the visit final, where it is not.
    Sign(Vec<MemberName>),
    /// The lead makes the visit final.
    Finalize,
    /// All is done.
    Nothing,
}

/// A ballot that a closing record names and that cannot be read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShutBallot {
    /// Whose it is; that member's own laptop always opens it.
    pub of: MemberName,
    /// How many shares of its key open it; `None` = it was not shared out, or the key is not what is missing.
    pub need: Option<usize>,
    /// Whether the key is here and records of the ballot are not.
    pub lacks_records: bool,
    /// How many are missing.
    pub n_missing: usize,
    /// Whose laptops have a share that they have not given.
    pub givers: Vec<MemberName>,
}

/// What must be known beside the visit.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Who asks, if a member.
    pub own: Option<&'a MemberName>,
    /// Own edits that are not in the shared file.
    pub n_pending: usize,
    /// Whether the shared file holds anything of this laptop.
    pub has_delivered: bool,
    /// The ballots that cannot be read yet.
    pub shut: &'a [ShutBallot],
    /// Clauses and gates that the lead is to decide.
    pub n_undecided: usize,
    /// The record as members sign it.
    pub record: &'a Digest,
}

impl NextStep {
    /// The next step. Who is not in it syncs first, if there is something to bring: the others may wait for just that.
    #[must_use]
    pub fn of(visit: &Visit, known: Known<'_>) -> Self {
        let step = until_the_end(visit, known);
        match known.own {
            Some(own) if known.n_pending > 0 && !step.who.contains(own) && !scores_on(visit, own, known) => {
                Self { who: vec![own.clone()], why: Why::Sync }
            }
            _ => step,
        }
    }
}

impl Why {
    /// The word for files and commands.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Sync => "sync",
            Self::Join(_) => "join",
            Self::StepIn(_) => "step-in",
            Self::Admit(_) => "admit",
            Self::Seal(_) => "seal",
            Self::Close => "close",
            Self::Open(..) => "open",
            Self::Late(_) => "late",
            Self::Decide(_) => "decide",
            Self::Vote(_) => "vote",
            Self::Sign(_) => "sign",
            Self::Finalize => "finalize",
            Self::Nothing => "nothing",
        }
    }
}

/// What the lead is to decide by a result: clauses without a verdict, gates without an answer.
#[must_use]
pub fn n_undecided(visit: &Visit, outcome: &Outcome) -> usize {
    let clauses = outcome.clauses.iter().filter(|result| !result.withheld && result.verdict.is_none());
    let gates = visit.founding.checklist.profile.gates.iter();
    let gates = gates.filter(|gate| !gate.optional && visit.gate_decision(gate.id.as_str()).is_none());
    clauses.count() + gates.count()
}

/// Whether what a laptop has not synced are the votes of somebody who has not sealed: nobody waits for them without the seal, and
/// to bring them alone is a visit of the shared file for nothing.
fn scores_on(visit: &Visit, own: &MemberName, known: Known<'_>) -> bool {
    let seals = visit.member(own.as_str()).is_some_and(|state| state.seals.stands());
    known.has_delivered && !visit.closed && !seals && !chair(visit).contains(own)
}

fn until_the_end(visit: &Visit, known: Known<'_>) -> NextStep {
    if !visit.closed {
        return until_the_closing(visit, known.own);
    }
    let is_final = visit.finalised.is_some();
    let late: Vec<MemberName> = visit.late_seals().map(|state| state.member.name.clone()).collect();
    let is_signed = visit.members.iter().any(|state| Signature::of(state, known.record) == Signature::Valid);
    let is_at_hand = known.shut.is_empty() || known.own.is_some_and(|own| chair(visit).contains(own));
    if !late.is_empty() && is_at_hand && !is_signed && !is_final {
        return NextStep { who: chair(visit), why: Why::Late(late) };
    }
    let shut = without_absentees(visit, known.shut);
    if !shut.is_empty() && !is_final {
        let gives = |state: &MemberState| {
            let name = &state.member.name;
            let is_meant = shut.iter().any(|it| &it.of == name || it.givers.contains(name));
            is_meant && !visit.is_absent(name.as_str())
        };
        let deciders = deciders(visit);
        let (chair, others): (Vec<_>, Vec<_>) =
            names(visit, gives).into_iter().partition(|name| deciders.contains(name));
        let is_last = shut.iter().all(|it| it.n_missing <= 1);
        let mut who = if is_last { [chair.clone(), others] } else { [others, chair.clone()] }.concat();
        if let [one] = shut.as_slice() {
            // The own laptop opens it alone.
            who.sort_by_key(|name| name != &one.of);
        }
        return NextStep { who, why: Why::Open(shut, chair) };
    }
    if visit.revision.is_draft
        && let Some(step) = until_settled(visit)
    {
        return step;
    }
    let is_final = is_final && !visit.revision.is_draft;
    if known.n_undecided > 0 && !is_final && !visit.revision.is_draft {
        return NextStep { who: deciders(visit), why: Why::Decide(known.n_undecided) };
    }
    // Who never came has nothing to sign with.
    let unsigned = |state: &MemberState| {
        takes_part(visit, state)
            && state.identity != Identity::Absent
            && Signature::of(state, known.record) != Signature::Valid
    };
    let unsigned = names(visit, unsigned);
    if !unsigned.is_empty() {
        let (others, last) = chair_apart(visit, unsigned);
        let ends = if is_final { Vec::new() } else { chair(visit) };
        NextStep { who: [others, last].concat(), why: Why::Sign(ends) }
    } else if is_final {
        NextStep { who: Vec::new(), why: Why::Nothing }
    } else {
        NextStep { who: chair(visit), why: Why::Finalize }
    }
}

/// What a revision still takes before it is signed.
fn until_settled(visit: &Visit) -> Option<NextStep> {
    let open: Vec<&ClauseId> = visit.unsettled().collect();
    if open.is_empty() {
        return None;
    }
    let owes = |state: &MemberState| {
        let name = &state.member.name;
        takes_part(visit, state)
            && !visit.is_recused(name.as_str())
            && open.iter().any(|clause| !visit.has_voted_anew(name, clause))
    };
    let owing = names(visit, |state| state.identity != Identity::Absent && owes(state));
    let quorum = visit.founding.checklist.profile.merge.quorum;
    let lacks = |clause: &&&ClauseId| visit.n_voted_anew(clause) < quorum;
    let lacking: Vec<ClauseId> = open.iter().filter(lacks).map(|clause| (*clause).clone()).collect();
    if !lacking.is_empty() && !owing.is_empty() {
        let (others, last) = chair_apart(visit, owing);
        return Some(NextStep { who: [others, last].concat(), why: Why::Vote(lacking) });
    }
    Some(NextStep { who: deciders(visit), why: Why::Decide(open.len()) })
}

fn until_the_closing(visit: &Visit, own: Option<&MemberName>) -> NextStep {
    let votes =
        |state: &MemberState| takes_part(visit, state) && !visit.is_recused(state.member.name.as_str());
    let unsealed = names(visit, |state| votes(state) && !state.seals.stands());
    // Only laptops that were admitted hold shares: whoever seals before that can be left with a ballot that nobody opens.
    let is_claimed = |state: &MemberState| visit.pending.iter().any(|claim| claim.name == state.member.name);
    let claims = |state: &MemberState| match state.identity {
        Identity::Absent => is_claimed(state),
        Identity::Provisional => state.unchecked.iter().any(|feed| !visit.retired.contains_key(feed)),
        Identity::Admitted | Identity::Waiting => false,
    };
    let claimed = names(visit, |state| votes(state) && claims(state));
    let absent =
        names(visit, |state| votes(state) && state.identity == Identity::Absent && !is_claimed(state));
    // Somebody is missing, and somebody waits to step in.
    let lacks_members = |lack: &PanelLack| match lack {
        PanelLack::TooFew { .. } | PanelLack::Even { .. } => visit.excuse(lack).is_none(),
        PanelLack::Field(_) | PanelLack::Title(_) => false,
    };
    let is_short = visit.panel_lacks().iter().any(lacks_members);
    let stepping_in: Vec<MemberName> = visit.newcomers().filter(|_| is_short).take(1).cloned().collect();
    let substitutes = if is_short && is_early(visit) { substitutes(visit) } else { Vec::new() };
    let chair = chair(visit);
    // Admitting all at once spares visits of the shared file; who has it at hand admits whom it can. Once somebody has sealed
    // nobody who has not come is waited for.
    let admits = !claimed.is_empty() && own.is_some_and(|own| chair.contains(own));
    if !absent.is_empty() && is_early(visit) && !admits {
        NextStep { who: absent, why: Why::Join(chair) }
    } else if !claimed.is_empty() {
        NextStep { who: chair, why: Why::Admit(claimed) }
    } else if !stepping_in.is_empty() {
        NextStep { who: chair, why: Why::Admit(stepping_in) }
    } else if !substitutes.is_empty() {
        NextStep { who: chair, why: Why::StepIn(substitutes) }
    } else if unsealed.is_empty() || visit.founding.is_signed_by_one() {
        NextStep { who: chair, why: Why::Close }
    } else {
        let (others, last) = chair_apart(visit, unsealed);
        NextStep { who: [others, last].concat(), why: Why::Seal(chair) }
    }
}

/// Whether nobody has sealed yet.
fn is_early(visit: &Visit) -> bool {
    visit.members.iter().all(|state| !state.seals.stands())
}

/// For each member who is missing the first of the draw who has the field and does not sit; each once.
fn substitutes(visit: &Visit) -> Vec<MemberName> {
    let mut named: Vec<MemberName> = Vec::new();
    let is_missing = |state: &&MemberState| {
        let name = state.member.name.as_str();
        visit.is_absent(name) || visit.is_recused(name)
    };
    for state in visit.members.iter().filter(is_missing) {
        let next = visit.substitutes_for(state.member.name.as_str()).into_iter();
        let mut names = next.map(|it| MemberName::new(it.person.name.as_str()));
        named.extend(names.find(|name| !named.contains(name)));
    }
    named
}

/// Ballots that are shut, with the shares that somebody can give who is there.
fn without_absentees(visit: &Visit, shut: &[ShutBallot]) -> Vec<ShutBallot> {
    let there = |it: &ShutBallot| {
        let givers = it.givers.iter().filter(|name| !visit.is_absent(name.as_str()));
        ShutBallot { givers: givers.cloned().collect(), ..it.clone() }
    };
    shut.iter().map(there).collect()
}

/// Whether a member is there, and was admitted in time. Whoever waits to be admitted works on as if they were.
fn takes_part(visit: &Visit, state: &MemberState) -> bool {
    let name = &state.member.name;
    !visit.is_absent(name.as_str()) && !visit.latecomers.contains(name)
}

/// Who of these decides: nobody who is recused from everything, if anybody else is there.
fn deciders(visit: &Visit) -> Vec<MemberName> {
    let chair = chair(visit);
    let (recused, deciders): (Vec<_>, Vec<_>) =
        chair.into_iter().partition(|name| visit.is_recused(name.as_str()));
    if deciders.is_empty() { recused } else { deciders }
}

/// Who does not do the lead's work, and who does.
fn chair_apart(visit: &Visit, names: Vec<MemberName>) -> (Vec<MemberName>, Vec<MemberName>) {
    let chair = chair(visit);
    names.into_iter().partition(|name| !chair.contains(name))
}

fn names(visit: &Visit, is_meant: impl Fn(&MemberState) -> bool) -> Vec<MemberName> {
    visit.members.iter().filter(|state| is_meant(state)).map(|state| state.member.name.clone()).collect()
}

/// The lead, and the deputies who can do it as well: a laptop that died holds up nobody. Who is not there does it only where nobody
/// else can.
fn chair(visit: &Visit) -> Vec<MemberName> {
    let all =
        names(visit, |state| visit.founding.leads(&state.member.name) || visit.leads(&state.member.name));
    let (absent, there): (Vec<_>, Vec<_>) = all.into_iter().partition(|name| visit.is_absent(name.as_str()));
    if there.is_empty() { absent } else { there }
}
