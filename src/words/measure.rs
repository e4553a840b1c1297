//! What a measure asks, how it is answered and what was found, in words, with the mark of a number that is not official.
//!
//! Said, not written as `≥`: that sign is of ambiguous width in terminals, and official papers say 不低于.

use std::collections::BTreeSet;

use crate::{
    domain::{
        checklist::{Bound, ItemList, Measure, MeasureKind},
        edit::finding::Finding,
        terms::{
            amount::Amount,
            clean::clean_line,
            lang::{Lang, Text},
            source::{Source, SourceKind},
        },
    },
    words,
};

/// What a measure asks, without what it is asked of; empty for a plain tick.
#[must_use]
pub fn rule(measure: &Measure, lang: Lang) -> String {
    match measure {
        Measure::Tick => String::new(),
        Measure::Ratio { bound: asked, .. } => bound(*asked, lang),
        Measure::Number { unit, min, max, .. } => range(*min, *max, unit.get(lang), lang),
        Measure::Inventory { aspect, at_least, .. } => {
            let (aspect, share) = (aspect.name(lang), at_least.percent());
            match lang {
                Lang::Zh => format!("{aspect}率不低于 {share}"),
                Lang::En => format!("at least {share} {aspect}"),
            }
        }
        Measure::Count { items, categories, .. } => count(*items, *categories, lang),
    }
}

/// What a measure asks and of what; empty for a plain tick. Unconfirmed numbers carry their mark (invariant 9).
#[must_use]
pub fn measure_text(measure: &Measure, lang: Lang) -> String {
    let rule = rule(measure, lang);
    let asked = match measure {
        Measure::Tick => return String::new(),
        Measure::Ratio { numerator, denominator, bound, .. } => {
            let gap = if bound.is_some() { " " } else { lang.pick("，", ", ") };
            format!("{}/{}{gap}{rule}", numerator.get(lang), denominator.get(lang))
        }
        Measure::Number { unit, min: None, max: None, .. } => {
            format!("{}{}{rule}", unit.get(lang), lang.pick("，", ", "))
        }
        Measure::Number { .. } => rule,
        Measure::Inventory { list, .. } | Measure::Count { list, .. } => {
            format!("{list}{}{rule}", lang.pick("：", ": "))
        }
    };
    match measure.number_source().filter(|source| source.is_unconfirmed()) {
        Some(source) => format!("{asked} [{}]", number_mark(source, lang)),
        None => asked,
    }
}

/// What a share or a number must come to; empty for other points, whose text says it: lists are named by ids, which say
/// nothing to a reader.
#[must_use]
pub fn threshold_text(measure: &Measure, lang: Lang) -> String {
    match measure {
        Measure::Ratio { .. } | Measure::Number { .. } => measure_text(measure, lang),
        Measure::Tick | Measure::Inventory { .. } | Measure::Count { .. } => String::new(),
    }
}

/// How many a ratio looks at, and the fewest that count; `None` where nothing says.
#[must_use]
pub fn sample_text(measure: &Measure, lang: Lang) -> Option<String> {
    let Measure::Ratio { min_sample, sample, .. } = measure else { return None };
    Some(match (sample.size, *min_sample, lang) {
        (None, None, _) => return None,
        (Some(size), Some(least), Lang::Zh) if size > least => format!("抽 {size}，至少 {least}"),
        (Some(size), Some(least), Lang::En) if size > least => format!("sample {size}, at least {least}"),
        (Some(size), None, Lang::Zh) => format!("抽 {size}"),
        (Some(size), None, Lang::En) => format!("sample {size}"),
        (_, Some(least), Lang::Zh) => format!("样本至少 {least}"),
        (_, Some(least), Lang::En) => format!("sample of at least {least}"),
    })
}

/// What is typed for a point of a kind.
#[must_use]
pub fn typed_as(kind: MeasureKind) -> Text {
    match kind {
        MeasureKind::Tick => Text::new("yes 或 no", "yes or no"),
        MeasureKind::Ratio => Text::new("合格数/总数，如 9/10", "met/sampled, e.g. 9/10"),
        MeasureKind::Number => Text::new("数值，如 37.5", "a number, e.g. 37.5"),
        MeasureKind::Inventory => Text::new(
            "物品:状态，如 defibrillator:ok,monitor:faulty",
            "item:state, e.g. defibrillator:ok,monitor:faulty",
        ),
        MeasureKind::Count => Text::new("项目编号，如 T-01,T-07", "item ids, e.g. T-01,T-07"),
    }
}

/// Room on paper for what is counted or measured.
#[must_use]
pub fn room(measure: &Measure, lang: Lang) -> String {
    match measure {
        Measure::Tick => String::new(),
        Measure::Ratio { .. } => "____ / ____".to_owned(),
        Measure::Number { unit, .. } => format!("____ {}", unit.get(lang)),
        Measure::Inventory { .. } => lang.pick("见下表", "table below").to_owned(),
        Measure::Count { .. } => {
            lang.pick("见下表 ____ 项 ____ 类", "table below ____ items ____ categories").to_owned()
        }
    }
}

/// What was measured; nothing for ticks and for what was not looked at. Of an inventory how much of the list is so, of a
/// count how much was found.
#[must_use]
pub fn measured(finding: &Finding, measure: &Measure, list: Option<&ItemList>) -> Option<String> {
    match finding {
        Finding::Tick(_) | Finding::NotApplicable => None,
        Finding::Ratio(fraction) => Some(format!("{}/{}", fraction.numerator(), fraction.denominator())),
        Finding::Number(amount) => Some(amount.to_string()),
        Finding::Inventory(states) => {
            let Measure::Inventory { aspect, .. } = measure else { return None };
            let good = states.values().filter(|state| state.has(*aspect)).count();
            Some(format!("{good}/{}", list?.items.len()))
        }
        Finding::Count(items) => Some(items.len().to_string()),
    }
}

/// What was measured, as a screen has room for it; nothing for ticks, whose mark says it.
#[must_use]
pub fn measured_in_full(
    finding: &Finding,
    measure: &Measure,
    list: Option<&ItemList>,
    lang: Lang,
) -> Option<String> {
    match finding {
        Finding::Tick(_) | Finding::NotApplicable => None,
        Finding::Ratio(fraction) => {
            let (part, whole) = (fraction.numerator(), fraction.denominator());
            Some(format!("{part}/{whole} {}", percent(part, whole)))
        }
        Finding::Number(value) => Some(value.to_string()),
        Finding::Inventory(states) => {
            let Measure::Inventory { aspect, .. } = measure else { return None };
            let total = list?.items.len();
            let good = states.values().filter(|state| state.has(*aspect)).count();
            let open = total.saturating_sub(states.len());
            Some(inventory_total(lang, good, states.len() - good, open, total))
        }
        Finding::Count(counted) => {
            let found = list?.items.iter().filter(|item| counted.contains(&item.id));
            let kinds: BTreeSet<_> = found.filter_map(|item| item.category.as_ref()).collect();
            Some(count_total(lang, counted.len(), kinds.len()))
        }
    }
}

/// A finding as a report tells it. Of an inventory only what is not in order is named.
#[must_use]
pub fn told(finding: &Finding, list: Option<&ItemList>, lang: Lang) -> String {
    let title = |id: &str| {
        let item = list.and_then(|list| list.item(id));
        clean_line(item.map_or(id, |item| item.title.get(lang)))
    };
    let between = lang.pick("、", ", ");
    match finding {
        Finding::Tick(yes) => words::yes_no(*yes, lang).to_owned(),
        Finding::Ratio(fraction) => format!("{}/{}", fraction.numerator(), fraction.denominator()),
        Finding::Number(amount) => amount.to_string(),
        Finding::NotApplicable => lang.pick("不适用", "not applicable").to_owned(),
        Finding::Count(items) => {
            let titles: Vec<String> = items.iter().map(|id| title(id.as_str())).collect();
            format!("{}{}", items.len(), words::aside(&titles.join(between), lang))
        }
        Finding::Inventory(states) => {
            let wrong = states.iter().filter(|(_, state)| state.key() != "ok");
            let wrong: Vec<String> =
                wrong.map(|(id, state)| format!("{} {}", title(id.as_str()), state.name(lang))).collect();
            let seen = format!("{} {}", lang.pick("已看", "looked at"), states.len());
            if wrong.is_empty() {
                seen
            } else {
                format!("{seen}{}", words::aside(&wrong.join(between), lang))
            }
        }
    }
}

/// How much of an inventory is in order.
#[must_use]
pub fn inventory_total(lang: Lang, good: usize, bad: usize, open: usize, total: usize) -> String {
    match lang {
        Lang::Zh => format!("合格 {good}  不合格 {bad}  未看 {open}  共 {total}"),
        Lang::En => format!("good {good}  bad {bad}  not looked at {open}  of {total}"),
    }
}

/// How much was counted.
#[must_use]
pub fn count_total(lang: Lang, items: usize, categories: usize) -> String {
    match lang {
        Lang::Zh => format!("已有 {items} 项、{categories} 类"),
        Lang::En => format!("{items} things in {categories} categories"),
    }
}

/// A share with one decimal, rounded down so that a missed threshold never looks met.
#[must_use]
pub fn percent(part: u64, whole: u64) -> String {
    let tenths = u128::from(part) * 1000 / u128::from(whole.max(1));
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// The mark of a number that is not official.
#[must_use]
pub fn number_mark(source: &Source, lang: Lang) -> &'static str {
    match source.kind() {
        SourceKind::Default => lang.pick("默认值", "default"),
        SourceKind::SecondHand => lang.pick("二手资料", "second-hand"),
        SourceKind::Standard => lang.pick("标准未复核", "standard, not re-read"),
        SourceKind::Local => lang.pick("本地", "local"),
        SourceKind::Seed | SourceKind::Law => "",
    }
}

/// The same where there is little room: on screen, beside the number. A local number is marked there in other ways.
#[must_use]
pub const fn short_mark(kind: SourceKind, lang: Lang) -> Option<&'static str> {
    match kind {
        SourceKind::Default => Some(lang.pick("默认", "default")),
        SourceKind::SecondHand => Some(lang.pick("二手", "second-hand")),
        SourceKind::Standard => Some(lang.pick("未复核", "not re-read")),
        SourceKind::Seed | SourceKind::Law | SourceKind::Local => None,
    }
}

fn bound(bound: Option<Bound>, lang: Lang) -> String {
    match (bound, lang) {
        (Some(Bound::AtLeast(share)), Lang::Zh) => format!("不低于 {}", share.percent()),
        (Some(Bound::AtLeast(share)), Lang::En) => format!("at least {}", share.percent()),
        (Some(Bound::AtMost(share)), Lang::Zh) => format!("不高于 {}", share.percent()),
        (Some(Bound::AtMost(share)), Lang::En) => format!("at most {}", share.percent()),
        (None, _) => recorded_only(lang).to_owned(),
    }
}

fn range(min: Option<Amount>, max: Option<Amount>, unit: &str, lang: Lang) -> String {
    match (min, max, lang) {
        (Some(min), Some(max), Lang::Zh) => format!("{min} 至 {max} {unit}"),
        (Some(min), Some(max), Lang::En) => format!("{min} to {max} {unit}"),
        (Some(min), None, Lang::Zh) => format!("不低于 {min} {unit}"),
        (Some(min), None, Lang::En) => format!("at least {min} {unit}"),
        (None, Some(max), Lang::Zh) => format!("不高于 {max} {unit}"),
        (None, Some(max), Lang::En) => format!("at most {max} {unit}"),
        (None, None, _) => recorded_only(lang).to_owned(),
    }
}

fn count(items: u64, categories: u64, lang: Lang) -> String {
    match (categories, lang) {
        (0, Lang::Zh) => format!("不少于 {items} 项"),
        (0, Lang::En) => format!("at least {items} things"),
        (n, Lang::Zh) => format!("不少于 {items} 项、{n} 类"),
        (n, Lang::En) => format!("at least {items} things in {n} categories"),
    }
}

const fn recorded_only(lang: Lang) -> &'static str {
    lang.pick("只记录，无界限", "recorded only, no bound")
}
