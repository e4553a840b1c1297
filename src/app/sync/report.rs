//! What a sync is asked for and what it tells.

use crate::{
    app::session::SyncState,
    domain::{ending::next_step::NextStep, terms::lang::Text},
    share::error::ShareError,
};

/// What a sync did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SyncReport {
    /// Commits that were new to this laptop.
    pub imported: usize,
    /// Whether the shared file was written.
    pub written: bool,
    /// What the user should know, e.g. that damage was repaired.
    pub notes: Vec<Text>,
    /// Commits in the shared file that found no room, and of how many devices they say to be.
    pub beyond: (usize, usize),
    /// Where own edits have got to.
    pub state: SyncState,
    /// Attached things whose bytes have arrived everywhere they should, and all that this laptop knows of.
    pub evidence: (usize, usize),
    /// Attached files that wait: one sync moves only so many bytes, so that nothing else waits for them.
    pub n_files_waiting: usize,
    /// Whose laptop must see the shared file next, once this sync has ended.
    pub next: Option<NextStep>,
}

impl SyncReport {
    /// Notes how far the exchange of attached files has got.
    pub(crate) const fn exchanged(&mut self, have: usize, known: usize, n_waiting: usize) {
        (self.evidence, self.n_files_waiting) = ((have, known), n_waiting);
    }

    /// Says something once, however many rounds come upon it.
    pub(crate) fn note(&mut self, note: Text) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// How the main file is given its new bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writing {
    /// A new file is renamed over it: old or new, never a mixture.
    Replace,
    /// In place, because the user asked for it.
    Overwrite,
}

/// How a round of writing ended.
#[derive(Debug)]
pub(crate) enum Delivery {
    /// The main file says what the store says.
    Done,
    /// Others wrote meanwhile, or the disk lied: all is to be read again.
    Overtaken,
    /// The disk refused.
    Refused(ShareError),
}
