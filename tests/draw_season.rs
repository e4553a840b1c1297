//! Draws of one season with the real program: nobody sits on two panels of a day, one seed gives no two panels alike, and a
//! draw is for the profile and the day that it names.

use std::{collections::BTreeSet, fs};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Laptop, new_folder};

const SEED: &str = "2026-05-10 双色球 01 02";

struct Season {
    folder: TempDir,
    laptop: Laptop,
}

impl Season {
    /// A pool of seven experts a field of the township rule.
    fn new() -> Self {
        let folder = new_folder();
        let laptop = Laptop::new(folder.path().join("home"));
        let season = Self { folder, laptop };
        season.laptop.ok(&["pool", "import", &season.pool()]);
        season
    }

    fn pool(&self) -> String {
        let mut rows = "姓名,单位,职称,专业\n".to_owned();
        for field in ["医疗机构管理", "医疗", "中医药", "院感科", "公卫"] {
            rows.extend((1..=7).map(|n| format!("{field}{n},单位{n},副主任医师,{field}\n")));
        }
        let path = self.at("pool.csv");
        fs::write(&path, rows).unwrap();
        path
    }

    fn at(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn order(&self, facility: &str, day: &str, more: &[&str]) -> Vec<String> {
        let order = ["pool", "draw", "--facility", facility, "--seed", SEED, "--visit-date", day];
        let profile = ["--profile", "township"];
        order.iter().chain(&profile).chain(more).map(|it| (*it).to_owned()).collect()
    }

    /// Draws into a file, and says who was drawn.
    fn draw(&self, facility: &str, day: &str, more: &[&str]) -> BTreeSet<String> {
        let out = self.at(&format!("{facility}-{day}.json"));
        self.laptop.ok(&self.order(facility, day, &[more, &["--out", &out]].concat()));
        panel(&serde_json::from_str(&fs::read_to_string(out).unwrap()).unwrap())
    }
}

fn panel(record: &Value) -> BTreeSet<String> {
    record["panel"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn nobody_is_drawn_twice_for_a_day_and_the_record_says_where_they_sit() {
    let season = Season::new();
    let day = "2026-05-12";
    let panels: Vec<_> =
        ["甲院", "乙院", "丙院", "丁院", "戊院", "己院", "庚院"].map(|it| season.draw(it, day, &[])).into();
    let all: BTreeSet<&String> = panels.iter().flatten().collect();
    assert_eq!(all.len(), 35, "seven panels of five, and nobody on two of them");
    // Everybody sits somewhere: the eighth finds nobody, and is told where they are.
    let answer = season.laptop.refuses(1, &season.order("辛院", day, &[]));
    assert!(answer.err.contains("同日另有核查") && answer.err.contains("2026-05-12 甲院"), "{}", answer.err);
    // On another day they may sit, and a ground can be allowed, as the record tells.
    assert_eq!(season.draw("辛院", "2026-05-13", &[]).len(), 5);
    let out = season.at("allowed.json");
    season.laptop.ok(&season.order("辛院", day, &["--allow", "same-day", "--out", &out]));
    let record: Value = serde_json::from_str(&fs::read_to_string(&out).unwrap()).unwrap();
    assert_eq!(record["eligible"][0]["allowed"][0]["kind"], "same-day");
    // The record alone is enough to draw again, wherever.
    let other = Laptop::new(season.folder.path().join("other"));
    let agreed = other.ok(&["pool", "redraw", &season.at("庚院-2026-05-12.json")]).out;
    assert!(agreed.contains("重新抽取，结果一致") && agreed.contains("同日另有核查"), "{agreed}");
}

#[test]
fn a_draw_for_the_same_visit_takes_the_place_of_the_earlier_and_one_can_be_forgotten() {
    let season = Season::new();
    let first = season.draw("甲院", "2026-05-12", &[]);
    // Drawn anew for the same visit: the earlier draw stands in nobody's way.
    let again = season.at("again.json");
    season.laptop.ok(&season.order("甲 院", "2026-05-12", &["--out", &again]));
    let again: Value = serde_json::from_str(&fs::read_to_string(again).unwrap()).unwrap();
    assert_eq!(panel(&again), first);
    let kept = season.laptop.json(&["pool", "draws", "--json"]);
    assert_eq!(kept.as_array().unwrap().len(), 1, "{kept}");
    assert_eq!(kept[0]["facility"], "甲 院");
    // A look that is not written is not kept.
    season.laptop.ok(&season.order("乙院", "2026-05-12", &[]));
    assert_eq!(season.laptop.json(&["pool", "draws", "--json"]).as_array().unwrap().len(), 1);
    season.laptop.ok(&["pool", "draws", "--forget", "甲院", "--date", "2026-05-12"]);
    assert!(season.laptop.ok(&["pool", "draws"]).out.contains("没有记着的抽取"));
    season.laptop.refuses(1, &["pool", "draws", "--forget", "甲院", "--date", "2026-05-12"]);
    season.laptop.refuses(2, &["pool", "draws", "--date", "明天"]);
}

#[test]
fn a_draw_made_elsewhere_is_looked_at_by_its_record_or_its_visit() {
    let season = Season::new();
    let there = season.draw("甲院", "2026-05-12", &[]);
    let record = season.at("甲院-2026-05-12.json");
    let visit = season.at("visit.hecha");
    let create = ["visit", "create", &visit, "--facility", "甲院", "--profile", "township"];
    let create = [&create[..], &["--stage", "county", "--date", "2026-05-12", "--draw", &record]].concat();
    season.laptop.ok(&create);
    for source in [&record, &visit] {
        let other = Laptop::new(season.folder.path().join("other"));
        other.ok(&["pool", "import", &season.pool()]);
        let order = season.order("乙院", "2026-05-12", &["--json"]);
        assert!(!panel(&other.json(&order)).is_empty());
        let beside = season.order("乙院", "2026-05-12", &["--json", "--beside", source]);
        let drawn = other.json(&beside);
        assert!(panel(&drawn).is_disjoint(&there), "{source}");
        let busy = drawn["excluded"].as_array().unwrap().iter().filter(|it| it["kind"] == "same-day");
        assert_eq!(busy.count(), 5);
        let later = season.order("乙院", "2026-05-13", &["--json", "--beside", source]);
        assert_eq!(other.json(&later)["excluded"].as_array().unwrap().len(), 0, "another day");
    }
    // Founding a visit on a draw that came from elsewhere keeps it too.
    let founder = Laptop::new(season.folder.path().join("founder"));
    let second = season.at("second.hecha");
    founder.ok(&create.iter().map(|it| if **it == visit { second.as_str() } else { it }).collect::<Vec<_>>());
    assert!(founder.ok(&["pool", "draws"]).out.contains("2026-05-12 甲院"));
    // Without a day nothing is looked at, and that is told.
    let order: Vec<String> =
        season.order("乙院", "x", &[]).into_iter().filter(|it| it != "--visit-date" && it != "x").collect();
    assert!(season.laptop.ok(&order).err.contains("没有核对专家同一天是否另有核查"));
    let order = [order, vec!["--beside".to_owned(), record]].concat();
    season.laptop.refuses(2, &order);
}

#[test]
fn a_draw_is_for_the_profile_and_the_day_that_it_names() {
    let season = Season::new();
    season.draw("甲院", "2026-05-12", &[]);
    let record = season.at("甲院-2026-05-12.json");
    let create = |name: &str, profile: &str, date: &str, record: &str| {
        let file = season.at(name);
        let command = ["visit", "create", &file, "--facility", "甲院", "--profile", profile];
        let command = [&command[..], &["--stage", "county", "--date", date, "--draw", record]].concat();
        command.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let answer = season.laptop.refuses(1, &create("a.hecha", "village", "2026-05-12", &record));
    assert!(
        answer.err.contains("按方案“township”抽取") && answer.err.contains("“village”"),
        "{}",
        answer.err
    );
    assert!(!fs::exists(season.at("a.hecha")).unwrap());
    let told = season.laptop.ok(&create("b.hecha", "township", "2026-05-20", &record)).err;
    assert!(told.contains("是为 2026-05-12 的核查抽取的，现在是 2026-05-20"), "{told}");
    let told = season.laptop.ok(&create("c.hecha", "township", "2026-05-12", &record)).err;
    assert!(!told.contains("抽取"), "{told}");
    // Drawn by a rule that was typed: told, and what the panel lacks under the profile is told as ever.
    let typed = season.at("typed.json");
    let order = ["pool", "draw", "--facility", "甲院", "--seed", SEED, "--field", "医疗", "--out", &typed];
    season.laptop.ok(&order);
    let told = season.laptop.ok(&create("d.hecha", "village", "2026-05-12", &typed)).err;
    assert!(told.contains("没有写按哪个方案抽取") && told.contains("没有核对专家同一天"), "{told}");
}
