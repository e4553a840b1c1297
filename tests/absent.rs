//! A member who falls ill, substitutes who work before they are admitted, and panels founded with a reason: with the real program.

use serde_json::Value;

use crate::support::{Laptop, PANEL, Panel, new_folder};

const CLAUSE: &str = "TM-02";

/// Somebody of no roster joins, and works as if admitted.
fn works_unadmitted(panel: &Panel, name: &str) -> Laptop {
    let (laptop, file) = (Laptop::new(panel.root.join(name)), panel.file.as_str());
    let join = ["visit", "join", file, "--name", name, "--field", "公共卫生", "--title", "副主任医师"];
    assert!(laptop.ok(&join).err.contains("评分先保存、不计入"));
    let photo = panel.root.join("plan.pdf").to_str().unwrap().to_owned();
    std::fs::write(&photo, b"%PDF-1.4 plan").unwrap();
    for command in [
        &["visit", "declare", file, "none"][..],
        &["score", file, CLAUSE, "--grade", "A", "--note", "看过原件"],
        &["evidence", "add", file, CLAUSE, &photo],
        &["submit", file, "--yes"],
    ] {
        let answer = laptop.ok(command);
        assert!(answer.err.contains("已保存，等待组长核准"), "{command:?}: {answer:?}");
    }
    laptop
}

fn info(laptop: &Laptop, file: &str) -> Value {
    laptop.json(&["visit", "info", file, "--json"])
}

fn member(info: &Value, name: &str) -> Value {
    info["members"].as_array().unwrap().iter().find(|it| it["name"] == name).cloned().unwrap_or_default()
}

fn kinds(check: &Value, list: &str) -> Vec<String> {
    check[list].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap().to_owned()).collect()
}

fn check(laptop: &Laptop, file: &str) -> Value {
    serde_json::from_str(&laptop.run(&["finalize", file, "--check", "--json"]).out).unwrap()
}

#[test]
fn one_falls_ill_one_steps_in_in_time_and_one_is_never_admitted() {
    let panel = Panel::small(4, &[]);
    panel.admit_all(4);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let ill = PANEL[4];
    // The lead alone says so, with a reason.
    panel.laptops[1].refuses(1, &["visit", "absent", file, ill, "--reason", "生病住院"]);
    lead.refuses(1, &["visit", "absent", file, ill, "--reason", " "]);
    lead.refuses(1, &["visit", "absent", file, ill, "--back"]);
    lead.refuses(1, &["visit", "absent", file, "无此人", "--reason", "生病"]);
    let said = lead.ok(&["visit", "absent", file, ill, "--reason", "生病住院"]);
    assert!(said.out.contains("已记录缺席") && said.err.contains("他若提交了评分，照算"), "{said:?}");
    // It is in the shared file at once, as what is submitted and closed.
    assert!(said.out.contains("同步完成"), "{said:?}");
    let other = &panel.laptops[1];
    other.ok(&["sync", file]);
    assert_eq!(member(&info(other, file), ill)["status"], "absent");
    assert_eq!(member(&info(lead, file), ill)["status"], "absent");
    assert!(lead.ok(&["visit", "info", file]).err.contains("专家组只有 4 人"));
    let [in_time, never] = ["吴听雨", "郑守仁"].map(|name| works_unadmitted(&panel, name));
    lead.ok(&["sync", file]);
    assert_eq!(info(lead, file)["next"]["why"], "admit", "somebody is missing, and somebody waits");
    panel.admit(&in_time);
    lead.ok(&["sync", file]);
    for laptop in &panel.laptops[..4] {
        laptop.ok(&["sync", file]);
        laptop.ok(&["score", file, CLAUSE, "--grade", "B"]);
        laptop.ok(&["submit", file, "--yes"]);
    }
    // Who has submitted is not absent.
    lead.ok(&["sync", file]);
    let refused = lead.refuses(1, &["visit", "absent", file, PANEL[1], "--reason", "没有来"]);
    assert!(refused.err.contains("提交了就算到场"), "{}", refused.err);
    lead.ok(&["sync", file]);
    let asked = lead.refuses(4, &["close", file]);
    assert!(asked.err.contains(&format!("缺席：{ill}")), "{}", asked.err);
    assert!(asked.err.contains("等待核准，结束后不再计入：郑守仁"), "{}", asked.err);
    panel.close(4);
    in_time.ok(&["sync", file]);
    panel.sync_all(4);
    let told = info(lead, file);
    assert_eq!(member(&told, "吴听雨")["ballot"], "counted");
    assert_eq!((&told["absent"][0]["member"], &told["absent"][0]["sealed"]), (&ill.into(), &false.into()));
    let result = lead.json(&["result", file, "--json"]);
    let clause = result["clauses"].as_array().unwrap().iter().find(|it| it["id"] == CLAUSE).unwrap();
    assert_eq!(
        (&clause["votes"]["A"], &clause["votes"]["B"], &clause["odd"]),
        (&1.into(), &4.into(), &true.into())
    );
    let open = check(lead, file);
    assert!(kinds(&open, "known").contains(&"absent".to_owned()), "{open}");
    for kind in ["panel", "parity", "left-out", "hidden"] {
        assert!(!kinds(&open, "blocking").contains(&kind.to_owned()), "{kind}: {open}");
    }
    lead.refuses(1, &["visit", "absent", file, ill, "--back"]);
    never_counts(&panel, &never);
    report_tells(&panel, ill);
}

/// Who was not admitted in time is told so, and no later word brings the ballot in.
fn never_counts(panel: &Panel, never: &Laptop) {
    let (lead, file) = (panel.lead(), panel.file.as_str());
    assert!(never.ok(&["sync", file]).err.contains("本机的评分不计入"));
    let refused = never.refuses(4, &["score", file, CLAUSE, "--grade", "C", "--reason", "改"]);
    assert!(refused.err.contains("结束评分之前没有核准"), "{}", refused.err);
    panel.admit(never);
    lead.ok(&["sync", file]);
    never.ok(&["sync", file]);
    never.refuses(4, &["sign", file, "--yes"]);
    lead.ok(&["close", file, "--yes"]);
    panel.sync_all(4);
    let told = info(lead, file);
    assert_eq!(member(&told, "郑守仁")["ballot"], "left-out");
    assert!(lead.ok(&["visit", "info", file]).out.contains("核准太迟，不计入"));
    let kinds = kinds(&check(lead, file), "known");
    assert!(kinds.contains(&"seat-change".to_owned()), "{kinds:?}");
}

fn report_tells(panel: &Panel, ill: &str) {
    let (lead, file) = (panel.lead(), panel.file.as_str());
    let out = panel.root.join("out");
    let (to, formats) = (out.to_str().unwrap(), "md,json");
    lead.ok(&["report", file, "--format", formats, "--out", to]);
    let read = |ending: &str| {
        let mut files = std::fs::read_dir(&out).unwrap().map(|it| it.unwrap().path());
        std::fs::read_to_string(files.find(|it| it.extension().is_some_and(|it| it == ending)).unwrap())
            .unwrap()
    };
    let (page, json) = (read("md"), read("json"));
    assert!(page.contains("生病住院") && page.contains("1 名组员缺席，没有参加评分"), "{page}");
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["panel"]["absent"][0]["member"], ill);
    assert_eq!(json["panel"]["recusals"].as_array().unwrap().len(), 0);
    let signs: Vec<&str> = json["signing"]["signatures"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|it| it["name"].as_str())
        .collect();
    assert!(!signs.contains(&ill), "{signs:?}");
}

#[test]
fn who_is_absent_is_told_that_nothing_counts_until_they_submit_and_never_votes_in_the_clear() {
    let panel = Panel::small(5, &[]);
    panel.admit_all(5);
    let (lead, file) = (panel.lead(), panel.file.as_str());
    // Nobody who leads records it of themselves; a recusal is in the file at once as well.
    let own = lead.refuses(4, &["visit", "absent", file, PANEL[0], "--reason", "生病"]);
    assert!(own.err.contains("不能登记自己缺席") && own.err.contains("visit deputy"), "{own:?}");
    let recused = lead.ok(&["visit", "recuse", file, PANEL[2], CLAUSE, "--reason", "亲属"]);
    assert!(recused.out.contains("同步完成"), "{recused:?}");
    assert!(lead.ok(&["visit", "recuse", file, PANEL[2], CLAUSE, "--lift"]).out.contains("同步完成"));
    let (ill, left_out) = (&panel.laptops[4], &panel.laptops[3]);
    lead.ok(&["visit", "absent", file, PANEL[4], "--reason", "生病"]);
    ill.ok(&["sync", file]);
    let scored = ill.ok(&["score", file, CLAUSE, "--grade", "B"]);
    assert!(scored.err.contains("您被登记为缺席") && scored.err.contains("hecha submit"), "{scored:?}");
    for laptop in &panel.laptops[..3] {
        laptop.ok(&["score", file, CLAUSE, "--grade", "B"]);
        laptop.ok(&["submit", file, "--yes"]);
    }
    panel.close(3);
    panel.sync_all(5);
    assert!(ill.ok(&["sync", file]).err.contains("不计入，也不参加合议表决"));
    let refused = ill.refuses(1, &["vote", file, CLAUSE, "A"]);
    assert!(refused.err.contains("表决不计入"), "{refused:?}");
    let voted = left_out.ok(&["vote", file, CLAUSE, "A"]);
    assert!(voted.out.contains("您的评分没有封存，不计入"), "{voted:?}");
}

#[test]
fn an_absence_is_taken_back_and_a_seal_that_comes_undoes_it() {
    let panel = Panel::small(2, &[]);
    panel.admit_all(2);
    let (lead, first, file) = (panel.lead(), &panel.laptops[1], panel.file.as_str());
    lead.ok(&["visit", "absent", file, PANEL[1], "--reason", "迟到"]);
    lead.ok(&["visit", "absent", file, PANEL[1], "--back"]);
    assert_eq!(member(&info(lead, file), PANEL[1])["status"], "scoring");
    lead.ok(&["visit", "absent", file, PANEL[1], "--reason", "迟到"]);
    lead.ok(&["sync", file]);
    first.ok(&["score", file, CLAUSE, "--grade", "B"]);
    first.ok(&["submit", file, "--yes"]);
    lead.ok(&["submit", file, "--yes"]);
    let told = info(lead, file);
    assert_eq!(
        (&member(&told, PANEL[1])["status"], &told["absent"][0]["sealed"]),
        (&"submitted".into(), &true.into())
    );
    assert!(lead.ok(&["visit", "info", file]).out.contains("已提交，照算"));
    panel.close(2);
    assert_eq!(member(&info(lead, file), PANEL[1])["ballot"], "counted");
}

#[test]
fn a_panel_founded_too_small_or_even_says_why_and_is_not_held_up() {
    let folder = new_folder();
    let laptop = Laptop::new(folder.path().join("home"));
    let found = |name: &str, members: &[&str], more: &[&str]| {
        let file = folder.path().join(name).to_str().unwrap().to_owned();
        let mut create =
            vec!["visit", "create", &file, "--facility", "青禾镇卫生院", "--profile", "township"];
        create.extend(["--stage", "county", "--date", "2026-11-21", "--lead", "林若安:医疗:主任医师"]);
        create.extend(members.iter().flat_map(|member| ["--member", member]));
        create.extend(more);
        (file.clone(), laptop.run(&create))
    };
    let four = ["陈思齐:护理:主管护师", "马文博:中医药:主任医师", "周静怡:公共卫生:主任医师"];
    let five = [&four[..], &["赵一鸣:医院感染管理:主任医师"]].concat();
    let (plain, answer) = found("plain.hecha", &four, &[]);
    assert_eq!(answer.code, Some(0));
    let of_panel = |file: &str| {
        let check = check(&laptop, file);
        ["blocking", "known"].map(|list| {
            let matters = check[list].as_array().unwrap().iter().filter(|it| it["kind"] == "panel");
            let texts = matters.map(|it| it["text"].as_str().unwrap().to_owned());
            texts.filter(|it| it.contains(" 人，")).collect::<Vec<_>>()
        })
    };
    assert_eq!(of_panel(&plain).map(|it| it.len()), [2, 0]);
    let (file, answer) = found("reason.hecha", &four, &["--panel-reason", "全县同专业专家不足"]);
    assert!(answer.code == Some(0) && answer.err.contains("建立时说明：全县同专业专家不足"), "{answer:?}");
    let [blocking, known] = of_panel(&file);
    assert!(blocking.is_empty() && known.len() == 2, "{blocking:?} {known:?}");
    assert!(known.iter().all(|it| it.contains("全县同专业专家不足")), "{known:?}");
    assert_eq!(info(&laptop, &file)["panel_reason"], "全县同专业专家不足");
    // Whoever falls out later is no part of that reason.
    laptop.ok(&["visit", "absent", &file, "周静怡", "--reason", "生病"]);
    assert_eq!(of_panel(&file).map(|it| it.len()), [1, 0], "three are too few, and odd");
    let (_, answer) = found("five.hecha", &five, &["--panel-reason", "没有理由"]);
    assert!(answer.code == Some(1) && answer.err.contains("人数合乎规则"), "{answer:?}");
}

/// More commits than are kept of a device that nobody admitted ([0030](../docs/decisions/0030-room-for-strangers.md)).
const A_LONG_DAY: usize = 205;

#[test]
fn the_long_day_of_a_substitute_is_read_whole_once_the_lead_admits() {
    let panel = Panel::small(3, &[]);
    panel.admit_all(3);
    let file = panel.file.as_str();
    let guest = Laptop::new(panel.root.join("guest"));
    guest.ok(&["visit", "join", file, "--name", "吴听雨", "--field", "公共卫生", "--title", "副主任医师"]);
    guest.ok(&["visit", "declare", file, "none"]);
    for n in 0..A_LONG_DAY {
        let grade = if n + 1 == A_LONG_DAY { "A" } else { "B" };
        guest.ok(&["score", file, CLAUSE, "--grade", grade]);
        guest.ok(&["sync", file]);
        // Others sync meanwhile, and pass on what they do not keep.
        if n % 70 == 0 {
            panel.sync_all(3);
        }
    }
    guest.ok(&["submit", file, "--yes"]);
    panel.sync_all(3);
    panel.admit(&guest);
    for laptop in &panel.laptops[..3] {
        laptop.ok(&["score", file, CLAUSE, "--grade", "C"]);
        laptop.ok(&["submit", file, "--yes"]);
    }
    panel.close(3);
    guest.ok(&["sync", file]);
    panel.sync_all(3);
    panel.sync_all(3);
    for laptop in panel.laptops[..3].iter().chain([&guest]) {
        assert_eq!(member(&info(laptop, file), "吴听雨")["ballot"], "counted");
        let result = laptop.json(&["result", file, "--json"]);
        let clause = result["clauses"].as_array().unwrap().iter().find(|it| it["id"] == CLAUSE).unwrap();
        assert_eq!((&clause["votes"]["A"], &clause["votes"]["C"]), (&1.into(), &3.into()));
    }
}
