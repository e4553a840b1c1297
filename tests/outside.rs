//! Laptops that have not joined: anybody reads a file, sees no name, before the end no vote, and leaves no trace; and an office,
//! which reads the same and works on the ledger beside.

use std::{
    collections::BTreeSet,
    fs,
    io::{Cursor, Read},
    path::Path,
    sync::OnceLock,
};

use hecha::{
    domain::{
        edit::{
            Edit,
            rectify::{Plan, Problem, RectifyStep},
            verdict::{Decision, LeadVerdict},
        },
        terms::{grade::Grade, id::FeedId},
    },
    share::wire::{Extra, encode_edit},
};
use serde_json::Value;

use crate::support::{
    Laptop, PANEL, Panel, files_below,
    insider::Insider,
    kept_folder::KeptFolder,
    keyring::{self, Keyring},
};

const IDENTITY: &str = "identity=现场当面核对了身份证";
const ONLY_LOOKS: &str = "没有加入这次核查：只能查看";
/// The kinds of reports.
const FORMATS: &str = "docx,xlsx,html,md,csv,json";

/// A laptop that knows nothing; its data folder is not even there.
fn stranger(panel: &Panel) -> Laptop {
    Laptop::new(panel.root.join("stranger"))
}

fn device(laptop: &Laptop) -> String {
    let checks = laptop.json(&["doctor", "--json"]);
    let checks = checks["checks"].as_array().unwrap();
    checks.iter().find(|check| check["key"] == "device").unwrap()["found"].as_str().unwrap().to_owned()
}

fn sync_all(panel: &Panel) {
    for laptop in panel.laptops.iter().chain(&panel.laptops) {
        laptop.ok(&["sync", &panel.file]);
    }
}

/// Everybody votes; reasons, notes, a declaration and a recusal name members of the panel.
fn vote(panel: &Panel) {
    let file = panel.file.as_str();
    panel.laptops[4].ok(&["visit", "declare", file, "赵一鸣的配偶在该院工作", "--recuse", "TM-05"]);
    panel.lead().ok(&["visit", "recuse", file, "周静怡", "TM-04", "--reason", "周静怡与院长是同学"]);
    let overview = panel.lead().json(&["panel", file, "--json"]);
    let clauses = overview["clauses"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap());
    for (n, laptop) in panel.laptops.iter().enumerate() {
        let mut rows = "clause,grade,points,absent,reason,note\n".to_owned();
        for clause in clauses.clone() {
            rows.push_str(&match (clause, n) {
                ("TM-04", 3) | ("TM-05", 4) => continue,
                ("TM-02", 0 | 1) => format!("{clause},D,C1=0;C3=9/10,,陈思齐看过病历,和林若安一起看的\n"),
                ("TM-02" | "TM-03", _) => format!("{clause},D,,,马文博也没有看到,\n"),
                ("TM-01", 2) => format!("{clause},B,,,,\n"),
                _ => format!("{clause},C,,,,\n"),
            });
        }
        let csv = panel.root.join(format!("votes-{n}.csv"));
        fs::write(&csv, rows).unwrap();
        laptop.ok(&["score", file, "--import", csv.to_str().unwrap()]);
        laptop.ok(&["submit", file, "--yes"]);
    }
}

/// Closed, with a decision, a dissent and an objection that name members.
fn decide(panel: &Panel) {
    let (lead, file) = (panel.lead(), panel.file.as_str());
    panel.close(5);
    lead.ok(&["decide", file, "TM-01", "B", "--reason", "按赵一鸣所见合议"]);
    panel.laptops[2].ok(&["sync", file]);
    panel.laptops[2].ok(&["dissent", file, "TM-01", "--text", "我和周静怡意见不同", "--minority"]);
    lead.ok(&[
        "object",
        file,
        "TM-03",
        "--by",
        "王院长",
        "--text",
        "当天是陈思齐没有看",
        "--answer",
        "已复看",
    ]);
    sync_all(panel);
}

fn finalize(panel: &Panel) {
    panel.sign(&[2, 1, 0]);
    panel.lead().ok(&[
        "finalize",
        &panel.file,
        "--waive",
        IDENTITY,
        "--waive",
        "parity=两人各回避一条",
        "--waive",
        "overruled=合议后按现场所见",
        "--yes",
    ]);
    sync_all(panel);
}

/// A closed visit, made once in a run.
fn closed() -> Panel {
    static MADE: OnceLock<KeptFolder> = OnceLock::new();
    let make = || {
        let panel = Panel::small(5, &[]);
        vote(&panel);
        decide(&panel);
        KeptFolder::of(&panel.root)
    };
    Panel::laid_out(MADE.get_or_init(make))
}

/// The same, final, and with work on its ledger.
fn ended() -> Panel {
    static MADE: OnceLock<KeptFolder> = OnceLock::new();
    let make = || {
        let panel = closed();
        let (lead, file) = (panel.lead(), panel.file.as_str());
        finalize(&panel);
        lead.ok(&["rectify", file, "plan", "TM-02.C1", "--person", PANEL[1], "--goal", "由马文博指导"]);
        lead.ok(&["rectify", file, "submit", "TM-03", "--by", "王芳", "--text", "赵一鸣看过"]);
        sync_all(&panel);
        KeptFolder::of(&panel.root)
    };
    Panel::laid_out(MADE.get_or_init(make))
}

fn assert_nameless(text: &str, what: &str) {
    for name in PANEL {
        assert!(!text.contains(name), "{what} names {name}: {text}");
    }
}

/// What stands beside the shared file, with its bytes: no lock, no copy, no changed byte.
fn beside(panel: &Panel) -> Vec<(String, Vec<u8>)> {
    let files = files_below(&panel.share());
    files.iter().map(|file| (file.display().to_string(), fs::read(file).unwrap())).collect()
}

/// The commands that read a final visit.
fn reading(file: &str) -> Vec<Vec<&str>> {
    vec![
        vec!["result", file],
        vec!["merge", file],
        vec!["panel", file],
        vec!["agreement", file],
        vec!["feedback", file],
        vec!["visit", "info", file],
        vec!["rectify", file, "list"],
        vec!["log", file],
        vec!["log", file, "TM-02"],
        vec!["fsck", file],
    ]
}

#[test]
fn anybody_reads_a_final_visit_without_names_and_leaves_no_trace() {
    let panel = ended();
    let file = panel.file.as_str();
    let outside = stranger(&panel);
    let before = beside(&panel);
    for command in reading(file) {
        for lang in ["zh", "en"] {
            for json in [false, true] {
                let mut arguments = vec!["--lang", lang];
                arguments.extend(&command);
                arguments.extend(json.then_some("--json"));
                let mut program = crate::support::program();
                program.arg("--home").arg(&outside.home).args(&arguments);
                let answer = crate::support::Answer::of(program.output().unwrap());
                // A panel that lacks something, and laptops nobody compared, are told by the exit code.
                let fine = [Some(0), Some(4)].contains(&answer.code);
                assert!(fine, "{arguments:?}: {answer:?}");
                assert_nameless(&answer.out, &format!("{arguments:?}"));
                assert_nameless(&answer.err, &format!("{arguments:?}"));
            }
        }
    }
    // It is the log of the panel, with numbers for names.
    let entries = |laptop: &Laptop, clause: &str| -> Vec<String> {
        let log = laptop.json(&["log", file, clause, "--json"]);
        assert_eq!(log["withheld"], serde_json::json!([]));
        let entries = log["entries"].as_array().unwrap().iter();
        entries.map(|it| format!("{} {} {} {}", it["kind"], it["point"], it["counts"], it["why"])).collect()
    };
    assert_eq!(entries(&outside, "TM-01"), entries(&panel.laptops[3], "TM-01"));
    let log = outside.ok(&["log", file, "TM-01"]).out;
    for told in ["合议结论 | TM-01 | 专家", "B（按专家", "不同意见 | TM-01 | 专家", "少数意见，我和专家"]
    {
        assert!(log.contains(told), "{told} in {log}");
    }
    let shown = outside.ok(&["rectify", file, "show", "TM-02.C1"]).out;
    assert_nameless(&shown, "rectify show");
    assert!(shown.contains("由专家") && shown.contains("指导"), "the text stays: {shown}");
    assert!(outside.ok(&["result", file]).err.contains(ONLY_LOOKS));
    assert!(!outside.home.exists(), "a data folder was made");
    assert!(beside(&panel) == before, "something was left beside the file");
}

#[test]
fn the_result_from_outside_is_that_of_the_panel() {
    let panel = ended();
    let file = panel.file.as_str();
    let outside = stranger(&panel);
    let (within, without) =
        (panel.laptops[3].json(&["result", file, "--json"]), outside.json(&["result", file, "--json"]));
    assert_eq!(within["state"], "final");
    let reason = |result: &Value| -> String {
        let clauses = result["clauses"].as_array().unwrap();
        let clause = clauses.iter().find(|it| it["id"] == "TM-01").unwrap();
        clause["reason"].as_str().unwrap().to_owned()
    };
    assert_eq!(reason(&within), "按赵一鸣所见合议");
    let masked = reason(&without);
    assert!(masked.starts_with("按专家") && masked.ends_with("所见合议"), "{masked}");
    let within = within.to_string().replace(&reason(&within), &masked);
    assert_eq!(serde_json::from_str::<Value>(&within).unwrap(), without);

    // The same votes, of members who are numbered; no number tells a place on the roster.
    let votes = |laptop: &Laptop| -> BTreeSet<String> {
        let merged = laptop.json(&["merge", file, "--json"]);
        let clauses = merged["clauses"].as_array().unwrap();
        let of_clause = |clause: &Value| {
            let votes = clause["votes"].as_array().unwrap().iter();
            let mut votes: Vec<String> = votes
                .map(|vote| format!("{} {} {}", vote["grade"], vote["points"], vote["absent"]))
                .collect();
            votes.sort();
            format!("{} {votes:?} {}", clause["id"], clause["verdict"])
        };
        clauses.iter().map(of_clause).collect()
    };
    assert_eq!(votes(&panel.laptops[3]), votes(&outside));
    let names = |laptop: &Laptop| -> Vec<String> {
        let info = laptop.json(&["visit", "info", file, "--json"]);
        info["members"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&outside), ["专家1", "专家2", "专家3", "专家4", "专家5"]);
    let other = Laptop::new(panel.root.join("another-stranger"));
    let whole = |laptop: &Laptop| laptop.json(&["merge", file, "--json"]);
    assert_eq!(whole(&outside), whole(&other), "the numbers are the same on every laptop");
}

/// All that a file holds that people can read, unpacked.
fn contents(file: &Path) -> String {
    let bytes = fs::read(file).unwrap();
    if !bytes.starts_with(b"PK") {
        return String::from_utf8(bytes).unwrap();
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for index in 0..archive.len() {
        archive.by_index(index).unwrap().read_to_string(&mut text).unwrap();
    }
    text
}

#[test]
fn no_paper_that_an_outsider_makes_names_anybody() {
    let panel = ended();
    let file = panel.file.as_str();
    let outside = stranger(&panel);
    let folder = panel.root.join("papers");
    let to = folder.to_str().unwrap();
    for lang in ["zh", "en"] {
        let papers: [&[&str]; 6] = [
            &["report", file, "--format", FORMATS, "--out", to],
            &["form", "notice", file, "--out", to],
            &["form", "closure", file, "--out", to],
            &["form", "recommendation", file, "--out", to],
            &["rectify", file, "export", &format!("{to}/ledger-{lang}.xlsx")],
            &["feedback", file, "--html", &format!("{to}/feedback-{lang}.html")],
        ];
        for paper in papers {
            let mut program = crate::support::program();
            program.arg("--home").arg(&outside.home).args(["--lang", lang]).args(paper);
            let answer = crate::support::Answer::of(program.output().unwrap());
            assert_eq!(answer.code, Some(0), "{paper:?}: {answer:?}");
        }
    }
    let papers = files_below(&folder);
    let kinds: BTreeSet<&str> = papers.iter().map(|it| it.extension().unwrap().to_str().unwrap()).collect();
    assert_eq!(kinds, ["csv", "docx", "html", "json", "md", "xlsx"].into());
    assert!(papers.len() >= 15, "{papers:?}");
    for paper in &papers {
        let text = contents(paper);
        assert!(text.chars().count() > 100, "{}", paper.display());
        for name in PANEL {
            assert!(!text.contains(name), "{} names {name}", paper.display());
        }
        assert!(!paper.display().to_string().contains(PANEL[0]));
    }
    // The same paper of a member has them: on the page that is signed, and in what is said about ties.
    let member = panel.root.join("papers-of-a-member");
    panel.laptops[1].ok(&["report", file, "--format", "md", "--out", member.to_str().unwrap()]);
    let named = contents(&files_below(&member)[0]);
    assert!(PANEL.iter().all(|name| named.contains(name)) && named.contains("配偶"));
    for (paper, arguments) in [
        ("names", vec!["report", file, "--names", "--out", to]),
        ("ties", vec!["form", "declaration", file, "--out", to]),
    ] {
        let refused = outside.refuses(1, &arguments);
        assert!(refused.err.contains("不署名"), "{paper}: {refused:?}");
    }
    assert_eq!(files_below(&folder), papers, "what was refused was written");
    assert!(!outside.home.exists());
}

/// The rows below a heading whose first cell begins so, as cells.
fn rows_below(page: &str, heading: &str, first: &str) -> Vec<Vec<String>> {
    let (_, section) = page.split_once(heading).unwrap();
    let cells = |row: &str| row.split('|').skip(1).map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let rows = section.lines().skip_while(|line| !line.starts_with("| ---")).skip(1);
    let rows = rows.take_while(|line| !line.is_empty()).map(cells);
    rows.filter(|cells| cells[0].starts_with(first)).collect()
}

#[test]
fn experts_without_names_have_one_number_everywhere_in_a_report() {
    let panel = ended();
    let written = |laptop: &Laptop, folder: &str, more: &[&str]| -> String {
        let out = panel.root.join(folder);
        fs::create_dir(&out).unwrap();
        let to = out.to_str().unwrap();
        let command = ["report", panel.file.as_str(), "--format", "md", "--out", to];
        laptop.ok(&[&command[..], more].concat());
        fs::read_to_string(fs::read_dir(&out).unwrap().next().unwrap().unwrap().path()).unwrap()
    };
    let (outside, within) =
        (written(&stranger(&panel), "numbered", &[]), written(&panel.laptops[3], "named", &["--names"]));
    assert!(!outside.contains("与专家组名单的顺序无关"), "the numbers are those of the panel");
    // Of each expert, told by field and title: how strict.
    let of = |page: &str, first: &str| -> Vec<(Vec<String>, String)> {
        let strict = rows_below(page, "### 组员评分宽严", first);
        let seats = rows_below(page, "## 三、专家组与回避", first);
        let told = seats.iter().filter_map(|seat| {
            let row = strict.iter().find(|row| row[0] == seat[0])?;
            Some((seat[1..3].to_vec(), row[1].clone()))
        });
        let mut told: Vec<_> = told.collect();
        told.sort();
        told
    };
    let numbered = of(&outside, "专家");
    assert!(numbered.len() == 5 && numbered == of(&within, ""), "{numbered:?} {:?}", of(&within, ""));
}

#[test]
fn before_the_end_an_outsider_sees_what_is_about_nobodys_vote() {
    let panel = closed();
    let file = panel.file.as_str();
    let outside = stranger(&panel);
    let before = beside(&panel);
    let result = outside.json(&["result", file, "--json"]);
    assert_eq!((&result["state"], &result["ballots"]["sealed"]), (&"closed".into(), &5.into()));
    assert!(result["not_public"].as_str().unwrap().contains("不公开"));
    for standard in result["standards"].as_array().unwrap() {
        for key in ["met", "worst", "best", "clauses_to_flip"] {
            assert!(standard[key].is_null(), "{key} of {standard}");
        }
        assert!(standard["conditions"].as_array().unwrap().iter().all(|it| it["met"].is_null()));
    }
    for clause in result["clauses"].as_array().unwrap() {
        assert!(clause["verdict"].is_null() && clause["withheld"] == true, "{clause}");
        assert_eq!(clause["votes"], serde_json::json!({"A": 0, "B": 0, "C": 0, "D": 0}), "{clause}");
        assert_eq!(clause["reason"], "", "{clause}");
    }
    assert!(result["gates"].as_array().unwrap().iter().all(|gate| gate["state"].is_null()));
    let told = outside.ok(&["result", file]);
    assert!(told.out.contains("还没有可以公开的结论") && told.out.contains("5/5"), "{told:?}");
    assert!(!told.out.contains("达到"), "nothing reads like a result: {told:?}");

    let info = outside.json(&["visit", "info", file, "--json"]);
    assert_eq!((&info["facility"], &info["state"]), (&"青禾镇卫生院".into(), &"closed".into()));
    assert_eq!((&info["outside"], &info["next"]), (&true.into(), &Value::Null));
    let members = info["members"].as_array().unwrap();
    assert!(
        members.len() == 5 && members.iter().all(|it| it["scored"].is_null() && it["ballot"] == "counted")
    );
    assert_nameless(&info.to_string(), "visit info");
    let overview = outside.run(&["panel", file, "--json"]);
    let overview: Value = serde_json::from_str(&overview.out).unwrap();
    assert!(overview["members"].as_array().unwrap().iter().all(|it| it["scored"].is_null()), "{overview}");
    assert!(overview["recusals"].as_array().unwrap().iter().all(|it| it["reason"] == "不公开"), "{overview}");
    assert_nameless(&overview.to_string(), "panel");
    for command in [
        vec!["merge", file],
        vec!["merge", file, "--json"],
        vec!["agreement", file, "--json"],
        vec!["report", file, "--out", panel.root.to_str().unwrap()],
        vec!["form", "notice", file, "--out", panel.root.to_str().unwrap()],
    ] {
        let refused = outside.refuses(4, &command);
        assert!(refused.out.is_empty() && refused.err.contains("还没有定稿"), "{command:?}: {refused:?}");
    }
    outside.refuses(1, &["feedback", file]);
    outside.refuses(1, &["rectify", file, "list"]);
    assert!(!outside.home.exists());
    assert!(beside(&panel) == before);
}

#[test]
fn an_outsider_changes_nothing() {
    let panel = ended();
    let file = panel.file.as_str();
    let outside = stranger(&panel);
    let before = beside(&panel);
    for step in [
        vec!["submit", "TM-02.C1", "--by", "王芳", "--text", "已补齐"],
        vec!["close", "TM-03", "--remark", "看过"],
        vec!["reopen", "TM-03", "--reason", "复查"],
        vec!["strike", "TM-03", "--reason", "不改了"],
        vec!["plan", "TM-03", "--person", "王芳"],
        vec!["add", "多一项"],
    ] {
        let refused = outside.refuses(1, &[["rectify", file].as_slice(), &step].concat());
        assert!(refused.err.contains(ONLY_LOOKS), "{step:?}: {refused:?}");
    }
    assert!(!outside.home.exists());
    for command in [
        vec!["sync", file],
        vec!["sign", file, "--yes"],
        vec!["score", file, "TM-01", "--grade", "A"],
        vec!["decide", file, "TM-01", "A", "--reason", "改"],
        vec!["visit", "office", file, "A1b2C3d4E5f6"],
        vec!["object", file, "TM-01", "--by", "某", "--text", "异议", "--answer", ""],
    ] {
        let refused = outside.refuses(1, &command);
        assert!(refused.err.contains("还没有加入"), "{command:?}: {refused:?}");
    }
    assert!(beside(&panel) == before);
}

#[test]
fn a_damaged_file_is_told_and_what_it_seems_to_hold_is_not() {
    let panel = ended();
    let file = panel.file.as_str();
    let outside = stranger(&panel);
    let good = panel.file_bytes();
    let mut flipped = good.clone();
    let place = good.len() / 2;
    flipped[place] ^= 1;
    let page = b"<html>404</html>".to_vec();
    for (bytes, what) in [
        (good[..good.len() - 70].to_vec(), "cut at the end"),
        (good[..good.len() / 2].to_vec(), "half"),
        (flipped, "a flipped bit"),
        (page, "a page"),
        (Vec::new(), "empty"),
        (vec![0; 4096], "zeros"),
    ] {
        fs::write(file, &bytes).unwrap();
        for command in [vec!["result", file, "--json"], vec!["visit", "info", file], vec!["merge", file]] {
            let refused = outside.refuses(3, &command);
            assert!(refused.out.is_empty(), "{what}: {refused:?}");
        }
        assert!(fs::read(file).unwrap() == bytes, "{what}: the file was touched");
        assert!(!outside.home.exists(), "{what}");
    }
    fs::remove_file(file).unwrap();
    outside.refuses(1, &["result", file]);
    assert!(!outside.home.exists());
}

#[test]
fn an_encrypted_file_is_read_with_its_passphrase_each_time_and_the_key_is_not_kept() {
    let keyring = Keyring::new();
    let panel = keyring.panel(5);
    let file = panel.file.as_str();
    let outside = stranger(&panel);
    vote(&panel);
    decide(&panel);
    finalize(&panel);
    let (right, wrong) = (keyring.file(keyring::FIRST), keyring.file("青禾镇 另一个口令"));
    for _ in 0..2 {
        let refused = outside.refuses(1, &["result", file]);
        assert!(refused.err.contains("--passphrase-file"), "{refused:?}");
        outside.refuses(1, &["result", file, "--passphrase-file", &wrong]);
        let without = outside.json(&["result", file, "--passphrase-file", &right, "--json"]);
        assert_eq!(
            without["standards"][0]["met"],
            panel.lead().json(&["result", file, "--json"])["standards"][0]["met"]
        );
        let list = outside.ok(&["rectify", file, "--passphrase-file", &right, "list"]);
        assert_nameless(&list.out, "rectify list");
        let mut program = outside.command();
        program.args(["merge", file]).env("HECHA_PASSPHRASE", keyring::FIRST);
        let merged = crate::support::Answer::of(program.output().unwrap());
        assert_eq!(merged.code, Some(0), "{merged:?}");
        assert!(!outside.home.exists());
    }
}

#[test]
fn the_digest_on_the_paper_is_the_one_that_anybody_computes() {
    let panel = ended();
    let file = panel.file.as_str();
    let outside = stranger(&panel);
    let folder = panel.root.join("paper");
    panel.laptops[2].ok(&["report", file, "--format", "json", "--out", folder.to_str().unwrap()]);
    let report: Value = serde_json::from_str(&contents(&files_below(&folder)[0])).unwrap();
    let signed = report["record"].as_str().unwrap();
    for laptop in [&outside, &panel.laptops[3]] {
        let checked: Value = serde_json::from_str(&laptop.run(&["fsck", file, "--json"]).out).unwrap();
        assert_eq!(checked["record"], signed);
        let code = checked["record_code"].as_str().unwrap();
        let groups: Vec<usize> = code.split('-').map(str::len).collect();
        assert_eq!(groups, [4, 4, 4, 4], "{code}");
        let told = laptop.run(&["fsck", file]).out;
        assert!(told.contains(code) && told.contains(signed), "{told}");
        let said = panel.lead().run(&["sign", file]);
        assert!(format!("{}{}", said.out, said.err).contains(code), "what members are shown: {said:?}");
    }
    // Before the end it is that of what is here, for everybody alike.
    let panel = closed();
    let record = |laptop: &Laptop| -> Value {
        let checked = laptop.run(&["fsck", &panel.file, "--json"]).out;
        serde_json::from_str::<Value>(&checked).unwrap()["record"].clone()
    };
    assert_eq!(record(&stranger(&panel)), record(panel.lead()));
}

/// An item of the ledger, as a laptop sees it.
fn item(laptop: &Laptop, file: &str, id: &str) -> Value {
    let list = laptop.json(&["rectify", file, "list", "--json"]);
    list["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["id"] == id)
        .unwrap_or_else(|| panic!("{list}"))
        .clone()
}

/// Everything that an office does, from being named to an item that it closed: by hand, with the real program.
fn play_an_office(panel: &Panel, office: &Laptop) {
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let submit = |laptop: &Laptop, id: &str| {
        laptop.ok(&["rectify", file, "submit", id, "--by", "王芳", "--text", "已补齐"]);
    };
    submit(office, "TM-02.C1");
    office.ok(&["sync", file]);
    sync_all(panel);
    for laptop in &panel.laptops {
        let seen = item(laptop, file, "TM-02.C1");
        assert_eq!((&seen["progress"], &seen["by"]), (&"submitted".into(), &"王芳".into()));
    }
    assert!(lead.ok(&["rectify", file, "show", "TM-02.C1"]).out.contains("整改办公室 提交整改情况"));
    let own = office.refuses(1, &["rectify", file, "close", "TM-02.C1", "--finding", "1"]);
    assert!(own.err.contains("整改办公室自己提交的"), "{own:?}");
    lead.ok(&["rectify", file, "reopen", "TM-02.C1", "--reason", "照片不清"]);
    sync_all(panel);
    submit(&panel.laptops[1], "TM-02.C1");
    sync_all(panel);
    office.ok(&["sync", file]);
    let unmet = office.refuses(1, &["rectify", file, "close", "TM-02.C1", "--finding", "0"]);
    assert!(unmet.err.contains("没有达到"), "{unmet:?}");
    office.ok(&["rectify", file, "close", "TM-02.C1", "--finding", "1", "--remark", "陈思齐陪同看过"]);
    assert_eq!(item(office, file, "TM-02.C1")["closed_by"], "整改办公室", "before it is synced");
    office.ok(&["sync", file]);
    sync_all(panel);
    for laptop in &panel.laptops {
        let seen = item(laptop, file, "TM-02.C1");
        assert_eq!((&seen["progress"], &seen["closed_by"]), (&"closed".into(), &"整改办公室".into()));
        assert_eq!(seen["remark"], "陈思齐陪同看过");
    }
    office.ok(&["rectify", file, "reopen", "TM-02.C1", "--reason", "复查时又缺"]);
    office.ok(&["sync", file]);
    lead.ok(&["sync", file]);
    assert_eq!(item(lead, file, "TM-02.C1")["progress"], "open");
    for step in [
        vec!["plan", "TM-03", "--person", "王芳"],
        vec!["strike", "TM-03", "--reason", "不改了"],
        vec!["add", "多一项"],
    ] {
        let refused = office.refuses(1, &[["rectify", file].as_slice(), &step].concat());
        assert!(refused.err.contains("整改办公室的电脑只能"), "{refused:?}");
    }
    assert_nameless(&office.ok(&["rectify", file, "list"]).out, "the office");
}

#[test]
fn an_office_that_the_founding_names_works_on_the_ledger_and_nowhere_else() {
    let root = crate::support::new_folder();
    let office = Laptop::new(root.path().join("office"));
    let number = device(&office);
    let panel = Panel::small(5, &["--office", &number]);
    let file = panel.file.as_str();
    let joined = office.ok(&["visit", "join", file, "--office"]);
    assert!(
        joined.out.contains("已作为整改办公室加入") && !joined.err.contains("还没有被指定"),
        "{joined:?}"
    );
    let refused = office.refuses(1, &["rectify", file, "list"]);
    assert!(refused.err.contains("定稿"), "{refused:?}");
    vote(&panel);
    decide(&panel);
    finalize(&panel);
    office.ok(&["sync", file]);
    play_an_office(&panel, &office);
    let seen = item(&stranger(&panel), file, "TM-02.C1");
    assert_eq!(seen["progress"], "open", "anybody sees what an office did");
    for command in [
        vec!["visit", "join", file, "--name", PANEL[1]],
        vec!["sign", file, "--yes"],
        vec!["object", file, "TM-01", "--by", "某", "--text", "异议", "--answer", ""],
    ] {
        office.refuses(1, &command);
    }
    let info = panel.lead().json(&["visit", "info", file, "--json"]);
    assert_eq!(info["offices"], serde_json::json!([number]));
    assert!(info["waiting"].as_array().unwrap().is_empty(), "an office claims no name: {info}");
    // Joining again changes nothing.
    let before = panel.file_bytes();
    office.ok(&["visit", "join", file, "--office"]);
    assert!(panel.file_bytes() == before);
}

#[test]
fn an_office_that_the_lead_names_later_behind_a_passphrase_and_until_it_is_retired() {
    let keyring = Keyring::new();
    let panel = keyring.panel(5);
    let file = panel.file.as_str();
    let office = Laptop::new(panel.root.join("office"));
    vote(&panel);
    decide(&panel);
    finalize(&panel);
    let right = keyring.file(keyring::FIRST);
    office.refuses(1, &["visit", "join", file, "--office"]);
    let joined = office.ok(&["visit", "join", file, "--office", "--passphrase-file", &right]);
    let number = device(&office);
    assert!(joined.err.contains(&format!("hecha visit office FILE {number}")), "{joined:?}");
    let early = office.refuses(1, &["rectify", file, "submit", "TM-03", "--by", "王芳", "--text", "已补齐"]);
    assert!(early.err.contains(ONLY_LOOKS), "not named: {early:?}");

    let (lead, deputy) = (panel.lead(), &panel.laptops[1]);
    deputy.refuses(1, &["visit", "office", file, &number]);
    lead.refuses(1, &["visit", "office", file, "short"]);
    let member = lead.refuses(1, &["visit", "office", file, &device(deputy)]);
    assert!(member.err.contains("专家组成员的电脑"), "{member:?}");
    lead.ok(&["visit", "office", file, &number]);
    office.ok(&["sync", file]);
    play_an_office(&panel, &office);
    assert!(!String::from_utf8_lossy(&panel.file_bytes()).contains("王芳"), "an office writes no plain file");

    // Retired, what it did stays and what it does is heard no more.
    office.ok(&["rectify", file, "submit", "TM-03", "--by", "王芳", "--text", "做完了"]);
    office.ok(&["sync", file]);
    sync_all(&panel);
    lead.ok(&["visit", "retire", file, number.get(..6).unwrap()]);
    lead.ok(&["sync", file]);
    office.ok(&["rectify", file, "submit", "TM-02.C3", "--by", "王芳", "--text", "停用后"]);
    office.ok(&["sync", file]);
    sync_all(&panel);
    assert_eq!(item(lead, file, "TM-03")["progress"], "submitted");
    assert_eq!(item(lead, file, "TM-02.C3")["progress"], "open");
    let refused =
        office.refuses(1, &["rectify", file, "submit", "TM-02.C3", "--by", "王芳", "--text", "再来"]);
    assert!(refused.err.contains(ONLY_LOOKS), "{refused:?}");
}

#[test]
fn whatever_else_an_office_signs_is_ignored_on_every_laptop() {
    let panel = ended();
    let file = panel.file.as_str();
    let office = Laptop::new(panel.root.join("office"));
    let number = device(&office);
    panel.lead().ok(&["visit", "office", file, &number]);
    office.ok(&["visit", "join", file, "--office"]);
    sync_all(&panel);
    let told = |laptop: &Laptop| {
        let list = laptop.json(&["rectify", file, "list", "--json"]);
        (
            list,
            laptop.json(&["result", file, "--json"]),
            laptop.json(&["visit", "info", file, "--json"])["offices"].clone(),
        )
    };
    let before = told(panel.lead());
    let edit = |edit: Edit| encode_edit(&edit, Extra::None);
    let step =
        |item: &str, step: RectifyStep| edit(Edit::Rectify { item: item.into(), step: Box::new(step) });
    let plan = Plan { person: "某人".parse().unwrap(), ..Plan::default() };
    let problem = Problem { text: "多一项".parse().unwrap(), ..Problem::default() };
    let verdict = LeadVerdict {
        decision: Decision::Grade(Grade::A),
        reason: "改".parse().unwrap(),
        cites: Vec::new(),
        clear: Vec::new(),
    };
    let other = FeedId::new("A1b2C3d4E5f6");
    let mut forger = Insider::with(&panel, &office);
    forger.slip_in(vec![
        step("X-ABCD", RectifyStep::Open(problem)),
        step("TM-02.C1", RectifyStep::Plan(plan)),
        step("TM-02.C1", RectifyStep::Strike { reason: "不改了".parse().unwrap() }),
        edit(Edit::Verdict { clause: "TM-01".into(), value: Some(verdict) }),
        edit(Edit::Office { feed: other.clone() }),
        edit(Edit::Admit { feed: other, name: PANEL[1].into(), expert: None, checked: true }),
    ]);
    sync_all(&panel);
    for laptop in panel.laptops.iter().chain([&stranger(&panel)]) {
        let held = laptop.json(&["visit", "info", file, "--json"])["offices"].clone();
        assert_eq!(held, before.2);
    }
    assert_eq!(told(panel.lead()), before);
    // A word that it may say, said by hand, is heard: what was ignored was ignored for what it is.
    forger.slip_in(vec![step("TM-03", RectifyStep::Reopen { reason: "再看".parse().unwrap() })]);
    sync_all(&panel);
    for laptop in &panel.laptops {
        let seen = item(laptop, file, "TM-03");
        assert_eq!((&seen["progress"], &seen["reason"]), (&"open".into(), &"再看".into()));
    }
}

/// The number of a device may begin with a hyphen: one in 64 does.
#[test]
fn a_number_that_begins_with_a_hyphen_is_a_number() {
    let panel = Panel::small(2, &["--office", "-bbOuBjO98bR"]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    lead.ok(&["visit", "office", file, "-1b2C3d4E5f6"]);
    let offices = &lead.json(&["visit", "info", file, "--json"])["offices"];
    assert_eq!(offices.as_array().unwrap().len(), 2, "{offices}");
    // Nothing is known of it, and so it is no wrong usage either.
    lead.ok(&["visit", "retire", file, "-1b2C3", "--from-start"]);
}
