//! All commits of a visit with what the fold asks of them: their chains, where each stands, who sat where at a time.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use crate::domain::{
    edit::{
        Edit, Founding, Stamp,
        commit::LoggedCommit,
        lineage::{self, Link},
    },
    terms::id::{CommitId, FeedId},
    visit::{
        past::{Past, Pasts},
        seats::Seats,
    },
};

/// The commits of a visit, sorted by (feed, number, id), each once.
pub(crate) struct Archive<'a> {
    pub(crate) founding: &'a Founding,
    /// The feed of the founding commit.
    pub(crate) root: &'a FeedId,
    pub(crate) commits: &'a [LoggedCommit],
    pub(crate) pasts: Pasts<'a>,
    places: HashMap<&'a CommitId, (&'a FeedId, u64)>,
    /// The ends of all commits of forked feeds, each on its branch.
    ends: HashMap<CommitId, Stamp>,
}

impl<'a> Archive<'a> {
    pub(crate) fn of(founding: &'a Founding, root: &'a FeedId, commits: &'a [LoggedCommit]) -> Self {
        let places = commits.iter().map(|commit| (&commit.id, (&commit.feed, commit.n))).collect();
        let pasts = Pasts::of(commits);
        let mut archive = Self { founding, root, commits, pasts, places, ends: HashMap::new() };
        for feed in commits.chunk_by(|a, b| a.feed == b.feed) {
            let mut branches = lineage::branches(&links(feed));
            let forked = feed.iter().filter_map(|commit| Some((commit, branches.remove(&commit.id)?)));
            let ends: Vec<_> = forked
                .map(|(commit, branch)| {
                    let seen = Arc::new(archive.seen(commit));
                    (commit.id.clone(), commit.stamp(u32::MAX, seen, branch))
                })
                .collect();
            archive.ends.extend(ends);
        }
        archive
    }

    /// The commits with their places.
    pub(crate) fn all(&self) -> impl Iterator<Item = (usize, &'a LoggedCommit)> + use<'a> {
        self.commits.iter().enumerate()
    }

    /// Who sits where, by these commits alone.
    pub(crate) fn seats(&self, past: Option<&Past>) -> Seats {
        let within = |place: usize| past.is_none_or(|past| past.has(place));
        Seats::of(self.founding, self.root, self.commits, &within)
    }

    /// A commit and what it follows, with these ends.
    pub(crate) fn past<'b>(
        &self,
        commit: &'b LoggedCommit,
        tips: impl IntoIterator<Item = &'b CommitId>,
    ) -> Past {
        self.pasts.of_ends(tips.into_iter().chain([&commit.id]))
    }

    /// Passes on the edits of a commit, each with its stamp.
    pub(crate) fn each_edit(&self, commit: &LoggedCommit, take: &mut dyn FnMut(&Stamp, &Edit)) {
        if commit.edits().is_empty() {
            return;
        }
        let own = self.ends.get(&commit.id);
        let branch = own.map(|end| end.branch.clone()).unwrap_or_default();
        let mut stamp = commit.stamp(0, Arc::new(self.seen(commit)), branch);
        if !self.ends.is_empty() {
            stamp.saw = Arc::new(commit.seen.iter().filter_map(|id| self.ends.get(id).cloned()).collect());
        }
        for edit in commit.edits() {
            take(&stamp, edit);
            stamp.index += 1;
        }
    }

    /// The feeds in which two commits bear one number.
    pub(crate) fn forks(&self) -> impl Iterator<Item = &FeedId> {
        self.ends.values().map(|end| &end.feed)
    }

    /// How far the author had come with other feeds, as far as those commits are here: an id that nobody can show says nothing.
    fn seen(&self, commit: &LoggedCommit) -> BTreeMap<FeedId, u64> {
        let mut seen: BTreeMap<FeedId, u64> = BTreeMap::new();
        for (feed, n) in commit.seen.iter().filter_map(|id| self.places.get(id)) {
            let known = seen.entry((*feed).clone()).or_default();
            *known = (*known).max(*n);
        }
        seen
    }
}

/// The commits of one feed, as far as their places in it go.
pub(crate) fn links(feed: &[LoggedCommit]) -> Vec<Link<'_>> {
    feed.iter().map(|it| Link { id: &it.id, n: it.n, previous: it.previous.as_ref() }).collect()
}
