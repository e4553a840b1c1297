//! What no division can undercut: the least minutes that the most loaded member can have.

use crate::domain::plan::task::{Job, Members, Task};

/// Members up to which every set of them is looked at; with more, only those that share a field, and single ones.
const EVERY_SET: usize = 12;

/// A lower bound of the minutes of the most loaded member at the facility, in ten-thousandths, and the members who are bound to it:
/// whatever is divided, so much falls to them.
#[must_use]
pub fn lower_bound(task: &Task) -> (u64, Members) {
    let all = Members::first(task.members.len());
    let of_sets =
        sets(task).into_iter().map(|set| (forced(task, set).div_ceil(set.len().max(1) as u64), set));
    // Of equal bounds the first: the largest sets come first, so that a field is blamed only where it is the field.
    let bound = of_sets.reduce(|best, next| if next.0 > best.0 { next } else { best }).unwrap_or((0, all));
    let lumps = by_number(task);
    if lumps > bound.0 { (lumps, all) } else { bound }
}

/// The sets of members that are looked at, the largest first.
fn sets(task: &Task) -> Vec<Members> {
    let n = task.members.len();
    let mut sets: Vec<Members> = if n <= EVERY_SET {
        (1..1_u64 << n).map(Members::of_bits).collect()
    } else {
        let singles = (0..n).map(Members::one);
        let fields = task.jobs.iter().map(|job| job.of_field).filter(|set| !set.is_empty());
        singles.chain(fields).chain([Members::first(n)]).collect()
    };
    sets.sort_by_key(|set| std::cmp::Reverse(set.len()));
    sets.dedup();
    sets
}

/// Minutes that fall to these members whatever is divided.
fn forced(task: &Task, set: Members) -> u64 {
    task.jobs.iter().map(|job| job.site() * forced_votes(job, set) as u64).sum()
}

/// Votes on a clause that fall to these members: what is theirs already, what the others cannot cast, and the one of the field if
/// nobody else is of it.
fn forced_votes(job: &Job, set: Members) -> usize {
    let own = job.fixed.and(set).len();
    let open = job.votes.saturating_sub(job.fixed.len());
    let others = job.able.without(job.fixed).without(set).len();
    let owes_field = !job.of_field.is_empty() && job.of_field.and(job.fixed).is_empty();
    let field = usize::from(owes_field && open > 0 && job.of_field.without(set).is_empty());
    own + open.saturating_sub(others).max(field)
}

/// Of `k·n + 1` votes one member casts `k + 1`, at the least the shortest of them.
fn by_number(task: &Task) -> u64 {
    let n = task.members.len();
    let mut minutes: Vec<u64> =
        task.jobs.iter().flat_map(|job| std::iter::repeat_n(job.site(), job.votes)).collect();
    minutes.sort_unstable_by(|a, b| b.cmp(a));
    let of = |k: usize| -> Option<u64> {
        let longest = minutes.get(..=k * n)?;
        longest.get(longest.len() - (k + 1)..).map(|shortest| shortest.iter().sum())
    };
    if n == 0 { 0 } else { (0..).map_while(of).max().unwrap_or(0) }
}
