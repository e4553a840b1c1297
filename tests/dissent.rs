//! Members say why their votes differ: only once votes are in the open, undone and synced like every edit, never to somebody
//! who is recused.

use std::path::Path;

use hecha::app::{
    deed::{Deed, Done},
    home::Home,
    session::Session,
};
use serde_json::{Value, json};

use crate::support::{Laptop, PANEL, Panel, every_reason, files_below, holds};

const WORDS: &str = "值班表系后补QX5519";

fn clause_row(laptop: &Laptop, file: &str, id: &str) -> Value {
    let merged = laptop.json(&["merge", file, "--json"]);
    merged["clauses"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap().clone()
}

fn session(laptop: &Laptop, file: &str) -> Session {
    let home = Home::choose(Some(laptop.home.clone())).unwrap_or_else(|failure| panic!("{failure:?}"));
    Session::open(&home, Path::new(file)).unwrap_or_else(|failure| panic!("{failure:?}"))
}

fn sync_all(panel: &Panel) {
    for index in [1, 2, 0, 1, 2] {
        panel.laptops[index].ok(&["sync", &panel.file]);
    }
}

/// Three members voted B, D and C on TM-02, and sealed.
fn sealed(panel: &Panel) {
    for (laptop, grade) in panel.laptops.iter().zip(["B", "D", "C"]) {
        laptop.ok(&["score", &panel.file, "TM-02", "--grade", grade, "--reason", "现场所见"]);
        laptop.ok(&["submit", &panel.file, "--yes"]);
    }
    sync_all(panel);
}

/// As [`sealed`], and the lead has closed scoring.
fn voted(panel: &Panel) {
    sealed(panel);
    panel.close(3);
}

#[test]
fn a_dissent_waits_for_the_closing_and_travels_to_the_others() {
    let panel = Panel::small(3, &[]);
    let (file, member) = (panel.file.as_str(), &panel.laptops[1]);
    let dissent = ["dissent", file, "TM-02", "--cause", "evidence", "--text", WORDS, "--minority"];
    member.ok(&["score", file, "TM-02", "--grade", "D", "--reason", "现场所见"]);
    member.refuses(4, &dissent);
    sealed(&panel);
    member.refuses(4, &dissent);
    panel.close(3);
    member.ok(&dissent);
    member.refuses(1, &["dissent", file, "TM-04", "--cause", "slip"]);
    member.refuses(1, &["dissent", file, "XX-99", "--cause", "slip"]);
    member.refuses(2, &["dissent", file, "TM-02", "--cause", "mood"]);
    member.refuses(2, &["dissent", file, "TM-02"]);
    member.refuses(2, &["dissent", file, "TM-02", "--cause", "slip", "--minority"]);
    assert_eq!(clause_row(panel.lead(), file, "TM-02")["dissents"], json!([]));
    sync_all(&panel);
    let expected = json!([{ "member": PANEL[1], "cause": "evidence", "text": WORDS, "minority": true }]);
    for laptop in panel.laptops.iter().take(3) {
        let row = clause_row(laptop, file, "TM-02");
        assert_eq!(row["dissents"], expected);
        assert_eq!(row["effect"], "wide-spread");
        let told = laptop.ok(&["merge", file]).out;
        assert!(told.contains(&format!("{}少数意见：所见证据不同，{WORDS}", PANEL[1])), "{told}");
    }
    member.ok(&["dissent", file, "TM-02", "--withdraw"]);
    sync_all(&panel);
    assert_eq!(clause_row(panel.lead(), file, "TM-02")["dissents"], json!([]));
}

#[test]
fn a_dissent_is_undone_and_done_again() {
    let panel = Panel::small(3, &[]);
    let (file, member) = (panel.file.as_str(), &panel.laptops[1]);
    voted(&panel);
    member.ok(&["dissent", file, "TM-02", "--cause", "reading"]);
    member.ok(&["dissent", file, "TM-02", "--cause", "slip", "--text", "看错一行"]);
    let cause = || clause_row(member, file, "TM-02")["dissents"][0]["cause"].clone();
    assert_eq!(cause(), "slip");
    assert!(
        session(member, file).perform(Deed::Undo).is_ok_and(|done| matches!(done, Done::Stepped(Some(_))))
    );
    assert_eq!(cause(), "reading");
    assert!(
        session(member, file).perform(Deed::Undo).is_ok_and(|done| matches!(done, Done::Stepped(Some(_))))
    );
    assert_eq!(cause(), Value::Null);
    assert!(
        session(member, file).perform(Deed::Redo).is_ok_and(|done| matches!(done, Done::Stepped(Some(_))))
    );
    assert_eq!(cause(), "reading");
}

#[test]
fn who_dissents_stands_beside_the_decision_and_may_say_so_when_it_is_final() {
    let panel = Panel::small(3, &[]);
    let (file, member) = (panel.file.as_str(), &panel.laptops[1]);
    voted(&panel);
    panel.lead().ok(&["decide", file, "TM-02", "C", "--reason", "现场复看后一致"]);
    sync_all(&panel);
    for laptop in panel.laptops.iter().take(3) {
        let row = clause_row(laptop, file, "TM-02");
        let dissenting: Vec<(&Value, &Value)> =
            row["dissenting"].as_array().unwrap().iter().map(|it| (&it["member"], &it["grade"])).collect();
        assert_eq!(dissenting, [(&json!(PANEL[0]), &json!("B")), (&json!(PANEL[1]), &json!("D"))]);
        let told = laptop.ok(&["merge", file]).out;
        assert!(told.contains(&format!("不同意见：{} B、{} D", PANEL[0], PANEL[1])), "{told}");
    }
    panel.sign(&[0, 1, 2]);
    panel.lead().ok(&["sync", file]);
    let mut lead = session(panel.lead(), file);
    lead.perform(Deed::Finalize(every_reason("测试"))).unwrap_or_else(|failure| panic!("{failure:?}"));
    drop(lead);
    sync_all(&panel);
    // A member may still say so beside the signature: it moves nothing of what is final.
    let before = clause_row(member, file, "TM-02");
    member.ok(&["dissent", file, "TM-02", "--cause", "slip"]);
    sync_all(&panel);
    for laptop in panel.laptops.iter().take(3) {
        let row = clause_row(laptop, file, "TM-02");
        assert_eq!(row["dissents"][0]["cause"], "slip");
        assert_eq!((&row["verdict"], &row["votes"]), (&before["verdict"], &before["votes"]));
    }
    member.refuses(1, &["vote", file, "TM-02", "A"]);
}

#[test]
fn while_ballots_are_sealed_nothing_is_said_of_them() {
    let panel = Panel::small(3, &[]);
    let (file, member) = (panel.file.as_str(), &panel.laptops[1]);
    sealed(&panel);
    let dissent = ["dissent", file, "TM-02", "--cause", "evidence", "--text", WORDS];
    member.refuses(4, &dissent);
    sync_all(&panel);
    for path in files_below(&panel.root).into_iter().filter(|path| !path.starts_with(&member.home)) {
        assert!(!holds(&path, WORDS.as_bytes()), "{}", path.display());
    }
    panel.close(3);
    member.ok(&dissent);
    sync_all(&panel);
    assert_eq!(clause_row(panel.lead(), file, "TM-02")["dissents"][0]["text"], WORDS);
}

#[test]
fn a_recused_member_is_told_nothing_of_the_clause() {
    let recusal = format!("{}:TM-02:曾在该科室带教", PANEL[2]);
    let panel = Panel::small(4, &["--recuse", &recusal]);
    let (file, recused) = (panel.file.as_str(), &panel.laptops[2]);
    for (index, grade) in [(0, "B"), (1, "D"), (3, "C")] {
        let laptop = &panel.laptops[index];
        laptop.ok(&["score", file, "TM-02", "--grade", grade, "--reason", "仅此一见JW2071"]);
        laptop.ok(&["submit", file, "--yes"]);
    }
    recused.refuses(1, &["score", file, "TM-02", "--grade", "A"]);
    recused.ok(&["submit", file, "--yes"]);
    panel.close(4);
    panel.lead().ok(&["decide", file, "TM-02", "C", "--reason", "理由ZL8846"]);
    panel.laptops[1].ok(&["dissent", file, "TM-02", "--cause", "evidence", "--text", WORDS]);
    for index in [0, 1, 2, 3, 0, 1, 2, 3] {
        panel.laptops[index].ok(&["sync", file]);
    }
    let row = clause_row(recused, file, "TM-02");
    assert_eq!(row["withheld"], true);
    assert_eq!((&row["dissents"], &row["dissenting"]), (&json!([]), &json!([])));
    let counted = |point: &Value| ["yes", "no", "not_applicable", "open"].map(|key| point[key] == 0);
    assert!(row["points"].as_array().unwrap().iter().all(|point| counted(point) == [true; 4]), "{row}");
    assert_eq!(
        (&row["verdict"], &row["spread"], &row["effect"]),
        (&Value::Null, &json!(0), &json!("agreed"))
    );
    let told = recused.ok(&["merge", file]).out;
    assert!(told.contains("1 条因本人回避不列"), "{told}");
    let all = format!("{told}{}", recused.json(&["merge", file, "--json"]));
    for secret in [WORDS, "JW2071", "ZL8846"] {
        assert!(!all.contains(secret), "{secret} is told");
    }
    let votes = row["votes"].as_array().unwrap();
    assert!(votes.iter().all(|vote| vote["member"] == PANEL[2] && vote["grade"].is_null()), "{row}");
    recused.refuses(1, &["dissent", file, "TM-02", "--cause", "slip"]);
    let others = clause_row(panel.lead(), file, "TM-02");
    assert_eq!(others["dissents"][0]["text"], WORDS, "the search would find what is told");
}

#[test]
fn the_agenda_fits_eighty_columns_and_goes_down_to_the_point() {
    use unicode_width::UnicodeWidthStr;
    let panel = Panel::small(3, &[]);
    let file = panel.file.as_str();
    for (laptop, answer) in panel.laptops.iter().zip(["C1=2", "C1=0", "C1=3"]) {
        laptop.ok(&["score", file, "TM-02", "--point", answer]);
    }
    voted(&panel);
    let told = panel.lead().ok(&["merge", file]).out;
    assert!(told.contains("    C1: 2 是 (2, 3) / 1 否 (0) | "), "{told}");
    assert!(told.contains(&format!("是：{} 2、{} 3；否：{} 0", PANEL[0], PANEL[2], PANEL[1])), "{told}");
    let wide: Vec<&str> = told.lines().filter(|line| line.width() > 80).collect();
    assert!(wide.is_empty(), "{wide:?}");
    let row = clause_row(panel.lead(), file, "TM-02");
    let first = row["points"].as_array().unwrap().iter().find(|point| point["id"] == "C1").unwrap();
    assert_eq!(first, &json!({ "id": "C1", "yes": 2, "no": 1, "not_applicable": 0, "open": 0 }));
}
