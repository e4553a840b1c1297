//! A whole visit of a township health centre played by keys, point by point with findings as they are, and counted.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    app::{checklist::sources, home::Home},
    domain::{
        checklist::{Aspect, Bound, Checklist, Clause, ItemList, Measure, Point},
        edit::finding::{Finding, Fraction, ItemState},
        terms::id::ItemId,
    },
    tui::{
        desk::Desk,
        drive::model::Model,
        fixture::{fresh_visit_of, opened, press, read_keys},
        score::{earlier::sample, screen::Pane},
    },
};

/// Keys that a whole visit may take.
const AT_MOST: usize = 1_200;

fn township() -> Checklist {
    let folder = tempfile::tempdir().unwrap();
    sources::profile(&Home::choose(Some(folder.path().into())).unwrap(), "township").unwrap()
}

/// Chance by name, so that every run plays the same visit.
fn dice(clause: &Clause, point: &Point, n: u64) -> u64 {
    let text = format!("{} {}", clause.id, point.id);
    text.bytes().fold(7_u64, |hash, byte| hash.wrapping_mul(1_000_003) ^ u64::from(byte)) / 7 % n
}

/// What an expert finds: most of it in order, one thing in eight not.
fn found(checklist: &Checklist, clause: &Clause, point: &Point) -> Finding {
    let dice = |n| dice(clause, point, n);
    let is_bad = dice(8) == 0;
    let list = || checklist.list(point.measure.list().unwrap().as_str()).unwrap();
    match &point.measure {
        Measure::Tick => Finding::Tick(!is_bad),
        Measure::Ratio { bound, sample, .. } => {
            let drawn = sample
                .same_as
                .as_ref()
                .map(|id| found(checklist, clause, clause.point(id.as_str()).unwrap()));
            let n = match drawn {
                Some(Finding::Ratio(fraction)) => fraction.denominator(),
                // In a small place there are not always as many as are to be looked at.
                _ => point.measure.sample_size().unwrap_or(10).saturating_sub(u64::from(dice(9) == 0)).max(1),
            };
            let part = match bound {
                Some(Bound::AtLeast(_)) if dice(5) > 0 => n,
                Some(Bound::AtLeast(_)) => n - 1,
                Some(Bound::AtMost(_)) => n / 5,
                None => n / 2,
            };
            Finding::Ratio(Fraction::new(part, n).unwrap())
        }
        Measure::Number { min, max, .. } => {
            let (least, most) =
                (min.map(|it| it.ten_thousandths() / 10_000), max.map(|it| it.ten_thousandths() / 10_000));
            let value = match (least, most) {
                (Some(least), _) if is_bad => least - 1,
                (Some(least), None) => least + i64::try_from(dice(3)).unwrap(),
                (Some(least), Some(_)) => least,
                (None, Some(most)) => most + i64::from(is_bad),
                (None, None) => 12,
            };
            Finding::Number(value.max(0).to_string().parse().unwrap())
        }
        Measure::Inventory { .. } => {
            let mut states: BTreeMap<_, _> =
                list().items.iter().map(|it| (it.id.clone(), ItemState::Ok)).collect();
            if is_bad {
                states.insert(
                    list().items[dice(3) as usize % list().items.len()].id.clone(),
                    ItemState::Missing,
                );
            }
            Finding::Inventory(states)
        }
        Measure::Count { .. } => {
            let left_out = is_bad.then(|| shown(list())[0].clone());
            let items = list().items.iter().map(|it| it.id.clone());
            Finding::Count(items.filter(|id| Some(id) != left_out.as_ref()).collect())
        }
    }
}

/// The things of a list in the order of the count calculator.
fn shown(list: &ItemList) -> Vec<ItemId> {
    let categories = list.categories.iter().map(|it| Some(&it.id)).chain([None]);
    let items =
        categories.flat_map(|category| list.items.iter().filter(move |it| it.category.as_ref() == category));
    items.map(|item| item.id.clone()).collect()
}

/// The keys in the calculator of a list: all at once, then the one thing that is otherwise.
fn listed(checklist: &Checklist, point: &Point, finding: &Finding) -> String {
    let list = checklist.list(point.measure.list().unwrap().as_str()).unwrap();
    let otherwise = match finding {
        Finding::Inventory(states) => {
            list.items.iter().position(|item| states[&item.id] != ItemState::Ok).map(|at| (at, "4"))
        }
        Finding::Count(items) => shown(list).iter().position(|id| !items.contains(id)).map(|at| (at, " ")),
        _ => None,
    };
    let change = otherwise.map(|(at, key)| "<Down>".repeat(at) + key).unwrap_or_default();
    format!("<Enter>0{change}<Enter>")
}

/// The keys for a point that has the cursor.
fn keys(
    checklist: &Checklist,
    clause: &Clause,
    point: &Point,
    finding: &Finding,
    desk: Option<&Desk>,
) -> String {
    match finding {
        Finding::Tick(true) => " ".to_owned(),
        Finding::Tick(false) => "-".to_owned(),
        Finding::Number(value) => format!("{value}<Enter>"),
        Finding::Inventory(_) | Finding::Count(_) => listed(checklist, point, finding),
        Finding::NotApplicable => "*".to_owned(),
        Finding::Ratio(fraction) => {
            let (part, whole) = (fraction.numerator(), fraction.denominator());
            let size = desk.and_then(|desk| sample(desk, clause, point)).filter(|it| it.n == whole);
            let more_is_better =
                matches!(point.measure, Measure::Ratio { bound: Some(Bound::AtLeast(_)), .. });
            match size {
                Some(_) if part == whole && more_is_better => "=".to_owned(),
                Some(size) if size.counted_at.is_some() => format!("{part}<Enter>"),
                Some(_) => format!("{part}<Enter><Enter>"),
                None => format!("{part}/{whole}<Enter>"),
            }
        }
    }
}

/// The keys that the same findings took before: every point by itself, every share in full, every list thing by thing.
fn keys_before(checklist: &Checklist, clause: &Clause, point: &Point, finding: &Finding) -> usize {
    let keys = match finding {
        Finding::Tick(_) => " ".to_owned(),
        Finding::Ratio(fraction) => format!(" {}/{}<Enter>", fraction.numerator(), fraction.denominator()),
        Finding::Count(items) => format!("<Enter>{}<Enter>", " ".repeat(items.len())),
        Finding::Number(_) => format!(" {}", keys(checklist, clause, point, finding, None)),
        _ => keys(checklist, clause, point, finding, None),
    };
    read_keys(&keys).len()
}

struct Player {
    model: Model,
    n_keys: usize,
}

impl Player {
    fn press(&mut self, keys: &str) {
        self.n_keys += read_keys(keys).len();
        press(&mut self.model, keys);
        assert!(self.model.dialogs.is_empty(), "{keys}: {:?}", self.model.open_dialogs());
    }

    fn desk(&self) -> &Desk {
        self.model.desk.as_ref().unwrap()
    }

    fn go_to(&mut self, point: usize) {
        let at = self.model.score.point;
        let key = if point > at { "<Down>" } else { "<Up>" };
        self.press(&key.repeat(point.abs_diff(at)));
    }

    /// Plays the clause on the screen: what is not so first, then everything plain at once, then the numbers.
    fn clause(&mut self, checklist: &Checklist) {
        let clause = Arc::clone(self.desk().clause(self.model.score.clause).unwrap());
        let plain = |point: &Point, finding: &Finding| match (&point.measure, finding) {
            (Measure::Tick, Finding::Tick(yes)) => Some(*yes),
            (Measure::Inventory { aspect: Aspect::Present, .. }, Finding::Inventory(states)) => {
                Some(states.values().all(|state| *state == ItemState::Ok))
            }
            _ => None,
        };
        let findings: Vec<Finding> = clause.points.iter().map(|it| found(checklist, &clause, it)).collect();
        let both = || clause.points.iter().zip(&findings).enumerate();
        for (at, (point, finding)) in
            both().filter(|(_, (point, finding))| plain(point, finding) == Some(false))
        {
            self.go_to(at);
            self.press(&keys(checklist, &clause, point, finding, Some(self.desk())));
        }
        match both().filter(|(_, (point, finding))| plain(point, finding) == Some(true)).count() {
            0 => {}
            1 if both().count() == 1 => self.press("="),
            _ => self.press("."),
        }
        for (at, (point, finding)) in both().filter(|(_, (point, finding))| plain(point, finding).is_none()) {
            self.go_to(at);
            self.press(&keys(checklist, &clause, point, finding, Some(self.desk())));
        }
        for (point, finding) in clause.points.iter().zip(&findings) {
            assert_eq!(self.desk().finding(&clause, point), Some(finding), "{} {}", clause.id, point.id);
        }
    }
}

#[test]
fn a_whole_township_visit_by_points_takes_at_most_1_200_keys() {
    let checklist = township();
    let mut player = Player { model: opened(fresh_visit_of(checklist.clone()), 1), n_keys: 0 };
    assert_eq!(player.model.score.pane, Pane::Points);
    let (mut n_before, mut twelve) = (0, None);
    for index in 0..checklist.n_clauses() {
        assert_eq!(player.model.score.clause, index, "one is led from clause to clause");
        let clause = Arc::clone(player.desk().clause(index).unwrap());
        let (at, before) = (player.n_keys, n_before);
        player.clause(&checklist);
        for point in &clause.points {
            n_before += keys_before(&checklist, &clause, point, &found(&checklist, &clause, point));
        }
        player.press(" ");
        n_before += 1;
        if clause.points.len() == 12 && twelve.is_none() {
            twelve = Some((clause.id.clone(), n_before - before, player.n_keys - at));
        }
    }
    assert_eq!(player.desk().n_unscored(), 0);
    let (clause, before, now) = twelve.unwrap();
    println!("{clause} with 12 points: {before} -> {now}; the visit: {n_before} -> {}", player.n_keys);
    assert!(player.n_keys <= AT_MOST && player.n_keys * 2 <= n_before, "{n_before} -> {}", player.n_keys);
}
