//! What a finding amounts to, in words.

use crate::domain::{
    checklist::{ItemList, Measure},
    edit::finding::{Finding, Met},
    terms::lang::Lang,
};

/// Whether what was recorded meets the point; `None` = not all of it was looked at.
#[must_use]
pub const fn met(met: Option<Met>, lang: Lang) -> &'static str {
    match met {
        Some(Met::Yes) => lang.pick("达到", "met"),
        Some(Met::No) => lang.pick("未达到", "not met"),
        Some(Met::NotApplicable) => lang.pick("不适用", "not applicable"),
        None => lang.pick("未看全", "not complete"),
    }
}

/// What a member says of a point: as [`met`], as an answer; `None` = it was not looked at.
#[must_use]
pub const fn answer(met: Option<Met>, lang: Lang) -> &'static str {
    match met {
        Some(Met::Yes) => lang.pick("是", "yes"),
        Some(Met::No) => lang.pick("否", "no"),
        Some(Met::NotApplicable) => lang.pick("不适用", "n/a"),
        None => lang.pick("未看", "not seen"),
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
