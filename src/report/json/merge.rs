//! The shape of `hecha merge FILE --json` (`design.md` §6).

use serde_json::{Map, Value, json};

use crate::{
    domain::{
        agenda::{
            Agenda, AgendaItem,
            dissenters::{dissenting_ballots, dissents},
            point_votes::{PointCounts, PointVotes},
        },
        checklist::Clause,
        edit::{dissent::Cause, verdict::Decision},
        outcome::{ClauseResult, Outcome},
        terms::clean::clean_line,
        visit::{MemberState, Visit},
    },
    report::{
        build::{is_shown, status},
        json::value::{basis, by, position, tell_decision},
    },
};

/// Members × clauses. Votes of members who are not `shown` are left out and counted in `hidden`; a recusal is no vote
/// and is always told. `rank` is the place on the [`Agenda`], from 1, and `effect` why it is there. `points` counts what
/// was recorded for each point, `dissenting` are those whose votes differ from the lead's verdict, and `dissents` what
/// members say about their votes; `clear` are the votes in the clear, after the opening. A clause that the reader is recused from has nothing of these, and says `withheld`.
#[must_use]
pub fn merge_json(visit: &Visit, outcome: &Outcome, shown: &[&MemberState]) -> Value {
    let unseen = || visit.voting().filter(|state| !is_shown(state, shown));
    let hidden = unseen().count();
    let agenda = Agenda::of(visit, outcome, unseen().any(|state| visit.awaits(state)));
    let mut places: Vec<(usize, AgendaItem)> = (1_usize..).zip(agenda.items).collect();
    places.sort_by_key(|(_, item)| item.index);
    let members = visit.members.iter().map(|state| {
        json!({
            "name": clean_line(state.member.name.as_str()),
            "field": state.member.field.key(),
            "status": status(visit, state).key(),
        })
    });
    let clauses = outcome.clauses.iter().zip(places).filter_map(|(result, (rank, item))| {
        let clause = visit.founding.checklist.clause(result.id.as_str())?;
        let mut value = row(visit, clause, result, shown, rank);
        if let Value::Object(fields) = &mut value {
            fields.insert("effect".to_owned(), json!(item.effect.key()));
            fields.extend(discussion(visit, clause, result, shown));
        }
        Some(value)
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
    let hidden = visit.members.iter().filter(|state| !told(state)).count();
    let votes: Vec<Value> = visit
        .members
        .iter()
        .filter(|state| told(state) && !visit.stands_aside(state, clause))
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
    let clear = visit.clear_votes(clause.id.as_str()).filter(|_| !result.withheld).map(|(member, stand)| {
        let mut vote = position(stand.choice.into());
        if let Value::Object(fields) = &mut vote {
            fields.insert("member".to_owned(), json!(clean_line(member.as_str())));
            fields.insert("reason".to_owned(), json!(stand.reason.as_str()));
        }
        vote
    });
    let mut value = json!({
        "id": result.id.as_str(),
        "clear": clear.collect::<Vec<_>>(),
        "hidden": hidden,
        "votes": votes,
        "verdict": match result.verdict {
            Some(Decision::Grade(grade)) => Some(grade.to_string()),
            _ => None,
        },
        "by": by(result.basis),
        "basis": basis(result.basis),
        "spread": result.merged.spread,
        "split": points.map_or(result.merged.split, |points| points.split),
        "pass_line_split": result.merged.pass_line_split,
        "rank": rank,
    });
    tell_decision(&mut value, result.verdict);
    value
}

/// Where the members differ, who dissents from the lead's verdict, and what they say about it.
fn discussion(
    visit: &Visit,
    clause: &Clause,
    result: &ClauseResult,
    shown: &[&MemberState],
) -> Map<String, Value> {
    let shown = if result.withheld { &[] } else { shown };
    let points = PointVotes::of_clause(visit, clause, shown).into_iter().map(|votes| {
        let PointCounts { yes, no, not_applicable, open } = votes.counts();
        json!({
            "id": votes.point.id.as_str(),
            "yes": yes,
            "no": no,
            "not_applicable": not_applicable,
            "open": open,
        })
    });
    let verdict = visit.lead_verdict(clause.id.as_str());
    let dissenting =
        verdict.map(|verdict| dissenting_ballots(visit, clause, verdict, shown)).unwrap_or_default();
    let dissenting = dissenting.into_iter().map(|dissenter| {
        let mut said = position(dissenter.said);
        if let Value::Object(fields) = &mut said {
            fields.insert("member".to_owned(), json!(clean_line(dissenter.member.as_str())));
        }
        said
    });
    let dissents = dissents(visit, clause.id.as_str(), shown).into_iter().map(|(member, dissent)| {
        json!({
            "member": clean_line(member.as_str()),
            "cause": dissent.cause.map(Cause::key),
            "text": dissent.text.as_str(),
            "minority": dissent.minority,
        })
    });
    let mut fields = Map::new();
    fields.insert("points".to_owned(), points.collect());
    fields.insert("dissenting".to_owned(), dissenting.collect());
    fields.insert("dissents".to_owned(), dissents.collect());
    if result.withheld {
        fields.insert("withheld".to_owned(), json!(true));
    }
    fields
}
