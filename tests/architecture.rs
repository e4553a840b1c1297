//! The layer table of the design, enforced on the sources: who may name whom, and which crates and parts of `std` belong where.
//! And on the tests: no file of them is forgotten.

mod circles;
mod pages;
mod widths;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

/// Each layer with the layers it may name beside itself.
const LAYERS: [(&str, &[&str]); 12] = [
    ("domain", &[]),
    ("located", &["domain"]),
    ("words", &["domain"]),
    ("checklist", &["domain", "located"]),
    ("store", &["domain"]),
    ("share", &["domain"]),
    ("report", &["domain", "located", "words"]),
    ("config", &["domain"]),
    ("app", &["domain", "located", "checklist", "store", "share", "report", "config", "words"]),
    ("cli", &["domain", "words", "app"]),
    ("tui", &["domain", "words", "app"]),
    ("plain", &["domain", "words", "app"]),
];

/// What only these files or folders may name. A trailing slash means the folder.
/// The age crate draws its keys and nonces from the system's randomness by itself, so the envelope needs none of ours.
const BELONGS: [(&str, &[&str]); 26] = [
    ("unicode_normalization", &["app/visit/lookalike.rs"]),
    ("unicode_security", &["app/visit/lookalike.rs"]),
    ("libc", &["share/folder/disk/regular.rs"]),
    ("rusqlite", &["store.rs", "store/"]),
    ("ratatui", &["tui.rs", "tui/"]),
    ("ratatui_textarea", &["tui.rs", "tui/"]),
    ("crossterm", &["tui.rs", "tui/"]),
    ("signal_hook", &["tui.rs", "tui/", "app/system.rs"]),
    ("clap", &["cli.rs", "cli/"]),
    ("clap_complete", &["cli.rs", "cli/"]),
    ("clap_mangen", &["cli.rs", "cli/"]),
    ("toml", &["located/", "checklist.rs", "checklist/", "config/settings.rs", "config/key_values.rs"]),
    (
        "zip",
        &[
            "checklist/xlsx.rs",
            "checklist/xlsx/",
            "report/docx/",
            "app/table/tests.rs",
            "app/table/header/tests.rs",
        ],
    ),
    (
        "rust_xlsxwriter",
        &[
            "checklist/xlsx.rs",
            "checklist/xlsx/",
            "report/workbook.rs",
            "report/workbook/",
            "app/pool/table.rs",
            "app/table/tests.rs",
            "app/table/header/tests.rs",
        ],
    ),
    ("ed25519_dalek", &["share/"]),
    ("age", &["share/file/envelope.rs", "share/code/key.rs", "share/opening.rs"]),
    ("chacha20poly1305", &["share/"]),
    ("ruzstd", &["share/folder/backup.rs"]),
    ("encoding_rs", &["app/table/"]),
    ("directories", &["config/"]),
    ("jiff", &["app/system.rs"]),
    ("getrandom", &["app/system.rs"]),
    ("sys_locale", &["app/system.rs"]),
    ("SystemTime", &["app/system.rs"]),
    ("Instant", &["share/folder/disk.rs", "app/system.rs", "tui/drive/run.rs"]),
    ("std::env", &["app/system.rs", "main.rs"]),
];

/// Files that may touch files: the share's disk, the checklist folder, the user's folders, and in `app` the data folder, what the user names,
/// and the metadata of the shared file.
const TOUCH_FILES: [&str; 8] = [
    "share/folder/disk.rs",
    "share/folder/disk/regular.rs",
    "checklist/sources.rs",
    "config/folders.rs",
    "app/files.rs",
    "app/files/completions.rs",
    "app/files/private.rs",
    "app/sync/watch.rs",
];

/// What a `Path` says only after asking the disk.
const ASK_DISK: [&str; 9] = [
    ".exists()",
    ".try_exists()",
    ".is_dir()",
    ".is_file()",
    ".is_symlink()",
    ".canonicalize()",
    ".metadata()",
    ".symlink_metadata()",
    ".read_dir()",
];

/// The rules of a visit need nothing but these parts of `std`, and no crate but the one that writes `Display` of errors.
const DOMAIN_STD: [&str; 9] = ["borrow", "cmp", "collections", "error", "fmt", "iter", "ops", "str", "sync"];
const DOMAIN_CRATES: [&str; 1] = ["thiserror"];

const SOFT_LIMIT: usize = 300;
const HARD_LIMIT: usize = 500;

struct Source {
    /// Path below `src` (or the folder that was asked for), with slashes.
    name: String,
    text: String,
    /// The text without comments and strings.
    code: String,
}

impl Source {
    /// The code up to the tests at its end. A declaration of a file of tests at the top is not their beginning.
    fn without_tests(&self) -> &str {
        let end = self.code.find("#[cfg(test)]\nmod tests {").unwrap_or(self.code.len());
        // Tests in a file of their own are tests, too.
        if self.name.ends_with("_tests.rs") { "" } else { &self.code[..end] }
    }
}

/// The program's sources, read once for all checks.
fn sources() -> &'static [Source] {
    static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| sources_below("src"));
    assert!(SOURCES.len() > 50, "the sources were not found");
    &SOURCES
}

/// Every Rust file below a folder of the project.
fn sources_below(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut sources = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                sources.push(Source { name, code: code_of(&text), text });
            }
        }
    }
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    sources
}

/// Removes comments and the insides of strings and of character literals, so that only code is judged.
fn code_of(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("r#\"") {
            rest.find("\"#").map_or(rest.len(), |end| end + 2)
        } else if c == '"' {
            string_length(rest)
        } else if rest.starts_with("'\"'") {
            3
        } else if let Some(escaped) = rest.strip_prefix("'\\") {
            2 + escaped.find('\'').map_or(0, |end| end + 1).max(2)
        } else {
            0
        };
        if skipped == 0 {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            rest = &rest[skipped.min(rest.len())..];
        }
    }
    code
}

fn string_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The first names after every occurrence of `path::`, those of a group in braces included.
fn named_after(code: &str, path: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let prefix = format!("{path}::");
    for (at, _) in code.match_indices(&prefix) {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        if let Some(group) = rest.strip_prefix('{') {
            names.extend(names_of_group(group));
        } else {
            names.insert(first_name(rest));
        }
    }
    names
}

/// The names that stand directly in a group, up to its closing brace.
fn names_of_group(group: &str) -> Vec<String> {
    let (mut depth, mut start, mut names) = (0, true, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            c if start && depth == 0 && !c.is_whitespace() => {
                names.push(first_name(&group[at..]));
                start = false;
            }
            _ => {}
        }
    }
    names
}

fn first_name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Whether a path or name stands in the code as a whole word.
fn says(code: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word)
        .any(|(at, _)| !code[..at].ends_with(part) && !code[at + word.len()..].starts_with(part))
}

fn layer_of(name: &str) -> &str {
    name.split(['/', '.']).next().unwrap()
}

#[test]
fn layers_name_only_the_layers_below_them() {
    let mut wrong = Vec::new();
    for source in sources() {
        let layer = layer_of(&source.name);
        let Some((_, may)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
            assert!(["lib", "main"].contains(&layer), "{} belongs to no layer of the table", source.name);
            continue;
        };
        let named = named_after(&source.code, "crate");
        let strangers = named.iter().filter(|it| *it != layer && !may.contains(&it.as_str()));
        // Macros that the crate exports stand at its root; there is none, so every name must be a layer.
        wrong.extend(strangers.map(|it| format!("{} names crate::{it}", source.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_front_door_names_no_middle_layer() {
    for source in sources().iter().filter(|source| source.name == "main.rs") {
        let named = named_after(&source.code, "hecha");
        assert!(named.iter().all(|it| ["cli", "tui", "plain", "app"].contains(&it.as_str())), "{named:?}");
        assert!(named.contains("cli"));
    }
}

#[test]
fn the_domain_knows_no_outer_world() {
    let dependencies = dependencies();
    assert!(dependencies.contains("rusqlite") && dependencies.contains("serde_json"), "{dependencies:?}");
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| layer_of(&source.name) == "domain") {
        let code = source.without_tests();
        let std = named_after(code, "std");
        let parts = std.iter().filter(|part| !DOMAIN_STD.contains(&part.as_str()));
        wrong.extend(parts.map(|part| format!("{} names std::{part}", source.name)));
        let crates = dependencies.iter().filter(|it| !DOMAIN_CRATES.contains(&it.as_str()));
        let said = crates.filter(|it| says(code, &format!("{it}::")) || says(code, &format!("use {it}")));
        wrong.extend(said.map(|it| format!("{} names the crate {it}", source.name)));
        for word in ["Serialize", "Deserialize", "println", "thread", "Instant", "Path", "PathBuf"] {
            if says(code, word) {
                wrong.push(format!("{} says {word}", source.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn manifest() -> toml::Table {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    toml::from_str(&text).unwrap()
}

/// The crates of `Cargo.toml`, as code names them.
fn dependencies() -> BTreeSet<String> {
    let manifest = manifest();
    let mut all: BTreeSet<String> = BTreeSet::new();
    let mut take = |table: &toml::Value| {
        all.extend(table.as_table().unwrap().keys().map(|name| name.replace('-', "_")));
    };
    take(&manifest["dependencies"]);
    for target in manifest["target"].as_table().unwrap().values() {
        take(&target["dependencies"]);
    }
    all
}

#[test]
fn crates_and_parts_of_the_system_stay_in_their_places() {
    let mut wrong = Vec::new();
    for source in sources() {
        let code = source.without_tests();
        let is_at = |place: &&str| {
            source.name == **place || (place.ends_with('/') && source.name.starts_with(*place))
        };
        for (word, places) in BELONGS {
            let crate_path = format!("{word}::");
            let named =
                if word == "SystemTime" { says(code, word) } else { says_path(code, &crate_path, word) };
            if named && !places.iter().any(is_at) {
                wrong.push(format!("{} names {word}, which belongs to {places:?}", source.name));
            }
        }
        // A path asks the disk as well: `is_dir` and its like are files touched without `fs`.
        let asks = ASK_DISK.iter().any(|ask| code.contains(ask));
        let touches = asks || named_after(code, "std").contains("fs") || says(code, "fs::");
        let may_touch = TOUCH_FILES.contains(&source.name.as_str());
        if touches && !may_touch {
            wrong.push(format!("{} touches files", source.name));
        }
        if ["domain", "located", "checklist", "store", "share", "report"].contains(&layer_of(&source.name)) {
            for word in ["stdout", "stderr", "stdin", "println", "eprintln"] {
                if says(code, word) {
                    wrong.push(format!("{} knows the terminal: {word}", source.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether the code names a crate or a path: as `word::…` (not as `other::word::…`) or in a group of `std`.
fn says_path(code: &str, path: &str, word: &str) -> bool {
    if let Some(part) = word.strip_prefix("std::") {
        return named_after(code, "std").contains(part);
    }
    code.match_indices(path).any(|(at, _)| {
        !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
            && (!code[..at].ends_with("::") || code[..at].ends_with(" ::"))
            // Inside a group of this crate's own modules the name is a module, e.g. `checklist::{toml::…}`.
            && !code[..at].ends_with("crate::")
    }) || says(code, &format!("use {word}"))
}

#[test]
fn every_file_opens_with_what_it_is_for_and_stays_short() {
    let mut soft = Vec::new();
    let mut wrong = Vec::new();
    for source in sources() {
        let opening = source.text.lines().next().unwrap_or_default();
        if !opening.starts_with("//! ") || opening.len() < 15 {
            wrong.push(format!("{} does not open with a //! sentence", source.name));
        }
        let stem = source.name.rsplit('/').next().unwrap().trim_end_matches(".rs");
        if ["mod", "util", "utils", "helper", "helpers", "common", "manager", "prelude", "misc"]
            .contains(&stem)
        {
            wrong.push(format!("{} has a name that says nothing", source.name));
        }
        let lines = source.text.lines().count();
        if lines > HARD_LIMIT {
            wrong.push(format!("{} has {lines} lines, more than {HARD_LIMIT}", source.name));
        } else if lines > SOFT_LIMIT {
            soft.push(format!("{} has {lines} lines", source.name));
        }
    }
    assert!(wrong.is_empty(), "{}\nabove the soft limit:\n{}", wrong.join("\n"), soft.join("\n"));
}

/// The files that a test program consists of, found from its first one by the modules that each declares.
fn files_of(program: &str, sources: &[Source]) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    let mut open = vec![program.to_owned()];
    while let Some(name) = open.pop() {
        let source = sources.iter().find(|source| source.name == name);
        let source = source.unwrap_or_else(|| panic!("{program} declares tests/{name}, which is not there"));
        // The first file of a program stands for its folder, any other one for the folder of its own name.
        let folder =
            if name == program { String::new() } else { format!("{}/", name.trim_end_matches(".rs")) };
        open.extend(modules_of(&source.code).map(|module| format!("{folder}{module}.rs")));
        files.insert(name);
    }
    files
}

/// The modules that stand in files of their own.
fn modules_of(code: &str) -> impl Iterator<Item = &str> {
    let declared =
        code.lines().filter_map(|line| line.strip_prefix("pub(crate) ").unwrap_or(line).strip_prefix("mod "));
    declared.filter_map(|rest| rest.strip_suffix(';'))
}

#[test]
fn every_file_of_the_tests_belongs_to_a_program() {
    let sources = sources_below("tests");
    let manifest = manifest();
    assert_eq!(manifest["package"]["autotests"].as_bool(), Some(false), "each file would be a program");
    let mut reached = BTreeSet::new();
    for program in manifest["test"].as_array().unwrap() {
        let path = program["path"].as_str().unwrap();
        reached.extend(files_of(path.strip_prefix("tests/").unwrap(), &sources));
    }
    let all: BTreeSet<String> = sources.into_iter().map(|source| source.name).collect();
    let forgotten: Vec<&String> = all.difference(&reached).collect();
    assert!(forgotten.is_empty(), "no test program has them, see tests/runner.rs: {forgotten:?}");
    assert!(all.len() > 50, "the tests were not found");
}

#[test]
fn the_checks_see_what_they_forbid() {
    let tests = [
        ("main.rs", "#[cfg(unix)]\nmod a;\npub(crate) mod b;\nmod here {\n}\n// mod c;\n"),
        ("a.rs", "mod c;"),
        ("a/c.rs", ""),
        ("b.rs", ""),
        ("c.rs", ""),
    ];
    let tests = tests.map(|(name, text)| Source {
        name: name.to_owned(),
        text: text.to_owned(),
        code: code_of(text),
    });
    let reached: Vec<String> = files_of("main.rs", &tests).into_iter().collect();
    assert_eq!(reached, ["a.rs", "a/c.rs", "b.rs", "main.rs"]);
    let code = code_of(
        "use crate::{\n    app::{home, x::Y},\n    store,\n};\n// crate::tui\nlet a = \"crate::share\"; crate::report::md();",
    );
    let names: Vec<String> = named_after(&code, "crate").into_iter().collect();
    assert_eq!(names, ["app", "report", "store"]);
    assert!(says_path("use rusqlite::Connection;", "rusqlite::", "rusqlite"));
    assert!(says_path("use std::{env, io};", "std::env::", "std::env"));
    assert!(!says_path("let x = my_toml::y;", "toml::", "toml"));
    assert_eq!(code_of("let c = '\"'; let d = '\\''; \"a // b\" // end\nx"), "let c = ; let d = ;  \nx");
}
