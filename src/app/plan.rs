//! Dividing the work: a plan made of the visit as it stands, and the plan that the visit keeps.

mod sheets;

use std::sync::Arc;

use serde_json::Value;

use crate::{
    app::{failure::Failure, session::Session},
    domain::{
        edit::{Edit, plan::Plan},
        plan::{
            lack::Offer,
            proposal::Proposal,
            task::{Task, Wishes},
        },
        terms::lang::Lang,
    },
    report::json::plan as json,
};

impl Session {
    /// A division of the work by these wishes. `again` keeps what the plan in force gave to those who are still there, and divides only
    /// what others leave behind.
    #[must_use]
    pub(crate) fn propose(&self, wishes: Wishes, again: bool) -> Proposal {
        let task = match self.visit.plan().filter(|_| again) {
            Some(plan) => Task::again(&self.visit, plan, &wishes),
            None => Task::of_visit(&self.visit, &wishes),
        };
        Proposal::make(task, wishes)
    }

    /// What would help a proposal that does not fit.
    #[must_use]
    pub(crate) fn offers(&self, proposal: &Proposal) -> Vec<Offer> {
        let checklist = &self.visit.founding.checklist;
        proposal.offers(checklist, |wishes, member| Task::of_visit_and(&self.visit, wishes, member))
    }

    /// A proposal and what would help it, as JSON.
    #[must_use]
    pub(crate) fn proposal_json(&self, proposal: &Proposal, offers: &[Offer], lang: Lang) -> Value {
        json::proposal(proposal, &self.visit.founding.checklist, offers, lang)
    }

    /// Says who votes on what; `None`: everybody on everything. What was scored stays; what is off the plan becomes a note.
    ///
    /// # Errors
    /// If this laptop does not do the lead's work, ballots are sealed, or the store fails.
    pub(in crate::app) fn set_plan(&mut self, plan: Option<Plan>) -> Result<(), Failure> {
        if self.visit.plan() == plan.as_ref() {
            return self.as_lead();
        }
        let edit = Edit::Plan(plan.map(Arc::new));
        self.may(&edit)?;
        self.write(vec![(edit, None)])
    }
}
