//! Wrong commands, votes, members, checklists and databases: said in three lines, with the right exit code, and nothing changed.

use std::path::Path;

use crate::support::{Answer, Laptop, PANEL, Panel, new_folder};
use serde_json::Value;

/// What a laptop knows: the visit as told, with one's own votes.
fn state(laptop: &Laptop, file: &str) -> [Value; 2] {
    [laptop.json(&["visit", "info", file, "--json"]), laptop.json(&["merge", file, "--json"])]
}

/// A command is refused and says these words, in this order.
#[track_caller]
fn refuses(laptop: &Laptop, code: i32, arguments: &[&str], words: &[&str]) {
    let answer = laptop.refuses(code, arguments);
    assert_says(&answer, words);
}

#[track_caller]
fn assert_says(answer: &Answer, words: &[&str]) {
    let mut rest = answer.err.as_str();
    for word in words {
        let Some(at) = rest.find(word) else { panic!("{word} is missing, or too early: {}", answer.err) };
        rest = &rest[at + word.len()..];
    }
}

#[test]
fn a_mistyped_command_is_no_file_and_the_nearest_one_is_named() {
    let folder = new_folder();
    let laptop = Laptop::new(folder.path().join("home"));
    for arguments in [&["vsit"][..], &["vsit", "info", "a.hecha"], &["--lang", "zh", "vsit"]] {
        refuses(&laptop, 2, arguments, &["没有“vsit”这个命令或文件", "是不是 visit"]);
    }
    refuses(&laptop, 2, &["sycn"], &["没有“sycn”这个命令或文件", "是不是 sync"]);
    // What may be a file is one.
    let answer = laptop.refuses(2, &["vsit.hecha"]);
    assert!(answer.err.contains("没有终端"), "{}", answer.err);
}

/// A clause and a point of a measure, from the checklist as the program shows it.
fn point_of(laptop: &Laptop, file: &str, kind: &str) -> (String, String) {
    let checklist = laptop.json(&["checklist", "show", file, "--json"]);
    for clause in checklist["clauses"].as_array().unwrap() {
        for point in clause["points"].as_array().unwrap() {
            if point["measure"]["kind"] == kind {
                let text = |value: &Value| value.as_str().unwrap().to_owned();
                return (text(&clause["id"]), text(&point["id"]));
            }
        }
    }
    panic!("no point of kind {kind}");
}

fn panel_with_a_vote() -> Panel {
    let panel = Panel::small(2, &[]);
    panel.laptops[1].ok(&["score", &panel.file, "TM-02", "--grade", "B", "--note", "原有记录"]);
    panel
}

#[test]
fn votes_that_do_not_hold_change_nothing() {
    let panel = panel_with_a_vote();
    let (laptop, file) = (&panel.laptops[1], panel.file.as_str());
    let before = state(laptop, file);
    let score = |code: i32, arguments: &[&str], words: &[&str]| {
        let mut all = vec!["score", file];
        all.extend(arguments);
        refuses(laptop, code, &all, words);
    };
    score(1, &["TM-99", "--grade", "A"], &["没有这个条款：TM-99"]);
    score(1, &["tm-02", "--grade", "A"], &["没有这个条款：tm-02", "是不是 TM-02？"]);
    score(1, &["\u{1b}[31m红", "--grade", "A"], &["没有这个条款：红"]);
    score(1, &["TM-02"], &["TM-02：没有要记录的内容"]);
    score(1, &["TM-02", "--grade", "E"], &["档次“E”不是 A/B/C/D"]);
    score(1, &["TM-02", "--grade", "D"], &["评 D 必须写理由"]);
    score(1, &["TM-02", "--absent", "not-applicable"], &["不适用必须写理由"]);
    score(1, &["TM-03", "--absent", "not-applicable", "--reason", "r"], &["TM-03", "不能记为不适用"]);
    score(1, &["TM-02", "--absent", "recused", "--reason", "r"], &["not-applicable、not-seen、not-provided"]);
    score(1, &["TM-02", "--absent", "holiday"], &["缺席“holiday”"]);
    score(2, &["TM-02", "--grade", "A", "--absent", "not-seen"], &["--grade"]);
    score(2, &["TM-02", "--point", "C1"], &["--point 要写成 C1=yes"]);
    score(2, &[], &["CLAUSE"]);
    score(1, &["TM-02", "--point", "C77=yes"], &["TM-02 没有要点 C77；有 C1、"]);
    let wrong_values: [(&str, &[&str], &str); 5] = [
        ("tick", &["vielleicht", "9/10", ""], "yes 或 no"),
        ("ratio", &["9", "a/b", "-1/5", "1.5/2", "1/2/3"], "如 9/10"),
        ("number", &["abc", "1e3", "0.00001", "99999999999999999999", "", "NaN"], "数值"),
        ("inventory", &["defibrillator", "x:unknown", ":"], "物品:状态"),
        ("count", &["NO-SUCH-ITEM"], "清单里没有 NO-SUCH-ITEM"),
    ];
    for (kind, values, words) in wrong_values {
        let (clause, point) = point_of(laptop, file, kind);
        for value in values {
            let point = format!("{point}={value}");
            score(1, &[&clause, "--point", &point], &[&clause, words]);
        }
    }
    let (clause, point) = point_of(laptop, file, "ratio");
    score(1, &[&clause, "--point", &format!("{point}=0/0")], &["分母为 0"]);
    score(1, &[&clause, "--point", &format!("{point}=21/20")], &["分子 21 大于分母 20"]);
    score(1, &[&clause, "--point", &format!("{point}=na")], &["不能记为不适用"]);
    // One good and one bad value: the good one is not kept either.
    score(1, &["TM-02", "--point", "C1=yes", "--point", "C77=yes"], &["C77"]);
    assert_eq!(state(laptop, file), before);
}

#[test]
fn an_import_lists_every_bad_row_and_takes_none() {
    let panel = panel_with_a_vote();
    let (laptop, file) = (&panel.laptops[1], panel.file.as_str());
    let before = state(laptop, file);
    let (clause, point) = point_of(laptop, file, "ratio");
    let csv = panel.root.join("votes.csv");
    let import = |bytes: &[u8], words: &[&str]| {
        std::fs::write(&csv, bytes).unwrap();
        let answer = laptop.refuses(1, &["score", file, "--import", csv.to_str().unwrap()]);
        assert_says(&answer, words);
        answer
    };
    let rows = format!(
        "clause,grade,points,absent,reason,note\nTM-01,B,,,理由,好的一行\nTM-99,A,,,,\n{clause},,{point}=0/0,,,\n\
         ,B,,,,没有编号\nTM-02,X,,,,\nTM-02,,C1,,,\nTM-04,A,,not-seen,,\nTM-05,D,,,,\n"
    );
    let lines = [
        "第 3 行第 1 列：",
        "第 4 行第 3 列：",
        "第 5 行第 1 列：",
        "第 6 行第 1 列：第 4 行已经有 TM-02",
        "第 6 行第 2 列：",
        "第 7 行第 3 列：",
        "第 8 行第 4 列：",
        "第 9 行第 5 列：",
    ];
    let answer = import(rows.as_bytes(), &lines);
    assert!(!answer.err.contains("第 2 行"), "a good row is not listed: {}", answer.err);
    assert_eq!(answer.err.lines().filter(|line| line.starts_with("  - ")).count(), 8, "{}", answer.err);
    import(
        "条款,级别\nTM-01,A\n".as_bytes(),
        &["clause,grade,points", "第 1 行：这一行最像标题行：认识“条款”，不认识“级别”"],
    );
    import(b"clause,grade\nTM-01,\xb2\xe2\xca\xd4\n", &["第 2 行第 2 列：", "测试"]);
    import(b"clause,grade,reason\nTM-01,D,\xc8\xb1\n", &["第 2 行第 3 列：", "缺", "分不清"]);
    import(b"clause,grade,grade\nTM-01,A,B\n", &["第 1 行第 3 列：", "第 1 行第 2 列"]);
    import("clause,grade,\nTM-01,A,多\n".as_bytes(), &["第 2 行第 3 列：", "多"]);
    import(
        "clause;grade;reason\nTM-01;D;\"没有结束\nTM-02;A;\n".as_bytes(),
        &["第 2 行第 3 列：", "没有结束"],
    );
    import(b"", &["文件是空的"]);
    import("说明\n没有表\n".as_bytes(), &["clause,grade,points"]);
    import(&[0; 4096], &["第 1 行第 1 列：", "不是文字"]);
    import(b"\x89PNG\r\n\x1a\n\x00\x00\x00", &["是图片，不是表格"]);
    let missing = panel.root.join("no-such.csv");
    refuses(laptop, 1, &["score", file, "--import", missing.to_str().unwrap()], &["打不开", "no-such.csv"]);
    refuses(laptop, 1, &["score", file, "--import", panel.root.to_str().unwrap()], &["打不开"]);
    assert_eq!(state(laptop, file), before);
}

#[test]
fn a_text_that_is_too_long_is_refused_and_never_cut() {
    let panel = panel_with_a_vote();
    let (laptop, lead, file) = (&panel.laptops[1], panel.lead(), panel.file.as_str());
    let before = (state(laptop, file), state(lead, file));
    let (line, note) = ("长".repeat(401), "长".repeat(4_001));
    let bytes = std::fs::read(file).unwrap();
    refuses(
        laptop,
        1,
        &["score", file, "TM-02", "--grade", "D", "--reason", &line],
        &["TM-02", "401", "最多 400"],
    );
    refuses(laptop, 1, &["score", file, "TM-02", "--note", &note], &["TM-02", "4001", "最多 4000"]);
    refuses(laptop, 1, &["visit", "declare", file, &note], &["没有记录", "4001", "最多 4000", "缩短"]);
    refuses(lead, 1, &["decide", file, "TM-02", "B", "--reason", &line], &["没有记录", "401", "最多 400"]);
    refuses(lead, 1, &["object", file, "TM-02", "--text", &note], &["没有记录", "4001", "最多 4000"]);
    let csv = panel.root.join("long.csv");
    std::fs::write(&csv, format!("clause,grade,reason\nTM-01,B,好\nTM-02,D,{line}\n")).unwrap();
    refuses(
        laptop,
        1,
        &["score", file, "--import", csv.to_str().unwrap()],
        &["第 3 行第 3 列：", "最多 400"],
    );
    assert_eq!((state(laptop, file), state(lead, file)), before);
    assert_eq!(std::fs::read(file).unwrap(), bytes);
    // What is as long as may be is kept whole, blanks at its ends and signs that are not shown aside.
    let kept = format!(" {}\u{200b} ", &line[3..]);
    laptop.ok(&["score", file, "TM-02", "--grade", "D", "--reason", &kept, "--note", &note[3..]]);
}

#[test]
fn a_visit_is_not_founded_on_wrong_words() {
    let folder = new_folder();
    let laptop = Laptop::new(folder.path().join("home"));
    let share = folder.path().join("share");
    std::fs::create_dir(&share).unwrap();
    let file = share.join("visit.hecha");
    let good = [
        ("--facility", "某卫生院"),
        ("--profile", "village"),
        ("--stage", "county"),
        ("--date", "2026-11-21"),
        ("--lead", "林若安:医疗:主任医师"),
        ("--member", "陈思齐:护理"),
    ];
    let create = |code: i32, changed: &str, value: &str, words: &[&str]| {
        let mut arguments = vec!["visit", "create", file.to_str().unwrap()];
        for (name, usual) in good {
            arguments.extend([name, if name == changed { value } else { usual }]);
        }
        if !changed.is_empty() && good.iter().all(|(name, _)| *name != changed) {
            arguments.extend([changed, value]);
        }
        refuses(&laptop, code, &arguments, words);
    };
    create(1, "--profile", "townshop", &["清单 townshop 不能使用", "township"]);
    create(2, "--stage", "national", &["--stage", "county"]);
    for date in ["2026-02-30", "21.11.2026", "2026-11-21T10:00", ""] {
        create(2, "--date", date, &["--date", "2026-11-21"]);
    }
    create(1, "--facility", " \u{200b}\t", &["机构名称是空的"]);
    create(1, "--lead", "林若安:外星学:主任医师", &["外星学", "医疗"]);
    create(1, "--lead", ":医疗:主任医师", &["缺姓名"]);
    create(1, "--member", "林若安:护理", &["名单里有两个“林若安”"]);
    create(1, "--recuse", "不在名单:*:亲属", &["没有这个组员：不在名单"]);
    create(1, "--recuse", "陈思齐:XX-99:亲属", &["没有这个条款：XX-99"]);
    create(1, "--recuse", "陈思齐:*", &["姓名:条款或*:理由"]);
    create(2, "--nonsense", "x", &["--nonsense"]);
    refuses(&laptop, 2, &["visit", "create", file.to_str().unwrap()], &["--facility"]);
    refuses(&laptop, 2, &["visit", "crate"], &["没有命令“crate”", "create"]);
    refuses(&laptop, 2, &["report", file.to_str().unwrap(), "--format", "pdf"], &["pdf", "md"]);
    std::fs::write(folder.path().join("plain"), "x").unwrap();
    let below_a_file = folder.path().join("plain").join("visit.hecha");
    assert_eq!(std::fs::read_dir(&share).unwrap().count(), 0, "a refused founding leaves no file");
    let doctor = laptop.json(&["doctor", "--json"]);
    let visits = doctor["checks"].as_array().unwrap().iter().find(|check| check["key"] == "visits").unwrap();
    assert_eq!(visits["found"], "0", "a refused founding leaves no visit");

    std::fs::write(&file, "something of mine").unwrap();
    create(1, "", "", &["已经有文件"]);
    assert_eq!(std::fs::read(&file).unwrap(), b"something of mine");
    let mut arguments = vec!["visit", "create", below_a_file.to_str().unwrap()];
    arguments.extend(good.iter().flat_map(|(name, value)| [*name, *value]));
    refuses(&laptop, 1, &arguments, &["plain"]);
}

#[test]
fn a_laptop_has_one_name_and_without_one_it_records_nothing() {
    let panel = panel_with_a_vote();
    let (laptop, file) = (&panel.laptops[1], panel.file.as_str());
    let before = (state(laptop, file), panel.file_bytes());
    let newcomer = &panel.laptops[4];
    refuses(newcomer, 1, &["visit", "join", file, "--name", "陌生人"], &["名单里没有“陌生人”", PANEL[1]]);
    let recovery = ["visit", "join", file, "--name", PANEL[1], "--recovery", "1234-5678"];
    refuses(newcomer, 1, &recovery, &["恢复码输入有误"]);
    refuses(newcomer, 2, &["visit", "join", file, "--name", "陌生人", "--field", "法律"], &["--field"]);
    refuses(laptop, 1, &["visit", "join", file, "--name", PANEL[2]], &["已用", PANEL[1]]);
    refuses(newcomer, 1, &["score", file, "TM-02", "--note", "x"], &["还没有加入", "visit join"]);
    refuses(newcomer, 1, &["submit", file, "--yes"], &["还没有加入", "visit join"]);
    refuses(newcomer, 1, &["visit", "declare", file, "none"], &["还没有加入", "visit join"]);
    refuses(newcomer, 1, &["close", file, "--yes"], &["还没有加入", "visit join"]);
    let nowhere = panel.root.join("share").join("no-such.hecha");
    for arguments in [
        vec!["visit", "join", nowhere.to_str().unwrap(), "--name", PANEL[4]],
        vec!["sync", nowhere.to_str().unwrap()],
        vec!["visit", "info", nowhere.to_str().unwrap()],
    ] {
        refuses(newcomer, 1, &arguments, &["打不开", "no-such.hecha"]);
    }
    assert_eq!((state(laptop, file), panel.file_bytes()), before);
}

#[test]
fn a_broken_checklist_of_the_user_is_told_and_visits_go_on() {
    let panel = panel_with_a_vote();
    let (laptop, file) = (&panel.laptops[1], panel.file.as_str());
    let before = state(laptop, file);
    let areas = laptop.home.join("checklists").join("areas");
    std::fs::create_dir_all(&areas).unwrap();
    let bad = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checklist/bad");
    std::fs::copy(bad.join("unclosed-string.toml"), areas.join("emergency.toml")).unwrap();
    let new = panel.root.join("share").join("new.hecha");
    let create = [
        "visit",
        "create",
        new.to_str().unwrap(),
        "--facility",
        "某院",
        "--profile",
        "township",
        "--stage",
        "county",
        "--date",
        "2026-11-21",
        "--lead",
        "林若安:医疗",
    ];
    refuses(laptop, 1, &create, &["清单 township 不能使用", "emergency.toml"]);
    std::fs::write(areas.join("emergency.toml"), b"[area]\nid = \"\xff\xfe\"\n").unwrap();
    refuses(laptop, 1, &create, &["emergency.toml"]);
    let checked = laptop.run(&["checklist", "check"]);
    assert_eq!(checked.code, Some(1), "{checked:?}");
    assert!(!new.exists());
    assert_eq!(state(laptop, file), before, "a visit carries its own checklist");
    laptop.ok(&["score", file, "TM-02", "--grade", "A"]);
}

#[test]
fn a_database_that_cannot_be_read_is_left_alone() {
    let panel = panel_with_a_vote();
    let (laptop, file) = (&panel.laptops[1], panel.file.as_str());
    let before = state(laptop, file);
    let database = laptop.home.join("hecha.db");
    let good = std::fs::read(&database).unwrap();
    let newer = {
        let connection = rusqlite::Connection::open(&database).unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        drop(connection);
        std::fs::read(&database).unwrap()
    };
    let mut torn = good.clone();
    torn[4096..12_288].fill(0xA5);
    let cut = good[..good.len() / 2 + 100].to_vec();
    let page = b"<!DOCTYPE html><html>Sign in to the network</html>".repeat(40);
    for (bytes, code, words) in
        [(newer, 1, "更新的程序"), (page, 3, "本机数据库"), (torn, 3, "本机数据库"), (cut, 3, "本机数据库")]
    {
        std::fs::write(&database, &bytes).unwrap();
        for arguments in [
            vec!["score", file, "TM-02", "--grade", "A"],
            vec!["sync", file],
            vec!["visit", "info", file],
            vec!["submit", file, "--yes"],
        ] {
            refuses(laptop, code, &arguments, &[words]);
        }
        assert_ne!(laptop.run(&["doctor"]).code, Some(0), "{words}");
        assert!(std::fs::read(&database).unwrap() == bytes, "{words}: the database was changed");
    }
    std::fs::write(&database, &good).unwrap();
    assert_eq!(state(laptop, file), before);

    std::fs::write(panel.root.join("plain"), "x").unwrap();
    for home in [panel.root.join("plain"), panel.root.join("plain").join("home")] {
        let nowhere = Laptop::new(home);
        refuses(&nowhere, 1, &["score", file, "TM-02", "--grade", "A"], &["数据文件夹"]);
    }
    let taken = Laptop::new(panel.root.join("taken"));
    std::fs::create_dir_all(taken.home.join("hecha.db")).unwrap();
    refuses(&taken, 1, &["visit", "join", file, "--name", PANEL[3]], &["hecha.db"]);
}
