//! Who may speak, as JSON: claims of names, commitments, admissions, deputies, further devices, retirements.

use serde_json::{Value, json};

use crate::{
    domain::{
        edit::{Digest, Edit, Expert},
        terms::{clean::clean_line, field::Field, id::FeedId},
    },
    share::{
        code::{
            base64::{decode_array, encode},
            json::Json,
        },
        wire::{
            Extra,
            value::{id, name, optional},
        },
    },
};

/// An edit about membership as JSON; null for any other.
pub(crate) fn membership_json(edit: &Edit, extra: Extra<'_>) -> Value {
    let (mut json, expert) = match edit {
        Edit::Join { name, expert } => (json!({"k": "join", "name": name.as_str()}), expert.as_ref()),
        Edit::Blind { commitment } => (json!({"k": "blind", "h": encode(&commitment.0)}), None),
        Edit::Admit { feed, name, expert, checked } => (
            json!({"k": "admit", "feed": feed.as_str(), "name": name.as_str(), "checked": checked}),
            expert.as_ref(),
        ),
        Edit::Deputy { name } => (json!({"k": "admit", "name": name.as_str(), "role": "deputy"}), None),
        Edit::Device { feed } => (json!({"k": "device", "feed": feed.as_str()}), None),
        Edit::Retire { feed, n } => (json!({"k": "retire", "feed": feed.as_str(), "n": n}), None),
        _ => return Value::Null,
    };
    if let Some(members) = json.as_object_mut() {
        let expert = expert.map(|it| ("expert", json!({"field": it.field.key(), "title": it.title})));
        let extra = match extra {
            Extra::Key(key) => Some(("key", Value::from(key))),
            Extra::Wrapped(wrapped) => Some(("w", Value::from(wrapped))),
            Extra::None | Extra::Founding { .. } => None,
        };
        members.extend(expert.into_iter().chain(extra).map(|(key, value)| (key.to_owned(), value)));
    }
    json
}

/// An edit about membership from JSON.
pub(crate) fn membership_from(kind: &str, json: &Json<'_>) -> Option<Edit> {
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

fn expert(json: &Json<'_>) -> Option<Expert> {
    Some(Expert { field: Field::parse(json.text("field")?)?, title: clean_line(json.text("title")?) })
}
