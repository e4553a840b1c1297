//! One member of the panel: the seat, the devices, and what the member recorded and declared.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    ballot::{
        Ballot,
        cell::{Cell, Reading},
        seal::{BallotState, Seals},
    },
    edit::{
        Member, Stand,
        commit::Head,
        declaration::{Declaration, Declared},
        dissent::Dissent,
    },
    terms::{
        date::Date,
        digest::Digest,
        id::{ClauseId, CommitId, FeedId},
    },
    visit::{
        conflict::InConflict,
        seats::{Identity, Seat},
    },
};

/// One member of the panel.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberState {
    /// Who.
    pub member: Member,
    /// Devices that count, sorted.
    pub feeds: Vec<FeedId>,
    /// Those of them whose codes nobody has compared; they count meanwhile.
    pub unchecked: BTreeSet<FeedId>,
    /// Those of them that may hold a share of somebody's ballot: of several laptops that do not vouch for each other the one that
    /// was admitted first.
    pub trustees: BTreeSet<FeedId>,
    /// How sure the lead is that the device is the person's.
    pub identity: Identity,
    /// What the member recorded, as far as it can be read here; once a closing record names a seal of the member's, what
    /// that seal covers and nothing else.
    pub ballot: Ballot,
    /// How the ballot stands.
    pub ballot_state: BallotState,
    /// The seals that stand or count.
    pub seals: Seals,
    /// The commits of the seals that count.
    pub counted_seals: BTreeSet<CommitId>,
    /// The member's devices as the closing records know them: whoever retires or moves one later keeps no ballot shut.
    pub counted_feeds: BTreeSet<FeedId>,
    /// What the member had promised before them to seal with: these keys the panel opens, and no others.
    pub counted_keys: BTreeSet<Digest>,
    /// How far each of the member's feeds has got.
    pub heads: BTreeMap<FeedId, Head>,
    /// The same, but only as far as nothing is missing before it.
    pub whole: BTreeMap<FeedId, Head>,
    /// The same, but only as far as every commit is here and can be read here: what the member can have before their eyes.
    pub read: BTreeMap<FeedId, Head>,
    /// Commits of the member's feeds.
    pub n_commits: usize,
    /// Commits that cannot be read yet.
    pub n_sealed: usize,
    /// Commits with ballot edits that no seal covers although one stands, or that no closing record names although scoring
    /// is closed: kept, shown, not counted.
    pub n_late: usize,
    /// Commits that others follow or name, as far as they are not here: the file lost them on its way, and what is shown may
    /// not be all.
    pub n_missing: usize,
    /// The records that the member signed, each with the day if that was said.
    pub signed: BTreeMap<Digest, Option<Date>>,
    pub(crate) declaration: Cell<Declaration>,
    /// What was declared when scoring was closed already.
    pub(crate) declared_since: Cell<Declaration>,
    pub(crate) dissents: BTreeMap<ClauseId, Cell<Option<Dissent>>>,
    pub(crate) clear_votes: BTreeMap<ClauseId, Cell<Option<Stand>>>,
}

impl MemberState {
    /// A member of whom nothing is known but the seat.
    pub(crate) fn of(seat: Seat) -> Self {
        Self {
            member: seat.member,
            feeds: seat.feeds.into_iter().collect(),
            unchecked: seat.unchecked,
            identity: seat.identity,
            trustees: seat.trustees,
            ballot: Ballot::default(),
            ballot_state: BallotState::Open,
            seals: Seals::default(),
            counted_seals: BTreeSet::new(),
            counted_feeds: BTreeSet::new(),
            counted_keys: BTreeSet::new(),
            heads: BTreeMap::new(),
            whole: BTreeMap::new(),
            read: BTreeMap::new(),
            n_commits: 0,
            n_sealed: 0,
            n_late: 0,
            n_missing: 0,
            signed: BTreeMap::new(),
            declaration: Cell::default(),
            declared_since: Cell::default(),
            dissents: BTreeMap::new(),
            clear_votes: BTreeMap::new(),
        }
    }

    /// Whether the member can no longer change the ballot without taking a seal back.
    #[must_use]
    pub const fn is_submitted(&self) -> bool {
        self.ballot_state.is_sealed()
    }

    /// The member's commits that no other one follows.
    pub fn tips(&self) -> impl Iterator<Item = &CommitId> {
        self.heads.values().flat_map(|head| &head.tips)
    }

    /// What the member declared; `None` = nothing yet. Two laptops that declared apart from each other both hold. What is
    /// declared after the closing replaces the words, and neither adds a recusal nor lifts one.
    #[must_use]
    pub fn declaration(&self) -> Option<Declared> {
        match (self.declared_in_time(), declared(&self.declared_since)) {
            (before, None) => before,
            (before, Some(since)) => {
                let recusals = before.map(|before| before.recusals).unwrap_or_default();
                Some(Declared { text: since.text, recusals })
            }
        }
    }

    /// The same without what was declared after the closing: the recusals that stand, and why.
    pub(crate) fn declared_in_time(&self) -> Option<Declared> {
        declared(&self.declaration)
    }

    /// What was declared after the closing, if anything was: its recusals change no vote.
    pub(crate) fn declared_afterwards(&self) -> Option<Declared> {
        declared(&self.declared_since)
    }

    /// What two of the member's laptops said apart from each other, and not in the ballot.
    pub(crate) fn conflicts_in_the_open(&self) -> impl Iterator<Item = InConflict> {
        let votes = self.clear_votes.iter().filter(|(_, cell)| cell.is_conflict());
        let votes = votes.map(|(clause, _)| InConflict::ClearVote(clause.clone()));
        let dissents = self.dissents.iter().filter(|(_, cell)| cell.is_conflict());
        votes.chain(dissents.map(|(clause, _)| InConflict::Dissent(clause.clone())))
    }

    /// What the member says about an own vote that differs, if anything.
    #[must_use]
    pub fn dissent(&self, clause: &str) -> Option<&Dissent> {
        self.dissents.get(clause)?.value()?.as_ref()
    }

    /// What the member said when the panel voted on a clause in the clear, after the opening; `None` = nothing, or two laptops
    /// disagree.
    #[must_use]
    pub fn clear_vote(&self, clause: &str) -> Option<&Stand> {
        self.clear_votes.get(clause)?.value()?.as_ref()
    }
}

fn declared(cell: &Cell<Declaration>) -> Option<Declared> {
    (cell.read() != Reading::Empty).then(|| cell.newest().fold(Declared::default(), Declared::and))
}
