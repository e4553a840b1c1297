//! Who may speak, as JSON: claims of names, commitments, admissions, deputies, offices, further devices, retirements.

use serde_json::{Value, json};

use crate::{
    domain::{
        edit::{Edit, Expert},
        terms::{
            digest::Digest,
            field::Field,
            id::{FeedId, MemberName},
        },
    },
    share::{
        code::{base64::encode, json::Json},
        wire::{
            Extra,
            value::{digest, id, line, name, optional},
        },
    },
};

/// The role of a device that works on the ledger only.
const OFFICE: &str = "office";

/// A claim of a name as JSON.
pub(super) fn join_json(name: &MemberName, expert: Option<&Expert>, extra: Extra<'_>) -> Value {
    let mut json = json!({"name": name.as_str()});
    add_expert(&mut json, expert);
    if let (Some(members), Extra::Key(key)) = (json.as_object_mut(), extra) {
        members.insert("key".to_owned(), Value::from(key));
    }
    json
}

/// A commitment to the key of a ballot as JSON.
pub(super) fn blind_json(commitment: Digest, extra: Extra<'_>) -> Value {
    let mut json = json!({"h": encode(&commitment.0)});
    if let (Some(members), Extra::Wrapped(wrapped)) = (json.as_object_mut(), extra) {
        members.insert("w".to_owned(), Value::from(wrapped));
    }
    json
}

/// An admission as JSON.
pub(super) fn admit_json(feed: &FeedId, name: &MemberName, expert: Option<&Expert>, checked: bool) -> Value {
    let mut json = json!({"feed": feed.as_str(), "name": name.as_str(), "checked": checked});
    add_expert(&mut json, expert);
    json
}

/// The naming of a deputy as JSON.
pub(super) fn deputy_json(name: &MemberName) -> Value {
    json!({"name": name.as_str(), "role": "deputy"})
}

/// The first word of an office's device as JSON.
pub(super) fn join_office_json(extra: Extra<'_>) -> Value {
    let mut json = json!({"role": OFFICE});
    if let (Some(members), Extra::Key(key)) = (json.as_object_mut(), extra) {
        members.insert("key".to_owned(), Value::from(key));
    }
    json
}

/// The naming of an office's device as JSON.
pub(super) fn office_json(feed: &FeedId) -> Value {
    json!({"feed": feed.as_str(), "role": OFFICE})
}

/// A claim of a name, or the first word of an office's device, from JSON.
pub(super) fn join_from(json: &Json<'_>) -> Option<Edit> {
    if json.get("role").is_some() {
        return (json.text("role") == Some(OFFICE)).then_some(Edit::JoinOffice);
    }
    Some(Edit::Join { name: name(json)?, expert: optional(json.get("expert"), expert)? })
}

/// A commitment to the key of a ballot from JSON.
pub(super) fn blind_from(json: &Json<'_>) -> Option<Edit> {
    Some(Edit::Blind { commitment: digest(json)? })
}

/// An admission, or the naming of a deputy or of an office's device, from JSON.
pub(super) fn admit_from(json: &Json<'_>) -> Option<Edit> {
    if json.get("role").is_some() {
        return match json.text("role")? {
            "deputy" => Some(Edit::Deputy { name: name(json)? }),
            OFFICE => Some(Edit::Office { feed: feed(json)? }),
            // Some role of a newer program.
            _ => None,
        };
    }
    Some(Edit::Admit {
        feed: feed(json)?,
        name: name(json)?,
        expert: optional(json.get("expert"), expert)?,
        checked: json.get("checked") == Some(&Json::Bool(true)),
    })
}

/// The device that an edit is about.
pub(super) fn feed(json: &Json<'_>) -> Option<FeedId> {
    Some(FeedId::new(id(json.text("feed")?)?))
}

fn add_expert(json: &mut Value, expert: Option<&Expert>) {
    if let (Some(members), Some(it)) = (json.as_object_mut(), expert) {
        members.insert("expert".to_owned(), json!({"field": it.field.key(), "title": it.title.as_str()}));
    }
}

fn expert(json: &Json<'_>) -> Option<Expert> {
    Some(Expert { field: Field::parse(json.text("field")?)?, title: line(json.get("title")?)? })
}
