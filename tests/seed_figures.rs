//! Every figure that the checklists take from the policy documents stands where it should, with the document as its source.
//! `fixture/seed-figures.csv` gives document, line and quote for each; the documents themselves are not shipped.

use hecha::{
    checklist::{AreaSheet, Kind, Sources, load_area, load_profile},
    domain::{
        checklist::{Bound, Checklist, ItemList, Measure, Point, profile::Gate},
        terms::id::PointId,
    },
};

use crate::checklist_table::AREAS;

const FIGURES: &str = include_str!("fixture/seed-figures.csv");
const LOCAL: [(&str, &str); 7] = [
    ("tianjin-township", include_str!("../checklists/local/tianjin-township.toml")),
    ("tianjin-community", include_str!("../checklists/local/tianjin-community.toml")),
    ("tianjin-village", include_str!("../checklists/local/tianjin-village.toml")),
    ("jilin-township", include_str!("../checklists/local/jilin-township.toml")),
    ("jilin-village", include_str!("../checklists/local/jilin-village.toml")),
    ("qinghai-township", include_str!("../checklists/local/qinghai-township.toml")),
    ("qinghai-community", include_str!("../checklists/local/qinghai-community.toml")),
];
/// Documents that local profiles cite by their numbers, by the code of the seed.
const NUMBERS: [(&str, &str); 2] = [("001", "津卫基层〔2022〕381号"), ("004", "吉卫联发〔2024〕17号")];

struct Shipped {
    sources: Sources,
    areas: Vec<AreaSheet>,
}

impl Shipped {
    fn new() -> Self {
        let sources = LOCAL.iter().fold(Sources::built_in(), |sources, (id, text)| {
            sources.with_text(Kind::Profile, id, format!("profiles/{id}.toml"), text)
        });
        let areas = AREAS.iter().map(|id| load_area(id, &sources).unwrap().0).collect();
        Self { sources, areas }
    }

    fn profile(&self, id: &str) -> Checklist {
        load_profile(id, &self.sources).unwrap().0
    }

    /// What stands at a place under a key, and the sources that speak for it. Places: `[PROFILE:]CLAUSE.POINT`, `[PROFILE:]GATE`,
    /// `LIST`, `PROFILE:panel`, `PROFILE:subsidy:POPULATION`.
    fn at(&self, place: &str, key: &str) -> (String, String) {
        let parts: Vec<&str> = place.split(':').collect();
        match parts.as_slice() {
            [profile, "panel"] => {
                let panel = self.profile(profile).profile.panel;
                let value = match key {
                    "min" => panel.min.to_string(),
                    "odd" => panel.odd.to_string(),
                    _ => panel.title.clone(),
                };
                (value, panel.source.to_string())
            }
            [profile, "subsidy", from] => {
                let profile = self.profile(profile).profile;
                let from: u64 = from.parse().unwrap();
                let tier = profile.subsidy.iter().find(|tier| tier.population_from == from).unwrap();
                (tier.amount_wan_yuan.to_string(), tier.source.to_string())
            }
            [profile, id] => {
                let checklist = self.profile(profile);
                if let Some(gate) = checklist.profile.gates.iter().find(|gate| gate.id.as_str() == *id) {
                    return of_gate(gate, key);
                }
                let (clause, point) = id.rsplit_once('.').unwrap();
                let point = PointId::new(point);
                let clause = checklist.clause(clause).unwrap();
                of_point(clause.points.iter().find(|it| it.id == point).unwrap(), key)
            }
            [id] => self.anywhere(id, key),
            _ => panic!("{place}"),
        }
    }

    fn anywhere(&self, id: &str, key: &str) -> (String, String) {
        if let Some(list) = self.areas.iter().flat_map(|area| &area.lists).find(|it| it.id.as_str() == id) {
            return of_list(list);
        }
        if let Some(gate) = self.areas.iter().flat_map(|area| &area.gates).find(|it| it.id.as_str() == id) {
            return of_gate(gate, key);
        }
        let clauses = self.areas.iter().flat_map(|area| &area.area.clauses);
        let points = clauses.flat_map(|clause| clause.points.iter().map(move |point| (clause, point)));
        let found = points.into_iter().find(|(clause, point)| format!("{}.{}", clause.id, point.id) == id);
        of_point(found.unwrap_or_else(|| panic!("no {id}")).1, key)
    }
}

fn of_list(list: &ItemList) -> (String, String) {
    (list.items.len().to_string(), list.source.to_string())
}

fn of_gate(gate: &Gate, key: &str) -> (String, String) {
    let value = match key {
        "period" => gate.period.key().to_owned(),
        "lookback_months" => gate.lookback_months.unwrap().to_string(),
        "source" => gate.source.to_string(),
        _ => gate.text.zh.replace(' ', ""),
    };
    (value, gate.source.to_string())
}

fn of_point(point: &Point, key: &str) -> (String, String) {
    let number = point.measure.number_source().map(ToString::to_string).unwrap_or_default();
    let sources = format!("{} {number}", point.source);
    let value = match (&point.measure, key) {
        (_, "source") => point.source.to_string(),
        (Measure::Ratio { bound: Some(Bound::AtLeast(share)), .. }, "at_least") => share.to_string(),
        (Measure::Inventory { at_least, .. }, "at_least") => at_least.to_string(),
        (Measure::Number { min: Some(min), .. }, "min") => min.to_string(),
        (Measure::Count { items, .. }, "items") => items.to_string(),
        (Measure::Count { categories, .. }, "categories") => categories.to_string(),
        other => panic!("{}: {other:?}", point.id),
    };
    (value, sources)
}

#[test]
fn every_figure_of_the_documents_stands_where_it_should() {
    let shipped = Shipped::new();
    let mut rows = csv::Reader::from_reader(FIGURES.as_bytes());
    let mut n = 0;
    for row in rows.records() {
        let row = row.unwrap();
        let [figure, seed, line, quote, place, key, value] = std::array::from_fn(|at| row[at].to_owned());
        let told = format!("{figure} ({seed}:{line} {quote}) at {place}");
        assert!(line.parse::<u16>().is_ok() && !quote.is_empty(), "{told}");
        let (found, sources) = shipped.at(&place, &key);
        let is_right = match key.as_str() {
            "text" | "source" => found.contains(&value),
            "at_least" => found.parse::<f64>().unwrap() == value.parse::<f64>().unwrap(),
            _ => found == value,
        };
        assert!(is_right, "{told}: {key} is {found}, not {value}");
        let code = format!("S{}·F", seed.trim_start_matches("00"));
        let number = NUMBERS.iter().find(|(it, _)| *it == seed).map_or("-", |(_, number)| number);
        assert!(sources.contains(&code) || sources.contains(number), "{told}: cites {sources}");
        n += 1;
    }
    assert!(n >= 70, "{n}");
}
