//! After the end: the facility objects, the panel votes on that clause in the clear once more, and a further final record replaces
//! the first, which stays and can be printed. Played with the real program.

use std::{collections::BTreeSet, fs};

use hecha::{
    domain::{
        edit::{
            Edit,
            verdict::{Decision, LeadVerdict},
            waiver::Finalisation,
        },
        terms::{
            digest::Digest,
            grade::Grade,
            id::{CommitId, MemberName},
        },
    },
    share::wire::{Extra, encode_edit},
};
use serde_json::{Value, json};

use crate::support::{
    Laptop, PANEL, Panel,
    insider::{Insider, ids as ids_of},
};

const IDENTITY: &str = "identity=现场当面核对了身份证";

/// A final visit of five: TM-01 is D and everything else C.
fn ended() -> Panel {
    let panel = closed();
    panel.sign(&[2, 1, 0]);
    panel.lead().ok(&["finalize", &panel.file, "--waive", IDENTITY, "--yes"]);
    sync_all(&panel);
    panel
}

/// The same before the end.
fn closed() -> Panel {
    let panel = Panel::small(5, &[]);
    let file = panel.file.as_str();
    let overview = panel.lead().json(&["panel", file, "--json"]);
    let clauses: Vec<String> = ids(&overview["clauses"]);
    for (n, laptop) in panel.laptops.iter().enumerate() {
        let rows: String = clauses
            .iter()
            .map(|clause| match clause.as_str() {
                "TM-01" => format!("{clause},D,,,现场没有,\n"),
                _ => format!("{clause},C,,,,\n"),
            })
            .collect();
        let csv = panel.root.join(format!("votes-{n}.csv"));
        fs::write(&csv, format!("clause,grade,points,absent,reason,note\n{rows}")).unwrap();
        laptop.ok(&["score", file, "--import", csv.to_str().unwrap()]);
        laptop.ok(&["submit", file, "--yes"]);
    }
    panel.close(5);
    panel
}

fn ids(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
}

fn sync_all(panel: &Panel) {
    for laptop in panel.laptops.iter().chain(&panel.laptops) {
        laptop.ok(&["sync", &panel.file]);
    }
}

fn object(panel: &Panel, clause: &str) {
    panel.lead().ok(&["object", &panel.file, clause, "--by", "王院长", "--text", "台账另存"]);
    sync_all(panel);
}

fn vote(panel: &Panel, clause: &str, grades: &str) {
    for (laptop, grade) in panel.laptops.iter().zip(grades.chars()).filter(|(_, grade)| *grade != '-') {
        laptop.ok(&["vote", &panel.file, clause, &grade.to_string(), "--reason", "复看了台账"]);
    }
    sync_all(panel);
}

fn clause(result: &Value, id: &str) -> Value {
    result["clauses"].as_array().unwrap().iter().find(|it| it["id"] == id).unwrap().clone()
}

fn result(laptop: &Laptop, file: &str, more: &[&str]) -> Value {
    let mut arguments = vec!["result", file, "--json"];
    arguments.extend(more);
    laptop.json(&arguments)
}

fn record(laptop: &Laptop, file: &str) -> Value {
    laptop.json(&["fsck", file, "--json"])["record"].clone()
}

#[test]
fn an_objection_that_changes_a_grade_ends_in_a_second_record_and_both_are_there() {
    let panel = ended();
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let (first, before) = (record(lead, file), result(lead, file, &[]));
    assert_eq!((&before["revises"], &before["reopened"]), (&Value::Null, &json!([])));
    let early = lead.refuses(1, &["vote", file, "TM-01", "C", "--reason", "想改"]);
    assert!(early.err.contains("没有对这个条款提出异议"), "{early:?}");
    object(&panel, "TM-01");
    let said = panel.laptops[3].ok(&["sync", file]).out;
    assert!(said.contains("合议表决") && said.contains("TM-01"), "{said}");
    lead.refuses(1, &["vote", file, "TM-02", "A", "--reason", "别的条款"]);
    lead.refuses(1, &["decide", file, "TM-02", "A", "--reason", "别的条款"]);
    // While it is under way the record in force is what everybody reads.
    vote(&panel, "TM-01", "CCCD-");
    let meanwhile = result(&panel.laptops[4], file, &[]);
    assert_eq!(clause(&meanwhile, "TM-01"), clause(&before, "TM-01"));
    assert_eq!(meanwhile["reopened"], json!(["TM-01"]));
    assert!(lead.ok(&["result", file]).out.contains("仍是现行的定稿"));
    lead.ok(&["decide", file, "TM-01", "C", "--reason", "台账齐全"]);
    lead.ok(&["object", file, "TM-01", "--answer", "复看属实，改为 C"]);
    sync_all(&panel);
    // Two of five are no majority, and the signatures of before are of another record.
    for laptop in &panel.laptops[..2] {
        laptop.ok(&["sign", file, "--yes"]);
    }
    sync_all(&panel);
    let unsigned = lead.refuses(4, &["finalize", file, "--yes"]);
    assert!(unsigned.err.contains("unsigned"), "{unsigned:?}");
    panel.laptops[2].ok(&["sign", file, "--yes"]);
    sync_all(&panel);
    lead.ok(&["finalize", file, "--yes"]);
    sync_all(&panel);
    let news: Vec<Value> = panel.laptops.iter().map(|laptop| result(laptop, file, &[])).collect();
    assert!(news.iter().all(|it| it == &news[0]), "every laptop has the same");
    assert_eq!((&news[0]["revises"], &news[0]["revised"]), (&first, &json!(["TM-01"])));
    assert_eq!(clause(&news[0], "TM-01")["verdict"], "C");
    assert_eq!(news[0]["reopened"], json!([]), "nothing is open any more");
    assert_ne!(record(lead, file), first);
    for (id, old) in ids(&before["clauses"]).iter().zip(before["clauses"].as_array().unwrap()) {
        assert!(id == "TM-01" || &clause(&news[0], id) == old, "{id}");
    }
    // Both can be read and printed, by anybody.
    let stranger = Laptop::new(panel.root.join("stranger"));
    for laptop in [lead, &stranger] {
        let old = result(laptop, file, &["--revision", "0"]);
        assert_eq!((&clause(&old, "TM-01")["verdict"], &old["revises"]), (&"D".into(), &Value::Null));
        assert_eq!(clause(&result(laptop, file, &["--revision", "1"]), "TM-01")["verdict"], "C");
        laptop.refuses(1, &["result", file, "--revision", "2"]);
    }
    let said = [("1", "替代核查记录"), ("0", "替代，不是现行的定稿")];
    for (revision, said) in said {
        let out = panel.root.join(format!("paper-{revision}"));
        fs::create_dir(&out).unwrap();
        let to = out.to_str().unwrap();
        lead.ok(&["report", file, "--format", "md", "--out", to, "--revision", revision]);
        let paper = fs::read_dir(&out).unwrap().next().unwrap().unwrap().path();
        let page = fs::read_to_string(paper).unwrap();
        assert!(page.contains(said) && !page.contains("在复议"), "{page}");
    }
}

#[test]
fn no_verdict_of_the_lead_stands_without_the_votes_of_the_panel() {
    let panel = ended();
    let (lead, file) = (panel.lead(), panel.file.as_str());
    object(&panel, "TM-01");
    let draft = || clause(&lead.json(&["merge", file, "--json"]), "TM-01")["verdict"].clone();
    lead.ok(&["decide", file, "TM-01", "A", "--reason", "组长自己定"]);
    assert_eq!(draft(), "D", "nobody voted");
    vote(&panel, "TM-01", "AA---");
    assert_eq!(draft(), "D", "two are no quorum");
    vote(&panel, "TM-01", "--CCC");
    assert_eq!(draft(), "D", "three of five say less");
    lead.ok(&["decide", file, "TM-01", "C", "--reason", "多数意见"]);
    assert_eq!(draft(), "C");
}

#[test]
fn what_is_withdrawn_opens_nothing() {
    let panel = ended();
    let (lead, file) = (panel.lead(), panel.file.as_str());
    object(&panel, "TM-01");
    lead.ok(&["object", file, "TM-01", "--withdraw"]);
    sync_all(&panel);
    assert_eq!(result(lead, file, &[])["reopened"], json!([]));
    lead.refuses(1, &["vote", file, "TM-01", "C", "--reason", "想改"]);
    let again = lead.refuses(1, &["finalize", file, "--yes"]);
    assert!(again.err.contains("已定稿"), "{again:?}");
}

#[test]
fn votes_under_an_objection_that_was_withdrawn_are_cast_anew_when_it_is_raised_again() {
    let panel = ended();
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let draft = || clause(&lead.json(&["merge", file, "--json"]), "TM-01")["verdict"].clone();
    object(&panel, "TM-01");
    vote(&panel, "TM-01", "CCCC-");
    lead.ok(&["decide", file, "TM-01", "C", "--reason", "台账齐全"]);
    assert_eq!(draft(), "C");
    lead.ok(&["object", file, "TM-01", "--withdraw"]);
    sync_all(&panel);
    object(&panel, "TM-01");
    assert_eq!(draft(), "D");
    lead.ok(&["decide", file, "TM-01", "C", "--reason", "台账齐全"]);
    assert_eq!(draft(), "D", "nobody has voted since");
    vote(&panel, "TM-01", "CCCC-");
    assert_eq!(draft(), "C");
}

/// What a report written as JSON and Markdown says.
fn papers(laptop: &Laptop, file: &str, out: &std::path::Path) -> (Value, String) {
    fs::create_dir(out).unwrap();
    laptop.ok(&["report", file, "--format", "json,md", "--out", out.to_str().unwrap()]);
    let read = |ending: &str| {
        let mut papers = fs::read_dir(out).unwrap().map(|entry| entry.unwrap().path());
        let path = papers.find(|path| path.extension().is_some_and(|it| it == ending)).unwrap();
        fs::read_to_string(path).unwrap()
    };
    (serde_json::from_str(&read("json")).unwrap(), read("md"))
}

#[test]
fn after_a_revision_report_and_ledger_ask_for_the_same() {
    let panel = ended();
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let ledger = || {
        let list = lead.json(&["rectify", file, "list", "--json"]);
        let items = list["items"].as_array().unwrap().iter();
        let items = items.map(|it| (it["id"].as_str().unwrap().to_owned(), it["no_longer_required"] == true));
        items.collect::<Vec<_>>()
    };
    assert_eq!(ledger(), [("TM-01".to_owned(), false)]);
    object(&panel, "TM-01");
    object(&panel, "TM-02");
    vote(&panel, "TM-01", "AAAA-");
    vote(&panel, "TM-02", "DDDD-");
    for (clause, grade) in [("TM-01", "A"), ("TM-02", "D")] {
        lead.ok(&["decide", file, clause, grade, "--reason", "复看属实"]);
        lead.ok(&["object", file, clause, "--answer", "已复看"]);
    }
    sync_all(&panel);
    panel.sign(&[2, 1, 0]);
    sync_all(&panel);
    lead.ok(&["finalize", file, "--yes"]);
    sync_all(&panel);
    assert_eq!(ledger(), [("TM-01".to_owned(), true), ("TM-02".to_owned(), false)], "kept, and told");
    let listed = lead.ok(&["rectify", file, "list"]).out;
    assert!(listed.contains("修订后不再要求"), "{listed}");
    let (report, _) = papers(lead, file, &panel.root.join("agreed"));
    assert_eq!(ids(&report["rectification"]), ["TM-02"]);
}

#[test]
fn the_papers_of_a_final_visit_say_what_failed_who_signed_when_and_what_was_let_pass() {
    let panel = closed();
    let (lead, file) = (panel.lead(), panel.file.as_str());
    lead.ok(&["decide", file, "TM-07", "D", "--reason", "组长自己定"]);
    lead.ok(&["dissent", file, "TM-07", "--cause", "reading", "--text", "不同意", "--minority"]);
    sync_all(&panel);
    panel.sign(&[2, 1, 0]);
    let overruled = "overruled=组长负责";
    lead.ok(&["finalize", file, "--waive", IDENTITY, "--waive", overruled, "--yes"]);
    sync_all(&panel);
    let (report, page) = papers(lead, file, &panel.root.join("final"));
    let core = report["standards"][0]["conditions"][1].clone();
    assert_eq!(core["failing"][0]["clause"], "TM-07", "{core}");
    assert_eq!(core["failing"][0]["verdict"], "D");
    assert!(page.contains("未达到的：TM-07 ") && page.contains("（D）"), "{page}");
    let today = report["finalised_on"].as_str().unwrap();
    assert!(page.contains(&format!("定稿日期**: {today}")) && page.contains(&format!("已签字 {today}")));
    let on: Vec<&Value> = report["signatures"].as_array().unwrap().iter().map(|it| &it["on"]).collect();
    assert_eq!(on.iter().filter(|on| ***on == today).count(), 3, "{on:?}");
    let code = lead.json(&["fsck", file, "--json"])["record_code"].clone();
    assert_eq!(report["record_code"], code);
    assert!(page.contains(&format!("核查记录校验码**: {}", code.as_str().unwrap())), "{page}");
    let waived = |kind: &str| {
        let mut open = report["open"].as_array().unwrap().iter();
        open.find(|it| it["kind"] == kind).unwrap()["waived"].clone()
    };
    assert_eq!((waived("overruled"), waived("identity")), ("组长负责".into(), "现场当面核对了身份证".into()));
    assert!(page.contains("定稿时豁免：组长负责"), "{page}");
    // Five of five said C: that is no minority.
    let chapter = &page[page.find("### 少数意见").unwrap()..];
    let (minority, majority) = chapter.split_once("### 多数意见未被采纳").unwrap();
    assert!(minority.contains("不同意") && !minority.contains("5 名组员"), "{minority}");
    assert!(majority.contains("5 名组员") && majority.contains("评为 C；合议结论 D"), "{majority}");
}

#[test]
fn what_is_objected_to_after_the_term_is_recorded_and_told() {
    let panel = ended();
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let args = ["object", file, "TM-02", "--by", "王院长", "--text", "补充材料"];
    let in_time = lead.ok(&args);
    assert!(!in_time.err.contains("逾期"), "{in_time:?}");
    let late = lead.ok(&[&args[..], &["--on", "2999-12-31"]].concat());
    assert!(late.err.contains("逾期"), "{late:?}");
    let out = panel.root.join("paper");
    fs::create_dir(&out).unwrap();
    lead.ok(&["report", file, "--format", "json,md", "--out", out.to_str().unwrap()]);
    let read = |ending: &str| {
        let mut papers = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path());
        fs::read_to_string(papers.find(|path| path.extension().is_some_and(|it| it == ending)).unwrap())
            .unwrap()
    };
    assert!(read("md").contains("王院长 2999-12-31（逾期）"));
    let report: Value = serde_json::from_str(&read("json")).unwrap();
    assert_eq!(
        (&report["objections"][0]["on"], &report["objections"][0]["late"]),
        (&"2999-12-31".into(), &true.into())
    );
}

/// A lead whose program is not ours: what members signed is one thing, and what is made final another.
#[test]
fn what_is_not_what_was_signed_is_no_result() {
    let panel = closed();
    let (lead, file) = (panel.lead(), panel.file.as_str());
    panel.sign(&[2, 1, 0]);
    sync_all(&panel);
    let signed = record(lead, file);
    let mut forger = Insider::on(&panel, 0);
    let verdict = LeadVerdict {
        decision: Decision::Grade(Grade::A),
        reason: "改了".parse().unwrap(),
        cites: Vec::new(),
        clear: Vec::new(),
    };
    let mut tips: BTreeSet<CommitId> = ids_of(lead).into_iter().map(CommitId::new).collect();
    let edit = |edit: &Edit| encode_edit(edit, Extra::None);
    tips.insert(forger.slip_in(vec![edit(&Edit::Verdict { clause: "TM-01".into(), value: Some(verdict) })]));
    let end = Finalisation {
        tips,
        opened: PANEL.map(MemberName::new).into_iter().collect(),
        waivers: Vec::new(),
        record: Digest::from_hex(signed.as_str().unwrap()).unwrap(),
        revises: None,
        on: None,
    };
    forger.slip_in(vec![edit(&Edit::Final(end))]);
    let stranger = Laptop::new(panel.root.join("stranger"));
    panel.laptops[1].ok(&["sync", file]);
    for laptop in [&panel.laptops[1], &stranger] {
        let told = result(laptop, file, &[]);
        assert_eq!((&told["state"], &told["record_differs"]), (&"final".into(), &true.into()));
        assert!(told["standards"].as_array().unwrap().iter().all(|it| it["met"].is_null()), "{told:#}");
        assert!(laptop.ok(&["result", file]).out.contains("签的是别的内容"));
    }
}
