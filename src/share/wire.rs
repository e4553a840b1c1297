//! Edits as JSON: the wire shape, converted by hand to and from the meaning. Text is cleaned on the way in.
//!
//! Reading order: `value` reads what many edits hold; `founding` with `mandate`, `membership`, `panel`, `facility`, `finding`, `evidence`,
//! `rectify` and `draw` turn edits of a subject, or what is in them, into JSON and back; [`encode_edit`] and
//! [`decode_edit`] hand each edit to its own.

pub mod draw;
mod evidence;
mod facility;
mod finding;
mod founding;
mod mandate;
mod membership;
mod panel;
mod rectify;
pub(super) mod value;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::{
    domain::{
        edit::{
            BallotKey, Choice, Edit, Stand,
            slot::Slot,
            verdict::{Citation, Decision, GateDecision, GateState, LeadVerdict},
        },
        terms::{
            absence::Absence,
            clean::clean_line,
            digest::Digest,
            id::{CommitId, FeedId, GateId, MemberName, PointId},
        },
    },
    share::{
        code::{
            base64::{decode, decode_array, encode},
            json::Json,
        },
        limits::SLOT_LIMIT,
        wire::{
            evidence::{evidence_from, evidence_json},
            facility::{facility_from, facility_json},
            finding::{finding_from, finding_json},
            founding::found_json,
            membership::{
                admit_json, blind_json, deputy_json, device_json, join_json, membership_from, retire_json,
            },
            panel::{
                assign_json, declaration_json, dissent_json, final_json, objection_json, panel_from,
                recuse_json, sign_json,
            },
            rectify::{rectify_from, rectify_json},
            value::{COUNT_LIMIT, bounded, clause, id, line, name, note, optional, reason},
        },
    },
};

pub use founding::{decode_founding, founding_content};

/// An edit with what only the wire needs beside its meaning.
#[derive(Debug, Clone, Copy)]
pub enum Extra<'a> {
    /// Nothing.
    None,
    /// The author's public key, for `join`.
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
        Edit::Join { name, expert } => join_json(name, expert.as_ref(), extra),
        Edit::Blind { commitment } => blind_json(*commitment, extra),
        Edit::Admit { feed, name, expert, checked } => admit_json(feed, name, expert.as_ref(), *checked),
        Edit::Deputy { name } => deputy_json(name),
        Edit::Device { feed } => device_json(feed),
        Edit::Retire { feed, n } => retire_json(feed, *n),
        Edit::Declare(declaration) => declaration_json(declaration),
        Edit::Recuse { name, clause, reason } => recuse_json(name, clause.as_ref(), reason.as_deref()),
        Edit::Assign(assignment) => assign_json(*assignment),
        Edit::Dissent { clause, value } => dissent_json(clause, value.as_ref()),
        Edit::Objection { clause, value } => objection_json(clause.as_ref(), value.as_ref()),
        Edit::Sign { record } => sign_json(*record),
        Edit::Final { waivers, record } => final_json(waivers, *record),
        Edit::Facility { field, value } => facility_json(*field, value.as_ref()),
        Edit::Finding { clause, point, value } => json!({
            "k": "finding", "c": clause.as_str(), "p": point.as_str(), "v": value.as_ref().map(finding_json),
        }),
        Edit::Vote { clause, value } => {
            json!({"k": "vote", "c": clause.as_str(), "v": value.as_ref().map(stand_json)})
        }
        Edit::Note { clause, text } => json!({"k": "vote", "c": clause.as_str(), "note": text.as_str()}),
        Edit::Evidence { clause, digest, value } => json!({
            "k": "evidence", "c": clause.as_str(), "h": encode(&digest.0),
            "v": value.as_ref().map(evidence_json),
        }),
        Edit::Submit { heads, tips, key } => json!({
            "k": "submit", "heads": heads_json(heads), "tips": ids_json(tips),
            "key": key.as_ref().map(|key| encode(&key.0)),
        }),
        Edit::Reopen { name, reason, submissions } => json!({
            "k": "reopen", "name": name.as_str(), "reason": reason.as_str(),
            "of": ids_json(submissions),
        }),
        Edit::Close => json!({"k": "close"}),
        Edit::Verdict { clause, value } => {
            json!({"k": "verdict", "c": clause.as_str(), "v": value.as_ref().map(verdict_json)})
        }
        Edit::Gate { gate, value } => json!({
            "k": "verdict", "gate": gate.as_str(),
            "v": value.as_ref().map(|it| json!({"state": it.state.key(), "why": it.reason.as_str()})),
        }),
        Edit::Receipt { heads } => json!({"k": "receipt", "heads": heads_json(heads)}),
        Edit::Rectify { item, step } => rectify_json(item, step),
        Edit::Slot(slot) => json!({"k": "slot", "n": slot.counter, "key": slot.key, "slot": slot.text}),
        Edit::Unknown { kind, critical } => json!({"k": kind, "crit": critical}),
    }
}

/// An edit from JSON. A kind that is unknown, or known but not well-formed, becomes [`Edit::Unknown`]: it stays in
/// its commit, is relayed and counted, and changes nothing. So does a founding edit, which is one only where a visit
/// begins: [`decode_founding`] reads that.
#[must_use]
pub fn decode_edit(json: &Json<'_>) -> Edit {
    let kind = json.text("k").unwrap_or_default();
    known_edit(kind, json).unwrap_or_else(|| Edit::Unknown {
        kind: clean_line(kind),
        critical: json.get("crit") == Some(&Json::Bool(true)),
    })
}

fn known_edit(kind: &str, json: &Json<'_>) -> Option<Edit> {
    Some(match kind {
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
            Some(text) => Edit::Note { clause: clause(json)?, text: note(text)? },
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
            reason: line(json.get("reason")?)?,
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
    Some(Stand { choice, reason: line(json.get("why")?)? })
}

fn verdict_json(verdict: &LeadVerdict) -> Value {
    let (key, value) = match verdict.decision {
        Decision::Grade(grade) => ("grade", Value::from(grade.to_string())),
        Decision::Points(points) => ("points", Value::from(points.to_string())),
        Decision::NotApplicable => ("na", Value::from(true)),
    };
    let cites = verdict.cites.iter().map(|cited| {
        let said = cited.said.map(|said| match said {
            Choice::Grade(grade) => grade.to_string(),
            Choice::Points(points) => points.to_string(),
            Choice::Absent(kind) => kind.key().to_owned(),
        });
        json!([cited.member.as_str(), said.unwrap_or_default()])
    });
    json!({key: value, "why": verdict.reason.as_str(), "cites": cites.collect::<Vec<_>>()})
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
            [who, what] => Some(Citation {
                member: MemberName::new(clean_line(who.as_text()?)),
                said: said_from(&clean_line(what.as_text()?)),
            }),
            _ => None,
        },
        _ => None,
    };
    let cites = bounded(json.list("cites")?)?.iter().map(pair).collect::<Option<Vec<_>>>()?;
    Some(LeadVerdict { decision, reason: reason(json)?, cites })
}

/// What a citation says. Another program may cite in words that this one does not know; the verdict stands all the same.
fn said_from(text: &str) -> Option<Choice> {
    let absent = Absence::parse(text).map(Choice::Absent);
    let grade = || text.parse().ok().map(Choice::Grade);
    absent.or_else(grade).or_else(|| text.parse().ok().map(Choice::Points))
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
