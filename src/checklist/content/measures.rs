//! The JSON shape of measures.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::{
    checklist::content::border::{Checked, Pair, amount, distinct, id, invalid, share, source, word},
    domain::{
        checklist::{Aspect, Bound, Measure, Sample, SampleKind},
        terms::{amount::Amount, id::ItemId, source::Source},
    },
};

/// The lists there are, each with the ids of its things.
pub(super) type Things<'l> = HashMap<&'l str, HashSet<&'l str>>;

/// A measure.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum MeasureShape {
    Tick,
    Ratio {
        at_least: Option<String>,
        at_most: Option<String>,
        min_sample: Option<u64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sample: Option<u64>,
        /// Absent: `item`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        each: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        same_sample: Option<String>,
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
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        must: Vec<String>,
        source: Option<String>,
    },
    Count {
        list: String,
        items: u64,
        categories: u64,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        must: Vec<String>,
        source: Option<String>,
    },
}

impl MeasureShape {
    /// The shape of a measure.
    pub(super) fn of(measure: &Measure) -> Self {
        let mark = |source: &Option<Source>| source.as_ref().map(Source::to_string);
        let text = |amount: &Amount| amount.to_string();
        let ids = |things: &[ItemId]| things.iter().map(ToString::to_string).collect();
        match measure {
            Measure::Tick => Self::Tick,
            Measure::Ratio { bound, min_sample, sample, numerator, denominator, source } => Self::Ratio {
                at_least: bound
                    .and_then(|it| if let Bound::AtLeast(it) = it { Some(text(&it)) } else { None }),
                at_most: bound.and_then(|it| if let Bound::AtMost(it) = it { Some(text(&it)) } else { None }),
                min_sample: *min_sample,
                sample: sample.size,
                each: (sample.each != SampleKind::default()).then(|| sample.each.key().to_owned()),
                same_sample: sample.same_as.as_ref().map(ToString::to_string),
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
            Measure::Inventory { list, aspect, at_least, must, source } => Self::Inventory {
                list: list.to_string(),
                aspect: aspect.key().to_owned(),
                at_least: text(at_least),
                must: ids(must),
                source: mark(source),
            },
            Measure::Count { list, items, categories, must, source } => Self::Count {
                list: list.to_string(),
                items: *items,
                categories: *categories,
                must: ids(must),
                source: mark(source),
            },
        }
    }

    /// The measure, checked against the ids of the lists there are.
    pub(super) fn check(self, lists: &Things<'_>) -> Checked<Measure> {
        let mark = |it: Option<String>| it.as_deref().map(source).transpose();
        let list = |it: String| {
            if lists.contains_key(it.as_str()) { Ok(it.as_str().into()) } else { Err(invalid("list", &it)) }
        };
        let things = |list: &str, must: Vec<String>| {
            distinct("must", must.iter().map(String::as_str))?;
            let known = |it: &String| lists.get(list).is_some_and(|things| things.contains(it.as_str()));
            match must.iter().find(|it| !known(it)) {
                Some(stray) => Err(invalid("must", stray)),
                None => Ok(must.iter().map(|it| it.as_str().into()).collect()),
            }
        };
        Ok(match self {
            Self::Tick => Measure::Tick,
            Self::Ratio {
                at_least,
                at_most,
                min_sample,
                sample,
                each,
                same_sample,
                numerator,
                denominator,
                source,
            } => Measure::Ratio {
                bound: match (at_least, at_most) {
                    (None, None) => None,
                    (Some(least), None) => Some(Bound::AtLeast(share(&least)?)),
                    (None, Some(most)) => Some(Bound::AtMost(share(&most)?)),
                    (Some(least), Some(_)) => return Err(invalid("two bounds", &least)),
                },
                min_sample,
                sample: Sample {
                    size: sample,
                    each: each.map_or(Ok(SampleKind::default()), |it| {
                        word(&it, SampleKind::ALL, SampleKind::key)
                    })?,
                    same_as: same_sample.map(id).transpose()?.as_deref().map(Into::into),
                },
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
            Self::Inventory { list: id, aspect, at_least, must, source } => Measure::Inventory {
                must: things(&id, must)?,
                list: list(id)?,
                aspect: word(&aspect, &Aspect::ALL, Aspect::key)?,
                at_least: share(&at_least)?,
                source: mark(source)?,
            },
            Self::Count { list: id, items, categories, must, source } => Measure::Count {
                must: things(&id, must)?,
                list: list(id)?,
                items,
                categories,
                source: mark(source)?,
            },
        })
    }
}
