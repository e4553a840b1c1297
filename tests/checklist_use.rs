//! Any checklist that passes the check can be founded, scored to every grade on every clause, merged and reported.

use std::collections::BTreeMap;

use hecha::{
    checklist::{Kind, Sources, content, load_profile},
    domain::{
        checklist::{Aspect, Bound, Checklist, Clause, ItemList, Measure, Point},
        edit::{
            Choice, Edit,
            finding::{Finding, Fraction, ItemState},
            verdict::Decision,
        },
        outcome::Outcome,
        terms::{
            amount::Amount,
            field::Field,
            grade::{Grade, Level},
            lang::Lang,
        },
        visit::Visit,
    },
    report::{
        Options, Report,
        csv::csv,
        docx::{Look, docx},
        html::html,
        info_json,
        json::json,
        md::md,
        merge_json,
        page::Page,
        result_json,
        workbook::xlsx,
    },
};
use proptest::prelude::*;

use crate::fixture::panel::{member, submit, visit, vote};

const AREAS: [(&str, &str); 5] = [
    ("emergency", include_str!("../checklists/areas/emergency.toml")),
    ("pharmacy", include_str!("../checklists/areas/pharmacy.toml")),
    ("infection-control", include_str!("../checklists/areas/infection-control.toml")),
    ("tcm", include_str!("../checklists/areas/tcm.toml")),
    ("institution", include_str!("../checklists/areas/institution.toml")),
];

/// One change to a shipped area. Indexes are taken modulo what there is.
#[derive(Debug, Clone)]
enum Bend {
    DropClause(usize),
    DropPoint(usize, usize),
    DropItem(usize, usize),
    Threshold(usize, usize, u16),
    Scale(usize, u8, u8),
    Core(usize),
}

fn bends() -> impl Strategy<Value = Vec<(usize, Bend)>> {
    let bend = prop_oneof![
        any::<usize>().prop_map(Bend::DropClause),
        any::<(usize, usize)>().prop_map(|(clause, point)| Bend::DropPoint(clause, point)),
        any::<(usize, usize)>().prop_map(|(list, item)| Bend::DropItem(list, item)),
        any::<(usize, usize, u16)>().prop_map(|(clause, point, n)| Bend::Threshold(clause, point, n)),
        (any::<usize>(), 1_u8..40, 1_u8..4)
            .prop_map(|(clause, steps, step)| Bend::Scale(clause, steps, step)),
        any::<usize>().prop_map(Bend::Core),
    ];
    prop::collection::vec((0..AREAS.len(), bend), 0..14)
}

fn tables<'t>(table: &'t mut toml::Table, key: &str) -> &'t mut Vec<toml::Value> {
    table.entry(key).or_insert_with(|| toml::Value::Array(Vec::new())).as_array_mut().unwrap()
}

fn pick(all: &mut [toml::Value], index: usize) -> Option<&mut toml::Table> {
    let n = all.len();
    all.get_mut(index % n.max(1))?.as_table_mut()
}

fn apply(area: &mut toml::Table, bend: &Bend) -> Option<()> {
    match bend {
        Bend::DropClause(index) => {
            let clauses = tables(area, "clause");
            if clauses.len() > 1 {
                clauses.remove(index % clauses.len());
            }
        }
        Bend::DropPoint(clause, index) => {
            let points = tables(pick(tables(area, "clause"), *clause)?, "point");
            if !points.is_empty() {
                points.remove(index % points.len());
            }
        }
        Bend::DropItem(list, index) => {
            let items = tables(pick(tables(area, "list"), *list)?, "items");
            if items.len() > 1 {
                items.remove(index % items.len());
            }
        }
        Bend::Threshold(clause, point, n) => {
            let point = pick(tables(pick(tables(area, "clause"), *clause)?, "point"), *point)?;
            let measure = point.get_mut("measure")?.as_table_mut()?;
            let share = f64::from(n % 101) / 100.0;
            for (key, value) in [("at_least", share), ("at_most", share)] {
                if let Some(slot) = measure.get_mut(key) {
                    *slot = toml::Value::Float((value * 100.0).round() / 100.0);
                }
            }
            for key in ["min", "max", "items", "categories", "min_sample"] {
                if let Some(slot) = measure.get_mut(key) {
                    *slot = toml::Value::Integer(i64::from(n % 13));
                }
            }
        }
        Bend::Scale(clause, steps, step) => {
            let clause = pick(tables(area, "clause"), *clause)?;
            let step = f64::from(*step) / 2.0;
            let scale = toml::Table::from_iter([
                ("points".to_owned(), toml::Value::Float(step * f64::from(*steps))),
                ("step".to_owned(), toml::Value::Float(step)),
            ]);
            clause.insert("scale".to_owned(), toml::Value::Table(scale));
        }
        Bend::Core(clause) => {
            let clause = pick(tables(area, "clause"), *clause)?;
            clause.insert("core".to_owned(), toml::Value::Boolean(true));
            clause.insert("core_source".to_owned(), toml::Value::String("default".to_owned()));
        }
    }
    Some(())
}

/// The bent checklist, if it passes the check.
fn bent(profile: &str, bends: &[(usize, Bend)]) -> Option<Checklist> {
    let mut sources = Sources::built_in();
    for (index, (id, text)) in AREAS.iter().enumerate() {
        let wanted: Vec<&Bend> = bends.iter().filter(|(of, _)| *of == index).map(|(_, bend)| bend).collect();
        if wanted.is_empty() {
            continue;
        }
        let mut area: toml::Table = text.parse().unwrap();
        for bend in wanted {
            apply(&mut area, bend);
        }
        let text = toml::to_string(&area).unwrap();
        sources = sources.with_text(Kind::Area, id, format!("areas/{id}.toml"), &text);
    }
    load_profile(profile, &sources).ok().map(|(checklist, _)| checklist)
}

/// A finding that meets the point, or does not; `None` if the measure admits no such finding.
fn finding(point: &Point, list: Option<&ItemList>, met: bool) -> Option<Finding> {
    let of = match &point.measure {
        Measure::Ratio { min_sample, .. } => min_sample.unwrap_or(1).max(1),
        _ => 1,
    };
    let fraction = |n| Fraction::new(n * of, of).ok().map(Finding::Ratio);
    let one = Amount::ONE.ten_thousandths();
    let near = |amount: Amount, by: i64| Amount::from_ten_thousandths(amount.ten_thousandths() + by);
    let found = match &point.measure {
        Measure::Tick => Some(Finding::Tick(met)),
        Measure::Ratio { bound: Some(Bound::AtMost(_)), .. } => fraction(u64::from(!met)),
        Measure::Ratio { .. } => fraction(u64::from(met)),
        Measure::Number { min, max, .. } if met => {
            Some(Finding::Number(min.or(*max).unwrap_or(Amount::ZERO)))
        }
        Measure::Number { min, max, .. } => {
            let outside = min.and_then(|min| near(min, -one)).or_else(|| max.and_then(|max| near(max, one)));
            outside.map(Finding::Number)
        }
        Measure::Inventory { aspect, .. } => {
            let bad = if *aspect == Aspect::InDate { ItemState::Expired } else { ItemState::Missing };
            let state = if met { ItemState::Ok } else { bad };
            let states: BTreeMap<_, _> = list?.items.iter().map(|item| (item.id.clone(), state)).collect();
            Some(Finding::Inventory(states))
        }
        Measure::Count { .. } => {
            let items = list?.items.iter().filter(|_| met).map(|item| item.id.clone());
            Some(Finding::Count(items.collect()))
        }
    }?;
    let told = found.meets(&point.measure, list);
    found.check(point, list).unwrap();
    (told == Some(hecha::domain::edit::finding::Met::from(met))).then_some(found)
}

/// The edits of one member that give a clause a grade: by its points where they can say it, else directly.
fn edits(clause: &Clause, checklist: &Checklist, grade: Grade) -> Vec<Edit> {
    if let Some(scale) = clause.scale {
        let steps = scale.points.ten_thousandths() / scale.step.ten_thousandths();
        let awarded = scale.step.ten_thousandths() * (steps * i64::from(grade.rank() - 1) / 3);
        let points = Amount::from_ten_thousandths(awarded).unwrap();
        assert!(scale.admits(points), "{}", clause.id);
        return vec![vote(clause.id.as_str(), Choice::Points(points), "")];
    }
    let failing = match grade {
        Grade::A => None,
        Grade::B => Some(Level::A),
        Grade::C => Some(Level::B),
        Grade::D => Some(Level::C),
    };
    let mut failed = failing.is_none();
    let mut all = Vec::new();
    for point in &clause.points {
        let list = point.measure.list().and_then(|id| checklist.list(id.as_str()));
        let unmet = (Some(point.level) == failing).then(|| finding(point, list, false)).flatten();
        failed |= unmet.is_some();
        // Every point that passed the check can be met: otherwise no facility could.
        let value = unmet.unwrap_or_else(|| {
            finding(point, list, true).unwrap_or_else(|| panic!("{}.{} cannot be met", clause.id, point.id))
        });
        all.push(Edit::Finding { clause: clause.id.clone(), point: point.id.clone(), value: Some(value) });
    }
    if !failed {
        all.push(vote(clause.id.as_str(), Choice::Grade(grade), "现场所见"));
    }
    all
}

fn founded(checklist: &Checklist, grade: Grade) -> Visit {
    let ballot = || {
        let mut all: Vec<Edit> =
            checklist.clauses().flat_map(|clause| edits(clause, checklist, grade)).collect();
        all.push(submit());
        all
    };
    let members =
        [Field::Management, Field::Medicine, Field::Tcm, Field::InfectionControl, Field::PublicHealth];
    let members =
        members.iter().enumerate().map(|(n, field)| (member(&format!("组员{n}"), *field), ballot()));
    visit("示例卫生院", checklist.clone(), members.collect())
}

fn use_it(checklist: &Checklist) {
    let text = content::encode(checklist);
    let read = content::decode(&text).expect("what passes the check can be founded");
    assert!(&read == checklist);
    for grade in Grade::ALL {
        let visit = founded(&read, grade);
        let outcome = Outcome::of(&visit, |_| true);
        for (clause, result) in read.clauses().zip(&outcome.clauses) {
            match clause.scale {
                None => assert_eq!(result.verdict, Some(Decision::Grade(grade)), "{}", clause.id),
                Some(_) => assert!(matches!(result.verdict, Some(Decision::Points(_))), "{}", clause.id),
            }
        }
        for standard in &outcome.standards {
            let all_a = grade == Grade::A && read.clauses().all(|clause| clause.scale.is_none());
            // The gates are not answered, so a standard that asks for them stays open, and the others are met.
            assert!(!all_a || standard.met != Some(false), "{}", standard.id);
            assert!(
                grade != Grade::D
                    || standard.met != Some(true)
                    || read.clauses().all(|it| it.scale.is_some())
            );
        }
        report(&visit, &outcome);
    }
}

fn report(visit: &Visit, outcome: &Outcome) {
    let shown: Vec<_> = visit.members.iter().collect();
    for lang in [Lang::Zh, Lang::En] {
        let report = Report::of(visit, outcome, &shown, &Options { lang, names: true, ..Options::default() });
        assert!(md(&report).len() > 1000 && json(&report).len() > 1000);
        assert!(csv(&report, true).unwrap().len() > 1000);
        assert!(result_json(visit, outcome, &shown, lang).is_object());
        assert!(docx(&Page::of(&report), &Look::report(lang, report.date)).unwrap().starts_with(b"PK"));
        assert!(xlsx(&report).unwrap().starts_with(b"PK") && html(&report).ends_with("</html>\n"));
    }
    assert!(merge_json(visit, outcome, &shown).is_object() && info_json(visit, &shown).is_object());
}

#[test]
fn every_shipped_checklist_can_be_used() {
    for id in ["township", "community", "community-hospital", "village"] {
        use_it(&bent(id, &[]).unwrap());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn whatever_passes_the_check_can_be_used(
        profile in prop::sample::select(vec!["township", "community", "community-hospital", "village"]),
        bends in bends(),
    ) {
        if let Some(checklist) = bent(profile, &bends) {
            use_it(&checklist);
        }
    }
}
