//! Edits: the immutable events everything else is folded from. An undo is a new edit.

pub mod assignment;
pub mod commit;
pub mod declaration;
pub mod dissent;
pub mod evidence;
pub mod finding;
pub mod lineage;
pub mod objection;
pub mod rectify;
pub mod slot;
pub mod verdict;
pub mod waiver;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::domain::{
    checklist::{
        Checklist,
        profile::{Gate, GatePeriod},
    },
    edit::{
        assignment::Assignment,
        declaration::Declaration,
        dissent::Dissent,
        evidence::EvidenceItem,
        finding::Finding,
        lineage::Branch,
        objection::Objection,
        rectify::RectifyStep,
        slot::Slot,
        verdict::{GateDecision, LeadVerdict},
        waiver::Waiver,
    },
    facility::{
        Stage,
        profile::{ProfileField, ProfileValue},
    },
    pool::draw::DrawRecord,
    terms::{
        absence::Absence,
        amount::Amount,
        date::Date,
        digest::Digest,
        field::Field,
        grade::Grade,
        id::{ClauseId, CommitId, FeedId, GateId, MemberName, PointId, RectifyId},
    },
};

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
        reason: Option<String>,
    },
    /// The lead says who scores what.
    Assign(Assignment),
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
        text: String,
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
    /// The member seals the ballot for good; with a key and without tips, only gives a key that waited.
    Submit {
        /// The last commit of each of the person's feeds that belongs to the ballot.
        heads: BTreeMap<FeedId, u64>,
        /// The commits that no other follows: in a forked feed the number alone does not say which branches belong to it.
        tips: BTreeSet<CommitId>,
        /// The key that opens it; `None` while the profile reveals on closing only.
        key: Option<BallotKey>,
    },
    /// The lead lets a member score again.
    Reopen {
        /// The member.
        name: MemberName,
        /// Why.
        reason: String,
        /// The submissions it opens again; one made in ignorance of this edit stands.
        submissions: BTreeSet<CommitId>,
    },
    /// The lead closes scoring.
    Close,
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
    },
    /// What of each feed has reached the lead.
    Receipt {
        /// Last commit without a gap.
        heads: BTreeMap<FeedId, u64>,
    },
    /// The visit is final.
    Final {
        /// What was waived, and why.
        waivers: Vec<Waiver>,
        /// The record that was made final; unknown of visits that an early program finalised.
        record: Option<Digest>,
    },
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
    /// Whether this is part of a ballot, and so sealed until the ballot is submitted.
    #[must_use]
    pub const fn is_ballot(&self) -> bool {
        matches!(self, Self::Finding { .. } | Self::Vote { .. } | Self::Note { .. } | Self::Evidence { .. })
    }
}

/// What a visit is founded with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founding {
    /// Name of the facility.
    pub facility: String,
    /// Stage.
    pub stage: Stage,
    /// Day of the visit.
    pub date: Date,
    /// The day gates look back from; `None` = not settled. The source leaves open whether it is the day of the visit
    /// or of the application (seed S0·F41), so nobody may assume it.
    pub lookback: Option<Date>,
    /// The roster; the first is the lead.
    pub roster: Vec<Member>,
    /// The checklist, for ever.
    pub checklist: Arc<Checklist>,
    /// Its content hash.
    pub checklist_hash: String,
    /// How the roster was drawn from a pool; `None` = it was named.
    pub draw: Option<DrawRecord>,
}

impl Founding {
    /// The lead, if the roster has anyone.
    #[must_use]
    pub fn lead(&self) -> Option<&Member> {
        self.roster.first()
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
    pub title: String,
}

/// What the panel needs to know of an expert beside the name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expert {
    /// Field.
    pub field: Field,
    /// Professional title; may be empty.
    pub title: String,
}

/// What a member says about a clause beside findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// Grade, points or absence.
    pub choice: Choice,
    /// Why; may be empty where no reason is required.
    pub reason: String,
}

/// The choice of a [`Stand`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// A direct grade. Does not stand for [`Absence::Recused`].
    Grade(Grade),
    /// Points awarded, for points-scale clauses.
    Points(Amount),
    /// No grade.
    Absent(Absence),
}

/// The key that opens a member's ballot. Its bytes never appear in debug output.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct BallotKey(pub [u8; 32]);

impl std::fmt::Debug for BallotKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BallotKey(…)")
    }
}

/// Where an edit stands: its commit and place, and what its author had seen of their own other feeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Feed.
    pub feed: FeedId,
    /// Number of the commit in the feed, from 1.
    pub n: u64,
    /// The commit; `None` while it is not sealed into one.
    pub commit: Option<CommitId>,
    /// Place in the commit.
    pub index: u32,
    /// Last commit seen of the person's other feeds; beside it, the ids of the commits there that no other one followed.
    pub seen: Arc<BTreeMap<FeedId, u64>>,
    /// On which branch of its feed, should the feed be forked.
    pub branch: Branch,
    /// The ends that were seen of other feeds that are forked: there a number alone does not say which branch was seen.
    pub saw: Arc<Vec<Self>>,
}

impl Stamp {
    /// Whether this edit was made in knowledge of `earlier`, so that it replaces it. No clock is asked.
    #[must_use]
    pub fn supersedes(&self, earlier: &Self) -> bool {
        if self.feed == earlier.feed {
            let same_commit = self.n == earlier.n && self.commit == earlier.commit;
            let later = self.n > earlier.n && (self.commit.is_none() || self.follows(earlier));
            return later || (same_commit && self.index > earlier.index);
        }
        let mut ends = self.saw.iter().filter(|end| end.feed == earlier.feed).peekable();
        if earlier.branch.id == 0 || ends.peek().is_none() {
            return self.seen.get(&earlier.feed).is_some_and(|&n| n >= earlier.n);
        }
        ends.any(|end| end.commit == earlier.commit || end.supersedes(earlier))
    }

    /// Whether this edit's commit comes after that of `earlier` on its branch of one feed.
    fn follows(&self, earlier: &Self) -> bool {
        self.branch.id == earlier.branch.id
            || self.branch.past.get(&earlier.branch.id).is_some_and(|&n| n >= earlier.n)
    }
}
