//! Reads `[[override]]` and applies it: another threshold for a point in this place, with its own source.

use std::{collections::HashSet, ops::Range, sync::Arc};

use toml::Spanned;

use crate::{
    checklist::{
        document::Document,
        limits::Limits,
        measure, near,
        table::{Need, TableReader},
    },
    domain::{
        checklist::{Area, ItemList, Measure, Point},
        terms::{lang::Text, source::Source},
    },
};

/// All threshold keys.
const THRESHOLDS: [&str; 7] = ["at_least", "at_most", "min_sample", "min", "max", "items", "categories"];

/// Unknown points for which the one that was meant is looked for.
const MOST_GUESSES: usize = 20;

/// An override with its places.
pub(super) struct Override {
    point: Spanned<String>,
    limits: Limits,
    source: Source,
    at: Range<usize>,
}

/// Reads all overrides of a profile.
pub(super) fn read_all(root: &TableReader<'_>) -> Vec<Override> {
    let mut overrides = Vec::new();
    let mut seen = HashSet::new();
    for table in root.tables("override", Need::May) {
        let point = table.id("point", Need::Must);
        let limits = Limits::read(&table, &THRESHOLDS);
        limits.check(table.document());
        let source = table.source("source", Need::Must);
        table.finish(("调整项", "the override"), |_| None);
        if limits.is_empty() && !THRESHOLDS.iter().any(|key| table.has(key)) {
            let what = Text::new("调整项没有写任何数字", "the override gives no number");
            table.document().error(table.span(), what, near::suggest("", THRESHOLDS));
        }
        let Some(point) = point else { continue };
        if !seen.insert(*point.get_ref()) {
            let what = Text::new("同一要点调整了两次", "the same point is overridden twice");
            root.document().error(&point.span(), what, None);
        }
        overrides.push(Override {
            point: Spanned::new(point.span(), (*point.get_ref()).to_owned()),
            limits,
            source: source.unwrap_or_else(Source::own_default),
            at: table.span().clone(),
        });
    }
    overrides
}

/// Applies overrides to areas already filtered for the facility type. What does not fit is noted in the profile's document.
pub(super) fn apply(overrides: &[Override], areas: &mut [Area], lists: &[ItemList], document: &Document<'_>) {
    let mut known = Vec::new();
    let mut n_unknown = 0;
    for change in overrides {
        let name = change.point.get_ref().as_str();
        let Some(point) = find(areas, name) else {
            let what = Text::new(
                format!("这个机构类型没有要点 {name}"),
                format!("this facility type has no point {name}"),
            );
            if known.is_empty() {
                known = names(areas);
            }
            // Comparing with every point is slow; past the first few, one more guess helps nobody.
            n_unknown += 1;
            let known =
                known.iter().map(String::as_str).take(if n_unknown > MOST_GUESSES { 0 } else { usize::MAX });
            document.error(&change.point.span(), what, near::suggest(name, known));
            continue;
        };
        if change.fits(point, lists, document) {
            change.replace(point);
        }
    }
}

fn find<'a>(areas: &'a mut [Area], name: &str) -> Option<&'a mut Point> {
    let (clause_id, point_id) = name.rsplit_once('.')?;
    let mut clauses = areas.iter_mut().flat_map(|area| &mut area.clauses);
    let clause = clauses.find(|clause| clause.id.as_str() == clause_id)?;
    Arc::make_mut(clause).points.iter_mut().find(|point| point.id.as_str() == point_id)
}

fn names(areas: &[Area]) -> Vec<String> {
    let clauses = areas.iter().flat_map(|area| &area.clauses);
    clauses.flat_map(|it| it.points.iter().map(move |point| format!("{}.{}", it.id, point.id))).collect()
}

impl Override {
    /// Whether both change the same point.
    pub(super) fn changes_same_point(&self, other: &Self) -> bool {
        self.point.get_ref() == other.point.get_ref()
    }

    /// The same change, told at another place.
    pub(super) fn placed_at(mut self, at: &Range<usize>) -> Self {
        self.point = Spanned::new(at.clone(), self.point.into_inner());
        self.at = at.clone();
        self
    }

    fn given(&self) -> impl Iterator<Item = (&'static str, Range<usize>)> {
        let limits = &self.limits;
        let amounts = [
            ("at_least", &limits.at_least),
            ("at_most", &limits.at_most),
            ("min", &limits.min),
            ("max", &limits.max),
        ];
        let counts = [
            ("min_sample", &limits.min_sample),
            ("items", &limits.items),
            ("categories", &limits.categories),
        ];
        let amounts = amounts.into_iter().filter_map(|(key, it)| Some((key, it.as_ref()?.span())));
        amounts.chain(counts.into_iter().filter_map(|(key, it)| Some((key, it.as_ref()?.span()))))
    }

    fn fits(&self, point: &Point, lists: &[ItemList], document: &Document<'_>) -> bool {
        let keys = measure::keys(point.measure.kind());
        let kind = point.measure.kind().key();
        let mut fits = true;
        for (key, at) in self.given().filter(|(key, _)| !keys.contains(key)) {
            let what = Text::new(
                format!("要点 {} 是 {kind} 计量，没有 {key}", self.point.get_ref()),
                format!("point {} is a {kind} measure without {key}", self.point.get_ref()),
            );
            document.error(&at, what, near::suggest("", keys.iter().copied()));
            fits = false;
        }
        let list = point.measure.list().and_then(|id| lists.iter().find(|list| &list.id == id));
        if let Some(list) = list {
            fits &= self.limits.check_countable(document, list);
        }
        if fits && self.contradicts(&point.measure) {
            let what =
                Text::new("调整后下限大于上限", "after the override the lower bound is above the upper one");
            document.error(&self.at, what, None);
            fits = false;
        }
        fits
    }

    /// Whether one new bound crosses the old one on the other side.
    fn contradicts(&self, measure: &Measure) -> bool {
        let Measure::Number { min, max, .. } = measure else { return false };
        let min = self.limits.min.as_ref().map(|it| *it.get_ref()).or(*min);
        let max = self.limits.max.as_ref().map(|it| *it.get_ref()).or(*max);
        min.zip(max).is_some_and(|(min, max)| min > max)
    }

    fn replace(&self, point: &mut Point) {
        // A number that stays keeps an unconfirmed mark: the new document does not vouch for it.
        let n_numbers =
            measure::entries(&point.measure).iter().filter(|(_, entry)| entry.is_number()).count();
        let keeps_a_number = self.given().count() < n_numbers;
        measure::replace(&mut point.measure, &self.limits);
        if let Some(source) = point.measure.number_source_mut() {
            let stays = keeps_a_number && source.as_ref().is_none_or(Source::is_unconfirmed);
            if !stays || source.is_none() {
                *source = Some(self.source.clone());
            }
        }
        point.overridden_by = Some(self.source.clone());
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        checklist::{Kind, Sources, load_profile},
        domain::checklist::{Checklist, Measure, Point},
    };

    fn village_with(change: &str) -> Result<Checklist, String> {
        let village = include_str!("../../checklists/profiles/village.toml");
        let (kept, _) = village.split_once("[[override]]").unwrap();
        let text = format!("{kept}[[override]]\npoint = \"TM-03.C1\"\n{change}");
        let sources = Sources::built_in().with_text(Kind::Profile, "village", "village.toml", &text);
        let loaded = load_profile("village", &sources);
        loaded.map(|(checklist, _)| checklist).map_err(|problems| problems[0].what.en.clone())
    }

    fn point(checklist: &Checklist) -> &Point {
        checklist.clause("TM-03").unwrap().point("C1").unwrap()
    }

    #[test]
    fn a_replaced_number_carries_its_new_source() {
        let checklist = village_with("items = 5\ncategories = 3\nsource = \"default\"").unwrap();
        let Measure::Count { items, categories, source, .. } = &point(&checklist).measure else { panic!() };
        assert_eq!((*items, *categories), (5, 3));
        assert!(source.as_ref().unwrap().is_unconfirmed());
        assert!(point(&checklist).overridden_by.as_ref().unwrap().is_unconfirmed());
    }

    #[test]
    fn a_local_paper_for_one_number_changes_only_that_number() {
        let checklist = village_with("items = 5\nsource = \"local 县卫健局〔2026〕1号\"").unwrap();
        let Measure::Count { items, categories, .. } = &point(&checklist).measure else { panic!() };
        assert_eq!((*items, *categories), (5, 6));
        assert_eq!(point(&checklist).overridden_by.as_ref().unwrap().as_str(), "local 县卫健局〔2026〕1号");
    }

    #[test]
    fn an_override_that_does_not_fit_is_refused() {
        for (change, told) in [
            ("max = 5\nsource = \"default\"", "count measure without max"),
            ("categories = 99\nsource = \"default\"", "asks for 99 categories"),
            ("source = \"default\"", "gives no number"),
            ("items = 5", "lacks source"),
        ] {
            let error = village_with(change).unwrap_err();
            assert!(error.contains(told), "{change}: {error}");
        }
    }
}
