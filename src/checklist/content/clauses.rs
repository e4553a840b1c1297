//! The JSON shape of areas, clauses and points.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    checklist::content::{
        border::{Checked, Pair, amount, distinct, id, invalid, keys, line, source, word, words},
        measures::{MeasureShape, Things},
    },
    domain::{
        checklist::{Area, Clause, ClauseKind, Phase, Point, Scale},
        facility::FacilityType,
        terms::{
            amount::Amount,
            field::{Field, Method},
            grade::Level,
            id::AreaId,
            lang::Text,
            source::Source,
        },
    },
};

/// An area.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AreaShape {
    id: String,
    title: Pair,
    edition: String,
    status: String,
    route: Pair,
    clauses: Vec<ClauseShape>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClauseShape {
    id: String,
    title: Pair,
    /// Absent: `basic`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    core: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    core_reason: Option<Pair>,
    focus: bool,
    must_apply: bool,
    applies_to: Vec<String>,
    fields: Vec<String>,
    methods: Vec<String>,
    place: String,
    /// Absent: none was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place_en: Option<String>,
    basis: Vec<String>,
    hint: Pair,
    scale: Option<ScaleShape>,
    points: Vec<PointShape>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleShape {
    points: String,
    step: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PointShape {
    id: String,
    level: String,
    text: Pair,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unmet: Option<Pair>,
    /// Absent: `site`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phase: Option<String>,
    measure: MeasureShape,
    source: String,
    na_when: Pair,
    applies_to: Vec<String>,
    overridden_by: Option<String>,
}

impl AreaShape {
    /// The shape of an area.
    pub(super) fn of(area: &Area) -> Self {
        Self {
            id: area.id.to_string(),
            title: Pair::of(&area.title),
            edition: area.edition.clone(),
            status: area.status.clone(),
            route: Pair::of(&area.route),
            clauses: area.clauses.iter().map(|clause| ClauseShape::of(clause)).collect(),
        }
    }

    /// The area, checked.
    pub(super) fn check(self, lists: &Things<'_>) -> Checked<Area> {
        let id = AreaId::new(id(self.id)?);
        let clauses = self.clauses.into_iter().map(|it| it.check(&id, lists).map(Arc::new));
        Ok(Area {
            title: self.title.check()?,
            edition: line(self.edition)?,
            status: line(self.status)?,
            route: self.route.check_note()?,
            clauses: clauses.collect::<Checked<_>>()?,
            id,
        })
    }
}

impl ClauseShape {
    fn of(clause: &Clause) -> Self {
        let scale =
            |scale: &Scale| ScaleShape { points: scale.points.to_string(), step: scale.step.to_string() };
        Self {
            id: clause.id.to_string(),
            title: Pair::of(&clause.title),
            kind: (clause.kind != ClauseKind::Basic).then(|| clause.kind.key().to_owned()),
            core: clause.core,
            core_reason: Pair::some(&clause.core_reason),
            focus: clause.focus,
            must_apply: clause.must_apply,
            applies_to: keys(&clause.applies_to, FacilityType::key),
            fields: keys(&clause.fields, Field::key),
            methods: keys(&clause.methods, Method::key),
            place: clause.place.zh.clone(),
            place_en: Some(clause.place.en.clone()).filter(|en| !en.is_empty()),
            basis: clause.basis.clone(),
            hint: Pair::of(&clause.hint),
            scale: clause.scale.as_ref().map(scale),
            points: clause.points.iter().map(PointShape::of).collect(),
        }
    }

    fn check(self, area: &AreaId, lists: &Things<'_>) -> Checked<Clause> {
        let points = self.points.into_iter().map(|it| it.check(lists)).collect::<Checked<Vec<_>>>()?;
        distinct("point", points.iter().map(|point| point.id.as_str()))?;
        let scale = self.scale.map(ScaleShape::check).transpose()?;
        if scale.is_none() && points.is_empty() {
            return Err(invalid("clause without points", &self.id));
        }
        Ok(Clause {
            id: id(self.id)?.as_str().into(),
            title: self.title.check()?,
            area: area.clone(),
            kind: self
                .kind
                .map_or(Ok(ClauseKind::Basic), |it| word(&it, ClauseKind::ALL, ClauseKind::key))?,
            core: self.core,
            core_reason: self.core_reason.map(Pair::check).transpose()?.unwrap_or_default(),
            focus: self.focus,
            must_apply: self.must_apply,
            applies_to: words(&self.applies_to, FacilityType::ALL, FacilityType::key)?,
            fields: words(&self.fields, Field::ALL, Field::key)?,
            methods: words(&self.methods, Method::ALL, Method::key)?,
            place: Text { zh: line(self.place)?, en: self.place_en.map_or(Ok(String::new()), line)? },
            basis: self.basis.into_iter().map(line).collect::<Checked<_>>()?,
            hint: self.hint.check_note()?,
            scale,
            points,
        })
    }
}

impl ScaleShape {
    fn check(self) -> Checked<Scale> {
        let scale = Scale { points: amount(&self.points)?, step: amount(&self.step)? };
        let sound = scale.points > Amount::ZERO && scale.admits(scale.points);
        if sound { Ok(scale) } else { Err(invalid("scale", &self.points)) }
    }
}

impl PointShape {
    fn of(point: &Point) -> Self {
        Self {
            id: point.id.to_string(),
            level: point.level.to_string(),
            text: Pair::of(&point.text),
            unmet: Pair::some(&point.unmet),
            phase: (point.phase != Phase::Site).then(|| point.phase.key().to_owned()),
            measure: MeasureShape::of(&point.measure),
            source: point.source.to_string(),
            na_when: Pair::of(&point.na_when),
            applies_to: keys(&point.applies_to, FacilityType::key),
            overridden_by: point.overridden_by.as_ref().map(Source::to_string),
        }
    }

    fn check(self, lists: &Things<'_>) -> Checked<Point> {
        let level = Level::ALL.into_iter().find(|level| level.to_string() == self.level);
        Ok(Point {
            id: id(self.id)?.as_str().into(),
            level: level.ok_or_else(|| invalid("level", &self.level))?,
            text: self.text.check()?,
            unmet: self.unmet.map(Pair::check).transpose()?.unwrap_or_default(),
            phase: self.phase.map_or(Ok(Phase::Site), |it| word(&it, Phase::ALL, Phase::key))?,
            measure: self.measure.check(lists)?,
            source: source(&self.source)?,
            na_when: self.na_when.check()?,
            applies_to: words(&self.applies_to, FacilityType::ALL, FacilityType::key)?,
            overridden_by: self.overridden_by.as_deref().map(source).transpose()?,
        })
    }
}
