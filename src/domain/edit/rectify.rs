//! Rectification (整改) and closure (销号): what can happen to an item of the ledger. The order in which it happened, and
//! what of it took effect, is told by `ledger`.

use crate::domain::{
    edit::{ballot_key::BallotKey, evidence::EvidenceItem, finding::Finding},
    terms::{
        date::Date,
        digest::Digest,
        id::{ClauseId, PointId, SubmissionId},
        lang::Lang,
        written::{Line, Note},
    },
};

/// Most files handed in at a time.
pub const PROOF_LIMIT: usize = 20;

/// One thing that happens to an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RectifyStep {
    /// The lead puts it on the ledger.
    Open(Problem),
    /// The lead sets goal, person and deadline anew.
    Plan(Plan),
    /// The work is handed in; again, as long as it is not closed.
    Submit(Submission),
    /// A second person found the point met (销号).
    Close(Closure),
    /// Handed back, or opened again after a closure or after it was struck.
    Reopen {
        /// Why; never empty.
        reason: Line,
    },
    /// The lead takes it off the ledger: it is not to be pursued.
    Strike {
        /// Why; never empty.
        reason: Line,
    },
}

impl RectifyStep {
    /// Whether it is work that an office takes part in: what is to be mended, by when and whether at all the panel's lead says.
    #[must_use]
    pub const fn is_for_offices(&self) -> bool {
        match self {
            Self::Submit(_) | Self::Close(_) | Self::Reopen { .. } => true,
            Self::Open(_) | Self::Plan(_) | Self::Strike { .. } => false,
        }
    }

    /// What happened, in words.
    #[must_use]
    pub const fn name(&self, lang: Lang) -> &'static str {
        match self {
            Self::Open(_) => lang.pick("列入台账", "put on the ledger"),
            Self::Plan(_) => lang.pick("目标、责任人、时限", "goal, person, deadline"),
            Self::Submit(_) => lang.pick("提交整改情况", "handed in"),
            Self::Close(_) => lang.pick("销号", "closed"),
            Self::Reopen { .. } => lang.pick("重新打开", "reopened"),
            Self::Strike { .. } => lang.pick("不列入", "struck"),
        }
    }
}

/// What is to be mended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problem {
    /// The clause; `None` = outside the checklist.
    pub clause: Option<ClauseId>,
    /// The point that is not met; `None` = the clause as a whole.
    pub point: Option<PointId>,
    /// In words; empty where the point says it.
    pub text: Note,
    /// Goal, person and deadline.
    pub plan: Plan,
}

/// Goal, person and deadline (seed S3·F32).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// What is to be reached; empty = what the point requires.
    pub goal: Note,
    /// Who answers for it at the facility; empty = not named.
    pub person: Line,
    /// Until when; `None` = not set.
    pub deadline: Option<Date>,
}

/// What was done, as it was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Which one.
    pub id: SubmissionId,
    /// Who did the work; never empty.
    pub by: Line,
    /// On which day, as was said.
    pub date: Date,
    /// What was done; never empty.
    pub text: Note,
    /// Photos and files.
    pub proof: Vec<Proof>,
}

/// A photo or file of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// SHA-256 of its bytes.
    pub digest: Digest,
    /// What it is.
    pub item: EvidenceItem,
    /// What opens its sealed bytes. Nothing is secret between members once a visit is final; who holds the folder beside
    /// the shared file alone still cannot look.
    pub key: BallotKey,
}

/// The closure of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    /// The submission that was looked at.
    pub submission: SubmissionId,
    /// On which day, as was said.
    pub date: Date,
    /// The point scored again; `None` where the item names no point.
    pub finding: Option<Finding>,
    /// What was seen; never empty where there is no finding, nor where nothing was handed in as evidence.
    pub remark: Note,
}
