//! The subsidy tier with the real program: where the profile has tiers, with its source, and what is missing to tell it.

use std::{fs, path::Path};

use serde_json::json;

use crate::support::{Answer, Laptop, new_folder, program};

const ROSTER: [&str; 10] = [
    "--lead",
    "林若安:医疗:主任医师",
    "--member",
    "陈思齐:医疗机构管理:副研究员",
    "--member",
    "马文博:中医药:主治中医师",
    "--member",
    "周静怡:医院感染管理:主管护师",
    "--member",
    "赵一鸣:公共卫生:主管医师",
];

#[test]
fn the_tier_is_told_wherever_the_outcome_is_with_its_source() {
    let folder = new_folder();
    let laptop = Laptop::new(folder.path().join("home"));
    let profiles = folder.path().join("home/checklists/profiles");
    fs::create_dir_all(&profiles).unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("checklists/local/qinghai-township.toml");
    fs::copy(shipped, profiles.join("qinghai-township.toml")).unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let file = at("visit.hecha");
    let create = ["visit", "create", &file, "--facility", "高原卫生院", "--profile", "qinghai-township"];
    laptop.ok(&[&create[..], &["--stage", "county", "--date", "2026-11-21"], &ROSTER].concat());
    // Not known: what is missing is said, and no number.
    let told = laptop.ok(&["result", &file]).out;
    assert!(told.contains("补助档 机构基本情况没有填服务（常住）人口数"), "{told}");
    let subsidy = laptop.json(&["result", &file, "--json"])["subsidy"].clone();
    assert_eq!((&subsidy["population"], &subsidy["amount_wan_yuan"]), (&json!(null), &json!(null)));
    laptop.ok(&["visit", "facility", &file, "--set", "population=1.5"]);
    let told = laptop.ok(&["result", &file]).out;
    let line = "服务人口 15000 人，对应 50 万元（15000 人及以上；来源：文件 青海省实施方案（2022） S0·F37）";
    assert!(told.contains(line) && told.contains("须达到推荐标准，目前待定"), "{told}");
    let english = {
        let mut command = program();
        command.arg("--home").arg(&laptop.home).args(["--lang", "en", "result", &file]);
        Answer::of(command.output().unwrap()).out
    };
    assert!(english.contains("50 × 10,000 yuan for a population of 15000"), "{english}");
    let subsidy = laptop.json(&["result", &file, "--json"])["subsidy"].clone();
    assert_eq!(subsidy["amount_wan_yuan"], json!(50));
    assert_eq!(subsidy["population_from"], json!(15000));
    assert_eq!(subsidy["source"], "seed S0·F37");
    laptop.ok(&["report", &file, "--format", "md,json", "--out", &at("report")]);
    let reports: Vec<String> = fs::read_dir(at("report"))
        .unwrap()
        .map(|it| fs::read_to_string(it.unwrap().path()).unwrap())
        .collect();
    assert_eq!(reports.len(), 2);
    assert!(reports.iter().all(|report| report.contains(line)), "{reports:?}");
    let form = laptop.ok(&["form", "recommendation", &file, "--out", &at("form")]).out;
    let form = fs::File::open(form.trim()).unwrap();
    let mut document = zip::ZipArchive::new(form).unwrap();
    let document = std::io::read_to_string(document.by_name("word/document.xml").unwrap()).unwrap();
    assert!(document.contains(line) && document.contains("非表内栏目"));
}

#[test]
fn a_profile_without_tiers_says_nothing_of_a_subsidy() {
    let folder = new_folder();
    let laptop = Laptop::new(folder.path().join("home"));
    let file = folder.path().join("visit.hecha").to_str().unwrap().to_owned();
    let create = ["visit", "create", &file, "--facility", "某卫生院", "--profile", "township"];
    laptop.ok(&[&create[..], &["--stage", "county", "--date", "2026-11-21"], &ROSTER].concat());
    laptop.ok(&["visit", "facility", &file, "--set", "population=1.5"]);
    assert!(!laptop.ok(&["result", &file]).out.contains("补助"));
    assert_eq!(laptop.json(&["result", &file, "--json"])["subsidy"], json!(null));
}
