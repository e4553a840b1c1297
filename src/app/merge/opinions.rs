//! Opinions that stay beside the verdict: why a member's vote differs, minority opinions, and objections of the facility.

use crate::{
    app::{
        failure::{Exit, Failure},
        session::Session,
        system,
        visit::interests::check_clause,
    },
    domain::{
        edit::{Edit, dissent::Dissent, objection::Objection},
        terms::{id::ClauseId, lang::Text},
    },
};

impl Session {
    /// Records why the member's own vote for a clause differs; `None` takes it back.
    ///
    /// # Errors
    /// If the ballot is not submitted, the member has no vote there, nothing is said, the visit is final, or the store fails.
    pub(in crate::app) fn dissent(
        &mut self,
        clause: ClauseId,
        value: Option<Dissent>,
    ) -> Result<(), Failure> {
        self.record(vec![Edit::Dissent { clause, value }])
    }

    /// Records what the facility objects to, with the panel's answer; `None` takes it back. A clause of `None` is the report
    /// as a whole.
    ///
    /// # Errors
    /// If this laptop does not do the lead's work, the clause is not known, the text is empty, the visit is final, or the
    /// store fails.
    pub(in crate::app) fn object(
        &mut self,
        clause: Option<ClauseId>,
        value: Option<Objection>,
    ) -> Result<(), Failure> {
        self.record(vec![Edit::Objection { clause, value }])
    }

    /// A dissent or an objection, if it may be made now.
    pub(in crate::app) fn checked_opinion(&self, edit: Edit) -> Result<Edit, Failure> {
        // A clock that tells no day keeps nobody from saying anything.
        let today = system::day().ok();
        match edit {
            Edit::Dissent { clause, value } => {
                self.has_voted(&clause)?;
                match &value {
                    Some(it) if it.minority && it.text.is_empty() => Err(opinion_missing()),
                    Some(it) if it.cause.is_none() && it.text.is_empty() => Err(nothing_said()),
                    _ => Ok(Edit::Dissent {
                        clause,
                        value: value.map(|it| Dissent { on: it.on.or(today), ..it }),
                    }),
                }
            }
            Edit::Objection { clause, value } => {
                if let Some(clause) = &clause {
                    check_clause(&self.visit.founding.checklist, clause)?;
                }
                match &value {
                    Some(it) if it.text.is_empty() => Err(objection_missing()),
                    _ => {
                        let value = value.map(|it| Objection { on: it.on.or(today), ..it });
                        Ok(Edit::Objection { clause, value })
                    }
                }
            }
            _ => Err(Failure::bug("not an opinion")),
        }
    }

    /// Only a vote of one's own can be explained.
    fn has_voted(&self, clause: &ClauseId) -> Result<(), Failure> {
        let asked = self.clause(clause.as_str())?;
        let has = self.my_state().is_some_and(|state| self.visit.vote(state, asked).is_scored());
        has.then_some(()).ok_or_else(no_vote)
    }
}

fn not_recorded(exit: Exit, why: Text, next: Text) -> Failure {
    Failure::new(exit, Text::new("意见没有记录。", "The opinion was not recorded."), why, next)
}

fn no_vote() -> Failure {
    not_recorded(
        Exit::Fixable,
        Text::new("您没有评这个条款。", "You did not vote on this clause."),
        Text::new("只能说明自己评过的条款。", "You can only explain a vote of your own."),
    )
}

fn nothing_said() -> Failure {
    not_recorded(
        Exit::Fixable,
        Text::new("没有选择原因，也没有写说明。", "Neither a cause nor a text was given."),
        Text::new("请选择原因或写一句说明。", "Choose a cause or write a sentence."),
    )
}

fn opinion_missing() -> Failure {
    not_recorded(
        Exit::Fixable,
        Text::new("少数意见是空的。", "The minority opinion is empty."),
        Text::new("请写明意见，它会印在报告里。", "Write it down; it is printed in the report."),
    )
}

fn objection_missing() -> Failure {
    not_recorded(
        Exit::Fixable,
        Text::new("没有写明机构的异议。", "The facility's objection is empty."),
        Text::new("请写明异议内容。", "Write down what is objected to."),
    )
}
