//! Workbooks: what is exported comes back unchanged, and what is wrong with one is told by sheet, row and column.

mod book;
mod forms;

use std::{
    io::{Cursor, Read, Write},
    path::Path,
    sync::OnceLock,
};

use calamine::{Data, Reader, Xlsx};
use hecha::{
    checklist::{
        Kind, Sources, content, list_areas, list_profiles, load_area, load_profile,
        xlsx::{Imported, SheetProblem, export_area, export_checklist, export_profile, import},
    },
    domain::terms::lang::Lang,
};
use proptest::prelude::*;

use self::book::{Book, Put};

fn with(imported: &Imported) -> Sources {
    imported.files.iter().fold(Sources::built_in(), |sources, file| {
        sources.with_text(file.kind, &file.id, format!("{}.toml", file.id), &file.text)
    })
}

/// A TOML text as data: decimals as floats, whatever they were written as.
fn data(text: &str) -> toml::Value {
    fn plain(value: toml::Value) -> toml::Value {
        match value {
            toml::Value::Integer(n) => toml::Value::Float(n as f64),
            toml::Value::Array(items) => toml::Value::Array(items.into_iter().map(plain).collect()),
            toml::Value::Table(table) => {
                toml::Value::Table(table.into_iter().map(|(key, value)| (key, plain(value))).collect())
            }
            other => other,
        }
    }
    plain(toml::Value::Table(text.parse().unwrap()))
}

fn shipped(kind: Kind, id: &str) -> String {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("checklists");
    std::fs::read_to_string(root.join(kind.folder()).join(format!("{id}.toml"))).unwrap()
}

#[test]
fn every_shipped_area_comes_back_with_all_its_data() {
    let sources = Sources::built_in();
    for lang in [Lang::Zh, Lang::En] {
        for id in list_areas(&sources) {
            let bytes = export_area(id.as_str(), &sources, lang).unwrap();
            let imported = import(&bytes, &sources).unwrap_or_else(|problems| panic!("{id}: {problems:#?}"));
            assert_eq!(imported.warnings, []);
            assert_eq!(imported.files.len(), 1);
            assert_eq!(data(&imported.files[0].text), data(&shipped(Kind::Area, id.as_str())), "{id}");
            let (before, _) = load_area(id.as_str(), &sources).unwrap();
            let (after, _) = load_area(id.as_str(), &with(&imported)).unwrap();
            assert_eq!(before, after);
            assert_eq!(content::encode_area(&before), content::encode_area(&after));
        }
    }
}

#[test]
fn every_shipped_profile_comes_back_with_all_its_data() {
    let sources = Sources::built_in();
    for lang in [Lang::Zh, Lang::En] {
        // One profile in English will do: the words are the same in all of them.
        for profile in
            list_profiles(&sources).iter().filter(|it| lang == Lang::Zh || it.id.as_str() == "village")
        {
            let id = profile.id.as_str();
            let bytes = export_profile(id, &sources, lang).unwrap();
            let imported = import(&bytes, &sources).unwrap_or_else(|problems| panic!("{id}: {problems:#?}"));
            assert_eq!(imported.warnings, []);
            assert_eq!(imported.files.len(), 6);
            for file in &imported.files {
                assert_eq!(data(&file.text), data(&shipped(file.kind, &file.id)), "{}", file.id);
            }
            let (before, _) = load_profile(id, &sources).unwrap();
            let (after, warnings) = load_profile(id, &with(&imported)).unwrap();
            assert_eq!(warnings, []);
            assert_eq!(content::encode(&before), content::encode(&after));
            // A second way round changes nothing any more, not even a byte of the text.
            let again = import(&export_profile(id, &with(&imported), lang).unwrap(), &sources).unwrap();
            assert_eq!(again, imported);
        }
    }
}

#[test]
fn the_checklist_of_a_visit_comes_back_as_it_was_founded() {
    let sources = Sources::built_in();
    for profile in list_profiles(&sources) {
        let id = profile.id.as_str();
        let (before, _) = load_profile(id, &sources).unwrap();
        let bytes = export_checklist(&before, Lang::Zh).unwrap();
        let imported = import(&bytes, &sources).unwrap_or_else(|problems| panic!("{id}: {problems:#?}"));
        let (after, _) = load_profile(id, &with(&imported)).unwrap();
        assert_eq!(before.profile, after.profile);
        assert_eq!(before.lists, after.lists);
        for (before, after) in before.clauses().zip(after.clauses()) {
            let mut narrowed = hecha::domain::checklist::Clause::clone(before);
            narrowed.applies_to.retain(|facility| after.applies_to.contains(facility));
            for point in &mut narrowed.points {
                point.applies_to.retain(|facility| after.applies_to.contains(facility));
            }
            assert_eq!(&narrowed, after.as_ref());
        }
    }
}

#[test]
fn another_reader_opens_the_workbook_and_finds_no_formula() {
    for lang in [Lang::Zh, Lang::En] {
        let bytes = export_profile("township", &Sources::built_in(), lang).unwrap();
        let mut workbook = Xlsx::new(Cursor::new(bytes.as_slice())).unwrap();
        let names = workbook.sheet_names();
        assert_eq!(names[0], lang.pick("说明", "Guide"));
        assert_eq!(names[1], lang.pick("方案", "Profile"));
        for name in &names {
            let range = workbook.worksheet_range(name).unwrap();
            assert!(range.height() > 1, "{name}");
            let formulas = workbook.worksheet_formula(name).unwrap();
            assert!(formulas.used_cells().next().is_none(), "{name}");
            for (_, _, cell) in range.used_cells() {
                assert!(matches!(cell, Data::String(_) | Data::Float(_) | Data::Empty), "{name}: {cell:?}");
            }
        }
        let clauses = workbook.worksheet_range(&names[3]).unwrap();
        assert_eq!(clauses.get((2, 0)), Some(&Data::String("条款\nclause".to_owned())));

        let mut archive = zip::ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
        let mut page = String::new();
        archive.by_name("xl/worksheets/sheet4.xml").unwrap().read_to_string(&mut page).unwrap();
        for part in ["<pane ", "<autoFilter ", "<dataValidations ", "<pageSetup ", "fitToHeight=\"0\""] {
            assert!(page.contains(part), "{part}");
        }
        assert!(!page.contains("<f>"));
    }
}

const EM: &str = "急诊急救";

/// The edition of 2026.1, whose rows the tests know by number.
fn known() -> Sources {
    let edition = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixture/edition-2026.1");
    Sources::built_in().with_folder(&edition).unwrap()
}

fn emergency() -> Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| Book::open(&export_area("emergency", &known(), Lang::Zh).unwrap())).clone()
}

fn village() -> Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| Book::open(&export_profile("village", &known(), Lang::Zh).unwrap())).clone()
}

/// Whether a problem is none that the known edition has of itself: what is only doubted in it.
fn is_new(problem: &SheetProblem) -> bool {
    !["没有写 min_sample", "像是两项检查", "同一来源", "同一件事"]
        .iter()
        .any(|own| problem.what.zh.contains(own))
}

/// Every problem of a workbook, in Chinese, without those that the known edition has of itself.
fn told(bytes: &[u8]) -> Vec<String> {
    let problems = match import(bytes, &known()) {
        Ok(imported) => imported.warnings,
        Err(problems) => problems,
    };
    for problem in &problems {
        assert_ne!(problem.line(Lang::Zh), problem.line(Lang::En));
    }
    problems.iter().filter(|it| is_new(it)).map(|problem| problem.line(Lang::Zh)).collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table of workbooks and the texts they give")]
fn what_is_wrong_is_told_by_sheet_row_and_column() {
    let mut twice = emergency();
    let copy = twice.cells(EM).clone();
    twice.sheets.push(("副本".to_owned(), copy));
    let mut headless = emergency();
    for (_, cells) in &mut headless.sheets {
        cells.retain(|(row, _), _| *row > 2);
    }
    let mut bare = emergency();
    bare.sheets.retain(|(name, _)| name == "说明");
    let orphan = emergency().blank("清单 EQ-1", "A1").blank("清单 EQ-1", "A2");
    let cases: Vec<(Book, &[&str])> = vec![
        (
            emergency().blank(EM, "F4"),
            &["错误：工作表“急诊急救”第 4 行 F 列（要点内容 text）：要点缺少 text"],
        ),
        (
            emergency().text(EM, "E4", "X"),
            &["错误：工作表“急诊急救”第 4 行 E 列（档次 level）“X”：不认识“X”；建议：可用：C、B、A"],
        ),
        (
            emergency().text(EM, "G4", "tik"),
            &["错误：工作表“急诊急救”第 4 行 G 列（计量 kind）“tik”：不认识“tik”；建议：是不是“勾选”？"],
        ),
        (
            emergency().text(EM, "G4", "比率").text(EM, "H4", "九成"),
            &[
                "错误：工作表“急诊急救”第 4 行 H 列（不低于 at_least）“九成”：要写数字，不带单位",
                "错误：工作表“急诊急救”第 4 行 T 列（分子 numerator）：ratio 计量缺少 numerator",
                "错误：工作表“急诊急救”第 4 行 U 列（分母 denominator）：ratio 计量缺少 denominator",
            ],
        ),
        (
            emergency().put(EM, "G2", Put::Date),
            &[
                "错误：工作表“急诊急救”第 2 行 G 列（版本 edition）“2025-12-09”：Excel 把它当成了日期；请把单元格设为文本格式，重新填写",
            ],
        ),
        (
            emergency().put(EM, "B4", Put::NotAvailable),
            &["错误：工作表“急诊急救”第 4 行 B 列（条款标题 title）“#N/A”：是公式出错的结果，不是内容"],
        ),
        (
            emergency().text(EM, "B5", "别的标题"),
            &[
                "错误：工作表“急诊急救”第 5 行 B 列（条款标题 title）“别的标题”：与第 4 行写的不一样；只写在第一行就行，新的一条要有自己的编号",
            ],
        ),
        (
            emergency().text(EM, "BB3", "备注").text(EM, "BB4", "内部讨论"),
            &["提醒：工作表“急诊急救”第 4 行 BB 列“内部讨论”：不认识“备注”这一列，没有导入"],
        ),
        (
            emergency().text(EM, "D5", "C1"),
            &["错误：工作表“急诊急救”第 5 行 D 列（要点 point）“C1”：要点编号 C1 重复"],
        ),
        (
            emergency().text(EM, "C4", "大概"),
            &["错误：工作表“急诊急救”第 4 行 C 列（核心 core）“大概”：要写“是”或“否”"],
        ),
        (
            emergency().text(EM, "AA4", " "),
            &["错误：工作表“急诊急救”第 4 行 AA 列（地点 place）：条款缺少 place"],
        ),
        (
            emergency().text(EM, "A25000", "EM-99"),
            &[
                "错误：工作表“急诊急救”第 25000 行 A 列：这里还有内容；表格最多 20000 行、250 列，请删掉这一格和多余的行列",
            ],
        ),
        (
            emergency().text("清单 EQ-1", "B5", "好\u{202e}的"),
            &[
                "提醒：工作表“清单 EQ-1”第 5 行 B 列（标题 title）“好的”：含有不可见字符、换行或首尾空白，已去掉",
            ],
        ),
        (
            emergency().text("清单 EQ-1", "A5", "除颤仪"),
            &[
                "错误：工作表“清单 EQ-1”第 5 行 A 列（项 item）“除颤仪”：编号只能用英文字母、数字、- _ .，以字母或数字开头，最长 64 个字符",
            ],
        ),
        (twice, &["错误：工作表“副本”第 2 行 A 列（领域 area）“emergency”：这个领域已经有一张表了"]),
        (
            headless,
            &[
                "错误：工作表“清单 DR-1”第 37 行 A 列（类别 category）“ARREST”：上面没有清单的表头和内容",
                "错误：工作表“清单 SK-1”第 22 行 A 列（类别 category）“AIRWAY”：上面没有清单的表头和内容",
            ],
        ),
        (
            bare,
            &[
                "错误：没有找到清单的表格；要有一行表头，如“条款、条款标题、核心、要点、档次、要点内容”；建议：先用 hecha checklist export township --out 模板.xlsx 得到模板，把内容填进去",
            ],
        ),
        (
            orphan,
            &[
                "错误：工作表“急诊急救”第 16 行 M 列（清单 list）“EQ-1”：这个领域没有这个清单；建议：是不是“EQ-2”？",
                "错误：工作表“急诊急救”第 17 行 M 列（清单 list）“EQ-1”：这个领域没有这个清单；建议：是不是“EQ-2”？",
                "错误：工作表“清单 EQ-1”第 1 行 B 列“标题 title”：这一行是“清单”的表头，却没有“清单 list”这一列",
                "错误：工作表“清单 EQ-1”第 4 行 A 列（项 item）“oxygen-supply”：上面没有清单的表头和内容",
            ],
        ),
        (
            village().text("方案", "A10", "panel.minn"),
            &[
                "错误：工作表“方案”第 10 行 A 列“panel.minn”：没有这个设置；建议：是不是“panel.min”？",
                "错误：工作表“方案”第 11 行 B 列“是”：[panel]缺少 min；建议：设置里要有“专家组最少人数 panel.min”这一行",
            ],
        ),
        (
            village().text("方案", "B10", "四").text("方案", "B17", "９９"),
            &[
                "错误：工作表“方案”第 10 行 B 列（专家组最少人数 panel.min）“四”：要写数字，不带单位",
                "提醒：工作表“方案”第 17 行 B 列（最少票数 merge.quorum）“９９”：最少票数 99 超过专家组最少人数 5",
            ],
        ),
        (
            village().text("方案", "B8", "institution、emergency、pharmacy、tcm、emergancy"),
            &[
                "错误：工作表“方案”第 8 行 B 列（用到的领域 profile.areas）“institution、emergency、pharmacy、tcm、emerg…”：没有领域“emergancy”；建议：是不是“emergency”？",
            ],
        ),
        (
            village().put("方案", "I36", Put::Number(85.0)),
            &[
                "错误：工作表“方案”第 36 行 I 列（比例 share）“85”：比例 85 不在 0 到 1 之间；建议：85% 要写成 0.85",
            ],
        ),
        (
            village().blank("方案", "B7"),
            &["错误：工作表“方案”第 7 行 B 列（机构类型 profile.facility）：[profile]缺少 facility"],
        ),
    ];
    for (book, expected) in cases {
        assert_eq!(told(&book.save()), expected);
    }
}

#[test]
fn blank_cells_and_other_ways_of_writing_mean_the_same() {
    let (before, _) = load_area("emergency", &known()).unwrap();
    let mut typed = emergency();
    let mut previous = String::new();
    for ((row, column), put) in typed.cells(EM).iter_mut().filter(|((row, _), _)| *row > 2) {
        let Put::Text(text) = put else { continue };
        match column {
            // A repeated clause id is blank, the others full-width.
            0 if *text == previous => *text = String::new(),
            0 => {
                previous.clone_from(text);
                *text = text.chars().map(|c| if c == '-' { '－' } else { c }).collect();
            }
            // The level follows from the point, a blank kind is a tick.
            4 => *text = if row % 2 == 0 { text.to_lowercase() } else { String::new() },
            6 if text == "勾选" => *text = String::new(),
            2 => *text = "√".to_owned(),
            _ => *text = format!("  {text}\u{3000}"),
        }
    }
    for put in typed.cells(EM).values_mut() {
        if let Put::Number(number) = put {
            *put = Put::Text(format!("{}％", *number * 100.0).replace('0', "０"));
        }
    }
    // Counts are not shares: those stay numbers as text.
    for ((row, column), put) in emergency().cells(EM).clone() {
        if let (Put::Number(number), true) = (put, column > 8) {
            typed.cells(EM).insert((row, column), Put::Text(number.to_string()));
        }
    }
    // Two blank rows, a moved column, and a sheet of one's own.
    let moved: Vec<((u32, u16), Put)> = std::mem::take(typed.cells(EM))
        .into_iter()
        .map(|((row, column), put)| ((if row > 40 { row + 2 } else { row }, 60 - column), put))
        .collect();
    typed.cells(EM).extend(moved);
    typed.sheets.push(("会议记录".to_owned(), [((0, 0), Put::Text("领域".to_owned()))].into()));
    let imported = import(&typed.save(), &known()).unwrap_or_else(|it| panic!("{it:#?}"));
    assert!(!imported.warnings.iter().any(is_new), "{:?}", imported.warnings);
    assert_eq!(load_area("emergency", &with(&imported)).unwrap().0, before);
}

/// A package of named parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let n = archive.len();
    let part = |index| {
        let mut file = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..n).map(part).collect()
}

/// The workbook with one part rewritten.
fn rewritten(bytes: &[u8], name: &str, rewrite: impl Fn(&str) -> String) -> Vec<u8> {
    let mut parts = parts(bytes);
    for (_, bytes) in parts.iter_mut().filter(|(part, _)| part == name) {
        *bytes = rewrite(std::str::from_utf8(bytes).unwrap()).into_bytes();
    }
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    package(&parts)
}

#[test]
fn hostile_packages_are_refused_before_they_cost_anything() {
    const DAMAGED: &[&str] = &["错误：不是 xlsx 工作簿，或者文件已损坏"];
    let good = export_area("emergency", &Sources::built_in(), Lang::Zh).unwrap();
    assert_eq!(told(b""), DAMAGED);
    assert_eq!(told(b"id,title\n"), DAMAGED);
    assert_eq!(told(&good[..good.len() / 2]), DAMAGED);
    assert_eq!(told(&package(&[])), DAMAGED);
    assert_eq!(
        told(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1]),
        ["错误：是旧的 .xls 格式，或者加了密码；请去掉密码，另存为 .xlsx"]
    );
    let bomb = vec![b' '; 80 << 20];
    assert_eq!(told(&package(&[("xl/workbook.xml", &bomb)])), ["错误：解压后大得不合常理"]);

    let strings = "xl/sharedStrings.xml";
    let promising = rewritten(&good, strings, |xml| {
        let (before, after) = xml.split_once("uniqueCount=\"").unwrap();
        let (_, after) = after.split_once('"').unwrap();
        format!("{before}uniqueCount = '90000000000000'{after}")
    });
    assert_eq!(told(&promising), DAMAGED);
    let utf16 = rewritten(&good, strings, |xml| xml.chars().flat_map(|c| [c, '\0']).collect());
    assert_eq!(told(&utf16), DAMAGED);
    // A sheet that claims to reach the last cell of Excel costs nothing; a cell that is there is refused.
    let sheet = "xl/worksheets/sheet3.xml";
    let wide = rewritten(&good, sheet, |xml| {
        xml.replacen("<dimension ref=\"A1:", "<dimension ref=\"A1:XFD1048576\" x=\"", 1)
    });
    assert_eq!(told(&wide), Vec::<String>::new());
    let far = rewritten(&good, sheet, |xml| {
        xml.replacen(
            "</sheetData>",
            "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>",
            1,
        )
    });
    assert_eq!(
        told(&far),
        [format!(
            "错误：工作表“{EM}”第 1048576 行 XFD 列：这里还有内容；表格最多 20000 行、250 列，请删掉这一格和多余的行列"
        )]
    );
    let broken =
        rewritten(&good, sheet, |xml| xml.replacen("<sheetData>", "<sheetData><row r=\"99999999999\">", 1));
    assert_eq!(told(&broken).len(), 1);
}

/// A small area whose texts a property test chooses.
fn area_of(title: &str, hint: &str) -> Option<Sources> {
    let text = format!(
        "[area]\nid = \"x\"\ntitle = {title}\nedition = \"1\"\nstatus = \"unofficial\"\n\
         [[clause]]\nid = \"X-01\"\ntitle = {title}\napplies_to = [\"village\"]\nfields = [\"医疗\"]\n\
         methods = [\"observe\"]\nplace = {title}\nhint = {hint}\n\
         [[clause.point]]\nid = \"C1\"\nlevel = \"C\"\ntext = {title}\nmeasure = {{ kind = \"tick\" }}\n\
         source = \"default\"\n",
        title = toml::Value::from(title),
        hint = toml::Value::from(hint),
    );
    let sources = Sources::built_in().with_text(Kind::Area, "x", "x.toml", &text);
    load_area("x", &sources).is_ok().then_some(sources)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_text_becomes_a_formula_or_comes_back_as_another(
        title in "[=+@-]?[\\PC_x0-9A\"'&<>\u{4e00}]{1,12}|_x[0-9A-F]{4}_|=HYPERLINK\\(\"a\"\\)|0[0-9]{3}|TRUE|#N/A",
        hint in "[=_x041\\PC]{1,20}(\n[=\\PC]{1,20}){0,2}",
    ) {
        let Some(sources) = area_of(&title, &hint) else { return Ok(()) };
        let (before, _) = load_area("x", &sources).unwrap();
        let bytes = export_area("x", &sources, Lang::Zh).unwrap();
        let imported = import(&bytes, &Sources::built_in());
        let imported = imported.map_err(|problems| TestCaseError::fail(format!("{problems:?}")))?;
        let (mut after, _) = load_area("x", &with(&imported)).unwrap();
        // Outer blanks of a longer text are the only thing that a cell does not keep.
        let clause = std::sync::Arc::make_mut(&mut after.area.clauses[0]);
        prop_assert_eq!(clause.hint.zh.trim(), before.area.clauses[0].hint.zh.trim());
        clause.hint = before.area.clauses[0].hint.clone();
        prop_assert_eq!(after, before);
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000), signed in any::<bool>()) {
        let bytes = if signed { [b"PK\x03\x04".as_slice(), &bytes].concat() } else { bytes };
        prop_assert!(import(&bytes, &Sources::built_in()).is_err());
    }

    #[test]
    fn a_bent_part_never_panics(
        part in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), length in 0_usize..60,
        with in "[<>/\"'=&;#!\\[\\]a-zA-Z0-9:._ \u{4e00}-]{0,12}",
    ) {
        static SMALL: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
        let small = SMALL.get_or_init(|| {
            parts(&export_area("x", &area_of("题", "示").unwrap(), Lang::Zh).unwrap())
        });
        let mut bent = small.clone();
        let index = part.index(bent.len());
        let text = String::from_utf8_lossy(&bent[index].1).into_owned();
        let mut chars: Vec<char> = text.chars().collect();
        let from = at.index(chars.len().max(1));
        let to = (from + length).min(chars.len());
        chars.splice(from.min(to)..to, with.chars());
        bent[index].1 = chars.into_iter().collect::<String>().into_bytes();
        let bent: Vec<(&str, &[u8])> = bent.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let _ = import(&package(&bent), &Sources::built_in());
    }

    #[test]
    fn any_cell_may_hold_anything(
        cells in prop::collection::vec((0_u32..30, 0_u16..45, "[\\PC]{0,8}|[０-９0-9.%,-]{1,8}|[A-Z]{2}-0[0-9]"), 1..12),
    ) {
        static BOOK: OnceLock<Book> = OnceLock::new();
        let mut book = BOOK.get_or_init(|| {
            Book::open(&export_area("x", &area_of("题", "示").unwrap(), Lang::Zh).unwrap())
        }).clone();
        for (row, column, text) in cells {
            book.cells("题").insert((row, column), Put::Text(text));
        }
        let read = import(&book.save(), &Sources::built_in());
        if let Err(problems) = read {
            prop_assert!(problems.iter().any(|problem| problem.is_error()));
        }
    }
}
