//! What a visit answers to: whose it is, what the facility applied for, which visits it follows, how much it looks at, and
//! who beside the lead was given something to do from the start.

use crate::domain::{
    facility::{Applied, Stage, Tier},
    terms::{
        date::Date,
        digest::Digest,
        id::{ClauseId, FeedId, MemberName, VisitId},
        written::Line,
    },
};

/// All of it is optional: a visit that names none of it is what it always was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mandate {
    /// Whose visit it is, where the stage does not say it or says another.
    pub by: Option<Tier>,
    /// What the facility is known by beyond its name, e.g. its unified credit code; empty = not given.
    pub facility_id: Line,
    /// The visits that this one answers.
    pub follows: Vec<Followed>,
    /// The standard that the facility applied for.
    pub applied: Option<Applied>,
    /// The clauses that are looked at; empty = all. What a visit is founded with holds no others.
    pub scope: Vec<ClauseId>,
    /// Who carries it out, where that is not the bureau itself; empty = not given.
    pub organiser: Line,
    /// The device of the office that takes part in the rectification; the lead may name others later.
    pub office: Option<FeedId>,
    /// A member who is deputy from the start.
    pub deputy: Option<MemberName>,
    /// Why the roster has fewer members than the rule asks for, or an even number; empty = not given.
    pub panel_reason: Line,
}

/// A visit that another one answers. The record pins what was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// Its id.
    pub visit: VisitId,
    /// The record that it was made final with.
    pub record: Digest,
    /// Its stage.
    pub stage: Stage,
    /// Its day.
    pub date: Date,
}
