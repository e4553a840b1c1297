//! The expert pool and the draw with the real program: files in and out, a panel by a seed, and the record in a visit.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::support::{self, Laptop};

const POOL: &str = include_str!("golden/draw/pool.csv");
const RECORD: &str = include_str!("golden/draw/record-2.json");
/// By the rules before: neither facility nor day was part of the ticket.
const FIRST: &str = include_str!("golden/draw/record.json");
const FACILITY: &str = "青禾镇中心卫生院";

struct Desk {
    folder: TempDir,
    laptop: Laptop,
}

impl Desk {
    fn empty() -> Self {
        let folder = support::new_folder();
        let laptop = Laptop::new(folder.path().join("home"));
        Self { folder, laptop }
    }

    /// With the pool of the golden record.
    fn new() -> Self {
        let desk = Self::empty();
        desk.laptop.ok(&["pool", "import", &desk.file("pool.csv", POOL)]);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn at(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), content).unwrap();
        self.at(name)
    }

    /// Draws into `draw.json` what the golden record was drawn from.
    fn draw(&self) -> String {
        let record = self.at("draw.json");
        let mut command = DRAW.to_vec();
        command.extend(["--out", &record]);
        self.laptop.ok(&command);
        record
    }
}

const DRAW: [&str; 18] = [
    "pool",
    "draw",
    "--facility",
    FACILITY,
    "--profile",
    "township",
    "--seed",
    "2026-11-20 双色球 03 08 14 19 22 30 + 07",
    "--alliance",
    "城东医共体",
    "--exclude-unit",
    "县疾控中心",
    "--recuse",
    "王芳@县人民医院:self:当日出差",
    "--date",
    "2026-11-20",
    "--visit-date",
    "2026-11-21",
];

/// Makes the golden record anew; only for a change of the rules, which then have another name.
fn refresh(record: &str) {
    if support::number("HECHA_GOLDEN_DRAW") == Some(1) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/draw");
        fs::write(folder.join("record-2.json"), record).unwrap();
    }
}

#[test]
fn the_golden_draw_is_the_same_on_every_machine() {
    let desk = Desk::new();
    let drawn = fs::read_to_string(desk.draw()).unwrap();
    refresh(&drawn);
    assert_eq!(drawn, RECORD);
    // Drawn on another laptop, from the same people in another order and as a workbook.
    let other = Desk::empty();
    let workbook = desk.at("pool.xlsx");
    desk.laptop.ok(&["pool", "export", &workbook]);
    let mut lines: Vec<&str> = POOL.lines().collect();
    lines[1..].reverse();
    let half = lines.len() / 2;
    let first = other.file("first.csv", format!("{}\n{}\n", lines[0], lines[1..half].join("\n")));
    other.laptop.ok(&["pool", "import", &first]);
    other.laptop.ok(&["pool", "import", &workbook]);
    let mut command = DRAW.to_vec();
    command.extend(["--lang", "en", "--json"]);
    let mut english = other.laptop.command();
    let answer = support::Answer::of(english.args(&command[..DRAW.len()]).arg("--json").output().unwrap());
    assert_eq!(answer.out, RECORD);
    assert_eq!(
        other.laptop.ok(&["pool", "redraw", &desk.at("draw.json")]).out.lines().last(),
        Some("重新抽取，结果一致")
    );
}

#[test]
fn the_record_can_be_followed_with_sha256_alone() {
    let record: Value = serde_json::from_str(RECORD).unwrap();
    let seed = record["seed"].as_str().unwrap();
    let mut order: Vec<(String, &str)> = record["eligible"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let (name, unit) = (it["name"].as_str().unwrap(), it["unit"].as_str().unwrap());
            let digest =
                Sha256::digest(format!("hecha-draw-2\n{seed}\n{FACILITY}\n2026-11-21\n{name}\n{unit}\n"));
            let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(it["ticket"].as_str().unwrap(), &hex[..16]);
            (hex, name)
        })
        .collect();
    let stands: Vec<&str> = order.iter().map(|(_, name)| *name).collect();
    order.sort();
    assert_eq!(stands, order.iter().map(|(_, name)| *name).collect::<Vec<_>>());
    // The pool's digest is that of the exported CSV.
    let desk = Desk::new();
    let csv = desk.at("out.csv");
    desk.laptop.ok(&["pool", "export", &csv]);
    let hex: String =
        Sha256::digest(fs::read(&csv).unwrap()).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(record["pool_sha256"].as_str().unwrap(), hex);
}

#[test]
fn the_golden_panel_keeps_the_rule() {
    let record: Value = serde_json::from_str(RECORD).unwrap();
    let panel = record["panel"].as_array().unwrap();
    assert_eq!(panel.len(), 5);
    let mut fields: Vec<&str> = panel.iter().map(|seat| seat["field"].as_str().unwrap()).collect();
    fields.sort_unstable();
    let mut wanted: Vec<&str> =
        record["fields"].as_array().unwrap().iter().map(|field| field.as_str().unwrap()).collect();
    wanted.sort_unstable();
    assert_eq!(fields, wanted);
    let kinds: std::collections::BTreeSet<&str> =
        record["excluded"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect();
    let all = ["own-unit", "coaching", "kinship", "dealings", "alliance", "self", "unit", "title"];
    assert_eq!(kinds, std::collections::BTreeSet::from(all));
    // Nothing of an expert but what the draw rests on: no training, no ties to other facilities.
    for secret in ["省级核查员培训", "东山卫生院"] {
        assert!(POOL.contains(secret) && !RECORD.contains(secret), "{secret}");
    }
}

#[test]
fn a_visit_founded_on_a_record_carries_it_into_info_and_report() {
    let desk = Desk::new();
    let record = desk.draw();
    let drawn: Value = serde_json::from_str(RECORD).unwrap();
    let name = |at: usize| drawn["panel"][at]["name"].as_str().unwrap().to_owned();
    let visit = desk.at("visit.hecha");
    let rest = ["--profile", "township", "--stage", "county", "--date", "2026-11-21", "--draw", &record];
    let create = |file: &str, more: &[&str]| {
        let mut command = vec!["visit".to_owned(), "create".to_owned(), file.to_owned()];
        command.extend(rest.iter().chain(more).map(|it| (*it).to_owned()));
        command
    };
    let lead = name(2);
    desk.laptop.ok(&create(&visit, &["--facility", FACILITY, "--lead", &lead]));
    let info = desk.laptop.json(&["visit", "info", &visit, "--json"]);
    assert_eq!(info["lead"], Value::from(lead.clone()));
    assert_eq!(info["draw"]["agrees"], Value::from(true));
    assert_eq!(info["draw"]["n_pool"], drawn["n_pool"]);
    let mut members: Vec<&str> =
        info["members"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    members.sort_unstable();
    let mut panel: Vec<String> = (0..5).map(name).collect();
    panel.sort_unstable();
    assert_eq!(members, panel);

    // The shared file alone is enough for anybody, also on a laptop without that pool.
    let stranger = Laptop::new(desk.path("stranger"));
    let again = stranger.json(&["pool", "redraw", &visit, "--json"]);
    assert_eq!((again["agrees"].as_bool(), again["pool"].as_str()), (Some(true), Some("other")));
    assert_eq!(again["record"], drawn);
    assert_eq!(desk.laptop.json(&["pool", "redraw", &visit, "--json"])["pool"].as_str(), Some("same"));

    let reports = desk.at("reports");
    desk.laptop.ok(&["report", &visit, "--format", "md,json", "--out", &reports]);
    let made = support::files_below(Path::new(&reports));
    let read = |end: &str| {
        fs::read_to_string(made.iter().find(|it| it.to_str().unwrap().ends_with(end)).unwrap()).unwrap()
    };
    let md = read(".md");
    for said in ["专家抽取", "双色球", "按种子重新抽取，结果一致", "当日出差", "紧缺专业"]
    {
        assert!(md.contains(said), "{said}");
    }
    let json: Value = serde_json::from_str(&read(".json")).unwrap();
    assert_eq!(json["draw"]["agrees"], Value::from(true));
    assert_eq!(json["draw"]["panel"], drawn["panel"]);

    // Without --lead the first drawn leads; what contradicts the record is refused.
    let second = desk.at("second.hecha");
    desk.laptop.ok(&create(&second, &["--facility", FACILITY]));
    let info = desk.laptop.json(&["visit", "info", &second, "--json"]);
    assert_eq!(info["lead"], Value::from(name(0)));
    let third = desk.at("third.hecha");
    for wrong in [
        ["--facility", "东山卫生院", "--lead", lead.as_str()],
        ["--facility", FACILITY, "--lead", "局外人"],
        ["--facility", FACILITY, "--lead", &format!("{lead}:财务管理")],
        ["--facility", FACILITY, "--member", "局外人:医疗:主任医师"],
    ] {
        desk.laptop.refuses(1, &create(&third, &wrong));
        assert!(!desk.path("third.hecha").exists());
    }
}

#[test]
fn a_record_that_was_changed_is_told_and_not_founded_on() {
    let desk = Desk::new();
    let record: Value = serde_json::from_str(RECORD).unwrap();
    let seat = record["panel"][0]["name"].as_str().unwrap();
    let spare = record["substitutes"][0]["experts"][0]["name"].as_str().unwrap();
    for (name, text) in [
        ("swapped", RECORD.replacen("\"seed\": \"2026-11-20", "\"seed\": \"2026-11-19", 1)),
        ("moved", RECORD.replace(seat, "\u{1}").replace(spare, seat).replace('\u{1}', spare)),
    ] {
        assert_ne!(text, RECORD);
        let path = desk.file(&format!("{name}.json"), &text);
        let answer = desk.laptop.run(&["pool", "redraw", &path]);
        assert_eq!(answer.code, Some(3), "{name}: {answer:?}");
        assert!(answer.out.contains("不一致"), "{}", answer.out);
        let visit = desk.at("visit.hecha");
        let command = ["visit", "create", &visit, "--facility", FACILITY, "--profile", "township"];
        let command =
            [&command[..], &["--stage", "county", "--date", "2026-11-21", "--draw", &path]].concat();
        desk.laptop.refuses(3, &command);
    }
    for hostile in [
        "",
        "{",
        "[]",
        "{\"algorithm\":\"hecha-draw-2\"}",
        &"[".repeat(100_000),
        &RECORD.replace("hecha-draw-2", "a\\u001b[31m"),
    ] {
        let path = desk.file("hostile.json", hostile);
        desk.laptop.refuses(1, &["pool", "redraw", &path]);
    }
    let newer = desk.file("newer.json", RECORD.replace("hecha-draw-2", "hecha-draw-9"));
    let answer = desk.laptop.run(&["pool", "redraw", &newer]);
    assert!(answer.code == Some(1) && answer.out.contains("不能复核"), "{answer:?}");
}

#[test]
fn a_record_by_the_first_rules_is_still_checked() {
    let desk = Desk::new();
    let first = desk.file("first.json", FIRST);
    let answer = desk.laptop.ok(&["pool", "redraw", &first]);
    assert!(answer.out.contains("从专家库重新抽取也一致"), "{}", answer.out);
    let answer =
        desk.laptop.run(&["pool", "redraw", &desk.file("as-2.json", FIRST.replace("draw-1", "draw-2"))]);
    assert_eq!(answer.code, Some(1), "the second rules name profile and day: {answer:?}");
    let mut record: Value = serde_json::from_str(FIRST).unwrap();
    for (key, value) in
        [("algorithm", "hecha-draw-2".into()), ("profile", "".into()), ("visit_on", Value::Null)]
    {
        record[key] = value;
    }
    let answer = desk.laptop.run(&["pool", "redraw", &desk.file("as-2.json", record.to_string())]);
    assert!(answer.code == Some(3) && answer.out.contains("签号或顺序不对"), "{answer:?}");
}

#[test]
fn a_pool_that_cannot_cover_the_fields_says_which_and_why() {
    let desk = Desk::empty();
    let mut rows = "姓名,单位,职称,专业,既往关系\n".to_owned();
    for n in 0..9 {
        rows.push_str(&format!("医生{n},县医院,主治医师,医疗,\n"));
    }
    rows.push_str("中医甲,中医院,主治中医师,中医药,亲属：青禾镇中心卫生院\n");
    desk.laptop.ok(&["pool", "import", &desk.file("p.csv", rows)]);
    let draw =
        ["pool", "draw", "--facility", FACILITY, "--seed", "s", "--field", "医疗", "--field", "中医药"];
    let answer = desk.laptop.refuses(1, &draw);
    assert!(
        answer.err.contains("中医药 要 1 席") && answer.err.contains("中医甲（中医院）：亲属"),
        "{}",
        answer.err
    );
    desk.laptop.ok(&[&draw[..], &["--allow", "kinship"]].concat());
    for (more, code) in [
        (["--size", "4"], 1),
        (["--size", "6"], 1),
        (["--size", "11"], 1),
        (["--field", "外科"], 2),
        (["--allow", "nonsense"], 2),
        (["--recuse", "中医甲:kinship"], 2),
        (["--recuse", "无此人:kinship:x"], 1),
        (["--recuse", "中医甲:title:x"], 2),
        (["--date", "昨天"], 2),
        (["--profile", "nonsense"], 1),
    ] {
        desk.laptop.refuses(code, &[&draw[..], &more].concat());
    }
    Desk::empty().laptop.refuses(1, &draw);
}

#[test]
fn names_near_the_facility_are_told() {
    let desk = Desk::new();
    let command = ["pool", "draw", "--facility", "青禾镇中心", "--profile", "township", "--seed", "s"];
    let answer = desk.laptop.ok(&[&command[..], &["--exclude-unit", "没有的单位"]].concat());
    assert!(answer.err.contains("名称相近"), "{}", answer.err);
    assert!(answer.err.contains("没有单位“没有的单位”"), "{}", answer.err);
}

#[test]
fn one_bad_row_imports_nothing_and_every_bad_row_is_listed() {
    let desk = Desk::empty();
    let bad = "专家库,,,\n姓名 name,单位,职称,专业,电话\n张三,县医院,主治医师,医疗,1\n,县医院,主治医师,医疗,1\n李四,县医院,主治医师,外科,1\n张 三,县医院,医师,护理,1\n";
    for ending in ["\n", "\r\n", "\r"] {
        let path = desk.file("bad.csv", bad.replace('\n', ending));
        let answer = desk.laptop.refuses(1, &["pool", "import", &path]);
        for said in [
            "第 4 行第 1 列（姓名）：是空的",
            "第 5 行第 4 列（专业）“外科”",
            "第 6 行第 1 列（姓名）“张 三”：与第 3 行",
        ] {
            assert!(answer.err.contains(said), "{said}: {}", answer.err);
        }
    }
    let listed = desk.laptop.json(&["pool", "list", "--json"]);
    assert_eq!(listed["n_pool"], Value::from(0));
    let good = bad.lines().take(3).collect::<Vec<_>>().join("\n");
    let answer = desk.laptop.ok(&["pool", "import", &desk.file("good.csv", good)]);
    assert!(answer.err.contains("电话"), "a column that is not imported is told: {}", answer.err);
    for (name, hostile) in [
        ("unmarked.csv", "姓名,单位".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>()),
        ("empty.csv", Vec::new()),
        ("head.csv", "姓名,单位,职称,专业\n".into()),
        ("few.csv", "姓名,单位\n张三,县医院\n".into()),
        ("old.xlsx", vec![0xD0, 0xCF, 0x11, 0xE0, 0, 0]),
        ("broken.xlsx", b"PK\x03\x04 no".to_vec()),
        ("long.csv", format!("姓名,单位,职称,专业\n{},x,y,医疗\n", "长".repeat(500)).into()),
        ("many.csv", format!("姓名,单位,职称,专业\n{}", "张三,县医院,医师,医疗\n".repeat(7_000)).into()),
    ] {
        desk.laptop.refuses(1, &["pool", "import", &desk.file(name, hostile)]);
    }
    desk.laptop.refuses(1, &["pool", "import", &desk.at("missing.csv")]);
    assert_eq!(desk.laptop.json(&["pool", "list", "--json"])["n_pool"], Value::from(1));
}

#[test]
fn what_differs_of_a_person_waits_for_a_decision() {
    let desk = Desk::empty();
    let head = "name,unit,title,fields,ties\n";
    desk.laptop.ok(&["pool", "import", &desk.file("a.csv", format!("{head}张三,县医院,主治医师,医疗,\n"))]);
    let b =
        desk.file("b.csv", format!("{head}张三,县医院,副主任医师,医疗,亲属：某院\n李四,县医院,护师,护理,\n"));
    let answer = desk.laptop.refuses(4, &["pool", "import", &b]);
    assert!(answer.err.contains("张三（县医院） 职称：本机 “主治医师”，文件 “副主任医师”"), "{}", answer.err);
    assert!(answer.err.contains("既往关系：本机 空，文件 “亲属：某院”"), "{}", answer.err);
    let titles = || {
        let listed = desk.laptop.json(&["pool", "list", "--json"]);
        let experts = listed["experts"].as_array().unwrap().clone();
        experts.iter().map(|it| it["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(titles(), ["主治医师"]);
    desk.laptop.ok(&["pool", "import", &b, "--keep"]);
    assert_eq!(titles(), ["主治医师", "护师"]);
    desk.laptop.ok(&["pool", "import", &b, "--replace"]);
    assert_eq!(titles(), ["副主任医师", "护师"]);
    assert_eq!(desk.laptop.run(&["pool", "import", &b, "--replace", "--keep"]).code, Some(2));
    let of = |more: &[&str]| {
        desk.laptop.json(&[&["pool", "list", "--json"], more].concat())["experts"].as_array().unwrap().len()
    };
    assert_eq!((of(&["--title", "中级"]), of(&["--field", "护理"]), of(&["--unit", "县 医院"])), (1, 1, 2));
}

#[test]
fn what_is_removed_can_be_put_back() {
    let desk = Desk::new();
    let before = desk.laptop.json(&["pool", "list", "--json"]);
    desk.laptop.refuses(1, &["pool", "remove", "王芳"]);
    let removed = desk.laptop.ok(&["pool", "remove", "王芳", "--unit", "县人民医院"]);
    assert!(removed.err.contains("要放回"), "{}", removed.err);
    assert_ne!(desk.laptop.json(&["pool", "list", "--json"]), before);
    desk.laptop.ok(&["pool", "import", &desk.file("back.csv", removed.out)]);
    assert_eq!(desk.laptop.json(&["pool", "list", "--json"]), before);
    desk.laptop.refuses(1, &["pool", "remove", "无此人"]);
}

#[test]
fn no_cell_of_an_export_starts_a_formula_and_all_of_it_reads_the_same_again() {
    let desk = Desk::empty();
    let hostile =
        "姓名,单位,职称,专业,培训,例外理由\n=cmd|'/c calc'!A1,+县医院,-主治医师,医疗,@SUM(A1),\"'=1+1\"\n";
    desk.laptop.ok(&["pool", "import", &desk.file("hostile.csv", hostile)]);
    let before = desk.laptop.json(&["pool", "list", "--json"]);
    assert_eq!(before["experts"][0]["name"].as_str(), Some("=cmd|'/c calc'!A1"));
    let (csv, xlsx) = (desk.at("out.csv"), desk.at("out.xlsx"));
    desk.laptop.ok(&["pool", "export", &csv]);
    desk.laptop.ok(&["pool", "export", &xlsx]);
    let text = fs::read_to_string(&csv).unwrap();
    let mut reader = csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    for record in reader.records() {
        for cell in &record.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
        }
    }
    let mut book: Xlsx<_> = calamine::open_workbook(&xlsx).unwrap();
    let sheets = book.sheet_names();
    for sheet in sheets {
        assert_eq!(book.worksheet_formula(&sheet).unwrap().cells().count(), 0);
        let range = book.worksheet_range(&sheet).unwrap();
        assert!(range.cells().all(|(_, _, cell)| matches!(cell, Data::String(_) | Data::Empty)));
    }
    for file in [&csv, &xlsx] {
        let other = Laptop::new(desk.path(&format!("other-{}", file.len())));
        other.ok(&["pool", "import", file]);
        assert_eq!(other.json(&["pool", "list", "--json"]), before, "{file}");
    }
    desk.laptop.refuses(1, &["pool", "export", &csv]);
    desk.laptop.ok(&["pool", "export", &csv, "--replace"]);
    desk.laptop.refuses(2, &["pool", "export", &desk.at("out.txt")]);
    let template = desk.at("template.xlsx");
    desk.laptop.ok(&["pool", "export", &template, "--empty"]);
    let answer = desk.laptop.refuses(1, &["pool", "import", &template]);
    assert!(answer.err.contains("标题行下面没有专家"), "{}", answer.err);
}

#[test]
fn dates_in_a_workbook_stay_dates() {
    let desk = Desk::empty();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, header) in (0..).zip(["姓名", "单位", "职称", "专业", "培训"]) {
        sheet.write_string(0, at, header).unwrap();
    }
    for (at, text) in (0..).zip(["张三", "县医院", "主治医师", "医疗"]) {
        sheet.write_string(1, at, text).unwrap();
    }
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2025, 3, 9).unwrap();
    sheet.write_datetime_with_format(1, 4, &day, &format).unwrap();
    let path = desk.at("dates.xlsx");
    book.save(&path).unwrap();
    desk.laptop.ok(&["pool", "import", &path]);
    let listed = desk.laptop.json(&["pool", "list", "--json"]);
    assert_eq!(listed["experts"][0]["training"].as_str(), Some("2025-03-09"));
}

#[test]
fn a_closed_pipe_ends_a_list_quietly() {
    let desk = Desk::new();
    let mut child = desk.laptop.command().args(["pool", "list"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_draw_cuts_no_text_of_its_order() {
    let Desk { folder, laptop } = Desk::empty();
    let (pool, out) = (folder.path().join("pool.csv"), folder.path().join("draw.json"));
    let rows: String = (0..9).map(|n| format!("甲{n},院{n},主任医师,医疗\n")).collect();
    fs::write(&pool, format!("姓名,单位,职称,专业\n{rows}")).unwrap();
    laptop.ok(&["pool", "import", pool.to_str().unwrap()]);
    let long = "长".repeat(401);
    let draw = |facility: &str, alliance: &str| {
        let order = ["--size", "5", "--field", "医疗", "--seed", "x", "--out", out.to_str().unwrap()];
        let about = ["pool", "draw", "--facility", facility, "--alliance", alliance];
        about.into_iter().chain(order).map(str::to_owned).collect::<Vec<_>>()
    };
    for (facility, alliance) in [(long.as_str(), "城东"), ("院", long.as_str())] {
        let said = laptop.refuses(1, &draw(facility, alliance)).err;
        assert!(said.contains("文字太长：401 个字"), "{said}");
        assert!(!out.exists(), "nothing was drawn");
    }
    laptop.ok(&draw("院", "城东"));
}
