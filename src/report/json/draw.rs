//! The draw of the panel as JSON, in the report (`docs/REPORT-JSON.md`) and, shorter, in `hecha visit info`.

use serde_json::{Value, json};

use crate::{
    domain::pool::{
        Person, Rank,
        draw::{Disagreement, Exclusion},
    },
    report::layout::DrawSection,
};

/// The whole record; the keys are those of the record's own file.
pub(crate) fn draw(draw: &DrawSection) -> Value {
    let (record, request) = (&draw.record, &draw.record.request);
    json!({
        "algorithm": record.algorithm,
        "facility": request.facility,
        "profile": request.profile,
        "visit_on": request.visit_on.map(|day| day.to_string()),
        "alliance": request.alliance,
        "seed": request.seed,
        "size": request.size,
        "min": request.min,
        "odd": request.odd,
        "fields": request.fields.iter().map(|field| field.key()).collect::<Vec<_>>(),
        "least_title": request.least.map(Rank::key),
        "left_out": request.left_out,
        "recusals": request.recusals.iter().map(exclusion).collect::<Vec<_>>(),
        "allowed": request.allowed.iter().map(|ground| ground.key()).collect::<Vec<_>>(),
        "drawn_on": request.drawn_on.to_string(),
        "n_pool": record.n_pool,
        "pool_sha256": record.pool_digest.to_hex(),
        "eligible": record.eligible.iter().map(|it| json!({
            "name": it.person.name,
            "unit": it.person.unit,
            "title": it.title.as_str(),
            "fields": it.fields.iter().map(|field| field.key()).collect::<Vec<_>>(),
            "ticket": format!("{:016x}", it.ticket),
            "exception": it.exception,
            "allowed": it.allowed.iter().map(|(ground, reason)| json!({
                "kind": ground.key(),
                "reason": reason,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "excluded": record.excluded.iter().map(exclusion).collect::<Vec<_>>(),
        "panel": record.panel.iter().map(|seat| json!({
            "name": seat.person.name,
            "unit": seat.person.unit,
            "title": seat.title.as_str(),
            "field": seat.field.key(),
            "required": seat.required,
        })).collect::<Vec<_>>(),
        "substitutes": record.substitutes.iter().map(|it| json!({
            "field": it.field.key(),
            "experts": it.persons.iter().map(person).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "agrees": agrees(&draw.disagreements),
    })
}

/// What there is to say of a draw in one line.
pub(crate) fn summary(draw: &DrawSection) -> Value {
    let (record, request) = (&draw.record, &draw.record.request);
    json!({
        "algorithm": record.algorithm,
        "seed": request.seed,
        "drawn_on": request.drawn_on.to_string(),
        "n_pool": record.n_pool,
        "pool_sha256": record.pool_digest.to_hex(),
        "n_eligible": record.eligible.len(),
        "n_excluded": record.n_excluded(),
        "agrees": agrees(&draw.disagreements),
    })
}

/// Whether the record came out when it was drawn again; null = by rules that this program does not know.
fn agrees(found: &[Disagreement]) -> Option<bool> {
    (!found.contains(&Disagreement::Algorithm)).then_some(found.is_empty())
}

fn person(person: &Person) -> Value {
    json!({"name": person.name, "unit": person.unit})
}

fn exclusion(it: &Exclusion) -> Value {
    json!({"name": it.person.name, "unit": it.person.unit, "kind": it.ground.key(), "reason": it.reason})
}
