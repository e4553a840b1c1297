//! Damaged, foreign, newer and swapped shared files: told, healed or left alone, and no vote ever lost to them.

use serde_json::Value;

use crate::support::{Dice, Laptop, PANEL, Panel};

/// What a joined laptop's sync makes of a file.
enum Sync {
    /// It mends the file from its own store and says so.
    Heals,
    /// It leaves the file alone, puts its commits beside it, and exits with this code.
    LeavesAlone(i32),
}

struct Case {
    name: &'static str,
    bytes: Vec<u8>,
    sync: Sync,
    /// Exit code of joining from it.
    join: i32,
}

fn cases(good: &[u8]) -> Vec<Case> {
    let case = |name, bytes, sync, join| Case { name, bytes, sync, join };
    let text = String::from_utf8(good.to_vec()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let flipped = |line: usize, place: usize| {
        let start: usize = lines[..line].iter().map(|line| line.len() + 1).sum();
        let mut bytes = good.to_vec();
        bytes[start + place] ^= 1;
        bytes
    };
    let mut dice = Dice::new(11);
    let noise: Vec<u8> = (0..20_000).map(|_| u8::try_from(dice.roll(256)).unwrap()).collect();
    let html = "<!DOCTYPE html>\n<html><body>请登录网络</body></html>\n";
    let newer = text.replacen("\"min\":1", "\"min\":2", 1);
    let without = |n: usize| lines[..lines.len() - n].join("\n") + "\n";
    let last = lines.len() - 1;
    let mut twice = good.to_vec();
    twice.extend(good);
    vec![
        case("empty", Vec::new(), Sync::Heals, 3),
        case("zero-filled", vec![0; good.len()], Sync::Heals, 3),
        case("binary", noise, Sync::LeavesAlone(3), 3),
        case("an HTML page", html.into(), Sync::LeavesAlone(3), 3),
        case("newer", newer.into(), Sync::LeavesAlone(1), 1),
        case(
            "encrypted",
            text.replacen("\"enc\":\"none\"", "\"enc\":\"age\"", 1).into(),
            Sync::LeavesAlone(1),
            1,
        ),
        case("cut in half", good[..good.len() / 2].to_vec(), Sync::Heals, 3),
        case("cut inside the header", good[..20].to_vec(), Sync::Heals, 3),
        case("cut after the header", lines[0].as_bytes().to_vec(), Sync::Heals, 3),
        case("one byte of a commit flipped", flipped(last - 1, 200), Sync::Heals, 3),
        case("one byte of a signature flipped", flipped(1, 20), Sync::Heals, 3),
        case("one byte of the footer flipped", flipped(last, 30), Sync::Heals, 3),
        case("footer cut", good[..good.len() - 20].to_vec(), Sync::Heals, 3),
        case("footer missing", without(1).into(), Sync::Heals, 3),
        case("last commit missing", without(2).into(), Sync::Heals, 3),
        case("twice in a row", twice, Sync::Heals, 3),
        case("zeros at the end", [&good[..good.len() - 512], &[0; 512]].concat(), Sync::Heals, 3),
    ]
}

fn own_votes(laptop: &Laptop, file: &str) -> Value {
    laptop.json(&["merge", file, "--json"])["clauses"].take()
}

#[test]
fn every_kind_of_damage_is_told_and_costs_nothing() {
    let panel = Panel::small(3, &[]);
    let file = panel.file.as_str();
    let [_, healer, other] = [0, 1, 2].map(|index| &panel.laptops[index]);
    healer.ok(&["score", file, "TM-02", "--grade", "B", "--note", "电池鼓包"]);
    healer.ok(&["sync", file]);
    other.ok(&["sync", file]);
    panel.lead().ok(&["sync", file]);
    healer.ok(&["sync", file]);
    let good = panel.file_bytes();
    let before = own_votes(healer, file);
    for Case { name, bytes, sync, join } in cases(&good) {
        std::fs::write(file, &bytes).unwrap();
        let newcomer = Laptop::new(panel.root.join(format!("new-{}", name.replace(' ', "-"))));
        newcomer.refuses(join, &["visit", "join", file, "--name", PANEL[4]]);
        assert_ne!(newcomer.run(&["visit", "info", file]).code, Some(0), "{name}: it has not joined");
        assert!(panel.file_bytes() == bytes, "{name}: joining changed the file");
        match sync {
            Sync::Heals => {
                let answer = healer.ok(&["sync", file]);
                assert!(answer.err.contains("已用本机数据修复"), "{name}: {}", answer.err);
                assert!(panel.file_bytes() == good, "{name}: not the bytes from before");
            }
            Sync::LeavesAlone(code) => {
                healer.refuses(code, &["sync", file]);
                assert!(panel.file_bytes() == bytes, "{name}: the file was changed");
                assert_eq!(side_files(&panel), 1, "{name}: the commits wait beside the file");
            }
        }
        assert_eq!(own_votes(healer, file), before, "{name}");
    }
}

/// Files beside the shared one, temporary ones included.
fn side_files(panel: &Panel) -> usize {
    std::fs::read_dir(panel.share()).unwrap().count() - 1
}

#[test]
fn a_side_file_is_picked_up_by_the_next_person() {
    let panel = Panel::small(3, &[]);
    let file = panel.file.as_str();
    let good = panel.file_bytes();
    let [_, writer, reader] = [0, 1, 2].map(|index| &panel.laptops[index]);
    writer.ok(&["score", file, "TM-02", "--grade", "B"]);
    std::fs::write(file, "<html>请登录</html>").unwrap();
    let answer = writer.run(&["submit", file, "--yes"]);
    assert_eq!((answer.code, answer.err.contains("还没有写入共享文件")), (Some(0), true), "{answer:?}");
    std::fs::write(file, good).unwrap();
    reader.ok(&["submit", file, "--yes"]);
    panel.lead().ok(&["submit", file, "--yes"]);
    // Only the others' laptops meet again: what the writer left beside the file is in it.
    for laptop in [panel.lead(), reader] {
        laptop.ok(&["sync", file]);
    }
    panel.close(3);
    let merged = reader.json(&["merge", file, "--json"]);
    let row = merged["clauses"].as_array().unwrap().iter().find(|row| row["id"] == "TM-02").unwrap().clone();
    let vote = row["votes"].as_array().unwrap().iter().find(|vote| vote["member"] == PANEL[1]);
    assert_eq!(vote.map(|vote| &vote["grade"]), Some(&Value::from("B")), "{row}");
}

#[test]
fn the_file_of_another_visit_is_never_mixed_in() {
    let (ours, theirs) = (Panel::small(2, &[]), Panel::of_another_visit(2));
    let file = ours.file.as_str();
    let member = &ours.laptops[1];
    member.ok(&["score", file, "TM-02", "--grade", "B"]);
    member.ok(&["sync", file]);
    let good = ours.file_bytes();
    let before = own_votes(member, file);
    let foreign = theirs.file_bytes();
    std::fs::write(file, &foreign).unwrap();
    for arguments in
        [vec!["sync", file], vec!["score", file, "TM-02", "--grade", "A"], vec!["submit", file, "--yes"]]
    {
        let answer = member.refuses(1, &arguments);
        assert!(answer.err.contains("属于另一次核查"), "{}", answer.err);
    }
    assert!(ours.file_bytes() == foreign, "another visit's file was changed");
    std::fs::write(file, &good).unwrap();
    assert_eq!(own_votes(member, file), before);

    // Beside the file, another visit's copy is no replica; neither are its lines inside our file.
    std::fs::write(ours.share().join("visit (冲突副本).hecha"), &foreign).unwrap();
    assert!(member.ok(&["sync", file]).out.contains("收到 0 个新提交"));
    let text = String::from_utf8(foreign).unwrap();
    let stranger = text.lines().nth(1).unwrap();
    let ours_text = String::from_utf8(good.clone()).unwrap();
    let mut lines: Vec<&str> = ours_text.lines().collect();
    lines.insert(2, stranger);
    std::fs::write(file, lines.join("\n") + "\n").unwrap();
    let answer = member.ok(&["sync", file]);
    assert!(answer.err.contains("1 行无法验证"), "{}", answer.err);
    assert!(ours.file_bytes() == good, "a stranger's line is not kept in the file");
    assert_eq!(own_votes(member, file), before);
}

#[test]
fn conflict_copies_and_old_copies_are_merged_whatever_their_names() {
    let panel = Panel::small(4, &[]);
    let file = panel.file.as_str();
    let start = panel.file_bytes();
    let names = ["visit (陈思齐 的冲突副本 2026-11-21).hecha", "visit-DESKTOP-1.hecha", "副本.tmp"];
    for (index, name) in [1, 2, 3].into_iter().zip(names) {
        std::fs::write(file, &start).unwrap();
        panel.laptops[index].ok(&["score", file, "TM-02", "--grade", "B"]);
        panel.laptops[index].ok(&["submit", file, "--yes"]);
        std::fs::rename(file, panel.share().join(name)).unwrap();
    }
    std::fs::write(file, &start).unwrap();
    panel.lead().ok(&["submit", file, "--yes"]);
    panel.lead().ok(&["close", file, "--yes"]);
    assert_eq!(panel.lead().json(&["visit", "info", file, "--json"])["members"][3]["ballot"], "unopened");
    panel.close(4);
    let merged = panel.lead().json(&["merge", file, "--json"]);
    let row = merged["clauses"].as_array().unwrap().iter().find(|row| row["id"] == "TM-02").unwrap().clone();
    assert_eq!((&row["verdict"], &row["hidden"]), (&Value::from("B"), &Value::from(1)), "{row}");
    for name in names {
        std::fs::remove_file(panel.share().join(name)).unwrap();
    }
    panel.laptops[1].ok(&["sync", file]);
    assert_eq!(panel.laptops[1].json(&["merge", file, "--json"])["clauses"], merged["clauses"]);
}
