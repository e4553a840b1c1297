//! Which commits of one feed follow each other. A cloned disk or a restored backup forks a feed: two commits bear one
//! number, and the numbers alone no longer say what the author had before their eyes.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use crate::domain::terms::id::CommitId;

/// Where a commit stands in a forked feed; the default stands for every commit of a feed that is not forked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Branch {
    /// Number of the branch from 1, the same for everybody who has the same commits; 0 = the feed is not forked.
    pub id: u32,
    /// The other branches it grew from, each with the last commit it has in common with them.
    pub past: Arc<BTreeMap<u32, u64>>,
}

/// The branch on which a forked feed begins.
const FIRST: u32 = 1;
/// Branches that one can have grown from, each out of the one before, and still know what it grew from: a clone of a clone of a
/// clone. Without a bound a feed made to hurt would cost the square of its length.
const DEEPEST: usize = 16;

/// A commit as far as its place in the feed goes.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// Id.
    pub id: &'a CommitId,
    /// Number in the feed.
    pub n: u64,
    /// The commit before.
    pub previous: Option<&'a CommitId>,
}

/// Whether two commits of a feed bear one number, or one of them follows another commit than the one before it that is
/// here: then that other one bears its number, though it is missing. The links must be sorted by number.
#[must_use]
pub fn is_forked(links: &[Link<'_>]) -> bool {
    first_fork(links).is_some()
}

/// The first commit beside which there is, or must be, another of its number.
fn first_fork<'a>(links: &'a [Link<'a>]) -> Option<&'a Link<'a>> {
    let forks = |a: &Link<'_>, b: &Link<'_>| {
        a.n == b.n || (a.n + 1 == b.n && b.previous.is_some_and(|it| it != a.id))
    };
    links.windows(2).find_map(|pair| match pair {
        [a, b] if forks(a, b) => Some(a),
        _ => None,
    })
}

/// How many commits that others follow are not here. The links must be sorted by number.
#[must_use]
pub fn n_missing(links: &[Link<'_>]) -> usize {
    // Only forks and gaps ask for it: elsewhere a commit follows the one before it.
    let mut here: Option<HashSet<&CommitId>> = None;
    let mut missing = HashSet::new();
    let mut before = None;
    for link in links {
        if let Some(previous) = link.previous.filter(|it| before != Some(*it))
            && !here.get_or_insert_with(|| links.iter().map(|link| link.id).collect()).contains(previous)
        {
            missing.insert(previous);
        }
        before = Some(link.id);
    }
    missing.len()
}

/// The branches of a forked feed; empty if it is not forked. The links must be sorted by (number, id).
///
/// A commit whose predecessor is missing, or lies too deep in forks of forks, stands on a branch of its own that has only what comes
/// before the first fork: better a conflict that its author settles than a vote that silently replaces another.
#[must_use]
pub fn branches(links: &[Link<'_>]) -> HashMap<CommitId, Branch> {
    let mut branches: HashMap<CommitId, Branch> = HashMap::new();
    let Some(fork) = first_fork(links) else { return branches };
    let common = fork.n.saturating_sub(1);
    let mut continued: HashMap<&CommitId, u64> = HashMap::new();
    let mut n_branches = 0;
    let by_id: HashMap<&CommitId, u64> = links.iter().map(|link| (link.id, link.n)).collect();
    for link in links {
        let parent = link.previous.filter(|it| by_id.get(it).is_some_and(|n| n + 1 == link.n));
        let known = parent.and_then(|parent| Some((parent, branches.get(parent)?.clone())));
        let branch = match known {
            // The first child goes on with the branch; every other one starts its own.
            Some((parent, branch)) if continued.insert(parent, link.n).is_none() => branch,
            Some((_, grown_from)) if grown_from.past.len() < DEEPEST => {
                let mut past = grown_from.past.as_ref().clone();
                past.insert(grown_from.id, link.n - 1);
                fresh(&mut n_branches, past)
            }
            None if link.previous.is_none() || n_branches == 0 => fresh(&mut n_branches, BTreeMap::new()),
            Some(_) | None => fresh(&mut n_branches, BTreeMap::from([(FIRST, common)])),
        };
        branches.insert(link.id.clone(), branch);
    }
    branches
}

fn fresh(n_branches: &mut u32, past: BTreeMap<u32, u64>) -> Branch {
    *n_branches += 1;
    let id = *n_branches;
    Branch { id, past: Arc::new(past) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A commit with its branch and what that branch grew from.
    type Placed = (String, u32, Vec<(u32, u64)>);

    /// Does something with links from (id, n, previous).
    fn with<T>(links: &[(&str, u64, Option<&str>)], ask: impl FnOnce(&[Link<'_>]) -> T) -> T {
        let ids: Vec<(CommitId, Option<CommitId>)> =
            links.iter().map(|(id, _, previous)| (CommitId::new(id), previous.map(CommitId::new))).collect();
        let links: Vec<Link<'_>> = ids
            .iter()
            .zip(links)
            .map(|((id, previous), (_, n, _))| Link { id, n: *n, previous: previous.as_ref() })
            .collect();
        ask(&links)
    }

    fn branches_of(links: &[(&str, u64, Option<&str>)]) -> Vec<Placed> {
        let found = with(links, branches);
        let mut listed: Vec<_> = found
            .into_iter()
            .map(|(id, branch)| {
                (id.to_string(), branch.id, branch.past.iter().map(|(b, n)| (*b, *n)).collect())
            })
            .collect();
        listed.sort();
        listed
    }

    #[test]
    fn a_feed_without_a_fork_has_no_branches() {
        assert_eq!(branches_of(&[("a", 1, None), ("b", 2, Some("a")), ("d", 4, Some("c"))]), []);
    }

    #[test]
    fn each_branch_knows_what_it_grew_from_and_nothing_of_its_sibling() {
        let feed = [
            ("a", 1, None),
            ("b", 2, Some("a")),
            ("x", 2, Some("a")),
            ("c", 3, Some("b")),
            ("y", 3, Some("x")),
        ];
        let expected = [
            ("a", 1, vec![]),
            ("b", 1, vec![]),
            ("c", 1, vec![]),
            ("x", 2, vec![(1, 1)]),
            ("y", 2, vec![(1, 1)]),
        ];
        assert_eq!(branches_of(&feed), expected.map(|(id, branch, past)| (id.to_owned(), branch, past)));
    }

    #[test]
    fn forks_of_forks_without_end_cost_no_more_than_their_number() {
        let n_levels = 300_u64;
        let mut feed = vec![("a1".to_owned(), 1, None)];
        for n in 2..=n_levels {
            let previous = if n == 2 { "a1".to_owned() } else { format!("b{}", n - 1) };
            feed.extend([("a", n), ("b", n)].map(|(it, n)| (format!("{it}{n}"), n, Some(previous.clone()))));
        }
        let feed: Vec<_> =
            feed.iter().map(|(id, n, previous)| (id.as_str(), *n, previous.as_deref())).collect();
        let placed = branches_of(&feed);
        assert_eq!(placed.len(), feed.len());
        let deepest = placed.iter().map(|(_, _, past)| past.len()).max();
        assert_eq!(deepest, Some(DEEPEST), "what was known before is still known");
        let too_deep = placed.iter().filter(|(id, _, past)| id.starts_with('b') && past.len() == 1).count();
        assert!(too_deep > 1, "beyond that only what comes before the first fork");
    }

    #[test]
    fn a_commit_that_follows_a_missing_one_beside_which_another_stands_is_on_a_branch_of_its_own() {
        let feed = [("a", 1, None), ("b", 2, Some("a")), ("y", 3, Some("x"))];
        let expected = [("a", 1, vec![]), ("b", 1, vec![]), ("y", 2, vec![(1, 1)])];
        assert_eq!(branches_of(&feed), expected.map(|(id, branch, past)| (id.to_owned(), branch, past)));
    }

    #[test]
    fn a_commit_that_others_follow_and_that_is_not_here_is_counted_once() {
        let whole = [("a", 1, None), ("b", 2, Some("a")), ("x", 2, Some("a")), ("y", 3, Some("x"))];
        assert_eq!(with(&whole, n_missing), 0);
        let gaps = [("b", 2, Some("a")), ("x", 2, Some("a")), ("z", 4, Some("y"))];
        assert_eq!(with(&gaps, n_missing), 2);
    }

    #[test]
    fn after_a_gap_only_what_came_before_the_fork_is_taken_as_seen() {
        let feed = [("a", 1, None), ("b", 2, Some("a")), ("x", 2, Some("a")), ("d", 4, Some("c"))];
        let orphan = branches_of(&feed).into_iter().find(|(id, ..)| id == "d").unwrap();
        assert_eq!((orphan.1, orphan.2), (3, vec![(1, 1)]));
    }
}
