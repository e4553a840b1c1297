//! `hecha --plain`: a panel that scores, closes, decides, signs and ends by questions and answers over pipes alone; answers that break
//! off or make no sense lose nothing.

use std::{io::Write, process::Stdio};

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::support::{Answer, Laptop, PANEL, Panel, program};

/// What a laptop says to these answers, one a line; it must end well, and say nothing that steers a terminal.
fn told(laptop: &Laptop, file: &str, lang: &str, answers: &[u8]) -> String {
    let mut command = program();
    command.arg("--home").arg(&laptop.home).args(["--lang", lang, "--plain", file]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let answers = answers.to_vec();
    // It may leave before it has heard everything.
    let writer = std::thread::spawn(move || input.write_all(&answers).is_ok());
    let answer = Answer::of(child.wait_with_output().unwrap());
    writer.join().unwrap();
    assert_eq!((answer.code, answer.err.as_str()), (Some(0), ""), "{}", answer.out);
    assert!(answer.out.chars().all(|c| c == '\n' || !c.is_control()), "{:?}", answer.out);
    assert!(answer.out.lines().all(|line| line.width() <= 80), "{}", answer.out);
    answer.out
}

/// In Chinese, with the line breaks taken out that only the width made.
fn says(laptop: &Laptop, file: &str, answers: &[&str]) -> String {
    let answers: String = answers.iter().map(|answer| format!("{answer}\n")).collect();
    told(laptop, file, "zh", answers.as_bytes()).replace('\n', "")
}

fn scored(laptop: &Laptop, file: &str) -> u64 {
    let panel: Value = serde_json::from_str(&laptop.run(&["panel", file, "--json"]).out).unwrap();
    let own = panel["members"].as_array().unwrap().iter().filter_map(|it| it["scored"].as_u64()).max();
    own.unwrap_or(0)
}

/// The clauses of the small profile with their points.
fn clauses(laptop: &Laptop) -> Vec<Value> {
    let shown = laptop.json(&["checklist", "show", "small", "--json"]);
    shown["clauses"].as_array().unwrap().clone()
}

/// An answer that meets a point.
fn good(point: &Value) -> String {
    let measure = &point["measure"];
    match measure["kind"].as_str().unwrap() {
        "tick" => "是".to_owned(),
        "ratio" if measure["at_most"].is_number() => "０／２０".to_owned(),
        "ratio" => "20/20".to_owned(),
        "number" if measure["min"].is_number() => measure["min"].to_string(),
        "number" if measure["max"].is_number() => measure["max"].to_string(),
        "number" => "1".to_owned(),
        "inventory" => "全好".to_owned(),
        "count" => "all".to_owned(),
        other => panic!("{other}"),
    }
}

fn texts(answers: &[String]) -> Vec<&str> {
    answers.iter().map(String::as_str).collect()
}

/// Scores all: the first clause by its points, the second as `second`, the others with a C; then submits and confirms.
fn score_and_submit(laptop: &Laptop, file: &str, clauses: &[Value], second: &[&str]) -> String {
    let mut answers = ["1", "1", "1"].map(str::to_owned).to_vec();
    answers.extend(clauses[0]["points"].as_array().unwrap().iter().map(good));
    answers.extend(second.iter().map(|it| (*it).to_owned()));
    answers.extend(clauses.iter().skip(2).flat_map(|_| ["Ｃ".to_owned(), "无".to_owned()]));
    answers.extend(["..", "3", "是", "是"].map(str::to_owned));
    says(laptop, file, &texts(&answers))
}

#[test]
fn a_panel_comes_from_the_first_vote_to_the_final_record_by_questions_alone() {
    let panel = Panel::small(5, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let clauses = clauses(lead);
    let n = clauses.len();
    let grades: [&[&str]; 5] =
        [&["A", "无"], &["2", "a", "无"], &["C", "无"], &["c", "无"], &["3", "2", "没有中医科"]];
    for (laptop, second) in panel.laptops.iter().zip(grades).rev() {
        let out = score_and_submit(laptop, file, &clauses, second);
        assert!(out.contains("TM-01 C1 已记：是") && out.contains("TM-01 现在：A"), "{out}");
        assert!(out.contains(&format!("应评 {n} 个条款，已评 {n} 个")), "{out}");
        assert!(out.contains("评分包已封存") && out.contains("同步完成"), "{out}");
    }
    let refused = says(&panel.laptops[1], file, &["8", "9", "12"]);
    assert!(refused.contains("错误：没有执行。"), "a member does not do the lead's work: {refused}");
    let out = says(lead, file, &["8", "是", "否", "8", "是", "是"]);
    assert!(
        out.contains("组员都已提交") && out.contains("没有执行。") && out.contains("评分已结束。"),
        "{out}"
    );
    panel.sync_all(5);
    panel.sync_all(5);

    // The vote in the clear, and the verdict where the rule names none.
    let out = says(&panel.laptops[2], file, &["10", "tm-02", "B", "当日补查"]);
    assert!(out.contains("林若安 A（直接评档）") && out.contains("赵一鸣 不适用（没有中医科）"), "{out}");
    assert!(out.contains("已公开表决：TM-02 B"), "{out}");
    let out = says(lead, file, &["5", "9", "1", "+", "1", "-", "B", "..", "B", "现场复看后一致", ".."]);
    assert!(
        out.contains("还没有结论的 1 项：TM-02") && out.contains("合议表决：马文博 B（当日补查）"),
        "{out}"
    );
    assert!(out.contains("没有理由，结论没有记录。") && out.contains("TM-02 已记录：B"), "{out}");
    assert!(out.contains("都已有结论"), "{out}");
    assert_eq!(lead.json(&["result", file, "--json"])["clauses"][1]["verdict"], "B");

    for laptop in panel.laptops.iter().rev() {
        let out = says(laptop, file, &["11", "是", "是"]);
        assert!(out.contains("已签字。核查记录 "), "{out}");
    }
    // What holds the end up is told in words, one after the other let pass, and asked twice.
    let check = lead.run(&["finalize", file, "--check", "--json"]).out;
    let check: Value = serde_json::from_str(&check).unwrap();
    let n_open = check["blocking"].as_array().unwrap().len();
    assert!(n_open > 0, "nobody compared the identities: {check}");
    let mut answers = vec!["12"];
    answers.extend(std::iter::repeat_n("照实说明", n_open));
    let out = says(lead, file, &[answers.as_slice(), &["是", "否"]].concat());
    assert!(out.contains("定稿前要处理：") && !out.contains("已定稿"), "{out}");
    let out = says(lead, file, &[answers.as_slice(), &["是", "是"]].concat());
    assert!(out.contains("已定稿。核查记录 ") && out.contains("林若安 "), "{out}");

    let folder = panel.root.join("papers");
    let out = says(lead, file, &["13", "md，json", folder.to_str().unwrap(), "否"]);
    assert_eq!(out.matches("已写出：").count(), 2, "{out}");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2);
}

#[test]
fn things_of_a_list_are_asked_one_by_one_and_each_is_kept() {
    let panel = Panel::small(1, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let points = clauses(lead)[0]["points"].as_array().unwrap().clone();
    let at = |kind: &str| points.iter().position(|it| it["measure"]["kind"] == kind).unwrap();
    let skip = |n: usize| vec!["+"; n];
    // Broken off after three things of the list, in the middle of a fourth: a fault, a thing that is not there.
    let inventory =
        [vec!["1", "TM-01", "1"], skip(at("inventory")), vec!["逐项", "１", "故障", "4", "9"]].concat();
    let out = says(lead, file, &inventory);
    assert!(out.contains("没有听懂") && out.contains("4/"), "{out}");
    let id = points[at("inventory")]["id"].as_str().unwrap();
    assert!(out.contains(&format!("TM-01 {id} 已记：已看 3")), "{out}");
    // The next time they are there; the rest is good, and undo takes it back.
    let open = says(lead, file, &["1", "TM-01", "1", "逐项"]);
    assert!(!open.contains("听懂"), "the first point is a tick and takes no list: {open}");
    let count =
        [vec!["1", "TM-01", "1"], skip(at("count")), vec!["each", "是", "否", "+", "好", "u"]].concat();
    let out = says(lead, file, &count);
    let id = points[at("count")]["id"].as_str().unwrap();
    assert!(out.contains(&format!("TM-01 {id} 已记：1（")), "{out}");
    assert!(out.contains(&format!("已撤销，现在：TM-01 {id} ")), "{out}");
    let none = [vec!["1", "TM-01", "1"], skip(at("count")), vec!["无"]].concat();
    assert!(says(lead, file, &none).contains(&format!("TM-01 {id} 已记：0")));
}

#[test]
fn interests_come_first_and_a_recusal_takes_the_clause_away() {
    let panel = Panel::small(1, &[]);
    let (member, file) = (&panel.laptops[1], panel.file.as_str());
    member.ok(&["visit", "join", file, "--name", PANEL[1]]);
    // Broken off at the second question: nothing is declared yet, and it is asked again.
    assert!(says(member, file, &["1", "配偶在该院中医科"]).contains("申请回避哪些条款"));
    let out =
        says(member, file, &["1", "配偶在该院中医科", "XX-99", "配偶在该院中医科", "ＴＭ－０２", "TM-02"]);
    assert!(out.contains("XX-99") && out.contains("利益申报已记录。"), "{out}");
    assert!(out.contains("您对这个条款回避"), "{out}");
    let out = says(member, file, &["1", "3", "+"]);
    assert!(!out.contains("TM-02 ") && out.contains("TM-03 "), "it is not asked any more: {out}");
    let out = says(member, file, &["3", "否"]);
    assert!(out.contains("没有评分，按“未投票”计"), "{out}");
}

#[test]
fn a_grade_an_absence_and_a_note_outlive_an_end_in_the_middle() {
    let panel = Panel::small(1, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    // A D wants a reason; whoever goes away at that question has kept the D.
    let out = says(lead, file, &["1", "1", "Ｄ"]);
    assert!(out.contains("TM-01 已评：D（直接评档）") && out.contains("请写哪一点未达到"), "{out}");
    assert!(says(lead, file, &["3"]).contains("缺少理由，补上才能提交：TM-01"));
    assert_eq!(scored(lead, file), 1);
    let out = says(lead, file, &["1", "TM-01", "D", "无", "..", "TM-02", "3", "1", "没来得及看"]);
    assert!(out.contains("TM-01 理由已记：无"), "what is owed is not waved away by a word: {out}");
    assert!(out.contains("TM-02 理由已记：没来得及看"), "{out}");
    let out = says(lead, file, &["1", "TM-03", "4", "第一行", "4", "第二行", "7", "u", "5"]);
    assert!(
        out.contains("备注已记：第一行 第二行") && out.contains("已撤销，现在：TM-03 备注 第一行"),
        "{out}"
    );
    let out = says(lead, file, &["1", "TM-02", "5", "=", "q"]);
    assert!(out.contains("TM-02 现在：未评") && out.contains("再见"), "{out}");
    assert_eq!(scored(lead, file), 1);
}

#[test]
fn hostile_answers_lose_nothing_and_never_stop_the_program() {
    let panel = Panel::small(1, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let mut answers = "1\n1\nB\n无\n".as_bytes().to_vec();
    answers.extend(vec![b'x'; 1 << 20]);
    answers.extend(b"\n\xff\xfe\x00\n\x1b]0;title\x07\n\x1b[2J\n\n\n");
    answers.extend("\u{202e}\u{200b}\n../../etc\n-1\n99999999999999999999\n1\n1/0\n5/3\nNaN\n".as_bytes());
    answers.extend("好".repeat(4_001).as_bytes());
    answers.extend("\r\n是\r\n4".as_bytes());
    for lang in ["zh", "en"] {
        let out = told(lead, file, lang, &answers);
        assert!(out.len() < 60_000 && out.contains("TM-0"), "{out}");
    }
    assert!(scored(lead, file) >= 1);
    for answers in [&b""[..], b"1", b"1\n1\n2", b"1\n1\n2\n\n", b"12\n", b"13\n"] {
        told(lead, file, "zh", answers);
    }
    // Garbage wherever one can get to.
    let mut dice = crate::support::Dice::new(18);
    let words = [
        "1", "2", "3", "4", "9", "12", "13", "是", "否", "..", "+", "-", "u", "TM-02", "A", "D", "无",
        "9/10", "逐项", "=", "?", "x\u{7}", "", "*",
    ];
    for _ in 0..6 {
        let answers: Vec<&str> = (0..120).map(|_| words[dice.index(words.len())]).collect();
        says(lead, file, &answers);
    }
    lead.ok(&["fsck", file]);
}

#[test]
fn both_languages_ask_the_same_and_a_narrow_line_stays_narrow() {
    let panel = Panel::small(1, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let answers = "1\n?\n1\n?\n1\n?\n\n+\nyes\nq\n".as_bytes();
    let english = told(lead, file, "en", answers);
    assert!(english.contains("yes or no") && english.contains("Goodbye"), "{english}");
    let own = |text: &str| text.contains("怎么评") || text.contains("已记") || text.contains("答：");
    assert!(!own(&english), "{english}");
    let mut command = lead.command();
    let output = command.args(["--plain", "--width", "24", file]).output().unwrap();
    let answer = Answer::of(output);
    assert_eq!(answer.code, Some(0));
    assert!(
        answer.out.lines().count() > 5 && answer.out.lines().all(|line| line.width() <= 24),
        "{answer:?}"
    );
    // Without a file one of this laptop's visits is chosen.
    let out = says(lead, file, &["q"]);
    assert!(out.contains("青禾镇卫生院"), "{out}");
    let answer = Answer::of(lead.command().args(["--plain"]).output().unwrap());
    assert!(answer.out.contains("1 青禾镇卫生院"), "{answer:?}");
    lead.refuses(2, &["--plain", "sync", file]);
    panel.laptops[4].refuses(1, &["--plain", file]);
}
