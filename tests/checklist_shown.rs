//! Checklists as they are shown, printed and compared: 80 columns, paper, editions.

use std::{
    collections::BTreeSet,
    fs,
    io::{Cursor, Read},
    path::Path,
    process::Command,
};

use hecha::{
    app::{
        checklist::{
            diff::compare,
            paper::{sheet, whole, write_sheets},
            show::{By, find},
        },
        home::Home,
        visit::{
            founding::{FoundingRequest, found},
            roster::parse_member,
        },
    },
    domain::{
        checklist::difference::{PointPart, RulePart},
        facility::Stage,
        terms::lang::Lang,
    },
};
use unicode_width::UnicodeWidthStr;

const EMERGENCY: &str = include_str!("../checklists/areas/emergency.toml");

fn home(folder: &Path) -> Home {
    Home::choose(Some(folder.to_path_buf())).unwrap()
}

fn hecha(folder: &Path, arguments: &[&str]) -> String {
    let out =
        Command::new(env!("CARGO_BIN_EXE_hecha")).args(arguments).arg("--home").arg(folder).output().unwrap();
    assert!(out.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn no_line_is_wider_than_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    for lang in ["zh", "en"] {
        for arguments in [
            &["checklist", "show", "township", "--by", "place"][..],
            &["checklist", "show", "village", "--by", "field"],
            &["checklist", "show", "community-hospital"],
            &["checklist", "show", "township", "--by", "clause"],
            &["checklist", "show", "tcm", "--clause", "TM-03"],
            &["checklist", "show", "emergency", "--clause", "EM-04"],
            &["checklist", "diff", "township", "village"],
        ] {
            let shown = hecha(folder.path(), &[arguments, &["--lang", lang]].concat());
            for line in shown.lines() {
                assert!(line.width() <= 80, "{arguments:?} {lang}: {line}");
            }
            assert!(shown.lines().count() > 20, "{shown}");
        }
    }
}

#[test]
fn every_clause_is_in_every_arrangement_and_in_the_json() {
    let folder = tempfile::tempdir().unwrap();
    let named = find(&home(folder.path()), "township", None).unwrap();
    let all: BTreeSet<String> = named.clauses().map(|clause| clause.id.to_string()).collect();
    for by in By::ALL {
        let groups = named.groups(*by);
        let ids: BTreeSet<String> =
            groups.iter().flat_map(|group| &group.clauses).map(|clause| clause.id.to_string()).collect();
        assert_eq!(ids, all);
        let json = named.json(Some(*by));
        assert_eq!(json["groups"].as_array().unwrap().len(), groups.len());
        assert_eq!(json["clauses"].as_array().unwrap().len(), all.len());
    }
    assert!(named.json(None).get("groups").is_none());
    let one = find(&home(folder.path()), "township", Some("EM-02")).unwrap();
    assert_eq!(one.json(None)["clauses"].as_array().unwrap().len(), 1);
    assert!(find(&home(folder.path()), "township", Some("EM-99")).is_err());
    assert!(find(&home(folder.path()), "nothing", None).is_err());
}

/// The parts of a document, each read as XML to its end.
fn parts(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        if file.is_dir() {
            continue;
        }
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut next = || reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}"));
        while next() != quick_xml::events::Event::Eof {}
        parts.push((name, text));
    }
    parts
}

#[test]
fn a_sheet_is_a_sound_document_with_every_point_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let named = find(&home(folder.path()), "township", None).unwrap();
    for lang in [Lang::Zh, Lang::En] {
        let bytes = sheet(&named, &whole(&named), lang).unwrap();
        assert_eq!(bytes, sheet(&named, &whole(&named), lang).unwrap(), "the same bytes every time");
        let parts = parts(bytes);
        let part = |name: &str| &parts.iter().find(|(it, _)| it == name).unwrap().1;
        let document = part("word/document.xml");
        let n = |text: &str| document.matches(text).count();
        // Every table of points or things repeats its header; names with values have none.
        let headed = n("<w:tblHeader/>");
        assert!(headed >= named.clauses().count() && headed < n("<w:tbl>"));
        assert_eq!(n("<w:tbl>"), n("<w:tblGrid>"));
        assert!(n("<w:gridCol ") >= 2 * n("<w:tbl>") && !document.contains("<w:tblGrid/>"));
        assert_eq!(n("<w:trPr/>"), 0);
        assert!(document.contains("w:w=\"11906\" w:h=\"16838\""), "A4");
        for font in ["宋体", "黑体"] {
            assert!(part("word/styles.xml").contains(&format!("w:eastAsia=\"{font}\"")), "{font}");
        }
        assert!(part("word/header1.xml").contains(&named.hash));
        for clause in named.clauses() {
            assert!(document.contains(clause.id.as_str()));
            for point in &clause.points {
                let text =
                    point.text.get(lang).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
                let text = text.replace('"', "&quot;").replace('\'', "&#39;");
                assert!(document.contains(&text), "{}.{} {text}", clause.id, point.id);
            }
        }
    }
}

#[test]
fn sheets_come_one_a_field_or_place_or_one_for_all() {
    let folder = tempfile::tempdir().unwrap();
    let named = find(&home(folder.path()), "village", None).unwrap();
    for (by, n) in [
        (None, 1),
        (Some(By::Area), 1),
        (Some(By::Field), named.groups(By::Field).len()),
        (Some(By::Place), named.groups(By::Place).len()),
    ] {
        let out = folder.path().join(by.map_or("all", By::key));
        let written = write_sheets(&named, by, Lang::Zh, &out).unwrap();
        assert_eq!(written.len(), n);
        assert_eq!(fs::read_dir(&out).unwrap().count(), n, "no sheet overwrites another");
        for path in written {
            assert!(fs::read(path).unwrap().starts_with(b"PK"));
        }
    }
}

fn install(home: &Home, area: &str) {
    let areas = home.checklists().join("areas");
    fs::create_dir_all(&areas).unwrap();
    fs::write(areas.join("emergency.toml"), area).unwrap();
}

#[test]
fn a_visit_shows_the_edition_it_was_founded_with_and_a_diff_tells_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let home = home(&folder.path().join("home"));
    let file = folder.path().join("visit.hecha");
    found(
        &home,
        FoundingRequest {
            file: file.clone(),
            facility: "示例卫生院".to_owned(),
            profile: "township".to_owned(),
            stage: Stage::County,
            date: "2026-05-12".parse().unwrap(),
            lookback: Some("2026-04-01".parse().unwrap()),
            lead: parse_member("张三:医疗:主任医师").unwrap(),
            members: Vec::new(),
            recusals: Vec::new(),
            draw: None,
            mandate: Default::default(),
        },
        None,
    )
    .unwrap();
    let name = file.to_str().unwrap();
    let founded = find(&home, name, None).unwrap();
    assert!(compare(&home, name, "township").unwrap().difference.is_empty());

    let first = EMERGENCY.find("[[clause]]").unwrap();
    let second = first + 1 + EMERGENCY[first + 1..].find("\n[[clause]]").unwrap();
    let newer = format!("{}{}", &EMERGENCY[..first], &EMERGENCY[second..])
        .replacen("text = \"七类急救设备全部在位\"", "text = \"七类急救设备全部在位并可用\"", 1)
        .replacen("edition = \"2026.1\"", "edition = \"2027.1\"", 1);
    install(&home, &newer);
    let again = find(&home, name, None).unwrap();
    assert_eq!((again.hash.as_str(), again.areas == founded.areas), (founded.hash.as_str(), true));
    assert_ne!(find(&home, "township", None).unwrap().hash, founded.hash);
    assert_eq!(find(&home, "builtin:township", None).unwrap().hash, founded.hash);

    let compared = compare(&home, name, "township").unwrap();
    let difference = &compared.difference;
    assert_eq!(difference.removed.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["EM-01"]);
    assert!(difference.added.is_empty() && difference.rules.is_empty());
    let [change] = difference.changed.as_slice() else { panic!("{:?}", difference.changed) };
    assert_eq!(change.after.id.as_str(), "EM-02");
    assert_eq!((change.changed.len(), change.changed[0].2.as_slice()), (1, &[PointPart::Text][..]));
    let json = compared.json(Lang::Zh);
    assert_eq!(json["changed"][0]["points_changed"][0]["id"], "C1");
    assert_eq!(json["removed"][0]["id"], "EM-01");
    assert_eq!(json["same"], false);
    // The other way round what was removed is added.
    let back = compare(&home, "township", name).unwrap().difference;
    assert_eq!(back.added.len(), 1);

    let info = hecha(&folder.path().join("home"), &["visit", "info", name, "--json"]);
    let info: serde_json::Value = serde_json::from_str(&info).unwrap();
    assert_eq!(info["lookback"], "2026-04-01");
}

#[test]
fn rules_and_overrides_are_part_of_a_difference() {
    let folder = tempfile::tempdir().unwrap();
    let home = home(folder.path());
    let profiles = home.checklists().join("profiles");
    fs::create_dir_all(&profiles).unwrap();
    fs::write(profiles.join("jilin-township.toml"), include_str!("../checklists/local/jilin-township.toml"))
        .unwrap();
    let difference = compare(&home, "township", "jilin-township").unwrap().difference;
    assert_eq!(difference.rules, [RulePart::Title, RulePart::Gates]);
    let changed: Vec<&str> = difference.changed.iter().map(|it| it.after.id.as_str()).collect();
    assert_eq!(changed, ["IN-09", "TM-03"]);
    for change in &difference.changed {
        assert_eq!(change.changed[0].2, [PointPart::Measure, PointPart::Source]);
    }
}
