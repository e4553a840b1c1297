//! The JSON shape of a whole checklist, and of an area by itself.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::{
    checklist::{
        area::AreaSheet,
        content::{
            FORMAT,
            border::{Checked, distinct, invalid},
            clauses::AreaShape,
            contradictions::ContradictionShape,
            lists::ListShape,
            measures::Things,
            rules::{GateShape, ProfileShape},
        },
    },
    domain::checklist::{Checklist, ItemList},
};

/// The whole content of a checklist.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Content {
    pub(super) format: u32,
    profile: ProfileShape,
    areas: Vec<AreaShape>,
    lists: Vec<ListShape>,
    /// Left out when there are none: that is what checklists looked like before there were such rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    contradictions: Vec<ContradictionShape>,
}

/// The content of an area by itself.
#[derive(Serialize)]
pub(super) struct AreaContent {
    format: u32,
    area: AreaShape,
    lists: Vec<ListShape>,
    gates: Vec<GateShape>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contradictions: Vec<ContradictionShape>,
}

impl Content {
    /// The shape of a checklist.
    pub(super) fn of(checklist: &Checklist) -> Self {
        Self {
            format: FORMAT,
            profile: ProfileShape::of(&checklist.profile),
            areas: checklist.areas.iter().map(AreaShape::of).collect(),
            lists: checklist.lists.iter().map(ListShape::of).collect(),
            contradictions: checklist.contradictions.iter().map(ContradictionShape::of).collect(),
        }
    }

    /// The checklist, with every id, text and number checked again: the content may come from anybody.
    pub(super) fn into_checklist(self) -> Checked<Checklist> {
        let lists = self.lists.into_iter().map(ListShape::check).collect::<Checked<Vec<_>>>()?;
        let known: Things<'_> = lists.iter().map(things).collect();
        let areas = self.areas.into_iter().map(|area| area.check(&known)).collect::<Checked<Vec<_>>>()?;
        distinct("list", lists.iter().map(|list| list.id.as_str()))?;
        distinct("area", areas.iter().map(|area| area.id.as_str()))?;
        let clauses = || areas.iter().flat_map(|area| &area.clauses);
        distinct("clause", clauses().map(|clause| clause.id.as_str()))?;
        let profile = self.profile.check()?;
        if !profile.areas.iter().eq(areas.iter().map(|area| &area.id)) {
            return Err(invalid("areas of the profile", profile.id.as_str()));
        }
        let rules =
            self.contradictions.into_iter().map(ContradictionShape::check).collect::<Checked<Vec<_>>>()?;
        distinct("contradiction", rules.iter().map(|rule| rule.id.as_str()))?;
        let n_rules = rules.len();
        let checklist = Checklist::new(profile, areas, lists).with_contradictions(rules);
        if checklist.contradictions.len() != n_rules {
            return Err(invalid("contradiction between clauses of", checklist.profile.id.as_str()));
        }
        Ok(checklist)
    }
}

/// A list with the ids of its things.
fn things(list: &ItemList) -> (&str, HashSet<&str>) {
    (list.id.as_str(), list.items.iter().map(|item| item.id.as_str()).collect())
}

impl AreaContent {
    /// The shape of an area.
    pub(super) fn of(sheet: &AreaSheet) -> Self {
        Self {
            format: FORMAT,
            area: AreaShape::of(&sheet.area),
            lists: sheet.lists.iter().map(ListShape::of).collect(),
            gates: sheet.gates.iter().map(GateShape::of).collect(),
            contradictions: sheet.contradictions.iter().map(ContradictionShape::of).collect(),
        }
    }
}
