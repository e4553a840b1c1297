//! Edits as JSON: the wire shape, converted by hand to and from the meaning. Text is cleaned on the way in.

pub mod draw;
pub(crate) mod evidence;
pub(crate) mod facility;
pub(crate) mod finding;
pub(crate) mod membership;
pub(crate) mod panel;
pub(crate) mod rectify;
pub(super) mod value;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde_json::{Map, Value, json};

use crate::{
    domain::{
        checklist::Checklist,
        edit::{
            BallotKey, Choice, Digest, Edit, Founding, Member, Stand,
            slot::Slot,
            verdict::{Decision, GateDecision, GateState, LeadVerdict},
        },
        facility::Stage,
        terms::{
            absence::Absence,
            clean::{clean_line, clean_note},
            date::Date,
            field::Field,
            id::{CommitId, FeedId, GateId, PointId},
        },
    },
    share::{
        code::{
            base64::{decode, decode_array, encode},
            json::Json,
        },
        limits::SLOT_LIMIT,
        wire::{
            draw::{draw_from, draw_json},
            evidence::{evidence_from, evidence_json},
            facility::{facility_from, facility_json},
            finding::{finding_from, finding_json},
            membership::{membership_from, membership_json},
            panel::{panel_from, panel_json},
            rectify::{rectify_from, rectify_json},
            value::{COUNT_LIMIT, bounded, clause, id, name, optional, reason},
        },
    },
};

/// Reads the checklist content of a founding edit; given by the caller, because the content is another layer's format.
pub type ReadChecklist<'a> = &'a dyn Fn(&str) -> Option<Checklist>;

/// An edit with what only the wire needs beside its meaning.
#[derive(Debug, Clone, Copy)]
pub enum Extra<'a> {
    /// Nothing.
    None,
    /// The author's public key, for `found` and `join`.
    Key(&'a str),
    /// The ballot key wrapped to a recovery code, for `blind`.
    Wrapped(&'a str),
    /// For `found`: public key, checklist content, and a salt that makes the visit id unique.
    Founding {
        /// Public key.
        key: &'a str,
        /// Canonical content of the checklist.
        content: &'a str,
        /// 16 random bytes as text.
        salt: &'a str,
    },
}

/// An edit as JSON.
#[must_use]
pub fn encode_edit(edit: &Edit, extra: Extra<'_>) -> Value {
    match edit {
        Edit::Found(founding) => found_json(founding, extra),
        Edit::Join { .. }
        | Edit::Blind { .. }
        | Edit::Admit { .. }
        | Edit::Deputy { .. }
        | Edit::Device { .. }
        | Edit::Retire { .. } => membership_json(edit, extra),
        Edit::Declare(_)
        | Edit::Recuse { .. }
        | Edit::Assign(_)
        | Edit::Dissent { .. }
        | Edit::Objection { .. }
        | Edit::Sign { .. }
        | Edit::Final { .. } => panel_json(edit),
        Edit::Facility { field, value } => facility_json(*field, value.as_ref()),
        Edit::Finding { clause, point, value } => json!({
            "k": "finding", "c": clause.as_str(), "p": point.as_str(), "v": value.as_ref().map(finding_json),
        }),
        Edit::Vote { clause, value } => {
            json!({"k": "vote", "c": clause.as_str(), "v": value.as_ref().map(stand_json)})
        }
        Edit::Note { clause, text } => json!({"k": "vote", "c": clause.as_str(), "note": text}),
        Edit::Evidence { clause, digest, value } => json!({
            "k": "evidence", "c": clause.as_str(), "h": encode(&digest.0),
            "v": value.as_ref().map(evidence_json),
        }),
        Edit::Submit { heads, tips, key } => json!({
            "k": "submit", "heads": heads_json(heads), "tips": ids_json(tips),
            "key": key.as_ref().map(|key| encode(&key.0)),
        }),
        Edit::Reopen { name, reason, submissions } => json!({
            "k": "reopen", "name": name.as_str(), "reason": reason,
            "of": ids_json(submissions),
        }),
        Edit::Close => json!({"k": "close"}),
        Edit::Verdict { clause, value } => {
            json!({"k": "verdict", "c": clause.as_str(), "v": value.as_ref().map(verdict_json)})
        }
        Edit::Gate { gate, value } => json!({
            "k": "verdict", "gate": gate.as_str(),
            "v": value.as_ref().map(|it| json!({"state": it.state.key(), "why": it.reason})),
        }),
        Edit::Receipt { heads } => json!({"k": "receipt", "heads": heads_json(heads)}),
        Edit::Rectify { .. } => rectify_json(edit),
        Edit::Slot(slot) => json!({"k": "slot", "n": slot.counter, "key": slot.key, "slot": slot.text}),
        Edit::Unknown { kind, critical } => json!({"k": kind, "crit": critical}),
    }
}

/// An edit from JSON. A kind that is unknown, or known but not well-formed, becomes [`Edit::Unknown`]: it stays in
/// its commit, is relayed and counted, and changes nothing.
#[must_use]
pub fn decode_edit(json: &Json<'_>, read_checklist: ReadChecklist<'_>) -> Edit {
    let kind = json.text("k").unwrap_or_default();
    known_edit(kind, json, read_checklist).unwrap_or_else(|| Edit::Unknown {
        kind: clean_line(kind),
        critical: json.get("crit") == Some(&Json::Bool(true)),
    })
}

fn known_edit(kind: &str, json: &Json<'_>, read_checklist: ReadChecklist<'_>) -> Option<Edit> {
    Some(match kind {
        "found" => Edit::Found(Arc::new(founding_from(json, read_checklist)?)),
        "join" | "blind" | "admit" | "device" | "retire" => membership_from(kind, json)?,
        "declare" | "recuse" | "assign" | "dissent" | "objection" | "sign" | "final" => {
            panel_from(kind, json)?
        }
        "facility" => facility_from(json)?,
        "finding" => Edit::Finding {
            clause: clause(json)?,
            point: PointId::new(id(json.text("p")?)?),
            value: optional(json.get("v"), finding_from)?,
        },
        "vote" => match json.get("note") {
            Some(note) => Edit::Note { clause: clause(json)?, text: clean_note(note.as_text()?) },
            None => Edit::Vote { clause: clause(json)?, value: optional(json.get("v"), stand_from)? },
        },
        "evidence" => Edit::Evidence {
            clause: clause(json)?,
            digest: Digest(decode_array(json.text("h")?)?),
            value: optional(json.get("v"), evidence_from)?,
        },
        "submit" => Edit::Submit {
            heads: heads_from(json)?,
            tips: ids_from(json, "tips")?,
            key: optional(json.get("key"), |key| Some(BallotKey(decode_array(key.as_text()?)?)))?,
        },
        "reopen" => Edit::Reopen {
            name: name(json)?,
            reason: clean_line(json.text("reason")?),
            submissions: ids_from(json, "of")?,
        },
        "close" => Edit::Close,
        "verdict" => match json.text("gate") {
            Some(gate) => {
                Edit::Gate { gate: GateId::new(id(gate)?), value: optional(json.get("v"), gate_from)? }
            }
            None => Edit::Verdict { clause: clause(json)?, value: optional(json.get("v"), verdict_from)? },
        },
        "receipt" => Edit::Receipt { heads: heads_from(json)? },
        "rectify" => rectify_from(json)?,
        "slot" => Edit::Slot(Slot {
            counter: json.count("n")?,
            key: id(json.text("key")?)?.to_owned(),
            text: json
                .text("slot")
                .filter(|text| text.len() <= SLOT_LIMIT && decode(text).is_some())?
                .to_owned(),
        }),
        _ => return None,
    })
}

fn found_json(founding: &Founding, extra: Extra<'_>) -> Value {
    let roster: Vec<Value> = founding
        .roster
        .iter()
        .map(|member| json!({"name": member.name.as_str(), "field": member.field.key(), "title": member.title}))
        .collect();
    let mut found = json!({
        "k": "found", "facility": founding.facility, "stage": founding.stage.key(),
        "date": founding.date.to_string(), "roster": roster, "hash": founding.checklist_hash,
    });
    if let (Some(members), Some(lookback)) = (found.as_object_mut(), founding.lookback) {
        members.insert("lookback".to_owned(), Value::from(lookback.to_string()));
    }
    if let (Some(members), Some(draw)) = (found.as_object_mut(), &founding.draw) {
        members.insert("draw".to_owned(), draw_json(draw));
    }
    if let (Some(members), Extra::Founding { key, content, salt }) = (found.as_object_mut(), extra) {
        for (member, value) in [("key", key), ("content", content), ("salt", salt)] {
            members.insert(member.to_owned(), Value::from(value));
        }
    }
    found
}

fn founding_from(json: &Json<'_>, read_checklist: ReadChecklist<'_>) -> Option<Founding> {
    let roster = bounded(json.list("roster")?)?.iter().map(member_from).collect::<Option<Vec<_>>>()?;
    let distinct: std::collections::BTreeSet<_> = roster.iter().map(|member| &member.name).collect();
    if roster.is_empty() || distinct.len() != roster.len() {
        return None;
    }
    Some(Founding {
        facility: clean_line(json.text("facility")?),
        stage: Stage::parse(json.text("stage")?)?,
        date: json.text("date")?.parse::<Date>().ok()?,
        lookback: optional(json.get("lookback"), |day| day.as_text()?.parse::<Date>().ok())?,
        roster,
        checklist: Arc::new(read_checklist(json.text("content")?)?),
        checklist_hash: id(json.text("hash")?)?.to_owned(),
        draw: optional(json.get("draw"), draw_from)?,
    })
}

fn member_from(json: &Json<'_>) -> Option<Member> {
    Some(Member {
        name: name(json)?,
        field: Field::parse(json.text("field")?)?,
        title: clean_line(json.text("title")?),
    })
}

fn stand_json(stand: &Stand) -> Value {
    let (key, value) = match stand.choice {
        Choice::Grade(grade) => ("grade", grade.to_string()),
        Choice::Points(points) => ("points", points.to_string()),
        Choice::Absent(kind) => ("absent", kind.key().to_owned()),
    };
    Value::Object(Map::from_iter([
        (key.to_owned(), value.into()),
        ("why".to_owned(), stand.reason.as_str().into()),
    ]))
}

fn stand_from(json: &Json<'_>) -> Option<Stand> {
    let choice = if let Some(grade) = json.text("grade") {
        Choice::Grade(grade.parse().ok()?)
    } else if let Some(points) = json.text("points") {
        Choice::Points(points.parse().ok()?)
    } else {
        // Recusals are the lead's to record: a member who could vote one could leave no trace of a missing vote.
        Choice::Absent(Absence::parse(json.text("absent")?).filter(|kind| *kind != Absence::Recused)?)
    };
    Some(Stand { choice, reason: clean_line(json.text("why")?) })
}

fn verdict_json(verdict: &LeadVerdict) -> Value {
    let (key, value) = match verdict.decision {
        Decision::Grade(grade) => ("grade", Value::from(grade.to_string())),
        Decision::Points(points) => ("points", Value::from(points.to_string())),
        Decision::NotApplicable => ("na", Value::from(true)),
    };
    json!({key: value, "why": verdict.reason, "cites": verdict.cites})
}

fn verdict_from(json: &Json<'_>) -> Option<LeadVerdict> {
    let decision = if let Some(grade) = json.text("grade") {
        Decision::Grade(grade.parse().ok()?)
    } else if let Some(points) = json.text("points") {
        Decision::Points(points.parse().ok()?)
    } else {
        (json.get("na") == Some(&Json::Bool(true))).then_some(Decision::NotApplicable)?
    };
    let pair = |cite: &Json<'_>| match cite {
        Json::List(pair) => match pair.as_slice() {
            [who, what] => Some((clean_line(who.as_text()?), clean_line(what.as_text()?))),
            _ => None,
        },
        _ => None,
    };
    let cites = bounded(json.list("cites")?)?.iter().map(pair).collect::<Option<Vec<_>>>()?;
    Some(LeadVerdict { decision, reason: reason(json)?, cites })
}

fn gate_from(json: &Json<'_>) -> Option<GateDecision> {
    Some(GateDecision { state: GateState::parse(json.text("state")?)?, reason: reason(json)? })
}

fn heads_json(heads: &BTreeMap<FeedId, u64>) -> Value {
    heads.iter().map(|(feed, n)| (feed.to_string(), Value::from(*n))).collect::<Map<_, _>>().into()
}

fn heads_from(json: &Json<'_>) -> Option<BTreeMap<FeedId, u64>> {
    let heads = json.map("heads")?;
    (heads.len() <= COUNT_LIMIT).then_some(())?;
    heads.iter().map(|(feed, n)| Some((FeedId::new(id(feed)?), n.as_count()?))).collect()
}

fn ids_json(ids: &BTreeSet<CommitId>) -> Vec<&str> {
    ids.iter().map(CommitId::as_str).collect()
}

fn ids_from(json: &Json<'_>, key: &str) -> Option<BTreeSet<CommitId>> {
    bounded(json.list(key)?)?.iter().map(|of| Some(CommitId::new(id(of.as_text()?)?))).collect()
}
