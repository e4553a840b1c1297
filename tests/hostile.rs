//! A member whose program was tampered with signs what it likes: nobody else's votes, verdicts or rights change.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails loudly"
)]

mod support;

use std::collections::BTreeMap;

use hecha::{
    domain::id::{CommitId, FeedId, VisitId},
    share::{
        base64,
        commit::{Draft, DraftBody, sign},
        key::DeviceKey,
    },
};
use rusqlite::Connection;
use serde_json::{Value, json};
use support::{Laptop, PANEL, Panel};

fn device(laptop: &Laptop) -> DeviceKey {
    let connection = Connection::open(laptop.home.join("hecha.db")).unwrap();
    let secret: Vec<u8> = connection.query_row("SELECT secret FROM device", [], |row| row.get(0)).unwrap();
    DeviceKey::from_bytes(&secret.try_into().unwrap())
}

/// A well-signed commit with these edits, after the last one of the laptop's feed.
fn forged(laptop: &Laptop, edits: Vec<Value>) -> String {
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
        lamport: 1_000,
        time_ms: 0,
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

/// Two members have voted and submitted, and so has the lead, with nothing.
fn submitted_panel() -> Panel {
    let panel = Panel::small(3, &[]);
    for (index, grade) in [(1, "A"), (2, "B")] {
        panel.laptops[index].ok(&["score", &panel.file, "TM-02", "--grade", grade]);
    }
    for index in [1, 2, 0] {
        panel.laptops[index].ok(&["submit", &panel.file]);
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

#[test]
fn a_false_key_does_not_hide_a_submitted_ballot() {
    let panel = submitted_panel();
    let [first, second] = [&panel.laptops[1], &panel.laptops[2]];
    let before = votes(panel.lead(), &panel.file);
    assert_eq!(before[1..3], [(PANEL[1].to_owned(), json!("A")), (PANEL[2].to_owned(), json!("B"))]);
    // Each gives a false key for the other, so that one of them comes later in whatever order the feeds are read.
    let false_key = |victim: &Laptop| {
        let heads = json!({device(victim).feed().as_str(): 9});
        vec![json!({"k": "submit", "heads": heads, "key": base64::encode(&[7; 32])})]
    };
    slip_in(&panel, &[forged(first, false_key(second)), forged(second, false_key(first))]);
    assert!(panel.lead().ok(&["sync", &panel.file]).out.contains("收到 2 个新提交"));
    assert_eq!(votes(panel.lead(), &panel.file), before);
}

#[test]
fn only_the_lead_has_the_rights_of_the_lead() {
    let panel = submitted_panel();
    let attacker = &panel.laptops[1];
    let victim = device(&panel.laptops[2]).feed();
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
            json!({"k": "reopen", "name": PANEL[2], "reason": "伪造"}),
            json!({"k": "final", "waivers": []}),
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
    assert_eq!(info["members"][1]["late"], 1, "a vote after submission is shown as late");
    assert_eq!(info["members"][2]["status"], "submitted");
}
