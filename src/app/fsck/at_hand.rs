//! Every commit of a visit that this laptop can reach without changing anything: its store, the file, the copies beside it.

use std::collections::{BTreeMap, HashMap};

use crate::{
    domain::terms::id::{CommitId, FeedId},
    share::file::inspect::{BadLine, SoundCommit},
    store::commits::CommitRow,
};

/// How many bytes at the end of a line tell it from all others: they hold ids, or sealed text.
const TAIL: usize = 48;
/// Fewest characters of a signature by which a cut line is recognised.
const SIGNATURE_START: usize = 8;

/// A commit and where it is.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) commit: SoundCommit,
    pub(crate) place: Whereabouts,
}

/// Where an intact commit is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whereabouts {
    /// In the local store.
    Store,
    /// On another line of the same file.
    File,
    /// In another copy of this name.
    Copy(String),
    /// The line is damaged beyond recognition; commits at hand that the file lacks account for it.
    Presumed,
}

impl Whereabouts {
    /// The word in JSON.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::File => "file",
            Self::Copy(_) => "copy",
            Self::Presumed => "presumed",
        }
    }
}

/// All commits at hand, found by what is left of a line.
#[derive(Debug, Default)]
pub(crate) struct AtHand {
    by_id: BTreeMap<CommitId, Known>,
    by_signature: BTreeMap<String, CommitId>,
    by_tail: HashMap<String, CommitId>,
    by_number: BTreeMap<(FeedId, u64), CommitId>,
}

impl AtHand {
    /// Adds commits; those known before keep their place.
    pub(crate) fn add<'a>(
        &mut self,
        commits: impl IntoIterator<Item = &'a SoundCommit>,
        place: &Whereabouts,
    ) {
        for commit in commits {
            if self.by_id.contains_key(&commit.id) {
                continue;
            }
            let id = &commit.id;
            self.by_signature.entry(commit.line.signature.clone()).or_insert_with(|| id.clone());
            if let Some(tail) = tail(&commit.line.json) {
                self.by_tail.insert(tail.to_owned(), id.clone());
            }
            self.by_number.entry((commit.feed.clone(), commit.n)).or_insert_with(|| id.clone());
            self.by_id.insert(id.clone(), Known { commit: commit.clone(), place: place.clone() });
        }
    }

    /// The intact commit of a bad line: by the id of its content, by its signature (whole, or as far as a cut left it),
    /// by its end, and last by the feed and number it still tells.
    pub(crate) fn intact(&self, bad: &BadLine) -> Option<&Known> {
        let by_id = || self.by_id.get(&bad.claim.as_ref()?.id);
        let by_signature = || self.known(self.by_signature.get(bad.signature()?));
        let by_start = || {
            let cut = (bad.text.len() >= SIGNATURE_START && !bad.text.contains(' ')).then_some(&bad.text)?;
            let (signature, id) = self.by_signature.range(cut.clone()..).next()?;
            self.known(signature.starts_with(cut.as_str()).then_some(id))
        };
        let by_tail = || self.known(self.by_tail.get(tail(&bad.text)?));
        let by_number = || match bad.place() {
            (Some(feed), Some(n)) => self.known(self.by_number.get(&(feed, n))),
            _ => None,
        };
        by_id().or_else(by_signature).or_else(by_start).or_else(by_tail).or_else(by_number)
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = &CommitId> {
        self.by_id.keys()
    }

    /// Whether a feed has a sound commit.
    pub(crate) fn knows(&self, feed: &FeedId) -> bool {
        let from = (feed.clone(), 0);
        self.by_number.range(from..).next().is_some_and(|((first, _), _)| first == feed)
    }

    pub(crate) fn get(&self, id: &str) -> Option<&SoundCommit> {
        self.by_id.get(id).map(|known| &known.commit)
    }

    pub(crate) fn commits(&self) -> impl Iterator<Item = &SoundCommit> {
        self.by_id.values().map(|known| &known.commit)
    }

    /// The commits in canonical order.
    pub(crate) fn sorted(&self) -> Vec<&SoundCommit> {
        let mut sorted: Vec<&SoundCommit> = self.commits().collect();
        sorted.sort_by(|a, b| (&a.feed, a.n, &a.id).cmp(&(&b.feed, b.n, &b.id)));
        sorted
    }

    /// The commits as the store would hold them.
    pub(crate) fn rows(&self) -> Vec<CommitRow> {
        self.sorted().into_iter().map(row).collect()
    }

    fn known(&self, id: Option<&CommitId>) -> Option<&Known> {
        self.by_id.get(id?)
    }
}

fn row(commit: &SoundCommit) -> CommitRow {
    CommitRow {
        id: commit.id.clone(),
        feed: commit.feed.clone(),
        n: commit.n,
        signature: commit.line.signature.clone(),
        json: commit.line.json.clone(),
    }
}

fn tail(text: &str) -> Option<&str> {
    text.get(text.len().checked_sub(TAIL)?..)
}
