//! What was recorded of the rectification ledger, in the order in which the authors can have known of each other. What of it
//! took effect is told by `ledger`.

use std::collections::BTreeMap;

use crate::domain::{
    edit::{Stamp, rectify::RectifyStep},
    terms::{
        id::{CommitId, FeedId, MemberName, RectifyId},
        lang::Lang,
    },
};

/// Who worked on the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// A member.
    Member(MemberName),
    /// The office: whose hands it has there nobody knows, so it is one author.
    Office,
}

impl Author {
    /// Who that is, in words.
    #[must_use]
    pub fn shown(&self, lang: Lang) -> &str {
        match self {
            Self::Member(name) => name.as_str(),
            Self::Office => lang.pick("整改办公室", "the office"),
        }
    }
}

/// Everything that was recorded, by item.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Rectifications {
    entries: BTreeMap<RectifyId, Vec<Entry>>,
}

/// One recorded step.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    turn: Turn,
    /// Who recorded it.
    pub(crate) by: Author,
    /// Whether the author did the lead's work.
    pub(crate) chair: bool,
    /// What.
    pub(crate) step: RectifyStep,
}

/// Lamport time, feed, number, commit, index: whoever knew of a step comes after it, and where nobody knew, every laptop
/// takes the same order. The clock on the wall is not asked (invariant 5).
pub(crate) type Turn = (u64, FeedId, u64, Option<CommitId>, u32);

impl Entry {
    /// When it is this step's turn.
    pub(crate) const fn turn(&self) -> &Turn {
        &self.turn
    }
}

impl Rectifications {
    /// Takes in a step; `lamport` is that of its commit, or the largest number while it is not sealed into one.
    pub(crate) fn take(
        &mut self,
        (lamport, stamp): (u64, &Stamp),
        (by, chair): (Author, bool),
        item: &RectifyId,
        step: &RectifyStep,
    ) {
        let turn = (lamport, stamp.feed.clone(), stamp.n, stamp.commit.clone(), stamp.index);
        let entries = self.entries.entry(item.clone()).or_default();
        if let Err(at) = entries.binary_search_by(|entry| entry.turn.cmp(&turn)) {
            entries.insert(at, Entry { turn, by, chair, step: step.clone() });
        }
    }

    /// The items of which anything was recorded.
    pub(crate) fn items(&self) -> impl Iterator<Item = &RectifyId> {
        self.entries.keys()
    }

    /// What was recorded of one item, in order.
    pub(crate) fn of(&self, item: &str) -> Option<(&RectifyId, &[Entry])> {
        self.entries.get_key_value(item).map(|(id, entries)| (id, entries.as_slice()))
    }

    /// All that was recorded.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values().flatten()
    }
}
