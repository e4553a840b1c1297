//! Local profiles that build on another: the shipped examples, and what cannot be built on.

use std::{fs, path::Path};

use hecha::{
    checklist::{Kind, Sources, check_text, list_profiles, load_profile, render},
    domain::{
        checklist::{Checklist, Measure},
        terms::lang::Lang,
    },
};

fn shipped() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("checklists/local");
    let mut all: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap())
        })
        .collect();
    all.sort();
    all
}

fn with_all() -> Sources {
    shipped().iter().fold(Sources::built_in(), |sources, (stem, text)| {
        sources.with_text(Kind::Profile, stem, format!("profiles/{stem}.toml"), text)
    })
}

fn local(id: &str) -> Checklist {
    let (checklist, problems) = load_profile(id, &with_all()).unwrap();
    assert!(problems.is_empty(), "{}", render(&problems, Lang::Zh));
    checklist
}

fn techniques(checklist: &Checklist) -> (u64, u64, String) {
    let point = checklist.clause("TM-03").unwrap().point("C1").unwrap();
    let Measure::Count { items, categories, .. } = &point.measure else { panic!() };
    (*items, *categories, point.overridden_by.as_ref().unwrap().to_string())
}

#[test]
fn the_examples_say_what_their_documents_say() {
    for (id, items, categories, document) in [
        ("tianjin-township", 10, 6, "津卫基层〔2022〕381号"),
        ("tianjin-community", 10, 6, "津卫基层〔2022〕381号"),
        ("tianjin-village", 6, 4, "津卫基层〔2022〕381号"),
        ("jilin-township", 10, 0, "吉卫联发〔2024〕17号"),
        ("jilin-village", 6, 0, "吉卫联发〔2024〕17号"),
    ] {
        let (n, kinds, source) = techniques(&local(id));
        assert_eq!((n, kinds), (items, categories), "{id}");
        assert!(source.starts_with("local ") && source.contains(document), "{id}: {source}");
    }
    assert_eq!(list_profiles(&with_all()).len(), 4 + shipped().len());
}

#[test]
fn in_jilin_a_serious_problem_this_year_is_a_gate_that_must_be_answered() {
    for id in ["jilin-township", "jilin-village"] {
        let checklist = local(id);
        let gate = checklist.profile.gates.iter().find(|gate| gate.id.as_str() == "IN-02.G4").unwrap();
        assert!(!gate.optional && gate.lookback_months.is_none());
    }
    let base = load_profile("township", &Sources::built_in()).unwrap().0;
    assert!(!base.profile.gates.iter().any(|gate| gate.id.as_str() == "IN-02.G4"));
    assert_eq!(local("jilin-township").profile.standards, base.profile.standards);
    assert_eq!(local("jilin-township").profile.panel, base.profile.panel);
}

#[test]
fn qinghai_pays_by_exact_boundaries_and_nobody_else_pays() {
    for id in ["qinghai-township", "qinghai-community"] {
        let profile = local(id).profile;
        for (population, wan_yuan) in
            [(0, "30"), (4_999, "30"), (5_000, "40"), (14_999, "40"), (15_000, "50"), (1_000_000, "50")]
        {
            let tier = profile.subsidy(population).unwrap();
            assert_eq!(tier.amount_wan_yuan.to_string(), wan_yuan, "{population}");
            assert_eq!(tier.source.as_str(), "seed S0·F37");
        }
    }
    for id in ["tianjin-township", "jilin-township", "township", "community", "village"] {
        assert_eq!(local(id).profile.subsidy(20_000), None, "{id}");
    }
}

#[test]
fn what_cannot_be_built_on_is_told_where_the_base_is_named() {
    let text = shipped().into_iter().find(|(stem, _)| stem == "tianjin-village").unwrap().1;
    let sources = with_all();
    for (from, to, told, offending) in [
        ("base = \"village\"", "base = \"vilage\"", "没有方案“vilage”", "\"vilage\""),
        ("base = \"village\"", "base = \"jilin-village\"", "不能再作为 base", "\"jilin-village\""),
        ("base = \"village\"", "base = \"tianjin-village\"", "不能再作为 base", "\"tianjin-village\""),
        ("base = \"village\"", "base = 7", "没有方案“”", "7"),
        (
            "base = \"village\"",
            "base = \"village\"\nfacility = \"township\"",
            "没有“facility”这个键",
            "facility",
        ),
        ("items = 6", "items = 600", "只有", "600"),
        ("edition = \"2026.2\"\n", "", "缺少 edition", ""),
    ] {
        assert!(text.contains(from));
        let problems = check_text("tianjin-village.toml", &text.replacen(from, to, 1), &sources);
        let found = problems.iter().find(|it| it.is_error() && it.what.zh.contains(told));
        let found = found.unwrap_or_else(|| panic!("{to}: {}", render(&problems, Lang::Zh)));
        assert!(offending.is_empty() || found.offending() == offending, "{}", found.offending());
    }
    let broken = sources.with_text(Kind::Profile, "village", "profiles/village.toml", "[profile]\n");
    let problems = load_profile("tianjin-village", &broken).unwrap_err();
    assert!(problems.iter().any(|it| it.what.zh.contains("方案 village 有错误")));
}
