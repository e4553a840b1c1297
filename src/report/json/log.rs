//! The shape of `hecha log FILE [CLAUSE] --json` (`docs/REPORT-JSON.md`).

use serde_json::{Value, json};

use crate::{
    domain::{
        edit::Edit,
        log::{
            Log, Subject,
            entry::{About, By, Entry},
        },
        terms::{clean::clean_line, lang::Lang},
    },
    words,
};

/// What was recorded, in order. `clock` gives what the laptop's clock said, in milliseconds since 1970.
#[must_use]
pub fn log_json(log: &Log, clock: impl Fn(&Entry) -> Option<u64>, lang: Lang) -> Value {
    let entries = (1_usize..).zip(&log.entries).map(|(n, it)| entry(log, n, it, clock(it), lang));
    let (clause, gate) = match &log.subject {
        Some(Subject::Clause(clause)) => (Some(clean_line(clause.as_str())), None),
        Some(Subject::Gate(gate)) => (None, Some(clean_line(gate.as_str()))),
        None => (None, None),
    };
    json!({
        "visit": clean_line(log.visit.as_str()),
        "clause": clause,
        "gate": gate,
        "withheld": log.withheld.iter().map(|id| clean_line(id.as_str())).collect::<Vec<_>>(),
        "hidden": log.n_hidden,
        "entries": entries.collect::<Vec<_>>(),
    })
}

fn entry(log: &Log, n: usize, entry: &Entry, clock: Option<u64>, lang: Lang) -> Value {
    let (clause, point, gate) = match &entry.about {
        About::Clause(clause, point) => (Some(clause.as_str()), point.as_ref().map(|it| it.as_str()), None),
        About::Gate(gate) => (None, None, Some(gate.as_str())),
        About::Clauses | About::Visit => (None, None, None),
    };
    let by = match &entry.by {
        By::Member(name) | By::Claimant(name) => Some(clean_line(name.as_str())),
        By::Office | By::Stranger => None,
    };
    let role = match entry.by {
        By::Member(_) => "member",
        By::Claimant(_) => "claimant",
        By::Office => "office",
        By::Stranger => "stranger",
    };
    let item =
        if let Edit::Rectify { item, .. } = &entry.edit { Some(clean_line(item.as_str())) } else { None };
    json!({
        "n": n,
        "kind": entry.kind.key(),
        "by": by,
        "role": role,
        "device": entry.device,
        "clause": clause.map(clean_line),
        "point": point.map(clean_line),
        "gate": gate.map(clean_line),
        "item": item,
        "text": words::log::text(log, entry, lang),
        "replaced": words::log::replaced(log, entry, lang),
        "counts": entry.fate.counts(),
        "why": entry.fate.key(),
        "synced": entry.synced,
        "order": entry.lamport,
        "clock": clock,
    })
}
