//! A standard for small facilities is concluded only for them.

use hecha::{
    checklist::{Kind, Sources, load_profile},
    domain::{
        checklist::profile::UseWhen,
        facility::profile::{FacilityProfile, ProfileField, ProfileValue},
    },
};
use serde_json::Value;

use crate::support::{Laptop, MEMBERS, new_folder};

const SMALL: &str = include_str!("../checklists/local/small-township.toml");

fn facility(staff: Option<u64>, people: Option<u64>) -> FacilityProfile {
    let mut facility = FacilityProfile::default();
    for (field, n) in [(ProfileField::Technicians, staff), (ProfileField::Population, people)] {
        if let Some(n) = n {
            facility.set(field, ProfileValue::Count(n));
        }
    }
    facility
}

#[test]
fn both_limits_hold_and_what_is_not_said_is_not_guessed() {
    let use_when = UseWhen { staff_below: Some(10), population_below: Some(10_000) };
    for (staff, people, holds) in [
        (Some(9), Some(9_999), Some(true)),
        (Some(10), Some(9_999), Some(false)),
        (Some(9), Some(10_000), Some(false)),
        (Some(9), None, None),
        (None, None, None),
        // One limit that does not hold decides, whatever the other may be.
        (None, Some(10_000), Some(false)),
    ] {
        assert_eq!(use_when.holds(&facility(staff, people)), holds, "{staff:?} {people:?}");
    }
    let either = UseWhen { staff_below: None, population_below: Some(10_000) };
    assert_eq!(either.holds(&facility(None, Some(1))), Some(true));
}

#[test]
fn the_small_profile_counts_basic_clauses_and_says_where_it_comes_from() {
    let sources =
        Sources::built_in().with_text(Kind::Profile, "small-township", "small-township.toml", SMALL);
    let (checklist, _) = load_profile("small-township", &sources).unwrap();
    let qualified = &checklist.profile.standards[0];
    assert_eq!(qualified.id.as_str(), "qualified");
    assert!(qualified.source.is_unconfirmed() && qualified.use_when.is_some());
}

fn standard(result: &Value) -> Value {
    let standards = result["standards"].as_array().unwrap();
    standards.iter().find(|it| it["id"] == "qualified").unwrap().clone()
}

#[test]
fn it_is_told_and_not_concluded_where_the_facility_is_larger_or_says_nothing() {
    let folder = new_folder();
    let lead = Laptop::new(folder.path().join("home"));
    let own = lead.home.join("checklists/profiles");
    std::fs::create_dir_all(&own).unwrap();
    std::fs::write(own.join("small-township.toml"), SMALL).unwrap();
    let file = folder.path().join("visit.hecha").display().to_string();
    let mut create = vec!["visit", "create", &file, "--facility", "青禾镇卫生院"];
    create.extend(["--profile", "small-township", "--stage", "county", "--date", "2026-11-21"]);
    create.extend(["--lead", MEMBERS[0]]);
    create.extend(MEMBERS.iter().skip(1).flat_map(|member| ["--member", member]));
    lead.ok(&create);
    let told = |facts: &[&str]| {
        if !facts.is_empty() {
            let mut set = vec!["visit", "facility", file.as_str()];
            set.extend(facts);
            lead.ok(&set);
        }
        (standard(&lead.json(&["result", &file, "--json"])), lead.ok(&["result", &file]).out)
    };
    let (json, text) = told(&[]);
    assert_eq!((&json["in_use"], &json["met"]), (&Value::Null, &Value::Null));
    assert!(
        text.contains("卫生技术人员少于 10 人、服务人口少于 10000 人") && text.contains("没有填全"),
        "{text}"
    );
    let (json, text) = told(&["--set", "population=1.5", "--set", "health_technicians=9"]);
    assert_eq!(
        (&json["in_use"], &json["met"], &json["best"]),
        (&Value::Bool(false), &Value::Null, &Value::Bool(false))
    );
    assert!(text.contains("合格标准（示例规则，非官方） 不适用于本机构"), "{text}");
    let (json, text) = told(&["--set", "population=0.9"]);
    assert_eq!(json["in_use"], true);
    assert!(!text.contains("不适用于本机构") && !text.contains("没有填全"), "{text}");
}
