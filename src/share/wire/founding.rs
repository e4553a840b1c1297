//! What a visit is founded with, as JSON. The checklist travels as its canonical text, which is another layer's format.

use std::{collections::BTreeSet, sync::Arc};

use serde_json::{Value, json};

use crate::{
    domain::{
        checklist::Checklist,
        edit::{Founding, Member},
        facility::Stage,
        terms::{date::Date, field::Field, id::MemberName},
    },
    share::{
        code::json::Json,
        wire::{
            Extra,
            draw::{draw_from, draw_json},
            kind::Kind,
            mandate::{mandate_from, mandate_members},
            value::{bounded, id, line, name, optional},
        },
    },
};

/// The founding edit as JSON.
pub(super) fn found_json(founding: &Founding, extra: Extra<'_>) -> Value {
    let roster: Vec<Value> = founding
        .roster
        .iter()
        .map(|member| json!({"name": member.name.as_str(), "field": member.field.key(), "title": member.title.as_str()}))
        .collect();
    let mut found = json!({
        "facility": founding.facility.as_str(), "stage": founding.stage.key(),
        "date": founding.date.to_string(), "roster": roster, "hash": founding.checklist_hash,
    });
    if let (Some(members), Some(lookback)) = (found.as_object_mut(), founding.lookback) {
        members.insert("lookback".to_owned(), Value::from(lookback.to_string()));
    }
    if let (Some(members), Some(draw)) = (found.as_object_mut(), &founding.draw) {
        members.insert("draw".to_owned(), draw_json(draw));
    }
    if let Some(members) = found.as_object_mut() {
        members.extend(mandate_members(&founding.mandate));
    }
    if let (Some(members), Extra::Founding { key, content, salt }) = (found.as_object_mut(), extra) {
        for (member, value) in [("key", key), ("content", content), ("salt", salt)] {
            members.insert(member.to_owned(), Value::from(value));
        }
    }
    found
}

/// The text of the checklist in a founding edit; `None` if the edit is none.
#[must_use]
pub fn founding_content<'a>(json: &'a Json<'_>) -> Option<&'a str> {
    (json.text("k") == Some(Kind::Found.key())).then(|| json.text("content"))?
}

/// A founding edit from JSON, with the checklist that [`founding_content`] was read as; `None` if it is not well-formed.
#[must_use]
pub fn decode_founding(json: &Json<'_>, checklist: Arc<Checklist>) -> Option<Founding> {
    let roster = bounded(json.list("roster")?)?.iter().map(member_from).collect::<Option<Vec<_>>>()?;
    let distinct: BTreeSet<_> = roster.iter().map(|member| &member.name).collect();
    if json.text("k") != Some(Kind::Found.key()) || roster.is_empty() || distinct.len() != roster.len() {
        return None;
    }
    let mandate = mandate_from(json)?;
    let is_seated = |name: &MemberName| roster.iter().skip(1).any(|member| &member.name == name);
    if !mandate.deputy.as_ref().is_none_or(is_seated) {
        return None;
    }
    let whole = mandate.scope.is_empty();
    let checklist =
        if whole { checklist } else { Arc::new(Arc::unwrap_or_clone(checklist).narrowed(&mandate.scope)?) };
    Some(Founding {
        facility: line(json.get("facility")?)?,
        stage: Stage::parse(json.text("stage")?)?,
        date: json.text("date")?.parse::<Date>().ok()?,
        lookback: optional(json.get("lookback"), |day| day.as_text()?.parse::<Date>().ok())?,
        roster,
        checklist,
        checklist_hash: id(json.text("hash")?)?.to_owned(),
        draw: optional(json.get("draw"), draw_from)?,
        mandate,
    })
}

fn member_from(json: &Json<'_>) -> Option<Member> {
    Some(Member {
        name: name(json)?,
        field: Field::parse(json.text("field")?)?,
        title: line(json.get("title")?)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::edit::Edit, share::wire::decode_edit};

    #[test]
    fn a_founding_edit_is_one_only_where_a_visit_begins() {
        let found = Json::parse(r#"{"k":"found","content":"text"}"#).unwrap();
        assert_eq!(founding_content(&found), Some("text"));
        assert_eq!(decode_edit(&found), Edit::Unknown { kind: "found".to_owned(), critical: false });
        let other = Json::parse(r#"{"k":"close","content":"text"}"#).unwrap();
        assert_eq!(founding_content(&other), None);
    }
}
