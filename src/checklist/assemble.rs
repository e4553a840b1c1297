//! Joins a profile with its areas: picks what its facility type needs, applies overrides, and checks what spans files.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use toml::Spanned;

use crate::{
    checklist::{
        area::PlacedArea, contradiction, document::Document, doubt, near, overrides, rules::PlacedRules,
        standard::PlacedStandard,
    },
    domain::{
        checklist::{
            Area, Checklist, Clause, ItemList,
            contradiction::Contradiction,
            profile::{Condition, Gate, Profile},
        },
        facility::FacilityType,
        terms::{
            id::{ListId, StandardId},
            lang::Text,
        },
    },
};

/// Joins a profile with the areas it names, in its order. What is wrong is noted in the documents.
pub(super) fn join(
    rules: PlacedRules,
    document: &Document<'_>,
    areas: &[(Document<'_>, PlacedArea)],
) -> Checklist {
    check_repeats(areas);
    let mut picked: Vec<Area> = areas
        .iter()
        .map(|(_, area)| pick(&area.sheet.area, rules.facility))
        .filter(|area| !area.clauses.is_empty())
        .collect();
    check_cover(&rules, &picked, areas);
    let files: Vec<_> = areas.iter().map(|(document, area)| (document, &area.points_at)).collect();
    doubt::check_all(&picked, &files);
    let lists = lists_in_use(&picked, areas);
    overrides::apply(&rules.overrides, &mut picked, &lists, document);
    let gates = gates(&rules, document, areas);
    let contradictions = contradictions(&rules, document, &picked, areas);
    if picked.is_empty() && !areas.is_empty() {
        let what = Text::new("这些领域没有适用于该机构类型的条款", "no clause applies to this facility type");
        document.error(&rules.id_at, what, None);
    }
    for standard in &rules.standards {
        check_reachable(standard, &picked, &gates, document);
    }
    let profile = Profile {
        id: rules.id,
        title: rules.title,
        edition: rules.edition,
        facility: rules.facility,
        areas: picked.iter().map(|area| area.id.clone()).collect(),
        panel: rules.panel,
        merge: rules.merge,
        gates,
        standards: rules.standards.into_iter().map(|placed| placed.standard).collect(),
        subsidy: rules.subsidy,
        objection: rules.objection,
        effort: rules.effort,
    };
    Checklist::new(profile, picked, lists).with_contradictions(contradictions)
}

/// The clauses and points of an area that apply to a facility type.
fn pick(area: &Area, facility: FacilityType) -> Area {
    let applying = area.clauses.iter().filter(|clause| clause.applies_to.contains(&facility));
    let clauses = applying.map(|clause| {
        let applies = |it: &[FacilityType]| it.is_empty() || it.contains(&facility);
        if clause.points.iter().all(|point| applies(&point.applies_to)) {
            return Arc::clone(clause);
        }
        let points = clause.points.iter().filter(|point| applies(&point.applies_to)).cloned().collect();
        Arc::new(Clause { points, ..Clause::clone(clause) })
    });
    Area { clauses: clauses.collect(), ..header_of(area) }
}

fn header_of(area: &Area) -> Area {
    Area {
        id: area.id.clone(),
        title: area.title.clone(),
        edition: area.edition.clone(),
        status: area.status.clone(),
        route: area.route.clone(),
        clauses: Vec::new(),
    }
}

/// Notes clause and list ids that two files use.
fn check_repeats(areas: &[(Document<'_>, PlacedArea)]) {
    let mut clauses = HashMap::new();
    let mut lists = HashMap::new();
    for (document, area) in areas {
        let title = &area.sheet.area.id;
        for clause in &area.sheet.area.clauses {
            if let Some(other) = clauses.insert(&clause.id, title).filter(|other| *other != title)
                && let Some((at, _)) = area.clauses_at.get(&clause.id)
            {
                let what = Text::new(
                    format!("条款编号 {} 在领域 {other} 里已经有了", clause.id),
                    format!("area {other} already has a clause {}", clause.id),
                );
                document.error(at, what, None);
            }
        }
        for list in &area.sheet.lists {
            if let Some(other) = lists.insert(&list.id, title).filter(|other| *other != title)
                && let Some(at) = area.lists_at.get(&list.id)
            {
                let what = Text::new(
                    format!("清单编号 {} 在领域 {other} 里已经有了", list.id),
                    format!("area {other} already has a list {}", list.id),
                );
                document.error(at, what, None);
            }
        }
    }
}

/// Warns of clauses that no field of the panel covers.
fn check_cover(rules: &PlacedRules, picked: &[Area], areas: &[(Document<'_>, PlacedArea)]) {
    let covered = &rules.panel.fields;
    if covered.is_empty() {
        return;
    }
    for clause in picked.iter().flat_map(|area| &area.clauses) {
        if clause.fields.is_empty() || clause.fields.iter().any(|field| covered.contains(field)) {
            continue;
        }
        let place = areas.iter().find_map(|(document, area)| {
            (area.sheet.area.id == clause.area).then(|| Some((document, area.clauses_at.get(&clause.id)?)))?
        });
        if let Some((document, (_, at))) = place {
            let what = Text::new(
                format!("方案 {} 的专家组专业都不对应条款 {}", rules.id, clause.id),
                format!("no panel field of profile {} covers clause {}", rules.id, clause.id),
            );
            document.warn(at, what, None);
        }
    }
}

fn lists_in_use(picked: &[Area], areas: &[(Document<'_>, PlacedArea)]) -> Vec<ItemList> {
    let points = picked.iter().flat_map(|area| &area.clauses).flat_map(|clause| &clause.points);
    let used: HashSet<&ListId> = points.filter_map(|point| point.measure.list()).collect();
    let all = areas.iter().flat_map(|(_, area)| &area.sheet.lists);
    all.filter(|list| used.contains(&list.id)).cloned().collect()
}

fn gates(rules: &PlacedRules, document: &Document<'_>, areas: &[(Document<'_>, PlacedArea)]) -> Vec<Gate> {
    let known: Vec<&Gate> = areas.iter().flat_map(|(_, area)| &area.sheet.gates).collect();
    let mut gates: Vec<Gate> = Vec::new();
    for id in &rules.gate_ids {
        if let Some(gate) = known.iter().find(|gate| &gate.id == id.get_ref()) {
            gates.push(Gate::clone(gate));
        } else {
            let what = Text::new("这些领域没有这个否决情形", "the areas have no such gate");
            let known = known.iter().map(|gate| gate.id.as_str());
            document.error(&id.span(), what, near::suggest(id.get_ref().as_str(), known));
        }
    }
    for gate in &rules.own_gates {
        let id = &gate.get_ref().id;
        if gates.iter().any(|known| &known.id == id) {
            let what = Text::new(format!("否决情形编号 {id} 重复"), format!("the gate id {id} is repeated"));
            document.error(&gate.span(), what, None);
        }
        gates.push(gate.get_ref().clone());
    }
    check_bars(rules, document, &gates);
    gates
}

/// A gate that bars nothing would be asked about and change nothing.
fn check_bars(rules: &PlacedRules, document: &Document<'_>, gates: &[Gate]) {
    let standards = || rules.standards.iter().map(|it| &it.standard.id);
    for gate in gates {
        let listed = rules.gate_ids.iter().find(|id| id.get_ref() == &gate.id).map(Spanned::span);
        let own = || rules.own_gates.iter().find(|it| it.get_ref().id == gate.id).map(Spanned::span);
        let at = listed.or_else(own).unwrap_or(0..0);
        for unknown in gate.bars.iter().filter(|it| !standards().any(|known| known == *it)) {
            let what = Text::new(
                format!("否决情形 {} 否决的标准 {unknown} 不在这个方案里", gate.id),
                format!("gate {} bars {unknown}, which is no standard of this profile", gate.id),
            );
            document.error(&at, what, near::suggest(unknown.as_str(), standards().map(StandardId::as_str)));
        }
        if standards().next().is_none() {
            let what = Text::new(
                format!("否决情形 {} 没有标准可以否决：方案里没有标准", gate.id),
                format!("gate {} has nothing to bar: the profile has no standard", gate.id),
            );
            document.error(&at, what, None);
        }
    }
}

/// The rules of the areas, then the profile's own. Those of an area may speak of clauses that do not apply to the
/// facility type; those of the profile must not.
fn contradictions(
    rules: &PlacedRules,
    document: &Document<'_>,
    picked: &[Area],
    areas: &[(Document<'_>, PlacedArea)],
) -> Vec<Contradiction> {
    let clauses = picked.iter().flat_map(|area| &area.clauses);
    let clauses = clauses.map(|clause| (&clause.id, clause.scale.is_none()));
    contradiction::check(&rules.contradictions, document, clauses, ("方案", "the profile"));
    let of_areas = areas.iter().flat_map(|(_, area)| &area.sheet.contradictions);
    let mut all: Vec<Contradiction> = of_areas.cloned().collect();
    for placed in &rules.contradictions {
        let rule = placed.rule.get_ref();
        if all.iter().any(|known| known.id == rule.id) {
            let what = Text::new(
                format!("矛盾规则编号 {} 重复", rule.id),
                format!("the rule id {} is repeated", rule.id),
            );
            document.error(&placed.rule.span(), what, None);
        }
        all.push(rule.clone());
    }
    all
}

/// Warns of conditions that say nothing about this checklist.
fn check_reachable(standard: &PlacedStandard, picked: &[Area], gates: &[Gate], document: &Document<'_>) {
    let clauses = || picked.iter().flat_map(|area| &area.clauses);
    for (condition, at) in standard.standard.conditions.iter().zip(&standard.conditions_at) {
        let (zh, en) = match condition {
            Condition::Core { .. } if !clauses().any(|it| it.core) => ("没有核心条款", "no core clause"),
            Condition::Gates if gates.is_empty() => ("没有否决情形", "no gate"),
            Condition::Points { .. } if !clauses().any(|it| it.scale.is_some()) => {
                ("没有按分值评的条款", "no clause that awards points")
            }
            Condition::Share { area, .. }
                if !clauses().any(|clause| {
                    clause.scale.is_none() && area.as_ref().is_none_or(|area| area == &clause.area)
                }) =>
            {
                ("没有按档次评的条款", "no graded clause")
            }
            _ => continue,
        };
        let what = Text::new(
            format!("这个条件落空：方案里{zh}"),
            format!("this condition is empty: the profile has {en}"),
        );
        document.warn(at, what, None);
    }
}
