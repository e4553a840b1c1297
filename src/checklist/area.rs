//! Reads an area file: the area, its lists, clauses and gates, for all facility types.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::Arc,
};

use toml::{Spanned, de::DeTable};

use crate::{
    checklist::{
        clause, contradiction,
        document::Document,
        doubt::PointsAt,
        gate, list,
        measure::Lists,
        table::{Need, TableReader},
    },
    domain::{
        checklist::{Area, ItemList, contradiction::Contradiction, profile::Gate},
        terms::{
            id::{AreaId, ClauseId, ListId},
            lang::Text,
        },
    },
};

/// An area as its file gives it, before a profile picks from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaSheet {
    /// The area with all its clauses.
    pub area: Area,
    /// All its lists.
    pub lists: Vec<ItemList>,
    /// Gates that a profile may use.
    pub gates: Vec<Gate>,
    /// Rules about verdicts of its clauses that contradict each other.
    pub contradictions: Vec<Contradiction>,
}

/// An area with the places that are needed once the profile is known.
pub(super) struct PlacedArea {
    /// The area.
    pub(super) sheet: AreaSheet,
    /// Where the area's id stands.
    pub(super) id_at: Range<usize>,
    /// Where the ids of its clauses and their fields stand.
    pub(super) clauses_at: HashMap<ClauseId, (Range<usize>, Range<usize>)>,
    /// Where its points stand.
    pub(super) points_at: PointsAt,
    /// Where the ids of its lists stand.
    pub(super) lists_at: HashMap<ListId, Range<usize>>,
}

/// Reads an area file; what is wrong is noted in the document.
pub(super) fn read(document: &Document<'_>, root: &DeTable<'_>) -> PlacedArea {
    let root = TableReader::new(document, root, 0..0);
    let header = root.table("area", Need::Must);
    let mut area = header.as_ref().map_or_else(empty_area, read_header);
    let (lists, lists_at) = read_lists(&root);
    let mut named = Lists { all: &lists, used: HashSet::new() };
    let mut clauses_at = HashMap::new();
    let mut points_at = PointsAt::new();
    for table in root.tables("clause", Need::Must) {
        let Some(sheet) = clause::read(&table, &area.id, &mut named) else { continue };
        let id = sheet.clause.id.clone();
        if clauses_at.insert(id.clone(), (sheet.id_at.clone(), sheet.fields_at)).is_some() {
            let what = Text::new(format!("条款编号 {id} 重复"), format!("the clause id {id} is repeated"));
            document.error(&sheet.id_at, what, None);
        }
        points_at.insert(id, sheet.points_at);
        area.clauses.push(Arc::new(sheet.clause));
    }
    for (id, at) in lists_at.iter().filter(|(id, _)| !named.used.contains(*id)) {
        let what = Text::new(format!("清单 {id} 没有要点用到"), format!("no point uses list {id}"));
        document.warn(at, what, None);
    }
    let gates = gate::read_all(&root).into_iter().map(Spanned::into_inner).collect();
    let placed = contradiction::read_all(&root);
    let clauses = area.clauses.iter().map(|clause| (&clause.id, clause.scale.is_none()));
    contradiction::check(&placed, document, clauses, ("这个领域", "the area"));
    let contradictions = placed.into_iter().map(|placed| placed.rule.into_inner()).collect();
    root.finish(("领域文件", "an area file"), |_| None);
    let id_at = header.map_or(0..0, |header| header.span_of("id"));
    PlacedArea {
        sheet: AreaSheet { area, lists, gates, contradictions },
        id_at,
        clauses_at,
        points_at,
        lists_at,
    }
}

fn empty_area() -> Area {
    Area {
        id: AreaId::new(""),
        title: Default::default(),
        edition: String::new(),
        status: String::new(),
        route: Default::default(),
        clauses: Vec::new(),
    }
}

fn read_header(reader: &TableReader<'_>) -> Area {
    let area = Area {
        id: reader.id("id", Need::Must).map_or_else(|| AreaId::new(""), |id| id.into_inner().into()),
        title: reader.bilingual("title", "title_en", Need::Must),
        edition: reader.line("edition", Need::Must),
        status: reader.line("status", Need::Must),
        route: reader.bilingual_note("route", "route_en"),
        clauses: Vec::new(),
    };
    reader.finish(("领域", "the area"), |_| None);
    area
}

fn read_lists(root: &TableReader<'_>) -> (Vec<ItemList>, HashMap<ListId, Range<usize>>) {
    let mut lists = Vec::new();
    let mut places = HashMap::new();
    for table in root.tables("list", Need::May) {
        let Some(list) = list::read(&table) else { continue };
        if places.contains_key(&list.id) {
            let what = Text::new(
                format!("清单编号 {} 重复", list.id),
                format!("the list id {} is repeated", list.id),
            );
            root.document().error(&table.span_of("id"), what, None);
            continue;
        }
        places.insert(list.id.clone(), table.span_of("id"));
        lists.push(list);
    }
    (lists, places)
}
