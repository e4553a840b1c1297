//! The JSON shape of measures.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::{
    checklist::content::border::{Checked, Pair, amount, invalid, share, source, word},
    domain::{
        checklist::{Aspect, Bound, Measure},
        terms::{amount::Amount, source::Source},
    },
};

/// A measure.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum MeasureShape {
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

impl MeasureShape {
    /// The shape of a measure.
    pub(super) fn of(measure: &Measure) -> Self {
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

    /// The measure, checked against the ids of the lists there are.
    pub(super) fn check(self, lists: &HashSet<&str>) -> Checked<Measure> {
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
