//! One member of the panel: the seat, the devices, and what the member recorded and declared.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::{
    ballot::{
        Ballot,
        cell::{Cell, Reading},
        submission::Submissions,
    },
    edit::{
        Edit, Member, Stamp,
        commit::ReadHead,
        declaration::{Declaration, Declared},
        dissent::Dissent,
    },
    terms::{
        digest::Digest,
        id::{ClauseId, CommitId, FeedId},
    },
    visit::seats::{Identity, Seat},
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
    /// How sure the lead is that the device is the person's.
    pub identity: Identity,
    /// What the member recorded, as far as it can be read here.
    pub ballot: Ballot,
    /// The ballot as it was first submitted, if the lead has opened it again since: what agreement is told from.
    pub first_ballot: Option<Ballot>,
    /// Last commit of each of the member's feeds.
    pub heads: BTreeMap<FeedId, u64>,
    /// The same, but only as far as every commit is here and can be read here: what the member can have before their eyes.
    pub read: BTreeMap<FeedId, ReadHead>,
    /// The member's commits that no other one follows.
    pub tips: BTreeSet<CommitId>,
    /// Commits of the member's feeds.
    pub n_commits: usize,
    /// Commits that cannot be read yet.
    pub n_sealed: usize,
    /// The submission that stands, and those that were opened again.
    pub submissions: Submissions,
    /// Ballot edits that surfaced after submission, outside the heads it names (提交后补入): kept, shown, not counted.
    pub n_late: usize,
    /// Commits that others of the member's follow, and heads that the member submitted, as far as they are not here: the
    /// file lost them on its way, and what is shown may not be all.
    pub n_missing: usize,
    /// The records that the member signed.
    pub signed: BTreeSet<Digest>,
    declaration: Cell<Declaration>,
    dissents: BTreeMap<ClauseId, Cell<Option<Dissent>>>,
}

impl MemberState {
    /// A member of whom nothing is known but the seat.
    pub(crate) fn of(seat: Seat) -> Self {
        Self {
            member: seat.member,
            feeds: seat.feeds.into_iter().collect(),
            unchecked: seat.unchecked,
            identity: seat.identity,
            ballot: Ballot::default(),
            first_ballot: None,
            heads: BTreeMap::new(),
            read: BTreeMap::new(),
            tips: BTreeSet::new(),
            n_commits: 0,
            n_sealed: 0,
            submissions: Submissions::default(),
            n_late: 0,
            n_missing: 0,
            signed: BTreeSet::new(),
            declaration: Cell::default(),
            dissents: BTreeMap::new(),
        }
    }

    /// Whether the member can no longer change the ballot.
    #[must_use]
    pub fn is_submitted(&self) -> bool {
        self.submissions.stands()
    }

    /// What the member declared; `None` = nothing yet. Two laptops that declared apart from each other both hold.
    #[must_use]
    pub fn declaration(&self) -> Option<Declared> {
        match self.declaration.read() {
            Reading::Empty => None,
            Reading::Value(declaration) => Some(Declared::default().and(declaration)),
            Reading::Conflict(declared) => {
                Some(declared.into_iter().fold(Declared::default(), Declared::and))
            }
        }
    }

    /// What the member says about an own vote that differs, if anything.
    #[must_use]
    pub fn dissent(&self, clause: &str) -> Option<&Dissent> {
        self.dissents.get(clause)?.value()?.as_ref()
    }

    /// Counts the heads of own devices that the member submitted and that are not here. `last` are the last numbers that are.
    pub(crate) fn miss_heads(&mut self, last: &HashMap<FeedId, u64>) {
        let submitted = self.submissions.heads().unwrap_or_default();
        let own = submitted.iter().filter(|(feed, _)| self.feeds.contains(feed));
        self.n_missing += own.filter(|(feed, n)| last.get(*feed).copied().unwrap_or(0) < **n).count();
    }

    /// On the laptop that opens the ballot again it is still as it was first submitted.
    pub(crate) fn keep_first_ballot(&mut self) {
        if self.is_submitted() && self.first_ballot.is_none() {
            self.first_ballot = Some(self.ballot.clone());
        }
    }

    /// Takes in one of the member's own edits. Ballot edits outside the heads that a submission names are counted as
    /// late and change nothing, so a sealed ballot stays what it was.
    pub(crate) fn apply(&mut self, stamp: &Stamp, edit: &Edit) {
        if let Some(first) = self.first_ballot.as_mut().filter(|_| edit.is_ballot())
            && self.submissions.included_at_first(stamp)
        {
            first.apply(stamp, edit);
        }
        match edit {
            // After submitting, a member might recuse from a vote that has been seen: only the lead can do that then.
            Edit::Declare(declaration) if self.submissions.exclude(stamp) => {
                self.declaration.write(stamp.clone(), Declaration::of(declaration.text.clone()));
            }
            Edit::Declare(declaration) => self.declaration.write(stamp.clone(), declaration.clone()),
            Edit::Dissent { clause, value } => {
                self.dissents.entry(clause.clone()).or_default().write(stamp.clone(), value.clone());
            }
            Edit::Sign { record } => {
                self.signed.insert(*record);
            }
            _ if edit.is_ballot() && self.submissions.exclude(stamp) => self.n_late += 1,
            _ => self.ballot.apply(stamp, edit),
        }
    }
}
