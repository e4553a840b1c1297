//! Findings to begin with: as people type them, and for a sample visit. They type `yes`, `9/10`, `37.5`, `defibrillator:ok,monitor:faulty`, `T-01,T-07`, `na`.

use std::collections::BTreeMap;

use crate::{
    checklist::xlsx,
    domain::{
        checklist::{Bound, ItemList, Measure, Point},
        edit::finding::{Finding, FindingError, Fraction, ItemState, Met},
        terms::{amount::Amount, id::ItemId},
    },
};

/// Reads a finding for a point. Full-width separators will do.
///
/// # Errors
/// What does not fit the point.
pub fn parse_finding(text: &str, point: &Point, list: Option<&ItemList>) -> Result<Finding, FindingError> {
    let text = fold(text);
    let wrong = || FindingError::WrongKind { measure: point.measure.kind() };
    let finding = if matches!(text.as_str(), "na" | "n/a" | "不适用" | "免") {
        Finding::NotApplicable
    } else {
        match &point.measure {
            Measure::Tick => Finding::Tick(yes_or_no(&text).ok_or_else(wrong)?),
            Measure::Ratio { .. } => {
                let (numerator, denominator) = text.split_once('/').ok_or_else(wrong)?;
                let whole = |part: &str| part.trim().parse::<u64>().map_err(|_| wrong());
                Finding::Ratio(Fraction::new(whole(numerator)?, whole(denominator)?)?)
            }
            Measure::Number { .. } => Finding::Number(text.parse().map_err(|_| wrong())?),
            Measure::Inventory { .. } => {
                let mut states = BTreeMap::new();
                for part in parts(&text) {
                    let (item, state) = part.split_once(':').ok_or_else(wrong)?;
                    let (item, state) = (ItemId::new(item.trim()), ItemState::parse(state.trim()));
                    if states.insert(item.clone(), state.ok_or_else(wrong)?).is_some() {
                        return Err(FindingError::ItemTwice { item });
                    }
                }
                Finding::Inventory(states)
            }
            Measure::Count { .. } => Finding::Count(parts(&text).map(ItemId::new).collect()),
        }
    };
    finding.check(point, list)?;
    Ok(finding)
}

/// A finding that meets the measure, or that does not, for a sample visit; `None` if the measure cannot be missed. `roll` gives a
/// number below its argument.
#[must_use]
pub(crate) fn sample(
    measure: &Measure,
    list: Option<&ItemList>,
    met: bool,
    roll: impl FnOnce(u64) -> u64,
) -> Option<Finding> {
    let finding = match measure {
        Measure::Tick => Finding::Tick(met),
        Measure::Ratio { bound, .. } => {
            let sample = measure.sample_size().unwrap_or_else(|| 10 + roll(6)).max(1);
            let needed = match bound {
                Some(Bound::AtLeast(share)) if met => share.least_count_of(sample).min(sample),
                Some(Bound::AtLeast(share)) => share.least_count_of(sample).checked_sub(1)?,
                Some(Bound::AtMost(_)) if met => 0,
                Some(Bound::AtMost(_)) => sample,
                None => sample / 2,
            };
            Finding::Ratio(Fraction::new(needed, sample).ok()?)
        }
        Measure::Number { min, max, .. } => {
            let by_one = |amount: &Amount, sign: i64| {
                Amount::from_ten_thousandths(amount.ten_thousandths() + sign * Amount::ONE.ten_thousandths())
            };
            let value = match (min, max) {
                (Some(min), _) if met => *min,
                (None, Some(max)) if met => *max,
                // Nothing is counted or measured below none.
                (Some(min), _) => by_one(min, -1)?.max(Amount::ZERO.min(*min)),
                (None, Some(max)) => by_one(max, 1)?,
                (None, None) => Amount::ONE,
            };
            Finding::Number(value)
        }
        Measure::Inventory { .. } => {
            let state = |index: usize| if !met && index == 0 { ItemState::Missing } else { ItemState::Ok };
            let mut states: Vec<_> =
                list?.items.iter().enumerate().map(|(i, it)| (it.id.clone(), state(i))).collect();
            let finding = Finding::Inventory(states.iter().cloned().collect());
            if met || finding.meets(measure, list) == Some(Met::No) {
                finding
            } else {
                for (_, state) in &mut states {
                    *state = ItemState::Missing;
                }
                Finding::Inventory(states.into_iter().collect())
            }
        }
        Measure::Count { .. } => {
            let taken = if met { usize::MAX } else { 0 };
            Finding::Count(list?.items.iter().take(taken).map(|item| item.id.clone()).collect())
        }
    };
    let meets = finding.meets(measure, list) == Some(Met::from(met));
    meets.then_some(finding)
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "是" | "有" | "√" => Some(true),
        "no" | "n" | "false" | "0" | "否" | "无" | "×" => Some(false),
        _ => None,
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty())
}

fn fold(text: &str) -> String {
    xlsx::fold(text).replace('、', ",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        checklist::{Sources, list_areas, load_area},
        domain::{checklist::MeasureKind, edit::Edit},
        share::{
            code::json::Json,
            wire::{Extra, decode_edit, encode_edit},
        },
    };

    /// A kind that the shared file forgets would be kept as unknown and change nothing.
    #[test]
    fn every_kind_of_measure_is_in_a_shipped_checklist_and_its_findings_travel() {
        let sources = Sources::built_in();
        let sheets: Vec<_> =
            list_areas(&sources).iter().map(|id| load_area(id.as_str(), &sources).unwrap().0).collect();
        for kind in MeasureKind::ALL {
            let mut points = sheets.iter().flat_map(|sheet| {
                let points = sheet
                    .area
                    .clauses
                    .iter()
                    .flat_map(|clause| clause.points.iter().map(move |it| (clause, it)));
                points.map(move |(clause, point)| (&sheet.lists, clause, point))
            });
            let found = points.find(|(_, _, point)| point.measure.kind() == *kind);
            let (lists, clause, point) = found.unwrap_or_else(|| panic!("no {} is shipped", kind.key()));
            let list = point.measure.list().and_then(|id| lists.iter().find(|list| &list.id == id));
            let value = sample(&point.measure, list, true, |_| 0);
            assert!(value.as_ref().is_some_and(|value| value.check(point, list).is_ok()), "{}", kind.key());
            let edit = Edit::Finding { clause: clause.id.clone(), point: point.id.clone(), value };
            let text = encode_edit(&edit, Extra::None).to_string();
            assert_eq!(decode_edit(&Json::parse(&text).unwrap()), edit, "{text}");
        }
    }
}
