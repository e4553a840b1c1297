//! What a visit was founded with beyond facility, day and roster, as keys beside the others.

use serde_json::{Map, Value, json};

use crate::domain::{
    edit::mandate::{Followed, Mandate},
    facility::{Applied, Tier},
    terms::{clean::clean_line, id::ClauseId},
};

/// The keys, each of them always there: null, or an empty list of visits, is what was not given. `scope` null = all clauses.
pub(super) fn mandate_json(by: Option<Tier>, mandate: &Mandate) -> Map<String, Value> {
    let Mandate { by: _, facility_id, follows, applied, scope, organiser, office, deputy, panel_reason } =
        mandate;
    let text = |text: &str| (!text.is_empty()).then(|| clean_line(text));
    let scope: Vec<&str> = scope.iter().map(ClauseId::as_str).collect();
    let members = [
        ("by", json!(by.map(Tier::key))),
        ("facility_id", json!(text(facility_id))),
        ("follows", follows.iter().map(followed).collect()),
        ("applied", json!(applied.map(Applied::key))),
        ("scope", json!(Some(scope).filter(|scope| !scope.is_empty()))),
        ("organiser", json!(text(organiser))),
        ("office", json!(office.as_ref().map(|feed| clean_line(feed.as_str())))),
        ("panel_reason", json!(text(panel_reason))),
        ("deputy", json!(deputy.as_ref().map(|name| clean_line(name.as_str())))),
    ];
    members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn followed(followed: &Followed) -> Value {
    json!({
        "visit": clean_line(followed.visit.as_str()),
        "record": followed.record.to_hex(),
        "stage": followed.stage.key(),
        "date": followed.date.to_string(),
    })
}
