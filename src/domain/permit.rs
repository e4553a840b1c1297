//! Who may do what now: the one gate that everything a laptop records goes through, and that screens ask before they offer it.
//! The fold has checks of its own, since it reads commits of strangers; `tests/permit.rs` holds the two against each other.

use crate::domain::{
    edit::{Edit, waiver::Finalisation},
    terms::id::{ClauseId, FeedId, MemberName},
    visit::{Identity, MemberState, Visit, recusal::Recusal},
};

/// Why somebody may not do something now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Not on the roster, or retired.
    NotAMember,
    /// The laptop waits for the lead to admit it.
    Waiting,
    /// Scoring was closed before the lead had admitted the laptop: what is on it never counts.
    TooLate,
    /// The member sealed a ballot: whoever did was there.
    HasSealed,
    /// Nobody who does the lead's work says of themselves that they are not there.
    OwnAbsence,
    /// Recorded as absent, with nothing sealed: whoever is not there takes no part in what the panel discusses.
    Absent,
    /// A ballot that counts cannot be read yet.
    NotOpened,
    /// Only the lead or a deputy.
    NotTheLead,
    /// Only the lead.
    NotTheLeadsOwn,
    /// The member does not vote here.
    Recused,
    /// The own ballot is sealed.
    Sealed,
    /// The own ballot is not sealed, and its owner not recused from everything.
    NotSealed,
    /// There is no seal to take back.
    NothingSealed,
    /// Fewer than a majority have signed the record.
    NotSigned,
    /// Scoring is not closed.
    NotClosed,
    /// Scoring is closed.
    Closed,
    /// Ballots are sealed: the plan stands as it is, but for the clauses of those who are gone.
    PlanFrozen,
    /// The visit is not final.
    NotFinal,
    /// The visit is final.
    Final,
    /// The visit is final, and the facility has not objected to this since.
    NotObjected,
    /// The laptop has not joined: it only looks.
    Outside,
    /// Offices hand in, close and reopen what is on the ledger, and do nothing else.
    NotTheOffices,
}

/// Whether a member (`None`: a laptop that counts as nobody's) may do this now.
///
/// # Errors
/// The first reason why not.
pub fn permit(visit: &Visit, who: Option<&MemberName>, edit: &Edit) -> Result<(), Refusal> {
    let asked = Asked::of(visit, who)?;
    match edit {
        Edit::Finding { clause, .. }
        | Edit::Vote { clause, .. }
        | Edit::Note { clause, .. }
        | Edit::Evidence { clause, .. } => {
            permit_scoring(visit, who)?;
            asked.votes_on(clause)
        }
        Edit::Submit { .. } => {
            asked.in_time()?;
            asked.before_the_end()?;
            asked.unless(asked.is_sealed(), Refusal::Sealed)
        }
        Edit::Unseal => {
            asked.before_closing()?;
            asked.unless(!asked.is_sealed(), Refusal::NothingSealed)
        }
        // What is found out about ties after the closing is recorded and told, here and below; it moves no vote.
        Edit::Declare(_) => asked.before_the_end(),
        Edit::Close { .. } => {
            asked.leads_until_the_end()?;
            let is_free = visit.founding.is_signed_by_one() || asked.is_sealed() || asked.is_recused();
            asked.unless(!is_free, Refusal::NotSealed)
        }
        Edit::ClearVote { clause, .. } => asked.votes_openly(clause),
        Edit::Verdict { clause, .. } => asked.decides(clause),
        Edit::Final(finalisation) => asked.ends(finalisation),
        Edit::Plan(plan) => {
            asked.leads()?;
            asked.before_closing()?;
            asked.unless(!visit.admits_plan(plan.as_deref()), Refusal::PlanFrozen)
        }
        Edit::Recuse { name, clause, reason } => {
            asked.leads_until_the_end()?;
            if reason.is_none() { asked.may_lift(name, clause.as_ref()) } else { Ok(()) }
        }
        Edit::Absent { name, reason } => asked.may_record_absence(name, reason.is_none()),
        Edit::Gate { .. } | Edit::Facility { .. } => asked.leads_until_the_end(),
        // Who leads and who is a deputy only the lead says.
        Edit::Admit { name, .. } => {
            asked.may_move(visit.founding.leads(name) || visit.deputies.contains(name))
        }
        Edit::Retire { feed, n } => {
            asked.may_move(visit.is_of_chair(feed))?;
            asked.may_cut(feed, *n)
        }
        Edit::Objection { .. } | Edit::Receipt { .. } => asked.leads(),
        Edit::Deputy { .. } => {
            asked.is_the_lead()?;
            asked.before_the_end()
        }
        Edit::Slot(_) | Edit::Office { .. } => asked.is_the_lead(),
        Edit::Dissent { clause, .. } => {
            asked.counts()?;
            asked.after_closing()?;
            asked.votes_on(clause)
        }
        Edit::Sign { .. } => {
            asked.counts()?;
            asked.after_closing()
        }
        Edit::Rectify { .. } => {
            asked.counts()?;
            asked.unless(visit.finalised.is_none(), Refusal::NotFinal)
        }
        // What a laptop says of itself and of keys, without being asked.
        Edit::Found(_)
        | Edit::Join { .. }
        | Edit::JoinOffice
        | Edit::Blind { .. }
        | Edit::Device { .. }
        | Edit::Offer(_)
        | Edit::Release(_)
        | Edit::Key { .. }
        | Edit::Unknown { .. } => Ok(()),
    }
}

/// Whether a device of nobody on the panel may do this now: the office's works on the ledger, anybody else's only looks.
///
/// # Errors
/// The first reason why not.
pub fn permit_outside(visit: &Visit, feed: &FeedId, edit: &Edit) -> Result<(), Refusal> {
    match edit {
        _ if !visit.is_office(feed) => Err(Refusal::Outside),
        Edit::Rectify { step, .. } if step.is_for_offices() => match visit.finalised {
            Some(_) => Ok(()),
            None => Err(Refusal::NotFinal),
        },
        _ => Err(Refusal::NotTheOffices),
    }
}

/// Whether a member may record anything in the own ballot now.
///
/// # Errors
/// As [`permit`].
pub fn permit_scoring(visit: &Visit, who: Option<&MemberName>) -> Result<(), Refusal> {
    let asked = Asked::of(visit, who)?;
    asked.in_time()?;
    asked.before_closing()?;
    asked.unless(asked.is_sealed(), Refusal::Sealed)?;
    asked.unless(asked.is_recused(), Refusal::Recused)
}

/// Whether a member does the lead's work.
///
/// # Errors
/// As [`permit`].
pub fn permit_leading(visit: &Visit, who: Option<&MemberName>) -> Result<(), Refusal> {
    Asked::of(visit, who)?.leads()
}

/// A visit as somebody who asks meets it.
struct Asked<'v> {
    visit: &'v Visit,
    state: &'v MemberState,
}

impl<'v> Asked<'v> {
    fn of(visit: &'v Visit, who: Option<&MemberName>) -> Result<Self, Refusal> {
        let state = who.and_then(|name| visit.member(name.as_str()));
        let state = state.filter(|state| state.identity != Identity::Absent);
        state.map(|state| Self { visit, state }).ok_or(Refusal::NotAMember)
    }

    fn unless(&self, refused: bool, refusal: Refusal) -> Result<(), Refusal> {
        if refused { Err(refusal) } else { Ok(()) }
    }

    fn is_sealed(&self) -> bool {
        self.state.seals.stands() || self.state.is_submitted()
    }

    fn is_recused(&self) -> bool {
        self.visit.is_recused(self.state.member.name.as_str())
    }

    fn votes_on(&self, clause: &ClauseId) -> Result<(), Refusal> {
        let recusal = self.visit.recusal(self.state.member.name.as_str(), clause.as_str());
        self.unless(recusal.is_some(), Refusal::Recused)
    }

    /// A laptop that waits for admission works on a ballot, which counts if the lead admits it in time, and on nothing that others
    /// see.
    fn counts(&self) -> Result<(), Refusal> {
        self.in_time()?;
        self.unless(self.state.identity == Identity::Waiting, Refusal::Waiting)
    }

    /// Who was not admitted beside the roster while the votes were sealed takes no part in them.
    fn in_time(&self) -> Result<(), Refusal> {
        self.unless(self.visit.latecomers.contains(&self.state.member.name), Refusal::TooLate)
    }

    fn leads(&self) -> Result<(), Refusal> {
        self.unless(!self.visit.leads(&self.state.member.name), Refusal::NotTheLead)
    }

    fn leads_until_the_end(&self) -> Result<(), Refusal> {
        self.leads()?;
        self.before_the_end()
    }

    /// What is final is made final anew only where the facility objected since, and in place of the record in force.
    fn ends(&self, finalisation: &Finalisation) -> Result<(), Refusal> {
        self.leads()?;
        self.after_closing()?;
        let in_force = self.visit.finalised.as_ref().map(|it| it.record);
        self.unless(in_force != finalisation.revises, Refusal::Final)?;
        let is_revision = in_force.is_some();
        self.unless(is_revision && self.visit.revision.reopened.is_empty(), Refusal::Final)?;
        self.unless(!self.visit.is_signed_by_majority(&finalisation.record), Refusal::NotSigned)
    }

    fn discusses(&self, clause: &ClauseId) -> Result<(), Refusal> {
        self.after_closing()?;
        self.unless(!self.visit.is_under_discussion(clause), Refusal::NotObjected)?;
        self.votes_on(clause)
    }

    /// Whoever votes in the clear before all ballots are open moves those whose ballot nobody has read.
    fn votes_openly(&self, clause: &ClauseId) -> Result<(), Refusal> {
        self.counts()?;
        self.discusses(clause)?;
        self.is_there()?;
        self.unless(!self.visit.is_opened(), Refusal::NotOpened)
    }

    fn decides(&self, clause: &ClauseId) -> Result<(), Refusal> {
        self.leads()?;
        self.discusses(clause)?;
        if self.visit.finalised.is_some() { self.is_there() } else { Ok(()) }
    }

    fn is_the_lead(&self) -> Result<(), Refusal> {
        self.leads()?;
        self.unless(!self.visit.founding.leads(&self.state.member.name), Refusal::NotTheLeadsOwn)
    }

    /// A recusal that stood when scoring was closed stands.
    fn may_lift(&self, name: &MemberName, clause: Option<&ClauseId>) -> Result<(), Refusal> {
        let same = |it: &&Recusal| &it.name == name && it.clause.as_ref() == clause;
        let stands = self.visit.recusals.iter().filter(same).any(|it| !it.declared);
        self.unless(self.visit.closed && stands, Refusal::Closed)
    }

    /// Whoever sealed was there; that this was once said otherwise can be taken back.
    fn may_record_absence(&self, name: &MemberName, is_back: bool) -> Result<(), Refusal> {
        self.leads()?;
        self.before_closing()?;
        let has_sealed = self.visit.member(name.as_str()).is_some_and(MemberState::has_sealed);
        self.unless(has_sealed && !is_back, Refusal::HasSealed)?;
        self.unless(name == &self.state.member.name && !is_back, Refusal::OwnAbsence)
    }

    fn is_there(&self) -> Result<(), Refusal> {
        self.unless(self.visit.is_absent(self.state.member.name.as_str()), Refusal::Absent)
    }

    /// When the votes are open nothing vanishes any more that the lead has received from a device.
    fn may_cut(&self, feed: &FeedId, n: u64) -> Result<(), Refusal> {
        let has_come_to = |state: &MemberState| state.heads.get(feed).map(|head| head.n);
        let here = self.visit.members.iter().find_map(has_come_to).unwrap_or(0);
        let received = self.visit.receipts().get(feed).copied().unwrap_or(0).min(here);
        self.unless(self.visit.closed && n < received, Refusal::Closed)
    }

    /// Devices are the lead's and the deputies' to seat and to retire; those that do the lead's work the lead's alone.
    fn may_move(&self, is_of_chair: bool) -> Result<(), Refusal> {
        if is_of_chair { self.is_the_lead() } else { self.leads() }
    }

    fn before_closing(&self) -> Result<(), Refusal> {
        self.before_the_end()?;
        self.unless(self.visit.closed, Refusal::Closed)
    }

    fn after_closing(&self) -> Result<(), Refusal> {
        self.unless(!self.visit.closed, Refusal::NotClosed)
    }

    fn before_the_end(&self) -> Result<(), Refusal> {
        self.unless(self.visit.finalised.is_some(), Refusal::Final)
    }
}
