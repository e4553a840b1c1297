//! What a commit follows: the chain of its own feed, back to the first. No clock and no number is believed, only ids.

use std::collections::HashMap;

use crate::domain::{edit::commit::LoggedCommit, terms::id::CommitId};

/// The chains of a list of commits.
pub(crate) struct Pasts<'a> {
    places: HashMap<&'a CommitId, usize>,
    /// By place: the commit before in the same feed, if it is here.
    before: Vec<Option<usize>>,
}

/// Some of a list of commits, by place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Past(Vec<bool>);

impl<'a> Pasts<'a> {
    /// The chains of these commits, or of those of them that are in a past.
    pub(crate) fn of(commits: &'a [LoggedCommit], within: Option<&Past>) -> Self {
        let is_in = |(place, _): &(usize, &LoggedCommit)| within.is_none_or(|past| past.has(*place));
        let all = || commits.iter().enumerate().filter(is_in);
        let places: HashMap<&CommitId, usize> = all().map(|(place, commit)| (&commit.id, place)).collect();
        let before_it = |commit: &LoggedCommit| {
            let place = *places.get(commit.previous.as_ref()?)?;
            let previous = commits.get(place)?;
            (previous.feed == commit.feed && previous.n + 1 == commit.n).then_some(place)
        };
        let mut before = vec![None; commits.len()];
        for (place, commit) in all() {
            if let Some(link) = before.get_mut(place) {
                *link = before_it(commit);
            }
        }
        Self { places, before }
    }

    /// These commits, as far as they are here, and all that they follow.
    pub(crate) fn of_ends<'b>(&self, ends: impl IntoIterator<Item = &'b CommitId>) -> Past {
        let mut past = Past(vec![false; self.before.len()]);
        for end in ends {
            let mut next = self.places.get(end).copied();
            while let Some(place) = next {
                match past.0.get_mut(place) {
                    Some(seen) if !*seen => *seen = true,
                    _ => break,
                }
                next = self.before(place);
            }
        }
        past
    }

    /// Whether nothing is missing of these commits and what they follow, back to the first of each feed.
    pub(crate) fn is_whole<'b>(
        &self,
        commits: &[LoggedCommit],
        ends: impl IntoIterator<Item = &'b CommitId>,
    ) -> bool {
        ends.into_iter().all(|end| {
            let mut next = self.places.get(end).copied();
            while let Some(place) = next {
                next = self.before(place);
                if next.is_none() {
                    return commits.get(place).is_some_and(|it| it.previous.is_none() && it.n == 1);
                }
            }
            false
        })
    }

    /// The place of the commit before, in the same feed; `None` while it is not here.
    pub(crate) fn before(&self, place: usize) -> Option<usize> {
        self.before.get(place).copied().flatten()
    }

    /// The place of a commit; `None` while it is not here.
    pub(crate) fn place(&self, id: &CommitId) -> Option<usize> {
        self.places.get(id).copied()
    }
}

impl Past {
    /// Whether the commit at this place is one of them.
    pub(crate) fn has(&self, place: usize) -> bool {
        self.0.get(place).copied().unwrap_or(false)
    }

    /// Those that are in either.
    pub(crate) fn or(mut self, other: &Self) -> Self {
        for (place, has) in self.0.iter_mut().enumerate() {
            *has |= other.has(place);
        }
        self
    }

    /// Those that are in both.
    pub(crate) fn and(mut self, other: &Self) -> Self {
        for (place, has) in self.0.iter_mut().enumerate() {
            *has &= other.has(place);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::{edit::commit::CommitContent, terms::id::FeedId};

    fn commit(feed: &str, n: u64, id: &str, previous: Option<&str>) -> LoggedCommit {
        LoggedCommit {
            id: CommitId::new(id),
            feed: FeedId::new(feed),
            n,
            previous: previous.map(CommitId::new),
            lamport: n,
            seen: Arc::default(),
            content: CommitContent::Sealed,
        }
    }

    #[test]
    fn a_past_is_the_chain_of_a_feed_and_never_crosses_into_another() {
        let commits = [
            commit("a", 1, "a1", None),
            commit("a", 2, "a2", Some("a1")),
            commit("a", 2, "fork", Some("a1")),
            commit("a", 4, "a4", Some("lost")),
            commit("b", 2, "b2", Some("a1")),
        ];
        let pasts = Pasts::of(&commits, None);
        let places = |ends: &[&str]| {
            let ends: Vec<CommitId> = ends.iter().map(|end| CommitId::new(*end)).collect();
            let past = pasts.of_ends(&ends);
            (0..commits.len()).filter(|place| past.has(*place)).collect::<Vec<_>>()
        };
        assert_eq!(places(&["a2"]), [0, 1], "not the other branch");
        assert_eq!(places(&["a2", "fork"]), [0, 1, 2]);
        assert_eq!(places(&["a4"]), [3], "behind a gap nothing is believed");
        assert_eq!(places(&["b2"]), [4], "a commit of another feed is no commit before");
        assert_eq!(places(&["nowhere"]), [0_usize; 0]);
        let is_whole = |ends: &[&str]| {
            let ends: Vec<CommitId> = ends.iter().map(|end| CommitId::new(*end)).collect();
            pasts.is_whole(&commits, &ends)
        };
        assert!(is_whole(&["a2", "fork"]));
        for ends in [&["a4"], &["b2"], &["nowhere"]] {
            assert!(!is_whole(ends), "{ends:?}");
        }
    }
}
