//! A matrix of grades that somebody brought, with its raters' names.

mod cell;
mod orientation;

use crate::{
    app::{
        failure::{Exit, Failure},
        merge::statistics::matrix::cell::rank,
        table::{
            self, Cells, HEADER_ROWS, Table, is_note, merged_across, one_too_many, read_as, twice_named,
            without_header,
        },
    },
    checklist::xlsx::shown,
    domain::{
        agreement::Matrix,
        terms::{clean::clean_line, lang::Text},
    },
};

pub use orientation::RowsAre;

/// Most rows of a matrix.
const ROW_LIMIT: usize = 20_000;

/// A matrix as read.
pub(super) struct Brought {
    /// Its ranks.
    pub(super) matrix: Matrix,
    /// The names of its raters.
    pub(super) names: Vec<String>,
    /// How it was read.
    pub(super) told: Vec<Text>,
}

/// The matrix of a file.
///
/// # Errors
/// Every cell that is no grade, and everything that stands where no header names it.
pub(super) fn read(bytes: &[u8], categories: u8, rows: Option<RowsAre>) -> Result<Brought, Failure> {
    let tables = table::read(bytes, ROW_LIMIT).map_err(|it| unreadable(vec![it.why]))?;
    let filled = tables.iter().filter_map(|table| Some((table, table.filled().next()?.0)));
    let (hidden, seen): (Vec<_>, Vec<_>) = filled.partition(|(table, _)| table.is_hidden);
    let mut seen = seen.into_iter();
    let (table, _) = seen.next().ok_or_else(|| {
        let empty = [Text::new("没有内容", "nothing in it"), read_as(&tables)];
        let only: Vec<Text> = hidden.iter().map(|(table, row)| table.only_hidden(*row)).collect();
        unreadable(if only.is_empty() { empty.into() } else { only })
    })?;
    let others: Vec<Text> = seen.map(|(other, row)| one_too_many(other, row)).collect();
    if !others.is_empty() {
        return Err(unreadable(others));
    }
    let grid = WrittenMatrix::of(table, categories);
    let (ranks, bad) = grid.ranks(categories);
    if !bad.is_empty() {
        return Err(unreadable(bad));
    }
    if ranks.iter().flatten().all(Option::is_none) {
        let none = Text::new("没有一格是档次。", "no cell holds a grade");
        return Err(unreadable(vec![none, read_as(&tables)]));
    }
    let rows_are = rows.unwrap_or_else(|| RowsAre::guess(&grid.corner, &grid.column_names, &grid.row_names));
    let hidden: Vec<&Table> = hidden.iter().map(|(table, _)| *table).collect();
    let mut told = table.how_read(&hidden);
    told.extend(grid.notes.iter().map(|(row, cells)| table.left_out(*row, cells)));
    told.push(rows_are.words());
    let rows_are_clauses = rows_are == RowsAre::Clauses;
    let by_clause = if rows_are_clauses { ranks } else { turned(&ranks, grid.width()) };
    let names = if rows_are_clauses { grid.column_names } else { grid.row_names };
    let matrix = Matrix::new(categories, names.len(), by_clause)
        .map_err(|error| unreadable(vec![Text::new(error.to_string(), error.to_string())]))?;
    Ok(Brought { matrix, names, told })
}

/// A matrix as written, its names apart.
struct WrittenMatrix<'a> {
    table: &'a Table,
    /// The row that names the columns; none when the first one holds grades.
    header: Option<(u64, &'a Cells)>,
    /// What stands where names of rows and of columns meet.
    corner: String,
    column_names: Vec<String>,
    row_names: Vec<String>,
    /// The columns of the grades, from 0.
    columns: std::ops::Range<u32>,
    rows: Vec<(u64, &'a Cells)>,
    /// Notes below the table.
    notes: Vec<(u64, &'a Cells)>,
}

impl<'a> WrittenMatrix<'a> {
    fn of(table: &'a Table, categories: u8) -> Self {
        let (notes, mut rows): (Vec<_>, Vec<_>) = table.filled().partition(|(_, cells)| is_note(cells, 0));
        let is_grade = |cell: &table::Cell| cell.fault.is_none() && rank(&cell.text, categories).is_ok();
        // A title above the headers is the only cell of its row.
        let is_title = |(row, cells): &(u64, &Cells)| {
            *row <= HEADER_ROWS && cells.len() == 1 && cells.get(&0).is_some_and(|cell| !is_grade(cell))
        };
        let n_titles = rows.iter().take_while(|row| is_title(row)).count();
        if n_titles < rows.len() {
            rows.drain(..n_titles);
        }
        let is_bare = rows.first().is_some_and(|(_, first)| first.values().all(is_grade));
        let header = if is_bare || rows.is_empty() { None } else { Some(rows.remove(0)) };
        let text = |cells: &Cells, column: u32| cells.get(&column).map(|cell| cell.text.clone());
        let corner = header.and_then(|(_, cells)| text(cells, 0)).unwrap_or_default();
        // Columns behind the last header are told and count for nothing.
        let end =
            header.map_or(table.width, |(_, cells)| cells.keys().next_back().map_or(0, |last| last + 1));
        let columns = u32::from(!is_bare)..end.max(u32::from(!is_bare));
        let column_name = |(n, column): (usize, u32)| match header.and_then(|(_, cells)| text(cells, column))
        {
            Some(name) => clean_line(&name),
            None => n.to_string(),
        };
        let row_name = |(n, (_, cells)): (usize, &(u64, &Cells))| match text(cells, 0).filter(|_| !is_bare) {
            Some(name) => clean_line(&name),
            None if is_bare => n.to_string(),
            None => String::new(),
        };
        Self {
            table,
            header,
            corner,
            column_names: (1..).zip(columns.clone()).map(column_name).collect(),
            row_names: (1..).zip(&rows).map(row_name).collect(),
            columns,
            rows,
            notes,
        }
    }

    fn width(&self) -> usize {
        self.columns.len()
    }

    /// The grades as ranks, row by row, and everything that is wrong.
    fn ranks(&self, categories: u8) -> (Vec<Vec<Option<u8>>>, Vec<Text>) {
        let first = self.rows.first().map(|(_, cells)| (0, *cells));
        let merged = self.header.or(first).map(|(row, cells)| merged_across(self.table, row, cells));
        let mut bad = merged.unwrap_or_default();
        if let Some((header, cells)) = self.header {
            bad.extend(twice_named(self.table, cells));
            bad.extend(without_header(self.table, header, cells, 1));
            bad.extend(self.twice_in_rows());
        }
        let mut ranks = Vec::new();
        for (row, cells) in &self.rows {
            let mut rank_of = |column: u32| {
                let cell = cells.get(&column)?;
                let what = match (cell.fault, rank(&cell.text, categories)) {
                    (Some(fault), _) => fault.words(),
                    (None, Ok(rank)) => return rank,
                    (None, Err(())) => not_a_grade(&cell.text),
                };
                bad.push(self.table.place(*row, Some(column)).tell(&what));
                None
            };
            ranks.push(self.columns.clone().map(&mut rank_of).collect());
        }
        (ranks, bad)
    }

    /// Rows with grades and the name of a row before them, or none.
    fn twice_in_rows(&self) -> Vec<Text> {
        let mut first = std::collections::BTreeMap::new();
        let mut bad = Vec::new();
        for ((row, _), name) in self.rows.iter().zip(&self.row_names) {
            let what = if name.is_empty() {
                Text::new("这一行没有名称", "this row has no name")
            } else if let Some(before) = first.insert(name.as_str(), *row) {
                let name = shown(name);
                Text::new(
                    format!("“{name}”与第 {before} 行同名"),
                    format!("“{name}” is the name of row {before} too"),
                )
            } else {
                continue;
            };
            bad.push(self.table.place(*row, Some(0)).tell(&what));
        }
        bad
    }
}

fn not_a_grade(text: &str) -> Text {
    let text = shown(text);
    Text::new(format!("“{text}”不是档次。"), format!("“{text}” is not a grade"))
}

fn turned(rows: &[Vec<Option<u8>>], width: usize) -> Vec<Vec<Option<u8>>> {
    (0..width).map(|column| rows.iter().map(|row| row.get(column).copied().flatten()).collect()).collect()
}

fn unreadable(details: Vec<Text>) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("没有计算一致性。", "Agreement was not computed."),
        Text::new("矩阵里有读不懂的内容：", "The matrix holds what cannot be read:"),
        Text::new(
            "行为组员、列为条款（反过来加 --rows clauses），格子里填 A–D 或 1…q，空格或 NA 表示缺失。",
            "Rows are members, columns clauses (else --rows clauses); cells A–D or 1…q, empty or NA for missing.",
        ),
    )
    .with_details(details)
}
