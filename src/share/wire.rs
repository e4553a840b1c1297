//! Edits as JSON: the wire shape, converted by hand to and from the meaning. Text is cleaned on the way in.
//!
//! Reading order: `kind` names the kinds, once for both directions; `value` reads what many edits hold; `founding` with `mandate`,
//! `membership`, `panel`, `plan`, `facility`, `finding`, `evidence`,
//! `rectify` and `draw` turn edits of a subject, or what is in them, into JSON and back; [`encode_edit`] and
//! [`decode_edit`] hand each edit to its own.

pub mod draw;
mod evidence;
mod facility;
mod finding;
mod founding;
mod kind;
mod mandate;
mod membership;
mod offer;
mod panel;
mod plan;
mod rectify;
pub(super) mod value;

use std::collections::BTreeMap;

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
            id::{FeedId, GateId, MemberName, PointId},
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
            kind::Kind,
            membership::{
                admit_from, admit_json, blind_from, blind_json, deputy_json, feed, join_from, join_json,
                join_office_json, office_json,
            },
            offer::{offer_from, offer_json, release_from, release_json},
            panel::{
                absent_from, absent_json, declaration_from, declaration_json, dissent_from, dissent_json,
                final_from, final_json, objection_from, objection_json, recuse_from, recuse_json, sign_json,
            },
            plan::{plan_from, plan_json},
            rectify::{rectify_from, rectify_json},
            value::{
                COUNT_LIMIT, bounded, clause, day, digest, id, ids_from, ids_json, line, note, optional,
                reason,
            },
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
    let mut json = members_json(edit, extra);
    if let (Some(members), Some(kind)) = (json.as_object_mut(), Kind::of(edit)) {
        members.insert("k".to_owned(), kind.key().into());
    }
    json
}

/// What an edit holds beside its kind.
fn members_json(edit: &Edit, extra: Extra<'_>) -> Value {
    match edit {
        Edit::Found(founding) => found_json(founding, extra),
        Edit::Join { name, expert } => join_json(name, expert.as_ref(), extra),
        Edit::Blind { commitment } => blind_json(*commitment, extra),
        Edit::Admit { feed, name, expert, checked } => admit_json(feed, name, expert.as_ref(), *checked),
        Edit::Deputy { name } => deputy_json(name),
        Edit::JoinOffice => join_office_json(extra),
        Edit::Office { feed } => office_json(feed),
        Edit::Device { feed } => json!({"feed": feed.as_str()}),
        Edit::Retire { feed, n } => json!({"feed": feed.as_str(), "n": n}),
        Edit::Declare(declaration) => declaration_json(declaration),
        Edit::Recuse { name, clause, reason } => recuse_json(name, clause.as_ref(), reason.as_deref()),
        Edit::Absent { name, reason } => absent_json(name, reason.as_deref()),
        Edit::Plan(plan) => plan_json(plan.as_deref()),
        Edit::Dissent { clause, value } => dissent_json(clause, value.as_ref()),
        Edit::Objection { clause, value } => objection_json(clause.as_ref(), value.as_ref()),
        Edit::Sign { record, on } => sign_json(record, *on),
        Edit::Final(finalisation) => final_json(finalisation),
        Edit::Facility { field, value } => facility_json(*field, value.as_ref()),
        Edit::Finding { clause, point, value } => json!({
            "c": clause.as_str(), "p": point.as_str(), "v": value.as_ref().map(finding_json),
        }),
        Edit::Vote { clause, value } => {
            json!({"c": clause.as_str(), "v": value.as_ref().map(stand_json)})
        }
        Edit::Note { clause, text } => json!({"c": clause.as_str(), "note": text.as_str()}),
        Edit::Evidence { clause, digest, value } => json!({
            "c": clause.as_str(), "h": encode(&digest.0),
            "v": value.as_ref().map(evidence_json),
        }),
        Edit::Submit { tips } => json!({"tips": ids_json(tips)}),
        Edit::Unseal => json!({}),
        Edit::Offer(offer) => offer_json(offer),
        Edit::Release(release) => release_json(release),
        Edit::Key { key } => json!({"key": encode(&key.0)}),
        Edit::Close { tips } => json!({"tips": ids_json(tips)}),
        Edit::ClearVote { clause, value } => {
            json!({"c": clause.as_str(), "v": value.as_ref().map(stand_json)})
        }
        Edit::Verdict { clause, value } => {
            json!({"c": clause.as_str(), "v": value.as_ref().map(verdict_json)})
        }
        Edit::Gate { gate, value } => json!({
            "gate": gate.as_str(),
            "v": value.as_ref().map(|it| json!({"state": it.state.key(), "why": it.reason.as_str()})),
        }),
        Edit::Receipt { heads } => json!({"heads": heads_json(heads)}),
        Edit::Rectify { item, step } => rectify_json(item, step),
        Edit::Slot(slot) => json!({"n": slot.counter, "key": slot.key, "slot": slot.text}),
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
    Some(match Kind::parse(kind)? {
        Kind::Found => return None,
        Kind::Join => join_from(json)?,
        Kind::Blind => blind_from(json)?,
        Kind::Admit => admit_from(json)?,
        Kind::Device => Edit::Device { feed: feed(json)? },
        Kind::Retire => Edit::Retire { feed: feed(json)?, n: json.count("n")? },
        Kind::Declare => declaration_from(json)?,
        Kind::Recuse => recuse_from(json)?,
        Kind::Absent => absent_from(json)?,
        Kind::Plan => plan_from(json)?,
        Kind::Finding => Edit::Finding {
            clause: clause(json)?,
            point: PointId::new(id(json.text("p")?)?),
            value: optional(json.get("v"), finding_from)?,
        },
        Kind::Vote => match json.get("note") {
            Some(text) => Edit::Note { clause: clause(json)?, text: note(text)? },
            None => Edit::Vote { clause: clause(json)?, value: optional(json.get("v"), stand_from)? },
        },
        Kind::Evidence => Edit::Evidence {
            clause: clause(json)?,
            digest: digest(json)?,
            value: optional(json.get("v"), evidence_from)?,
        },
        Kind::Submit => Edit::Submit { tips: ids_from(json, "tips")? },
        Kind::Unseal => Edit::Unseal,
        Kind::Offer => Edit::Offer(offer_from(json)?),
        Kind::Release => Edit::Release(release_from(json)?),
        Kind::Key => Edit::Key { key: BallotKey(decode_array(json.text("key")?)?) },
        Kind::Close => Edit::Close { tips: ids_from(json, "tips")? },
        Kind::ClearVote => {
            Edit::ClearVote { clause: clause(json)?, value: optional(json.get("v"), stand_from)? }
        }
        Kind::Verdict => match json.text("gate") {
            Some(gate) => {
                Edit::Gate { gate: GateId::new(id(gate)?), value: optional(json.get("v"), gate_from)? }
            }
            None => Edit::Verdict { clause: clause(json)?, value: optional(json.get("v"), verdict_from)? },
        },
        Kind::Dissent => {
            Edit::Dissent { clause: clause(json)?, value: optional(json.get("v"), dissent_from)? }
        }
        Kind::Objection => objection_from(json)?,
        Kind::Facility => facility_from(json)?,
        Kind::Sign => Edit::Sign { record: digest(json)?, on: day(json)? },
        Kind::Receipt => Edit::Receipt { heads: heads_from(json)? },
        Kind::Final => Edit::Final(final_from(json)?),
        Kind::Rectify => rectify_from(json)?,
        Kind::Slot => Edit::Slot(Slot {
            counter: json.count("n")?,
            key: id(json.text("key")?)?.to_owned(),
            text: json
                .text("slot")
                .filter(|text| text.len() <= SLOT_LIMIT && decode(text).is_some())?
                .to_owned(),
        }),
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
    let mut json = json!({key: value, "why": verdict.reason.as_str(), "cites": cites_json(&verdict.cites)});
    if let Some(members) = json.as_object_mut().filter(|_| !verdict.clear.is_empty()) {
        members.insert("clear".to_owned(), cites_json(&verdict.clear));
    }
    json
}

fn cites_json(cites: &[Citation]) -> Value {
    let cites = cites.iter().map(|cited| {
        let said = cited.said.map(|said| match said {
            Choice::Grade(grade) => grade.to_string(),
            Choice::Points(points) => points.to_string(),
            Choice::Absent(kind) => kind.key().to_owned(),
        });
        json!([cited.member.as_str(), said.unwrap_or_default()])
    });
    cites.collect::<Vec<_>>().into()
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
    let pairs = |cites: &Json<'_>| match cites {
        Json::List(cites) => bounded(cites)?.iter().map(pair).collect::<Option<Vec<_>>>(),
        _ => None,
    };
    Some(LeadVerdict {
        decision,
        reason: reason(json)?,
        cites: pairs(json.get("cites")?)?,
        clear: optional(json.get("clear"), pairs)?.unwrap_or_default(),
    })
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
