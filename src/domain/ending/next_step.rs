//! Whose laptop must see the shared file next, and why: of all that is left until the end the first thing that others wait for.

use crate::domain::{
    ending::signature::Signature,
    outcome::Outcome,
    terms::{digest::Digest, id::MemberName},
    visit::{Identity, MemberState, Visit},
};

/// The next step of the exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// Whose laptops it takes: all of them, but for [`Why::Open`] as many as shares are missing. Nobody's when all is done.
    pub who: Vec<MemberName>,
    /// What for.
    pub why: Why,
}

/// What a step is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// This laptop holds what the others wait for.
    Sync,
    /// The lead says which laptop is whose: nobody scores under these names before that.
    Admit(Vec<MemberName>),
    /// They score and submit, or submitted and their seals have not come here.
    Seal,
    /// Everybody has sealed: the lead closes scoring.
    Close,
    /// Ballots that count are shut.
    Open(Vec<ShutBallot>),
    /// The lead decides so many clauses and gates.
    Decide(usize),
    /// They sign the record as it is here.
    Sign,
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
            Some(own) if known.n_pending > 0 && !step.who.contains(own) => {
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
            Self::Admit(_) => "admit",
            Self::Seal => "seal",
            Self::Close => "close",
            Self::Open(_) => "open",
            Self::Decide(_) => "decide",
            Self::Sign => "sign",
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

fn until_the_end(visit: &Visit, known: Known<'_>) -> NextStep {
    if !visit.closed {
        return until_the_closing(visit);
    }
    let is_final = visit.finalised.is_some();
    if !known.shut.is_empty() && !is_final {
        let gives = |state: &MemberState| {
            let name = &state.member.name;
            known.shut.iter().any(|it| &it.of == name || it.givers.contains(name))
        };
        return NextStep { who: names(visit, gives), why: Why::Open(known.shut.to_vec()) };
    }
    if known.n_undecided > 0 && !is_final {
        return NextStep { who: chair(visit), why: Why::Decide(known.n_undecided) };
    }
    // Who never came has nothing to sign with.
    let unsigned = |state: &MemberState| {
        state.identity != Identity::Absent && Signature::of(state, known.record) != Signature::Valid
    };
    let unsigned = names(visit, unsigned);
    if !unsigned.is_empty() {
        NextStep { who: unsigned, why: Why::Sign }
    } else if is_final {
        NextStep { who: Vec::new(), why: Why::Nothing }
    } else {
        NextStep { who: chair(visit), why: Why::Finalize }
    }
}

fn until_the_closing(visit: &Visit) -> NextStep {
    let unsealed =
        names(visit, |state| !visit.is_recused(state.member.name.as_str()) && !state.seals.stands());
    // Only laptops that were admitted hold shares: whoever seals before that can be left with a ballot that nobody opens.
    let claims = |state: &MemberState| match state.identity {
        Identity::Absent => visit.pending.iter().any(|claim| claim.name == state.member.name),
        Identity::Provisional => state.unchecked.iter().any(|feed| !visit.retired.contains_key(feed)),
        Identity::Admitted | Identity::Waiting => false,
    };
    let claimed = names(visit, |state| !visit.is_recused(state.member.name.as_str()) && claims(state));
    if !claimed.is_empty() {
        NextStep { who: chair(visit), why: Why::Admit(claimed) }
    } else if unsealed.is_empty() || visit.founding.is_signed_by_one() {
        NextStep { who: chair(visit), why: Why::Close }
    } else {
        NextStep { who: unsealed, why: Why::Seal }
    }
}

fn names(visit: &Visit, is_meant: impl Fn(&MemberState) -> bool) -> Vec<MemberName> {
    visit.members.iter().filter(|state| is_meant(state)).map(|state| state.member.name.clone()).collect()
}

/// The lead, and the deputies who can do it as well: a laptop that died holds up nobody.
fn chair(visit: &Visit) -> Vec<MemberName> {
    names(visit, |state| visit.founding.leads(&state.member.name) || visit.leads(&state.member.name))
}
