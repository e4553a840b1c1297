//! The state of a visit, folded from the commits of all members, and what it says of clauses, members and their rights.

pub mod absentee;
mod apart;
mod apply;
mod archive;
mod bench;
pub mod closing;
pub mod conflict;
pub mod end;
mod fold;
mod judged;
mod kept;
pub mod member;
mod outside;
mod past;
mod plans;
pub mod rectifications;
pub mod recusal;
pub mod revision;
pub mod rulings;
pub mod seats;
pub(crate) mod told;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::domain::{
    ballot::{
        Position, Vote, fits,
        seal::{BallotState, Seal},
    },
    checklist::Clause,
    edit::{
        Founding, Stand,
        commit::Head,
        evidence::EvidenceItem,
        slot::Slot,
        verdict::{GateDecision, LeadVerdict},
        waiver::Finalisation,
    },
    facility::profile::FacilityProfile,
    terms::{
        absence::Absence,
        digest::Digest,
        id::{CommitId, FeedId, MemberName, VisitId},
    },
    visit::{
        conflict::InConflict, plans::Plans, rectifications::Rectifications, recusal::Recusal,
        revision::Revision, rulings::Rulings, seats::Claim,
    },
};

pub use member::MemberState;
pub use seats::Identity;

/// Ends of feeds that a seal, a closing record or the final record names, at most.
pub const MOST_ENDS: usize = 4_000;
/// Ends of one member's feeds that are named, at most: nobody has so many laptops and forks but by making them up.
const ENDS_A_MEMBER: usize = 60;

/// A visit as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// Id.
    pub id: VisitId,
    /// What it was founded with.
    pub founding: Arc<Founding>,
    /// Members in roster order; the lead is first.
    pub members: Vec<MemberState>,
    /// Recusals that stand, in roster order.
    pub recusals: Vec<Recusal>,
    /// Whether scoring is closed: a closing record counts.
    pub closed: bool,
    /// The closing records that count.
    pub closings: Vec<closing::Closing>,
    /// Recusals that were declared or recorded when scoring was closed already, and stand: they change no vote.
    pub afterwards: Vec<Recusal>,
    /// Whose closing records, or final ones, do not know of each other: one of them may have been made when the votes were open.
    pub rivals: BTreeSet<MemberName>,
    /// Whose final records do not know of each other: two that both are the first, or both replace the same one.
    pub rival_ends: BTreeSet<MemberName>,
    /// Final records that were not looked at: more in one chain than anybody makes.
    pub n_unread_ends: usize,
    /// Whose laptops were retired, or admitted by the lead's word alone, when the votes were open.
    pub seat_changes: BTreeSet<MemberName>,
    /// Devices that lead or deputies name, whether or not what they say of themselves is here.
    pub named: BTreeSet<FeedId>,
    /// Who was admitted beside the roster when the votes were open already: they take no part in them.
    pub latecomers: BTreeSet<MemberName>,
    /// Commits that closing and final records of those who lead name and that are not here.
    pub wanted: BTreeSet<CommitId>,
    /// What the visit was made final with.
    pub finalised: Option<Finalisation>,
    /// What has become of that since.
    pub revision: Revision,
    /// Whether the final record says that another record was signed than the one that it rests on.
    pub record_differs: bool,
    /// Devices that claim a name but are not counted.
    pub pending: Vec<Claim>,
    /// Devices that count no longer, each with its last commit that does.
    pub retired: BTreeMap<FeedId, u64>,
    /// Members who may do the lead's work beside the lead.
    pub deputies: BTreeSet<MemberName>,
    /// Devices of the office that takes part in the rectification.
    pub offices: BTreeSet<FeedId>,
    /// Whether this is what somebody outside of the panel may see: see [`Self::from_outside`].
    pub is_from_outside: bool,
    /// Feeds in which two commits bear one number (a cloned disk, a restored backup), counted or not.
    pub forks: BTreeSet<FeedId>,
    /// Feeds whose device named another one of its member: a forked feed among them was left, nobody need do anything.
    pub left: BTreeSet<FeedId>,
    /// Edits of kinds this program does not know.
    pub n_unknown: usize,
    /// An unknown edit that forbids finalising.
    pub unknown_critical: bool,
    /// The commits that the record of the visit rests on: all that count, but those that only acknowledge, sign, make
    /// final or mend what is on the ledger. Sorted. Equal on two laptops exactly if both have the same record.
    pub record: Vec<CommitId>,
    rulings: Rulings,
    plans: Plans,
    /// What was recorded of the rectification ledger.
    pub(crate) rectifications: Rectifications,
    chair: BTreeSet<FeedId>,
}

impl Visit {
    /// Whether a member does the lead's work on a device that counts: the lead, or a deputy the lead admitted.
    #[must_use]
    pub fn leads(&self, name: &MemberName) -> bool {
        self.member(name.as_str()).is_some_and(|state| {
            state.identity != Identity::Waiting && state.feeds.iter().any(|feed| self.chair.contains(feed))
        })
    }

    /// Whether a device is the office's and may work on the ledger.
    #[must_use]
    pub fn is_office(&self, feed: &FeedId) -> bool {
        self.offices.contains(feed) && !self.retired.contains_key(feed)
    }

    /// Whether nothing of votes and verdicts may be shown at all: somebody outside of the panel looks, and the visit is not final.
    #[must_use]
    pub const fn hides_all(&self) -> bool {
        self.is_from_outside && self.finalised.is_none()
    }

    /// Whether a device does the lead's work.
    #[must_use]
    pub fn is_of_chair(&self, feed: &FeedId) -> bool {
        self.chair.contains(feed)
    }

    /// How far the devices have got that do the lead's work.
    pub fn chair_heads(&self) -> impl Iterator<Item = (&FeedId, &Head)> {
        let heads = self.members.iter().flat_map(|state| &state.heads);
        heads.filter(|(feed, _)| self.chair.contains(*feed))
    }

    /// The ends of all feeds that count, as far as nothing is missing before them: what closing and final records name. What fills a
    /// gap later is no part of them. Whoever has more than anybody's laptops have keeps nobody from being named; those with a
    /// seal that stands are the last to be left out.
    #[must_use]
    pub fn tips(&self) -> BTreeSet<CommitId> {
        let most = ENDS_A_MEMBER.min(MOST_ENDS / self.members.len().max(1));
        let of_member = |state: &MemberState| {
            let sealed: BTreeSet<&FeedId> = state.seals.standing().map(|seal| &seal.stamp.feed).collect();
            let (first, then): (Vec<_>, Vec<_>) =
                state.whole.iter().partition(|(feed, _)| sealed.contains(feed));
            let ends = first.into_iter().chain(then).flat_map(|(_, head)| &head.tips);
            ends.take(most).cloned().collect::<Vec<_>>()
        };
        self.members.iter().flat_map(of_member).collect()
    }

    /// The clauses of the visit's checklist, in order.
    pub fn clauses(&self) -> impl Iterator<Item = &Arc<Clause>> {
        self.founding.checklist.clauses()
    }

    /// A member by name.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&MemberState> {
        self.members.iter().find(|state| state.member.name.as_str() == name)
    }

    /// The recusal that keeps a member from a clause, if any.
    #[must_use]
    pub fn recusal(&self, name: &str, clause: &str) -> Option<&Recusal> {
        self.recusals.iter().find(|recusal| {
            recusal.name.as_str() == name && recusal.clause.as_ref().is_none_or(|it| it.as_str() == clause)
        })
    }

    /// Whether a member is recused from the whole visit.
    #[must_use]
    pub fn is_recused(&self, name: &str) -> bool {
        self.recusals.iter().any(|recusal| recusal.name.as_str() == name && recusal.clause.is_none())
    }

    /// Members who vote: neither recused from the whole visit nor absent.
    pub fn voting(&self) -> impl Iterator<Item = &MemberState> {
        let votes = |name: &str| !self.is_recused(name) && !self.is_absent(name);
        self.members.iter().filter(|state| self.sits(state)).filter(move |it| votes(it.member.name.as_str()))
    }

    /// Whether a clause is left out of what a member is shown: a member who is recused from it sees neither votes nor a
    /// verdict of it until the visit is final. One who is recused from the whole visit takes no part in it, and sees what
    /// [`Self::may_see`] says.
    #[must_use]
    pub fn is_withheld(&self, viewer: &str, clause: &str) -> bool {
        self.hides_all()
            || self.finalised.is_none()
                && self.recusals.iter().any(|it| {
                    it.name.as_str() == viewer && it.clause.as_ref().is_some_and(|it| it.as_str() == clause)
                })
    }

    /// A member's vote for a clause; recusal comes before anything recorded, and what is off the plan is a note.
    #[must_use]
    pub fn vote(&self, state: &MemberState, clause: &Clause) -> Vote {
        let mut vote = state.ballot.vote(clause, &self.founding.checklist);
        if let Some(recusal) = self.recusal(state.member.name.as_str(), clause.id.as_str()) {
            vote.position = Position::Absent(Absence::Recused);
            vote.direct = false;
            vote.reason.clone_from(&recusal.reason);
        } else if !self.is_planned(&state.member.name, &clause.id) {
            vote.position = vote.position.aside();
        }
        vote
    }

    /// What a member says of a clause: the position of [`Self::vote`], without what it rests on.
    #[must_use]
    pub fn position_on(&self, state: &MemberState, clause: &Clause) -> Position {
        match self.recusal(state.member.name.as_str(), clause.id.as_str()) {
            Some(_) => Position::Absent(Absence::Recused),
            None => {
                let position = state.ballot.position(clause, &self.founding.checklist);
                if self.is_planned(&state.member.name, &clause.id) { position } else { position.aside() }
            }
        }
    }

    /// A member's vote for a clause if it is one of those that nobody could have known of each other: the first closing
    /// record names it. Agreement rests on these.
    #[must_use]
    pub fn first_vote(&self, state: &MemberState, clause: &Clause) -> Option<Vote> {
        (state.ballot_state == BallotState::Counted).then(|| self.vote(state, clause))
    }

    /// What a member attached to a clause; nothing where the member is recused, whatever was attached before.
    #[must_use]
    pub fn evidence<'a>(&self, state: &'a MemberState, clause: &str) -> Vec<(Digest, &'a EvidenceItem)> {
        match self.recusal(state.member.name.as_str(), clause) {
            Some(_) => Vec::new(),
            None => state.ballot.evidence(clause),
        }
    }

    /// Whether `viewer` may be shown the votes of `of`, and count them (invariant 4): before the closing the own ones only,
    /// afterwards those of every ballot that a closing record names and that was opened.
    #[must_use]
    pub fn may_see(&self, viewer: &str, of: &MemberState) -> bool {
        if self.hides_all() {
            return false;
        }
        if !self.closed {
            return of.member.name.as_str() == viewer;
        }
        let waits = self.member(viewer).is_some_and(|state| state.identity == Identity::Waiting);
        !waits && of.ballot_state.counts()
    }

    /// Whether everything that counts can be read: scoring is closed, and every ballot that a closing record names is open. What
    /// was not open when the visit was made final never counts.
    #[must_use]
    pub fn is_opened(&self) -> bool {
        let is_shut = |state: &MemberState| state.ballot_state == BallotState::Unopened;
        !self.hides_all() && self.closed && (self.finalised.is_some() || !self.members.iter().any(is_shut))
    }

    /// Whether the votes of a member may yet come to be shown: while nothing is, while scoring is not closed, and while a ballot that counts is not
    /// open.
    #[must_use]
    pub fn awaits(&self, state: &MemberState) -> bool {
        self.hides_all()
            || !self.closed
            || (state.ballot_state == BallotState::Unopened && self.finalised.is_none())
    }

    /// Members whose ballots would be left out if scoring were closed now, or are: they have not sealed, or records are missing
    /// before the seal.
    pub fn unsealed(&self) -> impl Iterator<Item = &MemberState> {
        let is_here = |state: &MemberState| {
            let whole =
                |seal: &Seal| state.whole.get(&seal.stamp.feed).is_some_and(|it| it.n >= seal.stamp.n);
            state.seals.standing().any(whole)
        };
        let is_out = move |state: &&MemberState| match self.closed {
            true => !state.is_submitted() && !state.seals.stands(),
            false => !is_here(state),
        };
        self.voting().filter(|_| !self.founding.is_signed_by_one()).filter(is_out)
    }

    /// Members who vote and have signed this record.
    pub fn signers<'a>(&'a self, record: &'a Digest) -> impl Iterator<Item = &'a MemberState> {
        self.voting().filter(move |state| state.signed.contains_key(record))
    }

    /// Whether more than half of those who vote have signed this record, and among them more than half of those who were named when
    /// the visit was founded and did not themselves declare to vote on nothing: without that nothing is final.
    #[must_use]
    pub fn is_signed_by_majority(&self, record: &Digest) -> bool {
        let withdrew = |name: &MemberName| {
            let declared = self.member(name.as_str()).and_then(MemberState::declared_in_time);
            declared.is_some_and(|it| it.recusals.contains(&None))
        };
        let roster = self.founding.roster.iter().map(|member| &member.name);
        let named: BTreeSet<&MemberName> = roster.filter(|name| !withdrew(name)).collect();
        let n_named = self.signers(record).filter(|state| named.contains(&state.member.name)).count();
        self.signers(record).count() * 2 > self.voting().count() && n_named * 2 > named.len()
    }

    /// Members who sealed and whom no closing record names: another one can add them, as late.
    pub fn late_seals(&self) -> impl Iterator<Item = &MemberState> {
        let left_out = |state: &&MemberState| self.closed && state.ballot_state == BallotState::LeftOut;
        let members = self.members.iter().filter(|state| self.sits(state));
        members.filter(left_out).filter(|state| state.seals.stands())
    }

    /// What was voted on a clause in the clear, after the opening; nobody's vote who is recused from it or absent, and none that does
    /// not fit it.
    pub fn clear_votes<'a>(&'a self, clause: &'a str) -> impl Iterator<Item = (&'a MemberName, &'a Stand)> {
        let asked = self.founding.checklist.clause(clause);
        let is_there = |state: &&MemberState| !self.is_absent(state.member.name.as_str());
        let votes = self.members.iter().filter_map(move |state| Some((state, state.clear_vote(clause)?)));
        let votes = votes.filter(move |(state, _)| is_there(state));
        let votes = votes.filter(move |(_, stand)| asked.is_some_and(|asked| fits(stand.choice, asked)));
        votes.map(|(state, stand)| (&state.member.name, stand))
    }

    /// The lead's verdict for a clause; none that does not fit it.
    #[must_use]
    pub fn lead_verdict(&self, clause: &str) -> Option<&LeadVerdict> {
        let asked = self.founding.checklist.clause(clause)?;
        let verdict = self.revised_verdict(clause).or_else(|| self.rulings.verdict(clause));
        verdict.filter(|verdict| fits(verdict.decision.into(), asked))
    }

    /// The lead's finding on a gate.
    #[must_use]
    pub fn gate_decision(&self, gate: &str) -> Option<&GateDecision> {
        self.rulings.gate(gate)
    }

    /// What the lead and the deputies filled in about the facility.
    #[must_use]
    pub fn facility_profile(&self) -> FacilityProfile {
        self.rulings.facility()
    }

    /// What of each feed has reached the lead.
    #[must_use]
    pub const fn receipts(&self) -> &BTreeMap<FeedId, u64> {
        &self.rulings.receipts
    }

    /// The passphrases that the lead set, the newest last. None: the shared file is not encrypted.
    #[must_use]
    pub const fn slots(&self) -> &BTreeSet<Slot> {
        &self.rulings.slots
    }

    /// Conflicts that their authors must settle: the member (or the lead), and over what.
    #[must_use]
    pub fn conflicts(&self) -> Vec<(MemberName, InConflict)> {
        let mut found = Vec::new();
        for state in &self.members {
            let conflicting = self.clauses().filter(|clause| state.ballot.conflicts(clause.id.as_str()));
            let votes = conflicting.map(|clause| InConflict::Vote(clause.id.clone()));
            let subjects = votes.chain(state.conflicts_in_the_open());
            found.extend(subjects.map(|subject| (state.member.name.clone(), subject)));
        }
        if let Some(lead) = self.founding.lead() {
            let ruled = self.rulings.conflicts().into_iter();
            let rival_plans = self.has_rival_plans().then_some(InConflict::Plan);
            found.extend(ruled.chain(rival_plans).map(|subject| (lead.name.clone(), subject)));
        }
        found
    }
}
