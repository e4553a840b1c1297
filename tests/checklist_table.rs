//! The tables of `docs/CHECKLISTS.md` are what the shipped checklists are.

use std::{collections::BTreeMap, fs, path::Path};

use hecha::{
    checklist::{AreaSheet, Sources, load_area, load_profile},
    domain::{
        checklist::Measure,
        facility::FacilityType,
        terms::{grade::Level, source::SourceKind},
    },
};

pub(crate) const AREAS: [&str; 5] = ["emergency", "infection-control", "pharmacy", "tcm", "institution"];
const KINDS: [&str; 5] = ["tick", "ratio", "number", "inventory", "count"];
const BEGIN: &str = "<!-- tables: begin (checked by tests/checklist_table.rs) -->\n";
const END: &str = "<!-- tables: end -->";

fn sheets() -> Vec<AreaSheet> {
    AREAS.iter().map(|id| load_area(id, &Sources::built_in()).unwrap().0).collect()
}

pub(crate) fn row(cells: impl IntoIterator<Item = String>) -> String {
    format!("| {} |\n", cells.into_iter().collect::<Vec<_>>().join(" | "))
}

pub(crate) fn head(titles: &[&str]) -> String {
    let rule: Vec<String> =
        titles.iter().enumerate().map(|(n, _)| if n == 0 { "---" } else { "---:" }.to_owned()).collect();
    row(titles.iter().map(|it| (*it).to_owned())) + &row(rule)
}

/// Rows of counts with a sum below.
fn counted(first: &str, titles: &[&str], rows: &[(String, Vec<usize>)]) -> String {
    let mut text = head(&[&[first], titles].concat());
    let mut sums = vec![0; titles.len()];
    for (name, counts) in rows {
        sums.iter_mut().zip(counts).for_each(|(sum, n)| *sum += n);
        text += &row(std::iter::once(name.clone()).chain(counts.iter().map(ToString::to_string)));
    }
    text + &row(std::iter::once("合计 all".to_owned()).chain(sums.iter().map(ToString::to_string)))
}

fn name(sheet: &AreaSheet) -> String {
    format!("{} `{}`", sheet.area.title.zh, sheet.area.id)
}

fn points_table(sheets: &[AreaSheet]) -> String {
    let rows: Vec<_> = sheets
        .iter()
        .map(|sheet| {
            let clauses = &sheet.area.clauses;
            let points = || clauses.iter().flat_map(|clause| &clause.points);
            let level = |level: Level| points().filter(|point| point.level == level).count();
            let mut counts = vec![clauses.len(), clauses.iter().filter(|it| it.core).count()];
            counts.extend([points().count(), level(Level::C), level(Level::B), level(Level::A)]);
            counts.extend(KINDS.map(|kind| points().filter(|it| it.measure.kind().key() == kind).count()));
            counts.extend([sheet.lists.len(), sheet.lists.iter().map(|list| list.items.len()).sum()]);
            (name(sheet), counts)
        })
        .collect();
    let titles = [
        &["条款 clauses", "核心 core", "要点 points", "C", "B", "A"][..],
        &KINDS,
        &["清单 lists", "清单项 things"],
    ]
    .concat();
    counted("领域 area", &titles, &rows)
}

/// One number a point: its threshold, whatever it consists of. A measure that is recorded only has none.
fn numbers_table(sheets: &[AreaSheet]) -> String {
    let mut all: BTreeMap<SourceKind, usize> = BTreeMap::new();
    let rows: Vec<_> = sheets
        .iter()
        .map(|sheet| {
            let mut own: BTreeMap<SourceKind, usize> = BTreeMap::new();
            for point in sheet.area.clauses.iter().flat_map(|clause| &clause.points) {
                if let Some(source) = point.measure.number_source().filter(|_| point.measure != Measure::Tick)
                {
                    *own.entry(source.kind()).or_default() += 1;
                    *all.entry(source.kind()).or_default() += 1;
                }
            }
            let counts = SourceKind::ALL.map(|kind| own.get(&kind).copied().unwrap_or(0));
            (name(sheet), [vec![counts.iter().sum()], counts.to_vec()].concat())
        })
        .collect();
    let titles = [&["数字 numbers"][..], &SourceKind::ALL.map(SourceKind::prefix)].concat();
    let total: usize = all.values().sum();
    let shares = SourceKind::ALL.map(|kind| {
        let tenths = (all.get(&kind).copied().unwrap_or(0) * 2000 + total) / (2 * total);
        format!("{}.{}%", tenths / 10, tenths % 10)
    });
    counted("领域 area", &titles, &rows)
        + &row([vec!["占比 share".to_owned(), "100%".to_owned()], shares.to_vec()].concat())
}

fn applicability_table() -> String {
    let mut text = head(
        &[&["机构类型 facility type"], &AREAS[..], &["条款 clauses", "要点 points", "核心 core"]].concat(),
    );
    for facility in FacilityType::ALL.iter() {
        let (checklist, _) = load_profile(facility.key(), &Sources::built_in()).unwrap();
        let points = |of: Option<&str>| -> (usize, usize) {
            let clauses = checklist.clauses().filter(|it| of.is_none_or(|area| it.area.as_str() == area));
            clauses.fold((0, 0), |(n, m), clause| (n + 1, m + clause.points.len()))
        };
        let mut cells = vec![format!("`{}`", facility.key())];
        cells.extend(AREAS.map(|area| {
            let (clauses, points) = points(Some(area));
            format!("{clauses} / {points}")
        }));
        let (clauses, points) = points(None);
        let core = checklist.clauses().filter(|clause| clause.core).count();
        cells.extend([clauses, points, core].map(|n| n.to_string()));
        text += &row(cells);
    }
    text
}

#[test]
fn the_document_shows_what_is_shipped() {
    let sheets = sheets();
    let wanted = format!(
        "\n### 条款、要点与计量 / Clauses, points, measures\n\n{}\n### 数字的来源 / Where numbers come from\n\n{}\n### 适用范围（条款 / 要点）/ What applies to whom (clauses / points)\n\n{}\n",
        points_table(&sheets),
        numbers_table(&sheets),
        applicability_table()
    );
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/CHECKLISTS.md");
    let text = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let (_, rest) = text.split_once(BEGIN).unwrap();
    let (shown, _) = rest.split_once(END).unwrap();
    // Printed as it is, so that it can be pasted.
    assert!(shown == wanted, "docs/CHECKLISTS.md should hold:\n{BEGIN}{wanted}{END}");
}

#[test]
fn the_five_areas_are_complete() {
    let counts: Vec<usize> = sheets().iter().map(|sheet| sheet.area.clauses.len()).collect();
    // Clause IN-02 of the drafts is the gates, which stand outside the grades.
    let gates: usize = sheets().iter().map(|sheet| sheet.gates.len()).sum();
    assert_eq!((counts, gates), (vec![14, 15, 15, 14, 20], 9));
}
