//! What the votes one may see amount to, in the order in which a lead would settle them.

use crate::domain::{
    agenda::{Effect, agenda, effect},
    ballot::Vote,
    id::MemberName,
    outcome::Outcome,
    visit::Visit,
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
}

impl Tally {
    /// The tally as `viewer` may see it.
    pub(crate) fn of(visit: &Visit, viewer: Option<&MemberName>) -> Self {
        let viewer = viewer.map_or("", MemberName::as_str);
        let visible: Vec<bool> = visit.members.iter().map(|state| visit.may_see(viewer, state)).collect();
        let outcome = Outcome::of(visit, |state| visit.may_see(viewer, state));
        let votes = visit
            .clauses()
            .map(|clause| {
                let seats = visit.members.iter().zip(&visible);
                seats.map(|(state, visible)| visible.then(|| visit.vote(state, clause))).collect()
            })
            .collect();
        let n_hidden = visible.iter().filter(|visible| !**visible).count();
        let agenda = agenda(&outcome.clauses, n_hidden > 0);
        let order = agenda.iter().map(|item| item.index).collect();
        let ranks = outcome.clauses.iter().map(|clause| effect(clause, n_hidden > 0)).collect();
        Self { outcome, votes, ranks, order, n_hidden }
    }

    /// Clauses the members disagree about.
    pub(crate) fn n_disagreements(&self) -> usize {
        self.ranks.iter().filter(|rank| **rank != Effect::Agreed).count()
    }
}
