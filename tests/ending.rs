//! From the declaration to the final report, told with the real program: recusals, the division of work, objections,
//! minority opinions, signatures, waivers.

use std::{fs, path::Path};

use hecha::app::{home::Home, session::Session};
use serde_json::Value;

use crate::support::{Laptop, PANEL, Panel, SEALED};

/// The clauses of the visit, as the lead's laptop lists them.
fn clauses(laptop: &Laptop, file: &str) -> Vec<String> {
    let panel = laptop.json(&["panel", file, "--json"]);
    panel["clauses"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
}

fn cover(laptop: &Laptop, file: &str, clause: &str) -> Value {
    let answer = laptop.run(&["panel", file, "--json"]);
    let panel: Value = serde_json::from_str(&answer.out).unwrap();
    panel["clauses"].as_array().unwrap().iter().find(|it| it["id"] == clause).unwrap().clone()
}

/// Everybody grades every clause of their own with C, in one import, and seals; then the lead closes scoring.
fn all_score_c(panel: &Panel) {
    for (n, laptop) in panel.laptops.iter().enumerate() {
        let mut rows = "clause,grade,points,absent,reason,note\n".to_owned();
        for clause in clauses(laptop, &panel.file) {
            rows.push_str(&format!("{clause},C,,,,\n"));
        }
        let csv = panel.root.join(format!("votes-{n}.csv"));
        std::fs::write(&csv, rows).unwrap();
        laptop.ok(&["score", &panel.file, "--import", csv.to_str().unwrap()]);
        laptop.ok(&["submit", &panel.file, "--yes"]);
    }
    panel.close(panel.laptops.len());
}

fn sync_all(panel: &Panel) {
    for laptop in panel.laptops.iter().chain(&panel.laptops) {
        laptop.ok(&["sync", &panel.file]);
    }
}

/// The identities are compared by nobody in these tests.
const IDENTITY: &str = "identity=现场当面核对了身份证";

#[test]
fn a_declared_recusal_takes_the_clause_from_the_member_and_from_every_count() {
    let panel = Panel::small(5, &[]);
    let (lead, member, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    assert!(member.refuses(1, &["visit", "declare", file, "none", "--recuse", "TM-02"]).err.contains("理由"));
    member.refuses(1, &["visit", "declare", file, "配偶在该院", "--recuse", "XX-99"]);
    member.ok(&["score", file, "TM-02", "--grade", "A"]);
    member.ok(&["visit", "declare", file, "配偶在该院中医科", "--recuse", "TM-02"]);
    assert!(member.refuses(1, &["score", file, "TM-02", "--grade", "A"]).err.contains("回避"));
    member.ok(&["score", file, "TM-03", "--grade", "B"]);
    member.ok(&["submit", file, "--yes"]);
    for laptop in [lead, member] {
        laptop.ok(&["sync", file]);
    }
    let own = cover(lead, file, "TM-02");
    assert_eq!((&own["due"], &own["recused"], &own["concerns"][0]), (&4.into(), &1.into(), &"parity".into()));
    lead.ok(&["submit", file, "--yes"]);
    panel.close(2);
    member.ok(&["sync", file]);
    member.ok(&["visit", "declare", file, "又想起一项", "--recuse", "TM-03"]);
    sync_all(&panel);
    let result = lead.json(&["result", file, "--json"]);
    let clause = result["clauses"].as_array().unwrap().iter().find(|it| it["id"] == "TM-02").unwrap();
    assert_eq!(clause["votes"]["A"], 0, "what was voted before the recusal counts nowhere");
    let clause = result["clauses"].as_array().unwrap().iter().find(|it| it["id"] == "TM-03").unwrap();
    assert_eq!(clause["votes"]["B"], 1, "what is found out after the opening moves no vote");
    assert!(lead.run(&["finalize", file, "--check"]).out.contains("late-recusal"), "and is told");
    assert!(
        lead.refuses(1, &["visit", "recuse", file, PANEL[1], "TM-02", "--lift"]).err.contains("自己申报")
    );
}

#[test]
fn the_lead_records_lifts_and_undoes_recusals() {
    let panel = Panel::small(5, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    panel.laptops[1].refuses(1, &["visit", "recuse", file, PANEL[2], "*", "--reason", "亲属"]);
    lead.refuses(1, &["visit", "recuse", file, "没有这个人", "*", "--reason", "亲属"]);
    lead.refuses(1, &["visit", "recuse", file, PANEL[2], "TM-02", "--lift"]);
    let said = lead.ok(&["visit", "recuse", file, PANEL[2], "*", "--reason", "曾任该院指导"]);
    assert!(said.out.contains("补一名"), "{said:?}");
    assert_eq!(lead.run(&["panel", file]).code, Some(4), "four are left");
    assert_eq!(cover(lead, file, "TM-02")["concerns"][0], "parity");
    lead.ok(&["visit", "recuse", file, PANEL[2], "*", "--lift"]);
    assert_eq!(cover(lead, file, "TM-02")["due"], 5);
}

#[test]
fn work_is_divided_and_what_others_are_to_score_is_not_owed() {
    let panel = Panel::small(5, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    panel.laptops[1].refuses(1, &["visit", "plan", file, "--apply"]);
    lead.refuses(2, &["visit", "plan", file, "--votes", "2"]);
    lead.refuses(2, &["visit", "plan", file, "--core-votes", "1"]);
    lead.refuses(2, &["visit", "plan", file, "--replan"]);
    lead.ok(&["visit", "plan", file, "--apply"]);
    let answer = lead.run(&["panel", file, "--json"]);
    let told: Value = serde_json::from_str(&answer.out).unwrap();
    let owed = |at: usize| told["members"][at]["owed"].as_u64().unwrap();
    let n = told["clauses"].as_array().unwrap().len() as u64;
    assert!((0..5).all(|at| owed(at) > 0) && (0..5).any(|at| owed(at) < n), "{told}");
    let due = told["clauses"].as_array().unwrap().iter().map(|it| it["due"].as_u64().unwrap());
    assert!(due.clone().all(|due| due == 1 || due == 3), "odd and at quorum: {told}");
    assert_eq!(due.sum::<u64>(), (0..5).map(owed).sum::<u64>(), "one count of one thing");
    assert!(told["members"][1]["scored"].is_null(), "no progress before one's own submission");
}

#[test]
fn one_record_is_signed_by_all_and_a_changed_verdict_makes_it_another() {
    let panel = Panel::small(5, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    panel.laptops[1].refuses(4, &["sign", file, "--yes"]);
    all_score_c(&panel);
    let record = |answer: &str| answer.split("核查记录 ").nth(1).unwrap().lines().next().unwrap().to_owned();
    let codes: Vec<String> =
        panel.laptops.iter().map(|laptop| record(&laptop.ok(&["sign", file, "--yes"]).out)).collect();
    assert!(codes.iter().all(|code| code == &codes[0]), "signatures do not change what is signed: {codes:?}");
    sync_all(&panel);
    let report = |laptop: &Laptop| -> Value {
        let out = panel.root.join("report");
        laptop.ok(&["report", file, "--format", "json", "--out", out.to_str().unwrap()]);
        let written = std::fs::read_dir(&out).unwrap().next().unwrap().unwrap().path();
        serde_json::from_str(&std::fs::read_to_string(written).unwrap()).unwrap()
    };
    let signed = |report: &Value| -> Vec<String> {
        report["signatures"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["signed"].as_str().unwrap().to_owned())
            .collect()
    };
    for laptop in &panel.laptops {
        assert_eq!(signed(&report(laptop)), ["valid"; 5]);
    }
    lead.ok(&["decide", file, "TM-02", "B", "--reason", "复看后一致"]);
    sync_all(&panel);
    assert_eq!(signed(&report(&panel.laptops[3])), ["other"; 5], "everybody has to sign anew");
    assert_ne!(record(&lead.ok(&["sign", file, "--yes"]).out), codes[0]);
}

#[test]
fn a_visit_is_final_only_when_all_is_settled_or_waived_and_the_report_says_why() {
    let panel = Panel::small(5, &[]);
    let (lead, member, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    let refused = lead.refuses(4, &["finalize", file, "--yes"]);
    for word in ["undecided", "hidden", "identity"] {
        assert!(refused.err.contains(word), "{word}: {refused:?}");
    }
    member.refuses(1, &["finalize", file, "--yes"]);
    lead.refuses(2, &["finalize", file, "--waive", "weather=下雨", "--yes"]);
    lead.refuses(4, &["finalize", file, "--waive", "identity=", "--yes"]);
    all_score_c(&panel);
    lead.ok(&["object", file, "TM-02", "--text", "台账在档案室", "--by", "王院长"]);
    let refused = lead.refuses(4, &["finalize", file, "--waive", IDENTITY, "--yes"]);
    assert!(refused.err.contains("objection  机构异议未答复：TM-02"), "{refused:?}");
    lead.ok(&["object", file, "TM-02", "--answer", "已补看，维持原结论"]);
    let waived = ["finalize", file, "--waive", IDENTITY, "--waive", "parity=用不上的理由不记下来", "--yes"];
    let unsigned = lead.refuses(4, &waived);
    assert!(unsigned.err.contains("unsigned") && unsigned.err.contains(PANEL[4]), "{unsigned:?}");
    lead.refuses(2, &["finalize", file, "--waive", "unsigned=都同意", "--yes"]);
    panel.sign(&[0, 4]);
    lead.ok(&["sync", file]);
    lead.refuses(4, &waived);
    panel.sign(&[1]);
    lead.ok(&["sync", file]);
    lead.ok(&waived);
    sync_all(&panel);
    for laptop in &panel.laptops {
        let out = panel.root.join("final");
        laptop.ok(&["report", file, "--format", "md", "--out", out.to_str().unwrap()]);
        let written = std::fs::read_dir(&out).unwrap().next().unwrap().unwrap().path();
        let text = std::fs::read_to_string(written).unwrap();
        assert!(text.contains("现场当面核对了身份证") && !text.contains("用不上的理由"), "{text}");
        assert!(text.contains("台账在档案室") && text.contains("已补看，维持原结论"), "{text}");
    }
    for refused in [
        lead.refuses(1, &["decide", file, "TM-02", "A", "--reason", "事后"]),
        lead.refuses(1, &["visit", "recuse", file, PANEL[1], "*", "--reason", "事后"]),
        lead.refuses(1, &["visit", "plan", file, "--apply"]),
        member.refuses(1, &["visit", "declare", file, "事后想起"]),
    ] {
        assert!(refused.err.contains("定稿"), "{refused:?}");
    }
    lead.ok(&["object", file, "TM-03", "--text", "拿到报告后提出"]);
    assert_eq!(lead.json(&["visit", "info", file, "--json"])["state"], "final");
}

#[test]
fn objections_are_the_leads_to_record_and_can_be_taken_back() {
    let panel = Panel::small(2, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    panel.laptops[1].refuses(1, &["object", file, "*", "--text", "不服"]);
    lead.refuses(2, &["object", file, "*", "--answer", "没有异议可答复"]);
    lead.refuses(1, &["object", file, "XX-1", "--text", "不服"]);
    lead.refuses(1, &["object", file, "*", "--text", " "]);
    lead.ok(&["object", file, "*", "--text", "现场时间太短"]);
    let open = lead.run(&["finalize", file, "--check"]);
    assert_eq!(open.code, Some(4));
    assert!(open.out.contains("机构异议未答复"), "{open:?}");
    lead.ok(&["object", file, "*", "--withdraw"]);
    assert!(!lead.run(&["finalize", file, "--check"]).out.contains("机构异议"));
}

#[test]
fn a_ballot_of_which_a_commit_is_missing_holds_up_the_end() {
    let panel = Panel::settled(3);
    let (file, lead, member) = (panel.file.as_str(), panel.lead(), &panel.laptops[1]);
    let open = |laptop: &Laptop| laptop.run(&["finalize", file, "--check"]).out;
    member.ok(&["score", file, "TM-01", "--grade", "D", "--reason", "无资质"]);
    member.ok(&["submit", file, "--yes"]);
    let whole = panel.file_bytes();
    // Somebody takes the votes out of the file, with a footer that is right, before the lead has them.
    assert!(panel.take_out(|json| json.contains(SEALED)) > 0);
    lead.ok(&["sync", file]);
    let said = open(lead);
    let of_kind = said.lines().find(|line| line.contains("incomplete")).unwrap_or_else(|| panic!("{said}"));
    assert!(of_kind.contains(PANEL[1]) && of_kind.contains("有记录缺失"), "{of_kind}");
    assert!(lead.ok(&["visit", "info", file]).out.contains("有记录缺失"));
    let received = || {
        let home = Home::choose(Some(lead.home.clone())).unwrap();
        let session = Session::open(&home, Path::new(file)).unwrap();
        let state = session.visit().member(PANEL[1]).unwrap();
        let (feed, head) = state.heads.first_key_value().unwrap();
        (session.visit().receipts().get(feed).copied().unwrap_or(0), head.n)
    };
    let (n, head) = received();
    assert!(n < head, "nothing behind a gap is said to have been received: {n} of {head}");
    fs::write(file, whole).unwrap();
    lead.ok(&["sync", file]);
    let (n, head) = received();
    assert_eq!(n, head);
    assert!(!open(lead).contains("incomplete"));
}

#[test]
fn what_cannot_be_undone_is_asked_for_twice() {
    let panel = Panel::small(5, &[]);
    let (lead, member, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    member.ok(&["score", file, "TM-02", "--grade", "B"]);
    let before = panel.file_bytes();
    let state = |laptop: &Laptop| laptop.json(&["visit", "info", file, "--json"])["state"].clone();

    let asked = member.refuses(4, &["submit", file]);
    assert!(asked.err.contains("没有评分") && asked.err.contains("TM-01"), "{asked:?}");
    assert!(asked.err.contains("已评 1 个") && asked.err.contains("--yes"), "{asked:?}");
    assert_eq!(panel.file_bytes(), before, "nothing was done");
    let asked = lead.refuses(4, &["close", file]);
    assert!(asked.err.contains("您自己的评分还没有提交"), "{asked:?}");
    // Who has sealed is asked of the file first, so the lead's records are in it now.
    let before = panel.file_bytes();
    assert!(member.refuses(1, &["close", file]).err.contains("组长"), "what may not be done is not asked");
    assert!(member.refuses(4, &["sign", file]).err.contains("还没有结束"));
    let blocked = lead.refuses(4, &["finalize", file]);
    assert!(blocked.err.contains("undecided") && blocked.err.contains("hidden"), "{blocked:?}");
    assert_eq!((panel.file_bytes(), state(lead)), (before, "scoring".into()), "nothing was done");

    member.ok(&["submit", file, "--yes"]);
    lead.ok(&["submit", file, "--yes"]);
    let closed = lead.ok(&["close", file, "--yes"]).out;
    let left_out = closed.lines().find(|line| line.starts_with("尚未提交")).unwrap();
    assert!(left_out.contains(PANEL[2]) && !left_out.contains(PANEL[1]), "{closed}");
    member.ok(&["sync", file]);
    let asked = member.refuses(4, &["sign", file]);
    assert!(asked.err.contains("核查记录") && asked.err.contains("undecided"), "{asked:?}");
    assert_eq!(state(member), "closed");
}

#[test]
fn what_is_let_pass_and_who_has_not_signed_is_said_before_a_visit_is_final() {
    let panel = Panel::small(5, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    all_score_c(&panel);
    panel.sign(&[0, 2, 3]);
    lead.ok(&["sync", file]);
    let asked = lead.refuses(4, &["finalize", file, "--waive", IDENTITY]);
    for said in ["现场当面核对了身份证", "未签字：陈思齐、赵一鸣", "都不再改", "--yes"]
    {
        assert!(asked.err.contains(said), "{said}: {asked:?}");
    }
    assert_eq!(lead.json(&["visit", "info", file, "--json"])["state"], "closed");
    lead.ok(&["finalize", file, "--waive", IDENTITY, "--yes"]);
    assert_eq!(lead.json(&["visit", "info", file, "--json"])["state"], "final");
}
