//! The votes on a clause that may be seen here, told; and what can be said of a clause once they are.

use std::sync::Arc;

use crate::{
    app::{merge::agenda_text, visit::info},
    domain::{
        agenda::point_votes::PointVotes,
        checklist::Clause,
        outcome::{ClauseResult, Outcome},
        terms::{clean::clean_line, lang::Lang},
    },
    plain::{
        sitting::Sitting,
        talk::{Stop, Typed},
    },
    words,
};

impl Sitting<'_> {
    /// A clause of the visit.
    pub(crate) fn clause_of(&self, id: &str) -> Option<Arc<Clause>> {
        self.session.visit().founding.checklist.clause(id).map(Arc::clone)
    }

    /// Says who voted what, on which points they differ, what was voted in the clear, and what the verdict is.
    pub(crate) fn say_votes(&mut self, clause: &Clause, outcome: &Outcome) -> Result<(), Stop> {
        let lang = self.lang();
        let called = self.called(clause);
        self.talk.say(called)?;
        let Some(result) = outcome.clauses.iter().find(|it| it.id == clause.id).filter(|it| !it.withheld)
        else {
            return Ok(());
        };
        let told = self.votes_told(clause, result);
        self.talk.say(told.join("\n"))?;
        let reason = result.reason.as_str();
        let reason = if reason.is_empty() { String::new() } else { words::aside(reason, lang) };
        let by = result
            .basis
            .map(|basis| format!("{}{}", lang.pick("，", ", "), basis.name(lang)))
            .unwrap_or_default();
        let verdict = words::verdict(result.verdict, lang);
        self.talk.say(format!("{}{verdict}{by}{reason}", lang.pick("结论：", "Verdict: ")))
    }

    fn votes_told(&self, clause: &Clause, result: &ClauseResult) -> Vec<String> {
        let lang = self.lang();
        let visit = self.session.visit();
        let shown = info::shown(&self.session);
        let said = shown.iter().map(|state| {
            let vote = visit.vote(state, clause);
            let said = words::said(vote.position, vote.direct, lang);
            let reason =
                if vote.reason.is_empty() { String::new() } else { words::aside(&vote.reason, lang) };
            format!("{} {said}{reason}", clean_line(state.member.name.as_str()))
        });
        let said: Vec<String> = said.collect();
        let mut told =
            vec![format!("{}{}", lang.pick("评分：", "Votes: "), said.join(lang.pick("，", ", ")))];
        let points = PointVotes::of_clause(visit, clause, &shown);
        for votes in points.iter().filter(|votes| votes.differs()) {
            told.push(format!("{} {}", votes.point.id, votes.point.text.get(lang)));
            told.push(agenda_text::point_voices(votes, lang));
        }
        told.extend(agenda_text::other_points(&points, lang));
        let clear = words::clear_votes(visit.clear_votes(result.id.as_str()), lang);
        told.extend((!clear.is_empty()).then_some(clear));
        told
    }
}

/// What can be said of a clause, in words.
pub(crate) fn choices(clause: &Clause, lang: Lang) -> String {
    let mut text = match (clause.scale, lang) {
        (None, Lang::Zh) => "A、B、C、D".to_owned(),
        (None, Lang::En) => "A, B, C, D".to_owned(),
        (Some(scale), Lang::Zh) => format!("0 至 {} 分，步长 {}", scale.points, scale.step),
        (Some(scale), Lang::En) => format!("0 to {} points, in steps of {}", scale.points, scale.step),
    };
    if !clause.must_apply {
        text.push_str(lang.pick("，不适用写 免", "; na if it does not apply"));
    }
    text
}

/// What was typed, as commands take it.
pub(crate) fn choice_typed(typed: &Typed) -> String {
    if typed.is(&["免", "不适用", "na", "n/a", "not applicable"]) {
        "na".to_owned()
    } else {
        typed.command.clone()
    }
}
