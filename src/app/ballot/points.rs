//! Findings as people type them: `yes`, `9/10`, `37.5`, `defibrillator:ok,monitor:faulty`, `T-01,T-07`, `na`.

use crate::domain::{
    checklist::{ItemList, Measure, Point},
    edit::finding::{Finding, FindingError, Fraction, ItemState},
    terms::id::ItemId,
};

/// Reads a finding for a point. Full-width separators will do.
///
/// # Errors
/// What does not fit the point.
pub fn parse_finding(text: &str, point: &Point, list: Option<&ItemList>) -> Result<Finding, FindingError> {
    let text = fold(text);
    let wrong = || FindingError::WrongKind { measure: point.measure.kind() };
    let finding = if matches!(text.as_str(), "na" | "n/a" | "不适用") {
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
                let states = parts(&text).map(|part| {
                    let (item, state) = part.split_once(':').ok_or_else(wrong)?;
                    Ok((ItemId::new(item.trim()), ItemState::parse(state.trim()).ok_or_else(wrong)?))
                });
                Finding::Inventory(states.collect::<Result<_, _>>()?)
            }
            Measure::Count { .. } => Finding::Count(parts(&text).map(ItemId::new).collect()),
        }
    };
    finding.check(point, list)?;
    Ok(finding)
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
    text.trim()
        .chars()
        .map(|c| match c {
            '，' | '、' => ',',
            '：' => ':',
            '／' => '/',
            '０'..='９' | '．' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            other => other,
        })
        .collect()
}
