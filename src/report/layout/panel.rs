//! Who reviewed: the members, who does not vote where, and what the panel lacks.

use crate::domain::{
    ballot::seal::BallotState,
    panel::PanelLack,
    terms::{
        field::{Field, words},
        lang::Lang,
        written::Line,
    },
    visit::Identity,
};

/// Who reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelSection {
    /// In roster order; the lead is first.
    pub members: Vec<MemberLine>,
    /// Recusals, with reasons.
    pub recusals: Vec<RecusalLine>,
    /// What was recorded of members who are not there, with reasons.
    pub absences: Vec<AbsenceLine>,
    /// What the panel lacks under its rule, without the members recused from the whole visit or absent; each with the reason
    /// that the founding gives.
    pub lacks: Vec<(PanelLack, Option<Line>)>,
    /// Voting members whose votes may not be shown here, or have not arrived.
    pub n_hidden: usize,
}

/// One member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberLine {
    /// Name.
    pub name: String,
    /// Field.
    pub field: Field,
    /// Professional title; may be empty.
    pub title: String,
    /// Whether this is the lead.
    pub lead: bool,
    /// What the member does on the panel.
    pub role: Role,
    /// How the device came to the name.
    pub identity: Identity,
    /// Scoring, submitted, recused or absent.
    pub status: MemberStatus,
    /// Declaration of interests: `None` = not declared, empty = none.
    pub declaration: Option<String>,
    /// Ballot edits that surfaced after submission; kept, not counted.
    pub n_late: usize,
    /// How the ballot stands.
    pub ballot: BallotState,
}

words! {
    /// What a member does on the panel.
    Role {
        /// Leads it.
        Lead = "lead", "组长", "lead";
        /// May do the lead's work beside the lead.
        Deputy = "deputy", "副组长", "deputy";
        /// Was not on the roster and was admitted later.
        Substitute = "substitute", "替补", "substitute";
        /// Everybody else.
        Member = "member", "组员", "member";
    }
}

words! {
    /// Where a member is.
    MemberStatus {
        /// Not submitted yet.
        Scoring = "scoring", "评分中", "scoring";
        /// The ballot is sealed.
        Submitted = "submitted", "已封存", "sealed";
        /// Recused from the whole visit.
        Recused = "recused", "回避", "recused";
        /// Not there, and nothing sealed.
        Absent = "absent", "缺席", "absent";
    }
}

/// One recusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecusalLine {
    /// The member.
    pub member: String,
    /// The clause; `None` = the whole visit.
    pub clause: Option<String>,
    /// Why.
    pub reason: String,
    /// Whether the member declared it; otherwise the lead recorded it.
    pub declared: bool,
}

/// A member who is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsenceLine {
    /// The member.
    pub member: String,
    /// Why.
    pub reason: String,
    /// Whether the member sealed all the same, and so was there.
    pub has_sealed: bool,
}
