//! What is already known about a point: the size of its sample, and what was recorded for the same thing elsewhere in the ballot.

use crate::{
    domain::{
        checklist::{Clause, Measure, Point, Sample},
        edit::finding::Finding,
        terms::id::PointId,
    },
    tui::desk::Desk,
};

/// The size of a sample, before anything is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Size {
    /// How many.
    pub(super) n: u64,
    /// The point that the sample was drawn for, and where its number was counted; `None` = as many as the checklist asks for.
    pub(super) counted_at: Option<PointId>,
}

/// How many a ratio looks at: as many as were looked at where it shares the sample of another point, else as many as the
/// checklist says; `None` = that is not known yet.
pub(super) fn sample(desk: &Desk, clause: &Clause, point: &Point) -> Option<Size> {
    let Measure::Ratio { sample, .. } = &point.measure else { return None };
    let Some(shared) = &sample.same_as else {
        return point.measure.sample_size().filter(|n| *n > 0).map(|n| Size { n, counted_at: None });
    };
    let Some(Finding::Ratio(fraction)) = desk.finding(clause, clause.point(shared.as_str())?) else {
        return None;
    };
    Some(Size { n: fraction.denominator(), counted_at: Some(shared.clone()) })
}

/// What was recorded for the same thing: the nearest point before, else the first one after.
pub(super) fn earlier<'a>(
    desk: &'a Desk,
    clause: &Clause,
    point: &Point,
) -> Option<(&'a Clause, &'a Point, &'a Finding)> {
    let all: Vec<(&Clause, &Point)> =
        desk.clauses.iter().flat_map(|it| it.points.iter().map(|point| (it.as_ref(), point))).collect();
    let here = all.iter().position(|(of, it)| of.id == clause.id && it.id == point.id)?;
    let (before, after) = all.split_at(here);
    let found = |(of, it): &(&'a Clause, &'a Point)| {
        let finding = desk.finding(of, it).filter(|it| **it != Finding::NotApplicable)?;
        is_same(point, it, of.id == clause.id).then_some((*of, *it, finding))
    };
    before.iter().rev().find_map(found).or_else(|| after.iter().skip(1).find_map(found))
}

/// Whether two points look at the same things: one list, one sample, or the same words and the same measure.
fn is_same(one: &Point, other: &Point, same_clause: bool) -> bool {
    let alike = one.measure == other.measure && one.text == other.text;
    match (&one.measure, &other.measure) {
        (Measure::Inventory { list, .. }, Measure::Inventory { list: it, .. })
        | (Measure::Count { list, .. }, Measure::Count { list: it, .. }) => list == it,
        (Measure::Ratio { sample, .. }, Measure::Ratio { sample: it, .. }) => {
            let drawn = |sample: &Sample, id: &PointId| sample.same_as.as_ref().unwrap_or(id).clone();
            let shares = sample.same_as.is_some() || it.same_as.is_some();
            alike || (same_clause && shares && drawn(sample, &one.id) == drawn(it, &other.id))
        }
        _ => alike,
    }
}
