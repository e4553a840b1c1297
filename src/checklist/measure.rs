//! A point's `measure` in files: which keys it has, how they are read, replaced by an override and written again.

use std::{collections::HashSet, iter};

use toml::Spanned;

use crate::{
    checklist::{
        limits::Limits,
        near,
        table::{Need, TableReader, words_of},
    },
    domain::{
        checklist::{Aspect, Bound, ItemList, Measure, MeasureKind, Sample, SampleKind},
        terms::{
            amount::Amount,
            id::{ItemId, ListId},
            lang::Text,
            source::Source,
        },
    },
};

/// The lists of an area, and which of them a point has named.
pub(super) struct Lists<'l> {
    /// The lists.
    pub(super) all: &'l [ItemList],
    /// Ids named so far.
    pub(super) used: HashSet<ListId>,
}

/// The threshold keys of a kind.
pub(super) const fn keys(kind: MeasureKind) -> &'static [&'static str] {
    match kind {
        MeasureKind::Tick => &[],
        MeasureKind::Ratio => &["at_least", "at_most", "min_sample"],
        MeasureKind::Number => &["min", "max"],
        MeasureKind::Inventory => &["at_least"],
        MeasureKind::Count => &["items", "categories"],
    }
}

/// Reads a measure. After an error it stands for a tick, so that reading can go on.
pub(super) fn read(reader: &TableReader<'_>, lists: &mut Lists<'_>) -> Measure {
    let kinds: Vec<&str> = MeasureKind::ALL.iter().map(|kind| kind.key()).collect();
    let named = |text: &str| MeasureKind::ALL.iter().copied().find(|kind| kind.key() == text);
    let Some(kind) = reader.word("kind", Need::Must, named, &kinds) else {
        if !reader.has("kind") {
            let what = Text::new("计量缺少 kind", "the measure lacks kind");
            reader.document().error(reader.span(), what, near::suggest("", kinds));
        }
        return Measure::Tick;
    };
    let limits = Limits::read(reader, keys(kind));
    limits.check(reader.document());
    let measure = match kind {
        MeasureKind::Tick => Measure::Tick,
        MeasureKind::Ratio => ratio(reader, &limits),
        MeasureKind::Number => Measure::Number {
            unit: reader.bilingual("unit", "unit_en", Need::Must),
            min: limits.min.as_ref().map(|min| *min.get_ref()),
            max: limits.max.as_ref().map(|max| *max.get_ref()),
            source: number_source(reader, &limits),
        },
        MeasureKind::Inventory => inventory(reader, &limits, lists),
        MeasureKind::Count => count(reader, &limits, lists),
    };
    let word = kind.key();
    reader.finish((&format!("{word} 计量"), &format!("a {word} measure")), |key| elsewhere(kind, key));
    measure
}

/// Puts other numbers in the place of those a measure has.
pub(super) fn replace(measure: &mut Measure, limits: &Limits) {
    match measure {
        Measure::Tick => {}
        Measure::Ratio { bound, min_sample, .. } => {
            let at_least = limits.at_least.as_ref().map(|it| Bound::AtLeast(*it.get_ref()));
            let at_most = limits.at_most.as_ref().map(|it| Bound::AtMost(*it.get_ref()));
            *bound = at_least.or(at_most).or(*bound);
            *min_sample = limits.min_sample.as_ref().map(|it| *it.get_ref()).or(*min_sample);
        }
        Measure::Number { min, max, .. } => {
            *min = limits.min.as_ref().map(|it| *it.get_ref()).or(*min);
            *max = limits.max.as_ref().map(|it| *it.get_ref()).or(*max);
        }
        Measure::Inventory { at_least, .. } => {
            *at_least = limits.at_least.as_ref().map_or(*at_least, |it| *it.get_ref());
        }
        Measure::Count { items, categories, .. } => {
            *items = limits.items.as_ref().map_or(*items, |it| *it.get_ref());
            *categories = limits.categories.as_ref().map_or(*categories, |it| *it.get_ref());
        }
    }
}

/// What a key of a measure holds.
pub(super) enum Entry<'m> {
    /// A threshold.
    Amount(Amount),
    /// A whole threshold.
    Count(u64),
    /// An id, or a word of a closed list.
    Word(&'m str),
    /// Things of a list.
    Things(&'m [ItemId]),
    /// A text, whose English half has a key of its own.
    Text(&'m Text),
}

impl Entry<'_> {
    /// Whether it is a number that an override may replace.
    pub(super) const fn is_number(&self) -> bool {
        matches!(self, Self::Amount(_) | Self::Count(_))
    }
}

/// A measure by the keys of the file format, without kind and source; those that say nothing are left out, as there.
pub(super) fn entries(measure: &Measure) -> Vec<(&'static str, Entry<'_>)> {
    let some = |key, entry: Option<Entry<'static>>| entry.map(|entry| (key, entry));
    match measure {
        Measure::Tick => Vec::new(),
        Measure::Ratio { bound, min_sample, sample, numerator, denominator, .. } => {
            let bound = bound.map(|bound| match bound {
                Bound::AtLeast(share) => ("at_least", Entry::Amount(share)),
                Bound::AtMost(share) => ("at_most", Entry::Amount(share)),
            });
            let texts = [("numerator", Entry::Text(numerator)), ("denominator", Entry::Text(denominator))];
            let numbers = [
                some("min_sample", min_sample.map(Entry::Count)),
                some("sample", sample.size.map(Entry::Count)),
                (sample.each != SampleKind::default()).then(|| ("each", Entry::Word(sample.each.key()))),
                sample.same_as.as_ref().map(|point| ("same_sample", Entry::Word(point.as_str()))),
            ];
            bound.into_iter().chain(numbers.into_iter().flatten()).chain(texts).collect()
        }
        Measure::Number { unit, min, max, .. } => {
            let bounds = [some("min", min.map(Entry::Amount)), some("max", max.map(Entry::Amount))];
            iter::once(("unit", Entry::Text(unit))).chain(bounds.into_iter().flatten()).collect()
        }
        Measure::Inventory { list, aspect, at_least, must, .. } => {
            let fixed = [
                ("list", Entry::Word(list.as_str())),
                ("aspect", Entry::Word(aspect.key())),
                ("at_least", Entry::Amount(*at_least)),
            ];
            fixed.into_iter().chain(needed(must)).collect()
        }
        Measure::Count { list, items, categories, must, .. } => {
            let asked = |n: u64| (n > 0).then_some(Entry::Count(n));
            let asked = [some("items", asked(*items)), some("categories", asked(*categories)), needed(must)];
            iter::once(("list", Entry::Word(list.as_str()))).chain(asked.into_iter().flatten()).collect()
        }
    }
}

/// The things that must be so, if there are any.
fn needed(must: &[ItemId]) -> Option<(&'static str, Entry<'_>)> {
    (!must.is_empty()).then_some(("must", Entry::Things(must)))
}

fn ratio(reader: &TableReader<'_>, limits: &Limits) -> Measure {
    let kinds = words_of(SampleKind::ALL, SampleKind::key, SampleKind::name);
    let each = reader.word("each", Need::May, SampleKind::parse, &kinds).unwrap_or_default();
    let same_as = reader.id("same_sample", Need::May).map(|id| id.into_inner().into());
    let size = reader.count("sample", Need::May).map(|size| {
        let least = limits.min_sample.as_ref().map_or(1, |it| *it.get_ref());
        if *size.get_ref() < least {
            let what = Text::new(
                format!("要抽 {} 份，少于最少样本 {least}", size.get_ref()),
                format!("a sample of {} is below the least sample {least}", size.get_ref()),
            );
            reader.document().error(&size.span(), what, None);
        }
        size.into_inner()
    });
    let is_judged = limits.at_least.is_some() || limits.at_most.is_some();
    if is_judged && limits.min_sample.is_none() {
        let what = Text::new(
            "有合格线的比率没有写 min_sample，抽一份合格就是100%",
            "a judged ratio without min_sample: one good one is 100%",
        );
        let add =
            Text::new("写上至少抽几份，如 min_sample = 10", "say how many to look at, e.g. min_sample = 10");
        reader.document().warn(reader.span(), what, Some(add));
    }
    let at_least = limits.at_least.as_ref().map(|it| Bound::AtLeast(*it.get_ref()));
    let at_most = limits.at_most.as_ref().map(|it| Bound::AtMost(*it.get_ref()));
    Measure::Ratio {
        bound: at_least.or(at_most),
        min_sample: limits.min_sample.as_ref().map(|it| *it.get_ref()),
        sample: Sample { each, size, same_as },
        numerator: reader.bilingual("numerator", "numerator_en", Need::Must),
        denominator: reader.bilingual("denominator", "denominator_en", Need::Must),
        source: number_source(reader, limits),
    }
}

fn inventory(reader: &TableReader<'_>, limits: &Limits, lists: &mut Lists<'_>) -> Measure {
    let aspect = |text: &str| Aspect::ALL.into_iter().find(|aspect| aspect.key() == text);
    if !reader.has("at_least") {
        let what = Text::new("inventory 计量缺少 at_least", "an inventory measure lacks at_least");
        let all = Text::new("全部都要有就写 at_least = 1.0", "write at_least = 1.0 when all are needed");
        reader.document().error(reader.span(), what, Some(all));
    }
    let aspect = reader.word("aspect", Need::Must, aspect, &Aspect::ALL.map(Aspect::key));
    let source = number_source(reader, limits);
    let must = reader.texts("must", Need::May);
    let Some((list, found)) = list(reader, lists) else { return Measure::Tick };
    let must = checked_things(reader, must, found);
    Measure::Inventory {
        list,
        aspect: aspect.unwrap_or(Aspect::Present),
        at_least: limits.at_least.as_ref().map_or(Amount::ONE, |it| *it.get_ref()),
        must,
        source,
    }
}

fn count(reader: &TableReader<'_>, limits: &Limits, lists: &mut Lists<'_>) -> Measure {
    if limits.is_empty() && !reader.has("items") && !reader.has("categories") {
        let what =
            Text::new("count 计量至少要写 items 或 categories", "a count measure needs items or categories");
        reader.document().error(reader.span(), what, None);
    }
    let source = number_source(reader, limits);
    let must = reader.texts("must", Need::May);
    let Some((id, found)) = list(reader, lists) else { return Measure::Tick };
    let must = checked_things(reader, must, found);
    if let Some(found) = found {
        limits.check_countable(reader.document(), found);
    }
    Measure::Count {
        list: id,
        items: limits.items.as_ref().map_or(0, |it| *it.get_ref()),
        categories: limits.categories.as_ref().map_or(0, |it| *it.get_ref()),
        must,
        source,
    }
}

/// Things of the list by their ids, each once; others are noted.
fn checked_things(reader: &TableReader<'_>, ids: Vec<Spanned<&str>>, list: Option<&ItemList>) -> Vec<ItemId> {
    let Some(list) = list else { return Vec::new() };
    let mut things: Vec<ItemId> = Vec::new();
    for id in ids {
        let name = *id.get_ref();
        let known = || list.items.iter().map(|item| item.id.as_str());
        if things.iter().any(|it| it.as_str() == name) {
            let what = Text::new(format!("{name} 写了两次"), format!("{name} is given twice"));
            reader.document().error(&id.span(), what, None);
        } else if known().any(|it| it == name) {
            things.push(name.into());
        } else {
            let what = Text::new("清单里没有这一项", "the list has no such thing");
            reader.document().error(&id.span(), what, near::suggest(name, known()));
        }
    }
    things
}

fn list<'l>(reader: &TableReader<'_>, lists: &mut Lists<'l>) -> Option<(ListId, Option<&'l ItemList>)> {
    let text = reader.text("list", Need::Must)?;
    let id = *text.get_ref();
    let found = lists.all.iter().find(|list| list.id.as_str() == id);
    if let Some(found) = found {
        lists.used.insert(found.id.clone());
    } else {
        let what = Text::new("这个领域没有这个清单", "the area has no such list");
        let known = || lists.all.iter().map(|list| list.id.as_str());
        reader.document().error(&text.span(), what, near::suggest(id, known()));
        // The list that was meant is not unused.
        lists.used.extend(near::nearest(id, known()).map(ListId::from));
    }
    Some((id.into(), found))
}

fn number_source(reader: &TableReader<'_>, limits: &Limits) -> Option<Source> {
    let source = reader.source("source", Need::May);
    if !limits.is_empty() && !reader.has("source") {
        let what = Text::new("这里的数字没有写来源", "the numbers here have no source");
        let own = Text::new(
            "自定的数字写 source = \"default\"",
            "write source = \"default\" for a number of one's own",
        );
        reader.document().warn(reader.span(), what, Some(own));
    }
    source
}

fn elsewhere(kind: MeasureKind, key: &str) -> Option<Text> {
    let mut others = MeasureKind::ALL.iter().filter(|other| **other != kind);
    let owner = others.find(|other| keys(**other).contains(&key))?.key();
    Some(Text::new(format!("{key} 属于 {owner} 计量"), format!("{key} belongs to a {owner} measure")))
}
