//! A member whose program was tampered with signs what it likes: nobody else's votes, verdicts or rights change.

use std::collections::BTreeSet;

use ed25519_dalek::{SigningKey, hazmat};
use hecha::share::{
    code::base64,
    file::commit::{Draft, DraftBody, sign},
};
use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::Sha512;

use crate::support::{
    self, Laptop, PANEL, Panel,
    insider::{self, Insider, device, ids, slip_in},
};

/// All three have voted and sealed.
fn sealed_panel() -> Panel {
    let panel = Panel::small(3, &[]);
    for (index, grade) in [(0, "C"), (1, "A"), (2, "B")] {
        panel.laptops[index].ok(&["score", &panel.file, "TM-02", "--grade", grade]);
    }
    for index in [1, 2, 0] {
        panel.laptops[index].ok(&["submit", &panel.file, "--yes"]);
    }
    panel
}

/// As [`sealed_panel`], and the lead has closed scoring.
fn counted_panel() -> Panel {
    let panel = sealed_panel();
    panel.close(3);
    panel
}

fn votes(panel: &Panel, index: usize) -> Vec<(String, Value)> {
    insider::votes(&panel.laptops[index], &panel.file, "TM-02")
}

#[test]
fn a_false_key_does_not_hide_a_counted_ballot() {
    let panel = counted_panel();
    let expected: Vec<(String, Value)> =
        PANEL.iter().zip(["C", "A", "B"]).map(|(name, grade)| ((*name).to_owned(), json!(grade))).collect();
    for index in 0..3 {
        assert_eq!(votes(&panel, index), expected);
    }
    // Each gives false keys, so that one of them comes later in whatever order the feeds are read.
    let false_keys = || vec![json!({"k": "key", "key": base64::encode(&[7; 32])})];
    let lines = [1, 2].map(|index| Insider::on(&panel, index).next(false_keys()).1);
    slip_in(&panel, &lines);
    panel.sync_all(3);
    for index in 0..3 {
        assert_eq!(votes(&panel, index), expected);
    }
    // A laptop that comes new and hears of everything at once reads the same.
    let stranger = Laptop::new(panel.root.join("stranger"));
    stranger.ok(&["visit", "join", &panel.file, "--name", PANEL[3]]);
    assert_eq!(insider::votes(&stranger, &panel.file, "TM-02"), expected);
    assert!(String::from_utf8(panel.file_bytes()).unwrap().matches("\"key\"").count() >= 2);
}

#[test]
fn only_the_lead_has_the_rights_of_the_lead() {
    let panel = sealed_panel();
    let lead = panel.lead();
    lead.ok(&["sync", &panel.file]);
    let mut attacker = Insider::on(&panel, 1);
    let victim = device(&panel.laptops[2]).feed();
    let tips = json!(ids(lead));
    let before = lead.json(&["result", &panel.file, "--json"]);
    let verdict = json!({"grade": "A", "why": "伪造", "cites": []});
    attacker.slip_in(vec![
        json!({"k": "close", "tips": tips}),
        json!({"k": "verdict", "c": "TM-02", "v": verdict}),
        json!({"k": "recuse", "name": PANEL[2], "c": null, "reason": "伪造"}),
        json!({"k": "admit", "feed": attacker.feed().as_str(), "name": PANEL[2]}),
        json!({"k": "admit", "feed": victim.as_str(), "name": PANEL[4]}),
        json!({"k": "admit", "name": PANEL[1], "role": "deputy"}),
        json!({"k": "device", "feed": victim.as_str()}),
        json!({"k": "retire", "feed": victim.as_str(), "n": 0}),
        json!({"k": "facility", "f": "beds", "v": 999}),
        json!({"k": "final", "tips": tips, "opened": [], "waivers": [], "h": base64::encode(&[0; 32])}),
        json!({"k": "slot", "n": 9, "key": "age1x", "slot": "AAAA"}),
        json!({"k": "vote", "c": "TM-02", "v": {"grade": "D", "why": "提交之后"}}),
        json!({"k": "join", "name": PANEL[4], "key": attacker.key().public().to_text()}),
    ]);
    lead.ok(&["sync", &panel.file]);
    assert_eq!(lead.json(&["result", &panel.file, "--json"]), before);
    let info = lead.json(&["visit", "info", &panel.file, "--json"]);
    assert_eq!(info["state"], "scoring");
    assert_eq!(info["encrypted"], false);
    assert_eq!(info["members"][1]["late"], 1, "a vote after the seal is shown as late");
    assert_eq!(info["members"][2]["status"], "submitted");
    let profile = lead.json(&["visit", "facility", &panel.file, "--json"]);
    assert!(profile["fields"]["beds"].is_null(), "{profile}");
    panel.close(3);
    let expected: Vec<(String, Value)> =
        PANEL.iter().zip(["C", "A", "B"]).map(|(name, grade)| ((*name).to_owned(), json!(grade))).collect();
    for index in 0..3 {
        assert_eq!(votes(&panel, index), expected);
    }
}

#[test]
fn a_line_whose_key_comes_later_is_taken_in_when_it_does() {
    let panel = Panel::small(2, &[]);
    let member = &panel.laptops[1];
    member.ok(&["score", &panel.file, "TM-02", "--grade", "B"]);
    member.ok(&["submit", &panel.file, "--yes"]);
    let text = String::from_utf8(panel.file_bytes()).unwrap();
    let feed = device(member).feed();
    // The member's first commit, which carries the key, is missing; the rest arrives and is set aside.
    let lines: Vec<&str> = text.lines().collect();
    let is_first = |line: &&&str| line.contains(&format!("\"f\":\"{feed}\"")) && line.contains("\"n\":1,");
    let first = lines.iter().find(is_first).unwrap().to_string();
    let without: Vec<&str> = lines.iter().copied().filter(|line| *line != first).collect();
    let lead = Laptop::new(panel.root.join("late-lead"));
    support::copy_folder(&panel.lead().home, &lead.home);
    let connection = Connection::open(lead.home.join("hecha.db")).unwrap();
    connection.execute("DELETE FROM commits WHERE feed = ?1", [feed.as_str()]).unwrap();
    let n_quarantined = || -> i64 {
        let sql = "SELECT count(*) FROM quarantine WHERE reason LIKE '%unknown key%'";
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    std::fs::write(&panel.file, without.join("\n")).unwrap();
    lead.ok(&["sync", &panel.file]);
    assert!(n_quarantined() >= 2, "the ballot and the submission wait");
    assert!(
        !String::from_utf8(panel.file_bytes()).unwrap().contains(feed.as_str()),
        "the file was healed without them"
    );
    slip_in(&panel, &[first]);
    lead.ok(&["sync", &panel.file]);
    assert_eq!(n_quarantined(), 0);
    for command in ["submit", "close"] {
        lead.ok(&[command, &panel.file, "--yes"]);
    }
    for laptop in [member, &lead] {
        laptop.ok(&["sync", &panel.file]);
    }
    assert_eq!(insider::votes(&lead, &panel.file, "TM-02").last().unwrap().1, json!("B"));
}

#[test]
fn a_clock_that_lies_changes_nothing_and_stops_nobody() {
    let panel = sealed_panel();
    let [lead, victim] = [0, 2].map(|index| &panel.laptops[index]);
    let last = (1 << 53) - 1;
    let mut attacker = Insider::on(&panel, 1);
    (attacker.lamport, attacker.time_ms) = (last, last);
    attacker.slip_in(vec![json!({"k": "declare", "text": "来自未来"})]);
    // Whoever has seen the last moment that can be written still writes commits that all can read.
    panel.sync_all(3);
    victim.ok(&["unseal", &panel.file]);
    victim.ok(&["score", &panel.file, "TM-02", "--grade", "A"]);
    victim.ok(&["submit", &panel.file, "--yes"]);
    panel.close(3);
    for index in 0..2 {
        assert_eq!(votes(&panel, index)[2], (PANEL[2].to_owned(), json!("A")));
        let checked: Value =
            serde_json::from_str(&panel.laptops[index].run(&["fsck", &panel.file, "--json"]).out).unwrap();
        assert_eq!(checked["lines"]["bad"], 0);
    }
    lead.ok(&["decide", &panel.file, "TM-02", "B", "--reason", "合议"]);
    lead.ok(&["sync", &panel.file]);
    panel.sync_all(3);
    assert_eq!(
        victim.json(&["result", &panel.file, "--json"]),
        lead.json(&["result", &panel.file, "--json"])
    );
}

/// Another signature that holds: with a nonce of its own, as whoever has the key may take.
fn signed_anew(secret: [u8; 32], visit: &str, json: &str, nonce: u8) -> String {
    let mut expanded = hazmat::ExpandedSecretKey::from(&secret);
    expanded.hash_prefix = [nonce; 32];
    let message = ["hecha-commit-1\0", visit, json].concat();
    let public = SigningKey::from_bytes(&secret).verifying_key();
    let signature = hazmat::raw_sign::<Sha512>(&expanded, message.as_bytes(), &public);
    format!("{} {json}", base64::encode(&signature.to_bytes()))
}

#[test]
fn of_several_signatures_of_one_commit_all_laptops_keep_the_same_and_come_to_rest() {
    let panel = Panel::small(2, &[]);
    let (before, secret) = (panel.file_bytes(), [7; 32]);
    let mut stranger = Insider::stranger(&panel, secret);
    let key = stranger.key().public().to_text();
    let visit = stranger.visit.clone();
    let (id, line) = stranger.next(vec![json!({"k": "join", "name": "路人", "key": key})]);
    let (_, json) = line.split_once(' ').unwrap();
    let mut signed: Vec<String> = (0..4).map(|n| signed_anew(secret, visit.as_str(), json, n)).collect();
    signed.push(line.clone());
    signed.sort();
    let [first, .., last] = signed.as_slice() else { panic!() };
    let stored = |laptop: &Laptop| -> String {
        let connection = Connection::open(laptop.home.join("hecha.db")).unwrap();
        let sql = "SELECT signature || ' ' || json FROM commit_line WHERE id = ?1";
        connection.query_row(sql, [id.as_str()], |row| row.get(0)).unwrap()
    };
    let laptops = &panel.laptops[..2];
    for (laptop, line) in laptops.iter().zip([last, first]) {
        std::fs::write(&panel.file, &before).unwrap();
        slip_in(&panel, std::slice::from_ref(line));
        laptop.ok(&["sync", &panel.file]);
        assert_eq!(&stored(laptop), line, "of one there is nothing to choose");
    }
    let sync_all = || laptops.iter().for_each(|laptop| drop(laptop.ok(&["sync", &panel.file])));
    sync_all();
    // A smaller one that does not hold is none.
    slip_in(&panel, &[format!("{} {json}", "-".repeat(86)), last.clone()]);
    sync_all();
    let rested = panel.file_bytes();
    sync_all();
    assert!(panel.file_bytes() == rested, "a sync with nothing new writes nothing");
    for laptop in laptops {
        assert_eq!(&stored(laptop), first);
        let checked: Value = serde_json::from_str(&laptop.run(&["fsck", &panel.file, "--json"]).out).unwrap();
        assert_eq!((&checked["lines"]["bad"], &checked["class"]), (&json!(0), &json!("sound")));
    }
}

#[test]
fn giant_and_deeply_nested_lines_are_set_aside() {
    let panel = counted_panel();
    let before = (votes(&panel, 0), panel.file_bytes());
    let sign = |json: String| format!("{} {json}", "A".repeat(86));
    let nested = format!("{{\"v\":1,\"e\":{}{}}}", "[".repeat(200_000), "]".repeat(200_000));
    let deep = vec![json!({"k": "vote", "c": "TM-02", "note": "深".repeat(400_000)})];
    slip_in(
        &panel,
        &[
            sign(nested),
            sign(format!("{{\"v\":1,\"t\":\"{}\"}}", "x".repeat(3 << 20))),
            sign("{".repeat(900_000)),
            Insider::on(&panel, 1).next(deep).1,
            "\u{0}".repeat(100_000),
            "END 18446744073709551615 x".to_owned(),
        ],
    );
    panel.laptops[2].ok(&["sync", &panel.file]);
    panel.lead().ok(&["sync", &panel.file]);
    assert_eq!(votes(&panel, 0), before.0);
    assert!(panel.file_bytes().len() < before.1.len() + 4_096, "what does not hold is not passed on");
}

#[test]
fn a_founding_commit_with_another_roster_is_another_visit() {
    let panel = counted_panel();
    let before = votes(&panel, 0);
    let text = String::from_utf8(panel.file_bytes()).unwrap();
    // The roster is edited in place, and the whole founding commit is signed anew by a member.
    std::fs::write(&panel.file, text.replace(PANEL[4], "冒名者")).unwrap();
    panel.lead().ok(&["sync", &panel.file]);
    assert_eq!(votes(&panel, 0), before);
    assert!(panel.file_bytes() == text.as_bytes(), "the file is healed");
    let founding = text.lines().find(|line| line.contains("\"k\":\"found\"")).unwrap();
    let mut edit: Value = serde_json::from_str(founding.split_once(' ').unwrap().1).unwrap();
    let mut edit = edit["e"][0].take();
    edit["roster"][4]["name"] = json!("冒名者");
    edit["key"] = json!(device(&panel.laptops[1]).public().to_text());
    let draft = Draft {
        visit: None,
        n: 1,
        previous: None,
        lamport: 1,
        time_ms: 0,
        seen: BTreeSet::new(),
        body: DraftBody::Open(vec![edit]),
    };
    slip_in(&panel, &[sign(&device(&panel.laptops[1]), draft).1.to_text()]);
    panel.lead().ok(&["sync", &panel.file]);
    assert_eq!(votes(&panel, 0), before);
    assert!(
        panel.file_bytes() == text.as_bytes(),
        "a founding commit of another visit is no commit of this one"
    );
}
