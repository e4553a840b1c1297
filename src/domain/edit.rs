//! Edits: the immutable events everything else is folded from, and what each of them carries. An undo is a new edit.

mod ballot_key;
pub mod commit;
pub mod declaration;
pub mod dissent;
pub mod evidence;
pub mod finding;
mod founding;
pub mod lineage;
pub mod mandate;
pub mod objection;
mod offer;
pub mod plan;
pub mod rectify;
pub mod slot;
mod stamp;
mod stand;
pub mod verdict;
pub mod waiver;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::domain::{
    edit::{
        declaration::Declaration,
        dissent::Dissent,
        evidence::EvidenceItem,
        finding::Finding,
        objection::Objection,
        plan::Plan,
        rectify::RectifyStep,
        slot::Slot,
        verdict::{GateDecision, LeadVerdict},
        waiver::Finalisation,
    },
    facility::profile::{ProfileField, ProfileValue},
    terms::{
        date::Date,
        digest::Digest,
        id::{ClauseId, CommitId, FeedId, GateId, MemberName, PointId, RectifyId},
        written::{Line, Note},
    },
};

pub use ballot_key::BallotKey;
pub use founding::{Expert, Founding, Member};
pub use offer::{Offer, Release, SeatShare, Share};
pub use stamp::Stamp;
pub use stand::{Choice, Stand};

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Founds the visit. Only the first edit of the first commit.
    Found(Arc<Founding>),
    /// A device claims a name.
    Join {
        /// The name.
        name: MemberName,
        /// Who that is, for a name that is not on the roster.
        expert: Option<Expert>,
    },
    /// The member's commitment to the key that seals the ballot.
    Blind {
        /// SHA-256 of the key.
        commitment: Digest,
    },
    /// The lead admits a device to a name.
    Admit {
        /// The device's feed.
        feed: FeedId,
        /// The name.
        name: MemberName,
        /// Who that is, for a name that is not on the roster: from then on it is.
        expert: Option<Expert>,
        /// Whether the codes were compared. A device that counted provisionally goes on counting unchecked when another
        /// one is admitted to its name, so that no vote falls out by the way.
        checked: bool,
    },
    /// The lead names a member who may do all the lead's work but this.
    Deputy {
        /// The name.
        name: MemberName,
    },
    /// A device of an office, which is nobody's seat: the first word of its feed.
    JoinOffice,
    /// The lead names a device of the office that takes part in the rectification.
    Office {
        /// The device's feed.
        feed: FeedId,
    },
    /// A device names another one of the same person, e.g. after its disk was cloned.
    Device {
        /// The other device's feed.
        feed: FeedId,
    },
    /// A device counts no longer, e.g. because the laptop was lost. What it committed up to here stays.
    Retire {
        /// The device's feed.
        feed: FeedId,
        /// Its last commit that counts.
        n: u64,
    },
    /// The member's declaration of interests.
    Declare(Declaration),
    /// The lead records that a member does not vote on a clause, or on the whole visit.
    Recuse {
        /// The member.
        name: MemberName,
        /// The clause; `None` = all.
        clause: Option<ClauseId>,
        /// Why; `None` lifts the recusal.
        reason: Option<Line>,
    },
    /// The lead records that a member is not there; see [`Absentee`](crate::domain::visit::absentee::Absentee).
    Absent {
        /// The member.
        name: MemberName,
        /// Why; `None` takes it back.
        reason: Option<Line>,
    },
    /// The lead says who scores what; `None` = everybody everything.
    Plan(Option<Arc<Plan>>),
    /// A finding for a point; `None` takes it back.
    Finding {
        /// The clause.
        clause: ClauseId,
        /// The point.
        point: PointId,
        /// The finding.
        value: Option<Finding>,
    },
    /// A direct grade, points or absence for a clause; `None` takes it back.
    Vote {
        /// The clause.
        clause: ClauseId,
        /// The stand.
        value: Option<Stand>,
    },
    /// A note for a clause; empty takes it back.
    Note {
        /// The clause.
        clause: ClauseId,
        /// The text.
        text: Note,
    },
    /// A photo or file for a clause; `None` takes it back.
    Evidence {
        /// The clause.
        clause: ClauseId,
        /// SHA-256 of its bytes.
        digest: Digest,
        /// What it is.
        value: Option<EvidenceItem>,
    },
    /// The member seals the ballot: the ends of the person's feeds, beside what precedes this edit in its own. These commits
    /// and what they follow are the ballot.
    Submit {
        /// The ends.
        tips: BTreeSet<CommitId>,
    },
    /// The member takes the seal back. Without effect on what a closing record names.
    Unseal,
    /// The ballot's key, shared out over the panel.
    Offer(Offer),
    /// A seat gives its share of a ballot's key, now that a closing record names the seal.
    Release(Release),
    /// The member's own device gives the key, where too few seats could hold shares.
    Key {
        /// The key.
        key: BallotKey,
    },
    /// The lead's closing record: the ends of all feeds. The seals among these commits and what they follow are what counts.
    Close {
        /// The ends.
        tips: BTreeSet<CommitId>,
    },
    /// A vote in the clear, after the opening (合议表决); `None` takes it back.
    ClearVote {
        /// The clause.
        clause: ClauseId,
        /// The stand.
        value: Option<Stand>,
    },
    /// The lead's verdict for a clause; `None` takes it back to the rule.
    Verdict {
        /// The clause.
        clause: ClauseId,
        /// The verdict.
        value: Option<LeadVerdict>,
    },
    /// The lead's finding for a gate; `None` takes it back.
    Gate {
        /// The gate.
        gate: GateId,
        /// The decision.
        value: Option<GateDecision>,
    },
    /// A member says why the own vote differs from the others; `None` takes it back.
    Dissent {
        /// The clause.
        clause: ClauseId,
        /// Why.
        value: Option<Dissent>,
    },
    /// The lead records what the facility objects to, and the panel's answer; `None` takes it back.
    Objection {
        /// The clause; `None` = the report as a whole.
        clause: Option<ClauseId>,
        /// Objection and answer.
        value: Option<Objection>,
    },
    /// The lead fills in a field of the facility's profile; `None` empties it.
    Facility {
        /// The field.
        field: ProfileField,
        /// The value.
        value: Option<ProfileValue>,
    },
    /// A member signs the record of the visit.
    Sign {
        /// Which record: see [`Visit::record`](crate::domain::visit::Visit::record).
        record: Digest,
        /// The day it was signed, as that laptop had it; `None` = not said.
        on: Option<Date>,
    },
    /// What of each feed has reached the lead.
    Receipt {
        /// Last commit without a gap.
        heads: BTreeMap<FeedId, u64>,
    },
    /// The visit is final, and rests on these commits and what they follow.
    Final(Finalisation),
    /// What happens to an item of the rectification ledger, once the visit is final.
    Rectify {
        /// The item.
        item: RectifyId,
        /// What happens.
        step: Box<RectifyStep>,
    },
    /// The lead sets or changes the passphrase of the shared file.
    Slot(Slot),
    /// A kind this program does not know: kept, relayed, counted.
    Unknown {
        /// The kind.
        kind: String,
        /// Whether an old program must not finalise over it.
        critical: bool,
    },
}

impl Edit {
    /// What a closing record names.
    #[must_use]
    pub const fn as_closing(&self) -> Option<&BTreeSet<CommitId>> {
        if let Self::Close { tips } = self { Some(tips) } else { None }
    }

    /// What a visit is made final with.
    #[must_use]
    pub const fn as_final(&self) -> Option<&Finalisation> {
        if let Self::Final(finalisation) = self { Some(finalisation) } else { None }
    }

    /// What a closing record or a final one names.
    #[must_use]
    pub fn as_record(&self) -> Option<&BTreeSet<CommitId>> {
        self.as_closing().or_else(|| self.as_final().map(|it| &it.tips))
    }

    /// Whether it may come after the end too: what only acknowledges or answers, and what the facility objects to.
    #[must_use]
    pub const fn goes_on_after_the_end(&self) -> bool {
        self.is_beside_the_record() || matches!(self, Self::Objection { .. })
    }

    /// The clause or disqualifier it is about; `None` = another thing, or the visit as a whole.
    #[must_use]
    pub fn subject(&self) -> Option<&str> {
        match self {
            Self::Finding { clause, .. }
            | Self::Vote { clause, .. }
            | Self::Note { clause, .. }
            | Self::Evidence { clause, .. }
            | Self::ClearVote { clause, .. }
            | Self::Verdict { clause, .. }
            | Self::Dissent { clause, .. } => Some(clause.as_str()),
            Self::Objection { clause, .. } => clause.as_ref().map(ClauseId::as_str),
            Self::Gate { gate, .. } => Some(gate.as_str()),
            Self::Found(..)
            | Self::Join { .. }
            | Self::Blind { .. }
            | Self::Admit { .. }
            | Self::Deputy { .. }
            | Self::JoinOffice
            | Self::Office { .. }
            | Self::Device { .. }
            | Self::Retire { .. }
            | Self::Declare(..)
            | Self::Recuse { .. }
            | Self::Absent { .. }
            | Self::Plan(..)
            | Self::Submit { .. }
            | Self::Unseal
            | Self::Offer(..)
            | Self::Release(..)
            | Self::Key { .. }
            | Self::Close { .. }
            | Self::Sign { .. }
            | Self::Receipt { .. }
            | Self::Final(..)
            | Self::Rectify { .. }
            | Self::Facility { .. }
            | Self::Slot(..)
            | Self::Unknown { .. } => None,
        }
    }

    /// Whether this is part of a ballot, and so sealed until the ballot is submitted. No kind is left to a default: one that
    /// were forgotten here would go into the shared file in the clear.
    #[must_use]
    pub const fn is_ballot(&self) -> bool {
        match self {
            Self::Finding { .. } | Self::Vote { .. } | Self::Note { .. } | Self::Evidence { .. } => true,
            Self::Found(..)
            | Self::Join { .. }
            | Self::Blind { .. }
            | Self::Admit { .. }
            | Self::Deputy { .. }
            | Self::JoinOffice
            | Self::Office { .. }
            | Self::Device { .. }
            | Self::Retire { .. }
            | Self::Declare(..)
            | Self::Recuse { .. }
            | Self::Absent { .. }
            | Self::Plan(..)
            | Self::Submit { .. }
            | Self::Unseal
            | Self::Offer(..)
            | Self::Release(..)
            | Self::Key { .. }
            | Self::Close { .. }
            | Self::ClearVote { .. }
            | Self::Verdict { .. }
            | Self::Gate { .. }
            | Self::Dissent { .. }
            | Self::Objection { .. }
            | Self::Facility { .. }
            | Self::Sign { .. }
            | Self::Receipt { .. }
            | Self::Final(..)
            | Self::Rectify { .. }
            | Self::Slot(..)
            | Self::Unknown { .. } => false,
        }
    }

    /// Whether this is no part of what members sign: it acknowledges, signs, ends or mends, or it opens what is sealed.
    #[must_use]
    pub const fn is_beside_the_record(&self) -> bool {
        match self {
            Self::Receipt { .. }
            | Self::Sign { .. }
            | Self::Dissent { .. }
            | Self::Final(..)
            | Self::Rectify { .. }
            | Self::Slot(..)
            | Self::Offer(..)
            | Self::Release(..)
            | Self::Key { .. } => true,
            Self::Found(..)
            | Self::Join { .. }
            | Self::Blind { .. }
            | Self::Admit { .. }
            | Self::Deputy { .. }
            | Self::JoinOffice
            | Self::Office { .. }
            | Self::Device { .. }
            | Self::Retire { .. }
            | Self::Declare(..)
            | Self::Recuse { .. }
            | Self::Absent { .. }
            | Self::Plan(..)
            | Self::Finding { .. }
            | Self::Vote { .. }
            | Self::Note { .. }
            | Self::Evidence { .. }
            | Self::Submit { .. }
            | Self::Unseal
            | Self::Close { .. }
            | Self::ClearVote { .. }
            | Self::Verdict { .. }
            | Self::Gate { .. }
            | Self::Objection { .. }
            | Self::Facility { .. }
            | Self::Unknown { .. } => false,
        }
    }
}
