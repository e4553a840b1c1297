//! One division of the work, with the load of each member.

use crate::domain::plan::task::{Job, Members, Task};

/// Who votes on what, and what that comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// By clause, in the order of the task: who votes on it.
    pub voters: Vec<Members>,
    /// By member: minutes at the facility, in ten-thousandths.
    pub site: Vec<u64>,
    /// By member: minutes for documents before the visit, in ten-thousandths.
    pub documents: Vec<u64>,
}

impl Division {
    /// Nothing but what is handed out already.
    #[must_use]
    pub fn fixed(task: &Task) -> Self {
        let n = task.members.len();
        let mut division =
            Self { voters: vec![Members::NONE; task.jobs.len()], site: vec![0; n], documents: vec![0; n] };
        for (at, job) in task.jobs.iter().enumerate() {
            for member in job.fixed.places() {
                division.give(at, job, member);
            }
        }
        division
    }

    /// These voters, by clause.
    #[must_use]
    pub fn of(task: &Task, voters: &[Members]) -> Self {
        let mut division = Self::fixed(&Task { members: task.members.clone(), jobs: Vec::new() });
        division.voters = vec![Members::NONE; task.jobs.len()];
        for (at, (job, voters)) in task.jobs.iter().zip(voters).enumerate() {
            for member in voters.places().filter(|member| *member < task.members.len()) {
                division.give(at, job, member);
            }
        }
        division
    }

    /// Minutes of the most loaded member at the facility, in ten-thousandths.
    #[must_use]
    pub fn most(&self) -> u64 {
        self.site.iter().copied().max().unwrap_or(0)
    }

    /// Minutes of the most loaded member for documents, in ten-thousandths.
    #[must_use]
    pub fn most_documents(&self) -> u64 {
        self.documents.iter().copied().max().unwrap_or(0)
    }

    /// Minutes of a member at the facility.
    pub(super) fn load(&self, member: usize) -> u64 {
        self.site.get(member).copied().unwrap_or(0)
    }

    /// Minutes of a member for documents.
    pub(super) fn papers(&self, member: usize) -> u64 {
        self.documents.get(member).copied().unwrap_or(0)
    }

    /// Who votes on a clause.
    pub(super) fn voters(&self, job: usize) -> Members {
        self.voters.get(job).copied().unwrap_or_default()
    }

    /// Gives a clause to one more.
    pub(super) fn give(&mut self, at: usize, job: &Job, member: usize) {
        if let Some(voters) = self.voters.get_mut(at) {
            *voters = voters.or(Members::one(member));
        }
        if let (Some(site), Some(documents)) = (self.site.get_mut(member), self.documents.get_mut(member)) {
            *site += job.site();
            *documents += job.documents();
        }
    }

    /// Takes a clause from somebody who has it.
    pub(super) fn take(&mut self, at: usize, job: &Job, member: usize) {
        if let Some(voters) = self.voters.get_mut(at) {
            *voters = voters.without(Members::one(member));
        }
        if let (Some(site), Some(documents)) = (self.site.get_mut(member), self.documents.get_mut(member)) {
            *site -= job.site();
            *documents -= job.documents();
        }
    }
}
