//! What the votes one may see amount to, in the order in which a lead would settle them.

use crate::domain::{
    agenda::{Effect, agenda, effect},
    ballot::Vote,
    coverage::{Cover, covers},
    id::MemberName,
    outcome::Outcome,
    readiness::{Matter, matters},
    visit::{MemberState, Visit},
};

/// All visible votes and their result.
#[derive(Debug)]
pub(crate) struct Tally {
    /// The result over the visible votes.
    pub(crate) outcome: Outcome,
    /// For each clause, each member's vote; `None` = may not be seen yet.
    pub(crate) votes: Vec<Vec<Option<Vote>>>,
    /// For each clause, how urgent it is.
    pub(crate) ranks: Vec<Effect>,
    /// All clauses, most urgent first, then in checklist order.
    pub(crate) order: Vec<usize>,
    /// Members whose votes may not be seen.
    pub(crate) n_hidden: usize,
    /// How each clause is covered.
    pub(crate) covers: Vec<Cover>,
    /// What is open.
    pub(crate) matters: Vec<Matter>,
}

impl Tally {
    /// The tally as `viewer` may see it.
    pub(crate) fn of(visit: &Visit, viewer: Option<&MemberName>) -> Self {
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
        let n_hidden = visible.iter().filter(|visible| !**visible).count();
        let agenda = agenda(&outcome.clauses, n_hidden > 0);
        let order = agenda.iter().map(|item| item.index).collect();
        let ranks = outcome.clauses.iter().map(|clause| effect(clause, n_hidden > 0)).collect();
        let shown: Vec<&MemberState> =
            visit.members.iter().filter(|state| visit.may_see(viewer, state)).collect();
        let n_out = visit.voting().filter(|state| !visit.may_see(viewer, state)).count();
        let covers = covers(visit, &outcome, n_out);
        let matters = matters(visit, &outcome, &shown);
        Self { outcome, votes, ranks, order, n_hidden, covers, matters }
    }

    /// Clauses the members disagree about.
    pub(crate) fn n_disagreements(&self) -> usize {
        self.ranks.iter().filter(|rank| **rank != Effect::Agreed).count()
    }
}
