//! Hints about wrong clocks. Wall times are decoration: no vote depends on them, and a hint is never an error.
//!
//! Only orders that are certain are compared: the commits of one feed follow each other, all follow the founding, and
//! what the lead's receipt names came before the receipt. The Lamport order of commits made apart says nothing about
//! the hour, and members who work offline for a day would be accused by it.

use std::collections::BTreeMap;

use crate::{
    domain::{
        edit::Edit,
        terms::id::{FeedId, VisitId},
    },
    share::{
        file::{
            commit::{Body, Commit},
            inspect::SoundCommit,
        },
        wire::decode_edit,
    },
};

/// Differences below this are the ordinary drift of clocks, in milliseconds.
const TOLERANCE: u64 = 10 * 60 * 1_000;

/// A feed whose clock cannot have been right all the time, by the largest difference found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockHint {
    /// Feed.
    pub feed: FeedId,
    /// How.
    pub kind: ClockKind,
    /// At least how far, in minutes.
    pub minutes: u64,
}

/// How a clock is seen to be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClockKind {
    /// A later commit has an earlier time.
    SetBack,
    /// Earlier than the founding: behind the lead's clock.
    Behind,
    /// Later than the lead's receipt: ahead of the lead's clock.
    Ahead,
}

impl ClockKind {
    /// The word in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::SetBack => "set-back",
            Self::Behind => "behind",
            Self::Ahead => "ahead",
        }
    }
}

/// The hints of a set of commits in canonical order.
pub(crate) fn hints(visit: &VisitId, commits: &[&SoundCommit]) -> Vec<ClockHint> {
    let mut worst: BTreeMap<(&FeedId, ClockKind), u64> = BTreeMap::new();
    let mut note = |feed, kind, earlier: Option<u64>, later: Option<u64>| {
        let (Some(earlier), Some(later)) = (earlier, later) else { return };
        let off = earlier.saturating_sub(later);
        if off > TOLERANCE {
            let known = worst.entry((feed, kind)).or_default();
            *known = off.max(*known);
        }
    };
    for pair in commits.windows(2) {
        if let [before, after] = pair
            && before.feed == after.feed
            && after.previous.as_ref() == Some(&before.id)
        {
            note(&after.feed, ClockKind::SetBack, before.time_ms, after.time_ms);
        }
    }
    let founding = commits.iter().find(|commit| commit.id.as_str() == visit.as_str());
    if let Some(founding) = founding {
        for commit in commits.iter().filter(|commit| commit.feed != founding.feed) {
            note(&commit.feed, ClockKind::Behind, founding.time_ms, commit.time_ms);
        }
        let places: BTreeMap<(&FeedId, u64), &SoundCommit> =
            commits.iter().map(|commit| ((&commit.feed, commit.n), *commit)).collect();
        for receipt in commits.iter().filter(|commit| commit.feed == founding.feed) {
            for (feed, n) in received(receipt) {
                if let Some(named) = places.get(&(&feed, n)) {
                    note(&named.feed, ClockKind::Ahead, named.time_ms, receipt.time_ms);
                }
            }
        }
    }
    let hint = |((feed, kind), off): ((&FeedId, _), u64)| ClockHint {
        feed: feed.clone(),
        kind,
        minutes: off / 60_000,
    };
    worst.into_iter().map(hint).collect()
}

/// The heads that the receipts of a commit name.
fn received(commit: &SoundCommit) -> BTreeMap<FeedId, u64> {
    let read = Commit::from_store(commit.id.clone(), &commit.line.json);
    let Some(Commit { body: Body::Open(edits), .. }) = read else { return BTreeMap::new() };
    let receipts = edits.iter().filter(|edit| edit.text("k") == Some("receipt"));
    let heads = receipts.filter_map(|edit| match decode_edit(edit) {
        Edit::Receipt { heads } => Some(heads),
        _ => None,
    });
    heads.flatten().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{
        domain::terms::id::CommitId,
        share::{
            code::key::DeviceKey,
            file::commit::{Draft, DraftBody, Line, sign},
        },
    };

    const MINUTE: u64 = 60_000;

    fn commit(key: u8, n: u64, previous: &str, time_ms: u64, edit: &Value) -> SoundCommit {
        let key = DeviceKey::from_bytes(&[key; 32]);
        let previous = (n > 1).then(|| CommitId::new(previous));
        let body = DraftBody::Open(vec![edit.clone()]);
        let draft = Draft {
            visit: None,
            n,
            previous,
            lamport: n,
            time_ms,
            seen: std::collections::BTreeSet::new(),
            body,
        };
        let (id, line): (_, Line) = sign(&key, draft);
        let json = line.json.clone();
        SoundCommit::of(Commit::from_store(id, &json).unwrap(), line)
    }

    #[test]
    fn only_orders_that_are_certain_make_a_hint() {
        let nothing = json!({"k": "close"});
        let founding = commit(1, 1, "", 1_000 * MINUTE, &nothing);
        let visit = VisitId::new(founding.id.as_str());
        let told = |commits: &[SoundCommit]| -> Vec<(ClockKind, u64)> {
            let mut sorted: Vec<&SoundCommit> = commits.iter().collect();
            sorted.sort_by(|a, b| (&a.feed, a.n).cmp(&(&b.feed, b.n)));
            hints(&visit, &sorted).into_iter().map(|hint| (hint.kind, hint.minutes)).collect()
        };
        let early = commit(2, 1, "", 900 * MINUTE, &nothing);
        assert_eq!(told(&[founding.clone(), early.clone()]), [(ClockKind::Behind, 100)]);
        let late = commit(2, 1, "", 5_000 * MINUTE, &nothing);
        assert_eq!(told(&[founding.clone(), late.clone()]), [], "work after the founding is no error");
        let receipt = json!({"k": "receipt", "heads": {late.feed.as_str(): 1}});
        let received = commit(1, 2, founding.id.as_str(), 1_100 * MINUTE, &receipt);
        assert_eq!(told(&[founding.clone(), late.clone(), received]), [(ClockKind::Ahead, 3_900)]);
        let back = commit(2, 2, late.id.as_str(), 4_000 * MINUTE, &nothing);
        assert_eq!(told(&[founding.clone(), late, back]), [(ClockKind::SetBack, 1_000)]);
        let drift = commit(2, 1, "", 995 * MINUTE, &nothing);
        assert_eq!(told(&[founding, drift]), []);
    }
}
