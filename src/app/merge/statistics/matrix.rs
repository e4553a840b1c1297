//! A matrix of grades that somebody brought, with its raters' names.

use crate::{
    app::{
        failure::{Exit, Failure},
        table::{self, Cells, Table, formula_failed, one_too_many, read_as, twice_named, without_header},
    },
    checklist::xlsx::shown,
    domain::{
        agreement::Matrix,
        terms::{clean::clean_line, grade::Grade, lang::Text},
    },
};

/// Most rows of a matrix.
const ROW_LIMIT: usize = 20_000;

/// The matrix of a file, and the names of its raters.
///
/// # Errors
/// Every cell that is no grade, and everything that stands where no header names it.
pub(super) fn read(bytes: &[u8], categories: u8) -> Result<(Matrix, Vec<String>), Failure> {
    let tables = table::read(bytes, ROW_LIMIT).map_err(|why| unreadable(vec![why]))?;
    let mut filled = tables.iter().filter_map(|table| Some((table, table.filled().next()?.0)));
    let (table, _) = filled.next().ok_or_else(|| {
        let empty = Text::new("是空的", "it is empty");
        unreadable(vec![empty, read_as(&tables)])
    })?;
    let others: Vec<Text> = filled.map(|(other, row)| one_too_many(other, row)).collect();
    if !others.is_empty() {
        return Err(unreadable(others));
    }
    let grid = WrittenMatrix::of(table, categories);
    let (rows, bad) = grid.ranks(categories);
    if !bad.is_empty() {
        return Err(unreadable(bad));
    }
    let by_clause = if grid.rows_are_clauses { rows } else { turned(&rows, grid.width()) };
    let names = if grid.rows_are_clauses { grid.column_names } else { grid.row_names };
    let matrix = Matrix::new(categories, names.len(), by_clause)
        .map_err(|error| unreadable(vec![Text::new(error.to_string(), error.to_string())]))?;
    Ok((matrix, names))
}

/// A matrix as written, its names apart.
struct WrittenMatrix<'a> {
    table: &'a Table,
    /// The row that names the columns; none when the first one holds grades.
    header: Option<u64>,
    rows_are_clauses: bool,
    column_names: Vec<String>,
    row_names: Vec<String>,
    /// The columns of the grades, from 0.
    columns: std::ops::Range<u32>,
    rows: Vec<(u64, &'a Cells)>,
}

impl<'a> WrittenMatrix<'a> {
    fn of(table: &'a Table, categories: u8) -> Self {
        let mut rows: Vec<(u64, &Cells)> = table.filled().collect();
        let is_bare = rows.first().is_some_and(|(_, first)| {
            first.values().all(|cell| !cell.failed && rank(&cell.text, categories).is_ok())
        });
        let header = if is_bare || rows.is_empty() { None } else { Some(rows.remove(0)) };
        let text = |cells: &Cells, column: u32| cells.get(&column).map(|cell| cell.text.clone());
        let corner = header.and_then(|(_, cells)| text(cells, 0)).unwrap_or_default().to_lowercase();
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
            None => {
                if is_bare {
                    n.to_string()
                } else {
                    String::new()
                }
            }
        };
        Self {
            table,
            header: header.map(|(row, _)| row),
            rows_are_clauses: matches!(corner.as_str(), "clause" | "unit" | "subject" | "条款"),
            column_names: (1..).zip(columns.clone()).map(column_name).collect(),
            row_names: (1..).zip(&rows).map(row_name).collect(),
            columns,
            rows,
        }
    }

    fn width(&self) -> usize {
        self.columns.len()
    }

    /// The grades as ranks, row by row, and everything that is wrong.
    fn ranks(&self, categories: u8) -> (Vec<Vec<Option<u8>>>, Vec<Text>) {
        let mut bad = Vec::new();
        if let Some(header) = self.header {
            bad.extend(twice_named(self.table, header));
            bad.extend(without_header(self.table, header, 1));
        }
        let mut ranks = Vec::new();
        for (row, cells) in &self.rows {
            let mut rank_of = |column: u32| {
                let cell = cells.get(&column)?;
                let what = if cell.failed {
                    formula_failed()
                } else {
                    match rank(&cell.text, categories) {
                        Ok(rank) => return rank,
                        Err(()) => not_a_grade(&cell.text),
                    }
                };
                bad.push(self.table.place(*row, Some(column)).tell(&what));
                None
            };
            ranks.push(self.columns.clone().map(&mut rank_of).collect());
        }
        (ranks, bad)
    }
}

fn not_a_grade(text: &str) -> Text {
    let text = shown(text);
    Text::new(format!("“{text}”不是档次。"), format!("“{text}” is not a grade"))
}

fn turned(rows: &[Vec<Option<u8>>], width: usize) -> Vec<Vec<Option<u8>>> {
    (0..width).map(|column| rows.iter().map(|row| row.get(column).copied().flatten()).collect()).collect()
}

fn rank(cell: &str, categories: u8) -> Result<Option<u8>, ()> {
    if cell.is_empty() {
        return Ok(None);
    }
    if let Some(grade) = cell.parse::<Grade>().ok().filter(|_| categories == 4) {
        return Ok(Some(grade.rank()));
    }
    cell.parse::<u8>().ok().filter(|rank| (1..=categories).contains(rank)).map(Some).ok_or(())
}

fn unreadable(details: Vec<Text>) -> Failure {
    Failure::new(
        Exit::Fixable,
        Text::new("没有计算一致性。", "Agreement was not computed."),
        Text::new("矩阵里有读不懂的内容：", "The matrix holds what cannot be read:"),
        Text::new(
            "行为组员、列为条款，格子里填 A–D 或 1…q，空格表示缺失。",
            "Rows are members, columns clauses; cells A–D or 1…q, empty for missing.",
        ),
    )
    .with_details(details)
}
