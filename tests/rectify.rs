//! The rectification ledger, told with the real program: born at the end of a visit, handed in, closed by a second person,
//! sent to the facility and taken back.

use std::fs;

use serde_json::Value;

use crate::support::{self, Laptop, PANEL, Panel};

const IDENTITY: &str = "identity=现场当面核对了身份证";

/// A final visit of five: TM-02 is D with the unmet points C1 and C3 (and A1, which is not required) that two members named, TM-03 is D without a named point, all
/// others are C.
pub(crate) fn final_visit() -> Panel {
    let panel = Panel::small(5, &[]);
    let file = panel.file.as_str();
    let overview = panel.lead().json(&["panel", file, "--json"]);
    let clauses = overview["clauses"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap());
    for (n, laptop) in panel.laptops.iter().enumerate() {
        let mut rows = "clause,grade,points,absent,reason,note\n".to_owned();
        for clause in clauses.clone() {
            rows.push_str(&match (clause, n) {
                ("TM-02", 0 | 1) => format!("{clause},D,C1=0;C3=9/10;A1=no,,病历不全,\n"),
                ("TM-02" | "TM-03", _) => format!("{clause},D,,,现场看不到,\n"),
                _ => format!("{clause},C,,,,\n"),
            });
        }
        let csv = panel.root.join(format!("votes-{n}.csv"));
        fs::write(&csv, rows).unwrap();
        laptop.ok(&["score", file, "--import", csv.to_str().unwrap()]);
        laptop.ok(&["submit", file, "--yes"]);
    }
    panel.close(5);
    panel.lead().refuses(1, &["rectify", file, "list"]);
    panel.sign(&[2, 1, 0]);
    panel.lead().ok(&["finalize", file, "--waive", IDENTITY, "--yes"]);
    sync_all(&panel);
    panel
}

fn sync_all(panel: &Panel) {
    for laptop in panel.laptops.iter().chain(&panel.laptops) {
        laptop.ok(&["sync", &panel.file]);
    }
}

fn item(laptop: &Laptop, file: &str, id: &str) -> Value {
    let list = laptop.json(&["rectify", file, "list", "--json"]);
    let items = list["items"].as_array().unwrap();
    items.iter().find(|it| it["id"] == id).unwrap_or_else(|| panic!("no {id}: {list}")).clone()
}

fn submit(laptop: &Laptop, file: &str, id: &str, by: &str) {
    laptop.ok(&["rectify", file, "submit", id, "--by", by, "--text", "已补齐"]);
}

#[test]
fn the_ledger_holds_what_somebody_found_unmet_and_each_d_without_a_point() {
    let panel = final_visit();
    for laptop in &panel.laptops {
        let list = laptop.json(&["rectify", &panel.file, "list", "--json"]);
        let ids: Vec<&str> =
            list["items"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
        assert_eq!(
            ids,
            ["TM-02.C1", "TM-02.C3", "TM-03"],
            "in the order of the checklist, alike on every laptop"
        );
        assert_eq!(list["counts"]["open"], 3);
    }
    let told = panel.lead().ok(&["rectify", &panel.file, "list"]).out;
    let unwrapped = told.replace("\n    ", "");
    assert!(unwrapped.contains("不低于 100%"), "a share says what it must come to: {told}");
    assert!(!PANEL.iter().any(|name| told.contains(name)), "nobody is named before anybody acts: {told}");
}

#[test]
fn an_item_is_closed_by_a_second_person_who_scored_the_point_again() {
    let panel = final_visit();
    let (lead, member, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    let close = |laptop: &Laptop, more: &[&str]| {
        let mut arguments = vec!["rectify", file, "close", "tm-02.c1"];
        arguments.extend(more);
        laptop.run(&arguments)
    };
    assert!(close(member, &["--finding", "1"]).err.contains("还没有提交"));
    submit(member, file, "TM-02.C1", PANEL[1]);
    assert!(close(member, &["--finding", "1"]).err.contains("不能自己销号"), "who did it");
    member.ok(&["sync", file]);
    lead.ok(&["sync", file]);
    assert!(close(lead, &[]).err.contains("没有达到"), "not scored again");
    assert!(close(lead, &["--finding", "0"]).err.contains("没有达到"), "still not met");
    assert!(close(lead, &["--finding", "9/10"]).code != Some(0), "not this point's measure");
    lead.ok(&["rectify", file, "plan", "TM-02.C1", "--person", PANEL[0]]);
    assert!(close(lead, &["--finding", "1"]).err.contains("不能自己销号"), "who answers for it");
    lead.ok(&["rectify", file, "plan", "TM-02.C1", "--person", "王院长"]);
    assert!(close(lead, &["--finding", "1"]).err.contains("没有佐证文件"), "nothing shows it");
    assert_eq!(close(lead, &["--finding", "1", "--remark", "看了十份病历"]).code, Some(0));
    sync_all(&panel);
    for laptop in &panel.laptops {
        let seen = item(laptop, file, "TM-02.C1");
        assert_eq!((&seen["progress"], &seen["closed_by"]), (&"closed".into(), &PANEL[0].into()));
        assert_eq!(seen["remark"], "看了十份病历");
    }
    member.refuses(1, &["rectify", file, "submit", "TM-02.C1", "--by", "王芳", "--text", "又改了"]);
    member.ok(&["rectify", file, "reopen", "TM-02.C1", "--reason", "复查时又缺"]);
    assert_eq!(item(member, file, "TM-02.C1")["progress"], "open");
    let history = member.ok(&["rectify", file, "show", "TM-02.C1"]).out;
    for part in ["列入台账", "提交整改情况", "销号", "重新打开：复查时又缺"] {
        assert!(history.contains(part), "{part}: {history}");
    }
}

#[test]
fn two_who_did_not_know_of_each_other_leave_every_laptop_with_one_ledger() {
    let panel = final_visit();
    let (lead, member, other, file) =
        (panel.lead(), &panel.laptops[1], &panel.laptops[2], panel.file.as_str());
    submit(member, file, "TM-03", "王芳");
    sync_all(&panel);
    // The lead looks at what is handed in while a member hands in something else.
    lead.ok(&["rectify", file, "close", "TM-03", "--remark", "现场看过"]);
    other.ok(&["rectify", file, "submit", "TM-03", "--by", "李强", "--text", "另一种做法"]);
    lead.ok(&["rectify", file, "strike", "TM-02.C1", "--reason", "另有安排"]);
    other.ok(&["rectify", file, "submit", "TM-02.C1", "--by", "李强", "--text", "已做"]);
    sync_all(&panel);
    let seen: Vec<Value> =
        panel.laptops.iter().map(|laptop| laptop.json(&["rectify", file, "list", "--json"])).collect();
    assert!(seen.iter().all(|list| list == &seen[0]), "{seen:?}");
    for laptop in [lead, other] {
        for id in ["TM-03", "TM-02.C1"] {
            let history = laptop.ok(&["rectify", file, "show", id]).out;
            assert!(history.contains("另一种做法") || history.contains("已做"), "nothing is lost: {history}");
        }
    }
}

#[test]
fn only_the_lead_adds_plans_and_strikes_and_what_is_late_is_told() {
    let panel = final_visit();
    let (lead, member, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    for arguments in [
        vec!["add", "门口没有无障碍坡道"],
        vec!["plan", "TM-03", "--deadline", "2026-01-01"],
        vec!["strike", "TM-03", "--reason", "算了"],
    ] {
        let refused = member.refuses(1, &[&["rectify", file], arguments.as_slice()].concat());
        assert!(refused.err.contains("组长"), "{refused:?}");
    }
    lead.refuses(2, &["rectify", file, "plan", "--all"]);
    lead.refuses(2, &["rectify", file, "plan", "--all", "--deadline", "年底"]);
    let added = lead.ok(&["rectify", file, "add", "门口没有无障碍坡道", "--deadline", "2026/1/5"]).out;
    let id = added.trim().rsplit('：').next().unwrap().to_owned();
    lead.ok(&["rectify", file, "plan", "--all", "--person", "王院长"]);
    let late = item(lead, file, &id);
    assert_eq!((&late["overdue"], &late["person"]), (&true.into(), &"王院长".into()));
    assert_eq!(late["deadline"], "2026-01-05", "what a plan does not name stays");
    assert!(lead.ok(&["rectify", file, "list", "overdue"]).out.contains("（逾期）"));
    sync_all(&panel);
    submit(member, file, &id, "王芳");
    member.ok(&["sync", file]);
    assert_eq!(item(member, file, "TM-03")["overdue"], false);
    lead.ok(&["sync", file]);
    assert_eq!(item(lead, file, &id)["overdue"], false, "handed in is not late");
    lead.refuses(1, &["rectify", file, "close", &id]);
    lead.ok(&["rectify", file, "close", &id, "--remark", "坡道已建好"]);
}

#[test]
fn a_photo_handed_in_reaches_the_one_who_closes_and_nobody_who_has_the_folder_alone() {
    let panel = final_visit();
    let (lead, member, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    let photo = panel.root.join("整改后.txt");
    fs::write(&photo, "整改后的处方点评记录 SECRET-PROOF").unwrap();
    let photo = photo.to_str().unwrap();
    member.ok(&["rectify", file, "submit", "TM-03", "--by", "王芳", "--text", "见附件", "--file", photo]);
    for laptop in [member, lead] {
        laptop.ok(&["sync", file]);
    }
    let folder = panel.root.join("taken-out");
    lead.ok(&["rectify", file, "show", "TM-03", "--files", folder.to_str().unwrap()]);
    assert_eq!(fs::read_to_string(folder.join("TM-03-1.txt")).unwrap(), "整改后的处方点评记录 SECRET-PROOF");
    for sealed in support::files_below(&panel.share()) {
        assert!(!support::holds(&sealed, b"SECRET-PROOF"), "{}", sealed.display());
    }
    // What was said anew in the facility's table has the photo of before.
    let table = panel.root.join("台账.csv");
    lead.ok(&["rectify", file, "export", table.to_str().unwrap()]);
    let text = fs::read_to_string(&table).unwrap().replace("见附件", "见附件，已复查");
    fs::write(&table, text).unwrap();
    lead.ok(&["rectify", file, "import", table.to_str().unwrap()]);
    let seen = item(lead, file, "TM-03");
    assert_eq!(
        (&seen["done"], &seen["files"]),
        (&"见附件，已复查".into(), &serde_json::json!(["整改后.txt"]))
    );
}

#[test]
fn the_facility_fills_in_a_workbook_and_one_bad_row_takes_in_nothing() {
    let panel = final_visit();
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let book = panel.root.join("台账.xlsx");
    lead.ok(&["rectify", file, "export", book.to_str().unwrap()]);
    let rows = read_rows(&book);
    let at = |name: &str| rows[0].iter().position(|cell| cell == name).unwrap();
    let returned = panel.root.join("returned.csv");
    let fill = |done: &[(&str, &str, &str, &str)]| {
        let mut writer = csv::Writer::from_path(&returned).unwrap();
        for row in &rows {
            let mut row = row.clone();
            for (id, column, value, _) in done {
                if row[at("编号")] == *id {
                    row[at(column)] = (*value).to_owned();
                }
            }
            writer.write_record(&row).unwrap();
        }
    };
    let path = returned.to_str().unwrap();
    fill(&[]);
    assert!(lead.ok(&["rectify", file, "import", path]).out.contains("没有变化 3 项"));
    fill(&[
        ("TM-03", "整改情况", "=已请处方点评\n三次", ""),
        ("TM-02.C1", "整改情况", "已补", ""),
        ("TM-02.C1", "整改人", "王芳", ""),
        ("TM-02.C1", "完成日期", "年底", ""),
    ]);
    let refused = lead.refuses(1, &["rectify", file, "import", path]);
    assert!(refused.err.contains("列：TM-03：没有写整改人") && refused.err.contains("年底"), "{refused:?}");
    let wrong_day = format!("第 {} 列：TM-02.C1：完成日期“年底”", at("完成日期") + 1);
    assert!(refused.err.contains(&wrong_day), "{wrong_day}: {}", refused.err);
    let n_submitted = || lead.json(&["rectify", file, "list", "--json"])["counts"]["submitted"].clone();
    assert_eq!(n_submitted(), 0);
    // The first row is good, the second is not.
    fill(&[
        ("TM-02.C1", "整改情况", "已补", ""),
        ("TM-02.C1", "整改人", "王芳", ""),
        ("TM-03", "整改情况", "已做", ""),
    ]);
    lead.refuses(1, &["rectify", file, "import", path]);
    assert_eq!(n_submitted(), 0, "all rows or none");
    fill(&[
        ("TM-03", "整改情况", "=已请处方点评\n三次", ""),
        ("TM-03", "整改人", "王芳", ""),
        ("TM-03", "完成日期", "2026年11月25日", ""),
        ("TM-03", "责任人", "不是组长定的", ""),
    ]);
    let said = lead.ok(&["rectify", file, "import", path]);
    assert!(said.out.contains("新提交 1 项") && said.err.contains("没有读取"), "{said:?}");
    let seen = item(lead, file, "TM-03");
    assert_eq!((&seen["by"], &seen["on"]), (&"王芳".into(), &"2026-11-25".into()));
    assert_eq!((&seen["done"], &seen["person"]), (&"=已请处方点评\n三次".into(), &Value::Null));
    assert!(lead.ok(&["rectify", file, "import", path]).out.contains("新提交 0 项"), "twice is once");
    lead.ok(&["rectify", file, "import", path, "--plans"]);
    assert_eq!(item(lead, file, "TM-03")["person"], "不是组长定的");
    let text = fs::read_to_string(&returned).unwrap().replace("11月25日", "11月26日");
    fs::write(&returned, &text).unwrap();
    assert!(lead.ok(&["rectify", file, "import", path]).out.contains("新提交 1 项"), "another day");
    assert_eq!(item(lead, file, "TM-03")["on"], "2026-11-26");
    // A table without the deadline leaves it as it is.
    lead.ok(&["rectify", file, "plan", "TM-03", "--deadline", "2099-12-31"]);
    let narrow = panel.root.join("narrow.csv");
    fs::write(&narrow, "编号,责任人\nTM-03,李院长\n").unwrap();
    lead.ok(&["rectify", file, "import", narrow.to_str().unwrap(), "--plans"]);
    let seen = item(lead, file, "TM-03");
    assert_eq!((&seen["person"], &seen["deadline"]), (&"李院长".into(), &"2099-12-31".into()));
    let text = text.replace("三次", "四次");
    fs::write(&returned, encoding_rs::GB18030.encode(&text).0).unwrap();
    assert!(
        lead.ok(&["rectify", file, "import", path]).out.contains("新提交 1 项"),
        "saved by a Chinese Excel"
    );
    fs::write(&returned, text.replace("四次", "三次")).unwrap();
    assert!(lead.ok(&["rectify", file, "import", path]).out.contains("新提交 1 项"));
    lead.ok(&["rectify", file, "export", book.to_str().unwrap()]);
    assert!(lead.ok(&["rectify", file, "import", book.to_str().unwrap()]).out.contains("新提交 0 项"));
    let again = read_rows(&book);
    assert_eq!(
        again.iter().find(|row| row[at("编号")] == "TM-03").unwrap()[at("整改情况")],
        "=已请处方点评\n三次"
    );
}

#[test]
fn signatures_and_reports_stay_as_they_were_while_the_ledger_goes_on() {
    let panel = final_visit();
    let (lead, member, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    let report = |name: &str| {
        let dir = panel.root.join(name);
        lead.ok(&["report", file, "--format", "md,xlsx,docx,json", "--out", dir.to_str().unwrap()]);
        let mut files: Vec<_> = support::files_below(&dir);
        files.sort();
        files.iter().map(|path| fs::read(path).unwrap()).collect::<Vec<_>>()
    };
    let before = report("before");
    submit(member, file, "TM-03", "王芳");
    sync_all(&panel);
    lead.ok(&["rectify", file, "close", "TM-03", "--remark", "看过"]);
    sync_all(&panel);
    assert!(report("after") == before, "a final report is final");
}

#[test]
fn the_closure_form_tells_what_was_mended_and_seen_once_the_visit_is_final() {
    let open = Panel::small(2, &[]);
    let out = open.root.join("forms");
    open.lead().refuses(1, &["form", "closure", &open.file, "--out", out.to_str().unwrap()]);
    let panel = final_visit();
    let (lead, file) = (panel.lead(), panel.file.as_str());
    submit(lead, file, "TM-03", "王芳");
    lead.ok(&["rectify", file, "close", "TM-03", "--remark", "现场看过<b>"]);
    lead.ok(&["rectify", file, "strike", "TM-02.C1", "--reason", "不要求"]);
    let written = lead.ok(&["form", "closure", file, "--out", out.to_str().unwrap()]).out;
    let bytes = fs::read(written.lines().next().unwrap()).unwrap();
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut package.by_name("word/document.xml").unwrap(), &mut text).unwrap();
    for part in ["TM-03", "已补齐", "王芳", "现场看过&lt;b&gt;", PANEL[0], "已销号"] {
        assert!(text.contains(part), "{part}");
    }
    assert!(!text.contains("TM-02.C1"), "what was struck is not to be mended");
}

fn read_rows(book: &std::path::Path) -> Vec<Vec<String>> {
    use calamine::{Data, Reader, Xlsx, open_workbook};
    let mut workbook: Xlsx<_> = open_workbook(book).unwrap();
    let name = workbook.sheet_names()[0].clone();
    let range = workbook.worksheet_range(&name).unwrap();
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}
