//! Writes records as TOML that remembers which cell each part came from, so that the loader's problems find their cell.

use std::rc::Rc;

use crate::checklist::xlsx::{
    cell::{quoted, to_toml},
    column::Column,
    grid::SheetCells,
    problem::SheetProblem,
    records::{At, Cell, Layout, Noted, Record, place},
    schema::{SETTING, Section},
};

/// Where a stretch of the text came from; it lasts until the next one.
#[derive(Debug)]
pub(super) struct Mark {
    line: usize,
    column: usize,
    /// The cell.
    pub(super) at: At,
    /// The column of the cell, when the stretch is a value.
    pub(super) of: Option<&'static Column>,
    /// Where what is missing in the stretch would stand, when the stretch is a table.
    pub(super) table: Option<TableMark>,
}

/// A record, or a table in it.
#[derive(Debug)]
pub(super) struct TableMark {
    section: &'static Section,
    /// Where the columns of the record stand.
    layout: Rc<Layout>,
    /// Whether it is a row of a clause or standard.
    child: bool,
    /// The key of the table in the record; empty of the record itself.
    within: &'static str,
}

/// A TOML text being written.
#[derive(Debug)]
pub(super) struct TomlText<'a> {
    text: String,
    line: usize,
    column: usize,
    marks: Vec<Mark>,
    grids: &'a [SheetCells],
}

impl<'a> TomlText<'a> {
    /// An empty text.
    pub(super) fn new(grids: &'a [SheetCells]) -> Self {
        Self { text: String::new(), line: 1, column: 1, marks: Vec::new(), grids }
    }

    /// The text.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands at a line and column, both from 1.
    pub(super) fn mark(&self, line: usize, column: usize) -> Option<&Mark> {
        let after = self.marks.partition_point(|mark| (mark.line, mark.column) <= (line, column));
        self.marks.get(after.checked_sub(1)?)
    }

    /// The first mark, for what is said of the whole text.
    pub(super) fn first_mark(&self) -> Option<&Mark> {
        self.marks.first()
    }

    /// Writes as it is.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        for c in text.chars() {
            if c == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
    }

    fn begin(&mut self, record: &Record) {
        self.mark_table(record, record.at, "");
    }

    fn mark_table(&mut self, record: &Record, at: At, within: &'static str) {
        let (section, layout, child) = (record.section, Rc::clone(&record.layout), record.child);
        let table = Some(TableMark { section, layout, child, within });
        self.marks.push(Mark { line: self.line, column: self.column, at, of: None, table });
    }

    fn value(&mut self, cell: &Cell, toml: &str) {
        let of = Some(cell.column);
        self.marks.push(Mark { line: self.line, column: self.column, at: cell.at, of, table: None });
        self.push(toml);
    }

    /// A table under a header such as `[[clause]]`.
    pub(super) fn table(&mut self, header: &str, record: &Record, problems: &mut Noted) {
        self.push("\n");
        self.begin(record);
        self.push(&format!("{header}\n"));
        let values = self.values(record, problems);
        for (path, group) in grouped(&values) {
            self.entry(path, &group, record);
            self.push("\n");
        }
    }

    /// Tables in braces, a line each, as the value of a key.
    pub(super) fn array(&mut self, key: &str, records: &[Record], problems: &mut Noted) {
        if records.is_empty() {
            return;
        }
        self.push(&format!("{key} = [\n"));
        for record in records {
            self.push("  ");
            self.begin(record);
            self.push("{ ");
            let values = self.values(record, problems);
            for (index, (path, group)) in grouped(&values).into_iter().enumerate() {
                self.push(if index == 0 { "" } else { ", " });
                self.entry(path, &group, record);
            }
            self.push(" },\n");
        }
        self.push("]\n");
    }

    /// The settings of a profile: a table for each part of it.
    pub(super) fn settings(&mut self, record: &Record, problems: &mut Noted) {
        let values = self.values(record, problems);
        for (part, group) in grouped(&values) {
            self.push("\n");
            let at = group.first().map_or(record.at, |(cell, _)| cell.at);
            self.mark_table(record, at, part);
            self.push(&format!("[{part}]\n"));
            for (cell, toml) in group {
                self.push(cell.column.path.last().copied().unwrap_or_default());
                self.push(" = ");
                self.value(cell, toml);
                self.push("\n");
            }
        }
    }

    /// Points in full: a blank level is that of the id, a blank measure a tick.
    pub(super) fn point(&mut self, point: &Record, problems: &mut Noted) {
        self.table("[[clause.point]]", point, problems);
        if let (None, Some(id)) = (point.cell("level"), point.cell("point"))
            && let Some(level) =
                point.id("point").and_then(|id| id.chars().next()).filter(|c| "CBA".contains(*c))
        {
            self.push("level = ");
            self.value(id, &quoted(&level.to_string()));
            self.push("\n");
        }
        if !point.cells.iter().any(|cell| cell.column.path.first() == Some(&"measure")) {
            self.push("measure = { kind = \"tick\" }\n");
        }
    }

    fn entry(&mut self, path: &'static str, group: &[(&Cell, &str)], record: &Record) {
        self.push(&format!("{path} = "));
        match group {
            [(cell, toml)] if cell.column.path.len() == 1 => self.value(cell, toml),
            _ => {
                let at = group.first().map_or(record.at, |(cell, _)| cell.at);
                self.mark_table(record, at, path);
                self.push("{ ");
                for (index, (cell, toml)) in group.iter().enumerate() {
                    self.push(if index == 0 { "" } else { ", " });
                    self.push(cell.column.path.last().copied().unwrap_or_default());
                    self.push(" = ");
                    self.value(cell, toml);
                }
                self.push(" }");
            }
        }
    }

    /// The values of a record in the order of its section; what is wrong with a cell is noted and left out.
    fn values<'r>(&self, record: &'r Record, problems: &mut Noted) -> Vec<(&'r Cell, String)> {
        let mut values = Vec::new();
        for column in reading_order(record.section) {
            let Some(cell) = record.cell(column.key) else { continue };
            match to_toml(column.kind, &cell.held) {
                Ok(toml) => values.push((cell, toml)),
                Err(what) => {
                    let place = place(self.grids, cell.at, Some(column));
                    problems.push((Some(cell.at), SheetProblem::error(place, what)));
                }
            }
        }
        values
    }
}

/// The columns that are TOML keys, the English half of a pair right after the Chinese one.
fn reading_order(section: &'static Section) -> impl Iterator<Item = &'static Column> {
    let keys = section.columns.iter().filter(|column| !column.path.is_empty() && !column.is_english());
    keys.flat_map(|column| [Some(column), section.column(&format!("{}_en", column.key))]).flatten()
}

/// Values that belong into one entry, in the order of the first of each.
fn grouped<'v>(values: &'v [(&'v Cell, String)]) -> Vec<(&'static str, Vec<(&'v Cell, &'v str)>)> {
    let mut groups: Vec<(&'static str, Vec<(&Cell, &str)>)> = Vec::new();
    for (cell, toml) in values {
        let path = cell.column.path.first().copied().unwrap_or_default();
        match groups.iter_mut().find(|(known, _)| *known == path) {
            Some((_, group)) => group.push((*cell, toml)),
            None => groups.push((path, vec![(*cell, toml)])),
        }
    }
    groups
}

/// What a key that is missing would have been in the sheet.
pub(super) enum Missing {
    /// A blank cell of this column.
    Blank(At, &'static Column),
    /// A column that the sheet does not have.
    NoColumn(&'static Column),
}

/// Where a key that a table lacks would stand.
pub(super) fn missing(mark: &Mark, key: &str) -> Option<Missing> {
    let TableMark { section, layout, child, within } = mark.table.as_ref()?;
    let is_it = |column: &&Column| match column.path {
        [own] => within.is_empty() && *own == key && column.child == *child,
        [table, own] => table == within && *own == key && column.child == *child,
        _ => false,
    };
    let Some((column, at)) = layout.iter().find(|(column, _)| is_it(column)) else {
        return section.columns.iter().find(is_it).map(Missing::NoColumn);
    };
    // The settings stand below each other, everything else side by side.
    let is_setting = SETTING.column(column.key).is_some();
    let at = if is_setting { At { row: *at, ..mark.at } } else { At { column: *at, ..mark.at } };
    Some(Missing::Blank(at, column))
}
