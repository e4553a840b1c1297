//! A signed commit as the fold sees it: who, which number, what it follows, and its edits as far as they can be read.

use std::{collections::BTreeMap, sync::Arc};

use crate::domain::{
    edit::{Edit, Stamp},
    id::{CommitId, FeedId},
    lineage::Branch,
};

/// A commit as the fold needs it.
#[derive(Debug, Clone)]
pub struct LoggedCommit {
    /// Id.
    pub id: CommitId,
    /// Feed.
    pub feed: FeedId,
    /// Number in the feed, from 1.
    pub n: u64,
    /// The commit before, `None` for the first.
    pub previous: Option<CommitId>,
    /// Lamport time: larger than everything the author had seen.
    pub lamport: u64,
    /// What the author had seen of the person's other feeds.
    pub seen: Arc<BTreeMap<FeedId, u64>>,
    /// The edits, or nothing while the commit is sealed.
    pub content: CommitContent,
}

/// What can be read of a commit.
#[derive(Debug, Clone)]
pub enum CommitContent {
    /// Its edits.
    Edits(Vec<Edit>),
    /// Sealed until the author submits.
    Sealed,
}

impl LoggedCommit {
    /// The edits, as far as they can be read.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        match &self.content {
            CommitContent::Edits(edits) => edits,
            CommitContent::Sealed => &[],
        }
    }

    pub(super) fn stamp(&self, index: u32, branch: Branch) -> Stamp {
        Stamp {
            feed: self.feed.clone(),
            n: self.n,
            commit: Some(self.id.clone()),
            index,
            seen: Arc::clone(&self.seen),
            branch,
        }
    }
}
