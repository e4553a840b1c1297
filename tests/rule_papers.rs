//! The drafts of rules with the real program: from a profile, from a visit, in both languages.

use std::{fs, io::Read, path::Path};

use hecha::{
    checklist::{Sources, load_profile},
    domain::{checklist::profile::MergeMethod, terms::lang::Lang},
    report::{
        page::{Block, Page},
        rule_paper::{RuleFacts, RulePaper},
    },
};

use crate::support::{Answer, Laptop, Panel, new_folder, program};

/// A command that must succeed, in English.
fn in_english(laptop: &Laptop, arguments: &[&str]) -> Answer {
    let mut command = program();
    command.arg("--home").arg(&laptop.home).args(["--lang", "en"]).args(arguments);
    let answer = Answer::of(command.output().unwrap());
    assert_eq!(answer.code, Some(0), "{answer:?}");
    answer
}

/// The text of a document, a paragraph a line.
fn text(path: &Path) -> String {
    let mut package = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut xml = String::new();
    package.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let mut text = String::new();
    for part in xml.replace("</w:p>", "\n").split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, after)| after));
    }
    text
}

#[test]
fn each_is_drafted_from_a_profile_in_both_languages_and_twice_the_same() {
    let folder = new_folder();
    let laptop = Laptop::new(folder.path().join("home"));
    let out = folder.path().join("out");
    let out = out.to_str().unwrap();
    for (kind, name, english) in [
        ("workflow", "工作流程-乡镇卫生院-草稿", "Workflow-Township health centre-draft"),
        ("recusal", "回避制度-乡镇卫生院-草稿", "Recusal rules-Township health centre-draft"),
        ("recheck", "抽查复核制度-乡镇卫生院-草稿", "Spot checks and re-checks-Township health centre-draft"),
        ("pool", "专家库管理办法-乡镇卫生院-草稿", "Expert pool rules-Township health centre-draft"),
    ] {
        let answer = laptop.ok(&["form", kind, "township", "--out", out]);
        assert!(answer.out.contains(name) && answer.err.contains("不是官方文本"), "{answer:?}");
        let path = Path::new(answer.out.trim());
        let first = fs::read(path).unwrap();
        let told = text(path);
        assert!(told.contains("草稿") && told.contains("第一条") && told.contains("发布单位"), "{told}");
        laptop.ok(&["form", kind, "township", "--out", out]);
        assert_eq!(fs::read(path).unwrap(), first);
        let answer = in_english(&laptop, &["form", kind, "township", "--out", out]);
        assert!(answer.out.contains(english), "{answer:?}");
        let told = text(Path::new(answer.out.trim()));
        assert!(told.contains("Article 1.") && told.contains("no official text"), "{told}");
    }
    let listed = laptop.ok(&["form", "list"]).out;
    assert!(listed.contains("workflow") && listed.contains("专家库管理办法"), "{listed}");
    assert_eq!(laptop.json(&["form", "list", "--json"]).as_array().unwrap().len(), 8);
    laptop.refuses(2, &["form", "workflow"]);
    laptop.refuses(2, &["form", "workflow", "township", "--year", "2025"]);
    laptop.refuses(1, &["form", "workflow", "townshop", "--out", out]);
}

#[test]
fn a_local_rule_and_a_visit_give_their_own_numbers() {
    let folder = new_folder();
    let laptop = Laptop::new(folder.path().join("home"));
    let profiles = folder.path().join("home/checklists/profiles");
    fs::create_dir_all(&profiles).unwrap();
    let local = "[profile]\nid = \"our-township\"\nbase = \"township\"\ntitle = \"本县卫生院\"\n\
        title_en = \"Our health centres\"\nedition = \"2026.2\"\nstatus = \"unofficial\"\n\n[panel]\nmin = 7\n\
        title = \"副高\"\nfields = [\"医疗\", \"药学\"]\nsource = \"local 县卫健局〔2026〕1号\"\n\n[merge]\n\
        rule = \"majority\"\nquorum = 4\ntie = \"lead\"\nsource = \"local 县卫健局〔2026〕1号\"\n";
    fs::write(profiles.join("our-township.toml"), local).unwrap();
    let out = folder.path().join("out");
    let answer = laptop.ok(&["form", "workflow", "our-township", "--out", out.to_str().unwrap()]);
    let told = text(Path::new(answer.out.trim()));
    for wanted in [
        "不少于 7 人",
        "职称要求为副高及以上",
        "医疗、药学（来源：本地规定 县卫健局〔2026〕1号）",
        "不少于 4 票",
        "过半数同意",
        "our-township",
        "2026.2",
    ] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    // A visit keeps the rules it was founded with.
    let panel = Panel::township(1, &[]);
    let answer = panel.lead().ok(&["form", "pool", &panel.file, "--out", out.to_str().unwrap()]);
    let told = text(Path::new(answer.out.trim()));
    let hash = panel.lead().json(&["visit", "info", &panel.file, "--json"])["checklist_hash"].clone();
    assert!(told.contains(&hash.as_str().unwrap()[..12]), "{told}");
}

fn told_by(page: &Page) -> String {
    let blocks = page.sections.iter().flat_map(|section| &section.blocks);
    let told = blocks.map(|block| match block {
        Block::Text(text) => text.clone(),
        Block::List(items) => items.join("\n"),
        _ => String::new(),
    });
    page.marks.iter().cloned().chain(told).collect::<Vec<_>>().join("\n")
}

fn paper(kind: RulePaper, profile: &str, lang: Lang) -> Page {
    let (checklist, _) = load_profile(profile, &Sources::built_in()).unwrap();
    kind.page(&RuleFacts { checklist: &checklist, hash: "0123456789abcdef", lang })
}

#[test]
fn every_paper_says_that_it_is_a_draft_and_of_which_rules() {
    for kind in RulePaper::ALL {
        for (lang, draft) in [(Lang::Zh, "不是官方文本"), (Lang::En, "no official text")] {
            let page = paper(*kind, "village", lang);
            let told = told_by(&page);
            assert!(told.contains(draft) && told.contains("village") && told.contains("2026.2"), "{told}");
            assert!(told.contains("0123456789ab") && !told.contains("0123456789abc"), "{told}");
            assert!(page.sections.len() >= 4 && page.title.contains(kind.name(lang)));
            assert!(told.contains(lang.pick("第十条", "Article 10")), "{told}");
            if lang == Lang::En {
                let han: Vec<char> = told.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect();
                assert!(han.len() < 60, "left in Chinese: {}", han.iter().collect::<String>());
            }
        }
    }
}

#[test]
fn the_numbers_are_those_of_the_profile_with_their_sources() {
    let township = told_by(&paper(RulePaper::Workflow, "township", Lang::Zh));
    for told in ["不少于 5 人", "为单数", "S3·F13", "中级及以上", "不少于 3 票", "程序默认", "不少于 85%"]
    {
        assert!(township.contains(told), "{told}: {township}");
    }
    let hospital = told_by(&paper(RulePaper::Workflow, "community-hospital", Lang::Zh));
    assert!(hospital.contains("不少于 7 人") && hospital.contains("药学"), "{hospital}");
    let pool = told_by(&paper(RulePaper::Pool, "township", Lang::Zh));
    for told in ["医疗机构管理", "药学", "hecha-draw-2", "同一天", "替补"] {
        assert!(pool.contains(told), "{told}: {pool}");
    }
    let recusal = told_by(&paper(RulePaper::Recusal, "township", Lang::Zh));
    for told in ["亲属", "指导", "医共体", "不足 3 票"] {
        assert!(recusal.contains(told), "{told}: {recusal}");
    }
    let recheck = told_by(&paper(RulePaper::Recheck, "township", Lang::Zh));
    for told in ["回溯 24 个月", "最少抽样数", "6 个月"] {
        assert!(recheck.contains(told), "{told}: {recheck}");
    }
}

#[test]
fn another_rule_is_another_text() {
    let (mut checklist, _) = load_profile("township", &Sources::built_in()).unwrap();
    checklist.profile.merge.method = MergeMethod::Unanimous;
    checklist.profile.merge.quorum = 4;
    checklist.profile.panel.odd = false;
    checklist.profile.panel.title = String::new();
    checklist.profile.gates.clear();
    checklist.profile.standards.clear();
    let told =
        told_by(&RulePaper::Workflow.page(&RuleFacts { checklist: &checklist, hash: "h", lang: Lang::Zh }));
    for wanted in ["一致同意", "不少于 4 票", "没有设达标标准", "没有设否决情形"] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    for gone in ["为单数", "中位", "职称要求为"] {
        assert!(!told.contains(gone), "{gone}: {told}");
    }
}
