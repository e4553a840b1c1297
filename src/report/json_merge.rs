//! The shape of `hecha merge FILE --json` (`design.md` §6).

use serde_json::{Value, json};

use crate::{
    domain::{
        agenda::agenda,
        checklist::Clause,
        clean::clean_line,
        outcome::{ClauseResult, Outcome},
        verdict::Decision,
        visit::{MemberState, Visit},
    },
    report::{
        build::{is_shown, status},
        json::{by, position, tell_decision},
    },
};

/// Members × clauses. Votes of members who are not `shown` are left out and counted in `hidden`; a recusal is no vote
/// and is always told. `rank` is the place in [`agenda`], from 1.
#[must_use]
pub fn merge_json(visit: &Visit, outcome: &Outcome, shown: &[&MemberState]) -> Value {
    let all_recused = |state: &&MemberState| visit.is_recused(state.member.name.as_str());
    let hidden = visit.members.iter().filter(|state| !is_shown(state, shown) && !all_recused(state)).count();
    let mut ranks = vec![0; outcome.clauses.len()];
    for (rank, item) in (1_usize..).zip(agenda(&outcome.clauses, hidden > 0)) {
        if let Some(place) = ranks.get_mut(item.index) {
            *place = rank;
        }
    }
    let members = visit.members.iter().map(|state| {
        json!({
            "name": clean_line(state.member.name.as_str()),
            "field": state.member.field.key(),
            "status": status(visit, state).key(),
        })
    });
    let clauses = outcome.clauses.iter().zip(ranks).filter_map(|(result, rank)| {
        let clause = visit.founding.checklist.clause(result.id.as_str())?;
        Some(row(visit, clause, result, shown, rank))
    });
    json!({
        "members": members.collect::<Vec<_>>(),
        "clauses": clauses.collect::<Vec<_>>(),
        "hidden": hidden,
    })
}

fn row(visit: &Visit, clause: &Clause, result: &ClauseResult, shown: &[&MemberState], rank: usize) -> Value {
    let told = |state: &&MemberState| {
        (is_shown(state, shown) && !result.withheld)
            || visit.recusal(state.member.name.as_str(), clause.id.as_str()).is_some()
    };
    let votes: Vec<Value> = visit
        .members
        .iter()
        .filter(told)
        .map(|state| {
            let cast = visit.vote(state, clause);
            let mut vote = position(cast.position);
            if let Value::Object(fields) = &mut vote {
                fields.insert("direct".to_owned(), json!(cast.direct));
                fields.insert("member".to_owned(), json!(clean_line(state.member.name.as_str())));
            }
            vote
        })
        .collect();
    let points = result.merged_points.as_ref();
    let mut value = json!({
        "id": result.id.as_str(),
        "hidden": visit.members.len() - votes.len(),
        "votes": votes,
        "verdict": match result.verdict {
            Some(Decision::Grade(grade)) => Some(grade.to_string()),
            _ => None,
        },
        "by": by(result.by_lead, result.verdict),
        "spread": result.merged.spread,
        "split": points.map_or(result.merged.split, |points| points.split),
        "pass_line_split": result.merged.pass_line_split,
        "rank": rank,
    });
    tell_decision(&mut value, result.verdict);
    value
}
