//! The visits of this laptop at a glance, for the home screen.

use std::path::PathBuf;

use crate::{
    app::{
        ballot::submit::gaps,
        failure::{Failure, wording},
        home::Home,
        session::{Session, SyncState},
        visit::passphrase::Lock,
    },
    domain::{
        facility::Stage,
        terms::{
            date::Date,
            id::{MemberName, VisitId},
        },
        visit::Visit,
    },
};

/// One visit of this laptop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitSummary {
    /// Id.
    pub id: VisitId,
    /// Shared file.
    pub file: PathBuf,
    /// Facility.
    pub facility: String,
    /// Stage.
    pub stage: Stage,
    /// Day.
    pub date: Date,
    /// The name this laptop joined under.
    pub me: Option<MemberName>,
    /// Clauses scored by this member.
    pub n_scored: usize,
    /// Clauses this member votes on.
    pub n_owed: usize,
    /// Whether this member's ballot is submitted.
    pub submitted: bool,
    /// Where own edits are.
    pub sync: SyncState,
    /// Whether this laptop is the lead's.
    pub lead: bool,
    /// Whether this laptop waits for the lead to admit it.
    pub waits: bool,
    /// Laptops that wait for this one, the lead's or a deputy's, to admit them.
    pub n_waiting: usize,
    /// Whether the shared file is encrypted, and whether it opens here.
    pub lock: Lock,
    /// How far the visit is.
    pub phase: VisitPhase,
}

/// How far a visit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitPhase {
    /// Members may score.
    Scoring,
    /// The lead closed scoring.
    Closed,
    /// Final.
    Final,
}

impl VisitPhase {
    /// The phase of a visit.
    #[must_use]
    pub const fn of(visit: &Visit) -> Self {
        if visit.finalised.is_some() {
            Self::Final
        } else if visit.closed {
            Self::Closed
        } else {
            Self::Scoring
        }
    }

    /// The word in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Scoring => "scoring",
            Self::Closed => "closed",
            Self::Final => "final",
        }
    }
}

/// All visits of this laptop, latest first.
///
/// # Errors
/// If the store fails.
pub fn list_visits(home: &Home) -> Result<Vec<VisitSummary>, Failure> {
    let rows = home.store()?.visits().map_err(|error| wording::store(&error, &home.database()))?;
    rows.into_iter()
        .map(|row| {
            let session = Session::load(home, home.store()?, &row.id, PathBuf::from(&row.file))?;
            session.summary()
        })
        .collect()
}

impl Session {
    /// This visit at a glance.
    ///
    /// # Errors
    /// If the store fails.
    pub(in crate::app) fn summary(&self) -> Result<VisitSummary, Failure> {
        let name = self.me().map_or("", MemberName::as_str);
        let gaps = gaps(&self.visit, name);
        let founding = &self.visit.founding;
        Ok(VisitSummary {
            id: self.visit.id.clone(),
            file: self.file.clone(),
            facility: founding.facility.to_string(),
            stage: founding.stage,
            date: founding.date,
            me: self.me().cloned(),
            n_scored: gaps.n_scored,
            n_owed: gaps.n_owed,
            submitted: self.my_state().is_some_and(|state| state.is_submitted()),
            sync: self.sync_state()?,
            lead: self.is_lead(),
            waits: self.waits_for_admission(),
            n_waiting: if self.leads() { self.visit.pending.len() } else { 0 },
            lock: self.lock(),
            phase: VisitPhase::of(&self.visit),
        })
    }
}
