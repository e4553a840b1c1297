//! The chains of a set of commits: which numbers of a feed are missing, which stand twice, which follow nothing known.

use std::collections::{BTreeMap, BTreeSet};

use crate::{domain::terms::id::FeedId, share::file::inspect::SoundCommit};

/// The commits of one feed, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain {
    /// The greatest number.
    pub head: u64,
    /// How many commits there are.
    pub n_commits: usize,
    /// Numbers without a commit, as first and last of a run.
    pub gaps: Vec<(u64, u64)>,
    /// Numbers with more than one commit.
    pub forks: Vec<u64>,
    /// Numbers whose commit names one before it that is not there although another one with that number is: a branch
    /// of a fork that is missing.
    pub broken: Vec<u64>,
}

impl Chain {
    /// How many commits are known to be missing.
    #[must_use]
    pub fn n_missing(&self) -> u64 {
        let gaps = self.gaps.iter().fold(0_u64, |sum, (from, to)| sum.saturating_add(to - from + 1));
        gaps.saturating_add(self.broken.len() as u64)
    }

    /// Takes in that the feed has reached this number, as a receipt says.
    pub fn reach(&mut self, head: u64) {
        if head > self.head {
            self.gaps.push((self.head + 1, head));
        }
    }
}

/// The chains of a set of commits; the order and repetition of commits do not matter.
pub fn chains<'a>(commits: impl IntoIterator<Item = &'a SoundCommit>) -> BTreeMap<FeedId, Chain> {
    let mut feeds: BTreeMap<&FeedId, BTreeMap<u64, BTreeMap<&str, &SoundCommit>>> = BTreeMap::new();
    for commit in commits {
        let numbers = feeds.entry(&commit.feed).or_default();
        numbers.entry(commit.n).or_default().insert(commit.id.as_str(), commit);
    }
    feeds.into_iter().map(|(feed, numbers)| (feed.clone(), chain(&numbers))).collect()
}

fn chain(numbers: &BTreeMap<u64, BTreeMap<&str, &SoundCommit>>) -> Chain {
    let mut chain = Chain::default();
    let mut before: BTreeSet<&str> = BTreeSet::new();
    for (&n, commits) in numbers {
        if n > chain.head + 1 {
            chain.gaps.push((chain.head + 1, n - 1));
        } else if n > 1 {
            let follows = |commit: &&SoundCommit| {
                commit.previous.as_ref().is_some_and(|previous| before.contains(previous.as_str()))
            };
            if !commits.values().all(follows) {
                chain.broken.push(n);
            }
        }
        if commits.len() > 1 {
            chain.forks.push(n);
        }
        chain.n_commits += commits.len();
        chain.head = n;
        before = commits.keys().copied().collect();
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::terms::id::CommitId, share::file::commit::Line};

    fn commit(n: u64, id: &str, previous: &str) -> SoundCommit {
        SoundCommit {
            line: Line { signature: String::new(), json: String::new() },
            id: CommitId::new(id),
            feed: FeedId::new("f"),
            n,
            previous: (!previous.is_empty()).then(|| CommitId::new(previous)),
            time_ms: None,
            sealed: false,
        }
    }

    fn of(commits: &[SoundCommit]) -> Chain {
        chains(commits).remove("f").unwrap()
    }

    #[test]
    fn gaps_forks_and_missing_branches_are_told_apart() {
        let [a, b, c] = [commit(1, "a", ""), commit(2, "b", "a"), commit(3, "c", "b")];
        assert_eq!(of(&[c.clone(), a.clone(), b.clone(), a.clone()]).n_missing(), 0);
        assert_eq!(of(&[a.clone(), c.clone()]).gaps, [(2, 2)]);
        assert_eq!(of(std::slice::from_ref(&c)).gaps, [(1, 2)]);
        let fork = of(&[a.clone(), b.clone(), commit(2, "x", "a"), commit(3, "y", "x"), c.clone()]);
        assert_eq!((fork.forks, fork.broken, fork.n_commits), (vec![2, 3], vec![], 5));
        let missing_branch = of(&[a.clone(), b.clone(), commit(3, "y", "x")]);
        assert_eq!((missing_branch.n_missing(), missing_branch.broken), (1, vec![3]));
        let second = of(&[a.clone(), commit(2, "x", "lost"), commit(2, "b", "a")]);
        assert_eq!((second.broken, second.forks), (vec![2], vec![2]), "from the second commit on");
        let first = of(&[a.clone(), commit(1, "z", "")]);
        assert_eq!((first.broken, first.forks), (vec![], vec![1]), "two that begin");
        let mut cut = of(&[a, b]);
        cut.reach(5);
        assert_eq!((cut.gaps.clone(), cut.n_missing()), (vec![(3, 5)], 3));
        assert_eq!(
            of(&[commit(u64::MAX, "z", "q")]).n_missing(),
            u64::MAX - 1,
            "a made-up number does no harm"
        );
    }
}
