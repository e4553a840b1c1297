//! `hecha log`: the own records before they are synced, what others may read of them and when, and the shape of its JSON.

use serde_json::Value;

use crate::support::{Laptop, PANEL, Panel};

/// The entries of a clause, or of the whole visit.
fn entries(laptop: &Laptop, panel: &Panel, clause: Option<&str>) -> Vec<Value> {
    let mut command = vec!["log", panel.file.as_str()];
    command.extend(clause);
    command.push("--json");
    laptop.json(&command)["entries"].as_array().unwrap().clone()
}

/// What is said of each: kind, by whom, what, why it does not count, whether it is synced.
fn told(entries: &[Value]) -> Vec<String> {
    let text = |entry: &Value, key: &str| entry[key].as_str().unwrap_or("-").to_owned();
    let line = |entry: &Value| {
        let replaced: Vec<&str> =
            entry["replaced"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
        format!(
            "{} {} {}<{} {} {}",
            text(entry, "kind"),
            text(entry, "by"),
            text(entry, "text"),
            replaced.join("/"),
            text(entry, "why"),
            if entry["synced"] == true { "synced" } else { "here" }
        )
    };
    entries.iter().map(line).collect()
}

fn of_clause(entries: Vec<Value>) -> Vec<Value> {
    entries.into_iter().filter(|entry| entry["clause"].is_string()).collect()
}

#[test]
fn own_records_are_there_before_they_are_synced_and_say_so() {
    let panel = Panel::settled(3);
    let (file, member) = (panel.file.as_str(), &panel.laptops[1]);
    member.ok(&["score", file, "TM-02", "--grade", "B"]);
    member.ok(&["score", file, "TM-02", "--grade", "C"]);
    let mine = || told(&of_clause(entries(member, &panel, Some("TM-02"))));
    let (first, then) = (format!("vote {} B< replaced", PANEL[1]), format!("vote {} C<B -", PANEL[1]));
    assert_eq!(mine(), [format!("{first} here"), format!("{then} here")]);
    assert!(member.ok(&["log", file, "TM-02"]).out.contains("有效 | 未同步"), "and in words");
    member.ok(&["sync", file]);
    assert_eq!(mine(), [format!("{first} synced"), format!("{then} synced")]);
    panel.lead().ok(&["sync", file]);
    let seen = panel.lead().json(&["log", file, "TM-02", "--json"]);
    assert!(of_clause(seen["entries"].as_array().unwrap().clone()).is_empty());
    assert!(seen["hidden"].as_u64().unwrap() > 0, "that something is hidden is told: {seen}");
    let refused = member.refuses(1, &["log", file, "tm-02"]);
    assert!(
        refused.err.contains("没有这个条款：tm-02") && refused.err.contains("是不是 TM-02"),
        "{}",
        refused.err
    );
}

#[test]
fn a_clause_from_the_first_vote_to_the_verdict_as_the_panel_reads_it() {
    let recusal = format!("{}:TM-02:亲属在该科", PANEL[2]);
    let panel = Panel::small(3, &["--recuse", &recusal]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    lead.ok(&["score", file, "TM-02", "--grade", "B", "--note", "复看病历"]);
    panel.laptops[1].ok(&["score", file, "TM-02", "--grade", "D", "--reason", "无资质"]);
    for laptop in panel.laptops.iter().take(3) {
        laptop.ok(&["submit", file, "--yes"]);
    }
    panel.close(3);
    lead.ok(&["decide", file, "TM-02", "C", "--reason", "折中"]);
    lead.ok(&["decide", file, "TM-02", "B", "--reason", "复看后"]);
    panel.laptops[1].ok(&["sync", file]);
    panel.laptops[1].ok(&["dissent", file, "TM-02", "--text", "仍认为无资质"]);
    panel.sync_all(3);
    let told = told(&of_clause(entries(lead, &panel, Some("TM-02"))));
    let (first, second) = (PANEL[0], PANEL[1]);
    let expected = [
        format!("recusal {first} {}（亲属在该科）< - synced", PANEL[2]),
        format!("vote {first} B< - synced"),
        format!("note {first} 复看病历< - synced"),
        format!("vote {second} D（无资质）< - synced"),
        format!("verdict {first} C（折中）< replaced synced"),
        format!("verdict {first} B（复看后）<C（折中） - synced"),
        format!("dissent {second} 仍认为无资质< - synced"),
    ];
    let mut sorted = (told.clone(), expected.to_vec());
    sorted.0.sort();
    sorted.1.sort();
    assert_eq!(sorted.0, sorted.1);
    let place = |line: &str| told.iter().position(|it| it == line).unwrap();
    assert!(place(&expected[1]) < place(&expected[4]) && place(&expected[4]) < place(&expected[5]));
    let kinds: Vec<Value> =
        entries(lead, &panel, Some("TM-02")).iter().map(|entry| entry["kind"].clone()).collect();
    for kind in ["submit", "opening", "closing"] {
        assert!(kinds.contains(&kind.into()), "{kind} bears on every clause: {kinds:?}");
    }
    // Of the clause that the third is recused from, nothing, and that is said.
    let withheld = panel.laptops[2].json(&["log", file, "TM-02", "--json"]);
    assert_eq!(
        (&withheld["entries"], &withheld["withheld"]),
        (&Value::Array(Vec::new()), &vec!["TM-02"].into())
    );
    assert!(panel.laptops[2].ok(&["log", file, "TM-02"]).out.contains("因回避，定稿前不列出：TM-02。"));
    let all = panel.laptops[2].ok(&["log", file]).out;
    for secret in ["无资质", "折中", "复看"] {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
    // A laptop that has not joined is told nothing of an unfinished visit.
    let stranger = Laptop::new(panel.root.join("stranger"));
    for command in [vec!["log", file], vec!["log", file, "TM-02", "--json"]] {
        let refused = stranger.refuses(4, &command);
        assert!(refused.out.is_empty() && refused.err.contains("核查还没有定稿"), "{}", refused.err);
    }
}

/// What differs from run to run is blotted out: ids, and what the clock said.
fn blotted(mut value: Value) -> Value {
    value["visit"] = "VISIT".into();
    for entry in value["entries"].as_array_mut().unwrap() {
        assert!(entry["clock"].is_u64(), "{entry}");
        entry["clock"] = "CLOCK".into();
    }
    value
}

#[test]
fn the_json_of_a_log() {
    let panel = Panel::settled(1);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    lead.ok(&["score", file, "TM-02", "--point", "C1=0"]);
    lead.ok(&["score", file, "TM-02", "--grade", "B", "--reason", "现场可补"]);
    lead.ok(&["score", file, "TM-02", "--absent", "not-seen", "--reason", "停电"]);
    lead.ok(&["sync", file]);
    let all = lead.json(&["log", file, "--json"]);
    insta::assert_snapshot!("log_json", format!("{:#}", blotted(all)));
}
