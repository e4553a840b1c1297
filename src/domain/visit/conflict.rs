//! What can be in conflict: somebody recorded two things that do not know of each other, and must settle it.

use std::fmt;

use crate::domain::{
    facility::profile::ProfileField,
    terms::id::{ClauseId, GateId},
};

/// What is in conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InConflict {
    /// A member's vote for a clause: the stand, a finding or the note.
    Vote(ClauseId),
    /// The lead's verdict for a clause.
    Verdict(ClauseId),
    /// The lead's finding on a gate.
    Gate(GateId),
    /// What the facility objects to; `None` = the report as a whole.
    Objection(Option<ClauseId>),
    /// A field of the facility's profile.
    Facility(ProfileField),
}

impl InConflict {
    /// The clause it is about, if it is about one.
    #[must_use]
    pub const fn clause(&self) -> Option<&ClauseId> {
        match self {
            Self::Vote(clause) | Self::Verdict(clause) => Some(clause),
            Self::Objection(clause) => clause.as_ref(),
            Self::Gate(_) | Self::Facility(_) => None,
        }
    }

    /// Whether it lies in a ballot, so that who may not see the ballot may not know of it.
    #[must_use]
    pub const fn is_ballot(&self) -> bool {
        matches!(self, Self::Vote(_))
    }
}

/// As it is named in lists and in JSON: the id of the clause or gate, `*` for the report, `facility:` and the key of a field.
impl fmt::Display for InConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vote(clause) | Self::Verdict(clause) | Self::Objection(Some(clause)) => clause.fmt(f),
            Self::Gate(gate) => gate.fmt(f),
            Self::Objection(None) => f.write_str("*"),
            Self::Facility(field) => write!(f, "facility:{}", field.key()),
        }
    }
}
