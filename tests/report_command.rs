//! `hecha report` by the program itself: all formats, one that cannot be written, and a final visit twice.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails loudly"
)]

mod support;

use std::{collections::BTreeMap, fs, path::Path};

use hecha::{
    app::{home::Home, session::Session},
    domain::readiness::MatterKind,
};
use serde_json::Value;
use support::Panel;

const FORMATS: &str = "docx,xlsx,html,md,csv,json";

/// The files of a folder by extension.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.is_file());
    files
        .map(|path| (path.extension().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect()
}

fn report(panel: &Panel, name: &str) -> BTreeMap<String, Vec<u8>> {
    let out = panel.root.join(name);
    panel.lead().ok(&["report", &panel.file, "--format", FORMATS, "--out", out.to_str().unwrap()]);
    files(&out)
}

/// When the report says it was made.
fn generated(files: &BTreeMap<String, Vec<u8>>) -> Value {
    serde_json::from_slice::<Value>(&files["json"]).unwrap()["generated"].clone()
}

#[test]
fn a_final_visit_is_exported_in_the_same_bytes_again() {
    let panel = Panel::small(1, &[]);
    panel.lead().ok(&["score", &panel.file, "TM-02", "--grade", "B"]);
    let before = report(&panel, "before");
    assert!(generated(&before).is_string(), "a visit that may still change says when it was printed");

    let home = Home::choose(Some(panel.lead().home.clone())).unwrap();
    let mut session = Session::open(&home, Path::new(&panel.file)).unwrap();
    session.submit().unwrap();
    let clauses: Vec<_> = session.visit().clauses().map(|clause| clause.id.clone()).collect();
    for clause in clauses {
        let grade = Some(hecha::domain::verdict::Decision::Grade(hecha::domain::grade::Grade::B));
        session.decide(&clause, grade, "合议一致").unwrap();
    }
    let waived: Vec<_> = MatterKind::ALL.iter().map(|kind| (*kind, "演练".to_owned())).collect();
    session.finalize(&waived).unwrap();
    drop(session);

    let (first, second) = (report(&panel, "first"), report(&panel, "second"));
    assert_eq!(first.len(), 6);
    assert!(generated(&first).is_null());
    for (format, bytes) in &first {
        assert!(bytes == &second[format], "{format}");
        assert!(bytes != &before[format], "{format}: the final one says so");
    }
}

#[test]
fn a_format_that_cannot_be_written_does_not_keep_the_others_back() {
    let panel = Panel::small(1, &[]);
    let out = panel.root.join("out");
    // A folder stands where the workbook should go, in either language of the name.
    for stage in ["县级", "County"] {
        fs::create_dir_all(out.join(format!("青禾镇卫生院-{stage}-2026-11-21.xlsx"))).unwrap();
    }
    let answer = panel
        .lead()
        .refuses(1, &["report", &panel.file, "--format", FORMATS, "--out", out.to_str().unwrap()]);
    assert!(answer.err.contains("xlsx"), "{}", answer.err);
    let kept: Vec<String> = files(&out).into_keys().collect();
    assert_eq!(kept, ["csv", "docx", "html", "json", "md"]);
    let left = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(left.into_iter().all(|name| name.starts_with("青禾镇卫生院-")), "nothing half written is left");
}
