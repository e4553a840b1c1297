//! The founding of a visit: where, when, by which checklist, and who sits on the panel.

use std::sync::Arc;

use crate::domain::{
    checklist::{
        Checklist,
        profile::{Gate, GatePeriod},
    },
    edit::mandate::Mandate,
    facility::{Stage, Tier},
    pool::draw::DrawRecord,
    terms::{date::Date, field::Field, id::MemberName, written::Line},
};

/// What a visit is founded with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founding {
    /// Name of the facility.
    pub facility: Line,
    /// Stage.
    pub stage: Stage,
    /// Day of the visit.
    pub date: Date,
    /// The day gates look back from; `None` = not settled. The source leaves open whether it is the day of the visit
    /// or of the application (seed S0·F41), so nobody may assume it.
    pub lookback: Option<Date>,
    /// The roster; the first is the lead.
    pub roster: Vec<Member>,
    /// The checklist, for ever: of a visit with a scope only the clauses in it.
    pub checklist: Arc<Checklist>,
    /// The content hash of the whole checklist, whatever the scope.
    pub checklist_hash: String,
    /// How the roster was drawn from a pool; `None` = it was named.
    pub draw: Option<DrawRecord>,
    /// What else was laid down.
    pub mandate: Mandate,
}

impl Founding {
    /// Whose visit it is: as laid down, else as the stage says.
    #[must_use]
    pub fn by(&self) -> Option<Tier> {
        self.mandate.by.or(self.stage.tier())
    }

    /// The lead, if the roster has anyone.
    #[must_use]
    pub fn lead(&self) -> Option<&Member> {
        self.roster.first()
    }

    /// Whether somebody is the lead.
    #[must_use]
    pub fn leads(&self, name: &MemberName) -> bool {
        self.lead().is_some_and(|lead| &lead.name == name)
    }

    /// Whether nobody's votes need to be hidden from anybody: one person records and signs.
    #[must_use]
    pub fn is_signed_by_one(&self) -> bool {
        self.roster.len() == 1
    }

    /// First and last day a gate looks at; `None` for a gate without a rolling period, or while the day to look back
    /// from is not settled.
    #[must_use]
    pub fn lookback_period(&self, gate: &Gate) -> Option<(Date, Date)> {
        let until = self.lookback.filter(|_| gate.period == GatePeriod::Rolling)?;
        Some((until.months_before(gate.lookback_months?)?, until))
    }

    /// Whether a gate waits for the day to look back from.
    #[must_use]
    pub fn lacks_lookback(&self, gate: &Gate) -> bool {
        gate.period == GatePeriod::Rolling && self.lookback.is_none()
    }
}

/// An expert on the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Name, unique inside the visit.
    pub name: MemberName,
    /// Field.
    pub field: Field,
    /// Professional title, e.g. 主任医师; may be empty.
    pub title: Line,
}

/// What the panel needs to know of an expert beside the name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expert {
    /// Field.
    pub field: Field,
    /// Professional title; may be empty.
    pub title: Line,
}
