//! Finds the tables of a sheet by their headers and takes their rows as records, wherever the columns stand.

mod headers;

use std::rc::Rc;

use crate::{
    checklist::{
        near,
        xlsx::{
            cell::id_of,
            column::Column,
            grid::{Held, SheetCells},
            problem::{SheetPlace, SheetProblem, letters, shown},
            records::headers::{SectionHeader, find_header, header_lines, names},
            schema::{AREA, SETTING, Section},
        },
    },
    domain::terms::lang::Text,
};

pub(super) use headers::{headless, nearest};

/// A cell: sheet, row and column from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    pub(super) sheet: usize,
    pub(super) row: u32,
    pub(super) column: u32,
}

/// Which column of a sheet holds which column of the section.
pub(super) type Layout = Vec<(&'static Column, u32)>;

/// A cell of a record.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) column: &'static Column,
    pub(super) at: At,
    pub(super) held: Held,
}

/// What one row says, or the rows of one clause or standard.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) section: &'static Section,
    pub(super) at: At,
    pub(super) layout: Rc<Layout>,
    /// Whether it is a row of a clause or standard, and not the clause or standard itself.
    pub(super) child: bool,
    /// Its cells, each column once.
    pub(super) cells: Vec<Cell>,
    /// The points of a clause, the conditions of a standard.
    pub(super) children: Vec<Record>,
}

/// Problems with the place they are sorted by.
pub(super) type Noted = Vec<(Option<At>, SheetProblem)>;

impl Record {
    /// A cell by the key of its column.
    pub(super) fn cell(&self, key: &str) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.column.key == key)
    }

    /// An id of the record, as it is compared.
    pub(super) fn id(&self, key: &str) -> Option<String> {
        self.cell(key).map(|cell| id_of(&cell.held))
    }
}

/// All records of a sheet, in order.
pub(super) fn read(sheet: usize, grid: &SheetCells, problems: &mut Noted) -> Vec<Record> {
    let mut reader = SheetReader { sheet, grid, header: None, records: Vec::new(), problems };
    let mut cells = grid.cells.iter().peekable();
    while let Some(row) = cells.peek().map(|(at, _)| at.0) {
        let mut in_row = Vec::new();
        while let Some((&(_, column), held)) = cells.next_if(|(at, _)| at.0 == row) {
            in_row.push((column, held));
        }
        match find_header(&in_row) {
            Some(header) => reader.begin(row, header),
            None => reader.row(row, &in_row),
        }
    }
    reader.records
}

/// The place of a cell as the user sees it.
pub(super) fn place(grids: &[SheetCells], at: At, column: Option<&Column>) -> SheetPlace {
    let grid = grids.get(at.sheet);
    let held = grid.and_then(|grid| grid.cells.get(&(at.row, at.column)));
    SheetPlace::Cell {
        sheet: grid.map_or_else(String::new, |grid| grid.name.clone()),
        row: at.row + 1,
        column: letters(at.column),
        header: column.map_or_else(String::new, |column| format!("{} {}", column.zh, column.key)),
        text: held.map_or_else(String::new, |held| shown(&held.to_text())),
    }
}

struct SheetReader<'a> {
    sheet: usize,
    grid: &'a SheetCells,
    header: Option<SectionHeader>,
    records: Vec<Record>,
    problems: &'a mut Noted,
}

impl SheetReader<'_> {
    fn at(&self, row: u32, column: u32) -> At {
        At { sheet: self.sheet, row, column }
    }

    fn note(&mut self, at: At, column: Option<&Column>, what: Text, error: bool) {
        let mut place = place(std::slice::from_ref(self.grid), At { sheet: 0, ..at }, column);
        if let (SheetPlace::Cell { header, .. }, None) = (&mut place, column) {
            header.clear();
        }
        let problem =
            if error { SheetProblem::error(place, what) } else { SheetProblem::warning(place, what) };
        self.problems.push((Some(at), problem));
    }

    /// A header without its id column is told, and the rows below it are nobody's.
    fn begin(&mut self, row: u32, header: SectionHeader) {
        let first = header.section.columns.first().filter(|_| !header.section.is(&SETTING));
        let lacking = first.filter(|first| header.layout.iter().all(|(column, _)| column.key != first.key));
        if let (Some(lacking), Some((_, column))) = (lacking, header.layout.first()) {
            let what = Text::new(
                format!(
                    "这一行是“{}”的表头，却没有“{} {}”这一列",
                    header.section.zh, lacking.zh, lacking.key
                ),
                format!("{}without its column {}", headless(header.section.toml), lacking.key),
            );
            self.note(self.at(row, *column), None, what, true);
        }
        self.header = lacking.is_none().then_some(header);
    }

    fn row(&mut self, row: u32, cells: &[(u32, &Held)]) {
        let Some(header) = &mut self.header else { return };
        let (section, layout) = (header.section, Rc::clone(&header.layout));
        let used = |(column, _): &(u32, String)| cells.iter().any(|(at, _)| at == column);
        let told: Vec<(u32, String)> = header.unknown.extract_if(.., |it| used(it)).collect();
        for (column, name) in told {
            self.tell_unknown(section, row, column, &name);
        }
        self.tell_nameless(row, cells);
        if section.is(&SETTING) {
            self.setting(row, cells, &layout);
            return;
        }
        let find = |at: u32| layout.iter().find(|(_, column)| *column == at).map(|(column, _)| *column);
        let found: Vec<Cell> = cells
            .iter()
            .filter_map(|(at, held)| {
                let column = find(*at)?;
                Some(Cell { column, at: self.at(row, *at), held: (*held).clone() })
            })
            .collect();
        if found.is_empty() {
            return;
        }
        let first = layout.first().map_or(0, |(_, column)| *column);
        let record = |cells, child| Record {
            section,
            at: At { sheet: self.sheet, row, column: first },
            layout: Rc::clone(&layout),
            child,
            cells,
            children: Vec::new(),
        };
        if section.children.is_empty() {
            self.records.push(record(found, false));
            return;
        }
        let (child, own): (Vec<Cell>, Vec<Cell>) = found.into_iter().partition(|cell| cell.column.child);
        let parent = record(own, false);
        let child = (!child.is_empty()).then(|| record(child, true));
        self.grouped(parent, child);
    }

    /// Adds a row to the clause or standard above when its id is blank, or to the one with its id, wherever sorting has put it.
    fn grouped(&mut self, parent: Record, child: Option<Record>) {
        let (key, id) = (parent.section.key, parent.id(parent.section.key));
        let alike = self.records.iter().rposition(|it| {
            it.section.is(&AREA) || (it.section.is(parent.section) && (id.is_none() || id == it.id(key)))
        });
        // A blank id is that of the row above, and of no other section.
        let last = self.records.len().checked_sub(1);
        let open = alike.filter(|at| {
            self.records.get(*at).is_some_and(|it| it.section.is(parent.section))
                && (id.is_some() || Some(*at) == last)
        });
        let Some(open) = open else {
            self.records.push(Record { children: child.into_iter().collect(), ..parent });
            return;
        };
        let mut differing = Vec::new();
        if let Some(last) = self.records.get_mut(open) {
            for cell in parent.cells.into_iter().filter(|cell| cell.column.key != key) {
                match last.cell(cell.column.key) {
                    None => last.cells.push(cell),
                    Some(known) if known.held == cell.held => {}
                    Some(known) => differing.push((cell.at, cell.column, known.at.row + 1)),
                }
            }
            last.children.extend(child);
        }
        for (at, column, row) in differing {
            let what = Text::new(
                format!("与第 {row} 行写的不一样；只写在第一行就行，新的一条要有自己的编号"),
                format!(
                    "differs from row {row}; write it in the first row only, and give a new one its own id"
                ),
            );
            self.note(at, Some(column), what, true);
        }
    }

    /// One row of the settings: its name, then its value.
    fn setting(&mut self, row: u32, cells: &[(u32, &Held)], layout: &Rc<Layout>) {
        let [name_column, value_column] = layout.as_slice() else { return };
        let held = |column: u32| cells.iter().find(|(at, _)| *at == column).map(|(_, held)| *held);
        let Some(name) = held(name_column.1) else { return };
        let name = name.to_text();
        let lines = header_lines(&name);
        let Some(column) = SETTING.columns.iter().find(|column| names(column.key, column.zh, &lines)) else {
            let suggestion = near::suggest(
                name.lines().last().unwrap_or_default().trim(),
                SETTING.columns.iter().map(|it| it.key),
            );
            let at = self.at(row, name_column.1);
            self.note(at, None, Text::new("没有这个设置", "there is no such setting"), true);
            if let Some((_, problem)) = self.problems.last_mut() {
                problem.suggestion = suggestion;
            }
            return;
        };
        let at = self.at(row, value_column.1);
        // The record remembers where each setting stands, so that a blank one can be named.
        let here: Layout = vec![(column, row)];
        match self.records.last_mut().filter(|last| last.section.is(&SETTING)) {
            Some(last) => Rc::make_mut(&mut last.layout).extend(here),
            None => self.records.push(Record {
                section: &SETTING,
                at,
                layout: Rc::new(here),
                child: false,
                cells: Vec::new(),
                children: Vec::new(),
            }),
        }
        let Some(value) = held(value_column.1) else { return };
        let cell = Cell { column, at, held: value.clone() };
        let known = self.records.last().is_some_and(|last| last.cell(column.key).is_some());
        if known {
            self.note(at, Some(column), Text::new("这个设置写了两次", "this setting is given twice"), true);
        } else if let Some(last) = self.records.last_mut() {
            last.cells.push(cell);
        }
    }

    /// Cells below no header are told, once a column.
    fn tell_nameless(&mut self, row: u32, cells: &[(u32, &Held)]) {
        let Some(header) = &mut self.header else { return };
        let nameless = cells.iter().map(|(at, _)| *at).filter(|at| !header.named.contains(at));
        let nameless: Vec<u32> = nameless.collect();
        header.named.extend(nameless.iter().copied());
        for column in nameless {
            let what = Text::new(
                "这一列有内容，却没有表头，没有导入",
                "this column is filled in but has no header; it was left out",
            );
            self.note(self.at(row, column), None, what, false);
        }
    }

    fn tell_unknown(&mut self, section: &Section, row: u32, column: u32, name: &str) {
        let name = shown(name);
        let known = section.columns.iter().map(|column| column.key);
        let meant = near::nearest(&name, known);
        let at = self.at(row, column);
        let what = Text::new(
            format!("不认识“{name}”这一列，没有导入"),
            format!("column “{name}” is not known and was left out"),
        );
        self.note(at, None, what, false);
        if let (Some(meant), Some((_, problem))) = (meant, self.problems.last_mut()) {
            problem.suggestion = near::suggest(&name, [meant]);
        }
    }
}
