//! A commit as the fold of a visit needs it: its place in its feed, what its author had seen, and its edits if they can be read.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use crate::domain::{
    edit::{Edit, lineage::Branch, stamp::Stamp},
    terms::id::{CommitId, FeedId},
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

    pub(crate) fn stamp(&self, index: u32, branch: Branch) -> Stamp {
        Stamp {
            feed: self.feed.clone(),
            n: self.n,
            commit: Some(self.id.clone()),
            index,
            seen: Arc::clone(&self.seen),
            branch,
            saw: Arc::default(),
        }
    }
}

/// Passes on the edits of a commit, each with its stamp; `ends` are the ends of all commits of forked feeds.
pub(crate) fn each_edit(
    commit: &LoggedCommit,
    ends: &HashMap<CommitId, Stamp>,
    take: &mut dyn FnMut(&Stamp, &Edit),
) {
    let own = ends.get(&commit.id);
    let mut stamp = commit.stamp(0, own.map(|end| end.branch.clone()).unwrap_or_default());
    if !ends.is_empty() {
        let seen = commit.seen.keys().filter_map(|name| ends.get(&CommitId::new(name.as_str())));
        stamp.saw = Arc::new(seen.cloned().collect());
    }
    for edit in commit.edits() {
        take(&stamp, edit);
        stamp.index += 1;
    }
}

/// How far a feed is here and can be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadHead {
    /// The last number up to which every commit is.
    pub n: u64,
    /// The commits up to there that no other one follows: one, and more in a forked feed.
    pub tips: BTreeSet<CommitId>,
}

/// How far a feed can be read. The commits must be of one feed, sorted by number. An author replaces only values that could
/// be read: what lies sealed on another laptop of the same person, or behind a gap, is no value that was given up.
pub(crate) fn read_head(feed: &[LoggedCommit]) -> ReadHead {
    let mut head = ReadHead::default();
    for same_number in feed.chunk_by(|a, b| a.n == b.n) {
        let is_sealed = same_number.iter().any(|it| matches!(it.content, CommitContent::Sealed));
        if is_sealed || same_number.iter().any(|it| it.n != head.n + 1) {
            break;
        }
        head.n += 1;
        for commit in same_number {
            head.tips.insert(commit.id.clone());
            if let Some(previous) = &commit.previous {
                head.tips.remove(previous);
            }
        }
    }
    head
}

/// The last number that is here of every feed. The commits must be sorted by feed and number.
pub(crate) fn last_numbers(commits: &[LoggedCommit]) -> HashMap<FeedId, u64> {
    let feeds = commits.chunk_by(|a, b| a.feed == b.feed);
    feeds.filter_map(<[LoggedCommit]>::last).map(|last| (last.feed.clone(), last.n)).collect()
}
