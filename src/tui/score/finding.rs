//! A point's finding: what its rule and what was recorded are in words, and how it is stored.

use crate::{
    domain::{
        checklist::{Clause, Point},
        edit::{Edit, finding::Finding},
        terms::{
            id::{ClauseId, PointId},
            lang::Lang,
        },
    },
    tui::{
        desk::{Desk, cx::Cx},
        dialog::Go,
        score::words as say,
    },
    words::measure,
};

/// The bound of a point's measure in words, and whether its number is not confirmed (invariant 9).
pub(crate) fn rule(lang: Lang, point: &Point) -> Option<String> {
    let rule = measure::rule(&point.measure, lang);
    if rule.is_empty() {
        return None;
    }
    let source =
        point.overridden_by.as_ref().or_else(|| point.measure.number_source()).unwrap_or(&point.source);
    let mark = measure::short_mark(source.kind(), lang);
    let local = point.overridden_by.is_some().then(|| say::overridden(lang));
    let marks: Vec<&str> = mark.into_iter().chain(local).collect();
    Some(if marks.is_empty() { rule } else { format!("{rule}, {}", marks.join(", ")) })
}

/// What was recorded, in words; nothing for ticks, whose mark says it.
pub(crate) fn said(lang: Lang, finding: &Finding, desk: &Desk, point: &Point) -> Option<String> {
    measure::measured_in_full(finding, &point.measure, desk.list_of(point), lang)
}

/// Closes, stores a finding, and selects the next open point.
pub(crate) fn stored(edit: Edit, clause: &ClauseId, point: &PointId, cx: &Cx) -> Vec<Go> {
    let next = cx.desk.and_then(|desk| {
        let clause = desk.checklist().clause(clause.as_str())?;
        let at = clause.points.iter().position(|it| &it.id == point)?;
        Some(next_open_point(desk, clause, at))
    });
    let mut wishes = vec![Go::Close, Go::Record(vec![edit])];
    wishes.extend(next.map(Go::Point));
    wishes
}

/// A point by its names.
pub(crate) fn point_of<'a>(cx: &Cx<'a>, clause: &ClauseId, point: &PointId) -> Option<&'a Point> {
    cx.desk?.checklist().clause(clause.as_str())?.point(point.as_str())
}

/// The next point after `at` that is not recorded, else the last point, from which one goes on to the next clause.
pub(crate) fn next_open_point(desk: &Desk, clause: &Clause, at: usize) -> usize {
    let open =
        |index: &usize| clause.points.get(*index).is_some_and(|point| desk.finding(clause, point).is_none());
    (at + 1..clause.points.len()).find(open).unwrap_or_else(|| clause.points.len().saturating_sub(1))
}
