//! Reads `[[clause.point]]`.

use crate::{
    checklist::{
        doubt::{self, PlacedPoint},
        measure::{self, Lists},
        table::{Need, TableReader, words_of},
    },
    domain::{
        checklist::{Measure, Phase, Point, doubt::Doubt},
        facility::FacilityType,
        terms::{grade::Level, lang::Text, source::Source},
    },
};

/// A point with what is needed once all points are known.
pub(super) struct PointSheet {
    /// The point.
    pub(super) point: Point,
    /// Where it stands.
    pub(super) place: PlacedPoint,
}

/// Reads one point; `None` without a usable id or level.
pub(super) fn read(
    reader: &TableReader<'_>,
    clause_applies_to: &[FacilityType],
    lists: &mut Lists<'_>,
) -> Option<PointSheet> {
    let id = reader.id("id", Need::Must);
    let level = |text: &str| Level::ALL.into_iter().find(|level| level.to_string() == text);
    let level = reader.word("level", Need::Must, level, &["C", "B", "A"]);
    let text = reader.bilingual("text", "text_en", Need::Must);
    let unmet = reader.bilingual("unmet", "unmet_en", Need::May);
    let phase = reader.word("phase", Need::May, Phase::parse, &words_of(Phase::ALL, Phase::key, Phase::name));
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
    let accepted =
        reader.words("accept", Need::May, Doubt::parse, &words_of(Doubt::ALL, Doubt::key, Doubt::name));
    reader.finish(("要点", "the point"), |_| None);
    let (id, level) = (id?, level?);
    if !id.get_ref().starts_with(level.letter()) {
        let what = Text::new(
            format!("{level} 级要点的编号要以 {level} 开头"),
            format!("the id of a level {level} point begins with {level}"),
        );
        reader.document().error(&id.span(), what, None);
    }
    doubt::check_one(reader, &text, &accepted);
    let point = Point {
        id: id.into_inner().into(),
        level,
        text,
        unmet,
        phase: phase.unwrap_or(Phase::Site),
        measure: measure.unwrap_or(Measure::Tick),
        source: source.unwrap_or_else(Source::own_default),
        na_when,
        applies_to,
        overridden_by: None,
    };
    let place = PlacedPoint { id: point.id.clone(), at: reader.span_of("text"), accepted };
    Some(PointSheet { point, place })
}
