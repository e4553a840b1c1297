//! A point of a clause in the report, with what was found.

use crate::{
    domain::{edit::finding::Met, terms::grade::Level},
    report::layout::{NumberMark, UnmetLine},
};

/// A point, and how many members found it met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointLine {
    /// Id inside the clause.
    pub point: String,
    /// Level.
    pub level: Level,
    /// What should be so.
    pub text: String,
    /// What is wrong where it is not so.
    pub problem: String,
    /// Whether the checklist itself says what is wrong: then no number stands in it.
    pub problem_worded: bool,
    /// What a share or a number must come to, in words, with the mark of a number that is not official; empty for other
    /// points, whose text says it.
    pub threshold: String,
    /// Source of the requirement.
    pub source: String,
    /// What must be said beside its number (invariant 9).
    pub mark: Option<NumberMark>,
    /// Whether it is only recorded: then whatever was found speaks neither for the facility nor against it.
    pub record_only: bool,
    /// Members who found it met, or recorded it.
    pub n_met: usize,
    /// Members who found it unmet.
    pub n_unmet: usize,
    /// Members who found that it does not apply.
    pub n_not_applicable: usize,
    /// What each member recorded, in roster order; empty when names are off, so that nobody's findings line up.
    pub findings: Vec<FindingLine>,
}

/// What one member recorded for one point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingLine {
    /// Who.
    pub member: String,
    /// What was recorded, in words.
    pub text: String,
    /// Whether that meets the point; `None` = too little was recorded to tell.
    pub met: Option<Met>,
}

impl UnmetLine {
    /// The point, if anyone found it unmet.
    #[must_use]
    pub fn of(line: &PointLine) -> Option<Self> {
        (line.n_unmet > 0).then(|| Self {
            point: line.point.clone(),
            level: line.level,
            text: line.problem.clone(),
            source: line.source.clone(),
            // A threshold that is not official ends with its own mark.
            mark: line.mark.filter(|_| !line.problem_worded && !line.threshold.ends_with(']')),
            n_unmet: line.n_unmet,
            n_recorded: line.n_met + line.n_unmet,
        })
    }
}
