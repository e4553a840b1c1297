//! Reads a profile that builds on another (`base = "township"`): only what this place does differently is written.

use std::ops::Range;

use toml::{Spanned, de::DeTable};

use super::{PlacedRules, read_merge, read_objection, read_panel, read_subsidy};
use crate::{
    checklist::{
        contradiction::{self, PlacedContradiction},
        document::Document,
        effort, gate, overrides, standard,
        table::{Need, TableReader},
    },
    domain::{checklist::profile::Gate, terms::lang::Text},
};

/// The profile that a profile file builds on, with its place; `None` for a profile that stands by itself.
pub(in crate::checklist) fn base_of(root: &DeTable<'_>) -> Option<Spanned<String>> {
    let base = root.get("profile")?.get_ref().as_table()?.get("base")?;
    Some(Spanned::new(base.span(), base.get_ref().as_str().unwrap_or_default().to_owned()))
}

/// Lays a profile file over the rules of its base, which was read without errors.
///
/// Facility type and areas are the base's. `gates` and the sections `[panel]`, `[merge]`, `[effort]`, `[[standard]]`
/// and `[[subsidy]]` replace the base's when given; `[[gate]]`, `[[contradiction]]` and `[[override]]` are added, replacing
/// those of the same id or point.
pub(in crate::checklist) fn overlay(
    document: &Document<'_>,
    root: &DeTable<'_>,
    base: PlacedRules,
    at: &Range<usize>,
) -> PlacedRules {
    let root = TableReader::new(document, root, 0..0);
    let mut rules = base.placed_at(at);
    if let Some(header) = root.table("profile", Need::Must) {
        read_header(&header, &mut rules);
    }
    if let Some(panel) = root.table("panel", Need::May) {
        rules.panel = read_panel(&root, &panel, rules.facility);
    }
    if let Some(merge) = root.table("merge", Need::May) {
        rules.merge = read_merge(&root, &merge, &rules.panel);
    }
    let own_gates = gate::read_all(&root);
    let replaced = |gate: &Gate| own_gates.iter().any(|own| own.get_ref().id == gate.id);
    rules.own_gates.retain(|gate| !replaced(gate.get_ref()));
    rules.gate_ids.retain(|id| !own_gates.iter().any(|own| &own.get_ref().id == id.get_ref()));
    rules.own_gates.extend(own_gates);
    if root.has("standard") {
        rules.standards = standard::read_all(&root, &rules.areas);
    }
    if root.has("effort") {
        rules.effort = effort::read(&root);
    }
    if root.has("objection") {
        rules.objection = read_objection(&root);
    }
    if root.has("subsidy") {
        rules.subsidy = read_subsidy(&root);
    }
    let own = contradiction::read_all(&root);
    let id = |placed: &PlacedContradiction| placed.rule.get_ref().id.clone();
    rules.contradictions.retain(|base| !own.iter().any(|own| id(own) == id(base)));
    rules.contradictions.extend(own);
    let own = overrides::read_all(&root);
    rules.overrides.retain(|base| !own.iter().any(|own| own.changes_same_point(base)));
    rules.overrides.extend(own);
    root.finish(("方案文件", "a profile file"), |_| None);
    rules
}

fn read_header(header: &TableReader<'_>, rules: &mut PlacedRules) {
    header.text("base", Need::Must);
    let id = header.id("id", Need::Must);
    rules.id_at = id.as_ref().map_or(0..0, Spanned::span);
    rules.id = id.map_or_else(|| "".into(), |id| id.into_inner().into());
    rules.title = header.bilingual("title", "title_en", Need::Must);
    rules.edition = header.line("edition", Need::Must);
    header.line("status", Need::Must);
    if header.has("gates") {
        rules.gate_ids = header.ids("gates", Need::May);
    }
    header.finish(("[profile]", "[profile]"), |key| {
        matches!(key, "facility" | "areas").then(|| {
            Text::new(
                "写了 base 就照 base 的机构类型和领域，不能另写",
                "with base, facility type and areas are the base's and cannot be given",
            )
        })
    });
}

impl PlacedRules {
    /// The rules with every place moved to where the base is named: what does not fit is told there.
    fn placed_at(mut self, at: &Range<usize>) -> Self {
        fn moved<T>(all: Vec<Spanned<T>>, at: &Range<usize>) -> Vec<Spanned<T>> {
            all.into_iter().map(|it| Spanned::new(at.clone(), it.into_inner())).collect()
        }
        self.areas = moved(self.areas, at);
        self.gate_ids = moved(self.gate_ids, at);
        self.own_gates = moved(self.own_gates, at);
        for standard in &mut self.standards {
            standard.conditions_at.fill(at.clone());
        }
        self.contradictions = self.contradictions.into_iter().map(|it| it.placed_at(at)).collect();
        self.overrides = self.overrides.into_iter().map(|it| it.placed_at(at)).collect();
        self
    }
}
