//! The lead's work: closing scoring, verdicts with a reason, gates.

use crate::{
    app::{
        failure::{Exit, Failure, wording},
        session::Session,
    },
    domain::{
        edit::{
            Edit,
            verdict::{Citation, Decision, GateDecision, GateState, LeadVerdict},
        },
        terms::{
            id::{ClauseId, GateId},
            lang::{Lang, Text},
            written::Line,
        },
        visit::Barrier,
    },
};

impl Session {
    /// Closes scoring for everybody.
    ///
    /// # Errors
    /// If this is not the lead's laptop, scoring is closed already, or the store fails.
    pub(in crate::app) fn close(&mut self) -> Result<(), Failure> {
        self.as_lead()?;
        if self.visit.closed {
            return Ok(());
        }
        self.write(vec![(Edit::Close, None)])
    }

    /// Records the lead's verdict for a clause; `None` takes it back to the rule. Cites the votes as seen now.
    ///
    /// # Errors
    /// If this is not the lead's laptop, the reason is empty, the lead still has votes to submit, or the store fails.
    pub(in crate::app) fn decide(
        &mut self,
        clause: &ClauseId,
        decision: Option<Decision>,
        reason: &str,
    ) -> Result<(), Failure> {
        let cites = self.cited(clause);
        let reason = Line::new(reason)?;
        let value = decision.map(|decision| LeadVerdict { decision, reason, cites });
        self.record(vec![Edit::Verdict { clause: clause.clone(), value }])
    }

    /// Records the lead's finding on a gate; `None` takes it back.
    ///
    /// # Errors
    /// As [`Self::decide`].
    pub(in crate::app) fn decide_gate(
        &mut self,
        gate: &GateId,
        state: Option<GateState>,
        reason: &str,
    ) -> Result<(), Failure> {
        let reason = Line::new(reason)?;
        let value = state.map(|state| GateDecision { state, reason });
        self.record(vec![Edit::Gate { gate: gate.clone(), value }])
    }

    /// Whether this laptop may do the lead's work now.
    ///
    /// # Errors
    /// Why it may not.
    pub(crate) fn as_lead(&self) -> Result<(), Failure> {
        if !self.leads() {
            return Err(wording::lead_only());
        }
        if self.visit.finalised.is_some() {
            return Err(wording::barrier(Barrier::Final));
        }
        Ok(())
    }

    /// A verdict or gate edit, if the lead may make it now.
    pub(in crate::app) fn checked_decision(&self, edit: Edit) -> Result<Edit, Failure> {
        self.as_lead()?;
        match &edit {
            Edit::Verdict { clause, value } => {
                let clause = self.clause(clause.as_str())?;
                if self.votes_are_hidden() {
                    return Err(submit_first());
                }
                if self.is_withheld(clause) {
                    return Err(wording::barrier(Barrier::Recused));
                }
                if let Some(verdict) = value {
                    let fits = match (verdict.decision, clause.scale) {
                        (Decision::Grade(_), None) | (Decision::NotApplicable, _) => true,
                        (Decision::Points(points), Some(scale)) => scale.admits(points),
                        _ => false,
                    };
                    if !fits {
                        return Err(wrong_verdict(clause.id.as_str()));
                    }
                    with_reason(&verdict.reason)?;
                }
            }
            Edit::Gate { gate, value } => {
                let known = self.visit.founding.checklist.profile.gates.iter().any(|it| &it.id == gate);
                if !known {
                    return Err(wording::unknown("门槛", "gate", gate.as_str(), None));
                }
                if let Some(decision) = value {
                    with_reason(&decision.reason)?;
                }
            }
            _ => return Err(Failure::bug("not a decision")),
        }
        Ok(edit)
    }

    /// Whether the lead has not submitted yet and so may not see the others' votes.
    fn votes_are_hidden(&self) -> bool {
        self.my_state().is_some_and(|state| self.visit.is_bound(state))
    }

    fn cited(&self, clause: &ClauseId) -> Vec<Citation> {
        let Some(clause) = self.visit.founding.checklist.clause(clause.as_str()) else { return Vec::new() };
        let withheld = self.is_withheld(clause);
        let visible = self.visit.members.iter().filter(|state| !withheld && self.may_see(state));
        visible
            .filter_map(|state| {
                let said = self.visit.vote(state, clause).position.choice()?;
                Some(Citation { member: state.member.name.clone(), said: Some(said) })
            })
            .collect()
    }
}

/// Reads what `hecha decide` takes: a grade, points, or `not-applicable`.
#[must_use]
pub fn parse_decision(text: &str) -> Option<Decision> {
    if let Ok(grade) = text.parse() {
        return Some(Decision::Grade(grade));
    }
    if text == "not-applicable" || text == "na" || text == Lang::Zh.pick("不适用", "") {
        return Some(Decision::NotApplicable);
    }
    text.parse().ok().map(Decision::Points)
}

fn with_reason(reason: &str) -> Result<(), Failure> {
    if !reason.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        Exit::Fixable,
        Text::new("结论没有记录。", "The verdict was not recorded."),
        Text::new("组长的结论必须写明理由。", "A verdict of the lead needs a reason."),
        Text::new("请加上 --reason 理由。", "Add --reason REASON."),
    ))
}

fn wrong_verdict(clause: &str) -> Failure {
    wording::bad_votes(vec![Text::new(
        format!("{clause}：结论与条款的评分方式不符（档次或分值）。"),
        format!("{clause}: the verdict does not fit how the clause is scored (grade or points)"),
    )])
}

fn submit_first() -> Failure {
    Failure::new(
        Exit::NeedsPerson,
        Text::new("结论没有记录。", "The verdict was not recorded."),
        Text::new(
            "组长自己的评分还没有提交，提交前看不到别人的评分。",
            "The lead's own ballot is not submitted; others' votes are not shown before that.",
        ),
        Text::new("请先运行 hecha submit。", "Run hecha submit first."),
    )
}
