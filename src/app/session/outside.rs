//! A laptop that has not joined: what it sees and what it may do. An office, which has a feed of its own and sits nowhere, sees
//! what everybody may see and works on the ledger beside.

use crate::{
    app::{
        failure::{Failure, wording},
        home::Home,
        session::{
            Session,
            load::{self, Look},
        },
    },
    domain::{
        permit::Refusal,
        terms::{
            id::{MemberName, VisitId},
            lang::Lang,
        },
        visit::{Identity, MemberState, end::UpTo},
    },
    store::Store,
};

impl Session {
    /// Whether this laptop has not joined: it sees what anybody may see.
    #[must_use]
    pub const fn is_outside(&self) -> bool {
        self.look.outside.is_some()
    }

    /// Whether this laptop is the office's, and named as such.
    #[must_use]
    pub fn is_office(&self) -> bool {
        self.row.me.is_none() && self.visit.is_office(&self.feed())
    }

    /// Shows a laptop that has not joined what anybody may see, with the members numbered in this language. A member's is left as it is.
    ///
    /// # Errors
    /// If the store fails.
    pub fn speak(&mut self, lang: Lang) -> Result<(), Failure> {
        if self.row.me.is_none() {
            self.look.outside = Some(lang);
            self.reload()?;
        }
        Ok(())
    }

    /// Shows the visit up to one of its final records: the one in force, the draft of a revision, or a replaced one.
    ///
    /// # Errors
    /// If the store fails, or there is no such record.
    pub fn look_at(&mut self, up_to: UpTo) -> Result<(), Failure> {
        if self.look.up_to != up_to {
            self.look.up_to = up_to;
            if self.visit.finalised.is_some() {
                self.reload()?;
            }
        }
        let n_there = self.visit.finalised.as_ref().map_or(0, |_| self.visit.revision.replaced.len() + 1);
        match up_to {
            UpTo::Number(number) if number >= n_there => Err(wording::no_such_revision(number, n_there)),
            _ => Ok(()),
        }
    }

    /// The members with their names, from which whoever joins chooses, and whether a laptop has joined under each.
    ///
    /// # Errors
    /// If the store fails.
    pub fn roster(&self) -> Result<Vec<(MemberName, bool)>, Failure> {
        let seat = |state: &MemberState| (state.member.name.clone(), state.identity != Identity::Absent);
        if !self.is_outside() {
            return Ok(self.visit.members.iter().map(seat).collect());
        }
        let whole = load::load(&self.store, &self.row, &self.device, &self.home, Look::default())?;
        Ok(whole.visit.members.iter().map(seat).collect())
    }

    /// Whether names may be told on this laptop.
    ///
    /// # Errors
    /// If it has not joined.
    pub(in crate::app) fn may_name(&self, names: bool) -> Result<(), Failure> {
        if names && self.is_outside() { Err(wording::names_inside_only()) } else { Ok(()) }
    }

    /// Whether there is anything to say of votes and verdicts.
    ///
    /// # Errors
    /// If this laptop has not joined and the visit is not final.
    pub fn may_report(&self) -> Result<(), Failure> {
        if self.visit.hides_all() { Err(wording::not_public_yet()) } else { Ok(()) }
    }

    /// Whether this laptop takes part in the exchange: as a member, or as an office.
    pub(in crate::app) fn may_exchange(&self) -> Result<(), Failure> {
        if self.is_outside() && !self.has_feed() { Err(wording::not_led(Refusal::Outside)) } else { Ok(()) }
    }

    /// Whether this laptop has a commit of its own: where it has no name it joined as an office, and may wait for being named.
    #[must_use]
    pub const fn has_feed(&self) -> bool {
        !self.is_passing && self.next.0 > 1
    }
}

/// The same of a visit that is not open.
pub(in crate::app) fn has_feed(store: &mut Store, home: &Home, visit: &VisitId) -> Result<bool, Failure> {
    let own = home.device(store)?.feed();
    let head = store.head(visit, &own).map_err(|error| wording::store(&error, &home.database()))?;
    Ok(head.is_some())
}
