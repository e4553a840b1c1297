//! Attacks that hold something back, put something beside it, or unsay it: what a closing or a final record counts does not change
//! when that turns up, and what was done cannot be made to look as if it had not been.

use hecha::{
    domain::edit::BallotKey,
    share::file::{
        commit::DraftBody,
        seal::{self, Place},
    },
};

use super::*;

/// A device of nobody's, and its first commit, which is not in the file.
fn held_back(panel: &Panel) -> (String, String) {
    let mut stranger = Insider::stranger(panel, [9; 32]);
    let key = stranger.key().public().to_text();
    let (id, line) = stranger.next(vec![json!({"k": "join", "name": "路人", "key": key})]);
    (id.to_string(), line)
}

/// The kinds of matters that everybody's report tells.
fn matters(panel: &Panel, laptop: &Laptop) -> Vec<String> {
    let open = report(panel, laptop)["open"].as_array().unwrap().clone();
    open.iter().map(|it| it["kind"].as_str().unwrap().to_owned()).collect()
}

fn is_told(panel: &Panel, laptop: &Laptop, kind: &str) -> bool {
    matters(panel, laptop).iter().any(|it| it == kind)
}

#[test]
fn a_closing_that_names_what_is_held_back_opens_nothing_until_that_is_shown() {
    let (_folder, panel) = sealed();
    let (held, line) = held_back(&panel);
    let mut tips = ids(panel.lead());
    tips.push(held);
    Insider::on(&panel, 0).slip_in(vec![json!({"k": "close", "tips": tips})]);
    for laptop in &panel.laptops[1..] {
        laptop.ok(&["sync", &panel.file]);
        assert_eq!(info(&panel, laptop)["state"], "scoring");
    }
    let text = String::from_utf8(panel.file_bytes()).unwrap();
    assert!(!text.contains("\"k\":\"share\"") && !text.contains("\"k\":\"key\""), "nobody gives anything");
    assert!(is_told(&panel, &panel.laptops[1], "incomplete"));
    slip_in(&panel, &[line]);
    panel.sync_all(5);
    panel.sync_all(5);
    assert_eq!(votes(&panel, &panel.laptops[1]), all_votes(), "then it says what it always said");
}

#[test]
fn records_put_beside_a_chain_push_out_none_that_stands_in_it() {
    let (_folder, panel) = counted();
    panel.end(&[0, 1, 2, 3, 4], panel.lead());
    panel.sync_all(5);
    let before = result(&panel, &panel.laptops[2]);
    assert_eq!(before["state"], "final");
    let junk = (0..60).map(|_| json!({"k": "close", "tips": []}));
    let ends =
        (0..25).map(|_| json!({"k": "final", "tips": [], "opened": [], "waivers": [], "h": "A".repeat(43)}));
    Insider::on(&panel, 0).after(1).slip_in(junk.chain(ends).collect());
    for laptop in &panel.laptops[1..] {
        laptop.ok(&["sync", &panel.file]);
        assert_eq!(result(&panel, laptop), before);
    }
}

#[test]
fn a_laptop_that_the_lead_puts_into_an_occupied_seat_is_given_no_share() {
    let (_folder, panel) = scored();
    let file = &panel.file;
    let lead = panel.lead();
    let spare = Laptop::new(panel.root.join("spare"));
    spare.ok(&["visit", "join", file, "--name", PANEL[1]]);
    let guest = Laptop::new(panel.root.join("guest"));
    guest.ok(&["visit", "join", file, "--name", "何人", "--field", "护理", "--title", "主任护师"]);
    lead.ok(&["sync", file]);
    for laptop in [&spare, &guest] {
        panel.admit(laptop);
    }
    panel.sync_all(5);
    submit(&panel, &[2]);
    let offer = offer_of(&panel, 2);
    let holders: Vec<String> =
        offer.seats.iter().flat_map(|seat| seat.boxes.keys()).map(ToString::to_string).collect();
    for laptop in [&spare, &guest] {
        let feed = device(laptop).feed().to_string();
        assert!(!holders.contains(&feed), "{holders:?}");
    }
    assert_eq!((offer.seats.len(), offer.need), (5, 3), "the seats of the roster, and a majority of them");
    assert!(holders.contains(&device(&panel.laptops[1]).feed().to_string()), "who came first keeps it");
}

#[test]
fn nobodys_device_is_made_somebody_elses_and_no_admission_is_unsaid() {
    let (_folder, panel) = sealed();
    let feed = device(&panel.laptops[4]).feed().to_string();
    let mut insider = Insider::on(&panel, 0);
    insider.slip_in(vec![
        json!({"k": "admit", "feed": feed, "name": PANEL[0], "checked": true}),
        json!({"k": "admit", "feed": feed, "name": "客", "checked": true}),
        json!({"k": "admit", "feed": feed, "name": PANEL[4], "checked": false}),
    ]);
    panel.sync_all(5);
    for laptop in &panel.laptops {
        let told = member(&panel, laptop, 4);
        assert_eq!(told["devices"][0]["device"], feed.as_str(), "{told}");
        assert_eq!(told["identity"], "admitted", "{told}");
    }
    panel.laptops[0].ok(&["sync", &panel.file]);
}

#[test]
fn what_was_said_in_the_open_survives_a_retirement_and_that_is_told() {
    let (_folder, panel) = counted();
    let (file, lead, member) = (&panel.file, panel.lead(), &panel.laptops[4]);
    member.ok(&["vote", file, CLAUSE, "A", "--reason", "当日补查"]);
    member.ok(&["dissent", file, CLAUSE, "--cause", "evidence", "--text", "后补", "--minority"]);
    member.ok(&["sync", file]);
    panel.sync_all(5);
    let said = |laptop: &Laptop| {
        let merged = laptop.json(&["merge", file, "--json"]);
        let row = merged["clauses"].as_array().unwrap().iter().find(|row| row["id"] == CLAUSE).unwrap();
        (row["clear"].clone(), row["dissents"].clone())
    };
    let before = said(lead);
    assert!(before.0.to_string().contains(PANEL[4]), "{before:?}");
    let feed = device(member).feed().to_string();
    Insider::on(&panel, 0).slip_in(vec![json!({"k": "retire", "feed": feed, "n": 0})]);
    for laptop in &panel.laptops[1..4] {
        laptop.ok(&["sync", file]);
        assert_eq!(said(laptop), before);
        assert!(is_told(&panel, laptop, "seat-change"));
    }
}

#[test]
fn a_second_first_record_is_told_for_ever() {
    let (_folder, panel) = counted();
    assert!(!is_told(&panel, &panel.laptops[2], "rivals"));
    let mut insider = Insider::on(&panel, 0).after(3);
    insider.slip_in(vec![json!({"k": "submit", "tips": []})]);
    insider.slip_in(vec![json!({"k": "close", "tips": []})]);
    for laptop in &panel.laptops[1..] {
        laptop.ok(&["sync", &panel.file]);
        let mut others = votes(&panel, laptop);
        others.retain(|(member, _)| *member > 0);
        assert_eq!(others, all_votes()[1..], "nobody else's vote changes");
        assert!(is_told(&panel, laptop, "rivals"), "{:?}", matters(&panel, laptop));
    }
}

#[test]
fn what_lies_behind_a_seal_takes_no_seal_back() {
    let (_folder, panel) = scored();
    // A second key is promised; the seal of the ballot is followed by a commit under it that takes the seal back.
    let mut insider = Insider::on(&panel, 1);
    let key = BallotKey([5; 32]);
    let promised = base64::encode(&seal::commitment(&key).0);
    let (before, promise) =
        insider.next(vec![json!({"k": "blind", "h": promised}), json!({"k": "submit", "tips": []})]);
    let (n, _) = insider.last.clone().unwrap();
    let feed = insider.feed();
    let place = Place { visit: &insider.visit.clone(), feed: &feed, n: n + 1, previous: Some(&before) };
    let sealed = seal::seal(&key, [1; 24], place, &json!([{"k": "unseal"}]).to_string()).unwrap();
    let (_, unseals) = insider.sign(DraftBody::Sealed(sealed));
    slip_in(&panel, &[promise, unseals]);
    submit(&panel, &[0, 2, 3, 4]);
    panel.lead().ok(&["sync", &panel.file]);
    panel.lead().ok(&["close", &panel.file, "--yes"]);
    insider.slip_in(vec![json!({"k": "key", "key": base64::encode(&key.0)})]);
    for index in [0, 2, 3, 4, 0, 2] {
        panel.laptops[index].ok(&["sync", &panel.file]);
    }
    let state = ballot(&panel, &panel.laptops[2], 1);
    assert_ne!(state, "left-out", "the seal stands as the closing found it");
}

#[test]
fn who_has_a_retired_laptop_says_nothing_more_in_the_open() {
    let (_folder, panel) = counted();
    let (file, lead) = (&panel.file, panel.lead());
    let thief = Insider::on(&panel, 4);
    let feed = thief.feed().to_string();
    lead.ok(&["visit", "retire", file, &feed]);
    lead.ok(&["sync", file]);
    let mut thief = thief;
    thief.slip_in(vec![json!({"k": "clear", "c": CLAUSE, "v": {"grade": "A", "why": "贼"}})]);
    for laptop in [lead, &panel.laptops[1], lead, &panel.laptops[2]] {
        laptop.ok(&["sync", file]);
        let told = laptop.ok(&["merge", file, "--json"]).out;
        assert!(!told.contains("贼"), "a receipt that comes later keeps nothing");
    }
}
