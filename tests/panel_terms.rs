//! How experts are called, with the real program: official long names of fields, and titles below the rule.

use crate::support::{Answer, Laptop, Panel, new_folder, program};

const CREATE: [&str; 8] =
    ["--facility", "青禾镇卫生院", "--profile", "township", "--stage", "county", "--date", "2026-11-21"];

#[test]
fn titles_below_the_rule_are_told_at_founding_and_hold_up_the_end() {
    let folder = new_folder();
    let laptop = Laptop::new(folder.path().join("home"));
    let file = folder.path().join("visit.hecha").to_str().unwrap().to_owned();
    let roster = [
        "--lead",
        "林若安:临床医学:主任医师（全科）",
        "--member",
        "陈思齐:护理部:护师",
        "--member",
        "马文博:中医科:无",
        "--member",
        "周静怡:医院感染管理科",
        "--member",
        "赵一鸣:主任药师",
    ];
    let answer = laptop.ok(&[&["visit", "create", &file][..], &CREATE, &roster].concat());
    for told in [
        "陈思齐的职称“护师”是初级，低于中级",
        "马文博的职称“无”不在职称表中，看不出是否中级及以上",
        "周静怡没有写职称，应为中级及以上",
    ] {
        assert!(answer.err.contains(told), "{told}: {}", answer.err);
    }
    for fine in ["林若安的职称", "赵一鸣"] {
        assert!(!answer.err.contains(fine), "{fine}: {}", answer.err);
    }
    let info = laptop.json(&["visit", "info", &file, "--json"]);
    let fields: Vec<&str> =
        info["members"].as_array().unwrap().iter().map(|it| it["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["医疗", "护理", "中医药", "医院感染管理", "药学"]);
    assert!(laptop.ok(&["visit", "info", &file]).err.contains("低于中级"));
    let check = |lang: &str| {
        let mut command = program();
        command.arg("--home").arg(&laptop.home).args(["--lang", lang, "finalize", &file, "--check"]);
        let answer = Answer::of(command.output().unwrap());
        assert_eq!(answer.code, Some(4), "{answer:?}");
        answer.out
    };
    let english = check("en");
    let check = check("zh");
    let n = check.lines().filter(|line| line.contains("专家组不合规定") && line.contains("职称")).count();
    assert_eq!(n, 3, "{check}");
    assert!(english.contains("陈思齐's title “护师” is junior, below intermediate"), "{english}");
}

#[test]
fn a_title_below_the_rule_is_told_to_who_joins_and_to_who_admits() {
    let panel = Panel::small(2, &[]);
    let guest = Laptop::new(panel.root.join("guest"));
    let join = ["visit", "join", &panel.file, "--name", "吴听雨", "--field", "临床药学", "--title", "药师"];
    let answer = guest.ok(&join);
    let told = "吴听雨的职称“药师”是初级，低于中级";
    assert!(answer.err.contains(told), "{}", answer.err);
    let code = answer.out.split("加入码：").nth(1).unwrap().split(['（', '\n', ' ', '，']).next().unwrap();
    guest.ok(&["sync", &panel.file]);
    let admitted = panel.lead().ok(&["visit", "admit", &panel.file, code]);
    assert!(admitted.err.contains(told), "{}", admitted.err);
    // A name on the roster whose title is fine is told nothing.
    assert!(!panel.laptops[2].ok(&["visit", "join", &panel.file, "--name", "马文博"]).err.contains("职称"));
    let refused = Laptop::new(panel.root.join("other"));
    let join = ["visit", "join", &panel.file, "--name", "外人", "--field", "外科", "--title", "主任医师"];
    let answer = refused.refuses(2, &join);
    assert!(answer.err.contains("专业“外科”不在这些之中") && answer.err.contains("药学"), "{}", answer.err);
}
