//! The lead's work: closing scoring, verdicts with a reason, gates.

use std::collections::BTreeSet;

use crate::{
    app::{
        failure::{Exit, Failure, wording},
        session::Session,
    },
    domain::{
        ballot::fits,
        edit::{
            Edit,
            verdict::{Citation, Decision, GateDecision, GateState, LeadVerdict},
        },
        terms::{
            id::{ClauseId, GateId},
            lang::{Lang, Text},
            written::Line,
        },
    },
};

impl Session {
    /// Whether scoring may be closed now.
    ///
    /// # Errors
    /// Why it may not.
    pub(crate) fn may_close(&self) -> Result<(), Failure> {
        self.may(&Edit::Close { tips: BTreeSet::new() })
    }

    /// Closes scoring: names the seals that count, by the ends of all feeds. Once closed, another record adds the seals that
    /// came late; without any nothing is recorded.
    ///
    /// # Errors
    /// If this is not the lead's laptop, the own ballot is not sealed, or the store fails.
    pub(in crate::app) fn close(&mut self) -> Result<(), Failure> {
        self.may_close()?;
        self.seal()?;
        if self.visit.closed && self.visit.late_seals().next().is_none() {
            return Ok(());
        }
        self.write(vec![(Edit::Close { tips: self.visit.tips() }, None)])?;
        self.seal()?;
        self.answer_ballots()
    }

    /// Records the lead's verdict for a clause; `None` takes it back to the rule. Cites the votes as seen now.
    ///
    /// # Errors
    /// If this laptop does not do the lead's work, scoring is not closed or the visit is final, the lead is recused from the
    /// clause, the verdict does not fit it, the reason is empty, or the store fails.
    pub(in crate::app) fn decide(
        &mut self,
        clause: &ClauseId,
        decision: Option<Decision>,
        reason: &str,
    ) -> Result<(), Failure> {
        let (cites, clear) = (self.cited(clause), self.cited_in_the_clear(clause));
        let reason = Line::new(reason)?;
        let value = decision.map(|decision| LeadVerdict { decision, reason, cites, clear });
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

    /// Why the votes do not bear the lead's verdict on a clause: before the end it stands and is marked, afterwards it does not stand.
    /// `None` if they do.
    #[must_use]
    pub fn unborne(&self, clause: &str) -> Option<Text> {
        if self.visit.revision.is_draft && self.visit.revised_verdict(clause).is_none() {
            return Some(Text::new(
                "异议后的合议表决票数不够，或多数不是这个意见：这个结论暂不生效，仍按原来的。",
                "Too few have voted since the objection, or most say otherwise: this does not take effect, and what stood before stands.",
            ));
        }
        let outcome = self.outcome();
        let result = outcome.clauses.iter().find(|result| result.id.as_str() == clause);
        let basis = result.filter(|result| result.is_against_votes()).and_then(|result| result.basis)?;
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| basis.name(lang));
        Some(Text::new(
            format!("{zh}：结论旁注明，定稿前要写明理由。"),
            format!("{en}: marked beside the verdict, and the end takes a reason for it."),
        ))
    }

    /// A verdict or gate edit, if the lead may make it now.
    pub(in crate::app) fn checked_decision(&self, edit: Edit) -> Result<Edit, Failure> {
        match &edit {
            Edit::Verdict { clause, value } => {
                let clause = self.clause(clause.as_str())?;
                if let Some(verdict) = value {
                    if !fits(verdict.decision.into(), clause) {
                        return Err(wrong_verdict(clause.id.as_str()));
                    }
                    with_reason(&verdict.reason)?;
                }
            }
            Edit::Gate { gate, value } => {
                let known = self.visit.founding.checklist.profile.gates.iter().any(|it| &it.id == gate);
                if !known {
                    return Err(wording::unknown("否决情形", "gate", gate.as_str(), None));
                }
                if let Some(decision) = value {
                    with_reason(&decision.reason)?;
                }
            }
            _ => return Err(Failure::bug("not a decision")),
        }
        Ok(edit)
    }

    fn cited_in_the_clear(&self, clause: &ClauseId) -> Vec<Citation> {
        let votes = self.visit.clear_votes(clause.as_str());
        votes.map(|(member, stand)| Citation { member: member.clone(), said: Some(stand.choice) }).collect()
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
    if text == "not-applicable" || text == "na" || text == "免" || text == Lang::Zh.pick("不适用", "") {
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
    Failure::new(
        Exit::Fixable,
        Text::new("结论没有记录。", "The verdict was not recorded."),
        Text::new(
            format!("{clause}：结论与条款的评分方式不符（档次、分值，或不能记为不适用）。"),
            format!(
                "{clause}: the verdict does not fit how the clause is scored (grade, points, or never not applicable)."
            ),
        ),
        Text::new(
            "请用 hecha checklist show 查看这个条款怎样评分。",
            "See with hecha checklist show how the clause is scored.",
        ),
    )
}
