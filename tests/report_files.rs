//! Documents, workbooks and web pages, opened again by readers that are not ours: sound, complete, and running nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read},
    process::Command,
};

use calamine::{Data, Reader, Xlsx};
use data_encoding::BASE64;
use hecha::{
    domain::{
        outcome::Outcome,
        terms::{digest::Digest, lang::Lang},
        visit::Visit,
    },
    report::{
        Options, Report,
        csv::csv,
        docx::{Look, docx},
        html::html,
        json::json,
        md::md,
        page::{Block, Page},
        workbook::xlsx,
    },
};
use quick_xml::events::Event;
use sha2::{Digest as _, Sha256};

use crate::fixture::{
    large::{N_CLAUSES, N_MEMBERS, N_POINTS, large_visit},
    odd::{SECRET, odd_visit, shown},
};

const PEOPLE: [&str; 4] = ["张三", "李=1|四", "𠮷野<b>", "赵六"];

fn report(visit: &Visit, lang: Lang, names: bool) -> Report {
    let shown = shown(visit);
    let seen: Vec<_> = shown.iter().map(|state| state.member.name.clone()).collect();
    let outcome = Outcome::of(visit, |state| seen.contains(&state.member.name));
    Report::of(
        visit,
        &outcome,
        &shown,
        &Options { lang, names, generated: None, record: Some(Digest([7; 32])) },
    )
}

/// Every way a report of the odd visit can be asked for.
fn odd_reports() -> Vec<Report> {
    let visit = odd_visit();
    let ways = [(Lang::Zh, false), (Lang::Zh, true), (Lang::En, false), (Lang::En, true)];
    ways.map(|(lang, names)| report(&visit, lang, names)).into()
}

fn document(report: &Report) -> Vec<u8> {
    docx(&Page::of(report), &Look::report(report.lang, report.date)).unwrap()
}

/// The parts of an archive by name. Every XML part is read to its end by a strict reader.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut parts = BTreeMap::new();
    for name in names {
        let mut text = String::new();
        archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        elements(&text);
        parts.insert(name, text);
    }
    parts
}

/// Names of the elements of well-formed XML, each with its attributes; panics where it is not well-formed.
fn elements(text: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut found, mut depth) = (Vec::new(), 0);
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{error} in {text:.400}"));
        let start = match event {
            Event::Start(start) => {
                depth += 1;
                start
            }
            Event::Empty(start) => start,
            Event::End(_) => {
                depth -= 1;
                continue;
            }
            Event::GeneralRef(reference) => {
                let name = &*reference;
                assert!(["amp", "lt", "gt", "quot", "apos", "#39"].contains(&name), "&{name};");
                continue;
            }
            Event::Eof => break,
            _ => continue,
        };
        let attributes = start.attributes().map(|it| {
            let it = it.unwrap();
            (it.key.as_ref().to_owned(), it.value.into_owned())
        });
        found.push((start.name().as_ref().to_owned(), attributes.collect()));
    }
    assert_eq!(depth, 0);
    found
}

/// The text of an XML part, as a reader shows it.
fn plain(text: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut out = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Text(piece) => out.push_str(&piece),
            Event::GeneralRef(reference) => {
                let c = match &*reference {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    _ => '\'',
                };
                out.push(c);
            }
            Event::Empty(tag) if matches!(tag.name().as_ref(), "w:br" | "br") => out.push('\n'),
            Event::Eof => return out,
            _ => {}
        }
    }
}

/// Every text of a page.
fn texts(page: &Page) -> Vec<String> {
    let mut all = vec![page.title.clone()];
    all.extend(page.marks.clone());
    for section in &page.sections {
        all.push(section.title.clone());
        for block in &section.blocks {
            match block {
                Block::Heading(text) | Block::Text(text) => all.push(text.clone()),
                Block::List(lines) => all.extend(lines.clone()),
                Block::Rich(spans) => all.extend(spans.iter().map(|span| span.text.clone())),
                Block::RichList(items) => {
                    all.extend(items.iter().flatten().map(|span| span.text.clone()));
                }
                Block::Facts(facts) => {
                    facts.iter().for_each(|(name, value)| all.extend([name.clone(), value.clone()]))
                }
                Block::Grid(grid) => {
                    all.extend(grid.facts().into_iter().flat_map(|(name, value)| [name, value]));
                }
                Block::Table(table) => {
                    all.extend(table.header.clone());
                    all.extend(table.rows.iter().flatten().cloned());
                }
                Block::Clause { title, lines, .. } => {
                    all.push(title.clone());
                    all.extend(lines.clone());
                }
                Block::Chart(_) => {}
            }
        }
    }
    all
}

#[test]
fn a_document_is_sound_and_holds_every_text_as_it_was_written() {
    for report in odd_reports() {
        let parts = parts(&document(&report));
        let main = &parts["word/document.xml"];
        let said = plain(main);
        for text in texts(&Page::of(&report)) {
            assert!(said.contains(&text), "{text:?}");
        }
        assert!(!said.contains(SECRET) && !main.contains('\u{1b}'));
        let count = |name: &str| elements(main).iter().filter(|(it, _)| it == name).count();
        let header_rows = Page::of(&report)
            .sections
            .iter()
            .flat_map(|section| &section.blocks)
            .filter(|block| matches!(block, Block::Table(_)))
            .count();
        assert_eq!(count("w:tblHeader"), header_rows);
        assert_eq!(count("w:pageBreakBefore"), 1, "the signatures");
    }
}

#[test]
fn every_table_of_a_document_has_a_grid_as_wide_as_the_text() {
    let main = parts(&document(&odd_reports()[0])).remove("word/document.xml").unwrap();
    // 210 mm without 28 mm and 26 mm, in twentieths of a point.
    let width = 11_906 - 1_588 - 1_474;
    for table in main.split("<w:tbl>").skip(1) {
        let grid: u32 = table
            .split("<w:gridCol w:w=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().parse::<u32>().unwrap())
            .sum();
        assert_eq!(grid, width);
        assert!(table.contains("<w:tblLayout w:type=\"fixed\"/>"));
    }
}

#[test]
fn a_document_names_the_fonts_and_the_page_of_official_documents() {
    let parts = parts(&document(&odd_reports()[0]));
    let styles = &parts["word/styles.xml"];
    for font in ["方正小标宋简体", "黑体", "楷体", "仿宋"] {
        assert!(styles.contains(&format!("w:eastAsia=\"{font}\"")), "{font}");
    }
    let fonts = elements(styles).into_iter().filter(|(name, _)| name == "w:rFonts");
    assert!(fonts.into_iter().all(|(_, attributes)| attributes.contains_key("w:eastAsia")));
    assert!(
        plain(&parts["word/footer1.xml"]).contains("— ")
            && parts["word/settings.xml"].contains("evenAndOddHeaders")
    );
    assert!(
        parts["word/document.xml"].contains("一、基本信息")
            && parts["word/document.xml"].contains("（一）回避")
    );
    assert!(parts["docProps/core.xml"].contains("2026-05-12T00:00:00Z"));
}

/// All cells of a workbook by sheet.
fn cells(bytes: &[u8]) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let names = book.sheet_names();
    names
        .into_iter()
        .map(|name| {
            let range = book.worksheet_range(&name).unwrap();
            assert!(
                book.worksheet_formula(&name).unwrap().cells().all(|(_, _, formula)| formula.is_empty()),
                "{name}"
            );
            (name, range.rows().map(<[Data]>::to_vec).collect())
        })
        .collect()
}

#[test]
fn a_workbook_is_sound_and_runs_nothing() {
    for report in odd_reports() {
        let bytes = xlsx(&report).unwrap();
        for (name, text) in parts(&bytes) {
            assert!(!text.contains('\u{1b}') && !text.contains(SECRET), "{name}");
            if name.starts_with("xl/worksheets/sheet") {
                let kinds: BTreeSet<String> = elements(&text).into_iter().map(|(name, _)| name).collect();
                assert!(!kinds.contains("f") && !kinds.contains("hyperlink"), "{name}");
                assert!(kinds.contains("pageSetup"), "{name}");
                let upright = name == "xl/worksheets/sheet1.xml";
                let turned = if upright { "portrait" } else { "landscape" };
                assert!(
                    text.contains(&format!("orientation=\"{turned}\"")) && text.contains("paperSize=\"9\"")
                );
            }
        }
        let sheets = cells(&bytes);
        let all: Vec<&Data> = sheets.iter().flat_map(|(_, rows)| rows.iter().flatten()).collect();
        let texts: BTreeSet<&str> = all
            .iter()
            .filter_map(|cell| if let Data::String(text) = cell { Some(text.as_str()) } else { None })
            .collect();
        assert!(texts.contains("=HYPERLINK(\"http://x\")|<b>*粗*</b>𠮷"), "as written, as text");
        assert!(texts.contains("+阳光<镇>|卫生院"));
        for (name, rows) in &sheets {
            assert!(
                name.encode_utf16().count() <= 31 && !name.contains(['[', ']', ':', '*', '?', '/', '\\'])
            );
            assert!(rows.iter().all(|row| row.len() == rows[0].len()));
        }
    }
}

#[test]
fn without_names_a_workbook_has_no_column_and_no_row_of_one_member() {
    let sheets = cells(&xlsx(&odd_reports()[0]).unwrap());
    for (name, rows) in &sheets {
        // The open matters name people who must still act, as the panel does; nobody's vote stands beside them.
        if name == "待决与须知" || name == "概览" {
            continue;
        }
        for cell in rows.iter().flatten() {
            assert!(!PEOPLE.iter().any(|person| cell.to_string().contains(person)), "{name}: {cell}");
        }
    }
    let named = cells(&xlsx(&odd_reports()[1]).unwrap());
    let header: Vec<String> = named[1].1[0].iter().map(ToString::to_string).collect();
    assert!(PEOPLE.iter().all(|person| header.iter().any(|title| title == person)), "{header:?}");
    assert_eq!(named.len(), sheets.len() + 1, "who recorded which point");
}

#[test]
fn a_web_page_is_sound_and_nothing_in_it_runs_or_loads_but_its_own_script() {
    const ATTRIBUTES: [&str; 33] = [
        "aria-label",
        "aria-labelledby",
        "autocomplete",
        "charset",
        "checked",
        "class",
        "content",
        "data-area",
        "data-clause",
        "data-differs",
        "data-grade",
        "data-shown",
        "height",
        "hidden",
        "href",
        "http-equiv",
        "id",
        "lang",
        "name",
        "role",
        "scope",
        "tabindex",
        "text-anchor",
        "type",
        "value",
        "viewBox",
        "width",
        "x",
        "x1",
        "x2",
        "y",
        "y1",
        "y2",
    ];
    for report in odd_reports() {
        let page = html(&report);
        let within = |tag: &str| {
            let from = page.find(&format!("<{tag}>")).unwrap() + tag.len() + 2;
            page[from..from + page[from..].find(&format!("</{tag}>")).unwrap()].to_owned()
        };
        let (style, script) = (within("style"), within("script"));
        for text in [&style, &script] {
            let hash = format!("'sha256-{}'", BASE64.encode(&Sha256::digest(text.as_bytes())));
            assert!(page.contains(&hash) && !text.contains("http") && !text.contains("url("));
        }
        assert!(page.contains("default-src 'none'") && !script.contains("innerHTML"));
        let markup = page.replacen(&style, "", 1).replacen(&script, "", 1).replacen("<!DOCTYPE html>", "", 1);
        let mut ids = BTreeSet::new();
        let mut targets = BTreeSet::new();
        for (name, attributes) in elements(&markup) {
            for (key, value) in attributes {
                assert!(ATTRIBUTES.contains(&key.as_str()), "{key} of {name}");
                match key.as_str() {
                    "href" => assert!(targets.insert(value.strip_prefix('#').unwrap().to_owned())),
                    "id" => assert!(ids.insert(value)),
                    _ => {}
                }
            }
        }
        assert!(targets.is_subset(&ids), "{targets:?}");
        assert_eq!(markup.matches("<script").count(), 1);
        let said = plain(&markup);
        for text in texts(&Page::of(&report)) {
            assert!(said.contains(&text), "{text:?}");
        }
        assert!(!said.contains(SECRET) && !said.contains('\u{1b}'));
    }
}

#[test]
fn the_filter_knows_area_verdict_and_dissent_of_every_clause() {
    let report = &odd_reports()[0];
    let markup = html(report);
    let clauses = report
        .areas
        .iter()
        .enumerate()
        .flat_map(|(area, it)| it.clauses.iter().map(move |clause| (area, clause)));
    for (area, clause) in clauses {
        let grade = match clause.verdict {
            None => "open".to_owned(),
            Some(hecha::domain::edit::verdict::Decision::Grade(grade)) => grade.to_string(),
            Some(hecha::domain::edit::verdict::Decision::NotApplicable) => "none".to_owned(),
            Some(hecha::domain::edit::verdict::Decision::Points(_)) => "points".to_owned(),
        };
        let differs = u8::from(clause.disagrees());
        let mark = format!(
            "data-clause=\"{}\" data-area=\"{area}\" data-grade=\"{grade}\" data-differs=\"{differs}\"",
            clause.id
        );
        assert!(markup.contains(&mark), "{mark}");
    }
    assert!(report.areas.iter().flat_map(|area| &area.clauses).any(|clause| clause.disagrees()));
    assert!(!report.areas.iter().flat_map(|area| &area.clauses).all(|clause| clause.disagrees()));
}

#[test]
fn the_largest_visit_goes_into_every_format() {
    let visit = large_visit(true);
    for names in [false, true] {
        let report = report(&visit, Lang::Zh, names);
        let main = parts(&document(&report)).remove("word/document.xml").unwrap();
        assert!(elements(&main).iter().filter(|(name, _)| name == "w:tr").count() > N_CLAUSES);
        let sheets = cells(&xlsx(&report).unwrap());
        let rows =
            |name: &str| sheets.iter().find(|(it, _)| it == name).map(|(_, rows)| rows.len() - 1).unwrap();
        assert_eq!((rows("条款"), rows("要点")), (N_CLAUSES, N_CLAUSES * N_POINTS));
        assert_eq!(rows("原始评分"), N_CLAUSES * N_MEMBERS);
        assert!(rows("缺席") > 0 && rows("整改") > N_CLAUSES);
        let page = html(&report);
        assert!(page.matches("<tr class=\"clause\"").count() > N_CLAUSES);
        assert!(md(&report).len() > 100_000 && json(&report).len() > 1_000_000);
        assert_eq!(String::from_utf8(csv(&report, false).unwrap()).unwrap().lines().count(), N_CLAUSES + 1);
    }
}

/// Name and digest of each format, one a line.
fn digests() -> String {
    let report = odd_reports().remove(1);
    let formats = [
        ("docx", document(&report)),
        ("xlsx", xlsx(&report).unwrap()),
        ("html", html(&report).into_bytes()),
        ("md", md(&report).into_bytes()),
        ("csv", csv(&report, true).unwrap()),
        ("json", json(&report).into_bytes()),
    ];
    formats
        .iter()
        .map(|(name, bytes)| format!("digest {name} {}\n", BASE64.encode(&Sha256::digest(bytes))))
        .collect()
}

/// Run by the next test in processes of their own; by itself it only proves that it can be asked.
#[test]
fn says_digests() {
    println!("{}", digests());
}

#[test]
fn two_processes_write_the_same_bytes() {
    let said = || {
        let program = std::env::current_exe().unwrap();
        let output = Command::new(program)
            .args(["--exact", "report_files::says_digests", "--nocapture"])
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines()
            .filter_map(|line| line.split_once("digest ").map(|(_, rest)| rest.to_owned()))
            .collect::<Vec<_>>()
    };
    let first = said();
    assert_eq!(first.len(), 6, "{first:?}");
    assert_eq!(first, said());
}
