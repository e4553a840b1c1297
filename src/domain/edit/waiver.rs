//! Waivers: what was not in order when a visit was made final, and why it was let pass. Printed in every report.

use std::collections::BTreeSet;

use crate::domain::terms::{
    date::Date,
    digest::Digest,
    field::words,
    id::{CommitId, MemberName},
    lang::Lang,
    written::Line,
};

/// One waiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// What was let pass; `None` = only the reason says so.
    pub kind: Option<MatterKind>,
    /// Clauses, gates or members concerned.
    pub about: Vec<String>,
    /// Why; never empty.
    pub reason: Line,
}

/// A reason given in advance for letting a matter pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiving {
    /// What is let pass.
    pub kind: MatterKind,
    /// About which clause, gate or member; `None` = about all of the kind.
    pub about: Option<String>,
    /// Why.
    pub reason: Line,
}

/// What the lead made final. Nothing but these commits and what they follow is in it, whatever surfaces later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finalisation {
    /// The ends of all feeds.
    pub tips: BTreeSet<CommitId>,
    /// The members whose ballots were open and counted: one that opens later is not in it.
    pub opened: BTreeSet<MemberName>,
    /// What was waived.
    pub waivers: Vec<Waiver>,
    /// The record that was made final.
    pub record: Digest,
    /// The final record that this one replaces; `None` = the first.
    pub revises: Option<Digest>,
    /// The day it was made, as that laptop had it; `None` = not said.
    pub on: Option<Date>,
}

words! {
    /// Kinds of open matters, the gravest first.
    MatterKind {
        /// No verdict.
        Undecided = "undecided", "未形成结论", "No verdict";
        /// Members or the lead contradict themselves.
        Conflict = "conflict", "同一人的记录互相矛盾", "Conflicting records of one person";
        /// Commits of a member that are known to exist and are not here.
        Incomplete = "incomplete", "有记录缺失", "Records missing";
        /// Clauses that the lead decided without enough votes.
        NoQuorum = "no-quorum", "票数不足，组长裁定", "Decided by the lead without enough votes";
        /// Clauses that the lead decided against a majority of the votes.
        Overruled = "overruled", "组长裁定与多数票不一致", "Decided by the lead against the majority";
        /// Too few votes for a verdict by rule.
        Quorum = "quorum", "票数不足", "Too few votes";
        /// An even number of votes.
        Parity = "parity", "票数为偶数", "Even number of votes";
        /// Nobody of the clause's fields voted.
        FieldNotCovered = "field-not-covered", "无本专业专家评分", "No expert of the field voted";
        /// A gate without an answer.
        GateUnanswered = "gate-unanswered", "否决情形未核实", "Gate not answered";
        /// Gates look back from a day that is not settled.
        Lookback = "lookback", "回溯起算日未定", "Day to look back from not settled";
        /// The panel breaks its rule.
        Panel = "panel", "专家组不合规定", "Panel against its rule";
        /// Members who are not there.
        Absent = "absent", "缺席的组员", "Absent members";
        /// Votes that are not counted here.
        Hidden = "hidden", "未计入的评分包", "Ballots not counted";
        /// Ballots that count and cannot be read yet.
        Unopened = "unopened", "评分包尚未打开", "Ballots not opened yet";
        /// Members whose ballots no closing record names.
        LeftOut = "left-out", "未封存，不计票", "Not sealed, not counted";
        /// Ballots that only a supplementary closing record names.
        LateSeal = "late-seal", "补入的评分包", "Ballots counted late";
        /// Recusals that were found out when the votes were open: they move no vote.
        LateRecusal = "late-recusal", "公开后才提出的回避", "Recusals found out after the opening";
        /// Closing records, or final ones, that do not know of each other.
        Rivals = "rivals", "互不知晓的结束评分或定稿记录", "Closing or final records that do not know each other";
        /// Devices that were retired or admitted when the votes were open.
        SeatChange = "seat-change", "评分公开后停用或核准的电脑", "Laptops retired or admitted after the opening";
        /// Clauses that the panel voted on in the clear.
        ClearVote = "clear-vote", "合议表决的条款", "Clauses voted on in the clear";
        /// Interests not declared.
        Undeclared = "undeclared", "利益关系未申报", "Interests not declared";
        /// Identity not compared.
        Identity = "identity", "身份未核对", "Identity not compared";
        /// Objections of the facility without an answer.
        Objection = "objection", "机构异议未答复", "Objection not answered";
        /// Members who have not signed the record as it is.
        Unsigned = "unsigned", "未签字", "Not signed";
        /// Clauses for the ledger of which nobody says what is wrong.
        Unnamed = "unnamed", "未指明哪里不达标", "What is wrong is not said";
        /// Devices that wait for admission.
        Pending = "pending", "待准入的设备", "Devices waiting for admission";
        /// Ballot records that no seal covers.
        Late = "late", "封存后的记录", "Records after the seal";
        /// Votes that owe a reason.
        ReasonOwed = "reason-owed", "缺少理由", "Reason missing";
        /// A verdict D for which nobody named an unmet point.
        UnnamedD = "unnamed-d", "D 档未指明不达标要点", "D without a named unmet point";
        /// Clauses with direct grades that no recorded points bear.
        DirectGrade = "direct-grade", "直接给档，要点未记录", "Graded directly, points not recorded";
        /// Ballots that hold direct grades and no points at all.
        DirectBallot = "direct-ballot", "整份评分只有直接给档", "Ballots of direct grades alone";
        /// Verdicts that deny each other by a rule of the checklist: the panel looks again.
        Contradiction = "contradiction", "结论互相矛盾", "Verdicts that contradict each other";
        /// Clauses left out because the reader is recused from them.
        Withheld = "withheld", "因回避未列出的条款", "Clauses left out for a recusal";
        /// Edits this program does not know.
        Unknown = "unknown", "本程序不认识的记录", "Records unknown to this program";
        /// Edits this program does not know and must not pass over.
        UnknownCritical = "unknown-critical", "须用新版程序处理的记录", "Records that need a newer program";
    }
}

impl MatterKind {
    /// Whether it holds up making the visit final, until it is settled or waived with a reason. What is not signed does so only
    /// until a majority has.
    #[must_use]
    pub const fn blocks(self) -> bool {
        matches!(
            self,
            Self::Undecided
                | Self::Conflict
                | Self::Incomplete
                | Self::NoQuorum
                | Self::Overruled
                | Self::Quorum
                | Self::Parity
                | Self::FieldNotCovered
                | Self::GateUnanswered
                | Self::Panel
                | Self::Hidden
                | Self::Unopened
                | Self::Undeclared
                | Self::Identity
                | Self::Objection
                | Self::Unsigned
                | Self::Unnamed
                | Self::UnknownCritical
        )
    }

    /// Whether a reason can let it pass. What an old program cannot read it cannot judge either, and no reason stands for the
    /// signatures of a majority.
    #[must_use]
    pub const fn can_be_waived(self) -> bool {
        !matches!(self, Self::UnknownCritical | Self::Unsigned)
    }
}
