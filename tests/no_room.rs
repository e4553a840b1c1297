//! Disks and limits that are full: every command ends with a sentence, nothing stays half done, and no advice makes it worse.

use std::{fs, path::Path, process::Command};

use crate::support::{Answer, Laptop, Panel};

/// Runs a command while no file may grow beyond so many blocks of 512 bytes.
fn within(blocks: u64, laptop: &Laptop, arguments: &[&str]) -> Answer {
    let limit = format!("ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.arg("-c").arg(limit).arg(env!("CARGO_BIN_EXE_hecha"));
    command.arg("--home").arg(&laptop.home).args(["--lang", "zh"]).args(arguments);
    Answer::of(command.output().unwrap())
}

fn create(file: &str) -> Vec<&str> {
    let mut create = vec!["visit", "create", file, "--facility", "青禾镇卫生院", "--profile", "township"];
    create.extend(["--stage", "county", "--date", "2026-11-21", "--lead", "林若安:医疗:主任医师"]);
    create
}

fn n_visits(laptop: &Laptop) -> String {
    let doctor = laptop.json(&["doctor", "--json"]);
    let visits = doctor["checks"].as_array().unwrap().iter().find(|check| check["key"] == "visits").unwrap();
    visits["found"].as_str().unwrap().to_owned()
}

#[test]
fn a_sync_that_may_not_write_so_much_says_so_and_advises_nothing_that_would_cut_the_file() {
    let panel = Panel::settled(2);
    let (file, member) = (panel.file.as_str(), &panel.laptops[1]);
    let good = panel.file_bytes();
    // The file of the share is cut to nothing, the database stays below the limit of what is written to it.
    member.ok(&["score", file, "TM-02", "--grade", "B", "--note", &"注".repeat(3_000)]);
    let blocks = u64::try_from(good.len()).unwrap() / 512;
    for in_place in [&[][..], &["--in-place"]] {
        let answer = within(blocks, member, &[&["sync", file], in_place].concat());
        assert_eq!(answer.code, Some(1), "{answer:?}");
        assert!(answer.err.contains("文件太大") && answer.err.contains("空间用完了"), "{}", answer.err);
        assert!(!answer.err.contains("--in-place"), "{}", answer.err);
        assert_eq!(panel.file_bytes(), good, "not a byte was lost");
    }
    member.ok(&["sync", file]);
    assert!(panel.file_bytes().len() > good.len());
}

#[test]
fn a_database_that_may_not_grow_is_told_and_not_died_of() {
    let panel = Panel::settled(1);
    let (file, lead) = (panel.file.as_str(), panel.lead());
    let answer = within(8, lead, &["score", file, "TM-02", "--grade", "B"]);
    assert_eq!(answer.code, Some(1), "{answer:?}");
    assert!(answer.err.starts_with("错误："), "{}", answer.err);
    lead.ok(&["score", file, "TM-02", "--grade", "B"]);
}

#[test]
fn a_visit_whose_file_cannot_be_written_is_not_founded_and_leaves_nothing() {
    let folder = crate::support::new_folder();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let laptop = Laptop::new(at("home"));
    assert_eq!(n_visits(&laptop), "0");
    fs::write(at("file"), "x").unwrap();
    for file in [at("nowhere/visit.hecha"), at("file/visit.hecha")] {
        laptop.refuses(1, &create(&file));
        assert_eq!(n_visits(&laptop), "0", "{file}");
    }
    // Room for the database as it is, and not for the file: half of it would be left.
    let file = at("visit.hecha");
    let answer = within(400, &laptop, &create(&file));
    assert_eq!(answer.code, Some(1), "{answer:?}");
    assert!(answer.err.contains("核查没有建立") && answer.err.contains("文件太大"), "{}", answer.err);
    assert!(!Path::new(&file).exists(), "half a file was left");
    assert_eq!(n_visits(&laptop), "0");
    laptop.ok(&create(&file));
    assert_eq!(n_visits(&laptop), "1");
}
