//! What differs from system to system: names that one of them refuses, long paths, rare characters, upper and lower case.

use std::{
    fs,
    path::{MAIN_SEPARATOR, Path},
};

use hecha::share::folder::disk::{Disk, RealDisk};
use tempfile::TempDir;

use crate::support::{Laptop, PANEL, Panel, copy_folder, files_below};

/// Arguments that found a visit of a facility in a file.
fn founding<'a>(file: &'a str, facility: &'a str) -> Vec<&'a str> {
    let mut arguments = vec!["visit", "create", file, "--facility", facility, "--profile", "township"];
    arguments.extend(["--stage", "county", "--date", "2026-11-21", "--lead", "林若安:医疗:主任医师"]);
    arguments.extend(["--member", "陈思齐:护理:主管护师", "--member", "马𠮷:中医药:副主任中医师"]);
    arguments.extend(["--member", "周静怡:公共卫生:主管护师", "--member", "赵一鸣:公共卫生:副主任医师"]);
    arguments
}

/// Founds, joins, scores and delivers in a place, with a laptop's folder below it; gives the two laptops.
fn work_in(place: &Path, name: &str) -> ([Laptop; 2], String) {
    fs::create_dir_all(place).unwrap();
    let file = place.join(name).to_str().unwrap().to_owned();
    let laptops = [1, 2].map(|n| Laptop::new(place.join(format!("home-{n}"))));
    let [lead, member] = &laptops;
    lead.ok(&founding(&file, "𠮷野㐀卫生院😀"));
    member.ok(&["visit", "join", &file, "--name", "马𠮷"]);
    for laptop in &laptops {
        laptop.ok(&["visit", "declare", &file, "none"]);
    }
    member.ok(&["score", &file, "TM-02", "--grade", "B", "--reason", "登记𠮷齐全"]);
    member.ok(&["sync", &file]);
    lead.ok(&["sync", &file]);
    (laptops, file)
}

/// Every command that reads or writes files does so in this place.
fn works_in(place: &Path, name: &str) {
    let ([lead, member], file) = work_in(place, name);
    let info = lead.json(&["visit", "info", &file, "--json"]);
    assert_eq!(info["members"][2]["name"], "马𠮷");
    assert_eq!(lead.json(&["fsck", &file, "--json"])["result"], "clean");
    let kept = lead.json(&["restore", &file, "--json"])["generations"].as_array().unwrap().clone();
    assert!(Path::new(kept[0]["file"].as_str().unwrap()).is_file(), "{kept:?}");
    lead.ok(&["restore", &file, "--from", "1"]);
    let copy = place.join("另存𠮷.hecha");
    member.ok(&["sync", &file]);
    member.ok(&["sync", &file, "--to", copy.to_str().unwrap()]);
    assert_eq!(fs::read(&copy).unwrap(), fs::read(&file).unwrap());
    let out = place.join("报告");
    let said = lead.ok(&["report", &file, "--format", "md,csv,json", "--out", out.to_str().unwrap()]).out;
    for path in said.lines() {
        let (path, told) = (Path::new(path), path.ends_with("md"));
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(!told || text.contains("𠮷野㐀卫生院😀"));
    }
    assert_eq!(files_below(&out).len(), 3, "{said}");
    assert!(!lead.ok(&["doctor"]).out.contains("打不开"));
}

#[test]
fn characters_that_no_old_code_page_has_come_through() {
    let root = TempDir::new().unwrap();
    works_in(&root.path().join("𠮷 㐀 ï ☃ 😀"), "核查𠮷㐀😀.hecha");
}

#[test]
fn a_path_of_more_than_260_characters_is_like_any_other() {
    let root = TempDir::new().unwrap();
    let long =
        (0..6).fold(root.path().to_owned(), |path, n| path.join(format!("{n}{}", "长路径abcdef".repeat(5))));
    assert!(long.to_str().unwrap().encode_utf16().count() > 260);
    works_in(&long, "visit.hecha");
}

#[test]
fn names_that_a_system_refuses_are_not_given() {
    let panel = Panel::small(1, &[]);
    let lead = panel.lead();
    let home = Laptop::new(panel.root.join("other"));
    for name in
        ["con.hecha", "NUL.hecha", "com1.hecha", "a:b.hecha", "visit?.hecha", "visit.hecha.", "visit.hecha "]
    {
        // Not joined: `a:` would be a drive.
        let file = format!("{}{MAIN_SEPARATOR}{name}", panel.share().display());
        let file = file.as_str();
        let answer = home.refuses(1, &founding(file, "青禾镇卫生院"));
        assert!(answer.err.contains("文件名"), "{name}: {}", answer.err);
        let answer = lead.refuses(1, &["sync", &panel.file, "--to", file]);
        assert!(answer.err.contains("文件名"), "{name}: {}", answer.err);
    }
    assert_eq!(files_below(&panel.share()), [Path::new(&panel.file)], "nothing was made");
}

#[test]
fn reports_are_named_so_that_every_system_takes_them() {
    let root = TempDir::new().unwrap();
    for (n, facility) in
        ["CON.青禾", "aux.", "a:b*c?", "..\\..\\x", "../../x", "院".repeat(200).as_str()].iter().enumerate()
    {
        let home = Laptop::new(root.path().join(format!("home-{n}")));
        let file = root.path().join(format!("visit-{n}.hecha"));
        let file = file.to_str().unwrap();
        home.ok(&founding(file, facility));
        let out = root.path().join(format!("out-{n}"));
        home.ok(&["report", file, "--format", "md", "--out", out.to_str().unwrap()]);
        let written = files_below(&out);
        let name = written[0].file_name().unwrap().to_str().unwrap();
        assert_eq!(written.len(), 1, "{facility}");
        assert!(hecha::share::folder::name::is_portable(name) && name.ends_with(".md"), "{facility}: {name}");
    }
}

#[test]
fn a_visit_is_found_again_as_its_system_tells_names_apart() {
    let panel = Panel::settled(2);
    let member = &panel.laptops[1];
    let shouted = panel.share().join("VISIT.HECHA");
    let shouted = shouted.to_str().unwrap();
    fs::remove_file(&panel.file).unwrap();
    if cfg!(windows) {
        // The file is away: only the path tells which visit is meant, and what is recorded waits for the file.
        member.ok(&["score", shouted, "TM-02", "--grade", "B"]);
        let answer = member.ok(&["sync", shouted]);
        assert!(answer.out.contains("本机待同步 0 "), "{}", answer.out);
        let slashes = panel.file.replace('\\', "/");
        assert_eq!(member.json(&["visit", "info", &slashes, "--json"])["members"][1]["scored"], 1);
        assert_eq!(files_below(&panel.share()).len(), 1);
    } else {
        member.refuses(1, &["score", shouted, "TM-02", "--grade", "B"]);
    }
}

#[test]
fn a_data_folder_moves_from_laptop_to_laptop() {
    let panel = Panel::settled(2);
    let moved = panel.root.join("搬到别处");
    copy_folder(&panel.laptops[1].home, &moved);
    let info = Laptop::new(&moved).json(&["visit", "info", &panel.file, "--json"]);
    assert_eq!(info["members"][1]["name"], PANEL[1]);
}

#[test]
fn only_a_system_that_tells_is_believed_about_processes() {
    let told = RealDisk.runs(std::process::id());
    assert_eq!(told, if cfg!(target_os = "linux") { Some(true) } else { None });
    assert_ne!(RealDisk.runs(u32::MAX), Some(true));
}
