//! The plan as JSON: by member the clauses to vote on.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::{
    domain::{
        edit::{
            Edit,
            plan::{DocumentPhase, Plan},
        },
        terms::{
            amount::Amount,
            id::{ClauseId, MemberName},
        },
    },
    share::{
        code::json::Json,
        wire::value::{bounded, day, id, name, optional},
    },
};

/// Most clauses of one member; a panel does not review more.
const CLAUSE_LIMIT: usize = 5_000;

/// A plan as JSON; `None` lets everybody vote on everything.
pub(super) fn plan_json(plan: Option<&Plan>) -> Value {
    let plan = plan.map(|plan| {
        let by = plan.by_member().into_iter().map(|(name, clauses)| {
            let clauses: Vec<&str> = clauses.into_iter().map(ClauseId::as_str).collect();
            json!({"name": name.as_str(), "c": clauses})
        });
        let documents = plan
            .documents
            .map(|it| json!({"on": it.on.map(|day| day.to_string()), "hours": it.hours.to_string()}));
        json!({"hours": plan.hours.to_string(), "documents": documents, "by": by.collect::<Vec<_>>()})
    });
    json!({"v": plan})
}

/// A plan from JSON.
pub(super) fn plan_from(json: &Json<'_>) -> Option<Edit> {
    Some(Edit::Plan(optional(json.get("v"), read)?.map(Arc::new)))
}

fn read(json: &Json<'_>) -> Option<Plan> {
    let mut plan = Plan::new(hours(json)?, optional(json.get("documents"), documents)?);
    for member in bounded(json.list("by")?)? {
        let name: MemberName = name(member)?;
        let clauses = member.list("c")?;
        (clauses.len() <= CLAUSE_LIMIT).then_some(())?;
        for clause in clauses {
            plan.give(&ClauseId::new(id(clause.as_text()?)?), &name);
        }
    }
    Some(plan)
}

fn documents(json: &Json<'_>) -> Option<DocumentPhase> {
    Some(DocumentPhase { on: day(json)?, hours: hours(json)? })
}

/// Hours of a day.
fn hours(json: &Json<'_>) -> Option<Amount> {
    let hours: Amount = json.text("hours")?.parse().ok()?;
    Plan::are_hours(hours).then_some(hours)
}
