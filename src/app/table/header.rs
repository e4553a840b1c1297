//! The row of headers of a table: where each column stands, and what stands where no header says what it is.

mod find;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::{
    app::table::{Cell, Cells, Table, note::is_note, place::TablePlace},
    checklist::xlsx::{bare, shown},
    domain::{pool::comparable, terms::lang::Text},
};

/// The headers stand in one of the first rows; a title may stand above them.
pub(crate) const HEADER_ROWS: u64 = 10;

/// The row of headers.
#[derive(Debug)]
pub(crate) struct HeaderRow<C> {
    /// The row; the lower one where headers stand in two.
    pub(crate) row: u64,
    /// Its cells.
    cells: Cells,
    /// Where each known column stands.
    pub(crate) columns: BTreeMap<C, u32>,
    /// Headers of columns that are not known, with their place.
    pub(crate) unknown: Vec<(u32, String)>,
    /// Headers that stand twice, with the column of the first and the second.
    twice: Vec<(u32, u32)>,
    /// Where in other sheets the same headers stand: only one sheet is read, and what lies in another would be lost.
    elsewhere: Vec<Text>,
    /// How the table was read, where that is not plain.
    how: Vec<Text>,
}

impl<C: Copy + Ord> HeaderRow<C> {
    /// Cells taken for the headers; a formula without a value names nothing. `parse` knows the name of a column without blanks,
    /// in half-width and small letters.
    fn of(row: u64, cells: Cells, parse: impl Fn(&str) -> Option<C>) -> Self {
        let (mut columns, mut unknown, mut twice) = (BTreeMap::new(), Vec::new(), Vec::new());
        for (at, cell) in &cells {
            let named = if cell.fault.is_none() { column_of(&cell.text, &parse) } else { None };
            match named {
                None => unknown.push((*at, cell.text.clone())),
                Some(column) => match columns.get(&column) {
                    Some(first) => twice.push((*first, *at)),
                    None => {
                        columns.insert(column, *at);
                    }
                },
            }
        }
        Self { row, cells, columns, unknown, twice, elsewhere: Vec::new(), how: Vec::new() }
    }

    /// The cell of a column.
    pub(crate) fn cell<'a>(&self, cells: &'a Cells, column: C) -> Option<&'a Cell> {
        self.columns.get(&column).and_then(|at| cells.get(at))
    }

    /// What is wrong with the formula of a column.
    pub(crate) fn fault(&self, cells: &Cells, column: C) -> Option<Text> {
        self.cell(cells, column)?.fault.map(super::Fault::words)
    }

    /// The rows below the headers, but notes and what is told as lying across columns.
    pub(crate) fn rows<'t>(&self, table: &'t Table) -> impl Iterator<Item = (u64, &'t Cells)> {
        let across: Vec<u64> = across(table, self.row, &self.cells).map(|(row, _)| row).collect();
        let below = table.filled().filter(|(row, _)| *row > self.row);
        let first = self.first();
        below.filter(move |(row, cells)| !is_note(cells, first) && !across.contains(row))
    }

    /// The first column with a header.
    fn first(&self) -> u32 {
        self.cells.keys().next().copied().unwrap_or(0)
    }

    /// What makes a table one that cannot be read whole: other sheets, headers that stand twice, cells merged over columns, and
    /// what stands below no header or behind the last one.
    pub(crate) fn problems(&self, table: &Table) -> Vec<Text> {
        let twice = self.twice.iter();
        let twice = twice.map(|(first, second)| same_column(table, &self.cells, *first, *second));
        let across = merged_across(table, self.row, &self.cells);
        let elsewhere = self.elsewhere.iter().cloned();
        let without = without_header(table, self.row, &self.cells, 0);
        elsewhere.chain(twice).chain(across).chain(without).collect()
    }

    /// What is told when the table was read: how, and what of it was left out.
    pub(crate) fn told(&self, table: &Table) -> Vec<Text> {
        let mut told = self.how.clone();
        if !self.unknown.is_empty() {
            let names: Vec<String> = self.unknown.iter().map(|(_, name)| shown(name)).collect();
            told.push(Text::new(
                format!("这些栏目没有导入：{}", names.join("、")),
                format!("These columns were not imported: {}", names.join(", ")),
            ));
        }
        let below = table.filled().filter(|(row, cells)| *row > self.row && is_note(cells, self.first()));
        told.extend(below.map(|(row, cells)| table.left_out(row, cells)));
        told
    }
}

/// The column that a header names: as it stands, without marks and hints, or twice over in two languages.
fn column_of<C: Copy + PartialEq>(header: &str, parse: impl Fn(&str) -> Option<C>) -> Option<C> {
    let named = |text: &str| parse(&comparable(text)).or_else(|| parse(&comparable(&bare(text))));
    named(header).or_else(|| {
        let blanks = header.char_indices().filter(|(_, c)| c.is_whitespace());
        let halves = blanks.filter_map(|(at, _)| Some((header.get(..at)?, header.get(at..)?)));
        halves.into_iter().find_map(|(first, second)| {
            let column = named(first)?;
            (named(second) == Some(column)).then_some(column)
        })
    })
}

/// Cells below the headers that are merged over several columns with a header, but notes: row and first column.
fn across(table: &Table, header: u64, headers: &Cells) -> impl Iterator<Item = (u64, u32)> {
    let merged = table.across.iter().filter(|it| headers.range(it.columns.0..=it.columns.1).count() > 1);
    let placed = merged.map(|it| (u64::from(it.row) + 1, it.columns.0));
    let first = headers.keys().next().copied().unwrap_or(0);
    let is_note = move |row: &u64| table.rows.get(row).is_some_and(|cells| is_note(cells, first));
    placed.filter(move |(row, _)| *row > header && !is_note(row))
}

/// What is told of cells below the headers that are merged over several columns.
pub(crate) fn merged_across(table: &Table, header: u64, headers: &Cells) -> Vec<Text> {
    let what = Text::new(
        "合并单元格横跨几栏，分不清属于哪一栏；请取消合并，如果是说明就删掉",
        "cells merged over several columns, so that it cannot be told which they belong to; unmerge them, or delete them if they are a note",
    );
    across(table, header, headers).map(|(row, column)| table.place(row, Some(column)).tell(&what)).collect()
}

/// A sheet with headers besides the one that is read.
pub(crate) fn one_too_many(table: &Table, row: u64) -> Text {
    let what = Text::new(
        "这张表也有内容，一次只读一张；请合成一张，或另存成单独的文件",
        "this sheet is filled in too, and only one is read; join them, or save it as a file of its own",
    );
    table.place(row, None).tell(&what)
}

/// Cells below a row of headers that have no header: the first of each blank one, and the first of each row that is longer than
/// the headers.
///
/// Columns before `named` need none.
pub(crate) fn without_header(table: &Table, header: u64, headers: &Cells, named: u32) -> Vec<Text> {
    let first = headers.keys().next().copied().unwrap_or(0);
    let last = headers.keys().next_back().copied().unwrap_or(0);
    let mut problems = Vec::new();
    let mut told: Vec<u32> = Vec::new();
    for (row, cells) in table.rows.range(header + 1..).filter(|(_, cells)| !is_note(cells, first)) {
        for (column, _) in cells.range(named..last.max(named)).filter(|(it, _)| !headers.contains_key(it)) {
            if !told.contains(column) {
                told.push(*column);
                let what =
                    Text::new("这一列有内容，却没有列名", "this column is filled in but has no header");
                problems.push(table.place(*row, Some(*column)).tell(&what));
            }
        }
        if let Some((column, cell)) = cells.range(last + 1..).next() {
            let text = shown(&cell.text);
            let what = Text::new(
                format!("“{text}”超出了列名的范围；这一行比标题行长"),
                format!("“{text}” stands behind the last header; the row is longer than the headers"),
            );
            problems.push(table.place(*row, Some(*column)).tell(&what));
        }
    }
    problems
}

/// Headers of a row that say the same as one before them.
pub(crate) fn twice_named(table: &Table, headers: &Cells) -> Vec<Text> {
    let mut first = BTreeMap::new();
    let again = headers.iter().filter_map(|(column, cell)| match first.get(cell.text.as_str()) {
        Some(before) => Some((*before, *column)),
        None => {
            first.insert(cell.text.as_str(), *column);
            None
        }
    });
    again.map(|(before, column)| same_column(table, headers, before, column)).collect()
}

/// A header that names the same column as one before it.
fn same_column(table: &Table, headers: &Cells, first: u32, second: u32) -> Text {
    // Headers may stand in two rows, so each knows its own.
    let place = |column: u32| {
        let line = headers.get(&column).map_or(0, |cell| cell.lines.0);
        TablePlace { line, ..table.place(0, Some(column)) }
    };
    let text = headers.get(&second).map(|cell| shown(&cell.text)).unwrap_or_default();
    let first = place(first).words();
    let what = Text::new(
        format!("列名“{text}”与{}的是同一列", first.zh),
        format!("the header “{text}” names the same column as {}", first.en),
    );
    place(second).tell(&what)
}
