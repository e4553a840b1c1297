//! Where an edit stands among all edits, and which earlier ones it replaces. No clock is asked.

use std::{collections::BTreeMap, sync::Arc};

use crate::domain::{
    edit::lineage::Branch,
    terms::id::{CommitId, FeedId},
};

/// Where an edit stands: its commit and place, and what its author had seen of their own other feeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Feed.
    pub feed: FeedId,
    /// Number of the commit in the feed, from 1.
    pub n: u64,
    /// The commit; `None` while it is not sealed into one.
    pub commit: Option<CommitId>,
    /// Place in the commit.
    pub index: u32,
    /// Last commit seen of the person's other feeds; beside it, the ids of the commits there that no other one followed.
    pub seen: Arc<BTreeMap<FeedId, u64>>,
    /// On which branch of its feed, should the feed be forked.
    pub branch: Branch,
    /// The ends that were seen of other feeds that are forked: there a number alone does not say which branch was seen.
    pub saw: Arc<Vec<Self>>,
}

impl Stamp {
    /// Whether this edit was made in knowledge of `earlier`, so that it replaces it. No clock is asked.
    #[must_use]
    pub fn supersedes(&self, earlier: &Self) -> bool {
        if self.feed == earlier.feed {
            let same_commit = self.n == earlier.n && self.commit == earlier.commit;
            let later = self.n > earlier.n && (self.commit.is_none() || self.follows(earlier));
            return later || (same_commit && self.index > earlier.index);
        }
        let mut ends = self.saw.iter().filter(|end| end.feed == earlier.feed).peekable();
        if earlier.branch.id == 0 || ends.peek().is_none() {
            return self.seen.get(&earlier.feed).is_some_and(|&n| n >= earlier.n);
        }
        ends.any(|end| end.commit == earlier.commit || end.supersedes(earlier))
    }

    /// Whether this edit replaces whatever `earlier` replaces, and `earlier` itself: who keeps this one need not keep that one. So it is
    /// with the edits of one commit, and along a feed whose author forgets nothing.
    #[must_use]
    pub fn makes_up_for(&self, earlier: &Self) -> bool {
        let knew = |(feed, n): (&FeedId, &u64)| self.seen.get(feed).is_some_and(|known| known >= n);
        self.feed == earlier.feed
            && self.supersedes(earlier)
            && self.branch == earlier.branch
            && self.saw == earlier.saw
            && (Arc::ptr_eq(&self.seen, &earlier.seen) || earlier.seen.iter().all(knew))
    }

    /// Whether this is the same edit, whatever its author is taken to have seen.
    #[must_use]
    pub fn is_at(&self, other: &Self) -> bool {
        (&self.feed, self.n, &self.commit, self.index) == (&other.feed, other.n, &other.commit, other.index)
    }

    /// Whether this edit's commit comes after that of `earlier` on its branch of one feed.
    fn follows(&self, earlier: &Self) -> bool {
        self.branch.id == earlier.branch.id
            || self.branch.past.get(&earlier.branch.id).is_some_and(|&n| n >= earlier.n)
    }
}
