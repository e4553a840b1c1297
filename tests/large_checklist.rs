//! A checklist of megabytes founds a visit that others join; one beyond the limit is refused with the limit.

use std::fs;

use hecha::{
    app::{
        home::Home,
        visit::{founding, joining},
    },
    checklist::content,
};

use crate::support::tiny::{tiny_visit, write_tiny_checklist};

/// A home whose checklist has two areas of so many clauses, each of two points with texts of the longest line.
fn home_with(folder: &std::path::Path, n_clauses: usize) -> Home {
    let root = folder.join("home");
    write_tiny_checklist(&root);
    let area = root.join("checklists/areas/demo.toml");
    let text = fs::read_to_string(&area).unwrap();
    let (head, clauses) = text.split_at(text.find("[[clause]]").unwrap());
    let clause = clauses.split("[[clause]]").nth(1).unwrap();
    let clause =
        clause.replace("人员操作合格", &"合格".repeat(199)).replace("设备全部在位", &"在位".repeat(199));
    let clauses =
        (1..=n_clauses).map(|n| format!("[[clause]]{}", clause.replace("DM-01", &format!("DM-{n:04}"))));
    let text = format!("{head}{}", clauses.collect::<String>());
    // A file is no longer than the longest content: only several make more.
    let second = [("\"demo\"", "\"second\""), ("DM-", "DN-"), ("EQ-", "ER-")];
    let second = second.iter().fold(text.clone(), |text, (from, to)| text.replace(from, to));
    fs::write(&area, text).unwrap();
    fs::write(area.with_file_name("second.toml"), second).unwrap();
    let profile = root.join("checklists/profiles/tiny.toml");
    let text = fs::read_to_string(&profile).unwrap();
    fs::write(&profile, text.replace("areas = [\"demo\"]", "areas = [\"demo\", \"second\"]")).unwrap();
    Home::choose(Some(root)).unwrap()
}

#[test]
fn a_checklist_of_megabytes_is_founded_with_joined_and_stored_once() {
    let folder = tempfile::tempdir().unwrap();
    let home = home_with(folder.path(), 250);
    let names = ["甲", "乙", "丙"];
    for file in ["a.hecha", "b.hecha"] {
        founding::found(&home, tiny_visit(&folder.path().join(file), &names), None).unwrap();
    }
    let written = fs::metadata(folder.path().join("a.hecha")).unwrap().len();
    assert!(written > 1_300_000, "the test is about more than a megabyte: {written} bytes");
    let request = joining::JoinRequest { name: "乙".to_owned(), ..Default::default() };
    let other = Home::choose(Some(folder.path().join("other"))).unwrap();
    let joined = joining::join(&other, &folder.path().join("a.hecha"), &request).unwrap();
    assert_eq!(joined.visit().clauses().count(), 500);
    let stored = fs::metadata(home.database()).unwrap().len();
    assert!(stored < written * 3 / 2, "two visits of {written} bytes in {stored}");
}

#[test]
fn a_checklist_beyond_the_limit_is_refused_with_its_size_and_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    let home = home_with(folder.path(), 800);
    let file = folder.path().join("a.hecha");
    let failure = founding::found(&home, tiny_visit(&file, &["甲", "乙", "丙"]), None).err().unwrap();
    let most = format!("{} KiB", content::LONGEST >> 10);
    assert!(failure.why.zh.contains(&most) && failure.why.en.contains(&most), "{failure:?}");
    assert!(!file.exists());
}
