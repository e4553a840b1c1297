//! Generations of the shared file: listed, and taken in again without taking anything away.

use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime},
};

use hecha::app::{home::Home, session::Session};
use serde_json::Value;

use crate::support::{Laptop, PANEL, Panel, copy_folder, files_below};

fn list(laptop: &Laptop, file: &str) -> Vec<Value> {
    laptop.json(&["restore", file, "--json"])["generations"].as_array().unwrap().clone()
}

/// The numbers of commits that a laptop has of each member.
fn members(laptop: &Laptop, file: &str) -> Vec<usize> {
    let home = Home::choose(Some(laptop.home.clone())).unwrap();
    let session = Session::open(&home, Path::new(file)).unwrap();
    session.visit().members.iter().map(|state| state.n_commits).collect()
}

/// Puts a laptop's database back to what it was, as after a restored disk.
fn put_back(laptop: &Laptop, saved: &Path) {
    for file in files_below(&laptop.home) {
        if file.file_name().unwrap().to_str().unwrap().starts_with("hecha.db") {
            fs::remove_file(file).unwrap();
        }
    }
    for file in files_below(saved) {
        if file.file_name().unwrap().to_str().unwrap().starts_with("hecha.db") {
            fs::copy(&file, laptop.home.join(file.file_name().unwrap())).unwrap();
        }
    }
}

#[test]
fn a_generation_brings_back_what_the_laptop_and_the_file_have_lost_and_takes_nothing() {
    let panel = Panel::settled(3);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    lead.ok(&["sync", file]);
    let saved = panel.root.join("saved");
    copy_folder(&lead.home, &saved);
    for grade in ["B", "C", "A"] {
        panel.laptops[1].ok(&["score", file, "TM-02", "--grade", grade]);
        panel.laptops[1].ok(&["sync", file]);
        lead.ok(&["sync", file]);
    }
    panel.laptops[1].ok(&["submit", file, "--yes"]);
    lead.ok(&["sync", file]);
    lead.ok(&["score", file, "TM-03", "--grade", "B"]);
    lead.ok(&["sync", file]);
    let whole = members(lead, file);
    let generations = list(lead, file);
    assert!(generations.len() >= 5, "{generations:?}");
    let numbers: Vec<u64> = generations.iter().map(|it| it["n"].as_u64().unwrap()).collect();
    assert!(numbers.is_sorted_by(|a, b| a > b), "newest first: {numbers:?}");
    for generation in &generations {
        assert!(
            generation["bytes"].as_u64().unwrap() > 10_000 && generation["commits"].as_u64().unwrap() > 0
        );
        let (day, at) = (generation["day"].as_str().unwrap(), generation["at"].as_str().unwrap());
        assert!(day.len() == 10 && at.len() == 16 && at.starts_with(day), "{day} {at}");
        let path = Path::new(generation["file"].as_str().unwrap());
        let size = fs::metadata(path).unwrap().len();
        assert!(size * 2 < generation["bytes"].as_u64().unwrap(), "it is compressed: {size}");
    }
    let shown = lead.ok(&["restore", file]).out;
    assert_eq!(shown.lines().count(), generations.len(), "{shown}");
    assert!(shown.contains(&format!("{} 个提交", generations[0]["commits"])), "{shown}");

    // A file that was copied bears the time of the copy, which says nothing of the generation.
    let copied = fs::File::options().write(true).open(generations[0]["file"].as_str().unwrap()).unwrap();
    copied.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000)).unwrap();
    assert_eq!(list(lead, file)[0]["at"], Value::Null);

    // The file and the member's laptop are gone, and the lead's disk is of yesterday.
    fs::remove_file(file).unwrap();
    put_back(lead, &saved);
    let before = members(lead, file);
    assert_ne!(before, whole);
    let newest = numbers[0].to_string();
    let answer = lead.ok(&["restore", file, "--from", &newest]);
    assert!(answer.out.contains("取回") && answer.out.contains("同步完成"), "{answer:?}");
    let restored = members(lead, file);
    assert_eq!(restored[1], whole[1], "the member's commits are back");
    assert!(Path::new(file).exists(), "and in the file again");

    // An older generation adds nothing and takes nothing.
    let oldest = numbers[numbers.len() - 1].to_string();
    let answer = lead.ok(&["restore", file, "--from", &oldest]);
    assert!(answer.out.contains("取回 0 个"), "{}", answer.out);
    assert_eq!(members(lead, file), restored);
}

#[test]
fn a_file_is_restored_from_and_what_is_not_of_the_visit_is_refused() {
    let panel = Panel::settled(3);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let old = panel.file_bytes();
    panel.laptops[2].ok(&["score", file, "TM-02", "--grade", "B"]);
    panel.laptops[2].ok(&["sync", file]);
    let stick = panel.root.join("旧 U 盘.hecha");
    fs::copy(file, &stick).unwrap();
    fs::write(file, &old).unwrap();
    let stick = stick.to_str().unwrap();
    let answer = lead.ok(&["restore", file, "--from", stick]);
    assert!(answer.out.contains("取回 1 个"), "{}", answer.out);
    assert!(panel.file_bytes().len() > old.len());

    let before = members(lead, file);
    let other = Panel::small(1, &[]);
    let bytes = panel.file_bytes();
    let wrong = |name: &str, bytes: &[u8]| {
        let path = panel.root.join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let text = String::from_utf8(bytes.clone()).unwrap();
    for path in [
        other.file.clone(),
        wrong("empty.hecha", b""),
        wrong("page.hecha", b"<html></html>"),
        wrong("newer.hecha", text.replacen("\"min\":1", "\"min\":2", 1).as_bytes()),
        wrong("bomb.zst", b"\x28\xB5\x2F\xFD\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"),
        panel.root.join("none.hecha").to_str().unwrap().to_owned(),
        "9999".to_owned(),
    ] {
        lead.refuses(1, &["restore", file, "--from", &path]);
    }
    lead.refuses(2, &["restore", file, "--from", "1", "--json"]);
    assert_eq!(members(lead, file), before);
    assert!(panel.file_bytes() == bytes, "a refused restore changes nothing");

    // Half of a file gives the half that holds.
    let half = wrong("half.hecha", &bytes[..bytes.len() - 300]);
    let answer = lead.ok(&["restore", file, "--from", &half]);
    assert!(answer.err.contains("无法验证"), "{}", answer.err);

    // A share that is away does not undo it.
    let moved = panel.root.join("share-away");
    fs::rename(panel.share(), &moved).unwrap();
    let answer = lead.ok(&["restore", file, "--from", stick]);
    assert!(answer.err.contains("还没有写入共享文件"), "{}", answer.err);
    assert_eq!(PANEL.len(), members(lead, file).len());
}
