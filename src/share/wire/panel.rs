//! How the panel sits, differs and ends, as JSON: declarations, recusals, dissents, objections,
//! signatures, and the end of the visit.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    domain::{
        edit::{
            Edit,
            declaration::Declaration,
            dissent::{Cause, Dissent},
            objection::Objection,
            waiver::{Finalisation, MatterKind, Waiver},
        },
        terms::{
            clean::clean_line,
            date::Date,
            digest::Digest,
            id::{ClauseId, MemberName},
        },
    },
    share::{
        code::{base64::encode, json::Json},
        wire::value::{
            bounded, day, digest, digest_of, id, ids_from, ids_json, line, name, name_from, note, optional,
            reason,
        },
    },
};

/// Most clauses named in one edit; a panel does not review more.
const CLAUSE_LIMIT: usize = 5_000;
/// Stands for the whole visit where clauses are named.
const WHOLE_VISIT: &str = "*";

/// A declaration of interests as JSON.
pub(super) fn declaration_json(declaration: &Declaration) -> Value {
    let mut json = json!({"text": declaration.text.as_str()});
    if let Some(members) = json.as_object_mut().filter(|_| !declaration.recusals.is_empty()) {
        let named = declaration.recusals.iter();
        let named: Vec<&str> =
            named.map(|clause| clause.as_ref().map_or(WHOLE_VISIT, ClauseId::as_str)).collect();
        members.insert("recuse".to_owned(), named.into());
    }
    json
}

/// A recusal by the lead as JSON.
pub(super) fn recuse_json(name: &MemberName, clause: Option<&ClauseId>, reason: Option<&str>) -> Value {
    json!({"name": name.as_str(), "reason": reason, "c": clause.map(ClauseId::as_str)})
}

/// That a member is not there, as JSON.
pub(super) fn absent_json(name: &MemberName, reason: Option<&str>) -> Value {
    json!({"name": name.as_str(), "reason": reason})
}

/// What a member says about a differing vote, as JSON.
pub(super) fn dissent_json(clause: &ClauseId, value: Option<&Dissent>) -> Value {
    let value = value.map(|it| {
        let (cause, on) = (it.cause.map(Cause::key), it.on.map(|day| day.to_string()));
        json!({"cause": cause, "text": it.text.as_str(), "minority": it.minority, "on": on})
    });
    json!({"c": clause.as_str(), "v": value})
}

/// An objection of the facility with the answer as JSON.
pub(super) fn objection_json(clause: Option<&ClauseId>, value: Option<&Objection>) -> Value {
    let value = value.map(|it| {
        let on = it.on.map(|day| day.to_string());
        json!({"by": it.by.as_str(), "text": it.text.as_str(), "answer": it.answer.as_str(), "on": on})
    });
    json!({"c": clause.map(ClauseId::as_str), "v": value})
}

/// A signature as JSON.
pub(super) fn sign_json(record: &Digest, on: Option<Date>) -> Value {
    json!({"h": encode(&record.0), "on": on.map(|day| day.to_string())})
}

/// The end of the visit as JSON.
pub(super) fn final_json(finalisation: &Finalisation) -> Value {
    let waivers: Vec<Value> = finalisation.waivers.iter().map(waiver_json).collect();
    let opened: Vec<&str> = finalisation.opened.iter().map(MemberName::as_str).collect();
    json!({
        "tips": ids_json(&finalisation.tips), "opened": opened, "waivers": waivers,
        "h": encode(&finalisation.record.0), "revises": finalisation.revises.map(|it| encode(&it.0)),
        "on": finalisation.on.map(|day| day.to_string()),
    })
}

/// A declaration of interests from JSON.
pub(super) fn declaration_from(json: &Json<'_>) -> Option<Edit> {
    Some(Edit::Declare(Declaration {
        text: note(json.get("text")?)?,
        recusals: optional(json.get("recuse"), declared_recusals)?.unwrap_or_default(),
    }))
}

/// A recusal by the lead from JSON.
pub(super) fn recuse_from(json: &Json<'_>) -> Option<Edit> {
    Some(Edit::Recuse {
        name: name(json)?,
        clause: clause_or_all(json)?,
        reason: optional(json.get("reason"), line)?,
    })
}

/// That a member is not there, from JSON.
pub(super) fn absent_from(json: &Json<'_>) -> Option<Edit> {
    Some(Edit::Absent { name: name(json)?, reason: optional(json.get("reason"), line)? })
}

/// An objection of the facility with the answer from JSON.
pub(super) fn objection_from(json: &Json<'_>) -> Option<Edit> {
    Some(Edit::Objection { clause: clause_or_all(json)?, value: optional(json.get("v"), said_by_facility)? })
}

/// The end of the visit from JSON.
pub(super) fn final_from(json: &Json<'_>) -> Option<Finalisation> {
    Some(Finalisation {
        tips: ids_from(json, "tips")?,
        opened: bounded(json.list("opened")?)?.iter().map(name_from).collect::<Option<_>>()?,
        waivers: bounded(json.list("waivers")?)?.iter().map(waiver_from).collect::<Option<_>>()?,
        record: digest(json)?,
        revises: optional(json.get("revises"), digest_of)?,
        on: day(json)?,
    })
}

fn declared_recusals(json: &Json<'_>) -> Option<BTreeSet<Option<ClauseId>>> {
    let Json::List(named) = json else { return None };
    let read = |named: &Json<'_>| match named.as_text()? {
        WHOLE_VISIT => Some(None),
        clause => Some(Some(ClauseId::new(id(clause)?))),
    };
    (named.len() <= CLAUSE_LIMIT).then(|| named.iter().map(read).collect())?
}

/// What a member says about a differing vote, from JSON.
pub(super) fn dissent_from(json: &Json<'_>) -> Option<Dissent> {
    Some(Dissent {
        cause: optional(json.get("cause"), |cause| Cause::parse(cause.as_text()?))?,
        text: note(json.get("text")?)?,
        minority: json.get("minority") == Some(&Json::Bool(true)),
        on: day(json)?,
    })
}

fn said_by_facility(json: &Json<'_>) -> Option<Objection> {
    let text = note(json.get("text")?)?;
    Some(Objection {
        by: line(json.get("by")?)?,
        text: (!text.is_empty()).then_some(text)?,
        answer: note(json.get("answer")?)?,
        on: day(json)?,
    })
}

fn waiver_json(waiver: &Waiver) -> Value {
    json!({"what": waiver.kind.map(MatterKind::key), "about": waiver.about, "why": waiver.reason.as_str()})
}

fn waiver_from(json: &Json<'_>) -> Option<Waiver> {
    let about = json.list("about")?;
    (about.len() <= CLAUSE_LIMIT).then_some(())?;
    Some(Waiver {
        // A kind that only a newer program knows is still told by its reason.
        kind: json.text("what").and_then(MatterKind::parse),
        about: about.iter().map(|it| it.as_text().map(clean_line)).collect::<Option<_>>()?,
        reason: reason(json)?,
    })
}

fn clause_or_all(json: &Json<'_>) -> Option<Option<ClauseId>> {
    optional(json.get("c"), |clause| Some(ClauseId::new(id(clause.as_text()?)?)))
}
