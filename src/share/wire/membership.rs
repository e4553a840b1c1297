//! Who may speak, as JSON: claims of names, commitments, admissions, deputies, further devices, retirements.

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
        code::{
            base64::{decode_array, encode},
            json::Json,
        },
        wire::{
            Extra,
            value::{id, line, name, optional},
        },
    },
};

/// A claim of a name as JSON.
pub(super) fn join_json(name: &MemberName, expert: Option<&Expert>, extra: Extra<'_>) -> Value {
    let mut json = json!({"k": "join", "name": name.as_str()});
    add_expert(&mut json, expert);
    if let (Some(members), Extra::Key(key)) = (json.as_object_mut(), extra) {
        members.insert("key".to_owned(), Value::from(key));
    }
    json
}

/// A commitment to the key of a ballot as JSON.
pub(super) fn blind_json(commitment: Digest, extra: Extra<'_>) -> Value {
    let mut json = json!({"k": "blind", "h": encode(&commitment.0)});
    if let (Some(members), Extra::Wrapped(wrapped)) = (json.as_object_mut(), extra) {
        members.insert("w".to_owned(), Value::from(wrapped));
    }
    json
}

/// An admission as JSON.
pub(super) fn admit_json(feed: &FeedId, name: &MemberName, expert: Option<&Expert>, checked: bool) -> Value {
    let mut json = json!({"k": "admit", "feed": feed.as_str(), "name": name.as_str(), "checked": checked});
    add_expert(&mut json, expert);
    json
}

/// The naming of a deputy as JSON.
pub(super) fn deputy_json(name: &MemberName) -> Value {
    json!({"k": "admit", "name": name.as_str(), "role": "deputy"})
}

/// A further device of a person as JSON.
pub(super) fn device_json(feed: &FeedId) -> Value {
    json!({"k": "device", "feed": feed.as_str()})
}

/// The retirement of a device as JSON.
pub(super) fn retire_json(feed: &FeedId, n: u64) -> Value {
    json!({"k": "retire", "feed": feed.as_str(), "n": n})
}

/// An edit about membership from JSON.
pub(super) fn membership_from(kind: &str, json: &Json<'_>) -> Option<Edit> {
    let feed = || Some(FeedId::new(id(json.text("feed")?)?));
    Some(match kind {
        "join" => Edit::Join { name: name(json)?, expert: optional(json.get("expert"), expert)? },
        "blind" => Edit::Blind { commitment: Digest(decode_array(json.text("h")?)?) },
        "admit" if json.text("role") == Some("deputy") => Edit::Deputy { name: name(json)? },
        "admit" => Edit::Admit {
            feed: feed()?,
            name: name(json)?,
            expert: optional(json.get("expert"), expert)?,
            checked: json.get("checked") == Some(&Json::Bool(true)),
        },
        "device" => Edit::Device { feed: feed()? },
        "retire" => Edit::Retire { feed: feed()?, n: json.count("n")? },
        _ => return None,
    })
}

fn add_expert(json: &mut Value, expert: Option<&Expert>) {
    if let (Some(members), Some(it)) = (json.as_object_mut(), expert) {
        members.insert("expert".to_owned(), json!({"field": it.field.key(), "title": it.title.as_str()}));
    }
}

fn expert(json: &Json<'_>) -> Option<Expert> {
    Some(Expert { field: Field::parse(json.text("field")?)?, title: line(json.get("title")?)? })
}
