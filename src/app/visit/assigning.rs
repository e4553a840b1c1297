//! Dividing the work: who owes a vote on which clause.

use crate::{
    app::{failure::Failure, session::Session},
    domain::edit::{Edit, assignment::Assignment},
};

impl Session {
    /// Says how the clauses are divided among the members. What was scored stays, whoever owed it.
    ///
    /// # Errors
    /// If this laptop does not do the lead's work or the store fails.
    pub(in crate::app) fn assign(&mut self, assignment: Assignment) -> Result<(), Failure> {
        self.may(&Edit::Assign(assignment))?;
        if self.visit.assignment() == assignment {
            return Ok(());
        }
        self.write(vec![(Edit::Assign(assignment), None)])
    }
}
