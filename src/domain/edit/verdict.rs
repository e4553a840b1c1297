//! Verdicts: the panel's grade for a clause, by rule or by the lead with a reason, and the lead's finding on a gate.

use crate::domain::{
    edit::stand::Choice,
    terms::{
        absence::Absence, amount::Amount, field::words, grade::Grade, id::MemberName, lang::Lang,
        written::Line,
    },
};

/// A verdict of the lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadVerdict {
    /// What was decided.
    pub decision: Decision,
    /// Why; never empty.
    pub reason: Line,
    /// The votes it rests on, as seen when deciding.
    pub cites: Vec<Citation>,
    /// The votes in the clear it rests on, where the panel voted on the clause after the opening.
    pub clear: Vec<Citation>,
}

/// A vote that a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Whose.
    pub member: MemberName,
    /// What the member said, a recusal included; `None` = another program cited something that this one cannot read.
    pub said: Option<Choice>,
}

/// What a verdict says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// A grade.
    Grade(Grade),
    /// Points on the clause's scale.
    Points(Amount),
    /// The clause does not apply to this facility.
    NotApplicable,
}

impl From<Decision> for Choice {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Grade(grade) => Self::Grade(grade),
            Decision::Points(points) => Self::Points(points),
            Decision::NotApplicable => Self::Absent(Absence::NotApplicable),
        }
    }
}

/// The lead's finding on a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateDecision {
    /// Clear or tripped.
    pub state: GateState,
    /// The document it rests on; never empty.
    pub reason: Line,
}

words! {
    /// The state of a gate.
    GateState {
        /// Nothing of the kind happened.
        Clear = "clear", "未发生", "clear";
        /// It happened: the facility is disqualified.
        Tripped = "tripped", "已发生", "tripped";
    }
}
