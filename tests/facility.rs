//! The facility's profile and the forms, told with the real program: filled in, refused, in conflict, signed, printed.

use std::{collections::BTreeMap, fs, io::Read, path::Path};

use quick_xml::events::Event;

use crate::support::{Laptop, PANEL, Panel};

fn set(laptop: &Laptop, file: &str, values: &[&str]) {
    let mut arguments = vec!["visit", "facility", file];
    arguments.extend(values.iter().flat_map(|value| ["--set", value]));
    laptop.ok(&arguments);
}

/// Writes a form and gives its path and what was noted.
fn form(laptop: &Laptop, kind: &str, file: &str, more: &[&str]) -> (String, String) {
    let out = Path::new(file).parent().unwrap().join("forms");
    let answer = laptop.ok(&[&["form", kind, file, "--out", out.to_str().unwrap()], more].concat());
    (answer.out.trim_end().to_owned(), answer.err)
}

/// The text of a document's cells and paragraphs, in order; each part must be sound XML.
fn texts(path: &str) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut parts = BTreeMap::new();
    for name in names {
        let mut text = String::new();
        archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        let mut reader = quick_xml::Reader::from_str(&text);
        while reader.read_event().unwrap() != Event::Eof {}
        parts.insert(name, text);
    }
    let mut reader = quick_xml::Reader::from_str(&parts["word/document.xml"]);
    let mut found = vec![String::new()];
    loop {
        match reader.read_event().unwrap() {
            Event::Text(piece) => found.last_mut().unwrap().push_str(&piece),
            Event::GeneralRef(reference) => {
                let c = ["amp", "lt", "gt", "quot"].iter().position(|it| *it == &*reference).unwrap();
                found.last_mut().unwrap().push(['&', '<', '>', '"'][c]);
            }
            Event::Empty(tag) if tag.name().as_ref() == "w:br" => found.last_mut().unwrap().push('\n'),
            Event::End(tag) if tag.name().as_ref() == "w:p" => found.push(String::new()),
            Event::Eof => break,
            _ => {}
        }
    }
    // What stands between the elements of the file's first lines is no text of it.
    found.iter().map(|text| text.trim_start().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// Every row of every table spans as many columns as the table has.
fn assert_grids(path: &str) {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    let mut n_rows = 0;
    for table in text.split("<w:tbl>").skip(1) {
        let columns = table.matches("<w:gridCol ").count();
        for row in table.split("<w:tr>").skip(1) {
            let row = row.split("</w:tr>").next().unwrap();
            let spanned: usize = row
                .split("<w:gridSpan w:val=\"")
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap().parse::<usize>().unwrap() - 1)
                .sum();
            assert_eq!(row.matches("<w:tc>").count() + spanned, columns, "{row}");
            n_rows += 1;
        }
    }
    assert!(n_rows > 4);
}

#[test]
fn the_lead_fills_in_shows_and_empties_fields() {
    let panel = Panel::small(2, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    assert!(lead.ok(&["visit", "facility", file]).out.contains("未填写"));
    set(lead, file, &["population=0.4999", "staff=42", "建筑面积＝3,200.5平方米", "name=青禾镇卫生院"]);
    let json = lead.json(&["visit", "facility", file, "--json"]);
    let fields = &json["fields"];
    assert_eq!((&fields["population"], &fields["staff"]), (&4_999.into(), &42.into()));
    assert_eq!(fields["building_area"].to_string(), "3200.5");
    assert_eq!(json["missing"].as_array().unwrap().len(), 13);
    set(lead, file, &["population=15000人", "staff="]);
    let json = lead.json(&["visit", "facility", file, "--json"]);
    assert_eq!(
        (&json["fields"]["population"], &json["fields"]["staff"]),
        (&15_000.into(), &serde_json::Value::Null)
    );
    let shown = lead.ok(&["visit", "facility", file]).out;
    assert!(shown.contains("1.5 万人（15000 人）") && shown.contains("未填"), "{shown}");
    let answer = lead.ok(&["visit", "facility", file, "--set", "population=1.5"]);
    assert!(answer.out.contains("没有变化"), "{answer:?}");
    let answer = lead.ok(&["visit", "facility", file, "--set", "staff=1", "--set", "health_technicians=2"]);
    assert!(answer.err.contains("多于"), "a warning, no refusal: {answer:?}");
}

#[test]
fn every_bad_value_is_told_and_then_nothing_is_recorded() {
    let panel = Panel::small(2, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let refused = lead.refuses(
        1,
        &[
            "visit",
            "facility",
            file,
            "--set",
            "beds=20",
            "--set",
            "population=0.49999",
            "--set",
            "sun=1",
            "--set",
            "x",
        ],
    );
    for told in ["四位小数", "没有字段“sun”", "字段=值"] {
        assert!(refused.err.contains(told), "{told}: {}", refused.err);
    }
    assert!(
        lead.refuses(1, &["visit", "facility", file, "--set", "population=15000"]).err.contains("15000人")
    );
    panel.laptops[1].refuses(1, &["visit", "facility", file, "--set", "beds=20"]);
    assert_eq!(lead.json(&["visit", "facility", file, "--json"])["missing"].as_array().unwrap().len(), 17);
}

#[test]
fn a_file_is_imported_whole_or_not_at_all() {
    let panel = Panel::small(1, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let toml = panel.root.join("机构.toml");
    let path = toml.to_str().unwrap();
    let template = lead.ok(&["visit", "facility", "--template"]).out;
    fs::write(&toml, &template).unwrap();
    assert!(lead.ok(&["visit", "facility", file, "--import", path]).out.contains("没有变化"));
    let bad = "beds = 20\npopulation = 1.23456\nstaff = true\n\nsun = \"1\"\n";
    fs::write(&toml, bad).unwrap();
    let refused = lead.refuses(1, &["visit", "facility", file, "--import", path]);
    for line in ["第 2 行：服务", "第 3 行：staff", "第 5 行：没有字段“sun”"] {
        assert!(refused.err.contains(line), "{line}: {}", refused.err);
    }
    let plan =
        |n: usize| format!("plan = \"\"\"\n{}\"\"\"\n", "建 \n".repeat(n / 2) + &"设".repeat(n - n / 2));
    fs::write(&toml, plan(2_001)).unwrap();
    assert!(lead.refuses(1, &["visit", "facility", file, "--import", path]).err.contains("最多"));
    fs::write(&toml, "plan = \"".to_owned() + &"建".repeat(2_001) + "\"\n").unwrap();
    assert!(
        lead.refuses(1, &["visit", "facility", file, "--import", path]).err.contains("2001 字，最多 2000")
    );
    fs::write(&toml, "plan = \"".to_owned() + &"建 ".repeat(1_999) + "设\"\npopulation = 0.5\nbeds = \"\"\n")
        .unwrap();
    assert!(lead.ok(&["visit", "facility", file, "--import", path]).out.contains("2 项"));
    let json = lead.json(&["visit", "facility", file, "--json"]);
    assert_eq!(json["fields"]["population"], 5_000);
    fs::write(&toml, [0xFF, 0xFE, 0x00]).unwrap();
    lead.refuses(1, &["visit", "facility", file, "--import", path]);
}

#[test]
fn lead_and_deputy_apart_are_a_conflict_that_either_settles_and_a_final_visit_takes_nothing_more() {
    let panel = Panel::settled(2);
    let (lead, deputy, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    let info = deputy.json(&["visit", "info", file, "--json"]);
    assert_eq!(info["members"][1]["name"], PANEL[1]);
    let shown = deputy.ok(&["visit", "code", file]).out;
    let (_, typed) = shown.split_once("加入码：").unwrap();
    lead.ok(&["visit", "admit", file, typed.split(['（', '\n', ' ']).next().unwrap()]);
    lead.ok(&["visit", "deputy", file, PANEL[1]]);
    for laptop in [lead, deputy] {
        laptop.ok(&["sync", file]);
    }
    set(lead, file, &["beds=20", "staff=40"]);
    set(deputy, file, &["beds=22", "phone=0971-1234567"]);
    for laptop in [lead, deputy, lead] {
        laptop.ok(&["sync", file]);
    }
    for laptop in [lead, deputy] {
        let json = laptop.json(&["visit", "facility", file, "--json"]);
        let contested = json["contested"]["beds"].as_array().unwrap();
        assert!(contested.len() == 2 && json["fields"]["beds"].is_null(), "{json}");
        assert_eq!(json["fields"]["staff"], 40);
        assert_eq!(json["fields"]["phone"], "0971-1234567");
        assert!(laptop.ok(&["visit", "facility", file]).out.contains("不一致"));
    }
    assert!(lead.run(&["finalize", file, "--check"]).out.contains("facility:beds"));
    let (_, notes) = form(lead, "recommendation", file, &[]);
    assert!(notes.contains("不一致"), "{notes}");
    set(lead, file, &["beds=22"]);
    for laptop in [lead, deputy] {
        laptop.ok(&["sync", file]);
    }
    let json = deputy.json(&["visit", "facility", file, "--json"]);
    assert_eq!((&json["fields"]["beds"], &json["contested"]), (&22.into(), &serde_json::json!({})));
    let refused = lead.refuses(4, &["finalize", file, "--yes"]);
    assert!(refused.err.contains("没有定稿"), "{refused:?}");
    lead.ok(&["visit", "declare", file, "none"]);
    for command in ["submit", "close"] {
        lead.ok(&[command, file, "--yes"]);
    }
    for index in [2, 3] {
        panel.laptops[index].ok(&["visit", "join", file, "--name", PANEL[index]]);
    }
    panel.end(&[0, 2, 3], lead);
    let refused = lead.refuses(1, &["visit", "facility", file, "--set", "beds=23"]);
    assert!(refused.err.contains("定稿"), "{refused:?}");
    let (notice, notes) = form(lead, "notice", file, &[]);
    let told = texts(&notice).join("\n");
    assert!(!told.contains("草稿") && notes.is_empty(), "{told} {notes}");
    assert!(told.contains("基本标准") && told.contains("示例"), "{told}");
}

#[test]
fn the_profile_is_part_of_the_signed_record() {
    let panel = Panel::small(1, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let record = || {
        let out = panel.root.join("out");
        lead.ok(&["sync", file]);
        let path = lead.ok(&["report", file, "--format", "json", "--out", out.to_str().unwrap()]).out;
        let text = fs::read_to_string(path.trim()).unwrap();
        serde_json::from_str::<serde_json::Value>(&text).unwrap()
    };
    let before = record();
    set(lead, file, &["beds=20"]);
    let after = record();
    assert_ne!(before["record"], after["record"]);
    assert_eq!(
        (&before["facility_profile"]["fields"]["beds"], &after["facility_profile"]["fields"]["beds"]),
        (&serde_json::Value::Null, &20.into())
    );
}

#[test]
fn the_recommendation_form_has_every_box_and_names_what_is_missing() {
    let panel = Panel::small(1, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let (path, notes) = form(lead, "recommendation", file, &[]);
    assert!(notes.contains("上一年：2025") && notes.contains("没有填"), "{notes}");
    let empty = texts(&path);
    assert_eq!(empty[0], "优质服务基层行推荐标准建设单位推荐表");
    assert!(empty.iter().any(|text| text.starts_with("（应包括：科室设置")), "{empty:?}");
    set(
        lead,
        file,
        &[
            "population=1.4999",
            "building_area=3200",
            "visits=31200",
            "year=2024",
            "plan=<思路>&\n第二行",
            "phone=0971-1234567",
        ],
    );
    let (path, notes) = form(lead, "recommendation", file, &[]);
    assert!(!notes.contains("上一年"), "{notes}");
    assert_grids(&path);
    let told = texts(&path);
    for text in [
        "青禾镇卫生院",
        "服务（常住）人口数（万人）",
        "1.4999",
        "3200 平方米",
        "2024年度诊疗人次数（人次）",
        "31200",
        "<思路>&\n第二行",
        "县级卫生健康行政部门意见",
        "市州卫生健康行政部门意见",
    ] {
        assert!(told.iter().any(|it| it == text), "{text}: {told:?}");
    }
    assert_eq!(
        told.iter().filter(|text| text.contains("盖章")).count(),
        4,
        "facility twice, county, prefecture"
    );
    let (other, notes) = form(lead, "recommendation", file, &["--year", "2021"]);
    assert_eq!(other, path, "the same file name");
    assert!(notes.contains("留空"), "{notes}");
    let told = texts(&other);
    assert!(
        told.iter().any(|text| text == "2021年度诊疗人次数（人次）")
            && !told.iter().any(|text| text == "31200")
    );
}

#[test]
fn declarations_are_a_page_a_member_and_a_notice_is_a_draft_until_the_end() {
    let panel = Panel::small(2, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    panel.laptops[1].ok(&["visit", "declare", file, "配偶在该院中医科", "--recuse", "TM-02"]);
    for laptop in [&panel.laptops[1], lead] {
        laptop.ok(&["sync", file]);
    }
    let (path, _) = form(lead, "declaration", file, &[]);
    assert_grids(&path);
    let told = texts(&path);
    for name in PANEL {
        assert!(told.iter().any(|text| text == name), "{name}");
    }
    assert_eq!(told.iter().filter(|text| *text == "签名").count(), PANEL.len());
    assert_eq!(
        told.iter().filter(|text| *text == "配偶在该院中医科").count(),
        2,
        "declared, and as the reason"
    );
    assert!(told.iter().any(|text| text == "TM-02") && told.iter().any(|text| text == "（尚未申报）"));
    let mut archive = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text.matches("<w:pageBreakBefore/>").count(), PANEL.len() - 1);
    let (path, notes) = form(lead, "notice", file, &[]);
    let told = texts(&path);
    assert!(path.contains("草稿") && told[0].contains("草稿") && told[1].contains("不得公示"), "{told:?}");
    assert!(notes.contains("草稿"));
}

#[test]
fn kinds_are_listed_and_anything_else_is_wrong_usage() {
    let panel = Panel::small(1, &[]);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let listed = lead.ok(&["form", "list"]).out;
    let kinds = lead.json(&["form", "list", "--json"]);
    for kind in ["recommendation", "declaration", "notice"] {
        assert!(listed.contains(kind));
        assert!(kinds.as_array().unwrap().iter().any(|it| it["kind"] == kind));
    }
    lead.refuses(2, &["form", "banner", file]);
    lead.refuses(2, &["form", "notice"]);
    lead.refuses(2, &["form", "notice", file, "--year", "20"]);
}
