//! Fields of the facility's profile as JSON. Text that is not clean or too long, and numbers that no field takes, make the
//! edit unreadable: a profile is printed on forms, so nothing of it is cut or guessed.

use serde_json::{Value, json};

use crate::{
    domain::{
        edit::Edit,
        facility::profile::{ProfileField, ProfileKind, ProfileValue},
    },
    share::{code::json::Json, wire::value::optional},
};

/// A field as JSON. Areas are exact decimals and therefore text; persons are whole persons.
pub(crate) fn facility_json(field: ProfileField, value: Option<&ProfileValue>) -> Value {
    let value = value.map(|value| match value {
        ProfileValue::Text(text) => Value::from(text.as_str()),
        ProfileValue::Count(n) => Value::from(*n),
        ProfileValue::Area(area) => Value::from(area.to_string()),
    });
    json!({"f": field.key(), "v": value})
}

/// A field from JSON; `None` if the field is not known or the value is none of it.
pub(crate) fn facility_from(json: &Json<'_>) -> Option<Edit> {
    let key = json.text("f")?;
    let field = *ProfileField::ALL.iter().find(|field| field.key() == key)?;
    Some(Edit::Facility { field, value: optional(json.get("v"), |value| value_from(field, value))? })
}

fn value_from(field: ProfileField, json: &Json<'_>) -> Option<ProfileValue> {
    let value = match field.kind() {
        ProfileKind::Line | ProfileKind::Text => ProfileValue::Text(json.as_text()?.to_owned()),
        ProfileKind::Area => ProfileValue::Area(json.as_text()?.parse().ok()?),
        ProfileKind::People | ProfileKind::Count | ProfileKind::Year => ProfileValue::Count(json.as_count()?),
    };
    field.holds(&value).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{facility::profile::MOST_PEOPLE, terms::clean::NOTE_LIMIT},
        share::wire::{Extra, decode_edit, encode_edit},
    };

    fn decoded(text: &str) -> Edit {
        decode_edit(&Json::parse(text).unwrap())
    }

    #[test]
    fn every_field_comes_back_as_it_went() {
        for field in ProfileField::ALL {
            let text = match field.kind() {
                ProfileKind::Line => "青禾镇卫生院 \"一\"",
                ProfileKind::Text => "第一行，\n第二行：20 张床",
                ProfileKind::Area => "3200.5",
                ProfileKind::People => "1.4999",
                ProfileKind::Count => "42",
                ProfileKind::Year => "2025",
            };
            for value in [field.read(text).unwrap(), None] {
                let edit = Edit::Facility { field: *field, value };
                assert_eq!(decoded(&encode_edit(&edit, Extra::None).to_string()), edit);
            }
        }
        let population =
            Edit::Facility { field: ProfileField::Population, value: Some(ProfileValue::Count(14_999)) };
        assert_eq!(
            encode_edit(&population, Extra::None).to_string(),
            r#"{"f":"population","k":"facility","v":14999}"#
        );
    }

    #[test]
    fn what_no_field_holds_is_kept_as_unknown_and_holds_nothing_up() {
        let long = "长".repeat(NOTE_LIMIT + 1);
        let plan = "建".repeat(2_001);
        for (field, value) in [
            ("population", format!("{}", MOST_PEOPLE + 1)),
            ("population", "-1".to_owned()),
            ("population", "\"1.5\"".to_owned()),
            ("staff", "\"42\"".to_owned()),
            ("year", "20".to_owned()),
            ("building_area", "3200".to_owned()),
            ("building_area", "\"-1\"".to_owned()),
            ("building_area", "\"1e3\"".to_owned()),
            ("name", "\"\"".to_owned()),
            ("name", "\"a\\nb\"".to_owned()),
            ("name", "\"\\u001b[31m\"".to_owned()),
            ("name", "\"a\\u202eb\"".to_owned()),
            ("name", "[]".to_owned()),
            ("introduction", format!("\"{long}\"")),
            ("plan", format!("\"{plan}\"")),
            ("hospital_grade", "\"三级\"".to_owned()),
            ("机构名称", "\"x\"".to_owned()),
        ] {
            let edit = decoded(&format!(r#"{{"k":"facility","f":"{field}","v":{value}}}"#));
            assert!(
                matches!(&edit, Edit::Unknown { kind, critical: false } if kind == "facility"),
                "{field} {value}: {edit:?}"
            );
        }
        let plan = format!(r#"{{"k":"facility","f":"plan","v":"{}"}}"#, "建 ".repeat(2_000).trim());
        assert!(matches!(decoded(&plan), Edit::Facility { value: Some(_), .. }));
        assert!(matches!(decoded(r#"{"k":"facility"}"#), Edit::Unknown { .. }));
    }
}
