//! Workbooks: what is exported comes back unchanged, and what is wrong with one is told by sheet, row and column.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests fail the test by panicking")]

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use hecha::{
    checklist::{
        Kind, Sources, content, list_areas, list_profiles, load_area, load_profile,
        xlsx::{Imported, export_area, export_checklist, export_profile, import},
    },
    domain::lang::Lang,
};

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
        for profile in list_profiles(&sources) {
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
        assert_eq!(&names[..2], lang.pick_names());
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

trait PickNames {
    fn pick_names(self) -> &'static [&'static str];
}

impl PickNames for Lang {
    fn pick_names(self) -> &'static [&'static str] {
        match self {
            Self::Zh => &["说明", "方案"],
            Self::En => &["Guide", "Profile"],
        }
    }
}
