//! The order in which a panel should talk about clauses: by what a different verdict would change.

use crate::domain::outcome::ClauseResult;

/// What hangs on a clause, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// A core clause that some pass and some fail.
    CorePassLine,
    /// Another clause that some pass and some fail.
    PassLine,
    /// The rule names no single grade.
    Split,
    /// Grades two apart or more on one side of the pass line.
    WideSpread,
    /// Grades one apart on one side of the pass line.
    Slight,
    /// Everyone may be seen, and still there are too few votes for a verdict.
    TooFew,
    /// Nothing to talk about.
    Agreed,
}

/// A clause with its effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgendaItem {
    /// Place of the clause in the checklist, from 0.
    pub index: usize,
    /// Why it stands where it does.
    pub effect: Effect,
}

/// Orders clauses by effect; equal ones keep their order. What the lead has decided stays in its place, so that the
/// list does not move under the reader. `more_to_come`: some ballots may not be seen yet, so few votes are no matter.
#[must_use]
pub fn agenda(clauses: &[ClauseResult], more_to_come: bool) -> Vec<AgendaItem> {
    let mut items: Vec<AgendaItem> = clauses
        .iter()
        .enumerate()
        .map(|(index, clause)| AgendaItem { index, effect: effect(clause, more_to_come) })
        .collect();
    items.sort_by_key(|item| item.effect);
    items
}

/// What hangs on one clause.
#[must_use]
pub fn effect(clause: &ClauseResult, more_to_come: bool) -> Effect {
    let merged = &clause.merged;
    let (split, ruled, spread) = match &clause.merged_points {
        Some(points) => {
            let apart = points.range.is_some_and(|(low, high)| low != high);
            (points.split, points.verdict.is_some(), u8::from(apart))
        }
        None => (merged.split, merged.verdict.is_some(), merged.spread),
    };
    if clause.withheld {
        Effect::Agreed
    } else if merged.pass_line_split {
        if clause.core { Effect::CorePassLine } else { Effect::PassLine }
    } else if split {
        Effect::Split
    } else if spread >= 2 {
        Effect::WideSpread
    } else if spread > 0 {
        Effect::Slight
    } else if !ruled && !more_to_come && clause.n_not_applicable == 0 {
        Effect::TooFew
    } else {
        Effect::Agreed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        grade::{Grade, Grade::*},
        merge::merge,
        profile::{MergeMethod, MergeRule},
        source::Source,
        verdict::Decision,
    };

    fn clause(core: bool, grades: &[Grade]) -> ClauseResult {
        let rule = MergeRule { method: MergeMethod::Median, quorum: 3, source: Source::own_default() };
        let merged = merge(grades, &rule);
        ClauseResult {
            id: "X".into(),
            area: "x".into(),
            core,
            full_points: None,
            verdict: merged.verdict.map(Decision::Grade),
            merged,
            merged_points: None,
            n_not_applicable: 0,
            field_covered: None,
            by_lead: false,
            reason: String::new(),
            withheld: false,
        }
    }

    #[test]
    fn what_can_turn_the_outcome_comes_first() {
        let clauses = [
            clause(false, &[B, B, B]),
            clause(false, &[A, A, B, B]),
            clause(false, &[A, A, C]),
            clause(false, &[C, C, D]),
            clause(true, &[C, C, D, D]),
            clause(true, &[]),
            clause(true, &[A, D, D]),
        ];
        let order: Vec<usize> = agenda(&clauses, false).iter().map(|item| item.index).collect();
        assert_eq!(order, [4, 6, 3, 1, 2, 5, 0]);
    }

    #[test]
    fn a_decision_of_the_lead_does_not_move_the_list() {
        let open = clause(true, &[C, C, D, D]);
        let settled = ClauseResult { verdict: Some(Decision::Grade(C)), by_lead: true, ..open.clone() };
        assert_eq!(effect(&open, false), effect(&settled, false));
        assert_eq!(effect(&clause(true, &[]), true), Effect::Agreed, "others may still be shown");
    }
}
