//! Votes in the clear (合议表决): after the opening nobody scores again; what the discussion changed is voted on openly, marked
//! and kept beside the ballots.

use crate::{
    app::{failure::Failure, merge::decide::parse_decision, session::Session},
    domain::{
        edit::{Choice, Edit, Stand},
        terms::{id::ClauseId, lang::Text, written::Line},
    },
};

/// Reads what `hecha vote` takes: a grade, points, or `not-applicable`.
#[must_use]
pub fn parse_choice(text: &str) -> Option<Choice> {
    parse_decision(text).map(Choice::from)
}

impl Session {
    /// What a vote in the clear, as it was typed, has come to; `None` = taken back.
    #[must_use]
    pub fn voted(&self, clause: &str, said: Option<&str>) -> Text {
        match said {
            Some(said) if self.is_left_out() => Text::new(
                format!("已公开表决：{clause} {said}；您的评分没有封存，不计入，计入的只有这次表决。"),
                format!(
                    "Voted in the clear: {clause} {said}; your ballot was not sealed and does not count, this vote alone does."
                ),
            ),
            Some(said) => Text::new(
                format!("已公开表决：{clause} {said}；原来的评分不变，一并写入报告。"),
                format!(
                    "Voted in the clear: {clause} {said}; the ballot stays as it was, the report gives both."
                ),
            ),
            None => Text::new(
                format!("已收回 {clause} 的合议表决。"),
                format!("The vote in the clear on {clause} is taken back."),
            ),
        }
    }

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
