//! The places of a member's clauses in the order of the checklist: the way through the facility (走查路线).

use std::collections::BTreeSet;

use crate::domain::{
    checklist::{Checklist, Clause},
    terms::{amount::Amount, id::ClauseId, lang::Text},
};

/// A place with what is to be done there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// The place.
    pub place: Text,
    /// Minutes of scoring there.
    pub minutes: Amount,
    /// The clauses, in checklist order.
    pub clauses: Vec<ClauseId>,
}

/// The way of a member: what is read before the visit, and the places.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    /// What is read before the visit; `None` = nothing, or the documents are read on the day.
    pub documents: Option<Stop>,
    /// The places, in the order in which the checklist comes to them.
    pub stops: Vec<Stop>,
}

impl Route {
    /// The way through these clauses, the documents before it or on it.
    #[must_use]
    pub fn through<'c>(
        checklist: &Checklist,
        clauses: impl Iterator<Item = &'c Clause>,
        documents_before: bool,
    ) -> Self {
        let mut route = Self::default();
        let mut documents = Stop { place: Text::default(), minutes: Amount::ZERO, clauses: Vec::new() };
        let mut seen: BTreeSet<&ClauseId> = BTreeSet::new();
        for clause in clauses.filter(|clause| seen.insert(&clause.id)) {
            let minutes = checklist.minutes(clause);
            let site = if documents_before { minutes.site } else { minutes.site.plus(minutes.documents) };
            if documents_before && minutes.documents > Amount::ZERO {
                documents.minutes = documents.minutes.plus(minutes.documents);
                documents.clauses.push(clause.id.clone());
            }
            // A clause without points takes no minutes and is scored at its place all the same.
            if site > Amount::ZERO || minutes.documents == Amount::ZERO {
                route.pass(&clause.place, site, &clause.id);
            }
        }
        route.documents = (!documents.clauses.is_empty()).then_some(documents);
        route
    }

    fn pass(&mut self, place: &Text, minutes: Amount, clause: &ClauseId) {
        let stop = match self.stops.iter_mut().position(|stop| stop.place == *place) {
            Some(at) => self.stops.get_mut(at),
            None => {
                let stop = Stop { place: place.clone(), minutes: Amount::ZERO, clauses: Vec::new() };
                self.stops.push(stop);
                self.stops.last_mut()
            }
        };
        if let Some(stop) = stop {
            stop.minutes = stop.minutes.plus(minutes);
            stop.clauses.push(clause.clone());
        }
    }
}
