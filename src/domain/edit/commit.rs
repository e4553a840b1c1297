//! A commit as the fold of a visit needs it: its place in its feed, what its author had seen, and its edits if they can be read.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
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
    /// What the author had seen of the person's other feeds: the ends they had then.
    pub seen: Arc<BTreeSet<CommitId>>,
    /// The edits, or nothing while the commit is sealed.
    pub content: CommitContent,
}

/// What can be read of a commit.
#[derive(Debug, Clone)]
pub enum CommitContent {
    /// Its edits, which anyone can read.
    Edits(Vec<Edit>),
    /// What was sealed and everybody can read by now. Only what belongs to a ballot is in it, whatever else an author put
    /// there.
    Opened(Vec<Edit>),
    /// What is sealed and only this laptop can read.
    Own(Vec<Edit>),
    /// Sealed.
    Sealed,
}

impl LoggedCommit {
    /// The edits, as far as they can be read.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        match &self.content {
            CommitContent::Edits(edits) | CommitContent::Opened(edits) | CommitContent::Own(edits) => edits,
            CommitContent::Sealed => &[],
        }
    }

    /// Whether it was sealed when it was made.
    #[must_use]
    pub const fn was_sealed(&self) -> bool {
        !matches!(self.content, CommitContent::Edits(_))
    }

    /// Whether everybody can read it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.content, CommitContent::Edits(_) | CommitContent::Opened(_))
    }

    pub(crate) fn stamp(&self, index: u32, seen: Arc<BTreeMap<FeedId, u64>>, branch: Branch) -> Stamp {
        Stamp {
            feed: self.feed.clone(),
            n: self.n,
            commit: Some(self.id.clone()),
            index,
            seen,
            branch,
            saw: Arc::default(),
        }
    }
}

/// How far a feed has got.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The last number.
    pub n: u64,
    /// The commits up to there that no other one follows: one, and more in a forked feed.
    pub tips: BTreeSet<CommitId>,
}

impl Head {
    /// Goes on to a commit; they must come in the order of their numbers, so that what one follows was put in before.
    pub(crate) fn reach(&mut self, commit: &LoggedCommit) {
        self.n = self.n.max(commit.n);
        self.tips.insert(commit.id.clone());
        if let Some(previous) = &commit.previous {
            self.tips.remove(previous);
        }
    }
}

/// How far a feed can be read, every commit up to there. The commits must be of one feed, sorted by number. An author replaces only values that could
/// be read: what lies sealed on another laptop of the same person, or behind a gap, is no value that was given up.
pub(crate) fn read_head(feed: &[&LoggedCommit]) -> Head {
    let mut head = Head::default();
    for same_number in feed.chunk_by(|a, b| a.n == b.n) {
        let is_sealed = same_number.iter().any(|it| matches!(it.content, CommitContent::Sealed));
        if is_sealed || same_number.iter().any(|it| it.n != head.n + 1) {
            break;
        }
        same_number.iter().for_each(|commit| head.reach(commit));
    }
    head
}

/// How far a feed goes with nothing missing before, on each of its branches. The commits must be of one feed, sorted by number.
pub(crate) fn whole_head<'c>(feed: impl Iterator<Item = &'c LoggedCommit>) -> Head {
    let mut head = Head::default();
    let mut whole: HashSet<(u64, &CommitId)> = HashSet::new();
    for commit in feed {
        let goes_on = commit
            .previous
            .as_ref()
            .map_or(commit.n == 1, |it| whole.contains(&(commit.n.saturating_sub(1), it)));
        if goes_on {
            whole.insert((commit.n, &commit.id));
            head.reach(commit);
        }
    }
    head
}
