//! A plan as JSON: who scores what, by which way, how each clause is covered, what does not fit (`docs/REPORT-JSON.md`).

use serde_json::{Value, json};

use crate::{
    domain::{
        checklist::Checklist,
        plan::{
            lack::Offer,
            proposal::{Load, PlannedClause, Proposal},
            route::{Route, Stop},
            summary::PlanSummary,
        },
        terms::{id::ClauseId, lang::Lang},
    },
    report::json::value::number,
    words::plan as words,
};

/// A plan in short.
#[must_use]
pub fn summary(plan: &PlanSummary) -> Value {
    let range =
        |range: Option<(usize, usize)>| range.map(|(fewest, most)| json!({"min": fewest, "max": most}));
    json!({
        "core_votes": range(plan.core), "votes": range(plan.others),
        "alone": plan.n_alone, "nobody": plan.n_nobody,
    })
}

/// A proposal with what would help it.
#[must_use]
pub fn proposal(proposal: &Proposal, checklist: &Checklist, offers: &[Offer], lang: Lang) -> Value {
    let documents_before = proposal.wishes.document_hours.is_some();
    let members = proposal.loads().map(|load| member(&load, checklist, documents_before));
    let clauses = proposal.clauses(checklist).map(|it| clause(&it));
    let offers: Vec<String> = offers.iter().map(|it| words::offer(it, lang)).collect();
    let lacks = proposal.lacks();
    let lacks = lacks.iter().map(|lack| {
        json!({
            "what": words::lack(lack, lang), "minutes": number(lack.minutes()),
            "offer": offers.join(lang.pick("；", "; ")),
        })
    });
    json!({
        "hours": number(proposal.wishes.hours),
        "document_hours": proposal.wishes.document_hours.map(number),
        "fits": proposal.fits(),
        "lower_bound": number(proposal.lower_bound),
        "members": members.collect::<Vec<_>>(),
        "clauses": clauses.collect::<Vec<_>>(),
        "does_not_fit": lacks.collect::<Vec<_>>(),
    })
}

fn member(load: &Load, checklist: &Checklist, documents_before: bool) -> Value {
    let own = load.clauses.iter().filter_map(|id| checklist.clause(id.as_str()));
    let route = Route::through(checklist, own.map(AsRef::as_ref), documents_before);
    json!({
        "name": load.name.as_str(),
        "field": load.field.key(),
        "minutes": number(load.minutes),
        "documents": {
            "minutes": number(load.documents),
            "clauses": route.documents.as_ref().map(|stop| ids(&stop.clauses)).unwrap_or_default(),
        },
        "clauses": ids(&load.clauses),
        "route": route.stops.iter().map(stop).collect::<Vec<_>>(),
    })
}

fn stop(stop: &Stop) -> Value {
    json!({"place": stop.place.zh, "minutes": number(stop.minutes), "clauses": ids(&stop.clauses)})
}

fn clause(it: &PlannedClause) -> Value {
    json!({
        "id": it.clause.as_str(), "core": it.core, "votes": it.votes, "asked": it.asked,
        "odd": !it.votes.is_multiple_of(2), "field_covered": it.field_covered, "minutes": number(it.minutes),
    })
}

fn ids(clauses: &[ClauseId]) -> Vec<&str> {
    clauses.iter().map(ClauseId::as_str).collect()
}
