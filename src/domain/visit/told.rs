//! What became of each edit while the commits of a visit were folded, for the log. The fold itself tells it, so that the log never
//! judges by rules of its own.

use std::collections::HashMap;

use crate::domain::{
    edit::{Stamp, commit::LoggedCommit},
    terms::id::{CommitId, MemberName},
    visit::{apply::Standing, judged::Judged},
};

/// What was told; nothing, where nobody listens.
#[derive(Debug, Default)]
pub(crate) struct Told {
    listens: bool,
    edits: HashMap<CommitId, HashMap<u32, Stamp>>,
    places: HashMap<CommitId, Place>,
}

/// Where a commit stands.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// Whose it is, if anybody's.
    pub(crate) owner: Option<MemberName>,
    /// Whose counted ballot it belongs to.
    pub(crate) counted_for: Option<MemberName>,
    /// Whether an office recorded it.
    pub(crate) is_office: bool,
    /// Whether its device counted then.
    pub(crate) counts: bool,
    /// Whether its author did the lead's work.
    pub(crate) leads: bool,
    /// Whether it is part of what is final, or nothing is.
    pub(crate) in_scope: bool,
    /// Whether rights could still be changed.
    pub(crate) before_closing: bool,
}

impl Told {
    /// Told everything.
    pub(crate) fn listening() -> Self {
        Self { listens: true, ..Self::default() }
    }

    /// An edit took effect.
    pub(crate) fn heard(&mut self, stamp: &Stamp) {
        if let (true, Some(commit)) = (self.listens, &stamp.commit) {
            let edits = self.edits.entry(commit.clone()).or_default();
            edits.entry(stamp.index).or_insert_with(|| stamp.clone());
        }
    }

    /// A commit was come to.
    pub(super) fn place(
        &mut self,
        judged: &Judged<'_>,
        place: usize,
        commit: &LoggedCommit,
        owner: Option<&MemberName>,
    ) {
        if !self.listens {
            return;
        }
        let counted_for = judged.count.as_ref().and_then(|count| count.owner(place, commit)).cloned();
        let is_office = owner.is_none() && judged.live.is_office(&commit.feed);
        let Standing { leads, in_scope, before_closing, .. } = judged.standing(place, commit, false);
        let counts = judged.counts(place, commit);
        let owner = owner.cloned();
        let found = Place { owner, counted_for, is_office, counts, leads, in_scope, before_closing };
        self.places.insert(commit.id.clone(), found);
    }

    /// Where a commit stands.
    pub(crate) fn place_of(&self, commit: &CommitId) -> Option<&Place> {
        self.places.get(commit)
    }

    /// Where an edit stands, if it took effect.
    pub(crate) fn stamp(&self, commit: &CommitId, index: u32) -> Option<&Stamp> {
        self.edits.get(commit)?.get(&index)
    }
}
