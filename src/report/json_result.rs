//! The shape of `hecha result FILE --json` (`design.md` §6); its keys are stable.

use serde_json::{Value, json};

use crate::{
    domain::{
        clean::clean_line,
        grade::Grade,
        lang::Lang,
        outcome::{ClauseResult, Outcome},
        verdict::Decision,
        visit::{MemberState, Visit},
    },
    report::json::{by, counts, tell_decision},
};

/// The outcome of a visit. `shown` are the members the outcome was counted over, and the only ones whose votes are
/// counted here.
///
/// Beyond the stable keys a clause has `not_applicable` or `points` where its verdict is not a grade.
#[must_use]
pub fn result_json(visit: &Visit, outcome: &Outcome, shown: &[&MemberState], lang: Lang) -> Value {
    json!({
        "visit": clean_line(visit.id.as_str()),
        "facility": clean_line(&visit.founding.facility),
        "counts": counts(&outcome.counts(|_| true)),
        "core": counts(&outcome.counts(|clause| clause.core)),
        "gates": gates(visit, outcome, lang),
        "standards": standards(visit, outcome, lang),
        "clauses": outcome
            .clauses
            .iter()
            .map(|result| clause(visit, result, shown, lang))
            .collect::<Vec<_>>(),
    })
}

fn gates(visit: &Visit, outcome: &Outcome, lang: Lang) -> Value {
    let gates = visit.founding.checklist.profile.gates.iter().map(|gate| {
        let answer = outcome.gates.iter().find(|(id, _)| id == &gate.id).and_then(|(_, state)| *state);
        let period = visit.founding.lookback_period(gate);
        let reason = visit.gate_decision(gate.id.as_str()).map(|decision| clean_line(&decision.reason));
        json!({
            "id": gate.id.as_str(),
            "title": clean_line(gate.title.get(lang)),
            "state": answer.map(|state| state.key()),
            "period": period.map(|(from, until)| json!({ "from": from.to_string(), "until": until.to_string() })),
            "lacks_lookback": visit.founding.lacks_lookback(gate),
            "reason": reason.unwrap_or_default(),
            "optional": gate.optional,
            "source": clean_line(gate.source.as_str()),
        })
    });
    gates.collect()
}

fn standards(visit: &Visit, outcome: &Outcome, lang: Lang) -> Value {
    let results = outcome.standards.iter().filter_map(|result| {
        let standards = &visit.founding.checklist.profile.standards;
        let standard = standards.iter().find(|standard| standard.id == result.id)?;
        Some(json!({
            "id": standard.id.as_str(),
            "title": clean_line(standard.title.get(lang)),
            "status": standard.status.key(),
            "source": clean_line(standard.source.as_str()),
            "met": result.met,
            "worst": result.worst,
            "best": result.best,
            "clauses_to_flip": result.clauses_to_flip,
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
        "by": by(result.by_lead, result.verdict),
        "reason": clean_line(&result.reason),
        "n_valid": n_valid,
        "odd": !n_valid.is_multiple_of(2),
        "quorum": points.map_or(result.merged.quorum, |points| points.quorum),
    });
    tell_decision(&mut value, result.verdict);
    value
}
