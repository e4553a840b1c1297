//! Reads a point's `measure`: which kind, which list, which thresholds.

use std::collections::HashSet;

use crate::{
    checklist::{
        limits::{KEYS, Limits},
        near,
        table::{Need, TableReader},
    },
    domain::{
        checklist::{Aspect, Bound, ItemList, Measure},
        terms::{amount::Amount, id::ListId, lang::Text, source::Source},
    },
};

/// The lists of an area, and which of them a point has named.
pub(super) struct Lists<'l> {
    /// The lists.
    pub(super) all: &'l [ItemList],
    /// Ids named so far.
    pub(super) used: HashSet<ListId>,
}

/// Reads a measure. After an error it stands for a tick, so that reading can go on.
pub(super) fn read(reader: &TableReader<'_>, lists: &mut Lists<'_>) -> Measure {
    let kinds = KEYS.map(|(kind, _)| kind);
    let kind = reader.word("kind", Need::Must, |text| KEYS.iter().find(|(kind, _)| *kind == text), &kinds);
    let Some((kind, keys)) = kind.copied() else {
        if !reader.has("kind") {
            let what = Text::new("计量缺少 kind", "the measure lacks kind");
            reader.document().error(reader.span(), what, near::suggest("", kinds));
        }
        return Measure::Tick;
    };
    let limits = Limits::read(reader, keys);
    limits.check(reader.document());
    let measure = match kind {
        "ratio" => ratio(reader, &limits),
        "number" => Measure::Number {
            unit: reader.bilingual("unit", "unit_en", Need::Must),
            min: limits.min.as_ref().map(|min| *min.get_ref()),
            max: limits.max.as_ref().map(|max| *max.get_ref()),
            source: number_source(reader, &limits),
        },
        "inventory" => inventory(reader, &limits, lists),
        "count" => count(reader, &limits, lists),
        _ => Measure::Tick,
    };
    reader.finish((&format!("{kind} 计量"), &format!("a {kind} measure")), |key| elsewhere(kind, key));
    measure
}

fn ratio(reader: &TableReader<'_>, limits: &Limits) -> Measure {
    let at_least = limits.at_least.as_ref().map(|it| Bound::AtLeast(*it.get_ref()));
    let at_most = limits.at_most.as_ref().map(|it| Bound::AtMost(*it.get_ref()));
    Measure::Ratio {
        bound: at_least.or(at_most),
        min_sample: limits.min_sample.as_ref().map(|it| *it.get_ref()),
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
    let Some((list, _)) = list(reader, lists) else { return Measure::Tick };
    Measure::Inventory {
        list,
        aspect: aspect.unwrap_or(Aspect::Present),
        at_least: limits.at_least.as_ref().map_or(Amount::ONE, |it| *it.get_ref()),
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
    let Some((id, found)) = list(reader, lists) else { return Measure::Tick };
    if let Some(found) = found {
        limits.check_countable(reader.document(), found);
    }
    Measure::Count {
        list: id,
        items: limits.items.as_ref().map_or(0, |it| *it.get_ref()),
        categories: limits.categories.as_ref().map_or(0, |it| *it.get_ref()),
        source,
    }
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

fn elsewhere(kind: &str, key: &str) -> Option<Text> {
    let (owner, _) = KEYS.iter().find(|(other, keys)| *other != kind && keys.contains(&key))?;
    Some(Text::new(format!("{key} 属于 {owner} 计量"), format!("{key} belongs to a {owner} measure")))
}
