//! A division as it is shown: who has how many minutes, how each clause is covered, whether it fits.

use crate::domain::{
    checklist::Checklist,
    edit::plan::{DocumentPhase, Plan},
    plan::{
        division::Division,
        search::{Found, divide},
        task::{Members, Task, Wishes},
    },
    terms::{
        amount::Amount,
        date::Date,
        field::Field,
        id::{ClauseId, MemberName},
    },
};

/// A division of the work, measured against what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What was asked for.
    pub wishes: Wishes,
    /// What was divided.
    pub task: Task,
    /// Who votes on what.
    pub division: Division,
    /// The least minutes that the most loaded member can have at the facility, whatever is divided.
    pub lower_bound: Amount,
    /// The members who are bound to that.
    pub bound: Members,
}

/// What a member has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// Who.
    pub name: MemberName,
    /// Field.
    pub field: Field,
    /// Minutes at the facility.
    pub minutes: Amount,
    /// Minutes for documents before the visit.
    pub documents: Amount,
    /// The clauses, in checklist order.
    pub clauses: Vec<ClauseId>,
}

/// How a clause is covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedClause {
    /// The clause.
    pub clause: ClauseId,
    /// Whether it is core.
    pub core: bool,
    /// Votes.
    pub votes: usize,
    /// Votes asked for.
    pub asked: usize,
    /// Whether one of its field votes; a clause that names no field is covered by anybody.
    pub field_covered: bool,
    /// Minutes of each who votes on it, at the facility.
    pub minutes: Amount,
}

/// Minutes from ten-thousandths.
pub(super) fn minutes(ten_thousandths: u64) -> Amount {
    i64::try_from(ten_thousandths).ok().and_then(Amount::from_ten_thousandths).unwrap_or_default()
}

impl Proposal {
    /// The best division that is found.
    #[must_use]
    pub fn make(task: Task, wishes: Wishes) -> Self {
        let Found { division, lower_bound, bound } = divide(&task);
        Self { wishes, task, division, lower_bound: minutes(lower_bound), bound }
    }

    /// The same task as a plan divides it, for one that was changed by hand.
    #[must_use]
    pub fn of_plan(task: Task, wishes: Wishes, plan: &Plan) -> Self {
        let has = |clause: &ClauseId, at: &usize| {
            task.members.get(*at).is_some_and(|member| plan.has(clause, &member.name))
        };
        let places = 0..task.members.len();
        let voters = |clause: &ClauseId| -> Members { places.clone().filter(|at| has(clause, at)).collect() };
        let voters: Vec<Members> = task.jobs.iter().map(|job| voters(&job.clause).and(job.able)).collect();
        let division = Division::of(&task, &voters);
        let (lower_bound, bound) = super::bound::lower_bound(&task);
        Self { wishes, task, division, lower_bound: minutes(lower_bound), bound }
    }

    /// Lets a member vote on a clause, or no longer; whether that can be.
    pub fn toggle(&mut self, job: usize, member: usize) -> bool {
        let Some(it) = self.task.jobs.get(job).filter(|it| it.able.has(member) && !it.fixed.has(member))
        else {
            return false;
        };
        if self.division.voters(job).has(member) {
            self.division.take(job, it, member);
        } else {
            self.division.give(job, it, member);
        }
        true
    }

    /// The plan that a visit keeps.
    #[must_use]
    pub fn plan(&self, documents_on: Option<Date>) -> Plan {
        let documents = self.wishes.document_hours.map(|hours| DocumentPhase { on: documents_on, hours });
        let mut plan = Plan::new(self.wishes.hours, documents);
        for (job, voters) in self.task.jobs.iter().zip(&self.division.voters) {
            for name in self.task.names(*voters) {
                plan.give(&job.clause, &name);
            }
        }
        plan
    }

    /// What each member has to do, in roster order.
    pub fn loads(&self) -> impl Iterator<Item = Load> {
        self.task.members.iter().enumerate().map(|(at, member)| {
            let jobs = self.task.jobs.iter().zip(&self.division.voters);
            Load {
                name: member.name.clone(),
                field: member.field,
                minutes: minutes(self.division.load(at)),
                documents: minutes(self.division.papers(at)),
                clauses: jobs
                    .filter(|(_, voters)| voters.has(at))
                    .map(|(job, _)| job.clause.clone())
                    .collect(),
            }
        })
    }

    /// How each clause is covered, in checklist order. `checklist` tells which clauses name a field.
    pub fn clauses(&self, checklist: &Checklist) -> impl Iterator<Item = PlannedClause> {
        self.task.jobs.iter().zip(&self.division.voters).map(|(job, voters)| {
            let names_field = checklist.clause(job.clause.as_str()).is_some_and(|it| !it.fields.is_empty());
            PlannedClause {
                clause: job.clause.clone(),
                core: job.core,
                votes: voters.len(),
                asked: job.asked,
                field_covered: !names_field || !job.of_field.and(*voters).is_empty(),
                minutes: job.minutes.site,
            }
        })
    }

    /// Minutes of the most loaded member: at the facility, and for documents.
    #[must_use]
    pub fn most(&self) -> (Amount, Amount) {
        (minutes(self.division.most()), minutes(self.division.most_documents()))
    }

    /// Minutes that the most loaded member has more than the hours, at the facility.
    #[must_use]
    pub fn excess(&self) -> Amount {
        over(self.division.most(), self.wishes.hours)
    }

    /// The same for the documents before the visit.
    #[must_use]
    pub fn excess_documents(&self) -> Amount {
        self.wishes.document_hours.map_or(Amount::ZERO, |hours| over(self.division.most_documents(), hours))
    }

    /// The clauses that have fewer votes than asked for.
    pub fn short(&self) -> impl Iterator<Item = &ClauseId> {
        let jobs = self.task.jobs.iter().zip(&self.division.voters);
        jobs.filter(|(job, voters)| voters.len() < job.asked).map(|(job, _)| &job.clause)
    }

    /// Whether every vote that was asked for has its place in the hours.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.excess() == Amount::ZERO
            && self.excess_documents() == Amount::ZERO
            && self.short().next().is_none()
    }
}

/// Minutes beyond the hours.
fn over(ten_thousandths: u64, hours: Amount) -> Amount {
    let most = u64::try_from(hours.times(60).ten_thousandths()).unwrap_or(0);
    minutes(ten_thousandths.saturating_sub(most))
}
