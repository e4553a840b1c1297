//! The JSON shape of areas, clauses, points, measures and lists inside the canonical content, and its border checks.

use std::{collections::HashSet, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    checklist::{
        area::AreaSheet,
        content::{ContentError, FORMAT},
        content_shape_rules::{ProfileShape, RuleGate},
        table::is_id,
    },
    domain::{
        amount::Amount,
        checklist::{
            Area, Aspect, Bilingual, Bound, Category, Checklist, Clause, Item, ItemList, Measure, Point,
            Scale,
        },
        clean::{clean_note, is_clean_line},
        facility::FacilityType,
        field::{Field, Method},
        grade::Level,
        id::AreaId,
        source::Source,
    },
};

pub(super) type Checked<T> = Result<T, ContentError>;

/// The whole content of a checklist.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Content {
    pub(super) format: u32,
    profile: ProfileShape,
    areas: Vec<AreaShape>,
    lists: Vec<ListShape>,
}

/// The content of an area by itself.
#[derive(Serialize)]
pub(super) struct AreaContent {
    format: u32,
    area: AreaShape,
    lists: Vec<ListShape>,
    gates: Vec<RuleGate>,
}

/// A text pair: Chinese, English.
#[derive(Serialize, Deserialize)]
pub(super) struct Pair(String, String);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaShape {
    id: String,
    title: Pair,
    edition: String,
    status: String,
    route: Pair,
    clauses: Vec<ClauseShape>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClauseShape {
    id: String,
    title: Pair,
    core: bool,
    focus: bool,
    must_apply: bool,
    applies_to: Vec<String>,
    fields: Vec<String>,
    methods: Vec<String>,
    place: String,
    basis: Vec<String>,
    hint: Pair,
    scale: Option<ScaleShape>,
    points: Vec<PointShape>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleShape {
    points: String,
    step: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PointShape {
    id: String,
    level: String,
    text: Pair,
    measure: MeasureShape,
    source: String,
    na_when: Pair,
    applies_to: Vec<String>,
    overridden_by: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum MeasureShape {
    Tick,
    Ratio {
        at_least: Option<String>,
        at_most: Option<String>,
        min_sample: Option<u64>,
        numerator: Pair,
        denominator: Pair,
        source: Option<String>,
    },
    Number {
        unit: Pair,
        min: Option<String>,
        max: Option<String>,
        source: Option<String>,
    },
    Inventory {
        list: String,
        aspect: String,
        at_least: String,
        source: Option<String>,
    },
    Count {
        list: String,
        items: u64,
        categories: u64,
        source: Option<String>,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListShape {
    id: String,
    title: Pair,
    evidence: Pair,
    source: String,
    categories: Vec<CategoryShape>,
    items: Vec<ItemShape>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryShape {
    id: String,
    title: Pair,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemShape {
    id: String,
    title: Pair,
    category: Option<String>,
    source: Option<String>,
}

impl Content {
    /// The shape of a checklist.
    pub(super) fn of(checklist: &Checklist) -> Self {
        Self {
            format: FORMAT,
            profile: ProfileShape::of(&checklist.profile),
            areas: checklist.areas.iter().map(AreaShape::of).collect(),
            lists: checklist.lists.iter().map(ListShape::of).collect(),
        }
    }

    /// The checklist, with every id, text and number checked again: the content may come from anybody.
    pub(super) fn into_checklist(self) -> Checked<Checklist> {
        let lists = self.lists.into_iter().map(ListShape::check).collect::<Checked<Vec<_>>>()?;
        let known: HashSet<&str> = lists.iter().map(|list| list.id.as_str()).collect();
        let areas = self.areas.into_iter().map(|area| area.check(&known)).collect::<Checked<Vec<_>>>()?;
        distinct("list", lists.iter().map(|list| list.id.as_str()))?;
        distinct("area", areas.iter().map(|area| area.id.as_str()))?;
        let clauses = || areas.iter().flat_map(|area| &area.clauses);
        distinct("clause", clauses().map(|clause| clause.id.as_str()))?;
        let profile = self.profile.check()?;
        if !profile.areas.iter().eq(areas.iter().map(|area| &area.id)) {
            return Err(invalid("areas of the profile", profile.id.as_str()));
        }
        Ok(Checklist::new(profile, areas, lists))
    }
}

impl AreaContent {
    /// The shape of an area.
    pub(super) fn of(sheet: &AreaSheet) -> Self {
        Self {
            format: FORMAT,
            area: AreaShape::of(&sheet.area),
            lists: sheet.lists.iter().map(ListShape::of).collect(),
            gates: sheet.gates.iter().map(RuleGate::of).collect(),
        }
    }
}

impl Pair {
    pub(super) fn of(pair: &Bilingual) -> Self {
        Self(pair.zh.clone(), pair.en.clone())
    }

    /// A pair of lines.
    pub(super) fn check(self) -> Checked<Bilingual> {
        Ok(Bilingual { zh: line(self.0)?, en: line(self.1)? })
    }

    /// A pair of longer texts.
    fn check_note(self) -> Checked<Bilingual> {
        Ok(Bilingual { zh: note(self.0)?, en: note(self.1)? })
    }
}

impl AreaShape {
    fn of(area: &Area) -> Self {
        Self {
            id: area.id.to_string(),
            title: Pair::of(&area.title),
            edition: area.edition.clone(),
            status: area.status.clone(),
            route: Pair::of(&area.route),
            clauses: area.clauses.iter().map(|clause| ClauseShape::of(clause)).collect(),
        }
    }

    fn check(self, lists: &HashSet<&str>) -> Checked<Area> {
        let id = AreaId::new(id(self.id)?);
        let clauses = self.clauses.into_iter().map(|it| it.check(&id, lists).map(Arc::new));
        Ok(Area {
            title: self.title.check()?,
            edition: line(self.edition)?,
            status: line(self.status)?,
            route: self.route.check_note()?,
            clauses: clauses.collect::<Checked<_>>()?,
            id,
        })
    }
}

impl ClauseShape {
    fn of(clause: &Clause) -> Self {
        let scale =
            |scale: &Scale| ScaleShape { points: scale.points.to_string(), step: scale.step.to_string() };
        Self {
            id: clause.id.to_string(),
            title: Pair::of(&clause.title),
            core: clause.core,
            focus: clause.focus,
            must_apply: clause.must_apply,
            applies_to: keys(&clause.applies_to, FacilityType::key),
            fields: keys(&clause.fields, Field::key),
            methods: keys(&clause.methods, Method::key),
            place: clause.place.clone(),
            basis: clause.basis.clone(),
            hint: Pair::of(&clause.hint),
            scale: clause.scale.as_ref().map(scale),
            points: clause.points.iter().map(PointShape::of).collect(),
        }
    }

    fn check(self, area: &AreaId, lists: &HashSet<&str>) -> Checked<Clause> {
        let points = self.points.into_iter().map(|it| it.check(lists)).collect::<Checked<Vec<_>>>()?;
        distinct("point", points.iter().map(|point| point.id.as_str()))?;
        let scale = self.scale.map(ScaleShape::check).transpose()?;
        if scale.is_none() && points.is_empty() {
            return Err(invalid("clause without points", &self.id));
        }
        Ok(Clause {
            id: id(self.id)?.as_str().into(),
            title: self.title.check()?,
            area: area.clone(),
            core: self.core,
            focus: self.focus,
            must_apply: self.must_apply,
            applies_to: words(&self.applies_to, FacilityType::ALL, FacilityType::key)?,
            fields: words(&self.fields, Field::ALL, Field::key)?,
            methods: words(&self.methods, Method::ALL, Method::key)?,
            place: line(self.place)?,
            basis: self.basis.into_iter().map(line).collect::<Checked<_>>()?,
            hint: self.hint.check_note()?,
            scale,
            points,
        })
    }
}

impl ScaleShape {
    fn check(self) -> Checked<Scale> {
        let scale = Scale { points: amount(&self.points)?, step: amount(&self.step)? };
        let sound = scale.points > Amount::ZERO && scale.admits(scale.points);
        if sound { Ok(scale) } else { Err(invalid("scale", &self.points)) }
    }
}

impl PointShape {
    fn of(point: &Point) -> Self {
        Self {
            id: point.id.to_string(),
            level: point.level.to_string(),
            text: Pair::of(&point.text),
            measure: MeasureShape::of(&point.measure),
            source: point.source.to_string(),
            na_when: Pair::of(&point.na_when),
            applies_to: keys(&point.applies_to, FacilityType::key),
            overridden_by: point.overridden_by.as_ref().map(Source::to_string),
        }
    }

    fn check(self, lists: &HashSet<&str>) -> Checked<Point> {
        let level = Level::ALL.into_iter().find(|level| level.to_string() == self.level);
        Ok(Point {
            id: id(self.id)?.as_str().into(),
            level: level.ok_or_else(|| invalid("level", &self.level))?,
            text: self.text.check()?,
            measure: self.measure.check(lists)?,
            source: source(&self.source)?,
            na_when: self.na_when.check()?,
            applies_to: words(&self.applies_to, FacilityType::ALL, FacilityType::key)?,
            overridden_by: self.overridden_by.as_deref().map(source).transpose()?,
        })
    }
}

impl MeasureShape {
    fn of(measure: &Measure) -> Self {
        let mark = |source: &Option<Source>| source.as_ref().map(Source::to_string);
        let text = |amount: &Amount| amount.to_string();
        match measure {
            Measure::Tick => Self::Tick,
            Measure::Ratio { bound, min_sample, numerator, denominator, source } => Self::Ratio {
                at_least: bound
                    .and_then(|it| if let Bound::AtLeast(it) = it { Some(text(&it)) } else { None }),
                at_most: bound.and_then(|it| if let Bound::AtMost(it) = it { Some(text(&it)) } else { None }),
                min_sample: *min_sample,
                numerator: Pair::of(numerator),
                denominator: Pair::of(denominator),
                source: mark(source),
            },
            Measure::Number { unit, min, max, source } => Self::Number {
                unit: Pair::of(unit),
                min: min.as_ref().map(text),
                max: max.as_ref().map(text),
                source: mark(source),
            },
            Measure::Inventory { list, aspect, at_least, source } => Self::Inventory {
                list: list.to_string(),
                aspect: aspect.key().to_owned(),
                at_least: text(at_least),
                source: mark(source),
            },
            Measure::Count { list, items, categories, source } => Self::Count {
                list: list.to_string(),
                items: *items,
                categories: *categories,
                source: mark(source),
            },
        }
    }

    fn check(self, lists: &HashSet<&str>) -> Checked<Measure> {
        let mark = |it: Option<String>| it.as_deref().map(source).transpose();
        let list = |it: String| {
            if lists.contains(it.as_str()) { Ok(it.as_str().into()) } else { Err(invalid("list", &it)) }
        };
        Ok(match self {
            Self::Tick => Measure::Tick,
            Self::Ratio { at_least, at_most, min_sample, numerator, denominator, source } => Measure::Ratio {
                bound: match (at_least, at_most) {
                    (None, None) => None,
                    (Some(least), None) => Some(Bound::AtLeast(share(&least)?)),
                    (None, Some(most)) => Some(Bound::AtMost(share(&most)?)),
                    (Some(least), Some(_)) => return Err(invalid("two bounds", &least)),
                },
                min_sample,
                numerator: numerator.check()?,
                denominator: denominator.check()?,
                source: mark(source)?,
            },
            Self::Number { unit, min, max, source } => {
                let min = min.as_deref().map(amount).transpose()?;
                let max = max.as_deref().map(amount).transpose()?;
                if let Some((min, _)) = min.zip(max).filter(|(min, max)| min > max) {
                    return Err(invalid("min above max", &min.to_string()));
                }
                Measure::Number { unit: unit.check()?, min, max, source: mark(source)? }
            }
            Self::Inventory { list: id, aspect, at_least, source } => Measure::Inventory {
                list: list(id)?,
                aspect: word(&aspect, &Aspect::ALL, Aspect::key)?,
                at_least: share(&at_least)?,
                source: mark(source)?,
            },
            Self::Count { list: id, items, categories, source } => {
                Measure::Count { list: list(id)?, items, categories, source: mark(source)? }
            }
        })
    }
}

impl ListShape {
    fn of(list: &ItemList) -> Self {
        let category = |it: &Category| CategoryShape { id: it.id.to_string(), title: Pair::of(&it.title) };
        let item = |it: &Item| ItemShape {
            id: it.id.to_string(),
            title: Pair::of(&it.title),
            category: it.category.as_ref().map(ToString::to_string),
            source: it.source.as_ref().map(Source::to_string),
        };
        Self {
            id: list.id.to_string(),
            title: Pair::of(&list.title),
            evidence: Pair::of(&list.evidence),
            source: list.source.to_string(),
            categories: list.categories.iter().map(category).collect(),
            items: list.items.iter().map(item).collect(),
        }
    }

    fn check(self) -> Checked<ItemList> {
        distinct("category", self.categories.iter().map(|category| category.id.as_str()))?;
        distinct("item", self.items.iter().map(|item| item.id.as_str()))?;
        let known: HashSet<String> = self.categories.iter().map(|category| category.id.clone()).collect();
        let category =
            |it: CategoryShape| Ok(Category { id: id(it.id)?.as_str().into(), title: it.title.check()? });
        let item = |it: ItemShape| {
            if let Some(stray) = it.category.as_ref().filter(|category| !known.contains(*category)) {
                return Err(invalid("category", stray));
            }
            Ok(Item {
                id: id(it.id)?.as_str().into(),
                title: it.title.check()?,
                category: it.category.as_deref().map(Into::into),
                source: it.source.as_deref().map(source).transpose()?,
            })
        };
        Ok(ItemList {
            id: id(self.id)?.as_str().into(),
            title: self.title.check()?,
            evidence: self.evidence.check_note()?,
            source: source(&self.source)?,
            categories: self.categories.into_iter().map(category).collect::<Checked<_>>()?,
            items: self.items.into_iter().map(item).collect::<Checked<_>>()?,
        })
    }
}

/// The words of a set as written.
pub(super) fn keys<W: Copy>(words: &[W], key: fn(W) -> &'static str) -> Vec<String> {
    words.iter().map(|word| key(*word).to_owned()).collect()
}

/// A word by its exact key: other spellings that the loader accepts would make two texts of one checklist.
pub(super) fn word<W: Copy>(text: &str, all: &[W], key: fn(W) -> &'static str) -> Checked<W> {
    all.iter().copied().find(|word| key(*word) == text).ok_or_else(|| invalid("word", text))
}

pub(super) fn words<W: Copy>(texts: &[String], all: &[W], key: fn(W) -> &'static str) -> Checked<Vec<W>> {
    texts.iter().map(|text| word(text, all, key)).collect()
}

pub(super) fn id(text: String) -> Checked<String> {
    if is_id(&text) { Ok(text) } else { Err(invalid("id", &text)) }
}

pub(super) fn line(text: String) -> Checked<String> {
    if is_clean_line(&text) { Ok(text) } else { Err(invalid("line", &text)) }
}

fn note(text: String) -> Checked<String> {
    if clean_note(&text) == text { Ok(text) } else { Err(invalid("text", &text)) }
}

pub(super) fn source(mark: &str) -> Checked<Source> {
    Source::parse(mark).filter(|_| is_clean_line(mark)).ok_or_else(|| invalid("source", mark))
}

pub(super) fn amount(digits: &str) -> Checked<Amount> {
    digits.parse().map_err(|_| invalid("number", digits))
}

pub(super) fn share(digits: &str) -> Checked<Amount> {
    let share = amount(digits)?;
    if (Amount::ZERO..=Amount::ONE).contains(&share) { Ok(share) } else { Err(invalid("share", digits)) }
}

pub(super) fn distinct<'t>(what: &str, ids: impl Iterator<Item = &'t str>) -> Checked<()> {
    let mut seen = HashSet::new();
    let mut ids = ids;
    ids.find(|id| !seen.insert(*id)).map_or(Ok(()), |id| Err(invalid(what, id)))
}

/// The place and a short, safe part of the value.
pub(super) fn invalid(what: &str, value: &str) -> ContentError {
    let value: String = clean_note(value).chars().take(60).collect();
    ContentError::Invalid(format!("{what} “{value}”"))
}
