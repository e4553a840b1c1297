//! Who may speak: join codes, admissions, deputies, lost and cloned laptops, seals taken back, told with the real program.

use serde_json::Value;

use crate::support::{Laptop, PANEL, Panel, copy_folder};

/// The last word of the line of an answer that holds `mark`, or the words up to a bracket.
fn after<'a>(text: &'a str, mark: &str) -> &'a str {
    let start = text.find(mark).unwrap_or_else(|| panic!("no {mark} in {text}")) + mark.len();
    text[start..].split(['（', '\n', ' ', '，', '；']).next().unwrap()
}

fn member<'a>(info: &'a Value, name: &str) -> &'a Value {
    info["members"].as_array().unwrap().iter().find(|it| it["name"] == name).unwrap()
}

fn info(laptop: &Laptop, file: &str) -> Value {
    laptop.json(&["visit", "info", file, "--json"])
}

/// What the lead has merged of a clause: the grades that count.
fn counted(laptop: &Laptop, file: &str, clause: &str) -> Value {
    let result = laptop.json(&["result", file, "--json"]);
    result["clauses"].as_array().unwrap().iter().find(|it| it["id"] == clause).unwrap()["votes"].clone()
}

fn submit_all(panel: &Panel, n: usize) {
    for laptop in panel.laptops.iter().take(n) {
        laptop.ok(&["submit", &panel.file, "--yes"]);
    }
    panel.lead().ok(&["sync", &panel.file]);
}

/// The lead seals and closes scoring; then these laptops give what opens the ballots, and take in what the others gave.
fn count(panel: &Panel, laptops: &[&Laptop]) {
    let (lead, file) = (panel.lead(), &panel.file);
    for laptop in laptops.iter().chain([&lead]) {
        laptop.ok(&["sync", file]);
    }
    if member(&info(lead, file), PANEL[0])["status"] == "scoring" {
        lead.ok(&["submit", file, "--yes"]);
    }
    lead.ok(&["close", file, "--yes"]);
    for laptop in laptops.iter().chain([&lead]).chain(laptops) {
        laptop.ok(&["sync", file]);
    }
}

#[test]
fn both_screens_show_one_code_and_the_lead_types_it() {
    let panel = Panel::small(2, &[]);
    let (lead, laptop, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    lead.ok(&["sync", file]);
    assert_eq!(member(&info(lead, file), PANEL[1])["identity"], "provisional");
    let shown = laptop.ok(&["visit", "code", file]).out;
    let (typed, last) = (after(&shown, "加入码："), after(&shown, "末 4 位 "));
    let wrong = typed.chars().rev().collect::<String>();
    assert!(lead.refuses(1, &["visit", "admit", file, &wrong]).err.contains("没有等待核对的电脑"));
    assert!(lead.refuses(1, &["visit", "admit", file, &typed[..8]]).err.contains("前 12 位"));
    assert!(laptop.refuses(1, &["visit", "admit", file, typed]).err.contains("组长"));
    let admitted = lead.ok(&["visit", "admit", file, &typed.to_lowercase().replace('-', " ")]).out;
    assert_eq!(after(&admitted, "末 4 位："), last, "the member compares what the lead sees");
    lead.ok(&["sync", file]);
    laptop.ok(&["sync", file]);
    for one in [lead, laptop] {
        assert_eq!(member(&info(one, file), PANEL[1])["identity"], "admitted");
    }
}

#[test]
fn a_second_laptop_scores_at_once_and_counts_when_the_lead_has_admitted_it() {
    let panel = Panel::settled(2);
    let (lead, first, second, file) =
        (panel.lead(), &panel.laptops[1], &panel.laptops[4], panel.file.as_str());
    let joined = second.ok(&["visit", "join", file, "--name", PANEL[1]]);
    assert!(joined.err.contains("组长核准之前"), "{joined:?}");
    first.ok(&["score", file, "TM-02", "--grade", "B"]);
    second.ok(&["score", file, "TM-03", "--grade", "A"]);
    second.refuses(4, &["submit", file, "--yes"]);
    for laptop in [first, second, lead] {
        laptop.ok(&["sync", file]);
    }
    assert_eq!(info(lead, file)["waiting"][0]["name"], PANEL[1]);
    assert_eq!(member(&info(lead, file), PANEL[1])["devices"].as_array().unwrap().len(), 1);

    let typed = after(&joined.out, "加入码：").to_owned();
    lead.ok(&["visit", "admit", file, &typed]);
    lead.ok(&["sync", file]);
    assert_eq!(
        member(&info(lead, file), PANEL[1])["identity"],
        "provisional",
        "the first one goes on unchecked"
    );
    let shown = first.ok(&["visit", "code", file]).out;
    lead.ok(&["visit", "admit", file, after(&shown, "加入码：")]);
    for laptop in [lead, first, second, lead] {
        laptop.ok(&["sync", file]);
    }
    let checked = member(&info(lead, file), PANEL[1]).clone();
    assert_eq!(checked["devices"].as_array().unwrap().len(), 2);
    assert_eq!(checked["identity"], "admitted", "checking one laptop does not undo the check of the other");
    first.ok(&["submit", file, "--yes"]);
    count(&panel, &[second, first]);
    assert_eq!(counted(lead, file, "TM-02")["B"], 1, "the first laptop's vote");
    assert_eq!(counted(lead, file, "TM-03")["A"], 1, "the second laptop gave its key by itself");
}

#[test]
fn two_laptops_that_disagree_are_a_conflict_until_the_member_scores_again() {
    let panel = Panel::small(2, &[]);
    let (lead, first, second, file) =
        (panel.lead(), &panel.laptops[1], &panel.laptops[4], panel.file.as_str());
    let code = after(&first.ok(&["visit", "recovery", file]).out, "--recovery ").to_owned();
    let joined = second.ok(&["visit", "join", file, "--name", PANEL[1], "--recovery", &code]);
    lead.ok(&["sync", file]);
    lead.ok(&["visit", "admit", file, after(&joined.out, "加入码：")]);
    lead.ok(&["visit", "admit", file, after(&first.ok(&["visit", "code", file]).out, "加入码：")]);
    lead.ok(&["sync", file]);
    for laptop in [first, second] {
        laptop.ok(&["sync", file]);
    }
    first.ok(&["score", file, "TM-02", "--grade", "B"]);
    second.ok(&["score", file, "TM-02", "--grade", "C"]);
    for laptop in [first, second, first] {
        laptop.ok(&["sync", file]);
    }
    // With the recovery code the laptops share a key, so each reads the other before submission.
    for laptop in [first, second] {
        assert_eq!(info(laptop, file)["conflicts"][0]["about"], "TM-02");
        assert!(laptop.refuses(4, &["submit", file, "--yes"]).err.contains("TM-02"));
    }
    assert_eq!(info(lead, file)["conflicts"].as_array().unwrap().len(), 0, "it is sealed for all others");
    first.ok(&["score", file, "TM-02", "--grade", "A"]);
    first.ok(&["sync", file]);
    second.ok(&["sync", file]);
    assert_eq!(info(second, file)["conflicts"].as_array().unwrap().len(), 0, "the later word knows both");
    second.ok(&["submit", file, "--yes"]);
    count(&panel, &[first, second]);
    assert_eq!(counted(lead, file, "TM-02"), serde_json::json!({"A": 1, "B": 0, "C": 0, "D": 0}));
}

#[test]
fn a_cloned_home_forks_nothing_is_lost_and_both_go_on() {
    let panel = Panel::small(2, &[]);
    let (lead, first, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    first.ok(&["score", file, "TM-01", "--grade", "B"]);
    first.ok(&["sync", file]);
    copy_folder(&first.home, &panel.root.join("clone"));
    let clone = Laptop::new(panel.root.join("clone"));
    first.ok(&["score", file, "TM-02", "--grade", "B"]);
    first.ok(&["score", file, "TM-03", "--grade", "B"]);
    clone.ok(&["score", file, "TM-02", "--grade", "C"]);
    clone.ok(&["score", file, "TM-04", "--grade", "A"]);
    first.ok(&["sync", file]);
    let answer = clone.ok(&["sync", file]);
    assert!(answer.err.contains("克隆"), "the fork is told: {answer:?}");
    let answer = first.ok(&["sync", file]);
    assert!(answer.err.contains("克隆"), "on both: {answer:?}");
    for laptop in [clone_of(&clone), first] {
        laptop.ok(&["sync", file]);
        let info = info(laptop, file);
        assert_eq!(info["conflicts"], serde_json::json!([{"member": PANEL[1], "about": "TM-02"}]));
        assert_eq!(member(&info, PANEL[1])["scored"], 3, "TM-01, TM-03 and TM-04 stand");
        assert!(member(&info, PANEL[1])["devices"].as_array().unwrap().iter().any(|it| it["forked"] == true));
    }
    // Both copies go on with keys of their own; the member settles the clause on either.
    clone.ok(&["score", file, "TM-02", "--grade", "C"]);
    for laptop in [&clone, first, lead] {
        laptop.ok(&["sync", file]);
    }
    assert_eq!(info(first, file)["conflicts"].as_array().unwrap().len(), 0);
    assert_eq!(member(&info(lead, file), PANEL[1])["devices"].as_array().unwrap().len(), 3);
    first.ok(&["submit", file, "--yes"]);
    count(&panel, &[&clone, first]);
    let expected = [("TM-01", "B"), ("TM-02", "C"), ("TM-03", "B"), ("TM-04", "A")];
    for (clause, grade) in expected {
        assert_eq!(counted(lead, file, clause)[grade], 1, "{clause}");
    }
    let quiet = panel.file_bytes();
    for laptop in [&clone, first, lead, &clone, first] {
        laptop.ok(&["sync", file]);
    }
    lead.ok(&["sync", file]);
    let settled = panel.file_bytes();
    for laptop in [&clone, first, lead] {
        laptop.ok(&["sync", file]);
    }
    assert!(panel.file_bytes() == settled, "no new key after the fork is left: {} bytes before", quiet.len());
}

fn clone_of(laptop: &Laptop) -> &Laptop {
    laptop
}

#[test]
fn a_restored_backup_goes_on_without_losing_what_came_after_it() {
    let panel = Panel::small(2, &[]);
    let (lead, first, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    first.ok(&["score", file, "TM-01", "--grade", "B"]);
    first.ok(&["sync", file]);
    let old = panel.root.join("old");
    copy_folder(&first.home, &old);
    first.ok(&["score", file, "TM-02", "--grade", "B"]);
    first.ok(&["sync", file]);
    // The laptop breaks; its backup is restored on another one and scores on, before it has seen the file.
    let restored = Laptop::new(old);
    restored.ok(&["score", file, "TM-03", "--grade", "A"]);
    for _ in 0..2 {
        restored.ok(&["sync", file]);
    }
    assert_eq!(member(&info(&restored, file), PANEL[1])["scored"], 3);
    restored.ok(&["submit", file, "--yes"]);
    count(&panel, &[&restored]);
    for (clause, grade) in [("TM-01", "B"), ("TM-02", "B"), ("TM-03", "A")] {
        assert_eq!(counted(lead, file, clause)[grade], 1, "{clause}");
    }
    // Undo still knows what this laptop did.
    assert_eq!(info(&restored, file)["sync"]["pending"], 0);
}

#[test]
fn a_dead_laptop_does_not_bury_its_ballot() {
    let panel = Panel::settled(2);
    let (lead, first, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    let code = after(&first.ok(&["visit", "recovery", file]).out, "--recovery ").to_owned();
    first.ok(&["score", file, "TM-02", "--grade", "B"]);
    first.ok(&["sync", file]);
    std::fs::remove_dir_all(&first.home).unwrap();
    let slipped = code.replacen(|c: char| c.is_ascii_digit(), "Z", 1);
    let other = &panel.laptops[4];
    other.refuses(1, &["visit", "join", file, "--name", PANEL[1], "--recovery", &slipped]);
    let joined = other.ok(&["visit", "join", file, "--name", PANEL[1], "--recovery", &code]);
    lead.ok(&["sync", file]);
    lead.ok(&["visit", "admit", file, after(&joined.out, "加入码：")]);
    lead.ok(&["sync", file]);
    other.ok(&["sync", file]);
    let me = info(other, file);
    assert_eq!(
        member(&me, PANEL[1])["scored"],
        1,
        "the sealed vote of the dead laptop is read and counts: {me:#}"
    );
    other.ok(&["score", file, "TM-03", "--grade", "A"]);
    other.ok(&["submit", file, "--yes"]);
    count(&panel, &[other]);
    assert_eq!(
        (&counted(lead, file, "TM-02")["B"], &counted(lead, file, "TM-03")["A"]),
        (&1.into(), &1.into())
    );
}

#[test]
fn the_lead_goes_on_with_the_recovery_sheet() {
    let panel = Panel::small(2, &[]);
    let (lead, first, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    let sheet = lead.ok(&["visit", "recovery", file]).out;
    assert!(sheet.contains("恢复单"), "{sheet}");
    let code = after(&sheet, "--recovery ").to_owned();
    lead.ok(&["score", file, "TM-02", "--grade", "B"]);
    lead.ok(&["sync", file]);
    std::fs::remove_dir_all(&lead.home).unwrap();
    let other = &panel.laptops[4];
    let joined = other.ok(&["visit", "join", file, "--name", PANEL[0], "--recovery", &code]);
    assert!(!joined.err.contains("核准之前"), "the old key names the new one: {joined:?}");
    other.ok(&["visit", "admit", file, after(&first.ok(&["visit", "code", file]).out, "加入码：")]);
    other.ok(&["score", file, "TM-03", "--grade", "A"]);
    other.ok(&["submit", file, "--yes"]);
    other.ok(&["close", file, "--yes"]);
    other.ok(&["sync", file]);
    first.ok(&["sync", file]);
    assert_eq!(info(first, file)["state"], "closed");
    assert_eq!(member(&info(first, file), PANEL[1])["identity"], "admitted");
    assert_eq!(
        (&counted(first, file, "TM-02")["B"], &counted(first, file, "TM-03")["A"]),
        (&1.into(), &1.into())
    );
}

#[test]
fn a_deputy_does_the_leads_work_and_a_lost_laptop_is_retired() {
    let panel = Panel::small(4, &[]);
    let (lead, deputy, thief, file) =
        (panel.lead(), &panel.laptops[1], &panel.laptops[2], panel.file.as_str());
    lead.ok(&["sync", file]);
    assert!(lead.refuses(1, &["visit", "deputy", file, PANEL[1]]).err.contains("核对身份"));
    let shown = deputy.ok(&["visit", "code", file]).out;
    lead.ok(&["visit", "admit", file, after(&shown, "加入码：")]);
    lead.ok(&["visit", "deputy", file, PANEL[1]]);
    assert!(deputy.refuses(1, &["close", file, "--yes"]).err.contains("组长"), "not before it has heard");
    for laptop in [lead, deputy] {
        laptop.ok(&["sync", file]);
    }
    let shown = panel.laptops[3].ok(&["visit", "code", file]).out;
    deputy.ok(&["visit", "admit", file, after(&shown, "加入码：")]);
    assert!(
        deputy.refuses(1, &["visit", "deputy", file, PANEL[3]]).err.contains("组长"),
        "only the lead names one"
    );
    thief.ok(&["score", file, "TM-02", "--grade", "A"]);
    thief.ok(&["sync", file]);
    deputy.ok(&["sync", file]);
    let device = member(&info(deputy, file), PANEL[2])["devices"][0]["device"].as_str().unwrap().to_owned();
    deputy.ok(&["visit", "retire", file, &device[..6]]);
    thief.ok(&["score", file, "TM-03", "--grade", "A"]);
    for laptop in [deputy, thief, lead] {
        laptop.ok(&["sync", file]);
    }
    assert_eq!(thief.run(&["score", file, "TM-04", "--grade", "A"]).code, Some(4), "it has heard now");
    assert_eq!(member(&info(lead, file), PANEL[2])["devices"][0]["retired"], true);
    assert_eq!(member(&info(lead, file), PANEL[3])["identity"], "admitted");
    assert!(lead.run(&["visit", "retire", file, "zzzzzz"]).code == Some(1));
    let own = member(&info(lead, file), PANEL[0])["devices"][0]["device"].as_str().unwrap().to_owned();
    lead.refuses(1, &["visit", "retire", file, &own]);
    assert_eq!(member(&info(lead, file), PANEL[0])["devices"][0]["retired"], false, "the own laptop");
}

#[test]
fn a_verdict_of_lead_and_deputy_at_once_is_a_conflict_that_either_settles() {
    let panel = Panel::small(2, &[]);
    let (lead, deputy, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    lead.ok(&["sync", file]);
    lead.ok(&["visit", "admit", file, after(&deputy.ok(&["visit", "code", file]).out, "加入码：")]);
    lead.ok(&["visit", "deputy", file, PANEL[1]]);
    submit_all(&panel, 2);
    count(&panel, &[deputy]);
    lead.ok(&["decide", file, "TM-02", "B", "--reason", "甲"]);
    deputy.ok(&["decide", file, "TM-02", "C", "--reason", "乙"]);
    for laptop in [lead, deputy, lead] {
        laptop.ok(&["sync", file]);
    }
    assert_eq!(info(lead, file)["conflicts"][0]["about"], "TM-02");
    deputy.ok(&["decide", file, "TM-02", "B", "--reason", "议定"]);
    deputy.ok(&["sync", file]);
    lead.ok(&["sync", file]);
    assert_eq!(info(lead, file)["conflicts"].as_array().unwrap().len(), 0);
    let result = lead.json(&["result", file, "--json"]);
    let clause = result["clauses"].as_array().unwrap().iter().find(|it| it["id"] == "TM-02").unwrap();
    assert_eq!((&clause["verdict"], &clause["reason"]), (&"B".into(), &"议定".into()));
}

#[test]
fn an_expert_who_is_not_on_the_roster_waits_and_then_sits_on_the_panel() {
    let panel = Panel::small(2, &[]);
    let (lead, guest, file) = (panel.lead(), &panel.laptops[4], panel.file.as_str());
    let joined = guest.ok(&[
        "visit",
        "join",
        file,
        "--name",
        "吴听雨",
        "--field",
        "公共卫生",
        "--title",
        "副主任医师",
    ]);
    assert!(guest.ok(&["score", file, "TM-02", "--grade", "B"]).err.contains("等待组长核准"));
    lead.ok(&["sync", file]);
    lead.ok(&["visit", "admit", file, after(&joined.out, "加入码：")]);
    for laptop in [lead, guest] {
        laptop.ok(&["sync", file]);
    }
    guest.ok(&["score", file, "TM-02", "--grade", "A"]);
    guest.ok(&["visit", "declare", file, "none"]);
    guest.ok(&["submit", file, "--yes"]);
    count(&panel, &[guest]);
    assert_eq!(member(&info(lead, file), "吴听雨")["field"], "公共卫生");
    assert_eq!(counted(lead, file, "TM-02")["A"], 1);
    assert_eq!(info(lead, file)["members"].as_array().unwrap().len(), 6);
}

#[test]
fn a_seal_taken_back_is_scored_on_under_a_new_key_until_scoring_is_closed() {
    let panel = Panel::small(2, &[]);
    let (lead, first, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    assert!(first.refuses(1, &["unseal", file]).err.contains("提交没有撤回"));
    first.ok(&["score", file, "TM-02", "--grade", "B"]);
    submit_all(&panel, 2);
    let n_promises = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap().matches("\"blind\"").count();
    let before = n_promises(&panel.file_bytes());
    assert!(first.refuses(1, &["score", file, "TM-02", "--grade", "A"]).err.contains("提交"));
    first.ok(&["unseal", file]);
    assert_eq!(n_promises(&panel.file_bytes()), before + 1, "a new key is promised");
    lead.ok(&["sync", file]);
    assert_eq!(member(&info(lead, file), PANEL[1])["status"], "scoring");
    first.ok(&["score", file, "TM-02", "--grade", "A", "--note", "重新看过的依据"]);
    first.ok(&["sync", file]);
    lead.ok(&["sync", file]);
    let merged = lead.json(&["merge", file, "--json"]);
    assert!(!merged.to_string().contains("重新看过"), "sealed again");
    let bytes = panel.file_bytes();
    let note = "重新看过的依据".as_bytes();
    assert!(!bytes.windows(note.len()).any(|window| window == note));
    first.ok(&["submit", file, "--yes"]);
    count(&panel, &[first]);
    assert_eq!(counted(lead, file, "TM-02"), serde_json::json!({"A": 1, "B": 0, "C": 0, "D": 0}));
    assert!(first.refuses(1, &["unseal", file]).err.contains("已结束评分"));
    first.refuses(1, &["score", file, "TM-03", "--grade", "C"]);
}

#[test]
fn a_name_that_looks_like_one_on_the_roster_is_no_second_member() {
    let panel = Panel::small(1, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let guest = |home: &str| Laptop::new(panel.root.join(home));
    let join = |name: &'static str| {
        ["visit", "join", &panel.file, "--name", name, "--field", "公共卫生", "--title", "主治医师"]
    };
    for trick in ["陈 思齐", "陈·思齐", "陈思齐\u{30fb}"] {
        let answer = guest("trickster").refuses(1, &join(trick));
        assert!(answer.err.contains("看起来和它一样") && answer.err.contains("“陈思齐”"), "{}", answer.err);
    }
    // What cannot be seen is not part of a name: this is the name of the roster itself.
    guest("member").ok(&join("陈\u{fe00}思\u{34f}齐"));
    // Two who wait do not look like anybody yet; once one of them sits on the panel, the other does.
    let [first, second] = ["first", "second"].map(guest);
    let [one, other] = [first.ok(&join("吴听雨")).out, second.ok(&join("吴 听雨")).out];
    lead.ok(&["sync", file]);
    lead.ok(&["visit", "admit", file, after(&one, "加入码：")]);
    let answer = lead.refuses(1, &["visit", "admit", file, after(&other, "加入码：")]);
    assert!(answer.err.contains("“吴听雨”看起来和它一样"), "{}", answer.err);
    assert_eq!(info(lead, file)["members"].as_array().unwrap().len(), 6);
    let create =
        ["visit", "create", "x.hecha", "--facility", "x", "--profile", "village", "--stage", "county"];
    let roster = ["--date", "2026-11-21", "--lead", "王芳:医疗:主任医师", "--member", "王 芳:护理:主管护师"];
    let answer = guest("founder").refuses(1, &[&create[..], &roster].concat());
    assert!(answer.err.contains("看起来一样"), "{}", answer.err);
}
