//! What the votes one may see amount to, in the order in which a lead would settle them.

use std::cell::OnceCell;

use crate::domain::{
    agenda::{Agenda, AgendaCounts, AgendaItem},
    ballot::Vote,
    ending::readiness::{Matter, matters},
    outcome::Outcome,
    panel::{
        coverage::{Cover, covers},
        progress::{Progress, progress},
    },
    terms::{digest::Digest, id::MemberName},
    visit::{MemberState, Visit},
};

/// All visible votes and their result. Computed once a change, not once a frame.
#[derive(Debug)]
pub(crate) struct Tally {
    /// The result over the visible votes.
    pub(crate) outcome: Outcome,
    /// For each clause, each member's vote; `None` = may not be seen.
    pub(crate) votes: Vec<Vec<Option<Vote>>>,
    /// What to talk about.
    pub(crate) agenda: Agenda,
    /// How far that is settled.
    pub(crate) counts: AgendaCounts,
    /// For each clause, its item of the agenda.
    items: Vec<AgendaItem>,
    /// Members whose votes may not be seen.
    pub(crate) n_hidden: usize,
    /// How each clause is covered.
    pub(crate) covers: Vec<Cover>,
    /// What is open.
    pub(crate) matters: Vec<Matter>,
    /// How far each member is; known once it was shown.
    progress: OnceCell<Vec<Progress>>,
}

impl Tally {
    /// The tally as `viewer` may see it.
    pub(crate) fn of(visit: &Visit, viewer: Option<&MemberName>, record: &Digest) -> Self {
        let viewer = viewer.map_or("", MemberName::as_str);
        let visible: Vec<bool> = visit.members.iter().map(|state| visit.may_see(viewer, state)).collect();
        let outcome = Outcome::seen_by(visit, viewer);
        let votes = visit
            .clauses()
            .map(|clause| {
                let withheld = visit.is_withheld(viewer, clause.id.as_str());
                let seats = visit.members.iter().zip(&visible);
                seats
                    .map(|(state, visible)| (*visible && !withheld).then(|| visit.vote(state, clause)))
                    .collect()
            })
            .collect();
        // Who is recused from the whole visit has no votes to wait for.
        let n_hidden =
            visit.voting().filter(|state| !visit.may_see(viewer, state) && visit.awaits(state)).count();
        let agenda = Agenda::of(visit, &outcome, n_hidden > 0);
        let mut items = agenda.items.clone();
        items.sort_by_key(|item| item.index);
        let shown: Vec<&MemberState> =
            visit.members.iter().filter(|state| visit.may_see(viewer, state)).collect();
        let covers = covers(visit, &outcome, n_hidden);
        let matters = matters(visit, &outcome, &shown, Some(record));
        Self {
            outcome,
            votes,
            counts: agenda.counts(),
            agenda,
            items,
            n_hidden,
            covers,
            matters,
            progress: OnceCell::new(),
        }
    }

    /// The agenda's item of a clause.
    pub(crate) fn item(&self, clause: usize) -> Option<&AgendaItem> {
        self.items.get(clause)
    }

    /// How far each member is, in roster order, as `viewer` may see it. Worked out once a change, not once a key.
    pub(crate) fn progress(&self, visit: &Visit, viewer: Option<&MemberName>) -> &[Progress] {
        let viewer = viewer.map_or("", MemberName::as_str);
        self.progress.get_or_init(|| progress(visit, |state| visit.may_see(viewer, state)))
    }

    /// The members whose votes for a clause may be seen.
    pub(crate) fn shown<'a>(&self, visit: &'a Visit, clause: usize) -> Vec<&'a MemberState> {
        let seats = self.votes.get(clause).map(Vec::as_slice).unwrap_or_default();
        let shown = visit.members.iter().zip(seats).filter(|(_, vote)| vote.is_some());
        shown.map(|(state, _)| state).collect()
    }
}
