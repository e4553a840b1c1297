//! Reads `[[clause]]` and its points.

use std::ops::Range;

use crate::{
    checklist::{
        measure::{self, Lists},
        table::{Need, TableReader, words_of},
    },
    domain::{
        checklist::{Clause, Measure, Point, Scale},
        facility::FacilityType,
        terms::{
            field::{Field, Method},
            grade::Level,
            id::AreaId,
            lang::Text,
            source::Source,
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
}

/// Reads one clause; `None` without a usable id.
pub(super) fn read(reader: &TableReader<'_>, area: &AreaId, lists: &mut Lists<'_>) -> Option<ClauseSheet> {
    let id = reader.id("id", Need::Must);
    let title = reader.bilingual("title", "title_en", Need::Must);
    let core = reader.flag("core").unwrap_or(false);
    reader.source("core_source", if core { Need::Must } else { Need::May });
    let focus = reader.flag("focus").unwrap_or(false);
    let must_apply = reader.flag("must_apply").unwrap_or(false);
    let facilities = words_of(FacilityType::ALL, FacilityType::key, FacilityType::name);
    let applies_to = reader.words("applies_to", Need::Must, FacilityType::parse, &facilities);
    let fields =
        reader.words("fields", Need::Must, Field::parse, &words_of(Field::ALL, Field::key, Field::name));
    let methods =
        reader.words("methods", Need::Must, Method::parse, &words_of(Method::ALL, Method::key, Method::name));
    let place = reader.line("place", Need::Must);
    let basis = reader.sources("basis", Need::May);
    let hint = reader.bilingual_note("hint", "hint_en");
    let scale = reader.table("scale", Need::May).and_then(|scale| read_scale(&scale));
    let tables = reader.tables("point", Need::May);
    let points: Vec<Point> = tables.iter().filter_map(|it| read_point(it, &applies_to, lists)).collect();
    check_points(reader, &points, &tables);
    if !reader.has("scale") {
        check_ladder(reader, &points, &applies_to, tables.is_empty());
    }
    reader.finish(("条款", "the clause"), |_| None);
    let id = id?;
    let clause = Clause {
        id: (*id.get_ref()).into(),
        title,
        area: area.clone(),
        core,
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
    Some(ClauseSheet { clause, id_at: id.span(), fields_at: reader.span_of("fields") })
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

fn read_point(
    reader: &TableReader<'_>,
    clause_applies_to: &[FacilityType],
    lists: &mut Lists<'_>,
) -> Option<Point> {
    let id = reader.id("id", Need::Must);
    let level = |text: &str| Level::ALL.into_iter().find(|level| level.to_string() == text);
    let level = reader.word("level", Need::Must, level, &["C", "B", "A"]);
    let text = reader.bilingual("text", "text_en", Need::Must);
    let measure = reader.table("measure", Need::Must).map(|it| measure::read(&it, lists));
    let source = reader.source("source", Need::Must);
    let na_when = reader.bilingual("na_when", "na_when_en", Need::May);
    let facilities = words_of(FacilityType::ALL, FacilityType::key, FacilityType::name);
    let applies_to = reader.words("applies_to", Need::May, FacilityType::parse, &facilities);
    let stray = applies_to.iter().find(|facility| !clause_applies_to.contains(facility));
    if let Some(stray) = stray.filter(|_| !clause_applies_to.is_empty()) {
        let what = Text::new(
            format!("条款不适用于 {}，要点却适用", stray.key()),
            format!("the point applies to {}, but its clause does not", stray.key()),
        );
        reader.document().error(&reader.span_of("applies_to"), what, None);
    }
    reader.finish(("要点", "the point"), |_| None);
    let (id, level) = (id?, level?);
    if !id.get_ref().starts_with(level.letter()) {
        let what = Text::new(
            format!("{level} 级要点的编号要以 {level} 开头"),
            format!("the id of a level {level} point begins with {level}"),
        );
        reader.document().error(&id.span(), what, None);
    }
    Some(Point {
        id: id.into_inner().into(),
        level,
        text,
        measure: measure.unwrap_or(Measure::Tick),
        source: source.unwrap_or_else(Source::own_default),
        na_when,
        applies_to,
        overridden_by: None,
    })
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
