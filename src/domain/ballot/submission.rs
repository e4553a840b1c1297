//! Submissions of one member, and their reopening by the lead. A submission stands unless a reopening names it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::{
    edit::{Edit, Stamp},
    terms::{
        id::{CommitId, FeedId},
        written::Line,
    },
};

/// What one member submitted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Submissions {
    made: Vec<Submission>,
    reopenings: Vec<Reopening>,
    /// Feeds whose key was given.
    revealed: BTreeSet<FeedId>,
}

/// One submission: the last commit of each of the person's feeds that belongs to the ballot.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Submission {
    stamp: Stamp,
    heads: BTreeMap<FeedId, u64>,
    /// The ends of those branches of forked feeds that belong to the ballot.
    tips: Vec<Stamp>,
}

/// The lead let the member score again.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reopening {
    stamp: Stamp,
    reason: Line,
    submissions: BTreeSet<CommitId>,
}

impl Submissions {
    /// Whether one stands, so that the ballot can no longer be changed.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.standing().next().is_some()
    }

    /// The heads that the standing submissions name, the farthest for each feed: all of them are the member's own word,
    /// and two laptops that submitted in ignorance of each other lose nothing.
    /// `None` while nothing is submitted.
    #[must_use]
    pub fn heads(&self) -> Option<BTreeMap<FeedId, u64>> {
        self.stands().then(|| {
            let mut heads: BTreeMap<FeedId, u64> = BTreeMap::new();
            for (feed, n) in self.standing().flat_map(|it| &it.heads) {
                let head = heads.entry(feed.clone()).or_default();
                *head = (*head).max(*n);
            }
            heads
        })
    }

    /// The commits of all submissions that were not reopened, for a reopening to name.
    #[must_use]
    pub fn commits(&self) -> BTreeSet<CommitId> {
        self.open().filter_map(|it| it.stamp.commit.clone()).collect()
    }

    /// How many submissions were made in ignorance of each other, on several laptops. More than one must be looked at.
    #[must_use]
    pub fn n_independent(&self) -> usize {
        self.standing().count()
    }

    /// Whether the device's key was given, so that everybody can read what it sealed.
    #[must_use]
    pub fn reveal(&self, feed: &FeedId) -> bool {
        self.revealed.contains(feed)
    }

    /// Why the lead let the member score again, each time.
    pub fn reopened(&self) -> impl Iterator<Item = &str> {
        self.reopenings.iter().map(|it| it.reason.as_str())
    }

    /// Whether the lead let the member score again after each of these closings.
    #[must_use]
    pub fn are_reopened_after(&self, closings: &[Stamp]) -> bool {
        self.reopenings.iter().any(|it| closings.iter().all(|closing| it.stamp.supersedes(closing)))
    }

    /// Whether the lead let the member score again after a submission, so that the ballot may differ from the first one.
    #[must_use]
    pub fn were_reopened(&self) -> bool {
        !self.made.is_empty() && !self.reopenings.is_empty()
    }

    /// Takes in the member's own word. `ends` are the ends of all commits of forked feeds.
    pub(crate) fn apply(&mut self, stamp: &Stamp, edit: &Edit, ends: &HashMap<CommitId, Stamp>) {
        let Edit::Submit { heads, tips, key } = edit else { return };
        if key.is_some() {
            self.revealed.insert(stamp.feed.clone());
        }
        // A key that waited for the closing, or for another laptop's submission, is no submission of its own: the lead may
        // have opened the ballot again meanwhile without knowing of it.
        if key.is_some() && tips.is_empty() {
            return;
        }
        if !self.made.iter().any(|it| &it.stamp == stamp) {
            let tips = tips.iter().filter_map(|tip| ends.get(tip).cloned()).collect();
            self.made.push(Submission { stamp: stamp.clone(), heads: heads.clone(), tips });
        }
    }

    /// Takes in the lead's word.
    pub(crate) fn reopen(&mut self, stamp: Stamp, reason: Line, submissions: BTreeSet<CommitId>) {
        if !self.reopenings.iter().any(|it| it.stamp == stamp) {
            self.reopenings.push(Reopening { stamp, reason, submissions });
        }
    }

    /// Whether a ballot edit came after submission (提交后补入). In the feed of the submission itself the chain decides,
    /// so nobody can slip a vote in under an older number; in the person's other feeds the heads do, and the tips where
    /// they are forked.
    #[must_use]
    pub(crate) fn exclude(&self, stamp: &Stamp) -> bool {
        self.stands() && !self.standing().any(|it| it.includes(stamp))
    }

    /// Whether a ballot edit belongs to what the member submitted first, before anything was opened again.
    #[must_use]
    pub(crate) fn included_at_first(&self, stamp: &Stamp) -> bool {
        let is_first = |it: &&Submission| !self.made.iter().any(|other| it.stamp.supersedes(&other.stamp));
        self.made.iter().filter(is_first).any(|it| it.includes(stamp))
    }

    /// The first word holds: a submission made in knowledge of another one adds nothing to it.
    fn standing(&self) -> impl Iterator<Item = &Submission> {
        self.open().filter(|it| !self.open().any(|other| it.stamp.supersedes(&other.stamp)))
    }

    /// All that were not reopened.
    fn open(&self) -> impl Iterator<Item = &Submission> {
        let reopened = |it: &&Submission| {
            let id = it.stamp.commit.as_ref();
            self.reopenings.iter().any(|reopening| id.is_some_and(|id| reopening.submissions.contains(id)))
        };
        self.made.iter().filter(move |it| !reopened(it))
    }
}

impl Submission {
    fn includes(&self, stamp: &Stamp) -> bool {
        if self.stamp.feed == stamp.feed {
            self.stamp.supersedes(stamp)
        } else {
            self.heads.get(&stamp.feed).is_some_and(|head| stamp.n <= *head) && self.is_on_a_branch(stamp)
        }
    }

    /// Whether a commit of another feed lies on a branch that the submission names; without a fork there is but one.
    fn is_on_a_branch(&self, stamp: &Stamp) -> bool {
        stamp.branch.id == 0 || self.tips.iter().any(|tip| tip.supersedes(stamp))
    }
}
