//! What a measure asks, in words, with the mark of a number that is not official.
//!
//! Said, not written as `≥`: that sign is of ambiguous width in terminals, and official papers say 不低于.

use crate::domain::{
    checklist::{Bound, Measure},
    terms::{
        amount::Amount,
        lang::Lang,
        source::{Source, SourceKind},
    },
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
