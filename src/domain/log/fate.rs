//! What became of what was recorded: it counts, something replaced it, or it does not count, and why.

use crate::domain::{
    ballot::{cell::Kept, fits, seal::BallotState},
    edit::{Edit, Stamp, commit::LoggedCommit},
    log::{
        Ledger, Reader,
        entry::{By, Fate, Kind, Why},
        order::Raw,
    },
    terms::id::{ClauseId, MemberName},
    visit::{Identity, MemberState, Visit, closing::Closing, told::Place},
};

/// What is known of an edit.
pub(super) struct Facts<'a> {
    pub(super) visit: &'a Visit,
    pub(super) raw: &'a Raw<'a>,
    pub(super) by: &'a By,
    pub(super) reader: Reader<'a>,
    pub(super) ledger: &'a Ledger,
}

/// What became of it.
pub(super) fn of(facts: &Facts<'_>, kind: Kind) -> Fate {
    match facts.judged(kind) {
        Ok(()) => Fate::Counts,
        Err(fate) => fate,
    }
}

const fn void(why: Why) -> Fate {
    Fate::Void(why)
}

const fn holds(it: bool, otherwise: Fate) -> Result<(), Fate> {
    if it { Ok(()) } else { Err(otherwise) }
}

impl Facts<'_> {
    /// Nothing if it counts. No kind is left to a default, so that a new one is thought of.
    fn judged(&self, kind: Kind) -> Result<(), Fate> {
        let visit = self.visit;
        // It shows here what it records itself, and counts nowhere yet.
        let waits = self.state().is_some_and(|state| state.identity == Identity::Waiting);
        holds(!waits, void(Why::NotAdmitted))?;
        match self.raw.edit {
            Edit::Finding { clause, .. }
            | Edit::Vote { clause, .. }
            | Edit::Note { clause, .. }
            | Edit::Evidence { clause, .. } => self.of_ballot(clause),
            Edit::ClearVote { clause, .. } => {
                self.said(Some(clause), false)?;
                let is_absent = self.name().is_some_and(|name| visit.is_absent(name.as_str()));
                holds(!is_absent, void(Why::LeftOut))?;
                self.fits()
            }
            Edit::Dissent { clause, .. } => {
                self.said(Some(clause), false)?;
                self.fits()
            }
            Edit::Verdict { clause, .. } => {
                self.said(Some(clause), true)?;
                self.fits()
            }
            Edit::Gate { .. } | Edit::Facility { .. } | Edit::Objection { .. } => self.said(None, true),
            Edit::Absent { name, reason } => {
                let is_own = reason.is_some() && self.name() == Some(name);
                holds(!is_own, void(Why::NoRight))?;
                self.said(None, true)?;
                holds(self.before_closing(), void(Why::AfterClosing))?;
                // Who has sealed is not absent, whoever recorded it.
                let is_there = self
                    .visit
                    .member(name.as_str())
                    .is_some_and(|state| state.seals.stands() || state.ballot_state.counts());
                holds(!is_there, void(Why::NotValid))
            }
            Edit::Recuse { .. } | Edit::Plan(_) => {
                self.said(None, true)?;
                holds(self.before_closing(), void(Why::AfterClosing))
            }
            Edit::Declare(_) => {
                self.said(None, false)?;
                let is_bound = kind == Kind::RecusalAsked && !self.before_closing();
                holds(!is_bound, void(Why::AfterClosing))
            }
            Edit::Submit { .. } => self.sealed(),
            Edit::Unseal => {
                self.said(None, false)?;
                let counted = self.state().is_some_and(|state| !state.counted_seals.is_empty());
                holds(!(visit.closed && counted), void(Why::AfterClosing))
            }
            Edit::Sign { record, .. } => {
                self.took_effect(None, false)?;
                holds(record == self.reader.record, void(Why::OtherRecord))
            }
            Edit::Slot(slot) => {
                self.took_effect(None, true)?;
                holds(visit.slots().last() == Some(slot), Fate::Replaced)
            }
            Edit::Close { .. } => self.closed(),
            Edit::Final(finalisation) => {
                self.seated()?;
                holds(self.leads(), void(Why::NoRight))?;
                holds(visit.finalised.as_ref() == Some(finalisation), void(Why::NotValid))
            }
            Edit::Rectify { .. } => self.on_ledger(),
            Edit::Unknown { .. } => Err(void(Why::Unknown)),
            Edit::Found(_) | Edit::Blind { .. } | Edit::Receipt { .. } => Ok(()),
            Edit::Device { .. } | Edit::Offer(_) | Edit::Release(_) | Edit::Key { .. } => self.seated(),
            Edit::Join { .. }
            | Edit::JoinOffice
            | Edit::Admit { .. }
            | Edit::Deputy { .. }
            | Edit::Office { .. }
            | Edit::Retire { .. } => self.of_seats(),
        }
    }

    fn place(&self) -> Option<&Place> {
        self.raw.place.as_ref()
    }

    fn name(&self) -> Option<&MemberName> {
        if let By::Member(name) = self.by { Some(name) } else { None }
    }

    fn state(&self) -> Option<&MemberState> {
        self.visit.member(self.name()?.as_str())
    }

    fn leads(&self) -> bool {
        self.place().is_some_and(|it| it.leads)
    }

    fn before_closing(&self) -> bool {
        self.place().is_some_and(|it| it.before_closing)
    }

    /// Whether somebody of the panel sat there, at a device that counted.
    fn seated(&self) -> Result<(), Fate> {
        let Some(place) = self.place().filter(|it| it.owner.is_some() || it.is_office) else {
            return Err(void(Why::NotAdmitted));
        };
        holds(place.counts, void(Why::Retired))
    }

    /// Whether it took effect when it was recorded; if not, why.
    fn took_effect(&self, clause: Option<&ClauseId>, for_chair: bool) -> Result<&Stamp, Fate> {
        if let Some(stamp) = self.raw.stamp {
            return Ok(stamp);
        }
        self.seated()?;
        holds(!for_chair || self.leads(), void(Why::NoRight))?;
        let is_recused = self
            .name()
            .zip(clause)
            .is_some_and(|(name, clause)| self.visit.recusal(name.as_str(), clause.as_str()).is_some());
        holds(!is_recused, void(Why::Recused))?;
        let is_in_scope = self.place().is_some_and(|it| it.in_scope);
        holds(is_in_scope, void(Why::AfterEnd))?;
        Err(void(match self.raw.edit {
            Edit::ClearVote { .. } | Edit::Dissent { .. } | Edit::Verdict { .. } | Edit::Sign { .. } => {
                Why::TooEarly
            }
            // A deputy does all of the lead's work but this.
            Edit::Slot(_) => Why::NoRight,
            // What a device said before it was anybody's.
            _ => Why::NotAdmitted,
        }))
    }

    /// The same, and whether it stands.
    fn said(&self, clause: Option<&ClauseId>, for_chair: bool) -> Result<(), Fate> {
        let stamp = self.took_effect(clause, for_chair)?;
        self.stands(stamp)
    }

    fn stands(&self, stamp: &Stamp) -> Result<(), Fate> {
        let Some(name) = self.name() else { return Ok(()) };
        match self.visit.kept(name, stamp, self.raw.edit) {
            Some(Kept::Replaced) => Err(Fate::Replaced),
            Some(Kept::Contested) => Err(void(Why::Conflict)),
            Some(Kept::Stands) | None => Ok(()),
        }
    }

    fn of_ballot(&self, clause: &ClauseId) -> Result<(), Fate> {
        let Some(stamp) = self.raw.stamp else {
            // A device that was nobody's then is somebody's in what counts.
            if self.place().is_none_or(|it| it.counted_for.is_none()) {
                self.seated()?;
            }
            return Err(void(if self.visit.closed { Why::Late } else { Why::AfterSeal }));
        };
        self.stands(stamp)?;
        let name = self.name().map_or("", MemberName::as_str);
        holds(self.visit.recusal(name, clause.as_str()).is_none(), void(Why::Recused))?;
        self.fits()?;
        match self.state().map(|state| state.ballot_state) {
            Some(BallotState::LeftOut) => Err(void(Why::LeftOut)),
            Some(BallotState::Unopened) if self.visit.finalised.is_some() => Err(void(Why::Unopened)),
            _ => Ok(()),
        }
    }

    /// Whether it fits what the checklist asks; to take something back always does.
    fn fits(&self) -> Result<(), Fate> {
        let checklist = &self.visit.founding.checklist;
        let clause = |id: &ClauseId| checklist.clause(id.as_str()).ok_or_else(|| void(Why::Unfit));
        let fit = match self.raw.edit {
            Edit::Vote { clause: id, value: Some(stand) }
            | Edit::ClearVote { clause: id, value: Some(stand) } => fits(stand.choice, clause(id)?),
            Edit::Verdict { clause: id, value: Some(verdict) } => fits(verdict.decision.into(), clause(id)?),
            Edit::Finding { clause: id, point, value: Some(finding) } => {
                let point = clause(id)?.point(point.as_str()).ok_or_else(|| void(Why::Unfit))?;
                let list = point.measure.list().and_then(|list| checklist.list(list.as_str()));
                finding.check(point, list).is_ok()
            }
            _ => true,
        };
        holds(fit, void(Why::Unfit))
    }

    fn sealed(&self) -> Result<(), Fate> {
        let stamp = self.took_effect(None, false)?;
        let named = |commit: &LoggedCommit| {
            self.state().is_some_and(|state| state.counted_seals.contains(&commit.id))
        };
        if self.raw.commit.is_some_and(named) {
            return Ok(());
        }
        self.stands(stamp)?;
        holds(!self.visit.closed, void(Why::Late))
    }

    /// A closing record that counts.
    fn closed(&self) -> Result<(), Fate> {
        self.seated()?;
        holds(self.leads(), void(Why::NoRight))?;
        // In no commit yet, it takes effect with the next sync.
        let Some(commit) = self.raw.commit else { return Ok(()) };
        let is_it = |closing: &Closing| closing.commit == commit.id;
        holds(self.visit.closings.iter().any(is_it), void(Why::NotValid))
    }

    fn of_seats(&self) -> Result<(), Fate> {
        let visit = self.visit;
        let feed = self.raw.commit.map_or(self.reader.feed, |commit| &commit.feed);
        let sits = |name: &MemberName, feed| {
            visit.member(name.as_str()).is_some_and(|state| state.feeds.contains(feed))
        };
        match self.raw.edit {
            Edit::Join { .. } | Edit::JoinOffice => return self.seated(),
            _ => {
                self.seated()?;
                holds(self.leads(), void(Why::NoRight))?;
            }
        }
        let stands = match self.raw.edit {
            Edit::Admit { feed, name, .. } => sits(name, feed) || visit.retired.contains_key(feed),
            Edit::Deputy { name } => visit.deputies.contains(name),
            Edit::Office { feed } => visit.offices.contains(feed),
            Edit::Retire { feed: gone, .. } => gone != feed && visit.retired.contains_key(gone),
            _ => true,
        };
        // Nothing waits for the next sync that is in no commit yet.
        holds(stands || self.raw.commit.is_none(), Fate::Replaced)
    }

    fn on_ledger(&self) -> Result<(), Fate> {
        let Some(stamp) = self.raw.stamp else {
            self.seated()?;
            return Err(void(Why::TooEarly));
        };
        let lamport = self.raw.commit.map_or(u64::MAX, |commit| commit.lamport);
        let turn = (lamport, stamp.feed.clone(), stamp.n, stamp.commit.clone(), stamp.index);
        match self.ledger.steps.get(&turn) {
            Some(Some(refusal)) => Err(Fate::Refused(*refusal)),
            Some(None) => Ok(()),
            None => Err(void(Why::TooEarly)),
        }
    }
}
