//! What we build on is held to `deny.toml`: licences, versions that stand twice, crates that must not come in, and sources.
//!
//! cargo-deny reads the same file and knows more, but it takes minutes to build; `docs/decisions/0023-what-we-build-on.md`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};

use serde_json::Value;
use toml::Table;

fn table(name: &str) -> Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    toml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// A list of `deny.toml`.
fn list<'a>(deny: &'a Table, section: &str, key: &str) -> &'a [toml::Value] {
    deny[section][key].as_array().unwrap()
}

/// Name, version and source of every crate of `Cargo.lock`, those of other systems included; ours has no source.
fn locked() -> Vec<(String, String, Option<String>)> {
    let lock = table("Cargo.lock");
    let text = |it: &toml::Value| it.as_str().unwrap().to_owned();
    let packages = lock["package"].as_array().unwrap().iter();
    packages.map(|it| (text(&it["name"]), text(&it["version"]), it.get("source").map(text))).collect()
}

/// Name and licence of the crates whose sources are at hand: those of all systems after `cargo fetch`, of this one after a build.
fn licences() -> BTreeMap<String, String> {
    let metadata = |more: &[&str]| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["metadata", "--format-version", "1", "--locked", "--offline"]).args(more);
        let output = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
        output.status.success().then(|| serde_json::from_slice::<Value>(&output.stdout).unwrap())
    };
    let found = metadata(&[]).or_else(|| metadata(&["--filter-platform", "host-tuple"]));
    let found = found.expect("cargo metadata");
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    found["packages"].as_array().unwrap().iter().map(|it| (text(&it["name"]), text(&it["license"]))).collect()
}

/// Whether a licence expression holds if these are allowed: `OR` (in old crates `/`), `AND`, brackets.
fn is_allowed(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut words = words.as_slice();
    any(&mut words, allowed) && words.is_empty()
}

fn any(words: &mut &[&str], allowed: &BTreeSet<&str>) -> bool {
    let mut holds = all(words, allowed);
    while let ["OR", rest @ ..] = *words {
        *words = rest;
        holds |= all(words, allowed);
    }
    holds
}

fn all(words: &mut &[&str], allowed: &BTreeSet<&str>) -> bool {
    let mut holds = one(words, allowed);
    while let ["AND", rest @ ..] = *words {
        *words = rest;
        holds &= one(words, allowed);
    }
    holds
}

fn one(words: &mut &[&str], allowed: &BTreeSet<&str>) -> bool {
    let (holds, rest) = match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let holds = any(words, allowed);
            words.strip_prefix(&[")"]).map_or((false, *words), |rest| (holds, rest))
        }
        [name, "WITH", exception, rest @ ..] => {
            (allowed.contains(format!("{name} WITH {exception}").as_str()), rest)
        }
        [name, rest @ ..] => (allowed.contains(name), rest),
        [] => (false, *words),
    };
    *words = rest;
    holds
}

#[test]
fn every_licence_is_one_we_allow() {
    let deny = table("deny.toml");
    let allowed: BTreeSet<&str> =
        list(&deny, "licenses", "allow").iter().map(|it| it.as_str().unwrap()).collect();
    let exceptions = list(&deny, "licenses", "exceptions");
    let licences = licences();
    assert!(licences.len() > 100, "the crates were not found");
    let is_fine = |(name, licence): &(&String, &String)| {
        let own = exceptions.iter().filter(|it| it["crate"].as_str() == Some(name));
        let own = own.flat_map(|it| it["allow"].as_array().unwrap()).map(|it| it.as_str().unwrap());
        is_allowed(licence, &allowed.iter().copied().chain(own).collect())
    };
    let wrong: Vec<_> = licences.iter().filter(|it| !is_fine(it)).collect();
    assert!(wrong.is_empty(), "licences that deny.toml does not allow: {wrong:?}");
}

#[test]
fn no_crate_stands_twice_without_a_reason() {
    let deny = table("deny.toml");
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, version, _) in locked() {
        versions.entry(name).or_default().push(version);
    }
    let mut wrong = Vec::new();
    for skip in list(&deny, "bans", "skip") {
        let (name, start) = skip["crate"].as_str().unwrap().split_once('@').unwrap();
        assert!(!skip["reason"].as_str().unwrap().is_empty());
        let there = versions.entry(name.to_owned()).or_default();
        let n_all = there.len();
        there.retain(|version| !format!("{version}.").starts_with(&format!("{start}.")));
        if n_all < 2 || there.len() == n_all {
            wrong.push(format!("{name} {start} does not stand beside another one: take it from the list"));
        }
    }
    let twice = versions.iter().filter(|(_, versions)| versions.len() > 1);
    wrong.extend(twice.map(|(name, versions)| format!("{name} stands twice: {versions:?}")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_comes_from_elsewhere_and_nothing_that_is_denied() {
    let deny = table("deny.toml");
    let locked = locked();
    let sources: BTreeSet<&str> = locked.iter().filter_map(|(_, _, source)| source.as_deref()).collect();
    let known = ["registry+https://github.com/rust-lang/crates.io-index"];
    assert!(sources.iter().copied().eq(known), "sources other than crates.io: {sources:?}");
    let ours: Vec<&str> = locked.iter().filter(|it| it.2.is_none()).map(|(name, ..)| name.as_str()).collect();
    assert_eq!(ours, [env!("CARGO_PKG_NAME")], "crates by path");
    let is_denied =
        |name: &str| list(&deny, "bans", "deny").iter().any(|it| it["crate"].as_str() == Some(name));
    let denied: Vec<_> = locked.iter().filter(|(name, ..)| is_denied(name)).collect();
    assert!(denied.is_empty(), "{denied:?}");
}

#[test]
fn licence_expressions_are_read_as_meant() {
    let allowed = BTreeSet::from(["MIT", "X WITH y"]);
    for (expression, is) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("GPL-3.0 AND MIT", false),
        ("(GPL-3.0 OR MIT) AND MIT", true),
        ("(GPL-3.0 OR MIT) AND BSD", false),
        ("BSD AND GPL-3.0 OR MIT", true),
        ("MIT OR BSD AND GPL-3.0", true),
        ("X WITH y", true),
        ("X", false),
        ("MIT MIT", false),
        ("(MIT", false),
        ("", false),
    ] {
        assert_eq!(is_allowed(expression, &allowed), is, "{expression}");
    }
}
