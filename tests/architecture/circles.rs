//! No circle of imports: the children of a layer, and of every room in it, name each other in one direction only.
//!
//! A room counts as one with all that lies in it. A file and the rooms below it may name each other: `foo.rs` is the face
//! of `foo/`. Tests do not count.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, code_of, sources};

type Path = Vec<String>;

/// For every room, who names whom among its children, with an example of each.
type Arrows = BTreeMap<Path, BTreeMap<(String, String), String>>;

/// What one file names: paths from the crate's root, and which of its own names stand for them.
struct Names {
    paths: Vec<Path>,
    bound: BTreeMap<String, Path>,
}

/// The module that a file is; `None` for the roots of the crate and for tests.
fn module_of(name: &str) -> Option<Path> {
    let stem = name.strip_suffix(".rs")?;
    let is_test = stem.ends_with("tests") || stem.ends_with("fixture");
    (!["lib", "main"].contains(&stem) && !is_test).then(|| stem.split('/').map(str::to_owned).collect())
}

/// The tokens that paths are made of: names, `::`, braces, commas, semicolons and stars.
fn tokens(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let length = if word(c) {
            rest.find(|c| !word(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            c.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        if !token.trim().is_empty() {
            found.push(token);
        }
        rest = after;
    }
    found
}

/// The paths of a use tree that begins at `at`, and where it ends.
fn tree(tokens: &[&str], mut at: usize, before: &Path) -> (Vec<(Path, String)>, usize) {
    let mut path = before.clone();
    while let Some(token) = tokens.get(at) {
        match *token {
            "::" => at += 1,
            "{" => {
                let mut leaves = Vec::new();
                at += 1;
                while tokens.get(at).is_some_and(|token| *token != "}") {
                    if tokens[at] == "," {
                        at += 1;
                        continue;
                    }
                    let (more, end) = tree(tokens, at, &path);
                    leaves.extend(more);
                    at = end;
                }
                return (leaves, at + 1);
            }
            "," | "}" | ";" => break,
            "as" => return (vec![(path, tokens[at + 1].to_owned())], at + 2),
            "self" if !path.is_empty() => at += 1,
            name => {
                path.push(name.to_owned());
                at += 1;
            }
        }
    }
    let bound = path.last().cloned().unwrap_or_default();
    (vec![(path, bound)], at)
}

/// The path from the crate's root, if it is one of ours: `crate::…`, `super::…`, or a module of this very file.
fn absolute(path: &Path, module: &Path, modules: &BTreeSet<Path>) -> Option<Path> {
    let first = path.first()?;
    if first == "crate" {
        return Some(path[1..].to_vec());
    }
    if first == "super" {
        let up = path.iter().take_while(|part| *part == "super").count();
        let root = module.get(..module.len().checked_sub(up)?)?;
        return Some(root.iter().chain(&path[up..]).cloned().collect());
    }
    let own = if first == "self" { &path[1..] } else { &path[..] };
    let child: Path = module.iter().chain(own.first()).cloned().collect();
    modules.contains(&child).then(|| module.iter().chain(own).cloned().collect())
}

fn names(code: &str, module: &Path, modules: &BTreeSet<Path>) -> Names {
    let tokens = tokens(code);
    let mut names = Names { paths: Vec::new(), bound: BTreeMap::new() };
    let mut loose = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        // `use<'a>` says what a type captures.
        if tokens[at] == "use" && tokens.get(at + 1) != Some(&"<") {
            let (leaves, end) = tree(&tokens, at + 1, &Path::new());
            for (path, bound) in leaves {
                if let Some(path) = absolute(&path, module, modules) {
                    names.bound.insert(bound, path.clone());
                    names.paths.push(path);
                }
            }
            at = end;
        } else if tokens.get(at + 1) == Some(&"::") && at.checked_sub(1).is_none_or(|it| tokens[it] != "::") {
            let ends = (at..).step_by(2).take_while(|it| *it == at || tokens.get(it - 1) == Some(&"::"));
            loose.push(ends.filter_map(|it| tokens.get(it)).map(|it| (*it).to_owned()).collect());
            at += 1;
        } else {
            at += 1;
        }
    }
    for path in loose {
        let known = absolute(&path, module, modules).or_else(|| {
            let base = names.bound.get(path.first()?)?;
            Some(base.iter().chain(&path[1..]).cloned().collect())
        });
        names.paths.extend(known);
    }
    names
}

fn arrows(sources: &[Source]) -> Arrows {
    let modules: BTreeSet<Path> = sources.iter().filter_map(|source| module_of(&source.name)).collect();
    let mut arrows = Arrows::new();
    for source in sources {
        let Some(module) = module_of(&source.name) else { continue };
        for path in names(source.without_tests(), &module, &modules).paths {
            let target = (1..=path.len()).rev().map(|n| &path[..n]).find(|it| modules.contains(*it));
            let Some(target) = target else { continue };
            let shared = module.iter().zip(target).take_while(|(a, b)| a == b).count();
            // Layers are judged by their own table; a file and what lies below it are one.
            if shared == 0 || shared == module.len() || shared == target.len() {
                continue;
            }
            let example = format!("{} names {}", source.name, path.join("::"));
            let room = arrows.entry(module[..shared].to_vec()).or_default();
            room.entry((module[shared].clone(), target[shared].clone())).or_insert(example);
        }
    }
    arrows
}

/// The arrows that lie on a circle, or between two: what is left when whoever names nobody, or is named by nobody, is
/// taken away again and again.
fn circles(arrows: &BTreeMap<(String, String), String>) -> Vec<&String> {
    let mut left: BTreeSet<&(String, String)> = arrows.keys().collect();
    loop {
        let from: BTreeSet<&String> = left.iter().map(|(from, _)| from).collect();
        let to: BTreeSet<&String> = left.iter().map(|(_, to)| to).collect();
        let before = left.len();
        left.retain(|(a, b)| from.contains(b) && to.contains(a));
        if left.len() == before {
            return arrows
                .iter()
                .filter(|(arrow, _)| left.contains(arrow))
                .map(|(_, example)| example)
                .collect();
        }
    }
}

#[test]
fn no_rooms_name_each_other_in_a_circle() {
    let arrows = arrows(sources());
    assert!(arrows.len() > 20, "the rooms were not found");
    let mut wrong = Vec::new();
    for (room, arrows) in &arrows {
        let examples = circles(arrows);
        if !examples.is_empty() {
            let examples: Vec<String> = examples.iter().map(|example| format!("  {example}")).collect();
            wrong.push(format!("a circle in {}:\n{}", room.join("/"), examples.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_check_sees_a_circle() {
    let files = [
        ("domain/a.rs", "use crate::domain::{b::{Deep, self as other}, c};\nfn f() { c::g() }"),
        ("domain/b.rs", "mod inner;"),
        ("domain/b/inner.rs", "use super::Deep; fn f() { crate::domain::c::g() }"),
        ("domain/c.rs", "#[cfg(test)]\nmod tests {\n    use crate::domain::a;\n}"),
        ("domain/d.rs", "fn f() -> impl Fn() + use<'_> { crate::domain::a::f() }"),
    ];
    let source = |(name, text): &(&str, &str)| Source {
        name: (*name).to_owned(),
        text: (*text).to_owned(),
        code: code_of(text),
    };
    let mut sources: Vec<Source> = files.iter().map(source).collect();
    let room = vec!["domain".to_owned()];
    assert_eq!(arrows(&sources)[&room].len(), 4, "a names b and c, b names c, d names a");
    assert!(circles(&arrows(&sources)[&room]).is_empty());
    sources.push(source(&("domain/c/below.rs", "fn f() { super::super::a::f() }")));
    let arrows = arrows(&sources);
    let found = circles(&arrows[&room]);
    assert_eq!(found.len(), 4, "all but the arrow of d: {found:?}");
    assert!(found.contains(&&"domain/c/below.rs names domain::a::f".to_owned()), "{found:?}");
}
