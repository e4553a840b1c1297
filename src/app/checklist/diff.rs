//! What `hecha checklist diff A B` tells: how B differs from A, as text and as JSON.

use serde_json::{Value, json};

use crate::{
    app::{
        checklist::show::{Named, find},
        failure::Failure,
        home::Home,
    },
    domain::{
        checklist::{
            Clause, Point,
            difference::{ClauseChange, ClausePart, Difference, PointPart, RulePart},
        },
        facility::FacilityType,
        terms::{
            field::{Field, Method},
            lang::{Lang, Text},
        },
    },
    words::measure::measure_text,
};

/// Two checklists and how they differ.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The earlier one.
    pub before: Named,
    /// The later one.
    pub after: Named,
    /// What differs.
    pub difference: Difference,
}

/// Compares two checklists, each a profile, an area, or a visit's by its file.
///
/// # Errors
/// As [`find`].
pub fn compare(home: &Home, before: &str, after: &str) -> Result<Compared, Failure> {
    let (before, after) = (find(home, before, None)?, find(home, after, None)?);
    let difference = Difference::between(before.edition(), after.edition());
    Ok(Compared { before, after, difference })
}

impl Compared {
    /// As JSON: ids of what was added and removed, and of each change the parts with both values.
    #[must_use]
    pub fn json(&self, lang: Lang) -> Value {
        let clause =
            |it: &Clause| json!({"id": it.id.as_str(), "title": it.title.zh, "title_en": it.title.en});
        let side = |it: &Named| json!({"title": it.title.zh, "edition": it.edition, "hash": it.hash});
        let difference = &self.difference;
        json!({
            "before": side(&self.before),
            "after": side(&self.after),
            "same": difference.is_empty(),
            "added": difference.added.iter().map(|it| clause(it)).collect::<Vec<_>>(),
            "removed": difference.removed.iter().map(|it| clause(it)).collect::<Vec<_>>(),
            "changed": difference.changed.iter().map(|it| change_json(it, lang)).collect::<Vec<_>>(),
            "lists": difference.lists.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
            "rules": difference.rules.iter().copied().map(RulePart::key).collect::<Vec<_>>(),
        })
    }
}

fn change_json(change: &ClauseChange, lang: Lang) -> Value {
    let ids = |points: &[Point]| points.iter().map(|it| it.id.to_string()).collect::<Vec<_>>();
    let parts = change.parts.iter().map(|part| {
        json!({"part": part.key(), "before": clause_value(&change.before, *part, lang), "after": clause_value(&change.after, *part, lang)})
    });
    let points = change.changed.iter().map(|(before, after, parts)| {
        let parts = parts.iter().map(|part| {
            json!({"part": part.key(), "before": point_value(before, *part, lang), "after": point_value(after, *part, lang)})
        });
        json!({"id": after.id.as_str(), "parts": parts.collect::<Vec<_>>()})
    });
    json!({
        "id": change.after.id.as_str(),
        "title": change.after.title.zh,
        "parts": parts.collect::<Vec<_>>(),
        "points_added": ids(&change.added),
        "points_removed": ids(&change.removed),
        "points_changed": points.collect::<Vec<_>>(),
    })
}

/// A part of a clause as one line.
#[must_use]
pub fn clause_value(clause: &Clause, part: ClausePart, lang: Lang) -> String {
    match part {
        ClausePart::Area => clause.area.to_string(),
        ClausePart::Title => both(&clause.title),
        ClausePart::Marks => {
            let marks = [("core", clause.core), ("focus", clause.focus), ("must_apply", clause.must_apply)];
            let marks = marks.iter().filter(|(_, set)| *set).map(|(mark, _)| *mark);
            let reason = [both(&clause.core_reason)];
            let reason = reason.iter().map(String::as_str).filter(|it| !it.is_empty());
            joined(std::iter::once(clause.kind.name(lang)).chain(marks).chain(reason))
        }
        ClausePart::AppliesTo => joined(clause.applies_to.iter().copied().map(FacilityType::key)),
        ClausePart::Fields => joined(clause.fields.iter().map(|it| Field::name(*it, lang))),
        ClausePart::Methods => joined(clause.methods.iter().map(|it| Method::name(*it, lang))),
        ClausePart::Place => both(&clause.place),
        ClausePart::Basis => clause.basis.join("; "),
        ClausePart::Hint => both(&clause.hint),
        ClausePart::Scale => {
            clause.scale.map_or_else(String::new, |it| format!("{} / {}", it.points, it.step))
        }
        ClausePart::Order => joined(clause.points.iter().map(|it| it.id.as_str())),
    }
}

/// A part of a point as one line.
#[must_use]
pub fn point_value(point: &Point, part: PointPart, lang: Lang) -> String {
    match part {
        PointPart::Level => point.level.to_string(),
        PointPart::Text => both(&point.text),
        PointPart::Unmet => both(&point.unmet),
        PointPart::Phase => point.phase.name(lang).to_owned(),
        PointPart::Measure => {
            let source = point.measure.number_source().map_or_else(String::new, |it| format!(" 〔{it}〕"));
            format!("{} {}{source}", point.measure.kind().key(), measure_text(&point.measure, lang))
        }
        PointPart::Source => {
            let by = point.overridden_by.as_ref().map_or_else(String::new, |it| format!(" ← {it}"));
            format!("{}{by}", point.source)
        }
        PointPart::NotApplicable => both(&point.na_when),
        PointPart::AppliesTo => joined(point.applies_to.iter().copied().map(FacilityType::key)),
        PointPart::List => point.measure.list().map_or_else(String::new, ToString::to_string),
    }
}

/// Both halves: a change of the English alone must be seen too.
fn both(pair: &Text) -> String {
    let parts = [pair.zh.as_str(), pair.en.as_str()];
    parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" / ")
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}
