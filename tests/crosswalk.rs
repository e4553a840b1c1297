//! Crosswalks: those that are shipped account for every id, and what is wrong with one is told where it stands.

use std::{fs, path::Path};

use crate::support::{Laptop, new_folder};

const PROFILES: [&str; 4] = ["township", "community", "community-hospital", "village"];

fn shipped(profile: &str) -> String {
    let path = format!("checklists/crosswalks/{profile}-2026.1-2026.2.toml");
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).display().to_string()
}

fn earlier() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixture/edition-2026.1").display().to_string()
}

#[test]
fn every_id_of_both_editions_is_accounted_for() {
    let folder = new_folder();
    let laptop = Laptop::new(folder.path().join("home"));
    for profile in PROFILES {
        let told = laptop.json(&["crosswalk", "check", &shipped(profile), "--edition", &earlier(), "--json"]);
        assert_eq!((&told["errors"], &told["warnings"]), (&0.into(), &0.into()), "{profile}: {told}");
        assert_eq!(told["from"], format!("{profile}@2026.1"));
        assert_eq!(told["to"], format!("{profile}@2026.2"));
        assert!(told["rows"].as_array().unwrap().len() > 5);
    }
}

#[test]
fn a_row_that_is_lost_repeated_or_false_is_told() {
    let folder = new_folder();
    let laptop = Laptop::new(folder.path().join("home"));
    let whole = fs::read_to_string(shipped("village")).unwrap().replace("\r\n", "\n");
    let own = folder.path().join("own.toml");
    let told = |text: &str| {
        fs::write(&own, text).unwrap();
        let answer = laptop.run(&["crosswalk", "check", own.to_str().unwrap(), "--edition", &earlier()]);
        assert_eq!(answer.code, Some(1), "{answer:?}");
        answer.out
    };
    let row = |relation: &str| {
        let at = whole.find(&format!("[[map]]\nrelation = \"{relation}\"")).unwrap();
        let end = whole[at + 1..].find("[[map]]").map_or(whole.len(), |n| at + 1 + n);
        whole[at..end].to_owned()
    };
    let dropped = row("dropped");
    let lost = told(&whole.replacen(&dropped, "", 1));
    assert!(lost.contains("旧编号没有去处") && lost.contains("own.toml:3:"), "{lost}");
    let new = row("new");
    let lost = told(&whole.replacen(&new, "", 1));
    assert!(lost.contains("新编号没有来处"), "{lost}");
    let twice = told(&format!("{whole}\n{dropped}"));
    assert!(twice.contains("已有一行"), "{twice}");
    let unknown = told(&format!("{whole}\n[[map]]\nrelation = \"new\"\nto = [\"XX-01\"]\n"));
    assert!(unknown.contains("新版没有 XX-01"), "{unknown}");
    let count = told(&whole.replacen("relation = \"dropped\"", "relation = \"new\"", 1));
    assert!(count.contains("编号个数与关系不符"), "{count}");
    for broken in [
        "",
        "[crosswalk]\n",
        "[[map]]\nrelation = \"same\"\n",
        "\u{feff}[crosswalk",
        "[crosswalk]\nfrom = 7\n",
    ] {
        told(broken);
    }
}

#[test]
fn an_edition_that_is_not_at_hand_is_told_and_a_visit_file_brings_its_own() {
    let folder = new_folder();
    let laptop = Laptop::new(folder.path().join("home"));
    let alone = laptop.json(&["crosswalk", "check", &shipped("township"), "--json"]);
    assert_eq!((&alone["errors"], &alone["warnings"]), (&0.into(), &1.into()), "{alone}");
    let told = laptop.ok(&["crosswalk", "check", &shipped("township")]).out;
    assert!(told.contains("手边没有 township@2026.1") && told.contains("--edition"), "{told}");
    let panel = crate::support::Panel::township(1, &[]);
    let told =
        panel.lead().json(&["crosswalk", "check", &shipped("township"), "--edition", &panel.file, "--json"]);
    assert_eq!(told["errors"], 0, "{told}");
}
