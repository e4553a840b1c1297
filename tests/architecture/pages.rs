//! A page that specifies bytes or keys changes with the files it specifies: others build on the page alone.
//!
//! Each page ends with the digest of the code behind it. Whoever changes that code is sent to the page, and writes the
//! new digest only after reading it. Comments, imports, tests and blanks do not count.

use std::{fmt::Write as _, fs, path::Path};

use sha2::{Digest, Sha256};

use super::{Source, sources};

/// Each page with the files and folders (trailing slash) it specifies, below `src`.
const PAGES: [(&str, &[&str]); 4] = [
    (
        "docs/SHARED-FILE.md",
        &[
            "share/wire.rs",
            "share/wire/",
            "share/file.rs",
            "share/file/chain.rs",
            "share/file/commit.rs",
            "share/file/envelope.rs",
            "share/file/main_file.rs",
            "share/file/seal.rs",
            "share/code.rs",
            "share/code/",
            "share/evidence.rs",
            "share/evidence/folder.rs",
            "share/limits.rs",
            // The words that stand for their values.
            "domain/terms/absence.rs",
            "domain/terms/clean.rs",
            "domain/terms/field.rs",
            "domain/edit/dissent.rs",
            "domain/edit/plan.rs",
            "domain/edit/verdict.rs",
            "domain/edit/waiver.rs",
            "domain/facility.rs",
            // How commits become votes.
            "domain/ballot/scoring.rs",
            "domain/visit/archive.rs",
            "domain/visit/bench.rs",
            "domain/visit/closing.rs",
            "domain/visit/end.rs",
            "domain/visit/fold.rs",
            "domain/visit/judged.rs",
            "domain/visit/past.rs",
            "domain/visit/plans.rs",
            "domain/visit/recusal.rs",
            "domain/visit/revision.rs",
            "domain/visit/seats.rs",
            "share/opening.rs",
            "share/record.rs",
        ],
    ),
    ("docs/REPORT-JSON.md", &["report/json.rs", "report/json/"]),
    (
        "docs/TEMPLATES.md",
        &["report/template/placeholder.rs", "report/template/read.rs", "report/template/section.rs"],
    ),
    (
        "docs/CHECKLISTS.md",
        &[
            "checklist/area.rs",
            "checklist/clause.rs",
            "checklist/gate.rs",
            "checklist/list.rs",
            "checklist/measure.rs",
            "checklist/overrides.rs",
            "checklist/rules.rs",
            "checklist/rules/",
            "checklist/standard.rs",
            // The words of kinds and aspects.
            "domain/checklist.rs",
        ],
    ),
];

/// What is left of a file when everything is taken away that cannot change what it writes or reads.
fn essence(source: &Source) -> String {
    let end = source.text.find("#[cfg(test)]\nmod tests {").unwrap_or(source.text.len());
    let mut essence = String::new();
    let mut in_use = false;
    for line in source.text[..end].lines().map(str::trim) {
        let begins_use = ["use ", "pub use ", "pub(crate) use ", "pub(super) use "];
        in_use = in_use || begins_use.iter().any(|it| line.starts_with(it));
        if !in_use && !line.starts_with("//") {
            let mut quoted = false;
            essence.extend(line.chars().filter(|c| {
                quoted ^= *c == '"';
                quoted || !c.is_whitespace()
            }));
        }
        in_use = in_use && !line.ends_with(';');
    }
    essence
}

fn digest(specified: &[&str], sources: &[Source]) -> String {
    let mut sum = Sha256::new();
    for place in specified {
        let is_here = |source: &&Source| {
            source.name == **place || place.ends_with('/') && source.name.starts_with(place)
        };
        let mut files = sources.iter().filter(is_here).peekable();
        assert!(files.peek().is_some(), "a page specifies src/{place}, which is not there");
        files.for_each(|source| sum.update(essence(source)));
    }
    sum.finalize().iter().take(8).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[test]
fn a_page_changes_with_the_files_it_specifies() {
    let sources = sources();
    let mut wrong = Vec::new();
    for (page, specified) in PAGES {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
        let line = format!("<!-- The code that this page specifies: {} -->", digest(specified, sources));
        if !text.trim_end().ends_with(&line) {
            wrong.push(format!(
                "what {page} specifies has changed ({specified:?}): read the page, then end it with\n{line}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_what_counts_is_counted() {
    let source = |text: &str| Source { name: "a.rs".to_owned(), text: text.to_owned(), code: String::new() };
    let one = source("//! A.\nuse crate::{\n    a,\n};\n\nfn f() { 1 }\n#[cfg(test)]\nmod tests {\n}\n");
    let same = source("//! B.\nuse crate::b;\nfn f() {\n    // Why.\n    1\n}\n");
    assert_eq!(digest(&["a.rs"], &[one]), digest(&["a.rs"], &[same]));
    let a = digest(&["a.rs"], &[source("fn f() { 1 }")]);
    assert_ne!(a, digest(&["a.rs"], &[source("fn f() { 2 }")]));
    assert_ne!(a, digest(&["a.rs"], &[source("fn f() { \"//1\" }")]));
    let b = digest(&["a.rs"], &[source("fn f() { \"a b\" }")]);
    assert_ne!(b, digest(&["a.rs"], &[source("fn f() { \"ab\" }")]));
}
