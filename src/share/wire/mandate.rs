//! What a founding edit lays down beyond facility, day and roster, as JSON. Every key is optional; what is there is read as
//! strictly as the rest of the edit.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::{
    domain::{
        edit::mandate::{Followed, Mandate},
        facility::{Applied, Stage, Tier},
        terms::{
            clean::clean_line,
            date::Date,
            digest::Digest,
            id::{ClauseId, FeedId, MemberName, VisitId},
            written::Line,
        },
    },
    share::{
        code::json::Json,
        wire::value::{bounded, id, line, optional},
    },
};

/// Most clauses of a scope: more than any checklist has.
const SCOPE_LIMIT: usize = 2_000;

/// The keys of a mandate, those that say something only.
pub(super) fn mandate_members(mandate: &Mandate) -> Map<String, Value> {
    let text = |line: &Line| (!line.is_empty()).then(|| Value::from(line.as_str()));
    let follows: Vec<Value> = mandate.follows.iter().map(followed_json).collect();
    let scope: Vec<&str> = mandate.scope.iter().map(ClauseId::as_str).collect();
    let members = [
        ("by", mandate.by.map(|tier| Value::from(tier.key()))),
        ("facility_id", text(&mandate.facility_id)),
        ("follows", (!follows.is_empty()).then(|| Value::from(follows))),
        ("applied", mandate.applied.map(|applied| Value::from(applied.key()))),
        ("scope", (!scope.is_empty()).then(|| Value::from(scope))),
        ("organiser", text(&mandate.organiser)),
        ("office", mandate.office.as_ref().map(|feed| Value::from(feed.as_str()))),
        ("deputy", mandate.deputy.as_ref().map(|name| Value::from(name.as_str()))),
        ("panel_reason", text(&mandate.panel_reason)),
    ];
    members.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

/// The mandate of a founding edit; `None` if a key of it is not well-formed. A scope or a list that is there names something.
pub(super) fn mandate_from(json: &Json<'_>) -> Option<Mandate> {
    let text = |key| optional(json.get(key), |it| line(it).filter(|line| !line.is_empty()));
    let name = |it: &Json<'_>| {
        let name = it.as_text()?;
        (!name.is_empty() && clean_line(name) == name).then(|| MemberName::new(name))
    };
    Some(Mandate {
        by: optional(json.get("by"), |it| word(it, Tier::ALL, Tier::key))?,
        facility_id: text("facility_id")?.unwrap_or_default(),
        follows: optional(json.get("follows"), follows_from)?.unwrap_or_default(),
        applied: optional(json.get("applied"), |it| word(it, Applied::ALL, Applied::key))?,
        scope: optional(json.get("scope"), scope_from)?.unwrap_or_default(),
        organiser: text("organiser")?.unwrap_or_default(),
        office: optional(json.get("office"), |it| Some(FeedId::new(id(it.as_text()?)?)))?,
        deputy: optional(json.get("deputy"), name)?,
        panel_reason: text("panel_reason")?.unwrap_or_default(),
    })
}

/// A word of a closed list, as files write it.
fn word<T: Copy>(json: &Json<'_>, all: &[T], key: fn(T) -> &'static str) -> Option<T> {
    let text = json.as_text()?;
    all.iter().copied().find(|it| key(*it) == text)
}

fn followed_json(followed: &Followed) -> Value {
    json!({
        "visit": followed.visit.as_str(), "record": followed.record.to_hex(),
        "stage": followed.stage.key(), "date": followed.date.to_string(),
    })
}

fn follows_from(json: &Json<'_>) -> Option<Vec<Followed>> {
    let followed = |json: &Json<'_>| {
        Some(Followed {
            visit: VisitId::new(id(json.text("visit")?)?),
            record: Digest::from_hex(json.text("record")?)?,
            stage: word(json.get("stage")?, Stage::ALL, Stage::key)?,
            date: json.text("date")?.parse::<Date>().ok()?,
        })
    };
    let Json::List(list) = json else { return None };
    let list = bounded(list)?.iter().map(followed).collect::<Option<Vec<_>>>()?;
    let distinct: BTreeSet<&VisitId> = list.iter().map(|it| &it.visit).collect();
    (!list.is_empty() && distinct.len() == list.len()).then_some(list)
}

fn scope_from(json: &Json<'_>) -> Option<Vec<ClauseId>> {
    let Json::List(list) = json else { return None };
    if !(1..=SCOPE_LIMIT).contains(&list.len()) {
        return None;
    }
    let scope = list.iter().map(|it| Some(ClauseId::new(id(it.as_text()?)?))).collect::<Option<Vec<_>>>()?;
    let distinct: BTreeSet<&ClauseId> = scope.iter().collect();
    (distinct.len() == scope.len()).then_some(scope)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Mandate {
        Mandate {
            by: Some(Tier::City),
            facility_id: "12220221MB1234567X".parse().unwrap(),
            follows: vec![Followed {
                visit: "earlier".into(),
                record: Digest([7; 32]),
                stage: Stage::County,
                date: Date::new(2026, 5, 12).unwrap(),
            }],
            applied: Some(Applied::Recommended),
            scope: vec!["TM-01".into(), "TM-02".into()],
            organiser: "某市基层卫生协会".parse().unwrap(),
            office: Some("A1b2C3d4E5f6".into()),
            deputy: Some("陈思齐".into()),
            panel_reason: "本县同专业专家不足".parse().unwrap(),
        }
    }

    fn read(value: &Value) -> Option<Mandate> {
        mandate_from(&Json::parse(&value.to_string()).unwrap())
    }

    #[test]
    fn a_mandate_reads_back_as_written_and_one_that_says_nothing_has_no_keys() {
        for mandate in [full(), Mandate::default()] {
            let members = mandate_members(&mandate);
            assert_eq!(read(&Value::from(members.clone())), Some(mandate.clone()));
            assert_eq!(members.is_empty(), mandate == Mandate::default());
        }
    }

    #[test]
    fn a_key_that_is_not_well_formed_is_not_read() {
        for (key, bad) in [
            ("by", json!("county ")),
            ("by", json!("县级")),
            ("facility_id", json!("")),
            ("facility_id", json!(7)),
            ("follows", json!([])),
            ("follows", json!([{"visit": "a", "record": "00", "stage": "county", "date": "2026-05-12"}])),
            ("applied", json!("excellent")),
            ("scope", json!([])),
            ("scope", json!(["TM-01", "TM-01"])),
            ("scope", json!("TM-01")),
            ("organiser", json!("长".repeat(500))),
            ("office", json!("A1 b2")),
            ("deputy", json!("")),
            ("panel_reason", json!("")),
            ("panel_reason", json!({"why": "本县专家不足"})),
        ] {
            let mut members = mandate_members(&full());
            members.insert(key.to_owned(), bad.clone());
            assert_eq!(read(&Value::from(members)), None, "{key}: {bad}");
        }
    }
}
