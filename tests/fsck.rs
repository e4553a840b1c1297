//! `hecha fsck`: every kind of damage gets its result and exit code, on laptops that joined and that did not, and nothing is changed.

use std::{collections::BTreeMap, fs, path::Path, sync::OnceLock};

use hecha::{
    app::{
        fsck::{Health, fsck},
        home::Home,
        session::Session,
    },
    domain::terms::lang::Lang,
    share::code::{
        base64::{encode, sha256},
        key::DeviceKey,
    },
};
use proptest::prelude::*;
use rusqlite::Connection;
use serde_json::Value;

use crate::support::{
    Answer, Laptop, PANEL, Panel, copy_folder, files_below, kept_folder::KeptFolder, program,
};

/// Exit code and JSON; the code and the result always say the same.
fn check(laptop: &Laptop, file: &str) -> (i32, Value) {
    let answer = laptop.run(&["fsck", file, "--json"]);
    let value: Value =
        serde_json::from_str(&answer.out).unwrap_or_else(|error| panic!("{error}: {answer:?}"));
    let code = answer.code.unwrap();
    let expected = match value["result"].as_str().unwrap() {
        "clean" => 0,
        "repairable" => 1,
        "tampered" => 3,
        "needs-person" => 4,
        other => panic!("{other}"),
    };
    assert_eq!((code, value["ok"].as_bool().unwrap()), (expected, code == 0), "{value:#}");
    assert_eq!(laptop.run(&["fsck", file]).code, Some(code), "text and JSON agree");
    (code, value)
}

fn kinds(value: &Value) -> Vec<&str> {
    value["findings"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect()
}

/// Three members, each with two votes in the file: their declarations are third of four commits; and a laptop that never saw the visit.
fn panel() -> (Panel, Laptop) {
    static VOTED: OnceLock<KeptFolder> = OnceLock::new();
    let panel = Panel::laid_out(VOTED.get_or_init(|| KeptFolder::of(&voted().root)));
    let stranger = Laptop::new(panel.root.join("stranger"));
    (panel, stranger)
}

fn voted() -> Panel {
    let panel = Panel::small(3, &[]);
    for clause in ["TM-02", "TM-05"] {
        for laptop in panel.laptops.iter().take(3) {
            laptop.ok(&["score", &panel.file, clause, "--grade", "B"]);
            laptop.ok(&["sync", &panel.file]);
        }
    }
    for laptop in panel.laptops.iter().take(3) {
        laptop.ok(&["sync", &panel.file]);
    }
    panel
}

fn lines(panel: &Panel) -> Vec<String> {
    let text = String::from_utf8(panel.file_bytes()).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// Writes header and commit lines with a footer that is right, as a careful forger would.
fn write_sealed(file: &str, lines: &[String]) {
    let body: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let checksum = encode(&sha256(&[body.as_bytes()]));
    fs::write(file, format!("{body}END {} {checksum}\n", lines.len() - 1)).unwrap();
}

/// The line of a member's commit, by what it says.
fn line_with(lines: &[String], wanted: &[&str]) -> usize {
    lines.iter().position(|line| wanted.iter().all(|text| line.contains(text))).unwrap()
}

fn feed_of<'a>(value: &'a Value, member: &str) -> &'a Value {
    let feeds = value["feeds"].as_array().unwrap();
    feeds.iter().find(|feed| feed["member"] == member).unwrap_or_else(|| panic!("{value:#}"))
}

#[test]
fn a_sound_file_is_clean_for_those_who_joined_and_those_who_did_not_and_nothing_is_changed() {
    let (panel, stranger) = panel();
    let member = &panel.laptops[1];
    member.ok(&["score", &panel.file, "TM-03", "--grade", "C"]);
    let bytes = |folder: &Path| -> BTreeMap<_, _> {
        files_below(folder).into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
    };
    let rows = || {
        let connection = Connection::open(member.home.join("hecha.db")).unwrap();
        let sql = "SELECT (SELECT COUNT(*) FROM commits), (SELECT COUNT(*) FROM quarantine),
                          (SELECT COUNT(*) FROM own_edit WHERE n IS NULL), (SELECT file FROM visit)";
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        connection.query_row(sql, [], row).unwrap()
    };
    let before: (BTreeMap<_, _>, (i64, i64, i64, String)) = (bytes(&panel.share()), rows());
    let (code, mine) = check(member, &panel.file);
    assert_eq!((code, &mine["unsynced"], &mine["me"]), (0, &Value::from(1), &Value::from(PANEL[1])));
    assert_eq!((&mine["lines"]["bad"], &mine["clocks"]), (&0.into(), &serde_json::json!([])));
    assert_eq!(mine["cells"].as_array().unwrap().len(), 1, "only one's own ballot before submission");
    assert_eq!(mine["cells"][0]["scored"], 3, "an own edit that waits for a sync counts");
    let (code, theirs) = check(&stranger, &panel.file);
    assert_eq!((code, &theirs["me"], &theirs["database"]), (0, &Value::Null, &Value::from("absent")));
    assert_eq!(theirs["cells"].as_array().unwrap().len(), 0, "nobody submitted");
    assert_eq!(theirs["sealed"].as_array().unwrap().len(), 3);
    assert_eq!(theirs["lines"], mine["lines"]);
    // A copy elsewhere is checked without noting that the visit's file is there now.
    let elsewhere = panel.root.join("copy.hecha");
    fs::copy(&panel.file, &elsewhere).unwrap();
    assert_eq!(check(member, elsewhere.to_str().unwrap()).0, 0);
    assert!(before == (bytes(&panel.share()), rows()), "a check changed something");
    assert!(!stranger.home.exists(), "a check made a data folder");
}

#[test]
fn the_shape_of_the_json_is_stable() {
    let (panel, _) = panel();
    let file = panel.file.as_str();
    fs::write(panel.share().join("副本.hecha"), panel.file_bytes()).unwrap();
    fs::write(panel.share().join("~$1.tmp"), "").unwrap();
    let mut whole = lines(&panel);
    let feed = feed_of(&check(panel.lead(), file).1, PANEL[1])["feed"].as_str().unwrap().to_owned();
    // The line numbers depend on the order of the feeds, which are random.
    let damaged = line_with(&whole, &[&feed, "\"declare\""]);
    whole[damaged] = whole[damaged].replacen("\"e\":", "\"e:", 1);
    fs::write(file, whole.join("\n") + "\n").unwrap();
    let (_, mut value) = check(panel.lead(), file);
    assert_eq!(value["bad_lines"][0]["line"].take(), damaged + 1);
    assert!(value["backups"].take().as_u64().unwrap() > 0);
    let (record, code) = (value["record"].take(), value["record_code"].take());
    assert!(record.as_str().unwrap().len() == 64 && code.as_str().unwrap().len() == 19, "{record} {code}");
    let mut text = format!("{value:#}").replace(value["visit"].as_str().unwrap(), "<visit>");
    for feed in value["feeds"].as_array().unwrap() {
        text = text.replace(feed["feed"].as_str().unwrap(), "<feed>");
    }
    insta::assert_snapshot!("fsck_json", text);
}

#[test]
fn damage_is_repairable_where_the_commit_is_at_hand_and_lost_where_it_is_not() {
    let (panel, stranger) = panel();
    let file = panel.file.as_str();
    let good = panel.file_bytes();
    let whole = lines(&panel);
    let declared = line_with(&whole, &["\"declare\"", "\"n\":3,"]);
    let damaged: Vec<String> = whole
        .iter()
        .enumerate()
        .map(
            |(index, line)| if index == declared { line.replacen("\"e\":", "\"e:", 1) } else { line.clone() },
        )
        .collect();
    fs::write(file, damaged.join("\n") + "\n").unwrap();
    let (code, value) = check(panel.lead(), file);
    assert_eq!((code, &value["bad_lines"][0]["at_hand"]), (1, &Value::from("store")), "{value:#}");
    assert_eq!(value["bad_lines"][0]["line"], declared + 1);
    let (code, value) = check(&stranger, file);
    assert_eq!((code, kinds(&value)), (3, vec!["commits-lost", "lines-lost", "footer"]), "{value:#}");
    assert_eq!(
        (&value["bad_lines"][0]["n"], &value["bad_lines"][0]["reason"]),
        (&3.into(), &"damaged".into())
    );

    fs::write(panel.share().join("visit (冲突副本).hecha"), &good).unwrap();
    let (code, value) = check(&stranger, file);
    assert_eq!((code, &value["bad_lines"][0]["at_hand"]), (1, &Value::from("copy")), "{value:#}");
    assert_eq!(value["others"][0]["news"], 1);
    fs::remove_file(panel.share().join("visit (冲突副本).hecha")).unwrap();

    // Only the signature is damaged: the content is still there, and the store vouches for it.
    let mut signature = whole.clone();
    let flipped = if whole[declared].starts_with('A') { "B" } else { "A" };
    signature[declared].replace_range(..1, flipped);
    write_sealed(file, &signature[..signature.len() - 1]);
    let (code, value) = check(panel.lead(), file);
    assert_eq!((code, &value["bad_lines"][0]["reason"]), (1, &Value::from("signature")), "{value:#}");

    // A line break in the middle of a line leaves two bad lines of one commit.
    let mut broken = whole.clone();
    let middle = broken[declared].len() - 30;
    broken[declared].replace_range(middle..=middle, "\n");
    fs::write(file, broken.join("\n") + "\n").unwrap();
    let (code, value) = check(panel.lead(), file);
    assert_eq!((code, &value["lines"]["bad"]), (1, &Value::from(2)), "{value:#}");
    assert!(value["bad_lines"].as_array().unwrap().iter().all(|line| line["at_hand"] == "store"));

    panel.lead().ok(&["sync", file]);
    assert!(panel.file_bytes() == good, "what is called repairable is repaired by a sync");
    let (code, value) = check(panel.lead(), file);
    assert_eq!((code, value["quarantine"].as_array().unwrap().is_empty()), (0, false), "{value:#}");
}

#[test]
fn a_cut_file_and_a_missing_footer_are_repairable() {
    let (panel, stranger) = panel();
    let file = panel.file.as_str();
    let whole = lines(&panel);
    let good = panel.file_bytes();
    fs::write(file, whole[..whole.len() - 1].join("\n") + "\n").unwrap();
    for laptop in [panel.lead(), &stranger] {
        let (code, value) = check(laptop, file);
        assert_eq!((code, kinds(&value), &value["footer"]), (1, vec!["footer"], &Value::from("missing")));
    }
    for cut in [good.len() - 10, good.len() / 2, good.len() - 400, 2_000, 60, 20, 3] {
        fs::write(file, &good[..cut]).unwrap();
        let (code, value) = check(panel.lead(), file);
        assert_eq!(code, 1, "cut at {cut}: {value:#}");
        assert_ne!(check(&stranger, file).0, 0, "cut at {cut}");
    }
    fs::write(file, [good.clone(), good.clone()].concat()).unwrap();
    assert_eq!(kinds(&check(&stranger, file).1), ["footer"]);
    write_sealed(file, &[&whole[..1], &whole[2..whole.len() - 1], &whole[1..2]].concat());
    let (code, value) = check(&stranger, file);
    assert_eq!((code, kinds(&value)), (1, vec!["spelling"]));
    panel.lead().ok(&["sync", file]);
    assert!(panel.file_bytes() == good);
}

#[test]
fn lines_below_a_broken_first_line_are_found_as_a_sync_finds_them() {
    let (panel, stranger) = panel();
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let (good, whole) = (panel.file_bytes(), lines(&panel));
    let mut broken = good.clone();
    broken[2] ^= 1;
    fs::write(file, &broken).unwrap();
    let (code, value) = check(lead, file);
    assert_eq!((code, &value["lines"]["valid"]), (1, &Value::from(whole.len() - 2)), "{value:#}");
    assert_eq!(check(&stranger, file).0, 3, "who knows nothing of the visit cannot tell whose it is");
    lead.ok(&["sync", file]);
    assert!(panel.file_bytes() == good, "the sync does what the check promised");
}

#[test]
fn an_edited_line_is_called_changed_even_where_a_sync_repairs_it() {
    let (panel, stranger) = panel();
    let file = panel.file.as_str();
    let mut whole = lines(&panel);
    whole.pop();
    let declared = line_with(&whole, &["\"declare\"", "\"n\":3,"]);
    let (_, json) = whole[declared].split_once(' ').unwrap();
    let json = json.replacen("\"text\":\"\"", "\"text\":\"与院长有亲属关系\"", 1);
    let forger = DeviceKey::from_bytes(&[9; 32]);
    whole[declared] = format!("{} {json}", forger.sign(json.as_bytes()));
    write_sealed(file, &whole);
    let (code, value) = check(panel.lead(), file);
    let line = &value["bad_lines"][0];
    assert_eq!(
        (code, &line["reason"], &line["at_hand"]),
        (3, &"changed".into(), &"store".into()),
        "{value:#}"
    );
    assert!(kinds(&value).starts_with(&["changed"]), "{value:#}");
    let (code, value) = check(&stranger, file);
    assert_eq!((code, &value["bad_lines"][0]["reason"]), (3, &"changed".into()), "{value:#}");
    assert!(kinds(&value).contains(&"commits-lost"), "{value:#}");

    // The founding commit, edited: not taken for another visit's.
    let founding = line_with(&whole, &["\"k\":\"found\""]);
    whole[founding] = whole[founding].replacen("青禾镇", "青木镇", 1);
    write_sealed(file, &whole);
    let (code, value) = check(&stranger, file);
    assert_eq!((code, &value["facility"]), (3, &Value::Null));
    assert!(kinds(&value).contains(&"no-founding") && !kinds(&value).contains(&"strangers"), "{value:#}");
    assert_eq!(check(panel.lead(), file).1["lines"]["bad"], 2);
}

#[test]
fn a_deleted_commit_is_a_gap_and_lost_unless_it_is_at_hand() {
    let (panel, stranger) = panel();
    let file = panel.file.as_str();
    let mut whole = lines(&panel);
    whole.pop();
    let feed = feed_of(&check(panel.lead(), file).1, PANEL[1])["feed"].as_str().unwrap().to_owned();
    let of_feed = format!("\"f\":\"{feed}\"");
    let n_of_feed = whole.iter().filter(|line| line.contains(&of_feed)).count();
    for n in 1..=n_of_feed {
        let mut without = whole.clone();
        without.remove(line_with(&whole, &[&of_feed, &format!("\"n\":{n},")]));
        write_sealed(file, &without);
        let (code, value) = check(panel.lead(), file);
        assert_eq!(code, 1, "commit {n}: {value:#}");
        let (code, value) = check(&stranger, file);
        assert_eq!(code, 3, "commit {n}, the lead's receipt tells of the last one too: {value:#}");
        if n > 1 {
            let feeds = value["feeds"].as_array().unwrap();
            let feed = feeds.iter().find(|it| it["feed"] == feed).unwrap();
            assert_eq!((&feed["gaps"], &feed["lost"]), (&1.into(), &1.into()), "{value:#}");
            assert_eq!(feed["missing"], serde_json::json!([[n, n]]));
        }
    }
    whole.retain(|line| !line.contains(&of_feed));
    write_sealed(file, &whole);
    assert_eq!(check(&stranger, file).0, 3, "all commits of a member are gone");
}

#[test]
fn a_cloned_home_is_a_fork_and_its_two_values_a_conflict_that_needs_the_author() {
    let (panel, stranger) = panel();
    let file = panel.file.as_str();
    let clone = Laptop::new(panel.root.join("clone"));
    copy_folder(&panel.laptops[1].home, &clone.home);
    for (laptop, grade) in [(&panel.laptops[1], "A"), (&clone, "C")] {
        laptop.ok(&["score", file, "TM-04", "--grade", grade, "--reason", "看法"]);
        laptop.ok(&["sync", file]);
    }
    let (code, value) = check(&clone, file);
    assert_eq!(code, 4, "{value:#}");
    // The member has a second feed by now, in whatever place its name puts it.
    let forked = value["feeds"].as_array().unwrap().iter().filter(|feed| feed["forks"] == 1);
    assert_eq!(forked.map(|feed| &feed["member"]).collect::<Vec<_>>(), [PANEL[1]], "{value:#}");
    assert_eq!((&value["conflicts"], &value["conflict_list"][0]["about"]), (&1.into(), &"TM-04".into()));
    let (code, value) = check(&stranger, file);
    assert_eq!(
        (code, &value["conflicts"]),
        (0, &0.into()),
        "the fork was left, and a conflict inside a sealed ballot is nobody else's"
    );
    let text = clone.run(&["fsck", file]).out;
    assert!(text.contains(PANEL[1]) && text.contains("TM-04"), "{text}");
}

#[test]
fn a_second_claim_of_a_name_waits_for_the_lead() {
    let (panel, _) = panel();
    let file = panel.file.as_str();
    let start = panel.file_bytes();
    // Two laptops join under one name, each from a file that does not know of the other.
    for index in [3, 4] {
        fs::write(file, &start).unwrap();
        panel.laptops[index].ok(&["visit", "join", file, "--name", PANEL[3]]);
        fs::rename(file, panel.root.join(format!("joined-{index}.hecha"))).unwrap();
    }
    fs::write(file, &start).unwrap();
    for index in [3, 4] {
        let name = format!("joined-{index}.hecha");
        fs::rename(panel.root.join(&name), panel.share().join(&name)).unwrap();
    }
    let (code, value) = check(panel.lead(), file);
    // Nobody can tell which was first: both wait.
    assert_eq!((code, value["roster"]["pending"].as_array().unwrap().len()), (4, 2), "{value:#}");
    for pending in value["roster"]["pending"].as_array().unwrap() {
        assert_eq!(pending["name"], PANEL[3]);
    }
    assert_eq!(kinds(&value), ["pending", "commits-at-hand"], "the worst first");
}

#[test]
fn copies_with_news_are_told_and_those_without_are_harmless() {
    let (panel, stranger) = panel();
    let file = panel.file.as_str();
    let start = panel.file_bytes();
    panel.laptops[1].ok(&["score", file, "TM-04", "--grade", "A", "--reason", "看法"]);
    panel.laptops[1].ok(&["sync", file]);
    let side = panel.share().join("visit~Ab3_.hecha");
    fs::rename(file, &side).unwrap();
    fs::write(file, &start).unwrap();
    fs::write(panel.share().join("visit (1).hecha"), &start).unwrap();
    fs::write(panel.share().join("visit (2).hecha"), &start[..start.len() / 2]).unwrap();
    fs::write(panel.share().join("visit (3).hecha"), "<html>").unwrap();
    fs::write(panel.share().join("~$abcd.tmp"), "x").unwrap();
    fs::write(panel.share().join("其他.txt"), "x").unwrap();
    let (code, value) = check(&stranger, file);
    assert_eq!(
        (code, kinds(&value), &value["lacking"]),
        (1, vec!["commits-at-hand"], &1.into()),
        "{value:#}"
    );
    let others: Vec<(&str, &str, u64)> = value["others"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["name"].as_str().unwrap(), it["class"].as_str().unwrap(), it["news"].as_u64().unwrap()))
        .collect();
    let expected = [
        ("visit (1).hecha", "sound", 0),
        ("visit (2).hecha", "damaged", 0),
        ("visit (3).hecha", "foreign", 0),
        ("visit~Ab3_.hecha", "sound", 1),
    ];
    assert_eq!(others, expected);
    assert_eq!(value["leftovers"], serde_json::json!(["~$abcd.tmp"]));
    fs::remove_file(side).unwrap();
    assert_eq!(check(&stranger, file).0, 0, "copies without news change nothing");
    assert_eq!(check(&panel.laptops[1], file).0, 1, "the store of the author has the commit");
}

#[test]
fn files_that_are_no_shared_file_of_this_program_are_told_apart() {
    let (panel, stranger) = panel();
    let file = panel.file.as_str();
    let good = String::from_utf8(panel.file_bytes()).unwrap();
    let other = Panel::small(2, &[]);
    let cases: [(&str, Vec<u8>, &str, i32, i32); 7] = [
        ("empty", Vec::new(), "empty", 1, 3),
        ("zeros", vec![0; 5_000], "empty", 1, 3),
        ("html", b"<!DOCTYPE html>\n<html>\n".to_vec(), "foreign", 3, 3),
        ("newer", good.replacen("\"min\":1", "\"min\":2", 1).into(), "newer", 4, 4),
        ("encrypted", good.replacen("\"enc\":\"none\"", "\"enc\":\"age\"", 1).into(), "encrypted", 4, 4),
        ("another visit", other.file_bytes(), "sound", 4, 0),
        ("random", (0..9_000_u32).map(|n| (n * n % 251) as u8).collect(), "foreign", 3, 3),
    ];
    for (name, bytes, class, joined, not_joined) in cases {
        fs::write(file, &bytes).unwrap();
        for (laptop, expected) in [(panel.lead(), joined), (&stranger, not_joined)] {
            let (code, value) = check(laptop, file);
            assert_eq!((code, value["class"].as_str()), (expected, Some(class)), "{name}: {value:#}");
        }
        assert!(panel.file_bytes() == bytes, "{name}");
    }
    fs::remove_file(file).unwrap();
    let (code, value) = check(panel.lead(), file);
    assert_eq!((code, kinds(&value)), (1, vec!["away"]));
    stranger.refuses(1, &["fsck", file]);
    stranger.refuses(1, &["fsck", panel.share().to_str().unwrap()]);

    // Another visit's lines inside our file: its founding is told, its other lines are vouched for by nobody.
    let theirs = String::from_utf8(other.file_bytes()).unwrap();
    let theirs: Vec<&str> = theirs.lines().collect();
    let ours: Vec<String> = good.lines().map(str::to_owned).collect();
    let founding = theirs.iter().position(|line| line.contains("\"k\":\"found\"")).unwrap();
    let mut mixed = ours[..ours.len() - 1].to_vec();
    mixed.push(theirs[founding].to_owned());
    write_sealed(file, &mixed);
    assert_eq!(kinds(&check(&stranger, file).1), ["strangers"]);
    let joined = theirs.iter().position(|line| line.contains("\"k\":\"join\"")).unwrap();
    mixed.push(theirs[joined].to_owned());
    write_sealed(file, &mixed);
    let (code, value) = check(panel.lead(), file);
    assert_eq!((code, &value["unknown_feeds"]), (3, &1.into()), "{value:#}");
}

#[test]
fn a_file_made_to_hurt_does_not() {
    let (panel, stranger) = panel();
    let file = panel.file.as_str();
    let whole = lines(&panel);
    let header = &whole[0];
    let signature = "A".repeat(86);
    let many = format!("{header}\n{}", "x\n".repeat(150_000));
    let long = format!("{header}\n{signature} {{\"a\":\"{}\"}}\n", "y".repeat(2 << 20));
    let deep = format!("{header}\n{signature} {{\"a\":{}\n", "[".repeat(500_000));
    let ends = format!("{header}\n{}", "END 1 x\n".repeat(100_000));
    let numbers = format!(
        "{header}\n{signature} {{\"v\":1,\"f\":\"AAAAAAAAAAAA\",\"n\":9007199254740991,\"p\":\"{}\",\"l\":1,\"t\":9007199254740991,\"seen\":{{}},\"e\":[]}}\n",
        "A".repeat(43)
    );
    let steering = format!("{header}\n\u{1b}]52;c;AAAA\u{7} {{\"f\":\"\u{1b}[31mAAAAAAA\",\"n\":7,\n");
    for (name, text) in [
        ("many", many),
        ("long", long),
        ("deep", deep),
        ("ends", ends),
        ("numbers", numbers),
        ("steering", steering),
    ] {
        fs::write(file, text).unwrap();
        for laptop in [panel.lead(), &stranger] {
            let answer = laptop.run(&["fsck", file]);
            assert!(matches!(answer.code, Some(1 | 3)), "{name}: {answer:?}");
            assert!(answer.out.len() < 10_000, "{name}: {} bytes of output", answer.out.len());
            assert!(answer.out.chars().all(|c| c == '\n' || !c.is_control()), "{name}: {:?}", answer.out);
        }
    }
    fs::File::create(file).unwrap().set_len((256 << 20) + 1).unwrap();
    assert_eq!(check(&stranger, file).1["class"], "too-big");
}

#[cfg(unix)]
#[test]
fn names_of_files_cannot_steer_the_terminal() {
    let (panel, stranger) = panel();
    let bytes = panel.file_bytes();
    fs::write(panel.share().join("visit \u{1b}[31m\u{202e}红.hecha"), &bytes).unwrap();
    fs::write(panel.share().join("~$\u{1b}]0;x\u{7}.tmp"), "").unwrap();
    let hostile = panel.share().join("名\u{1b}[2J.hecha");
    fs::write(&hostile, &bytes).unwrap();
    for lang in ["zh", "en"] {
        let mut command = program();
        command.arg("--home").arg(&stranger.home).args(["--lang", lang, "fsck"]).arg(&hostile);
        let answer = Answer::of(command.output().unwrap());
        assert_eq!(answer.code, Some(0), "{answer:?}");
        let steers = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
        assert!(!answer.out.contains(steers), "{:?}", answer.out);
        assert!(answer.out.contains("visit 红.hecha"), "{}", answer.out);
    }
}

#[test]
fn both_languages_begin_with_the_verdict_and_end_with_the_next_step() {
    let (panel, stranger) = panel();
    let file = panel.file.as_str();
    let whole = lines(&panel);
    let say = |lang: &str| {
        let mut command = program();
        command.arg("--home").arg(&stranger.home).args(["--lang", lang, "fsck", file]);
        Answer::of(command.output().unwrap()).out
    };
    let starts = |text: &str, wanted: &str| text.lines().next().unwrap().contains(wanted);
    assert!(starts(&say("zh"), "没有发现问题") && starts(&say("en"), "nothing is wrong"));
    let mut without = whole.clone();
    without.remove(line_with(&whole, &["\"declare\""]));
    fs::write(file, without.join("\n") + "\n").unwrap();
    let (chinese, english) = (say("zh"), say("en"));
    assert!(starts(&chinese, "改动或丢失") && starts(&english, "changed or lost"), "{chinese}{english}");
    assert!(chinese.contains("下一步：") && english.contains("next: "), "{chinese}{english}");
    let n_findings = |text: &str| text.lines().filter(|line| line.starts_with("  - ")).count();
    assert_eq!((n_findings(&chinese), n_findings(&english)), (2, 2), "{chinese}{english}");
    for word in ["提交链", "名单", "本机"] {
        assert!(chinese.contains(word) && !english.contains(word), "{word}");
    }
    let wide = |text: &str| text.lines().map(unicode_width::UnicodeWidthStr::width).max();
    assert!(wide(&chinese) <= Some(80) && wide(&english) <= Some(80), "{chinese}{english}");
}

#[test]
fn a_damaged_database_is_told_and_the_file_is_checked_all_the_same() {
    let (panel, _) = panel();
    let member = &panel.laptops[2];
    fs::write(member.home.join("hecha.db"), vec![7; 20_000]).unwrap();
    let _ = fs::remove_file(member.home.join("hecha.db-wal"));
    let (code, value) = check(member, &panel.file);
    assert_eq!(
        (code, &value["database"], &value["lines"]["bad"]),
        (3, &"damaged".into(), &0.into()),
        "{value:#}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// No flipped byte passes for a clean file, on a laptop that joined or one that did not.
    #[test]
    fn no_flipped_byte_is_called_clean(flips in proptest::collection::vec((any::<prop::sample::Index>(), 0_u32..8), 30)) {
        let (panel, stranger) = panel();
        let good = panel.file_bytes();
        let homes = [&panel.lead().home, &stranger.home].map(|home| Home::choose(Some(home.clone())).unwrap());
        for home in &homes {
            prop_assert_eq!(fsck(home, Path::new(&panel.file), Lang::Zh).unwrap().health(), Health::Clean);
        }
        for (at, bit) in flips {
            let mut bytes = good.clone();
            let at = at.index(bytes.len());
            bytes[at] ^= 1_u8 << bit;
            fs::write(&panel.file, &bytes).unwrap();
            for home in &homes {
                let report = fsck(home, Path::new(&panel.file), Lang::Zh).unwrap();
                prop_assert_ne!(report.health(), Health::Clean, "byte {} bit {}", at, bit);
                let _ = report.json();
            }
            // What is called repairable is what a sync makes good.
            let lead = &homes[0];
            if fsck(lead, Path::new(&panel.file), Lang::Zh).unwrap().health() == Health::Repairable {
                Session::open(lead, Path::new(&panel.file)).unwrap().sync().unwrap();
                prop_assert!(panel.file_bytes() == good, "byte {} bit {}", at, bit);
            }
        }
    }
}
