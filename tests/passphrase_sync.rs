//! An encrypted visit in everything a sync leaves behind: side files, copies, generations, forks and recovered laptops.

use std::fs;

use hecha::{
    app::{home::Home, session::Session},
    share::file::{self, Contents, envelope::Envelope},
};
use serde_json::Value;

use crate::support::{
    Laptop, PANEL, Panel, copy_folder,
    disk::{FaultyDisk, Refuses, RefusingDisk},
    files_below, holds,
    keyring::{FIRST, Keyring, key, slot},
};

const SECOND: &str = "second passphrase, quite another";

fn open(panel: &Panel, index: usize) -> Session {
    let home = Home::choose(Some(panel.laptops[index].home.clone())).unwrap();
    Session::open(&home, panel.file.as_ref()).unwrap()
}

/// The word of an answer that follows `mark`.
fn after(text: &str, mark: &str) -> String {
    let start = text.find(mark).unwrap_or_else(|| panic!("no {mark} in {text}")) + mark.len();
    text[start..].split(['（', '\n', ' ']).next().unwrap().to_owned()
}

fn info(laptop: &Laptop, file: &str) -> Value {
    laptop.json(&["visit", "info", file, "--json"])
}

fn names(panel: &Panel) -> Vec<String> {
    let files = files_below(&panel.share()).into_iter();
    files.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect()
}

fn envelope(panel: &Panel) -> Envelope {
    Envelope { key: key(panel), slot: slot(panel).unwrap(), earlier: Vec::new() }
}

/// Every file on the share is of an encrypted visit, and none shows a commit.
fn assert_shut(panel: &Panel) {
    for path in files_below(&panel.share()) {
        let contents = file::read(&fs::read(&path).unwrap());
        assert!(matches!(contents, Contents::Encrypted(_)), "{} is plain", path.display());
        assert!(!holds(&path, b"\"seen\""), "{} tells", path.display());
    }
}

#[test]
fn side_files_are_encrypted_picked_up_and_taken_away() {
    let keyring = Keyring::new();
    let panel = keyring.panel(2);
    let (lead, member, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    member.ok(&["sync", file]);
    lead.ok(&["sync", file]);
    member.ok(&["score", file, "TM-02", "--grade", "B"]);
    let disk = FaultyDisk::calm();
    let failure = open(&panel, 1).sync_with(&RefusingDisk(&disk, Refuses::Renames)).unwrap_err();
    assert!(failure.next.zh.contains("--in-place"), "{failure:?}");
    assert_eq!(names(&panel), ["visit.hecha"], "a disk that refuses renames takes no side file either");
    let good = panel.file_bytes();
    fs::write(file, "<html>请登录</html>").unwrap();
    for _ in 0..2 {
        member.refuses(3, &["sync", file]);
        assert_eq!(names(&panel).len(), 2);
    }
    fs::write(file, &good).unwrap();
    assert_shut(&panel);
    assert!(lead.ok(&["sync", file]).out.contains("收到 1 个新提交"));
    assert_eq!(names(&panel).len(), 2, "it is another's");
    member.ok(&["sync", file]);
    assert_eq!(names(&panel), ["visit.hecha"], "its owner takes it away");

    member.ok(&["score", file, "TM-03", "--grade", "B"]);
    let report = open(&panel, 1).sync_in_place_with(&RefusingDisk(&disk, Refuses::Renames)).unwrap();
    assert_eq!(report.state.pending, 0, "{report:?}");
    assert_shut(&panel);
    assert!(lead.ok(&["sync", file]).out.contains("收到 1 个新提交"));
}

#[test]
fn a_file_that_was_decrypted_below_its_first_line_is_encrypted_again() {
    let keyring = Keyring::new();
    let panel = keyring.panel(2);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    lead.ok(&["sync", file]);
    let text = file::open(&panel.file_bytes(), Some(&envelope(&panel))).1.unwrap();
    fs::write(file, &text).unwrap();
    lead.ok(&["sync", file]);
    assert_shut(&panel);
    assert_eq!(file::open(&panel.file_bytes(), Some(&envelope(&panel))).1, Some(text));
}

#[test]
fn a_copy_is_encrypted_and_without_the_key_there_is_none() {
    let keyring = Keyring::new();
    let panel = Panel::settled(3);
    let (lead, member, missed, file) =
        (panel.lead(), &panel.laptops[1], &panel.laptops[2], panel.file.as_str());
    let passphrase = keyring.file(FIRST);
    lead.ok(&["visit", "passphrase", file, "--passphrase-file", &passphrase]);
    // It has never seen the file encrypted before it is asked for a copy.
    let copy = panel.root.join("copy.hecha");
    let copy = copy.to_str().unwrap();
    missed.ok(&["score", file, "TM-03", "--grade", "C"]);
    let refused = missed.refuses(1, &["sync", file, "--to", copy]);
    assert!(refused.err.contains("--passphrase-file") && !fs::exists(copy).unwrap(), "{refused:?}");

    member.ok(&["score", file, "TM-02", "--grade", "B"]);
    member.ok(&["sync", file, "--to", copy, "--passphrase-file", &passphrase]);
    let Contents::Encrypted(_) = file::read(&fs::read(copy).unwrap()) else { panic!("the copy is plain") };
    missed.refuses(1, &["sync", file, "--to", copy]);
    missed.refuses(1, &["restore", file, "--from", copy]);
    let shown = member.ok(&["sync", file, "--to", copy]).out;
    let Contents::Lines { lines, intact: true, .. } =
        file::open(&fs::read(copy).unwrap(), Some(&envelope(&panel))).0
    else {
        panic!("the copy does not open")
    };
    assert!(shown.contains(&format!("（{} 个提交）", lines.len())), "{shown}");
    assert!(lead.ok(&["restore", file, "--from", copy]).out.contains("取回 1 个"));
    missed.ok(&["sync", file, "--to", copy, "--passphrase-file", &passphrase]);
    assert!(lead.ok(&["restore", file, "--from", copy]).out.contains("取回 1 个"));
    assert_shut(&panel);
}

#[test]
fn generations_stay_encrypted_and_are_taken_in_again() {
    let keyring = Keyring::new();
    let panel = keyring.panel(2);
    let (lead, member, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    lead.ok(&["sync", file]);
    copy_folder(&lead.home, &panel.root.join("old"));
    for grade in ["B", "C"] {
        member.ok(&["score", file, "TM-02", "--grade", grade]);
        member.ok(&["sync", file]);
        lead.ok(&["sync", file]);
    }
    let kept = lead.json(&["restore", file, "--json"])["generations"].as_array().unwrap().clone();
    assert!(kept.len() >= 2, "{kept:?}");
    assert!(kept.iter().all(|generation| generation["commits"].as_u64().unwrap() > 1), "{kept:?}");

    // The file is gone, and the lead's disk is of before; its generations are on a stick.
    let generation = kept[0]["file"].as_str().unwrap();
    let restored = Laptop::new(panel.root.join("old"));
    fs::remove_file(file).unwrap();
    let answer = restored.ok(&["restore", file, "--from", generation]).out;
    assert!(answer.contains("取回") && !answer.contains("取回 0 个"), "{answer}");
    assert_shut(&panel);
    member.ok(&["sync", file]);
    assert_eq!(info(member, file)["sync"]["pending"], 0);
}

#[test]
fn a_cloned_laptop_leaves_its_fork_with_the_key() {
    let keyring = Keyring::new();
    let panel = keyring.panel(2);
    let (lead, first, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    first.ok(&["sync", file]);
    copy_folder(&first.home, &panel.root.join("clone"));
    let clone = Laptop::new(panel.root.join("clone"));
    first.ok(&["score", file, "TM-02", "--grade", "B"]);
    clone.ok(&["score", file, "TM-03", "--grade", "A"]);
    first.ok(&["sync", file]);
    for laptop in [&clone, first] {
        assert!(laptop.ok(&["sync", file]).err.contains("克隆"));
    }
    for laptop in [&clone, first, lead, &clone, first] {
        laptop.ok(&["sync", file]);
        let info = info(laptop, file);
        assert_eq!((&info["encrypted"], &info["key_held"]), (&true.into(), &true.into()));
        assert_eq!(info["sync"]["pending"], 0);
    }
    assert_eq!(info(&clone, file)["members"][1]["scored"], 2);
    assert_shut(&panel);
    assert_eq!(names(&panel), ["visit.hecha"]);
}

#[test]
fn a_recovered_laptop_needs_the_passphrase_and_the_code() {
    let keyring = Keyring::new();
    let panel = keyring.panel(2);
    let (lead, first, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    let passphrase = keyring.file(FIRST);
    let sheet = |laptop: &Laptop| {
        let sheet = laptop.ok(&["visit", "recovery", file]).out;
        assert!(sheet.contains("--passphrase-file"), "what is to be typed is complete: {sheet}");
        after(&sheet, "--recovery ")
    };
    let (code, leads_code) = (sheet(first), sheet(lead));
    first.ok(&["score", file, "TM-02", "--grade", "B"]);
    first.ok(&["sync", file]);
    lead.ok(&["sync", file]);
    fs::remove_dir_all(&first.home).unwrap();
    fs::remove_dir_all(&lead.home).unwrap();

    let others = [&panel.laptops[3], &panel.laptops[4]];
    let join = |laptop: &Laptop, name: &str, code: &str| {
        let without = ["visit", "join", file, "--name", name, "--recovery", code];
        assert!(laptop.refuses(1, &without).err.contains("口令"));
        laptop.ok(&[&without[..], &["--passphrase-file", &passphrase]].concat())
    };
    let joined = join(others[0], PANEL[1], &code);
    let lead = others[1];
    join(lead, PANEL[0], &leads_code);
    lead.ok(&["visit", "admit", file, &after(&joined.out, "加入码：")]);
    lead.ok(&["visit", "passphrase", file, "--passphrase-file", &keyring.file(SECOND)]);
    others[0].ok(&["sync", file]);
    assert_eq!(
        info(others[0], file)["members"][1]["scored"],
        1,
        "the sealed vote of the lost laptop is read"
    );
    let newest = slot(&panel);
    others[0].ok(&["score", file, "TM-03", "--grade", "A"]);
    others[0].ok(&["sync", file]);
    assert_eq!(slot(&panel), newest, "the recovered lead's passphrase holds");
    let arguments = ["visit", "join", file, "--name", PANEL[2], "--passphrase-file"];
    panel.laptops[2].refuses(1, &[&arguments[..], &[&passphrase]].concat());
    panel.laptops[2].ok(&[&arguments[..], &[&keyring.file(SECOND)]].concat());
    assert_shut(&panel);
}
