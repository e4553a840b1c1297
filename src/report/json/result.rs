//! The shape of `hecha result FILE --json` (`design.md` §6); its keys are stable.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    domain::{
        ballot::seal::BallotState,
        checklist::{
            Checklist,
            contradiction::VerdictRange,
            profile::{Condition, Standard},
        },
        edit::verdict::Decision,
        facility::Applied,
        outcome::{ClauseResult, Outcome, StandardResult},
        subsidy::Subsidy,
        terms::{amount::Amount, clean::clean_line, digest::Digest, grade::Grade, id::ClauseId, lang::Lang},
        visit::{MemberState, Visit},
    },
    report::{
        build::state,
        json::value::{basis, by, counts, number, tell_decision},
    },
    words,
};

/// What stands there for somebody who may see no vote and no verdict, so that nothing that is left out passes for a result.
const NOT_PUBLIC: (&str, &str) = (
    "核查还没有定稿，这台电脑没有加入：评分和结论不公开，这里什么也不说明。",
    "The visit is not final and this laptop has not joined: votes and verdicts are not public, nothing here is a result.",
);

/// The outcome of a visit. `shown` are the members the outcome was counted over, and the only ones whose votes are
/// counted here.
///
/// Beyond the stable keys a clause has `not_applicable` or `points` where its verdict is not a grade, and `withheld` where
/// the reader is recused from it.
#[must_use]
pub fn result_json(visit: &Visit, outcome: &Outcome, shown: &[&MemberState], lang: Lang) -> Value {
    let mut result = json!({
        "visit": clean_line(visit.id.as_str()),
        "facility": visit.founding.facility.as_str(),
        "state": state(visit).key(),
        "ballots": ballots(visit),
        "applied": visit.founding.mandate.applied.map(Applied::key),
        "counts": counts(&outcome.counts(|_| true)),
        "core": counts(&outcome.counts(|clause| clause.core)),
        "gates": gates(visit, outcome, lang),
        "standards": standards(visit, outcome, lang),
        "clauses": outcome
            .clauses
            .iter()
            .map(|result| clause(visit, result, shown, lang))
            .collect::<Vec<_>>(),
        "revises": visit.revision.replaced.last().filter(|_| !visit.revision.is_draft).map(Digest::to_hex),
        "revised": ids(&visit.revision.revised),
        "reopened": ids(&visit.revision.reopened),
        "draft": visit.revision.is_draft,
        "record_differs": visit.record_differs,
        "against_votes": outcome.against_votes().count(),
        "judged_alone": outcome.judged_alone().count(),
        "subsidy": visit.subsidy(outcome).as_ref().map(|it| subsidy(it, lang)),
        "na_effects": na_effects(outcome),
        "contradictions": contradictions(outcome, lang),
    });
    if let Some(members) = result.as_object_mut().filter(|_| visit.hides_all()) {
        members.insert("not_public".to_owned(), Value::from(lang.pick(NOT_PUBLIC.0, NOT_PUBLIC.1)));
    }
    result
}

fn ids(clauses: &BTreeSet<ClauseId>) -> Vec<String> {
    clauses.iter().map(|id| clean_line(id.as_str())).collect()
}

/// The subsidy tier, and what it rests on; `amount_wan_yuan` and `population_from` are null while no tier can be told.
pub(in crate::report) fn subsidy(it: &Subsidy, lang: Lang) -> Value {
    json!({
        "population": it.population,
        "population_from": it.tier.as_ref().map(|tier| tier.population_from),
        "amount_wan_yuan": it.tier.as_ref().map(|tier| number(tier.amount_wan_yuan)),
        "source": it.tier.as_ref().map(|tier| clean_line(tier.source.as_str())),
        "recommended_met": it.met,
        "text": words::subsidy::told(it, lang),
    })
}

/// How many members have sealed, how many of their ballots are open, and how many of them have not sealed.
fn ballots(visit: &Visit) -> Value {
    let of = |wanted: fn(BallotState) -> bool| visit.voting().filter(|it| wanted(it.ballot_state)).count();
    json!({
        "sealed": of(BallotState::is_sealed),
        "opened": of(BallotState::counts),
        "owed": of(|state| !state.is_sealed()),
    })
}

/// Points are in ten-thousandths in the domain and in points here.
fn conditions(standard: &Standard, result: &StandardResult, checklist: &Checklist, lang: Lang) -> Value {
    let conditions = standard.conditions.iter().zip(&result.conditions).map(|(condition, counted)| {
        let count = |n: u64| match condition {
            Condition::Points { .. } => {
                let points = i64::try_from(n).ok().and_then(Amount::from_ten_thousandths);
                points.map_or(Value::Null, number)
            }
            _ => json!(n),
        };
        json!({
            "text": words::condition(condition, checklist, lang),
            "met": counted.met,
            "have": count(counted.have),
            "open": count(counted.open),
            "of": count(counted.of),
            "need": count(counted.need),
            "not_applicable": count(counted.not_applicable),
        })
    });
    conditions.collect()
}

fn na_effects(outcome: &Outcome) -> Value {
    let effects = outcome.na_effects.iter().map(|effect| {
        json!({
            "clause": effect.clause.as_str(),
            "standard": effect.standard.as_str(),
            "met": effect.met,
            "as_lowest": effect.as_lowest,
            "as_highest": effect.as_highest,
        })
    });
    effects.collect()
}

fn contradictions(outcome: &Outcome, lang: Lang) -> Value {
    let found = outcome.contradictions.iter().map(|found| {
        let side = |range: &VerdictRange, verdict: Grade| {
            json!({ "clause": range.clause.as_str(), "verdict": verdict.to_string() })
        };
        json!({
            "id": found.rule.id.as_str(),
            "when": side(&found.rule.when, found.when),
            "but": side(&found.rule.but, found.but),
            "text": clean_line(found.rule.text.get(lang)),
            "source": clean_line(found.rule.source.as_str()),
        })
    });
    found.collect()
}

fn gates(visit: &Visit, outcome: &Outcome, lang: Lang) -> Value {
    let gates = visit.founding.checklist.profile.gates.iter().map(|gate| {
        let answer = outcome.gates.iter().find(|(id, _)| id == &gate.id).and_then(|(_, state)| *state);
        let period = visit.founding.lookback_period(gate);
        let reason = visit.gate_decision(gate.id.as_str()).map(|decision| decision.reason.as_str());
        json!({
            "id": gate.id.as_str(),
            "title": clean_line(gate.title.get(lang)),
            "state": answer.map(|state| state.key()),
            "period": period.map(|(from, until)| json!({ "from": from.to_string(), "until": until.to_string() })),
            "lacks_lookback": visit.founding.lacks_lookback(gate),
            "reason": reason.unwrap_or_default(),
            "optional": gate.optional,
            "bars": gate.bars.iter().map(|id| clean_line(id.as_str())).collect::<Vec<_>>(),
            "source": clean_line(gate.source.as_str()),
        })
    });
    gates.collect()
}

fn standards(visit: &Visit, outcome: &Outcome, lang: Lang) -> Value {
    // Of votes that may not be seen there is no bound either.
    let bound = |met: Option<bool>| (!visit.hides_all()).then_some(met == Some(true));
    let results = outcome.standards.iter().filter_map(|result| {
        let standards = &visit.founding.checklist.profile.standards;
        let standard = standards.iter().find(|standard| standard.id == result.id)?;
        Some(json!({
            "id": standard.id.as_str(),
            "title": clean_line(standard.title.get(lang)),
            "status": standard.status.key(),
            "source": clean_line(standard.source.as_str()),
            "in_use": result.in_use,
            "met": result.met,
            "barred_by": result.barred_by.iter().map(|id| clean_line(id.as_str())).collect::<Vec<_>>(),
            "unanswered": result.unanswered.iter().map(|id| clean_line(id.as_str())).collect::<Vec<_>>(),
            "worst": bound(result.worst),
            "best": bound(result.best),
            "clauses_to_flip": result.clauses_to_flip,
            "votes_to_flip": result.votes_to_flip,
            "under": { "strictest": result.worst, "merged": result.met, "lenient": result.best },
            "conditions": conditions(standard, result, &visit.founding.checklist, lang),
        }))
    });
    results.collect()
}

fn clause(visit: &Visit, result: &ClauseResult, shown: &[&MemberState], lang: Lang) -> Value {
    let clause = visit.founding.checklist.clause(result.id.as_str());
    let grades: Vec<Grade> = clause.map_or_else(Vec::new, |clause| {
        let shown = shown.iter().filter(|_| !result.withheld);
        shown.filter_map(|state| visit.vote(state, clause).grade()).collect()
    });
    let count = |wanted: Grade| grades.iter().filter(|grade| **grade == wanted).count();
    let points = result.merged_points.as_ref();
    let n_valid = points.map_or(result.merged.n_valid, |points| points.n_valid);
    let grade = match result.verdict {
        Some(Decision::Grade(grade)) => Some(grade.to_string()),
        _ => None,
    };
    let mut value = json!({
        "id": result.id.as_str(),
        "title": clause.map(|clause| clean_line(clause.title.get(lang))),
        "area": result.area.as_str(),
        "core": result.core,
        "votes": {
            "A": count(Grade::A),
            "B": count(Grade::B),
            "C": count(Grade::C),
            "D": count(Grade::D),
        },
        "verdict": grade,
        "by": by(result.basis),
        "basis": basis(result.basis),
        "reason": clean_line(&result.reason),
        "n_valid": n_valid,
        "odd": !n_valid.is_multiple_of(2),
        "quorum": points.map_or(result.merged.quorum, |points| points.quorum),
    });
    tell_decision(&mut value, result.verdict);
    if let Value::Object(fields) = &mut value
        && result.withheld
    {
        fields.insert("withheld".to_owned(), json!(true));
    }
    value
}
