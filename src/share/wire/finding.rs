//! Findings as JSON.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{
    domain::{
        edit::finding::{Finding, Fraction, ItemState},
        terms::id::ItemId,
    },
    share::{code::json::Json, wire::value::id},
};

/// Most things accepted in one finding.
const ITEM_LIMIT: usize = 1_000;

/// A finding as JSON.
pub(crate) fn finding_json(finding: &Finding) -> Value {
    match finding {
        Finding::Tick(yes) => json!({"tick": yes}),
        Finding::Ratio(fraction) => json!({"ratio": [fraction.numerator(), fraction.denominator()]}),
        Finding::Number(amount) => json!({"number": amount.to_string()}),
        Finding::Inventory(states) => {
            let states: Map<_, _> =
                states.iter().map(|(item, it)| (item.to_string(), it.key().into())).collect();
            json!({"inventory": states})
        }
        Finding::Count(items) => json!({"count": items.iter().map(ItemId::as_str).collect::<Vec<_>>()}),
        Finding::NotApplicable => json!({"na": true}),
    }
}

/// A finding from JSON; `None` if it is not one.
pub(crate) fn finding_from(json: &Json<'_>) -> Option<Finding> {
    if let Some(Json::Bool(yes)) = json.get("tick") {
        return Some(Finding::Tick(*yes));
    }
    if let Some(parts) = json.list("ratio") {
        let [numerator, denominator] = parts else { return None };
        return Fraction::new(numerator.as_count()?, denominator.as_count()?).ok().map(Finding::Ratio);
    }
    if let Some(number) = json.text("number") {
        return number.parse().ok().map(Finding::Number);
    }
    if let Some(states) = json.map("inventory").filter(|states| states.len() <= ITEM_LIMIT) {
        let state = |(item, state): &(std::borrow::Cow<'_, str>, Json<'_>)| {
            Some((ItemId::new(id(item)?), ItemState::parse(state.as_text()?)?))
        };
        let states: Option<BTreeMap<_, _>> = states.iter().map(state).collect();
        return states.map(Finding::Inventory);
    }
    if let Some(items) = json.list("count").filter(|items| items.len() <= ITEM_LIMIT) {
        let items = items.iter().map(|item| Some(ItemId::new(id(item.as_text()?)?)));
        return items.collect::<Option<_>>().map(Finding::Count);
    }
    (json.get("na") == Some(&Json::Bool(true))).then_some(Finding::NotApplicable)
}
