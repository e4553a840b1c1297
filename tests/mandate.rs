//! What a visit is founded with beyond facility, day and roster: what it is told by, what it refuses, and what goes by it.

use std::{fs, sync::Arc};

use hecha::{
    domain::{
        checklist::{Checklist, profile::MergeMethod},
        edit::{Edit, Founding, mandate::Mandate},
        facility::{Applied, Tier},
        terms::field::Field,
    },
    share::{
        code::json::Json,
        wire::{Extra, decode_founding, encode_edit},
    },
};
use serde_json::{Value, json};

use crate::{
    fixture::panel,
    support::{Laptop, PANEL, Panel, files_below},
};

/// A device as `hecha doctor` tells it.
fn device(laptop: &Laptop) -> String {
    let checks = laptop.json(&["doctor", "--json"]);
    let checks = checks["checks"].as_array().unwrap();
    checks.iter().find(|check| check["key"] == "device").unwrap()["found"].as_str().unwrap().to_owned()
}

fn info(laptop: &Laptop, file: &str) -> Value {
    laptop.json(&["visit", "info", file, "--json"])
}

/// Founds a visit of one area beside that of the panel, by its lead.
fn create<'a>(panel: &Panel, file: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    assert!(panel.lead().home.join("checklists/profiles/small.toml").exists());
    let mut create = vec!["visit", "create", file, "--facility", "青禾镇卫生院", "--profile", "small"];
    create.extend(["--stage", "look-back", "--date", "2027-11-21", "--lead", "林若安:医疗:主任医师"]);
    create.extend(["--member", "陈思齐:护理:主管护师", "--member", "马文博:中医药:副主任中医师"]);
    create.extend(more);
    create
}

/// The visit of the panel, final with whatever it has.
fn make_final(panel: &Panel) {
    let (lead, file) = (panel.lead(), panel.file.as_str());
    for command in ["submit", "close"] {
        lead.ok(&[command, file, "--yes"]);
    }
    panel.end(&[0, 1, 2], lead);
}

#[test]
fn a_visit_tells_everything_it_was_founded_with() {
    let panel = Panel::small(3, &[]);
    let lead = panel.lead();
    let office = device(&panel.laptops[4]);
    make_final(&panel);
    let again = panel.share().join("again.hecha").display().to_string();
    let before = fs::read(&panel.file).unwrap();
    let more = ["--applied", "recommended", "--by", "city", "--facility-id", "12220221MB1234567X"];
    let rest = ["--scope", "TM-03,TM-01", "--organiser", "某市基层卫生协会", "--deputy", "陈思齐"];
    let ends = ["--follows", panel.file.as_str(), "--office", office.as_str()];
    lead.ok(&create(&panel, &again, &[more.as_slice(), &rest, &ends].concat()));
    assert_eq!(fs::read(&panel.file).unwrap(), before, "the earlier file is only read");

    let told = info(lead, &again);
    for (key, value) in [
        ("stage", json!("look-back")),
        ("by", json!("city")),
        ("applied", json!("recommended")),
        ("facility_id", json!("12220221MB1234567X")),
        ("scope", json!(["TM-01", "TM-03"])),
        ("organiser", json!("某市基层卫生协会")),
        ("office", json!(office)),
        ("deputy", json!("陈思齐")),
    ] {
        assert_eq!(told[key], value, "{key}");
    }
    let earlier = info(lead, &panel.file);
    assert_eq!(told["follows"][0]["visit"], earlier["visit"]);
    assert_eq!(told["follows"][0]["stage"], "county");
    assert_eq!(told["follows"][0]["date"], "2026-11-21");
    assert_eq!(told["follows"][0]["record"].as_str().unwrap().len(), 64);
    assert_eq!(told["checklist_hash"], earlier["checklist_hash"], "a scope is no other checklist");
    assert_eq!(told["members"][1]["deputy"], true);

    let text = lead.ok(&["visit", "info", &again]).out;
    for said in [
        "申报档次：推荐标准",
        "组织层级：市级",
        "部分条款，2 条：TM-01、TM-03",
        "承办单位：某市基层卫生协会",
        "前次核查：县级 2026-11-21",
        "副组长 陈思齐",
        office.as_str(),
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert_eq!(lead.json(&["result", &again, "--json"])["applied"], "recommended");
    let shown = lead.json(&["checklist", "show", &again, "--json"]);
    assert_eq!((&shown["hash"], shown["clauses"].as_array().unwrap().len()), (&told["checklist_hash"], 2));

    let out = panel.root.join("reports");
    lead.ok(&["report", &again, "--format", "md,html,csv,json", "--out", out.to_str().unwrap()]);
    for paper in files_below(&out) {
        let text = fs::read_to_string(&paper).unwrap();
        let is_json = paper.extension().is_some_and(|it| it == "json");
        assert!(text.contains(if is_json { "recommended" } else { "推荐标准" }), "{}", paper.display());
        assert!(!text.contains("TM-02"), "{}", paper.display());
        if is_json {
            let report: Value = serde_json::from_str(&text).unwrap();
            for key in ["by", "facility_id", "follows", "applied", "scope", "organiser", "office", "deputy"] {
                assert_eq!(report[key], told[key], "{key}");
            }
        }
    }
}

#[test]
fn a_visit_founded_without_any_of_it_says_so() {
    let panel = Panel::small(1, &[]);
    let told = info(panel.lead(), &panel.file);
    assert_eq!((&told["by"], &told["follows"]), (&json!("county"), &json!([])), "the stage says whose it is");
    for key in ["applied", "facility_id", "scope", "organiser", "office", "deputy"] {
        assert_eq!(told[key], Value::Null, "{key}");
    }
    let text = panel.lead().ok(&["visit", "info", &panel.file]).out;
    assert!(!text.contains("申报档次") && !text.contains("核查范围"), "{text}");
    assert_eq!(panel.lead().json(&["result", &panel.file, "--json"])["applied"], Value::Null);
}

#[test]
fn a_visit_of_some_clauses_owes_counts_and_takes_no_others() {
    let panel = Panel::small(2, &["--scope", "TM-02，TM-04"]);
    let (lead, member, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    assert!(member.refuses(1, &["score", file, "TM-01", "--grade", "B"]).err.contains("TM-01"));
    for clause in ["TM-02", "TM-04"] {
        member.ok(&["score", file, clause, "--grade", "B"]);
    }
    let asked = member.refuses(4, &["submit", file]);
    assert!(asked.err.contains("应评 2 个条款，已评 2 个"), "{asked:?}");
    member.ok(&["submit", file, "--yes"]);
    lead.ok(&["submit", file, "--yes"]);
    let result = lead.json(&["result", file, "--json"]);
    let ids: Vec<&str> =
        result["clauses"].as_array().unwrap().iter().map(|clause| clause["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["TM-02", "TM-04"]);
    let open = lead.run(&["finalize", file, "--check"]).out;
    assert!(open.contains("TM-02") && !open.contains("TM-01"), "{open}");
}

#[test]
fn a_deputy_of_the_founding_does_the_leads_work_once_admitted() {
    let panel = Panel::small(2, &["--deputy", PANEL[1]]);
    let (lead, deputy, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    assert!(
        deputy.refuses(1, &["close", file]).err.contains("组长"),
        "a name that anybody could have claimed"
    );
    let shown = deputy.ok(&["visit", "code", file]).out;
    let typed = shown.split("加入码：").nth(1).unwrap().lines().next().unwrap();
    let typed = typed.split("（").next().unwrap().trim();
    lead.ok(&["sync", file]);
    lead.ok(&["visit", "admit", file, typed]);
    lead.ok(&["sync", file]);
    deputy.ok(&["sync", file]);
    for command in ["submit", "close"] {
        deputy.ok(&[command, file, "--yes"]);
    }
    lead.ok(&["sync", file]);
    assert_eq!(info(lead, file)["state"], "closed");
}

#[test]
fn what_cannot_be_founded_with_is_refused_with_a_reason_and_makes_no_file() {
    let panel = Panel::small(3, &[]);
    let lead = panel.lead();
    let file = panel.share().join("never.hecha").display().to_string();
    let missing = panel.share().join("missing.hecha").display().to_string();
    let foreign = panel.share().join("foreign.hecha").display().to_string();
    fs::write(&foreign, "not ours").unwrap();
    for (code, more, says) in [
        (2, ["--applied", "excellent"], "recommended"),
        (2, ["--by", "nation"], "province"),
        (2, ["--scope", ","], "条款"),
        (1, ["--scope", "TM-01,XX-99"], "XX-99"),
        (1, ["--deputy", "没有这个人"], "名单"),
        (1, ["--deputy", "林若安"], "组长"),
        (1, ["--office", "abc"], "hecha doctor"),
        (1, ["--follows", panel.file.as_str()], "定稿"),
        (1, ["--follows", missing.as_str()], "missing.hecha"),
        (3, ["--follows", foreign.as_str()], "foreign.hecha"),
    ] {
        let refused = lead.refuses(code, &create(&panel, &file, &more));
        assert!(refused.err.contains(says), "{more:?}: {refused:?}");
        assert!(!fs::exists(&file).unwrap(), "{more:?}");
    }
    make_final(&panel);
    let twice = ["--follows", panel.file.as_str(), "--follows", panel.file.as_str()];
    assert!(lead.refuses(1, &create(&panel, &file, &twice)).err.contains("两遍"));
    let stranger = Laptop::new(panel.root.join("stranger"));
    let own = stranger.home.join("checklists/profiles");
    fs::create_dir_all(&own).unwrap();
    fs::copy(lead.home.join("checklists/profiles/small.toml"), own.join("small.toml")).unwrap();
    stranger.ok(&create(&panel, &file, &twice[..2]));
    assert_eq!(info(&stranger, &file)["follows"][0]["stage"], "county", "who has not joined it reads it too");
    stranger.refuses(1, &["sync", &panel.file]);
}

#[test]
fn a_calibration_is_a_stage_of_its_own_and_nobodys_unless_it_is_said() {
    let panel = Panel::small(1, &[]);
    let file = panel.share().join("cases.hecha").display().to_string();
    let stage = |word: &'static str| {
        create(&panel, &file, &[]).into_iter().map(move |it| if it == "look-back" { word } else { it })
    };
    panel.lead().refuses(2, &stage("rehearsal").collect::<Vec<_>>());
    panel.lead().ok(&stage("calibration").collect::<Vec<_>>());
    let told = info(panel.lead(), &file);
    assert_eq!((&told["stage"], &told["by"]), (&json!("calibration"), &Value::Null));
    assert!(panel.lead().ok(&["visit", "info", &file]).out.contains("校准"));
}

fn three_clauses() -> Checklist {
    let profile = panel::profile(MergeMethod::Median, Vec::new(), Vec::new());
    let clause = |id, area| panel::clause(id, area, false, None);
    let clauses = vec![clause("EM-01", "emergency"), clause("EM-02", "emergency"), clause("TM-01", "tcm")];
    panel::checklist(profile, clauses)
}

#[test]
fn a_founding_edit_is_read_with_its_scope_and_not_at_all_where_a_key_does_not_fit() {
    let members =
        ["甲", "乙"].map(|name| (panel::member(name, Field::Medicine), Vec::new())).into_iter().collect();
    let founded = panel::visit("青禾镇卫生院", three_clauses(), members).founding;
    let mandate = Mandate {
        by: Some(Tier::City),
        applied: Some(Applied::Basic),
        scope: vec!["EM-02".into()],
        deputy: Some("乙".into()),
        ..Mandate::default()
    };
    let founding = Founding { mandate, ..Founding::clone(&founded) };
    let written = encode_edit(&Edit::Found(Arc::new(founding.clone())), Extra::None);
    let read =
        |value: &Value| decode_founding(&Json::parse(&value.to_string()).unwrap(), three_clauses().into());
    let whole = read(&written).unwrap();
    assert_eq!(whole.mandate, founding.mandate);
    let ids: Vec<&str> = whole.checklist.clauses().map(|clause| clause.id.as_str()).collect();
    assert_eq!((ids.as_slice(), whole.checklist.areas.len()), (["EM-02"].as_slice(), 1));
    assert!(whole.checklist.clause("EM-01").is_none() && whole.checklist.clause("EM-02").is_some());
    assert_eq!(whole.checklist_hash, founded.checklist_hash);
    for (key, bad) in [
        ("scope", json!(["EM-02", "XX-99"])),
        ("deputy", json!("甲")),
        ("deputy", json!("丙")),
        ("applied", json!("A")),
        ("by", json!(null)),
    ] {
        let mut changed = written.clone();
        changed[key] = bad.clone();
        assert_eq!(read(&changed).is_none(), bad != json!(null), "{key}: {bad}");
    }
}
