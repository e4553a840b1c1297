//! Report templates: every file of `good/` loads without a word, every file of `bad/` gives exactly the text beside it; what a
//! template can do to a report, and what it cannot.

use std::{collections::BTreeSet, fs, path::PathBuf, sync::Arc};

use hecha::{
    checklist::Problem,
    domain::{
        edit::waiver::{Finalisation, MatterKind, Waiver},
        outcome::Outcome,
        terms::{digest::Digest, lang::Lang},
    },
    located::render,
    report::{
        Options, Report,
        docx::{Look, docx},
        html::html,
        json::json,
        layout::{DissentLine, ObjectionLine},
        md::md,
        page::{Block, Page},
        template::{DEFAULT, SectionId, Template},
        workbook::xlsx,
    },
};
use proptest::prelude::*;

use crate::fixture::odd::{odd_visit, shown};

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/template").join(name)
}

fn files(name: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder(name)).unwrap().map(|it| it.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}

fn load(text: &str) -> Result<(Template, Vec<Problem>), Vec<Problem>> {
    Template::load("my/report.toml", text.as_bytes())
}

fn good(name: &str) -> Template {
    let (template, problems) = load(&fs::read_to_string(folder("good").join(name)).unwrap()).unwrap();
    assert!(problems.is_empty(), "{}", render(&problems, Lang::En));
    template
}

fn report(template: Option<&Template>, lang: Lang) -> Report {
    report_of(&odd_visit(), template, lang)
}

fn report_of(visit: &hecha::domain::visit::Visit, template: Option<&Template>, lang: Lang) -> Report {
    let shown = shown(visit);
    let seen: Vec<_> = shown.iter().map(|state| state.member.name.clone()).collect();
    let outcome = Outcome::of(visit, |state| seen.contains(&state.member.name));
    let options = Options { lang, names: false, generated: None, record: Some(Digest([7; 32])) };
    let report = Report::of(visit, &outcome, &shown, &options);
    match template {
        Some(template) => Report { template: Arc::new(template.clone()), ..report },
        None => report,
    }
}

#[test]
fn bad_files_give_exactly_the_text_beside_them() {
    let files = files("bad");
    assert!(files.len() >= 8);
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        let problems = match Template::load(name, &fs::read(&file).unwrap()) {
            Ok((_, problems)) | Err(problems) => problems,
        };
        assert!(!problems.is_empty(), "{name} is not bad");
        for problem in &problems {
            assert_ne!(problem.what.zh, problem.what.en, "{name}");
        }
        let printed = format!("{}\n{}", render(&problems, Lang::Zh), render(&problems, Lang::En));
        let beside = file.with_extension("txt");
        let expected = fs::read_to_string(&beside).unwrap_or_default().replace("\r\n", "\n");
        // Printed as it is, so that a wanted change can be pasted into the file.
        assert!(printed == expected, "{name} gives:\n{printed}");
    }
}

#[test]
fn good_files_load_without_a_word() {
    let files = files("good");
    assert!(files.len() >= 5);
    for file in files {
        good(file.file_name().unwrap().to_str().unwrap());
    }
}

#[test]
fn the_built_in_template_is_sound_and_has_every_section() {
    let problems = Template::problems_of_built_in();
    assert!(problems.is_empty(), "{}", render(&problems, Lang::Zh));
    let ids: Vec<String> = Template::built_in().section_ids().map(str::to_owned).collect();
    assert_eq!(ids, SectionId::ALL.map(SectionId::key));
    assert_eq!(Template::built_in().mark(), None);
    for id in SectionId::ALL {
        assert!(DEFAULT.contains(&format!("id = \"{}\"", id.key())), "{id:?}");
        assert_eq!(SectionId::parse(id.key()), Some(id));
    }
    for lang in [Lang::Zh, Lang::En] {
        let page = Page::of(&report(None, lang));
        assert!(page.sections.iter().all(|section| !section.title.is_empty()), "{lang:?}");
    }
}

/// The printed template, used as it is, changes nothing but the line that names it.
#[test]
fn the_printed_template_gives_the_same_report() {
    let (template, problems) = load(DEFAULT).unwrap();
    assert!(problems.is_empty());
    for lang in [Lang::Zh, Lang::En] {
        let (own, built_in) = (md(&report(Some(&template), lang)), md(&report(None, lang)));
        let named = lang.pick("- **报告模板**: report.toml", "- **Report template**: report.toml");
        let without: Vec<&str> = own.lines().filter(|line| !line.starts_with(named)).collect();
        assert_eq!(own.lines().count(), without.len() + 1, "{own}");
        assert_eq!(without, built_in.lines().collect::<Vec<_>>());
    }
}

#[test]
fn a_bureau_s_template_as_it_looks() {
    let template = good("bureau.toml");
    let of = |lang| {
        let text = md(&report(Some(&template), lang));
        // Long tables are those of the other snapshots.
        text.lines().filter(|line| !line.starts_with('|')).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!("template_bureau_md_zh", of(Lang::Zh));
    insta::assert_snapshot!("template_bureau_md_en", of(Lang::En));
}

#[test]
fn sections_keep_their_places_unless_they_are_mentioned() {
    let ids = |template: &Template| template.section_ids().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(ids(&good("one-title.toml")), SectionId::ALL.map(SectionId::key));
    assert_eq!(ids(&good("bureau.toml"))[..3], ["own-basis", "facility", "profile"]);
    let bureau = ids(&good("bureau.toml"));
    let gates = bureau.iter().position(|id| id == "gates").unwrap();
    assert_eq!(bureau[gates - 1..gates + 3], ["standards", "gates", "own-next", "distribution"]);
    let (moved, _) = load("[[section]]\nid = \"signatures\"\n[[section]]\nid = \"facility\"\n").unwrap();
    assert_eq!(ids(&moved)[..3], ["signatures", "facility", "profile"]);
    assert_eq!(ids(&moved).len(), SectionId::ALL.len());
}

/// Invariant 9: whatever a template leaves out, what is not official or not final is said, and so is every waiver's reason.
#[test]
fn marks_and_waivers_outlast_every_template() {
    let template = good("everything-left-out.toml");
    let mut visit = odd_visit();
    let reason = "县局同意豁免=1";
    visit.finalised = Some(Finalisation {
        tips: BTreeSet::new(),
        opened: BTreeSet::new(),
        waivers: vec![Waiver {
            kind: Some(MatterKind::Parity),
            about: vec!["E-1".to_owned()],
            reason: reason.parse().unwrap(),
        }],
        record: Digest([7; 32]),
        revises: None,
        on: None,
    });
    let final_ = report_of(&visit, Some(&template), Lang::Zh);
    assert_eq!(Page::of(&final_).marks, Page::of(&report_of(&visit, None, Lang::Zh)).marks);
    for text in [md(&final_), html(&final_)] {
        assert!(text.contains("非官方") && text.contains(reason) && text.contains("report.toml"), "{text}");
    }
    let open = report(Some(&template), Lang::Zh);
    let page = Page::of(&open);
    assert_eq!(page.marks, Page::of(&report(None, Lang::Zh)).marks);
    assert!(page.marks.iter().any(|mark| mark.contains("尚未定稿")), "{:?}", page.marks);
    assert!(page.marks.iter().any(|mark| mark.contains("示例规则")), "{:?}", page.marks);
}

/// What somebody said for the record is not a bureau's to drop; a section in which nobody said anything may go.
#[test]
fn what_was_said_stays_and_empty_sections_go() {
    let template = good("everything-left-out.toml");
    let mut report = report(Some(&template), Lang::Zh);
    let titles = |report: &Report| {
        Page::of(report).sections.into_iter().map(|section| section.title).collect::<Vec<_>>()
    };
    assert!(!report.open.is_empty());
    assert!(titles(&report).contains(&"待决与须知事项".to_owned()), "{:?}", titles(&report));
    report.open.clear();
    report.objections.clear();
    report.dissents.clear();
    assert_eq!(titles(&report), ["基本信息"]);
    report.dissents.push(DissentLine {
        clause: "E-1".to_owned(),
        member: Some("张三".to_owned()),
        cause: None,
        text: "夜间无人值守".to_owned(),
        minority: true,
        on: None,
    });
    assert_eq!(titles(&report).len(), 2, "a minority opinion outlasts the template: {:?}", titles(&report));
    assert!(md(&report).contains("夜间无人值守"));
    report.dissents.clear();
    report.objections.push(ObjectionLine {
        clause: None,
        by: "王院长".to_owned(),
        text: "床位数有误".to_owned(),
        answer: String::new(),
        on: None,
        late: false,
    });
    assert_eq!(titles(&report).len(), 2, "so does an objection: {:?}", titles(&report));
    let page = md(&report);
    assert!(page.contains("床位数有误") && page.contains("未答复"), "{page}");
}

#[test]
fn every_report_but_csv_names_the_template_it_was_made_with() {
    let (first, second) = (good("bureau.toml"), good("one-title.toml"));
    let digest = first.mark().unwrap().sha256.clone();
    assert_eq!(digest.len(), 64);
    assert_ne!(digest, second.mark().unwrap().sha256);
    let report = report(Some(&first), Lang::Zh);
    assert!(md(&report).contains(&digest[..12]) && html(&report).contains(&digest[..12]));
    let value: serde_json::Value = serde_json::from_str(&json(&report)).unwrap();
    assert_eq!(value["template"]["name"], "report.toml");
    assert_eq!(value["template"]["sha256"], digest.as_str());
    let book = xlsx(&report).unwrap();
    assert!(sheet_texts(&book).contains(&digest[..12]));
}

fn sheet_texts(book: &[u8]) -> String {
    use calamine::{Reader, Xlsx};
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(book.to_vec())).unwrap();
    let name = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&name).unwrap();
    range.used_cells().map(|(_, _, cell)| cell.to_string()).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_name_and_no_text_of_a_template_becomes_markup() {
    let (template, _) = load(
        "[template]\ntitle = '<script>{facility}'\n[[section]]\nid = 'own-x'\ntitle = '=1+1 | # <b>'\n\
         text = '''\n<img src=x onerror=alert(1)> [x](javascript:y) **<b>{facility}</b>**\n\n- **a** | `b`\n- =1\n'''\n",
    )
    .unwrap();
    let mut report = report(Some(&template), Lang::Zh);
    report.facility = "**甲** ## <i>".to_owned();
    let page = html(&report);
    let (text, main) = (md(&report), plain_docx(&report));
    assert!(!page.contains("<img") && !page.contains("<i>") && page.contains("<strong>&lt;b&gt;**甲**"));
    assert!(text.contains("\\*\\*甲\\*\\* \\#\\# &lt;i&gt;") && !text.contains("<img"), "{text}");
    assert!(!main.contains("<img") && main.contains("&lt;img src=x"));
    let bold: Vec<_> = Page::of(&report).sections[0].blocks.clone();
    assert!(matches!(&bold[..], [Block::Rich(spans), Block::RichList(items)]
        if spans.last().unwrap().text == "<b>**甲** ## <i></b>" && items.len() == 2));
}

fn plain_docx(report: &Report) -> String {
    use std::io::Read;
    let bytes = docx(&Page::of(report), &Look::report(report.lang, report.date)).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn size_encoding_and_line_ends_are_looked_at_first() {
    let what = |bytes: &[u8]| Template::load("x.toml", bytes).unwrap_err()[0].what.en.clone();
    assert!(what(&vec![b'#'; 256 * 1024 + 1]).contains("256 KB"));
    assert!(what(b"\xc4\xe3\xba\xc3").contains("UTF-8"));
    let text = fs::read_to_string(folder("good").join("bureau.toml")).unwrap();
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let (template, problems) = load(&windows).unwrap();
    assert!(problems.is_empty(), "{}", render(&problems, Lang::En));
    let sections = |template: &Template| Page::of(&report(Some(template), Lang::Zh)).sections[0].clone();
    assert_eq!(sections(&template), sections(&good("bureau.toml")));
    let many = "[[section]]\nid = \"own-a\"\ntitle = \"a\"\ntext = \"b\"\n".repeat(100);
    let problems = load(&many).unwrap_err();
    assert!(problems.iter().any(|problem| problem.what.en == "more than 60 sections"));
}

/// A text with one stretch replaced by something short.
fn bent(text: &str, at: prop::sample::Index, length: usize, with: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let from = at.index(chars.len() + 1);
    let to = (from + length).min(chars.len());
    chars.splice(from..to, with.chars());
    chars.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bent_template_gives_problems_or_a_report(
        at in any::<prop::sample::Index>(), length in 0_usize..120,
        with in "[\\[\\]{}*#=\"'\u{4e00}\u{202e}\\\\\n\t\r.,0-9a-z_-]{0,8}",
    ) {
        for file in files("good") {
            let text = bent(&fs::read_to_string(file).unwrap(), at, length, &with);
            check_any(&text)?;
        }
    }

    #[test]
    fn any_text_gives_problems_or_a_report(text in "[\\[\\]{}*#=\"' \u{4e00}\u{202e}\n\r.a-z-]{0,80}") {
        check_any(&text)?;
        let whole = format!("[[section]]\nid = 'own-x'\ntitle = 'x'\ntext = '''\n{}'''\n", text.replace('\'', ""));
        check_any(&whole)?;
    }
}

fn check_any(text: &str) -> Result<(), TestCaseError> {
    match load(text) {
        Ok((template, problems)) => {
            let _ = render(&problems, Lang::Zh);
            let built_in = Page::of(&report(None, Lang::Zh));
            let page = Page::of(&report(Some(&template), Lang::Zh));
            prop_assert_eq!(page.marks, built_in.marks);
            let _ = md(&report(Some(&template), Lang::En));
        }
        Err(problems) => {
            prop_assert!(problems.iter().any(Problem::is_error));
            let printed = render(&problems, Lang::En);
            let hostile = ['\u{202e}', '\t', '\r'];
            prop_assert!(!printed.contains(hostile));
        }
    }
    Ok(())
}

/// The example, the sections and the placeholders of the page are those of the program.
#[test]
fn the_page_about_templates_is_right() {
    let page =
        fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/TEMPLATES.md")).unwrap();
    let example = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let (template, problems) =
        load(example).unwrap_or_else(|problems| panic!("{}", render(&problems, Lang::En)));
    assert!(problems.is_empty(), "{}", render(&problems, Lang::En));
    assert_eq!(template.section_ids().next(), Some("own-basis"));
    for id in SectionId::ALL {
        assert!(page.contains(&format!("\n| `{}` | ", id.key())), "{id:?}");
    }
    let known = load("[template]\ntitle = \"{zzzzzzzzzz}\"\n").unwrap_err()[0].suggestion.clone().unwrap();
    for word in known.en.trim_start_matches("known: ").split(", ") {
        assert!(
            page.contains(&format!("`{{{word}}}`")) && DEFAULT.contains(&format!("{{{word}}} ")),
            "{word}"
        );
    }
}
