//! `hecha report` by the program itself: all formats, one that cannot be written, and a final visit twice.

use std::{collections::BTreeMap, fs, path::Path};

use hecha::app::{deed::Deed, home::Home, session::Session};
use serde_json::Value;

use crate::support::{Panel, every_reason};

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
    let panel = Panel::small(3, &[]);
    panel.lead().ok(&["score", &panel.file, "TM-02", "--grade", "B"]);
    let before = report(&panel, "before");
    assert!(generated(&before).is_string(), "a visit that may still change says when it was printed");

    let home = Home::choose(Some(panel.lead().home.clone())).unwrap();
    let mut session = Session::open(&home, Path::new(&panel.file)).unwrap();
    session.perform(Deed::Submit).unwrap();
    session.perform(Deed::Close).unwrap();
    let clauses: Vec<_> = session.visit().clauses().map(|clause| clause.id.clone()).collect();
    for clause in clauses {
        let grade =
            Some(hecha::domain::edit::verdict::Decision::Grade(hecha::domain::terms::grade::Grade::B));
        session.perform(Deed::Decide(clause, grade, "合议一致".to_owned())).unwrap();
    }
    drop(session);
    panel.sign(&[0, 1, 2]);
    panel.lead().ok(&["sync", &panel.file]);
    let mut session = Session::open(&home, Path::new(&panel.file)).unwrap();
    session.perform(Deed::Finalize(every_reason("演练"))).unwrap();
    drop(session);

    let (first, second) = (report(&panel, "first"), report(&panel, "second"));
    assert_eq!(first.len(), 6);
    assert!(generated(&first).is_null());
    for (format, bytes) in &first {
        assert!(bytes == &second[format], "{format}");
        assert!(bytes != &before[format], "{format}: the final one says so");
    }
    fs::write(panel.lead().home.join("report.toml"), TEMPLATE).unwrap();
    let (third, fourth) = (report(&panel, "third"), report(&panel, "fourth"));
    for (format, bytes) in &third {
        assert!(bytes == &fourth[format], "{format} with a template");
        assert_eq!(bytes != &first[format], format != "csv", "{format}: the template's name is in it");
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

/// A template that names itself in the title.
const TEMPLATE: &str = "[template]\ntitle = \"{facility}核查意见书\"\nleave_out = [\"agreement\"]\n";

fn md_of(panel: &Panel, name: &str, more: &[&str]) -> String {
    let out = panel.root.join(name);
    let mut arguments = vec!["report", &panel.file, "--format", "md", "--out", out.to_str().unwrap()];
    arguments.extend(more);
    panel.lead().ok(&arguments);
    String::from_utf8(files(&out).remove("md").unwrap()).unwrap()
}

#[test]
fn a_template_is_named_installed_or_the_program_s_own() {
    let panel = Panel::small(1, &[]);
    let lead = panel.lead();
    let built_in = md_of(&panel, "built-in", &[]);
    assert!(built_in.starts_with("# 青禾镇卫生院现场核查报告\n") && !built_in.contains("报告模板"));
    assert!(lead.ok(&["doctor"]).out.contains("[ok] 报告模板：builtin"));

    let elsewhere = panel.root.join("county.toml");
    fs::write(&elsewhere, TEMPLATE).unwrap();
    let named = md_of(&panel, "named", &["--template", elsewhere.to_str().unwrap()]);
    assert!(named.starts_with("# 青禾镇卫生院核查意见书\n") && named.contains("county.toml（SHA-256 "));
    assert!(!named.contains("组内一致性") && named.contains("尚未定稿"));

    let installed = lead.home.join("report.toml");
    fs::write(&installed, TEMPLATE).unwrap();
    let text = md_of(&panel, "installed", &[]);
    assert!(text.starts_with("# 青禾镇卫生院核查意见书\n") && text.contains("report.toml（SHA-256 "));
    assert!(lead.ok(&["doctor"]).out.contains(installed.to_str().unwrap()));
    assert!(md_of(&panel, "own", &["--template", "builtin"]).starts_with("# 青禾镇卫生院现场核查报告\n"));

    // A broken one makes no report that looks like the bureau's and is not; the way out is named.
    fs::write(&installed, "[template]\ntitle = \"{facilty}\"\norder = []\n").unwrap();
    let out = panel.root.join("broken");
    let refused = lead.refuses(1, &["report", &panel.file, "--format", "md", "--out", out.to_str().unwrap()]);
    for said in ["report.toml:2:10", "是不是“facility”", "“order”", "--template builtin"] {
        assert!(refused.err.contains(said), "{said}: {}", refused.err);
    }
    assert!(!out.exists());
    assert_eq!(lead.run(&["doctor"]).code, Some(1));
}

#[test]
fn a_template_is_printed_and_checked_without_a_visit() {
    let folder = tempfile::tempdir().unwrap();
    let panel = Panel::at(folder.path());
    let lead = panel.lead();
    let printed = lead.ok(&["report", "--print-template"]).out;
    let file = folder.path().join("mine.toml");
    let path = file.to_str().unwrap();
    fs::write(path, &printed).unwrap();
    assert!(lead.ok(&["report", "--check-template", path]).out.contains("共 0 处错误，0 处提醒"));
    fs::write(path, printed.replace("id = \"gates\"", "id = \"gaets\"")).unwrap();
    let checked = lead.run(&["report", "--check-template", path]);
    assert!(checked.code == Some(1) && checked.out.contains("是不是“gates”"), "{checked:?}");
    lead.refuses(1, &["report", "--check-template", "/nowhere/report.toml"]);
    lead.refuses(2, &["report"]);
}
