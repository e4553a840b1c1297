//! What a measure asks, in words, with the mark of a number that is not official.

use crate::domain::{
    checklist::{Bound, Measure},
    terms::{
        lang::Lang,
        source::{Source, SourceKind},
    },
};

/// What a measure asks; empty for a plain tick. Unconfirmed numbers carry their mark (invariant 9).
#[must_use]
pub fn measure_text(measure: &Measure, lang: Lang) -> String {
    let asked = match measure {
        Measure::Tick => return String::new(),
        Measure::Ratio { bound, numerator, denominator, .. } => {
            let bound = match bound {
                Some(Bound::AtLeast(share)) => format!(" ≥ {}", share.percent()),
                Some(Bound::AtMost(share)) => format!(" ≤ {}", share.percent()),
                None => lang.pick("，只记录", ", recorded only").to_owned(),
            };
            format!("{}/{}{bound}", numerator.get(lang), denominator.get(lang))
        }
        Measure::Number { unit, min, max, .. } => {
            let unit = unit.get(lang);
            match (min, max) {
                (Some(min), Some(max)) => format!("{min}–{max} {unit}"),
                (Some(min), None) => format!("≥ {min} {unit}"),
                (None, Some(max)) => format!("≤ {max} {unit}"),
                (None, None) => format!("{unit}{}", lang.pick("，只记录", ", recorded only")),
            }
        }
        Measure::Inventory { list, aspect, at_least, .. } => {
            format!("{list} {} ≥ {}", aspect.name(lang), at_least.percent())
        }
        Measure::Count { list, items, categories, .. } => {
            let items = lang.pick("项", "items").to_owned() + &format!(" ≥ {items}");
            let categories = if *categories > 0 {
                format!("{} ≥ {categories}", lang.pick("，类", ", categories"))
            } else {
                String::new()
            };
            format!("{list} {items}{categories}")
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
