//! The feedback as JSON: `hecha feedback --json`.

use serde_json::{Value, json};

use crate::report::feedback::{Feedback, Group, Item};

/// The feedback as a value.
#[must_use]
pub fn value(feedback: &Feedback) -> Value {
    let mut value = json!({
        "visit": feedback.visit,
        "facility": feedback.facility,
        "stage": feedback.stage.key(),
        "date": feedback.date.to_string(),
        "state": feedback.state.key(),
        "marks": feedback.marks,
    });
    if let Value::Object(fields) = &mut value {
        for part in &feedback.parts {
            fields.insert(part.kind.key().to_owned(), part.groups.iter().map(group).collect());
        }
    }
    value
}

fn group(group: &Group) -> Value {
    json!({ "title": group.title, "items": group.items.iter().map(item).collect::<Vec<_>>() })
}

fn item(item: &Item) -> Value {
    let points = item.points.iter().map(|point| json!({ "id": point.id, "text": point.text }));
    json!({ "id": item.id, "title": item.title, "core": item.core, "points": points.collect::<Vec<_>>() })
}
