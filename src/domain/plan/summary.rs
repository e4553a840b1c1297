//! A plan in a line: how many vote on a core clause, how many on the others, how many clauses are one member's alone.

use crate::domain::{checklist::Checklist, edit::plan::Plan};

/// What a plan comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlanSummary {
    /// Fewest and most who vote on a core clause; `None` = there is none.
    pub core: Option<(usize, usize)>,
    /// The same of the other clauses.
    pub others: Option<(usize, usize)>,
    /// Clauses that one member votes on alone.
    pub n_alone: usize,
    /// Clauses that nobody votes on.
    pub n_nobody: usize,
}

impl PlanSummary {
    /// Of the plan for a checklist.
    #[must_use]
    pub fn of(checklist: &Checklist, plan: &Plan) -> Self {
        let mut summary = Self::default();
        for clause in checklist.clauses() {
            let n = plan.voters(&clause.id).len();
            let range = if clause.core { &mut summary.core } else { &mut summary.others };
            *range = Some(range.map_or((n, n), |(fewest, most)| (fewest.min(n), most.max(n))));
            summary.n_alone += usize::from(n == 1);
            summary.n_nobody += usize::from(n == 0);
        }
        summary
    }
}
