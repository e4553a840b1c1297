//! How the panel stands: who owes what, and how each clause is covered.

use crate::{
    app::{ballot::submit::gaps, session::Session},
    domain::{
        edit::assignment::Assignment,
        panel::coverage::{Cover, covers},
        terms::id::MemberName,
    },
};

/// The panel as this laptop may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelState {
    /// How the work is divided.
    pub assignment: Assignment,
    /// Each voting member with what is owed.
    pub owed: Vec<(MemberName, Owed)>,
    /// The cover of each clause, in checklist order.
    pub covers: Vec<Cover>,
}

/// What one member owes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owed {
    /// Clauses to score.
    pub n_owed: usize,
    /// Those that are; `None` = the ballot may not be seen, so not even its progress is told.
    pub n_scored: Option<usize>,
}

impl PanelState {
    /// Of an open visit.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        let visit = session.visit();
        let n_hidden = visit.voting().filter(|state| !session.may_see(state) && visit.awaits(state)).count();
        let owed = visit.voting().map(|state| {
            let name = &state.member.name;
            let gaps = gaps(visit, name.as_str());
            let n_scored = session.may_see(state).then_some(gaps.n_scored);
            (name.clone(), Owed { n_owed: gaps.n_owed, n_scored })
        });
        Self {
            assignment: visit.assignment(),
            owed: owed.collect(),
            covers: covers(visit, &session.outcome(), n_hidden),
        }
    }

    /// Whether all ballots may be seen, so that votes are counted and no longer those who are to vote.
    #[must_use]
    pub fn counted(&self) -> bool {
        self.covers.iter().all(|cover| cover.counted)
    }
}
