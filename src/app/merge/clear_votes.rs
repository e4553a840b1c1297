//! Votes in the clear (合议表决): after the opening nobody scores again; what the discussion changed is voted on openly, marked
//! and kept beside the ballots.

use crate::{
    app::{failure::Failure, merge::decide::parse_decision, session::Session},
    domain::{
        edit::{Choice, Edit, Stand},
        terms::{id::ClauseId, written::Line},
    },
};

/// Reads what `hecha vote` takes: a grade, points, or `not-applicable`.
#[must_use]
pub fn parse_choice(text: &str) -> Option<Choice> {
    parse_decision(text).map(Choice::from)
}

impl Session {
    /// Votes on a clause in the clear; `None` takes it back.
    ///
    /// # Errors
    /// If scoring is not closed, the visit is final, the member is recused, the vote does not fit the clause, or the store fails.
    pub(in crate::app) fn vote_openly(
        &mut self,
        clause: ClauseId,
        choice: Option<Choice>,
        reason: &str,
    ) -> Result<(), Failure> {
        let reason = Line::new(reason)?;
        let value = choice.map(|choice| Stand { choice, reason });
        self.record(vec![Edit::ClearVote { clause, value }])
    }
}
