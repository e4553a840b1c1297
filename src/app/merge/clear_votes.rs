//! Votes in the clear (合议表决): after the opening nobody scores again; what the discussion changed is voted on openly, marked
//! and kept beside the ballots.

use crate::{
    app::{
        failure::{Exit, Failure, wording},
        merge::decide::parse_decision,
        session::Session,
    },
    domain::{
        edit::{Choice, Edit, Stand, verdict::Decision},
        terms::{absence::Absence, id::ClauseId, lang::Text, written::Line},
        visit::Barrier,
    },
};

/// Reads what `hecha vote` takes: a grade, points, or `not-applicable`.
#[must_use]
pub fn parse_choice(text: &str) -> Option<Choice> {
    parse_decision(text).map(|decision| match decision {
        Decision::Grade(grade) => Choice::Grade(grade),
        Decision::Points(points) => Choice::Points(points),
        Decision::NotApplicable => Choice::Absent(Absence::NotApplicable),
    })
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

    /// Whether this member may vote on a clause in the clear now.
    pub(in crate::app) fn may_vote_openly(&self, clause: &ClauseId) -> Result<(), Failure> {
        let asked = self.clause(clause.as_str())?;
        let Some(state) = self.my_state() else { return Err(wording::barrier(Barrier::NotAMember)) };
        if self.visit.finalised.is_some() {
            return Err(wording::barrier(Barrier::Final));
        }
        if !self.visit.closed {
            return Err(too_early());
        }
        match self.visit.recusal(state.member.name.as_str(), asked.id.as_str()) {
            Some(_) => Err(wording::barrier(Barrier::Recused)),
            None => Ok(()),
        }
    }
}

fn too_early() -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("表决没有记录。", "The vote was not recorded."),
        Text::new(
            "评分还没有结束，评分包还是封存的；这时公开表决会泄露评分。",
            "Scoring is not closed and the ballots are sealed; an open vote now would give them away.",
        ),
        Text::new("请用 hecha score 评分。", "Score with hecha score."),
    )
}
