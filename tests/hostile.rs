//! A member whose program was tampered with signs what it likes: nobody else's votes, verdicts or rights change.

use std::collections::BTreeMap;

use hecha::{
    domain::terms::id::{CommitId, FeedId, VisitId},
    share::{
        code::{base64, key::DeviceKey},
        file::commit::{Draft, DraftBody, sign},
    },
};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::support::{self, Laptop, PANEL, Panel};

fn device(laptop: &Laptop) -> DeviceKey {
    let connection = Connection::open(laptop.home.join("hecha.db")).unwrap();
    let secret: Vec<u8> = connection.query_row("SELECT secret FROM device", [], |row| row.get(0)).unwrap();
    DeviceKey::from_bytes(&secret.try_into().unwrap())
}

/// A well-signed commit with these edits, after the last one of the laptop's feed.
fn forged(laptop: &Laptop, edits: Vec<Value>) -> String {
    forged_at(laptop, 1_000, 0, edits)
}

/// As [`forged`], at a moment of the visit's own time and of the wall's.
fn forged_at(laptop: &Laptop, lamport: u64, time_ms: u64, edits: Vec<Value>) -> String {
    let key = device(laptop);
    let connection = Connection::open(laptop.home.join("hecha.db")).unwrap();
    let sql = "SELECT visit, n, id FROM commits WHERE feed = ?1 ORDER BY n DESC LIMIT 1";
    let (visit, n, id): (String, i64, String) = connection
        .query_row(sql, [key.feed().as_str()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap();
    let draft = Draft {
        visit: Some(VisitId::new(visit)),
        n: u64::try_from(n).unwrap() + 1,
        previous: Some(CommitId::new(id)),
        lamport,
        time_ms,
        seen: BTreeMap::<FeedId, u64>::new(),
        body: DraftBody::Open(edits),
    };
    sign(&key, draft).1.to_text()
}

/// Puts lines into the shared file, as a program that was tampered with would.
fn slip_in(panel: &Panel, lines: &[String]) {
    let text = String::from_utf8(panel.file_bytes()).unwrap();
    let (body, _) = text.rsplit_once("END ").unwrap();
    std::fs::write(&panel.file, format!("{body}{}\n", lines.join("\n"))).unwrap();
}

/// All three have voted and submitted.
fn submitted_panel() -> Panel {
    let panel = Panel::small(3, &[]);
    for (index, grade) in [(0, "C"), (1, "A"), (2, "B")] {
        panel.laptops[index].ok(&["score", &panel.file, "TM-02", "--grade", grade]);
    }
    for index in [1, 2, 0] {
        panel.laptops[index].ok(&["submit", &panel.file, "--yes"]);
    }
    panel.laptops[1].ok(&["sync", &panel.file]);
    panel.laptops[2].ok(&["sync", &panel.file]);
    panel
}

fn votes(laptop: &Laptop, file: &str) -> Vec<(String, Value)> {
    let merged = laptop.json(&["merge", file, "--json"]);
    let row = merged["clauses"].as_array().unwrap().iter().find(|row| row["id"] == "TM-02").unwrap().clone();
    let votes = row["votes"].as_array().unwrap().iter();
    votes.map(|vote| (vote["member"].as_str().unwrap().to_owned(), vote["grade"].clone())).collect()
}

/// The ids of a feed's commits, as the lead has them.
fn ids(panel: &Panel, feed: &FeedId) -> Vec<String> {
    let connection = Connection::open(panel.lead().home.join("hecha.db")).unwrap();
    let mut statement = connection.prepare("SELECT id FROM commits WHERE feed = ?1").unwrap();
    let ids = statement.query_map([feed.as_str()], |row| row.get(0)).unwrap();
    ids.map(Result::unwrap).collect()
}

#[test]
fn a_false_key_does_not_hide_a_submitted_ballot() {
    let panel = submitted_panel();
    let [first, second] = [&panel.laptops[1], &panel.laptops[2]];
    let expected: Vec<(String, Value)> =
        PANEL.iter().zip(["C", "A", "B"]).map(|(name, grade)| ((*name).to_owned(), json!(grade))).collect();
    for laptop in [panel.lead(), first, second] {
        laptop.ok(&["sync", &panel.file]);
        assert_eq!(votes(laptop, &panel.file), expected);
    }
    // Each gives false keys for all, so that one of them comes later in whatever order the feeds are read.
    let heads: serde_json::Map<String, Value> =
        panel.laptops[..3].iter().map(|it| (device(it).feed().to_string(), json!(9))).collect();
    let false_keys =
        vec![json!({"k": "submit", "heads": heads, "tips": [], "key": base64::encode(&[7; 32])})];
    slip_in(&panel, &[forged(first, false_keys.clone()), forged(second, false_keys)]);
    for laptop in [panel.lead(), first, second] {
        laptop.ok(&["sync", &panel.file]);
        assert_eq!(votes(laptop, &panel.file), expected);
    }
    assert!(String::from_utf8(panel.file_bytes()).unwrap().matches("\"submit\"").count() >= 5);
}

#[test]
fn only_the_lead_has_the_rights_of_the_lead() {
    let panel = submitted_panel();
    let attacker = &panel.laptops[1];
    let victim = device(&panel.laptops[2]).feed();
    let submissions = ids(&panel, &victim);
    let before = (votes(panel.lead(), &panel.file), panel.lead().json(&["result", &panel.file, "--json"]));
    let verdict = json!({"grade": "A", "why": "伪造", "cites": []});
    let line = forged(
        attacker,
        vec![
            json!({"k": "close"}),
            json!({"k": "verdict", "c": "TM-02", "v": verdict}),
            json!({"k": "recuse", "name": PANEL[2], "c": null, "reason": "伪造"}),
            json!({"k": "admit", "feed": device(attacker).feed().as_str(), "name": PANEL[2]}),
            json!({"k": "admit", "feed": victim.as_str(), "name": PANEL[4]}),
            json!({"k": "admit", "name": PANEL[1], "role": "deputy"}),
            json!({"k": "device", "feed": victim.as_str()}),
            json!({"k": "retire", "feed": victim.as_str(), "n": 0}),
            json!({"k": "reopen", "name": PANEL[2], "reason": "伪造", "of": submissions}),
            json!({"k": "facility", "f": "beds", "v": 999}),
            json!({"k": "final", "waivers": []}),
            json!({"k": "slot", "n": 9, "key": "age1x", "slot": "AAAA"}),
            json!({"k": "vote", "c": "TM-02", "v": {"grade": "D", "why": "提交之后"}}),
            json!({"k": "join", "name": PANEL[4], "key": device(attacker).public().to_text()}),
        ],
    );
    slip_in(&panel, &[line]);
    panel.lead().ok(&["sync", &panel.file]);
    let after = (votes(panel.lead(), &panel.file), panel.lead().json(&["result", &panel.file, "--json"]));
    assert_eq!(after, before);
    let info = panel.lead().json(&["visit", "info", &panel.file, "--json"]);
    assert_eq!(info["state"], "scoring");
    assert_eq!(info["encrypted"], false);
    assert_eq!(info["members"][1]["late"], 1, "a vote after submission is shown as late");
    assert_eq!(info["members"][2]["status"], "submitted");
    let profile = panel.lead().json(&["visit", "facility", &panel.file, "--json"]);
    assert!(profile["fields"]["beds"].is_null(), "{profile}");
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
    lead.ok(&["submit", &panel.file, "--yes"]);
    assert_eq!(votes(&lead, &panel.file).last().unwrap().1, json!("B"));
}

#[test]
fn a_clock_that_lies_changes_nothing_and_stops_nobody() {
    let panel = submitted_panel();
    let [lead, attacker, victim] = [0, 1, 2].map(|index| &panel.laptops[index]);
    let before = votes(lead, &panel.file);
    let last = (1 << 53) - 1;
    slip_in(&panel, &[forged_at(attacker, last, last, vec![json!({"k": "declare", "text": "来自未来"})])]);
    lead.ok(&["sync", &panel.file]);
    assert_eq!(votes(lead, &panel.file), before);
    // Whoever has seen the last moment that can be written still writes commits that all can read.
    lead.ok(&["visit", "reopen", &panel.file, PANEL[2], "--reason", "补看现场"]);
    for laptop in [lead, victim] {
        laptop.ok(&["sync", &panel.file]);
    }
    victim.ok(&["score", &panel.file, "TM-02", "--grade", "A"]);
    victim.ok(&["submit", &panel.file, "--yes"]);
    for laptop in [victim, attacker, lead] {
        laptop.ok(&["sync", &panel.file]);
    }
    for laptop in [lead, attacker] {
        assert_eq!(votes(laptop, &panel.file)[2], (PANEL[2].to_owned(), json!("A")));
        let checked: Value = serde_json::from_str(&laptop.run(&["fsck", &panel.file, "--json"]).out).unwrap();
        assert_eq!(checked["lines"]["bad"], 0);
    }
}

#[test]
fn giant_and_deeply_nested_lines_are_set_aside() {
    let panel = submitted_panel();
    let before = (votes(panel.lead(), &panel.file), panel.file_bytes());
    let sign = |json: String| format!("{} {json}", "A".repeat(86));
    let nested = format!("{{\"v\":1,\"e\":{}{}}}", "[".repeat(200_000), "]".repeat(200_000));
    let deep = vec![json!({"k": "vote", "c": "TM-02", "note": "深".repeat(400_000)})];
    slip_in(
        &panel,
        &[
            sign(nested),
            sign(format!("{{\"v\":1,\"t\":\"{}\"}}", "x".repeat(3 << 20))),
            sign("{".repeat(900_000)),
            forged(&panel.laptops[1], deep),
            "\u{0}".repeat(100_000),
            "END 18446744073709551615 x".to_owned(),
        ],
    );
    panel.laptops[2].ok(&["sync", &panel.file]);
    panel.lead().ok(&["sync", &panel.file]);
    assert_eq!(votes(panel.lead(), &panel.file), before.0);
    assert!(panel.file_bytes().len() < before.1.len() + 4_096, "what does not hold is not passed on");
}

#[test]
fn a_founding_commit_with_another_roster_is_another_visit() {
    let panel = submitted_panel();
    let before = votes(panel.lead(), &panel.file);
    let text = String::from_utf8(panel.file_bytes()).unwrap();
    // The roster is edited in place, and the whole founding commit is signed anew by a member.
    std::fs::write(&panel.file, text.replace(PANEL[4], "冒名者")).unwrap();
    panel.lead().ok(&["sync", &panel.file]);
    assert_eq!(votes(panel.lead(), &panel.file), before);
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
        seen: BTreeMap::new(),
        body: DraftBody::Open(vec![edit]),
    };
    slip_in(&panel, &[sign(&device(&panel.laptops[1]), draft).1.to_text()]);
    panel.lead().ok(&["sync", &panel.file]);
    assert_eq!(votes(panel.lead(), &panel.file), before);
    assert!(
        panel.file_bytes() == text.as_bytes(),
        "a founding commit of another visit is no commit of this one"
    );
}
