//! What is to be divided: clauses with their minutes among members with their fields.

use std::collections::BTreeSet;

use crate::domain::{
    checklist::{Checklist, Clause, effort::Minutes},
    edit::{Member, plan::Plan},
    terms::{
        amount::Amount,
        grade::Level,
        id::{ClauseId, MemberName},
    },
    visit::Visit,
};

/// Most members among whom work is divided: a set of them is the bits of a number.
pub const MOST_MEMBERS: usize = 64;

/// Some of the members, by place in the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Members(u64);

impl Members {
    /// None.
    pub const NONE: Self = Self(0);

    /// One.
    #[must_use]
    pub const fn one(at: usize) -> Self {
        Self(1 << (at % MOST_MEMBERS))
    }

    /// The first so many.
    #[must_use]
    pub const fn first(n: usize) -> Self {
        if n >= MOST_MEMBERS { Self(u64::MAX) } else { Self((1 << n) - 1) }
    }

    /// By the bits of a number, the lowest for the first.
    #[must_use]
    pub const fn of_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// Whether a member is among them.
    #[must_use]
    pub const fn has(self, at: usize) -> bool {
        self.0 & Self::one(at).0 != 0
    }

    /// How many.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// With those.
    #[must_use]
    pub const fn or(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Those that are among both.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// Without those.
    #[must_use]
    pub const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Their places, upwards.
    pub fn places(self) -> impl Iterator<Item = usize> {
        (0..MOST_MEMBERS).filter(move |at| self.has(*at))
    }
}

impl FromIterator<usize> for Members {
    fn from_iter<I: IntoIterator<Item = usize>>(places: I) -> Self {
        places.into_iter().map(Self::one).fold(Self::NONE, Self::or)
    }
}

/// What the lead asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wishes {
    /// Hours of scoring that each member has at the facility. Walking, meetings and meals are not in them.
    pub hours: Amount,
    /// Hours of each member for the documents before the visit; `None` = they are read on the day of the visit.
    pub document_hours: Option<Amount>,
    /// Votes on a core clause.
    pub core_votes: usize,
    /// Votes on any other.
    pub votes: usize,
}

impl Wishes {
    /// Hours of a day at the facility: our own default, of a working day of eight.
    pub const HOURS: i64 = 7;
    /// Hours for the documents: our own default, half a day.
    pub const DOCUMENT_HOURS: i64 = 4;
    /// Votes on a core clause: our own default, the least number of which a majority can be told.
    pub const CORE_VOTES: usize = 3;
    /// Votes on any other clause: our own default.
    pub const VOTES: usize = 1;
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            hours: Amount::whole(Self::HOURS).unwrap_or_default(),
            document_hours: Amount::whole(Self::DOCUMENT_HOURS).ok(),
            core_votes: Self::CORE_VOTES,
            votes: Self::VOTES,
        }
    }
}

/// What is to be divided among whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The members who take part, in roster order; at most [`MOST_MEMBERS`].
    pub members: Vec<Member>,
    /// The clauses, in checklist order.
    pub jobs: Vec<Job>,
}

/// A clause as work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The clause.
    pub clause: ClauseId,
    /// Whether it is core.
    pub core: bool,
    /// Minutes of each who votes on it; what is read before the visit apart from what is done there.
    pub minutes: Minutes,
    /// Votes asked for.
    pub asked: usize,
    /// Votes it gets: the most that are odd, of those asked for and of those who may vote.
    pub votes: usize,
    /// Who may vote on it.
    pub able: Members,
    /// Those of them who are of one of its fields.
    pub of_field: Members,
    /// Who votes on it whatever is divided: work that is handed out already.
    pub fixed: Members,
    /// The place of its stop among the places of the checklist.
    pub place: usize,
}

impl Job {
    /// Whether these may be the ones who vote on it.
    #[must_use]
    pub const fn admits(&self, voters: Members) -> bool {
        let has_field = self.of_field.is_empty() || !self.of_field.and(voters).is_empty();
        has_field && self.fixed.without(voters).is_empty() && voters.without(self.able).is_empty()
    }

    /// Minutes at the facility, in ten-thousandths.
    #[must_use]
    pub fn site(&self) -> u64 {
        u64::try_from(self.minutes.site.ten_thousandths()).unwrap_or(0)
    }

    /// Minutes for documents before the visit, in ten-thousandths.
    #[must_use]
    pub fn documents(&self) -> u64 {
        u64::try_from(self.minutes.documents.ten_thousandths()).unwrap_or(0)
    }
}

/// The most votes that are odd, of those asked for and of those who may vote; 0 if nobody may.
fn odd_votes(asked: usize, able: usize) -> usize {
    let most = asked.min(able);
    if most.is_multiple_of(2) { most.saturating_sub(1) } else { most }
}

impl Task {
    /// Every clause of a checklist among these members, none of them recused.
    #[must_use]
    pub fn of_panel(checklist: &Checklist, members: &[Member], wishes: &Wishes) -> Self {
        Self::build(checklist, members.to_vec(), wishes, |_, _| true)
    }

    /// The clauses of a visit among those who vote in it: nobody recused or absent.
    #[must_use]
    pub fn of_visit(visit: &Visit, wishes: &Wishes) -> Self {
        Self::of_visit_and(visit, wishes, None)
    }

    /// The same, with one more member if there is one.
    #[must_use]
    pub fn of_visit_and(visit: &Visit, wishes: &Wishes, more: Option<Member>) -> Self {
        let members = visit.voting().map(|state| state.member.clone()).chain(more).collect();
        let is_able = |member: &Member, clause: &Clause| {
            visit.recusal(member.name.as_str(), clause.id.as_str()).is_none()
        };
        Self::build(&visit.founding.checklist, members, wishes, is_able)
    }

    /// The same when work is handed out already: what a plan gave to those who are still there stays theirs, and only what others
    /// leave behind is divided. Whoever has sealed takes nothing more.
    #[must_use]
    pub fn again(visit: &Visit, plan: &Plan, wishes: &Wishes) -> Self {
        let mut task = Self::of_visit(visit, wishes);
        let has_sealed = |at: usize| {
            let name = task.members.get(at).map_or("", |member| member.name.as_str());
            visit.member(name).is_some_and(|state| state.has_sealed())
        };
        let sealed: Members = (0..task.members.len()).filter(|at| has_sealed(*at)).collect();
        for job in &mut task.jobs {
            let planned = plan.voters(&job.clause);
            let has = |at: &usize| task.members.get(*at).is_some_and(|member| planned.contains(&member.name));
            job.fixed = job.able.and((0..task.members.len()).filter(has).collect());
            job.asked = planned.len().max(usize::from(planned.is_empty()) * job.asked);
            job.able = job.able.without(sealed).or(job.fixed);
            job.of_field = job.of_field.and(job.able);
            job.votes = odd_votes(job.asked, job.able.len()).max(job.fixed.len());
        }
        task
    }

    fn build(
        checklist: &Checklist,
        mut members: Vec<Member>,
        wishes: &Wishes,
        is_able: impl Fn(&Member, &Clause) -> bool,
    ) -> Self {
        members.truncate(MOST_MEMBERS);
        let mut places: Vec<&str> = Vec::new();
        let jobs = checklist.clauses().map(|clause| {
            let place = places.iter().position(|it| *it == clause.place.zh).unwrap_or(places.len());
            if place == places.len() {
                places.push(&clause.place.zh);
            }
            let who = |wanted: &dyn Fn(&Member) -> bool| -> Members {
                let wanted = members.iter().enumerate().filter(|(_, member)| wanted(member));
                wanted.map(|(at, _)| at).collect()
            };
            let able = who(&|member| is_able(member, clause));
            let of_field = who(&|member| clause.fields.contains(&member.field)).and(able);
            let asked = if clause.core { wishes.core_votes } else { wishes.votes };
            let votes = odd_votes(asked, able.len());
            let minutes = wishes.when(checklist.minutes(clause));
            let (clause, core, fixed) = (clause.id.clone(), clause.core, Members::NONE);
            Job { clause, core, minutes, asked, votes, able, of_field, fixed, place }
        });
        let jobs = jobs.collect();
        Self { members, jobs }
    }

    /// The same without what only an A asks for, in core clauses: the least that the standards ask of them.
    #[must_use]
    pub fn without_a_in_core(mut self, checklist: &Checklist, wishes: &Wishes) -> Self {
        for job in self.jobs.iter_mut().filter(|job| job.core) {
            if let Some(clause) = checklist.clause(job.clause.as_str()) {
                let mut lesser = clause.as_ref().clone();
                lesser.points.retain(|point| point.level != Level::A);
                job.minutes = wishes.when(checklist.minutes(&lesser));
            }
        }
        self
    }

    /// The names of some of the members.
    #[must_use]
    pub fn names(&self, members: Members) -> BTreeSet<MemberName> {
        members.places().filter_map(|at| Some(self.members.get(at)?.name.clone())).collect()
    }
}

impl Wishes {
    /// When the minutes of a clause are spent: documents on the day of the visit, if no day is given to them.
    fn when(&self, minutes: Minutes) -> Minutes {
        match self.document_hours {
            Some(_) => minutes,
            None => Minutes { site: minutes.site.plus(minutes.documents), documents: Amount::ZERO },
        }
    }
}
