//! Finds out which rows are headers, and of which table: by the names of its columns, with and without the marks of forms.

use std::{collections::BTreeMap, rc::Rc};

use crate::{
    checklist::xlsx::{
        cell::{fold, folded},
        column::{CellKind, Column},
        grid::{Held, LAST_COLUMN, SheetCells},
        header_text::bare,
        problem::shown,
        records::Layout,
        schema::{SETTING, SETTING_HEADERS, Section, TABLES},
    },
    domain::terms::lang::Text,
};

/// In how many rows of a sheet a header is looked for when none was found.
const NEAR_THE_TOP: usize = 50;

/// The header of a table.
pub(super) struct SectionHeader {
    pub(super) section: &'static Section,
    pub(super) layout: Rc<Layout>,
    /// Columns with a header that says nothing to us, each told once.
    pub(super) unknown: Vec<(u32, String)>,
    /// Columns with any header, and those that were told to have none.
    pub(super) named: Vec<u32>,
}

/// The section a row is the header of: the one most of whose columns are named, if most cells name one of them.
pub(super) fn find_header(cells: &[(u32, &Held)]) -> Option<SectionHeader> {
    let texts: Vec<(u32, &str)> = cells
        .iter()
        .filter_map(|(at, held)| if let Held::Text(text) = held { Some((*at, text.as_str())) } else { None })
        .collect();
    // Every row is held against every column of every table, so its cells are made comparable once.
    let lines: Vec<(u32, Vec<String>)> = texts.iter().map(|(at, text)| (*at, header_lines(text))).collect();
    if is_settings(&lines) {
        return settings_header(&lines);
    }
    let mut best: Option<((usize, bool), SectionHeader)> = None;
    for section in TABLES {
        let (mut layout, unknown) = layout_of(section, &texts, &lines);
        // Without its id column a table must be all the more like one.
        let named = layout.iter().any(|(column, _)| column.key == section.key);
        let enough = layout.len() >= if named { 2 } else { 4 } && layout.len() * 2 >= cells.len();
        if enough && best.as_ref().is_none_or(|(score, _)| (layout.len(), named) > *score) {
            // The id first: that is where a record is said to be.
            layout.sort_by_key(|(column, _)| column.key != section.key);
            let layout = Rc::new(layout);
            let headers = cells.iter().map(|(at, _)| *at).collect();
            best = Some(((layout.len(), named), SectionHeader { section, layout, unknown, named: headers }));
        }
    }
    best.map(|(_, header)| header)
}

/// Where the columns of a section stand in a row, and which of its cells name none of them.
fn layout_of(
    section: &'static Section,
    texts: &[(u32, &str)],
    lines: &[(u32, Vec<String>)],
) -> (Layout, Vec<(u32, String)>) {
    let mut layout: Layout = Vec::new();
    let mut unnamed = Vec::new();
    let free = |layout: &Layout, column: &Column| layout.iter().all(|(known, _)| known.key != column.key);
    for ((at, text), (_, lines)) in texts.iter().zip(lines) {
        let column = section.columns.iter().find(|column| names(column.key, column.zh, lines));
        match column.filter(|column| free(&layout, column)) {
            Some(column) => layout.push((column, *at)),
            None => unnamed.push((*at, *text, lines)),
        }
    }
    // Only what nothing names as it stands may be named without its marks: （英文） is no hint.
    let mut unknown = Vec::new();
    for (at, text, lines) in unnamed {
        let lines: Vec<String> = lines.iter().map(|line| bare(line)).collect();
        let column = section.columns.iter().find(|column| {
            names(column.key, column.zh, &lines)
                || (matches!(column.kind, CellKind::Id) && is_id_of(column.zh, &lines))
        });
        match column.filter(|column| free(&layout, column)) {
            Some(column) => layout.push((column, at)),
            None => unknown.push((at, text.lines().last().unwrap_or_default().trim().to_owned())),
        }
    }
    (layout, unknown)
}

/// The row of a sheet that is most like a header of ours, with what of it is known and what is not.
pub(in crate::checklist::xlsx) fn nearest(grid: &SheetCells) -> Option<Text> {
    let mut rows: BTreeMap<u32, Vec<(u32, &str)>> = BTreeMap::new();
    for ((row, column), held) in &grid.cells {
        if let Held::Text(text) = held {
            rows.entry(*row).or_default().push((*column, text));
        }
    }
    let tried = rows.iter().take(NEAR_THE_TOP).flat_map(|(row, texts)| {
        let lines: Vec<_> = texts.iter().map(|(at, text)| (*at, header_lines(text))).collect();
        TABLES.into_iter().map(move |section| {
            let (layout, unknown) = layout_of(section, texts, &lines);
            (layout.len(), *row, section, layout, unknown)
        })
    });
    let (n, row, section, layout, unknown) =
        tried.max_by_key(|(n, row, ..)| (*n, std::cmp::Reverse(*row)))?;
    // One word that is also a header of ours is no table.
    if n < 2 {
        return None;
    }
    let known: Vec<&str> = layout.iter().map(|(column, _)| column.zh).collect();
    let unknown: Vec<String> = unknown.iter().map(|(_, name)| shown(name)).collect();
    let (sheet, row, zh) = (&grid.name, row + 1, section.zh);
    let (known, unknown) = (known.join("、"), unknown.join("、"));
    Some(Text::new(
        format!("工作表“{sheet}”第 {row} 行最像“{zh}”的表头：认识“{known}”，不认识“{unknown}”"),
        format!(
            "sheet “{sheet}”, row {row} is most like the header of a table of {}: known are “{known}”, not known “{unknown}”",
            section.toml
        ),
    ))
}

fn is_settings(texts: &[(u32, Vec<String>)]) -> bool {
    SETTING_HEADERS.iter().take(2).all(|(key, zh)| texts.iter().any(|(_, lines)| names(key, zh, lines)))
}

/// The layout of the settings is the columns of their names and values, whatever columns they are said to be of.
fn settings_header(texts: &[(u32, Vec<String>)]) -> Option<SectionHeader> {
    let column = SETTING.columns.first()?;
    let places = SETTING_HEADERS.iter().take(2).filter_map(|(key, zh)| {
        texts.iter().find(|(_, lines)| names(key, zh, lines)).map(|(at, _)| (column, *at))
    });
    let layout: Rc<Layout> = Rc::new(places.collect());
    // What stands beside names and values explains them.
    let named = (0..=LAST_COLUMN).collect();
    Some(SectionHeader { section: &SETTING, layout, unknown: Vec::new(), named })
}

/// How it is told that the header of a section lacks its id.
pub(in crate::checklist::xlsx) fn headless(toml: &str) -> String {
    format!("the header of a table of {toml} ")
}

/// Whether a header text names a column: a line of it is the key or the Chinese name.
pub(super) fn names(key: &str, zh: &str, lines: &[String]) -> bool {
    lines.iter().any(|line| line.eq_ignore_ascii_case(key) || line.chars().eq(folded(zh)))
}

/// Whether a header text names the id of what a column is called by: 条款编号 for 条款.
fn is_id_of(zh: &str, lines: &[String]) -> bool {
    lines.iter().any(|line| line.strip_suffix("编号").is_some_and(|name| name == zh))
}

/// The lines of a text as they are compared with headers; none of a text that is too long to be one.
pub(super) fn header_lines(text: &str) -> Vec<String> {
    if text.len() < 200 { text.lines().map(fold).collect() } else { Vec::new() }
}
