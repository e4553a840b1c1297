//! What of a proposal does not fit, and what would: each offer was tried.

use crate::domain::{
    checklist::Checklist,
    edit::Member,
    plan::{
        proposal::Proposal,
        task::{Task, Wishes},
    },
    terms::{
        amount::Amount,
        field::Field,
        id::{ClauseId, MemberName},
        written::Line,
    },
};

/// What does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// The most loaded member has more minutes at the facility than the hours.
    Site {
        /// Who.
        name: MemberName,
        /// Minutes too many.
        minutes: Amount,
    },
    /// The same for the documents before the visit.
    Documents {
        /// Who.
        name: MemberName,
        /// Minutes too many.
        minutes: Amount,
    },
    /// Fewer members may vote on these clauses than votes were asked for.
    Votes {
        /// The clauses.
        clauses: Vec<ClauseId>,
    },
}

impl Lack {
    /// Minutes too many; none where votes are missing.
    #[must_use]
    pub const fn minutes(&self) -> Amount {
        match self {
            Self::Site { minutes, .. } | Self::Documents { minutes, .. } => *minutes,
            Self::Votes { .. } => Amount::ZERO,
        }
    }
}

/// What would be less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What.
    pub way: Way,
    /// Minutes of the most loaded member then: at the facility, and for documents.
    pub most: (Amount, Amount),
    /// Whether all fits then.
    pub fits: bool,
}

/// What could be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Fewer votes on clauses that are not core.
    FewerVotes(usize),
    /// Fewer votes on core clauses.
    FewerCoreVotes(usize),
    /// Documents before the visit, with so many hours.
    DocumentsBefore(Amount),
    /// Core clauses at C and B only.
    CoreWithoutA,
    /// One more member of this field.
    OneMore(Field),
}

impl Proposal {
    /// What does not fit.
    #[must_use]
    pub fn lacks(&self) -> Vec<Lack> {
        let most = |of: &[u64]| {
            let top = of.iter().enumerate().max_by_key(|(at, load)| (**load, std::cmp::Reverse(*at)));
            top.and_then(|(at, _)| Some(self.task.members.get(at)?.name.clone()))
        };
        let mut lacks = Vec::new();
        if let Some(name) = most(&self.division.site).filter(|_| self.excess() > Amount::ZERO) {
            lacks.push(Lack::Site { name, minutes: self.excess() });
        }
        if let Some(name) = most(&self.division.documents).filter(|_| self.excess_documents() > Amount::ZERO)
        {
            lacks.push(Lack::Documents { name, minutes: self.excess_documents() });
        }
        let clauses: Vec<ClauseId> = self.short().cloned().collect();
        if !clauses.is_empty() {
            lacks.push(Lack::Votes { clauses });
        }
        lacks
    }

    /// What would fit, or come nearer to it; tried on a whole panel, `again` makes the task anew with other wishes and members.
    pub fn offers(
        &self,
        checklist: &Checklist,
        again: impl Fn(&Wishes, Option<Member>) -> Task,
    ) -> Vec<Offer> {
        let changed = |change: &dyn Fn(&mut Wishes)| {
            let mut wishes = self.wishes.clone();
            change(&mut wishes);
            wishes
        };
        let Wishes { votes, core_votes, .. } = self.wishes;
        let usual = Wishes::default().document_hours.unwrap_or_default();
        let more = self.field_in_need(checklist);
        let mut tried = Vec::new();
        let mut attempt = |way: Way, wishes: Wishes, task: Task| {
            let it = Self::make(task, wishes);
            tried.push(Offer { way, most: it.most(), fits: it.fits() });
        };
        if votes > 1 {
            let wishes = changed(&|it| it.votes = votes - 2);
            attempt(Way::FewerVotes(votes - 2), wishes.clone(), again(&wishes, None));
        }
        if core_votes > Wishes::CORE_VOTES {
            let wishes = changed(&|it| it.core_votes = core_votes - 2);
            attempt(Way::FewerCoreVotes(core_votes - 2), wishes.clone(), again(&wishes, None));
        }
        if self.wishes.document_hours.is_none() {
            let wishes = changed(&|it| it.document_hours = Some(usual));
            attempt(Way::DocumentsBefore(usual), wishes.clone(), again(&wishes, None));
        }
        let lesser = again(&self.wishes, None).without_a_in_core(checklist, &self.wishes);
        attempt(Way::CoreWithoutA, self.wishes.clone(), lesser);
        if let Some((field, member)) = more {
            attempt(Way::OneMore(field), self.wishes.clone(), again(&self.wishes, Some(member)));
        }
        // What is no better than now is no offer.
        tried.retain(|offer| offer.fits || offer.most < self.most());
        tried
    }

    /// The field whose experts have most, and somebody of it who is not there.
    fn field_in_need(&self, checklist: &Checklist) -> Option<(Field, Member)> {
        let bound_to = |field: Field| -> u64 {
            let needs = |clause: &ClauseId| {
                checklist.clause(clause.as_str()).is_some_and(|it| it.fields.contains(&field))
            };
            let own = |at: usize| self.task.members.get(at).is_some_and(|member| member.field == field);
            let jobs = self.task.jobs.iter().zip(&self.division.voters).filter(|(job, _)| needs(&job.clause));
            jobs.map(|(job, voters)| job.site() * voters.places().filter(|at| own(*at)).count() as u64).sum()
        };
        let in_need = self.bound.places().filter_map(|at| Some(self.task.members.get(at)?.field));
        let field = in_need.max_by_key(|field| (bound_to(*field), std::cmp::Reverse(*field)))?;
        let name = MemberName::new(field.key());
        Some((field, Member { name, field, title: Line::default() }))
    }
}
