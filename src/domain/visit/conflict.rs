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
    /// A member's vote in the clear.
    ClearVote(ClauseId),
    /// Why a member's vote differs.
    Dissent(ClauseId),
    /// How the work is divided.
    Plan,
    /// A field of the facility's profile.
    Facility(ProfileField),
}

impl InConflict {
    /// The clause it is about, if it is about one.
    #[must_use]
    pub const fn clause(&self) -> Option<&ClauseId> {
        match self {
            Self::Vote(clause) | Self::Verdict(clause) | Self::ClearVote(clause) | Self::Dissent(clause) => {
                Some(clause)
            }
            Self::Objection(clause) => clause.as_ref(),
            Self::Gate(_) | Self::Facility(_) | Self::Plan => None,
        }
    }

    /// Whether it lies in a ballot, so that who may not see the ballot may not know of it.
    #[must_use]
    pub const fn is_ballot(&self) -> bool {
        matches!(self, Self::Vote(_))
    }
}

/// As it is named in lists and in JSON: the id of the clause or gate where a vote or a decision is meant; before it `objection:`,
/// `clear-vote:` or `dissent:` where one of these is; `*` for an objection to the report, `facility:` and the key of a field,
/// `plan`.
impl fmt::Display for InConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vote(clause) | Self::Verdict(clause) => clause.fmt(f),
            Self::Gate(gate) => gate.fmt(f),
            Self::Objection(Some(clause)) => write!(f, "objection:{clause}"),
            Self::ClearVote(clause) => write!(f, "clear-vote:{clause}"),
            Self::Dissent(clause) => write!(f, "dissent:{clause}"),
            Self::Plan => f.write_str("plan"),
            Self::Objection(None) => f.write_str("*"),
            Self::Facility(field) => write!(f, "facility:{}", field.key()),
        }
    }
}
