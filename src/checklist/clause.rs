//! Reads `[[clause]]` and its points.

use std::ops::Range;

use crate::{
    checklist::{
        doubt::PlacedPoint,
        measure::Lists,
        point::{self, PointSheet},
        table::{Need, TableReader, words_of},
    },
    domain::{
        checklist::{Clause, ClauseKind, Measure, Point, Scale},
        facility::FacilityType,
        terms::{
            field::{Field, Method},
            grade::Level,
            id::AreaId,
            lang::Text,
        },
    },
};

/// A clause with the places that are needed once the profile is known.
pub(super) struct ClauseSheet {
    /// The clause, for all facility types.
    pub(super) clause: Clause,
    /// Where its id stands.
    pub(super) id_at: Range<usize>,
    /// Where its fields stand.
    pub(super) fields_at: Range<usize>,
    /// Where its points stand, in their order.
    pub(super) points_at: Vec<PlacedPoint>,
}

/// Reads one clause; `None` without a usable id.
pub(super) fn read(reader: &TableReader<'_>, area: &AreaId, lists: &mut Lists<'_>) -> Option<ClauseSheet> {
    let id = reader.id("id", Need::Must);
    let title = reader.bilingual("title", "title_en", Need::Must);
    let kinds = words_of(ClauseKind::ALL, ClauseKind::key, ClauseKind::name);
    let kind = reader.word("kind", Need::May, ClauseKind::parse, &kinds);
    let core = reader.flag("core").unwrap_or(false);
    reader.source("core_source", if core { Need::Must } else { Need::May });
    let core_reason = reader.bilingual("core_reason", "core_reason_en", Need::May);
    let focus = reader.flag("focus").unwrap_or(false);
    let must_apply = reader.flag("must_apply").unwrap_or(false);
    let facilities = words_of(FacilityType::ALL, FacilityType::key, FacilityType::name);
    let applies_to = reader.words("applies_to", Need::Must, FacilityType::parse, &facilities);
    let fields =
        reader.words("fields", Need::Must, Field::parse, &words_of(Field::ALL, Field::key, Field::name));
    let methods =
        reader.words("methods", Need::Must, Method::parse, &words_of(Method::ALL, Method::key, Method::name));
    let place = Text::new(reader.line("place", Need::Must), reader.line("place_en", Need::May));
    let basis = reader.sources("basis", Need::May);
    let hint = reader.bilingual_note("hint", "hint_en");
    let scale = reader.table("scale", Need::May).and_then(|scale| read_scale(&scale));
    let tables = reader.tables("point", Need::May);
    let sheets: Vec<PointSheet> =
        tables.iter().filter_map(|it| point::read(it, &applies_to, lists)).collect();
    let (points, points_at): (Vec<Point>, Vec<PlacedPoint>) =
        sheets.into_iter().map(|sheet| (sheet.point, sheet.place)).unzip();
    check_points(reader, &points, &tables);
    check_samples(reader, &points, &points_at);
    if !reader.has("scale") {
        check_ladder(reader, &points, &applies_to, tables.is_empty());
    }
    reader.finish(("条款", "the clause"), |_| None);
    let id = id?;
    let clause = Clause {
        id: (*id.get_ref()).into(),
        title,
        area: area.clone(),
        kind: kind.unwrap_or(ClauseKind::Basic),
        core,
        core_reason,
        focus,
        must_apply,
        applies_to,
        fields,
        methods,
        place,
        basis,
        hint,
        scale,
        points,
    };
    Some(ClauseSheet { clause, id_at: id.span(), fields_at: reader.span_of("fields"), points_at })
}

fn read_scale(reader: &TableReader<'_>) -> Option<Scale> {
    let points = reader.amount("points", Need::Must);
    let step = reader.amount("step", Need::Must);
    reader.finish(("分值", "the scale"), |_| None);
    let (points, step) = (points?, step?);
    let scale = Scale { points: *points.get_ref(), step: *step.get_ref() };
    if scale.points.ten_thousandths() <= 0 || !scale.admits(scale.points) {
        let what = Text::new(
            format!("满分 {} 不是步长 {} 的整数倍，或不大于 0", scale.points, scale.step),
            format!("{} points are not a multiple of the step {}, or not above 0", scale.points, scale.step),
        );
        reader.document().error(&points.span(), what, None);
        return None;
    }
    Some(scale)
}

/// Notes repeated ids and levels out of order.
fn check_points(reader: &TableReader<'_>, points: &[Point], tables: &[TableReader<'_>]) {
    // Points with an unusable id or level were left out; then the tables no longer line up, and order is checked next time.
    if points.len() != tables.len() {
        return;
    }
    let mut highest = Level::C;
    for (index, (point, table)) in points.iter().zip(tables).enumerate() {
        // A clause has a handful of points; looking back through them costs less than a set.
        if points.iter().take(index).any(|earlier| earlier.id == point.id) {
            let what = Text::new(
                format!("要点编号 {} 重复", point.id),
                format!("the point id {} is repeated", point.id),
            );
            reader.document().error(&table.span_of("id"), what, None);
        }
        if point.level < highest {
            let what = Text::new(
                format!("{} 级要点排在了 {highest} 级之后", point.level),
                format!("a level {} point stands after level {highest}", point.level),
            );
            let order = Text::new("先写 C 级，再写 B 级、A 级", "C points first, then B, then A");
            reader.document().error(&table.span_of("level"), what, Some(order));
        }
        highest = highest.max(point.level);
    }
}

/// Notes a ratio that shares the sample of a point which is not there, has none of its own, or does not always apply.
fn check_samples(reader: &TableReader<'_>, points: &[Point], places: &[PlacedPoint]) {
    for (point, place) in points.iter().zip(places) {
        let Measure::Ratio { sample, .. } = &point.measure else { continue };
        let Some(other) = &sample.same_as else { continue };
        let found = points.iter().find(|it| &it.id == other && it.id != point.id);
        let draws = |it: &Point| {
            matches!(&it.measure, Measure::Ratio { sample, .. } if sample.same_as.is_none())
                && (it.applies_to.is_empty() || it.applies_to == point.applies_to)
        };
        if !found.is_some_and(draws) {
            let what = Text::new(
                format!("same_sample 所指的 {other} 不是本条款自己抽样、适用范围相同的比率要点"),
                format!(
                    "same_sample names {other}, which is no ratio of this clause that draws a sample of its own and applies alike"
                ),
            );
            reader.document().error(&place.at, what, None);
        }
    }
}

/// Notes a graded clause that has no points, or no C point for a facility type it applies to.
fn check_ladder(reader: &TableReader<'_>, points: &[Point], applies_to: &[FacilityType], none: bool) {
    let document = reader.document();
    if none {
        let what = Text::new("条款没有要点", "the clause has no points");
        let add = Text::new(
            "加上 [[clause.point]]，或写 scale = { points = 10, step = 0.5 }",
            "add [[clause.point]], or scale = { points = 10, step = 0.5 }",
        );
        document.error(reader.span(), what, Some(add));
        return;
    }
    let lacks_c = |facility: &&FacilityType| {
        let has = |point: &Point| {
            point.level == Level::C && (point.applies_to.is_empty() || point.applies_to.contains(facility))
        };
        !points.iter().any(has)
    };
    let lacking: Vec<&str> = applies_to.iter().filter(lacks_c).map(|facility| facility.key()).collect();
    if !lacking.is_empty() {
        let lacking = lacking.join(", ");
        let what = Text::new(
            format!("条款对 {lacking} 没有 C 级要点，无法判断是否合格"),
            format!("the clause has no C point for {lacking}, so nothing decides whether it passes"),
        );
        document.error(reader.span(), what, None);
    }
}
