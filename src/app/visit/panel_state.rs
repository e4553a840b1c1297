//! How the panel stands: who owes what, and how each clause is covered.

use serde_json::Value;

use crate::{
    app::session::Session,
    domain::{
        panel::{
            coverage::{Cover, covers},
            progress::progress,
        },
        plan::summary::PlanSummary,
        terms::id::MemberName,
    },
    report::json::plan::summary,
};

/// The panel as this laptop may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelState {
    /// How many vote on what by the plan; `None` = everybody on everything.
    pub plan: Option<PlanSummary>,
    /// Each voting member with what is owed.
    pub owed: Vec<(MemberName, Owed)>,
    /// The cover of each clause, in checklist order.
    pub covers: Vec<Cover>,
}

/// What one member owes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owed {
    /// Clauses to score.
    pub n_owed: usize,
    /// Those that are; `None` = the ballot may not be seen, so not even its progress is told.
    pub n_scored: Option<usize>,
}

impl PanelState {
    /// Of an open visit.
    #[must_use]
    pub fn of(session: &Session) -> Self {
        let visit = session.visit();
        let n_hidden = visit.voting().filter(|state| !session.may_see(state) && visit.awaits(state)).count();
        let all = visit.members.iter().zip(progress(visit, |state| session.may_see(state)));
        let votes = |name: &str| !visit.is_recused(name) && !visit.is_absent(name);
        let voting = all.filter(|(state, _)| votes(state.member.name.as_str()));
        let owed = voting.map(|(state, progress)| {
            let n_scored = session.may_see(state).then_some(progress.n_scored);
            (state.member.name.clone(), Owed { n_owed: progress.n_owed, n_scored })
        });
        Self {
            plan: visit.plan().map(|plan| PlanSummary::of(&visit.founding.checklist, plan)),
            owed: owed.collect(),
            covers: covers(visit, &session.outcome(), n_hidden),
        }
    }

    /// The plan in short, as JSON.
    #[must_use]
    pub fn plan_json(&self) -> Value {
        self.plan.as_ref().map_or(Value::Null, summary)
    }

    /// Whether all ballots may be seen, so that votes are counted and no longer those who are to vote.
    #[must_use]
    pub fn counted(&self) -> bool {
        self.covers.iter().all(|cover| cover.counted)
    }
}
