//! Verifies the signatures of commits: on all cores, and none twice on its way into the store.

use std::{collections::BTreeMap, num::NonZero, panic::resume_unwind, thread};

use crate::{
    app::session::room::Beyond,
    domain::terms::id::{CommitId, FeedId, VisitId},
    share::{
        code::key::PublicKey,
        error::LineError,
        file::commit::{Commit, Line},
    },
    store::commits::CommitRow,
};

/// Fewer commits are verified without another thread.
const FEWEST_FOR_A_THREAD: usize = 16;

/// Signatures that were found to hold, by commit: nothing is verified twice on its way in. The key of a feed is told by its name, so
/// what holds once holds always.
#[derive(Debug, Default)]
pub(crate) struct Verified(BTreeMap<CommitId, String>);

impl Verified {
    /// What had no room, as far as it was verified.
    pub(crate) fn of(beyond: &Beyond) -> Self {
        Self(beyond.passed_on.iter().map(|row| (row.id.clone(), row.signature.clone())).collect())
    }

    /// Whether a line is one of these.
    pub(super) fn has(&self, commit: &Commit<'_>, line: &Line) -> bool {
        self.0.get(&commit.id).is_some_and(|signature| *signature == line.signature)
    }
}

/// The row of a commit whose signature holds.
pub(super) fn verify(
    keys: &BTreeMap<FeedId, PublicKey>,
    visit: &VisitId,
    commit: &Commit<'_>,
    line: &Line,
) -> Result<CommitRow, LineError> {
    let key = keys.get(&commit.feed).ok_or(LineError::UnknownKey)?;
    commit.verify(visit, line, *key)?;
    Ok(row(commit, line))
}

/// The row of a commit.
pub(super) fn row(commit: &Commit<'_>, line: &Line) -> CommitRow {
    CommitRow {
        id: commit.id.clone(),
        feed: commit.feed.clone(),
        n: commit.n,
        signature: line.signature.clone(),
        json: line.json.clone(),
    }
}

/// Works on the items on all cores; the answers come in the order of the items.
pub(super) fn on_all_cores<'a, T: Sync, A: Send>(items: &'a [T], work: impl Fn(&'a T) -> A + Sync) -> Vec<A> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    // A thread costs as much as a few signatures.
    let share = items.len().div_ceil(cores).max(FEWEST_FOR_A_THREAD);
    if items.len() <= share {
        return items.iter().map(work).collect();
    }
    let work = &work;
    thread::scope(|scope| {
        let shares =
            items.chunks(share).map(|share| scope.spawn(move || share.iter().map(work).collect::<Vec<A>>()));
        let shares: Vec<_> = shares.collect();
        shares
            .into_iter()
            .flat_map(|share| share.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}
