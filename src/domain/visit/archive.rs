//! All commits of a visit with what the fold asks of them: their chains, where each stands, who sat where at a time.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
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

/// The commits of a visit, sorted by (feed, number, id), each once; or what of them a record rests on.
pub(crate) struct Archive<'a> {
    pub(crate) founding: &'a Founding,
    /// The feed of the founding commit.
    pub(crate) root: &'a FeedId,
    commits: &'a [LoggedCommit],
    /// What is looked at; `None` = all.
    within: Option<Past>,
    pub(crate) pasts: Pasts<'a>,
    /// The ends of all commits of forked feeds, each on its branch.
    ends: HashMap<&'a CommitId, Stamp>,
}

impl<'a> Archive<'a> {
    pub(crate) fn of(founding: &'a Founding, root: &'a FeedId, commits: &'a [LoggedCommit]) -> Self {
        Self::new(founding, root, commits, None)
    }

    /// What of them is in a past, as if there were nothing else: what a record rests on does not change when something turns up
    /// that was held back, not even by what is said to have been seen, nor by a fork that shows later. Places stay the same.
    pub(crate) fn within(&self, past: &Past) -> Self {
        let past = match &self.within {
            Some(own) => past.clone().and(own),
            None => past.clone(),
        };
        Self::new(self.founding, self.root, self.commits, Some(past))
    }

    fn new(
        founding: &'a Founding,
        root: &'a FeedId,
        commits: &'a [LoggedCommit],
        within: Option<Past>,
    ) -> Self {
        let pasts = Pasts::of(commits, within.as_ref());
        let mut archive = Self { founding, root, commits, within, pasts, ends: HashMap::new() };
        for feed in archive.feeds() {
            let mut branches = lineage::branches(&links(&feed));
            let forked = feed.iter().filter_map(|commit| Some((*commit, branches.remove(&commit.id)?)));
            let ends: Vec<_> = forked
                .map(|(commit, branch)| {
                    let seen = Arc::new(archive.seen(commit));
                    (&commit.id, commit.stamp(u32::MAX, seen, branch))
                })
                .collect();
            archive.ends.extend(ends);
        }
        archive
    }

    /// The commits with their places.
    pub(crate) fn all(&self) -> impl Iterator<Item = (usize, &'a LoggedCommit)> {
        let is_in = |place: usize| self.within.as_ref().is_none_or(|past| past.has(place));
        self.commits.iter().enumerate().filter(move |(place, _)| is_in(*place))
    }

    /// The commits of each feed, in the order of their numbers.
    pub(crate) fn feeds(&self) -> Vec<Vec<&'a LoggedCommit>> {
        let all: Vec<&LoggedCommit> = self.all().map(|(_, commit)| commit).collect();
        all.chunk_by(|a, b| a.feed == b.feed).map(<[_]>::to_vec).collect()
    }

    /// Who sits where, by these commits alone.
    pub(crate) fn seats(&self) -> Seats {
        let commits: Vec<&LoggedCommit> = self.all().map(|(_, commit)| commit).collect();
        Seats::of(self.founding, self.root, &commits)
    }

    /// Whether nothing is missing of these ends and what they follow.
    pub(crate) fn is_whole<'b>(&self, ends: impl IntoIterator<Item = &'b CommitId>) -> bool {
        self.pasts.is_whole(self.commits, ends)
    }

    /// What is missing of a commit and of what it follows, the last of it; `None` if nothing is.
    pub(crate) fn first_missing<'b>(&'b self, end: &'b CommitId) -> Option<&'b CommitId> {
        let Some(mut place) = self.pasts.place(end) else { return Some(end) };
        while let Some(before) = self.pasts.before(place) {
            place = before;
        }
        self.commits.get(place)?.previous.as_ref()
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

    /// Passes on the records of a kind (closing records, final ones) of devices that may do the lead's work, the first so many of
    /// each chain. They are counted along what each follows, so that nothing put beside a chain pushes out what is in it. Tells how
    /// many there are beyond.
    pub(crate) fn each_record<'b, R: 'b>(
        &'b self,
        most: usize,
        of: impl Fn(&'b Edit) -> Option<R>,
        mut take: impl FnMut(&'a LoggedCommit, R),
    ) -> usize
    where
        'a: 'b,
    {
        // Devices that the founding one names, or one of those: whoever only names itself leads nowhere.
        let mut names: Vec<(&FeedId, &FeedId)> = Vec::new();
        for (_, commit) in self.all() {
            names.extend(commit.edits().iter().filter_map(|edit| match edit {
                Edit::Admit { feed, .. } | Edit::Device { feed } => Some((&commit.feed, feed)),
                _ => None,
            }));
        }
        let mut named: HashSet<&FeedId> = HashSet::from([self.root]);
        loop {
            let n = named.len();
            let more: Vec<&FeedId> =
                names.iter().filter(|(by, _)| named.contains(by)).map(|(_, feed)| *feed).collect();
            named.extend(more);
            if named.len() == n {
                break;
            }
        }
        let (mut n_until, mut n_beyond): (HashMap<usize, usize>, usize) = (HashMap::new(), 0);
        for (place, commit) in self.all().filter(|(_, commit)| named.contains(&commit.feed)) {
            let mut n = self.pasts.before(place).and_then(|it| n_until.get(&it)).copied().unwrap_or(0);
            for record in commit.edits().iter().filter_map(&of) {
                n += 1;
                if n <= most {
                    take(commit, record);
                } else {
                    n_beyond += 1;
                }
            }
            n_until.insert(place, n);
        }
        n_beyond
    }

    /// The feeds in which two commits bear one number.
    pub(crate) fn forks(&self) -> impl Iterator<Item = &FeedId> {
        self.ends.values().map(|end| &end.feed)
    }

    /// How far the author had come with other feeds, as far as those commits are here: an id that nobody can show says nothing.
    fn seen(&self, commit: &LoggedCommit) -> BTreeMap<FeedId, u64> {
        let mut seen: BTreeMap<FeedId, u64> = BTreeMap::new();
        let here = |id: &CommitId| self.commits.get(self.pasts.place(id)?);
        for commit in commit.seen.iter().filter_map(here) {
            let known = seen.entry(commit.feed.clone()).or_default();
            *known = (*known).max(commit.n);
        }
        seen
    }
}

/// The commits of one feed, as far as their places in it go.
pub(crate) fn links<'c>(feed: &[&'c LoggedCommit]) -> Vec<Link<'c>> {
    feed.iter().map(|it| Link { id: &it.id, n: it.n, previous: it.previous.as_ref() }).collect()
}
