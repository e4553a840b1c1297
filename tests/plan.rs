//! The day planned on the command line: the shipped township checklist fits, every shape is as others read it, the plan binds.

use std::{collections::BTreeSet, path::Path};

use serde_json::Value;

use crate::support::{Laptop, PANEL, Panel, new_folder};

/// Five experts of five fields, one title: name, field.
const FIVE: [(&str, &str); 5] =
    [("王诊", "医疗"), ("李护", "护理"), ("赵药", "药学"), ("钱院", "医院感染管理"), ("孙中", "中医药")];

/// A visit of a profile with these experts, none of whom has joined but the lead.
fn founded(laptop: &Laptop, folder: &Path, profile: &str, experts: &[(&str, &str)]) -> String {
    let file = folder.join("visit.hecha").to_str().unwrap().to_owned();
    let titled = |(name, field): &(&str, &str)| format!("{name}:{field}:主任医师");
    let mut command = vec![
        "visit".to_owned(),
        "create".to_owned(),
        file.clone(),
        "--facility".to_owned(),
        "青禾镇中心卫生院".to_owned(),
        "--profile".to_owned(),
        profile.to_owned(),
        "--stage".to_owned(),
        "county".to_owned(),
        "--date".to_owned(),
        "2026-05-20".to_owned(),
        "--lead".to_owned(),
        titled(&experts[0]),
    ];
    for expert in &experts[1..] {
        command.extend(["--member".to_owned(), titled(expert)]);
    }
    let command: Vec<&str> = command.iter().map(String::as_str).collect();
    laptop.ok(&command);
    file
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_township_checklist_fits_into_seven_hours_of_five_experts() {
    let folder = new_folder();
    let lead = Laptop::new(folder.path().join("home"));
    let file = founded(&lead, folder.path(), "township", &FIVE);
    let told = lead.json(&["visit", "plan", &file, "--json"]);
    assert_eq!((told["fits"].as_bool(), told["hours"].as_f64()), (Some(true), Some(7.0)));
    assert_eq!(told["does_not_fit"], Value::Array(Vec::new()));
    let bound = told["lower_bound"].as_f64().unwrap();
    let members = told["members"].as_array().unwrap();
    let most = members.iter().map(|it| it["minutes"].as_f64().unwrap()).fold(0.0, f64::max);
    assert!(bound > 0.0 && most >= bound && most <= bound * 1.05 && most <= 420.0, "{most} against {bound}");
    let clauses = told["clauses"].as_array().unwrap();
    let mut votes_of_members = 0;
    for (member, (name, field)) in members.iter().zip(FIVE) {
        assert_eq!((member["name"].as_str(), member["field"].as_str()), (Some(name), Some(field)));
        let own: BTreeSet<String> = strings(&member["clauses"]).into_iter().collect();
        votes_of_members += own.len();
        let route = member["route"].as_array().unwrap();
        let places: Vec<&str> = route.iter().map(|stop| stop["place"].as_str().unwrap()).collect();
        assert_eq!(places.len(), places.iter().collect::<BTreeSet<_>>().len(), "each place once: {places:?}");
        let on_the_way = route.iter().flat_map(|stop| strings(&stop["clauses"]));
        let all: BTreeSet<String> = on_the_way.chain(strings(&member["documents"]["clauses"])).collect();
        assert_eq!(all, own, "every clause of {name} is on the way or read before");
        let minutes: f64 = route.iter().map(|stop| stop["minutes"].as_f64().unwrap()).sum();
        assert!((minutes - member["minutes"].as_f64().unwrap()).abs() < 0.01);
    }
    for clause in clauses {
        let n = clause["votes"].as_u64().unwrap();
        assert_eq!(n, if clause["core"] == true { 3 } else { 1 }, "{clause}");
        assert_eq!(clause["odd"], true);
    }
    let votes: u64 = clauses.iter().map(|it| it["votes"].as_u64().unwrap()).sum();
    assert_eq!(votes as usize, votes_of_members);
    assert_eq!(told, lead.json(&["visit", "plan", &file, "--json"]), "the same again");
}

#[test]
fn what_does_not_fit_is_said_with_what_would() {
    let folder = new_folder();
    let lead = Laptop::new(folder.path().join("home"));
    let file = founded(&lead, folder.path(), "township", &FIVE);
    let answer = lead.run(&["visit", "plan", &file, "--votes", "3", "--hours", "6", "--json"]);
    let told: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!((answer.code, &told["fits"]), (Some(4), &Value::Bool(false)));
    let lack = &told["does_not_fit"][0];
    assert!(
        lack["minutes"].as_f64().unwrap() > 0.0 && lack["what"].as_str().unwrap().contains("超出"),
        "{told}"
    );
    assert!(lack["offer"].as_str().unwrap().contains("每条 1 票"), "{told}");
    let one_day = lead.run(&["visit", "plan", &file, "--document-hours", "0", "--hours", "5"]);
    assert!(one_day.code == Some(4) && one_day.out.contains("资料提前看"), "{one_day:?}");
    for wrong in [
        &["--votes", "2"][..],
        &["--core-votes", "1"],
        &["--core-votes", "4"],
        &["--hours", "0"],
        &["--hours", "25"],
        &["--hours", "x"],
        &["--document-date", "x"],
        &["--replan"],
        &["--replan", "--everybody"],
    ] {
        let command: Vec<&str> = ["visit", "plan", file.as_str()].iter().chain(wrong).copied().collect();
        lead.refuses(2, &command);
    }
}

#[test]
fn a_plan_that_is_applied_binds_the_panel_and_one_vote_is_told() {
    let panel = Panel::small(5, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    lead.ok(&["visit", "plan", file]);
    assert!(lead.json(&["panel", file, "--json"])["plan"].is_null(), "nothing without --apply");
    lead.ok(&["visit", "plan", file, "--apply", "--document-date", "2026-05-18"]);
    panel.sync_all(5);
    let told = lead.json(&["visit", "plan", file, "--json"]);
    let one = told["clauses"].as_array().unwrap().iter().find(|it| it["votes"] == 1).unwrap();
    let clause = one["id"].as_str().unwrap();
    let has = |at: usize| strings(&told["members"][at]["clauses"]).contains(&clause.to_owned());
    let (mine, other) = ((0..5).find(|at| has(*at)).unwrap(), (0..5).find(|at| !has(*at)).unwrap());
    let said = panel.laptops[other].ok(&["score", file, clause, "--grade", "D", "--reason", "没有"]);
    assert!(said.out.contains("分工外，不计"), "{said:?}");
    panel.laptops[mine].ok(&["score", file, clause, "--grade", "A", "--reason", "都看了"]);
    for (at, laptop) in panel.laptops.iter().enumerate() {
        let owed = lead.json(&["panel", file, "--json"])["members"][at]["owed"].as_u64();
        assert_eq!(owed, Some(strings(&told["members"][at]["clauses"]).len() as u64), "{}", PANEL[at]);
        laptop.ok(&["submit", file, "--yes"]);
    }
    panel.sync_all(5);
    lead.refuses(1, &["visit", "plan", file, "--votes", "3", "--apply"]);
    lead.ok(&["close", file, "--yes"]);
    panel.sync_all(5);
    panel.sync_all(5);
    let result = lead.json(&["result", file, "--json"]);
    let found = result["clauses"].as_array().unwrap().iter().find(|it| it["id"] == clause).unwrap();
    assert_eq!((&found["verdict"], &found["quorum"]), (&Value::from("A"), &Value::Bool(true)), "{found}");
    assert_eq!(result["judged_alone"], 1);
    assert!(lead.ok(&["result", file]).out.contains("1 条条款按分工由一名专家单独评定"));
    let merged = lead.json(&["merge", file, "--json"]);
    let row = merged["clauses"].as_array().unwrap().iter().find(|it| it["id"] == clause).unwrap();
    let votes = row["votes"].as_array().unwrap();
    assert_eq!(votes.len(), 2, "who was not asked and said nothing is not listed: {row}");
    let aside = votes.iter().find(|it| it["member"] == PANEL[other]).unwrap();
    assert_eq!((&aside["grade"], &aside["aside"]), (&Value::Null, &Value::from("D")));
}

#[test]
fn who_left_is_planned_around_and_the_others_keep_theirs() {
    let panel = Panel::small(5, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    lead.ok(&["visit", "plan", file, "--apply"]);
    let before = lead.json(&["visit", "plan", file, "--json"]);
    lead.ok(&["visit", "absent", file, PANEL[2], "--reason", "生病"]);
    lead.ok(&["visit", "plan", file, "--replan", "--apply"]);
    let after = lead.json(&["visit", "plan", file, "--replan", "--json"]);
    let names: Vec<&str> =
        after["members"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert!(!names.contains(&PANEL[2]) && names.len() == 4, "{names:?}");
    for member in after["members"].as_array().unwrap() {
        let was =
            before["members"].as_array().unwrap().iter().find(|it| it["name"] == member["name"]).unwrap();
        let now = strings(&member["clauses"]);
        assert!(strings(&was["clauses"]).iter().all(|id| now.contains(id)), "{member}");
    }
    let n = |told: &Value| -> u64 {
        told["clauses"].as_array().unwrap().iter().map(|it| it["votes"].as_u64().unwrap()).sum()
    };
    assert_eq!(n(&after), n(&before), "what was left behind is divided");
    lead.ok(&["visit", "plan", file, "--everybody", "--apply"]);
    assert!(lead.json(&["panel", file, "--json"])["plan"].is_null());
}
