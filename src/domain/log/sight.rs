//! What of a commit its reader may see. What is not known to be the reader's to see is not shown.

use crate::domain::{
    edit::{Edit, commit::LoggedCommit},
    log::Reader,
    terms::id::{ClauseId, MemberName},
    visit::{Visit, told::Place},
};

/// What a reader sees of one commit.
pub(super) struct Sight<'a> {
    visit: &'a Visit,
    reader: Reader<'a>,
    commit: &'a LoggedCommit,
    /// Whether the reader recorded it.
    is_own: bool,
    /// Whether it is part of a ballot that counts, was opened, and is the reader's to see.
    is_open_ballot: bool,
}

impl<'a> Sight<'a> {
    pub(super) fn of(
        visit: &'a Visit,
        reader: Reader<'a>,
        commit: &'a LoggedCommit,
        place: Option<&Place>,
    ) -> Self {
        let owner = place.and_then(|it| it.owner.as_ref());
        let is_own = &commit.feed == reader.feed || (owner.is_some() && owner == reader.me);
        let counted_for = place.and_then(|it| it.counted_for.as_ref());
        let state = counted_for.and_then(|name| visit.member(name.as_str()));
        let viewer = reader.me.map_or("", MemberName::as_str);
        let is_open_ballot = visit.closed && state.is_some_and(|state| visit.may_see(viewer, state));
        Self { visit, reader, commit, is_own, is_open_ballot }
    }

    /// Whether anything of a ballot in it is not the reader's to see.
    pub(super) fn hides_any(&self) -> bool {
        let has_ballot = self.commit.was_sealed() || self.commit.edits().iter().any(Edit::is_ballot);
        let can_read = self.commit.is_open() || !self.commit.edits().is_empty();
        has_ballot && !(can_read && (self.is_own || self.is_open_ballot))
    }

    /// Whether an edit is shown; `did` says whether it took effect.
    pub(super) fn shows(&self, edit: &Edit, did: bool) -> bool {
        if is_machinery(edit) || !is_of_clause_shown(self.visit, self.reader, edit) {
            return false;
        }
        if edit.is_ballot() {
            return self.is_own || (self.is_open_ballot && did);
        }
        // What is sealed and no part of a ballot means nothing; only its author may be told of it.
        if self.commit.was_sealed() {
            return self.is_own;
        }
        // Whoever says in the clear what was voted, before the votes are open, is not passed on.
        let tells_early = !self.visit.closed && tells_votes(edit);
        // Before the end the ledger is empty, and its items are named after clauses.
        let is_before_ledger = self.visit.finalised.is_none() && matches!(edit, Edit::Rectify { .. });
        self.is_own || !(tells_early || is_before_ledger)
    }
}

/// Whether an edit is about no clause that the reader is told nothing of.
pub(super) fn is_of_clause_shown(visit: &Visit, reader: Reader<'_>, edit: &Edit) -> bool {
    let viewer = reader.me.map_or("", MemberName::as_str);
    let is_shown = |clause: &ClauseId| !visit.is_withheld(viewer, clause.as_str());
    match edit {
        Edit::Finding { clause, .. }
        | Edit::Vote { clause, .. }
        | Edit::Note { clause, .. }
        | Edit::Evidence { clause, .. }
        | Edit::ClearVote { clause, .. }
        | Edit::Verdict { clause, .. }
        | Edit::Dissent { clause, .. } => is_shown(clause),
        Edit::Recuse { clause, .. } | Edit::Objection { clause, .. } => clause.as_ref().is_none_or(is_shown),
        // Its reasons name clauses.
        Edit::Final(end) => {
            let mut about = end.waivers.iter().flat_map(|waiver| &waiver.about);
            about.all(|about| is_shown(&ClauseId::new(about.as_str())))
        }
        // Of a declaration what it asks for is told clause by clause: see the entries.
        Edit::Declare(_)
        | Edit::Absent { .. }
        | Edit::Found(_)
        | Edit::Join { .. }
        | Edit::Blind { .. }
        | Edit::Admit { .. }
        | Edit::Deputy { .. }
        | Edit::JoinOffice
        | Edit::Office { .. }
        | Edit::Device { .. }
        | Edit::Retire { .. }
        | Edit::Plan(_)
        | Edit::Submit { .. }
        | Edit::Unseal
        | Edit::Offer(_)
        | Edit::Release(_)
        | Edit::Key { .. }
        | Edit::Close { .. }
        | Edit::Gate { .. }
        | Edit::Facility { .. }
        | Edit::Sign { .. }
        | Edit::Receipt { .. }
        | Edit::Rectify { .. }
        | Edit::Slot(_)
        | Edit::Unknown { .. } => true,
    }
}

/// What only acknowledges or promises, at every sync: no entry.
pub(super) const fn is_machinery(edit: &Edit) -> bool {
    matches!(edit, Edit::Blind { .. } | Edit::Receipt { .. })
}

const fn tells_votes(edit: &Edit) -> bool {
    edit.is_ballot() || matches!(edit, Edit::ClearVote { .. } | Edit::Verdict { .. } | Edit::Dissent { .. })
}
