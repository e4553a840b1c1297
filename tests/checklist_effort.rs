//! How long the shipped checklists take, and what edition 2026.2 mended: the tables of `docs/CHECKLISTS.md`, and the limits
//! that a day sets.

use std::{fs, path::Path};

use hecha::{
    checklist::{AreaSheet, Problem, Sources, check_all, load_area, load_profile},
    domain::{
        checklist::{Checklist, Clause, Measure, Phase, Point, effort::Effort},
        facility::FacilityType,
        terms::{amount::Amount, grade::Level, lang::Lang},
    },
};

use crate::checklist_table::{AREAS, head, row};

const BEGIN: &str = "<!-- effort: begin (checked by tests/checklist_effort.rs) -->\n";
const END: &str = "<!-- effort: end -->";
/// Votes on a core clause and on another, by which the day of a panel is reckoned.
const VOTES: [u64; 2] = [3, 1];

fn shipped(profile: &str) -> Checklist {
    load_profile(profile, &Sources::built_in()).unwrap().0
}

/// The edition before.
fn earlier() -> Sources {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixture/edition-2026.1");
    Sources::built_in().with_folder(&folder).unwrap()
}

/// Minutes on site and at the desk of the points that `wanted` accepts, one pass and with the votes asked for.
#[derive(Default, Clone, Copy)]
struct Spent {
    points: usize,
    once: [Amount; 2],
    voted: [Amount; 2],
}

fn spent(checklist: &Checklist, wanted: impl Fn(&Clause, &Point) -> bool) -> Spent {
    let effort = checklist.profile.effort();
    let mut spent = Spent::default();
    for clause in checklist.clauses() {
        let votes = if clause.core { VOTES[0] } else { VOTES[1] };
        for point in clause.points.iter().filter(|point| wanted(clause, point)) {
            let minutes = effort.minutes(clause, point, &checklist.lists);
            let at = usize::from(point.phase == Phase::Documents);
            spent.points += 1;
            spent.once[at] = spent.once[at].plus(minutes);
            spent.voted[at] = spent.voted[at].plus(minutes.times(votes));
        }
    }
    spent
}

fn whole(minutes: Amount) -> usize {
    usize::try_from((minutes.ten_thousandths() + 5_000) / 10_000).unwrap()
}

fn effort_rows(checklist: &Checklist) -> Vec<(String, Spent)> {
    let mut rows: Vec<(String, Spent)> = checklist
        .areas
        .iter()
        .map(|area| (area.title.zh.clone(), spent(checklist, |clause, _| clause.area == area.id)))
        .collect();
    rows.push(("合计 all".to_owned(), spent(checklist, |_, _| true)));
    for level in Level::ALL {
        rows.push((format!("{level} 级"), spent(checklist, |_, point| point.level == level)));
    }
    rows.push(("核心条款 core".to_owned(), spent(checklist, |clause, _| clause.core)));
    rows.push(("其他条款 other".to_owned(), spent(checklist, |clause, _| !clause.core)));
    let mut fields: Vec<_> = checklist.clauses().filter_map(|clause| clause.fields.first()).collect();
    fields.sort();
    fields.dedup();
    for field in fields {
        let row = spent(checklist, |clause, _| clause.fields.first() == Some(field));
        rows.push((format!("首列专业 {}", field.name(Lang::Zh)), row));
    }
    rows
}

fn effort_table(profile: &str) -> String {
    let titles = [
        &format!("`{profile}`"),
        "要点 points",
        "现场一遍 site once",
        "资料一遍 documents once",
        "现场（核心三票）site, 3 votes on core",
        "资料（核心三票）documents, 3 votes on core",
    ];
    let mut text = head(&titles);
    for (name, spent) in effort_rows(&shipped(profile)) {
        let minutes = [spent.once[0], spent.once[1], spent.voted[0], spent.voted[1]];
        let cells = minutes.map(|it| whole(it).to_string());
        text += &row([name, spent.points.to_string()].into_iter().chain(cells));
    }
    text
}

/// What may be said of an edition in one number.
struct Facts {
    clauses: usize,
    core: usize,
    points: usize,
    minutes: [usize; 2],
    twice: usize,
    without_sample: usize,
    without_source: usize,
    without_unmet: usize,
}

fn facts(sources: &Sources) -> Facts {
    let sheets: Vec<AreaSheet> = AREAS.iter().map(|id| load_area(id, sources).unwrap().0).collect();
    let clauses = || sheets.iter().flat_map(|sheet| &sheet.area.clauses);
    let points = || clauses().flat_map(|clause| clause.points.iter().map(move |point| (clause, point)));
    let checklist = load_profile("township", sources).unwrap().0;
    let voted = spent(&checklist, |_, _| true).voted;
    let said = |problem: &Problem| problem.what.zh.contains("问的是同一件事");
    let is_loose =
        |point: &Point| matches!(&point.measure, Measure::Ratio { bound: Some(_), min_sample: None, .. });
    Facts {
        clauses: checklist.n_clauses(),
        core: checklist.clauses().filter(|clause| clause.core).count(),
        points: checklist.clauses().map(|clause| clause.points.len()).sum(),
        minutes: voted.map(whole),
        twice: check_all(sources).iter().filter(|problem| said(problem)).count(),
        without_sample: points().filter(|(_, point)| is_loose(point)).count(),
        without_source: points().filter(|(_, point)| point.source.as_str().is_empty()).count(),
        without_unmet: points()
            .filter(|(clause, point)| clause.core || point.level == Level::C)
            .filter(|(_, point)| point.unmet.zh.is_empty() || point.unmet.en.is_empty())
            .count(),
    }
}

fn facts_table() -> String {
    let [before, after] = [facts(&earlier()), facts(&Sources::built_in())];
    let line = |title: &str, of: fn(&Facts) -> usize| {
        row([title.to_owned(), of(&before).to_string(), of(&after).to_string()])
    };
    head(&["乡镇卫生院 township", "2026.1", "2026.2"])
        + &line("条款 clauses", |it| it.clauses)
        + &line("核心条款 core clauses", |it| it.core)
        + &line("要点 points", |it| it.points)
        + &line("现场分钟（核心三票）minutes on site", |it| it.minutes[0])
        + &line("资料分钟（核心三票）minutes of documents", |it| it.minutes[1])
        + &line("重复提问（全部清单）asked twice, all areas", |it| it.twice)
        + &line("有合格线而无最少样本的比率 judged ratios without a least sample", |it| {
            it.without_sample
        })
        + &line("没有来源的要点 points without a source", |it| it.without_source)
        + &line(
            "没有反面写法的 C 级和核心要点 C and core points without words for what is wrong",
            |it| it.without_unmet,
        )
}

#[test]
fn the_document_tells_how_long_it_takes_and_what_was_mended() {
    let wanted = format!(
        "\n### 用时（分钟）/ Effort (minutes)\n\n{}\n{}\n{}\n### 2026.1 与 2026.2 / Editions 2026.1 and 2026.2\n\n{}\n",
        effort_table("township"),
        effort_table("community"),
        effort_table("village"),
        facts_table()
    );
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/CHECKLISTS.md");
    let text = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let (_, rest) = text.split_once(BEGIN).unwrap();
    let (shown, _) = rest.split_once(END).unwrap();
    assert!(shown == wanted, "docs/CHECKLISTS.md should hold:\n{BEGIN}{wanted}{END}");
}

#[test]
fn a_day_suffices() {
    for profile in ["township", "community"] {
        let checklist = shipped(profile);
        let [site, documents] = spent(&checklist, |_, _| true).voted.map(whole);
        assert!(site <= 1_500 && documents <= 1_000, "{profile}: {site} + {documents}");
        assert!(checklist.clauses().filter(|clause| clause.scale.is_none()).count() >= 60, "{profile}");
    }
    let village: usize = shipped("village").clauses().map(|clause| clause.points.len()).sum();
    assert!((40..=60).contains(&village), "{village}");
}

#[test]
fn nothing_a_reader_needs_is_missing() {
    let facts = facts(&Sources::built_in());
    let missing = [facts.twice, facts.without_sample, facts.without_source, facts.without_unmet];
    assert_eq!(missing, [0; 4]);
    for facility in FacilityType::ALL {
        for clause in shipped(facility.key()).clauses().filter(|clause| clause.core) {
            assert!(!clause.core_reason.zh.is_empty() && !clause.core_reason.en.is_empty(), "{}", clause.id);
        }
    }
    let problems = check_all(&Sources::built_in());
    assert!(problems.is_empty(), "{:?}", problems.first());
}

#[test]
fn minutes_follow_what_is_looked_at() {
    let checklist = shipped("township");
    let effort = Effort::own_default();
    assert_eq!(checklist.profile.effort().parts(), effort.parts());
    let minutes = |id: &str, point: &str| {
        let clause = checklist.clause(id).unwrap();
        effort.minutes(clause, clause.point(point).unwrap(), &checklist.lists).to_string()
    };
    for clause in checklist.clauses() {
        for point in &clause.points {
            let told = minutes(clause.id.as_str(), point.id.as_str());
            let wanted = match &point.measure {
                Measure::Tick => "1.2".to_owned(),
                Measure::Number { .. } => "1.5".to_owned(),
                _ => continue,
            };
            assert_eq!(told, wanted, "{}.{}", clause.id, point.id);
        }
    }
}
