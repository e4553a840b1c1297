//! Floods and damage: what nobody of the panel wrote costs little and keeps nobody out; what a broken disk or an editor changed in
//! the database goes to nobody.

use hecha::share::{
    code::key::DeviceKey,
    file::{
        self, Contents,
        commit::{Draft, DraftBody, Line, sign},
    },
};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::support::{
    Laptop, PANEL, Panel,
    insider::{Insider, slip_in},
    keyring::Keyring,
};

fn count(laptop: &Laptop, sql: &str) -> i64 {
    let connection = Connection::open(laptop.home.join("hecha.db")).unwrap();
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

fn n_devices(laptop: &Laptop) -> i64 {
    count(laptop, "SELECT count(DISTINCT feed) FROM commits")
}

fn secret(n: u16) -> [u8; 32] {
    let mut secret = [3; 32];
    secret[..2].copy_from_slice(&n.to_be_bytes());
    secret
}

/// The first commits of so many devices that claim a name of the roster.
fn claims(panel: &Panel, n: u16) -> Vec<String> {
    let claim = |n| {
        let mut stranger = Insider::stranger(panel, secret(n));
        let key = stranger.key().public().to_text();
        stranger.next(vec![json!({"k": "join", "name": PANEL[2], "key": key})]).1
    };
    (0..n).map(claim).collect()
}

fn kinds(panel: &Panel, laptop: &Laptop) -> Vec<String> {
    let checked: Value = serde_json::from_str(&laptop.run(&["fsck", &panel.file, "--json"]).out).unwrap();
    let findings = checked["findings"].as_array().unwrap().iter();
    findings.map(|it| it["kind"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_thousand_devices_of_nobodys_stay_outside_and_a_newcomer_gets_in() {
    let panel = Panel::small(2, &[]);
    let (lead, member) = (panel.lead(), &panel.laptops[1]);
    panel.admit_all(2);
    slip_in(&panel, &claims(&panel, 1_100));
    let told = lead.ok(&["sync", &panel.file]);
    assert!((told.out + &told.err).contains("没有取入"), "the bound is told");
    assert!(n_devices(lead) <= 60, "{}", n_devices(lead));
    assert!(kinds(&panel, lead).contains(&"flood".to_owned()));
    // What was left out lies on in the file, and nobody takes turns in removing it.
    for laptop in [member, lead, member, lead] {
        laptop.ok(&["sync", &panel.file]);
    }
    let rested = panel.file_bytes();
    for laptop in [member, lead] {
        laptop.ok(&["sync", &panel.file]);
    }
    assert!(panel.file_bytes() == rested, "nobody writes without need");
    // A real newcomer joins the flooded file, and the lead lets the laptop in by the code on its screen.
    let newcomer = &panel.laptops[2];
    newcomer.ok(&["visit", "join", &panel.file, "--name", PANEL[2]]);
    panel.admit(newcomer);
    newcomer.ok(&["sync", &panel.file]);
    let joined = newcomer.json(&["visit", "info", &panel.file, "--json"]);
    let seat =
        joined["members"].as_array().unwrap().iter().find(|it| it["name"] == PANEL[2]).unwrap().clone();
    assert_eq!(seat["identity"], "admitted", "{seat}");
    assert!(n_devices(newcomer) <= 60);
    newcomer.ok(&["visit", "declare", &panel.file, "none"]);
    newcomer.ok(&["score", &panel.file, "TM-02", "--grade", "B"]);
    newcomer.ok(&["submit", &panel.file, "--yes"]);
    lead.ok(&["sync", &panel.file]);
    let seen = lead.json(&["visit", "info", &panel.file, "--json"]);
    let seat = seen["members"].as_array().unwrap().iter().find(|it| it["name"] == PANEL[2]).unwrap().clone();
    assert_eq!(seat["ballot"], "sealed", "{seat}");
}

#[test]
fn more_than_can_be_passed_on_is_a_flood_and_goes_with_the_next_writing() {
    let panel = Panel::small(2, &[]);
    let before = panel.file_bytes().len();
    let mut lines = Vec::new();
    for n in 0..6 {
        let mut stranger = Insider::stranger(&panel, secret(n));
        let key = stranger.key().public().to_text();
        lines.push(stranger.next(vec![json!({"k": "join", "name": "路人", "key": key})]).1);
        // A fork at every number.
        for _ in 0..500 {
            let last = stranger.last.clone();
            lines.push(stranger.next(vec![json!({"k": "nonsense"})]).1);
            stranger.last = last;
            lines.push(stranger.next(vec![json!({"k": "more nonsense"})]).1);
        }
    }
    slip_in(&panel, &lines);
    let lead = panel.lead();
    lead.ok(&["sync", &panel.file]);
    let sql = "SELECT count(*) - count(DISTINCT feed || n) FROM commits";
    assert!(count(lead, sql) <= 6 * 20, "forks: {}", count(lead, sql));
    assert!(count(lead, "SELECT count(*) FROM commits") <= 1_100);
    lead.ok(&["visit", "declare", &panel.file, "none"]);
    lead.ok(&["sync", &panel.file]);
    assert!(panel.file_bytes().len() < before + (400 << 10), "{}", panel.file_bytes().len());
}

#[test]
fn junk_is_kept_within_bounds() {
    let panel = Panel::small(2, &[]);
    let lead = panel.lead();
    for round in 0..3 {
        let junk: Vec<String> =
            (0..1_500).map(|n| format!("{} {{\"junk\":\"{round}-{n}\"}}", "A".repeat(86))).collect();
        slip_in(&panel, &junk);
        lead.ok(&["sync", &panel.file]);
    }
    assert!(count(lead, "SELECT count(*) FROM quarantine") <= 1_000);
}

#[test]
fn what_was_changed_in_the_database_is_mended_from_the_file_and_goes_to_nobody() {
    let panel = Panel::small(3, &[]);
    let (lead, member) = (panel.lead(), &panel.laptops[1]);
    panel.sync_all(3);
    let good = panel.file_bytes();
    let change = |laptop: &Laptop, sql: &str| {
        let connection = Connection::open(laptop.home.join("hecha.db")).unwrap();
        assert!(connection.execute(sql, []).unwrap() > 0, "{sql}");
    };
    let others = "feed <> (SELECT feed FROM commits WHERE id = visit) AND n = 1";
    for damage in [
        format!("UPDATE commits SET json = replace(json, '\"v\":1', '\"v\":2') WHERE {others}"),
        format!("UPDATE commits SET n = 7 WHERE {others}"),
        format!("UPDATE commits SET signature = '{}' WHERE {others}", "B".repeat(86)),
        format!("UPDATE commits SET signature = '{}' WHERE {others}", "z".repeat(86)),
    ] {
        change(lead, &damage);
        if !damage.contains("signature") {
            assert!(kinds(&panel, lead).contains(&"store-changed".to_owned()), "{damage}");
            assert_ne!(lead.run(&["doctor"]).code, Some(0), "{damage}");
        }
        lead.ok(&["sync", &panel.file]);
        assert!(panel.file_bytes() == good, "{damage}");
        assert!(!kinds(&panel, lead).contains(&"store-changed".to_owned()), "mended: {damage}");
        member.ok(&["sync", &panel.file]);
        assert!(panel.file_bytes() == good, "{damage}");
    }
    // An own commit that no file holds any more: nothing goes on from a wrong place.
    change(
        member,
        "UPDATE commits SET json = json || ' ' WHERE feed = (SELECT feed FROM commits ORDER BY n DESC LIMIT 1)",
    );
    std::fs::remove_file(&panel.file).unwrap();
    std::fs::remove_dir_all(member.home.join("backups")).unwrap();
    assert_eq!(member.run(&["sync", &panel.file]).code, Some(3));
}

#[test]
fn a_founding_that_nobody_could_open_again_is_refused_and_spoils_nothing() {
    let panel = Panel::small(2, &[]);
    let Contents::Lines { header, lines, .. } = file::read(&panel.file_bytes()) else { panic!() };
    let lines: Vec<Line> = lines.iter().map(|(_, line)| Line::parse(line).unwrap()).collect();
    let founding = lines.iter().find(|line| line.json.contains("\"k\":\"found\"")).unwrap();
    let edits = serde_json::from_str::<Value>(&founding.json).unwrap()["e"].as_array().unwrap().clone();
    drop(header);
    let newcomer = Laptop::new(panel.root.join("newcomer"));
    for (member, value) in [
        ("roster", json!([])),
        ("roster", json!([{"name": "甲\u{1b}[31m", "field": "医疗", "title": ""}])),
        ("date", json!("2026-13-45")),
        ("stage", json!("galaxy")),
        ("scope", json!(["XX-99"])),
    ] {
        let key = DeviceKey::from_bytes(&[4; 32]);
        let mut edits = edits.clone();
        edits[0][member] = value.clone();
        edits[0]["key"] = key.public().to_text().into();
        let draft = Draft {
            visit: None,
            n: 1,
            previous: None,
            lamport: 1,
            time_ms: 0,
            seen: Default::default(),
            body: DraftBody::Open(edits),
        };
        let (id, line) = sign(&key, draft);
        let visit = hecha::domain::terms::id::VisitId::new(id.as_str());
        let path = panel.root.join("poisoned.hecha");
        std::fs::write(&path, file::write(&visit, &[line])).unwrap();
        let answer = newcomer.run(&["visit", "join", path.to_str().unwrap(), "--name", "甲"]);
        assert!(answer.code == Some(3), "{member} {value}: {answer:?}");
    }
    newcomer.ok(&["visit", "join", &panel.file, "--name", PANEL[2]]);
    assert_eq!(count(&newcomer, "SELECT count(*) FROM visit"), 1);
}

#[test]
fn a_plain_file_in_the_place_of_an_encrypted_one_lets_nobody_in() {
    let keyring = Keyring::new();
    let panel = keyring.panel(1);
    let lead = panel.lead();
    let mut stranger = Insider::stranger(&panel, [8; 32]);
    let key = stranger.key().public().to_text();
    let (_, claim) = stranger.next(vec![json!({"k": "join", "name": PANEL[2], "key": key})]);
    let plain = file::write(&stranger.visit, &[Line::parse(&claim).unwrap()]);
    std::fs::write(&panel.file, plain).unwrap();
    lead.ok(&["sync", &panel.file]);
    let told = lead.json(&["visit", "info", &panel.file, "--json"]);
    let seat = told["members"].as_array().unwrap().iter().find(|it| it["name"] == PANEL[2]).unwrap().clone();
    assert_eq!(seat["identity"], "absent", "{seat}");
}

#[test]
fn a_laptop_that_the_lead_admitted_has_room_everywhere_and_so_has_what_a_closing_names() {
    let panel = Panel::small(2, &[]);
    let (lead, member, newcomer) = (panel.lead(), &panel.laptops[1], &panel.laptops[2]);
    panel.admit_all(2);
    // Strangers fill the room of both laptops, before the newcomer comes.
    slip_in(&panel, &claims(&panel, 60));
    for laptop in [lead, member, lead] {
        laptop.ok(&["sync", &panel.file]);
    }
    newcomer.ok(&["visit", "join", &panel.file, "--name", PANEL[2]]);
    panel.admit(newcomer);
    for laptop in [member, lead, member] {
        laptop.ok(&["sync", &panel.file]);
    }
    let seen = member.json(&["visit", "info", &panel.file, "--json"]);
    let seat = seen["members"].as_array().unwrap().iter().find(|it| it["name"] == PANEL[2]).unwrap().clone();
    assert_eq!(seat["identity"], "admitted", "{seat}");
    // The newcomer's key forks beyond all room; each laptop takes in others of the branches.
    let mut forks = Vec::new();
    let mut insider = Insider::with(&panel, newcomer);
    let last = insider.last.clone();
    for n in 0..240 {
        insider.last.clone_from(&last);
        forks.push(insider.next(vec![json!({"k": "nonsense", "n": n})]));
    }
    forks.sort();
    let lines = |forks: &[(hecha::domain::terms::id::CommitId, String)]| -> Vec<String> {
        forks.iter().map(|(_, line)| line.clone()).collect()
    };
    let before = panel.file_bytes();
    slip_in(&panel, &lines(&forks[..120]));
    member.ok(&["sync", &panel.file]);
    std::fs::write(&panel.file, &before).unwrap();
    slip_in(&panel, &lines(&forks[120..]));
    for laptop in [lead, member, lead] {
        laptop.ok(&["sync", &panel.file]);
    }
    lead.ok(&["visit", "declare", &panel.file, "none"]);
    lead.ok(&["submit", &panel.file, "--yes"]);
    lead.ok(&["close", &panel.file, "--yes"]);
    for laptop in [member, lead, member] {
        laptop.ok(&["sync", &panel.file]);
    }
    assert_eq!(member.json(&["visit", "info", &panel.file, "--json"])["state"], "closed");
}
