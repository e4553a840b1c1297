//! What the votes one may see amount to, in the order in which a lead would settle them.

use crate::domain::{
    ballot::Vote,
    id::MemberName,
    outcome::{ClauseResult, Outcome},
    visit::Visit,
};

/// All visible votes and their result.
#[derive(Debug)]
pub(crate) struct Tally {
    /// The result over the visible votes.
    pub(crate) outcome: Outcome,
    /// For each clause, each member's vote; `None` = may not be seen yet.
    pub(crate) votes: Vec<Vec<Option<Vote>>>,
    /// For each clause, how urgent it is.
    pub(crate) ranks: Vec<Rank>,
    /// All clauses, most urgent first, then in checklist order.
    pub(crate) order: Vec<usize>,
    /// Members whose votes may not be seen.
    pub(crate) n_hidden: usize,
}

/// How much a disagreement matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// The rule names no grade, and the lead has not decided.
    Undecided,
    /// Some pass and some do not, on a core clause.
    CorePassLine,
    /// Some pass and some do not.
    PassLine,
    /// Two grades or more apart.
    Wide,
    /// One grade apart.
    Slight,
    /// Everyone may be seen, and still there are too few votes for a verdict.
    Short,
    /// No disagreement.
    Agreed,
}

impl Tally {
    /// The tally as `viewer` may see it.
    pub(crate) fn of(visit: &Visit, viewer: Option<&MemberName>) -> Self {
        let viewer = viewer.map_or("", MemberName::as_str);
        let visible: Vec<bool> = visit.members.iter().map(|state| visit.may_see(viewer, state)).collect();
        let outcome = Outcome::of(visit, |state| visit.may_see(viewer, state));
        let votes = visit
            .clauses()
            .map(|clause| {
                let seats = visit.members.iter().zip(&visible);
                seats.map(|(state, visible)| visible.then(|| visit.vote(state, clause))).collect()
            })
            .collect();
        let n_hidden = visible.iter().filter(|visible| !**visible).count();
        let ranks: Vec<Rank> = outcome.clauses.iter().map(|clause| rank(clause, n_hidden > 0)).collect();
        let mut order: Vec<usize> = (0..ranks.len()).collect();
        order.sort_by_key(|&index| ranks.get(index).copied());
        Self { outcome, votes, ranks, order, n_hidden }
    }

    /// Clauses the members disagree about.
    pub(crate) fn n_disagreements(&self) -> usize {
        self.ranks.iter().filter(|rank| **rank != Rank::Agreed).count()
    }
}

fn rank(clause: &ClauseResult, more_to_come: bool) -> Rank {
    let merged = &clause.merged;
    let (split, n_valid, spread) = match &clause.merged_points {
        Some(points) => {
            (points.split, points.n_valid, u8::from(points.range.is_some_and(|(low, high)| low != high)))
        }
        None => (merged.split, merged.n_valid, merged.spread),
    };
    if split && clause.verdict.is_none() {
        Rank::Undecided
    } else if merged.pass_line_split {
        if clause.core { Rank::CorePassLine } else { Rank::PassLine }
    } else if spread >= 2 {
        Rank::Wide
    } else if spread > 0 {
        Rank::Slight
    } else if n_valid > 0 && clause.verdict.is_none() && !more_to_come {
        Rank::Short
    } else {
        Rank::Agreed
    }
}
