//! Reports of a visit with every odd case: golden text, and attempts to smuggle votes, markup and formulas out.

use std::collections::BTreeSet;

use hecha::{
    domain::{
        edit::waiver::MatterKind,
        outcome::Outcome,
        terms::{clean::is_clean_line, digest::Digest, lang::Lang},
        visit::Visit,
    },
    report::{
        Options, Report, agreement_json,
        csv::{csv, defuse},
        info_json,
        json::json,
        md::md,
        merge_json, result_json,
    },
};
use serde_json::Value;

use crate::fixture::odd::{SECRET, odd_visit, shown};

const PLAIN: Options =
    Options { lang: Lang::Zh, names: false, generated: None, record: Some(Digest([7; 32])) };

fn outcome(visit: &Visit) -> Outcome {
    let seen: Vec<_> = shown(visit).iter().map(|state| state.member.name.clone()).collect();
    Outcome::of(visit, |state| seen.contains(&state.member.name))
}

fn report(options: &Options) -> Report {
    let visit = odd_visit();
    Report::of(&visit, &outcome(&visit), &shown(&visit), options)
}

fn named(lang: Lang) -> Options {
    Options { lang, names: true, generated: Some("2026-05-12 18:00".to_owned()), ..PLAIN }
}

fn csv_text(options: &Options) -> String {
    String::from_utf8(csv(&report(options), false).unwrap()).unwrap()
}

/// Every output there is, with its name.
fn outputs() -> Vec<(&'static str, String)> {
    let visit = odd_visit();
    let (outcome, members) = (outcome(&visit), shown(&visit));
    let names: Vec<String> = members.iter().map(|state| state.member.name.to_string()).collect();
    let agreement = report(&PLAIN).agreement.overall;
    vec![
        ("md", md(&report(&PLAIN))),
        ("md named", md(&report(&named(Lang::En)))),
        ("csv", csv_text(&PLAIN)),
        ("csv named", csv_text(&named(Lang::Zh))),
        ("json", json(&report(&PLAIN))),
        ("json named", json(&report(&named(Lang::En)))),
        ("result", format!("{:#}", result_json(&visit, &outcome, &members, Lang::Zh))),
        ("merge", format!("{:#}", merge_json(&visit, &outcome, &members))),
        ("info", format!("{:#}", info_json(&visit, &members))),
        ("agreement", format!("{:#}", agreement_json(&agreement, &names[..0]))),
    ]
}

#[test]
fn golden_reports() {
    insta::assert_snapshot!("report_md_zh", md(&report(&PLAIN)));
    insta::assert_snapshot!("report_md_en_named", md(&report(&named(Lang::En))));
    insta::assert_snapshot!("report_csv_zh", csv_text(&PLAIN).replace("\r\n", "\n"));
    insta::assert_snapshot!("report_csv_zh_named", csv_text(&named(Lang::Zh)).replace("\r\n", "\n"));
    insta::assert_snapshot!("report_json_zh", json(&report(&PLAIN)));
}

#[test]
fn golden_command_shapes() {
    let visit = odd_visit();
    let (outcome, members) = (outcome(&visit), shown(&visit));
    insta::assert_snapshot!(
        "result_json",
        format!("{:#}", result_json(&visit, &outcome, &members, Lang::Zh))
    );
    insta::assert_snapshot!("merge_json", format!("{:#}", merge_json(&visit, &outcome, &members)));
    insta::assert_snapshot!("info_json", format!("{:#}", info_json(&visit, &members)));
}

#[test]
fn a_ballot_that_may_not_be_seen_is_in_no_output() {
    for (name, text) in outputs() {
        assert!(!text.contains(SECRET), "{name}");
    }
    let visit = odd_visit();
    let merged = merge_json(&visit, &outcome(&visit), &shown(&visit));
    assert_eq!(merged["hidden"], 1);
    let told = |row: &Value| row["votes"].as_array().unwrap().iter().any(|vote| vote["member"] == "王五");
    assert!(!merged["clauses"].as_array().unwrap().iter().any(told));
    assert_eq!(info_json(&visit, &shown(&visit))["members"][4]["scored"], Value::Null);
}

#[test]
fn no_control_character_reaches_any_output() {
    for (name, text) in outputs() {
        for line in text.lines() {
            let line: String = line.trim().chars().filter(|c| *c != '\r').collect();
            for part in line.chars().collect::<Vec<_>>().chunks(300) {
                let part: String = part.iter().collect();
                assert!(is_clean_line(part.trim()), "{name}: {part:?}");
            }
        }
    }
}

#[test]
fn without_names_no_vote_tells_who_cast_it() {
    let value: Value = serde_json::from_str(&json(&report(&PLAIN))).unwrap();
    let clauses =
        value["areas"].as_array().unwrap().iter().flat_map(|area| area["clauses"].as_array().unwrap());
    for clause in clauses {
        let text = clause.to_string();
        for name in ["张三", "李=1|四", "𠮷野", "赵", "王五", "周七"] {
            assert!(!text.contains(name), "{text}");
        }
    }
    let table = csv_text(&PLAIN);
    assert!(!table.contains("张三") && !table.contains("𠮷野"), "{table}");
}

#[test]
fn the_csv_opens_as_rows_of_text_and_runs_nothing() {
    let bytes = csv(&report(&named(Lang::Zh)), true).unwrap();
    assert!(bytes.starts_with(b"\xEF\xBB\xBF"));
    let text = String::from_utf8(bytes[3..].to_vec()).unwrap();
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let width = reader.headers().unwrap().len();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!((rows.len(), text.lines().count()), (7, 8));
    for row in rows {
        assert_eq!(row.len(), width);
        assert!(row.iter().all(|cell| defuse(cell) == cell || cell.starts_with('\'')), "{row:?}");
    }
}

#[test]
fn the_keys_of_the_commands_are_those_of_the_design() {
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let has = |value: &Value, wanted: &str| {
        for key in wanted.split(' ') {
            assert!(keys(value).contains(key), "{key} in {value}");
        }
    };
    let visit = odd_visit();
    let (outcome, members) = (outcome(&visit), shown(&visit));
    let result = result_json(&visit, &outcome, &members, Lang::Zh);
    has(&result, "visit facility applied counts core gates standards clauses");
    has(&result["counts"], "A B C D not_applicable undecided");
    has(&result["standards"][0], "id title status source met worst best clauses_to_flip");
    has(&result["clauses"][0], "id title area core votes verdict by reason n_valid odd quorum");
    assert_eq!(result["clauses"][1]["not_applicable"], true);
    let merged = merge_json(&visit, &outcome, &members);
    has(&merged["members"][0], "name field status");
    has(&merged["clauses"][0], "id votes verdict by spread split pass_line_split rank");
    has(&merged["clauses"][0]["votes"][0], "member grade points absent");
    has(
        &info_json(&visit, &members),
        "visit facility profile stage date checklist_hash lead members conflicts state \
         by facility_id follows applied scope organiser office deputy",
    );
    let ranks: BTreeSet<u64> =
        merged["clauses"].as_array().unwrap().iter().map(|row| row["rank"].as_u64().unwrap()).collect();
    assert_eq!(ranks, (1..=7).collect());
    assert_eq!(merged["clauses"][4]["rank"], 1, "core, across the pass line");
}

#[test]
fn every_key_of_the_json_report_is_documented() {
    fn walk(value: &Value, keys: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(key, value)| {
                keys.insert(key.clone());
                walk(value, keys);
            }),
            Value::Array(items) => items.iter().for_each(|item| walk(item, keys)),
            _ => {}
        }
    }
    let path = format!("{}/docs/REPORT-JSON.md", env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(path).unwrap();
    let mut keys = BTreeSet::new();
    walk(&serde_json::from_str(&json(&report(&named(Lang::Zh)))).unwrap(), &mut keys);
    let missing: Vec<_> = keys.iter().filter(|key| !page.contains(&format!("`{key}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for kind in MatterKind::ALL {
        assert!(page.contains(&format!("`{}`", kind.key())), "{kind:?}");
    }
}
