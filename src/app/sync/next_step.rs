//! Whose laptop must see the shared file next, as this laptop knows it.

use crate::{
    app::session::{Session, SyncState},
    domain::ending::next_step::{self, Known, NextStep},
};

impl Session {
    /// The next step of the exchange.
    #[must_use]
    pub fn next_step(&self, state: SyncState) -> NextStep {
        let known = Known {
            own: self.my_state().map(|state| &state.member.name),
            n_pending: state.pending,
            has_delivered: state.in_file > 0,
            shut: &self.shut_ballots(),
            n_undecided: self.n_undecided(),
            record: &self.record_digest(),
        };
        NextStep::of(&self.visit, known)
    }

    /// What the lead is still to decide, also where this reader is recused: whoever signs before that signs twice. Nothing while
    /// scoring is not closed.
    pub(crate) fn n_undecided(&self) -> usize {
        if self.visit.closed { next_step::n_undecided(&self.visit, &self.whole_outcome()) } else { 0 }
    }
}
