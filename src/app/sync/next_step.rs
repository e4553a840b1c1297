//! Whose laptop must see the shared file next, as this laptop knows it.

use crate::{
    app::session::{Session, SyncState},
    domain::ending::next_step::{self, Known, NextStep},
};

impl Session {
    /// The next step of the exchange.
    #[must_use]
    pub fn next_step(&self, state: SyncState) -> NextStep {
        let n_undecided =
            if self.visit.closed { next_step::n_undecided(&self.visit, &self.outcome()) } else { 0 };
        let known = Known {
            own: self.my_state().map(|state| &state.member.name),
            n_pending: state.pending,
            shut: &self.shut_ballots(),
            n_undecided,
            record: &self.record_digest(),
        };
        NextStep::of(&self.visit, known)
    }
}
