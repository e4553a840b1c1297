//! The facility's profile as JSON: in the report, and of `hecha visit facility --json`.

use serde_json::{Map, Value, json};

use crate::{
    domain::facility::profile::{ProfileField, ProfileValue},
    report::{json::value::number, layout::FacilitySection},
};

/// Every field by its key, null where it is not given; then what is contested, missing and to be looked at again.
#[must_use]
pub fn facility_json(section: &FacilitySection) -> Value {
    let profile = &section.profile;
    let fields = ProfileField::ALL
        .iter()
        .map(|field| (field.key().to_owned(), profile.get(*field).map_or(Value::Null, value_json)));
    let contested = profile.contested().map(|(field, values)| {
        let values = values.iter().map(|value| value.as_ref().map_or(Value::Null, value_json));
        (field.key().to_owned(), Value::from(values.collect::<Vec<_>>()))
    });
    json!({
        "fields": fields.collect::<Map<_, _>>(),
        "contested": contested.collect::<Map<_, _>>(),
        "missing": profile.missing().into_iter().map(ProfileField::key).collect::<Vec<_>>(),
        "warnings": section.warnings.iter().map(|(field, text)| json!({
            "field": field.key(), "text": text,
        })).collect::<Vec<_>>(),
    })
}

fn value_json(value: &ProfileValue) -> Value {
    match value {
        ProfileValue::Text(text) => Value::from(text.as_str()),
        ProfileValue::Count(n) => Value::from(*n),
        ProfileValue::Area(area) => number(*area),
    }
}
