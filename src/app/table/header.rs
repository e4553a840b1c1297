//! The row of headers of a table: where each column stands, and what stands where no header says what it is.

use std::collections::BTreeMap;

use crate::{
    app::table::{Cell, Cells, Table},
    checklist::xlsx::shown,
    domain::terms::lang::Text,
};

/// The headers stand in one of the first rows; a title may stand above them.
pub(crate) const HEADER_ROWS: u64 = 10;

/// The row of headers.
#[derive(Debug)]
pub(crate) struct HeaderRow<C> {
    /// The row.
    pub(crate) row: u64,
    /// Where each known column stands.
    pub(crate) columns: BTreeMap<C, u32>,
    /// Headers of columns that are not known, with their place.
    pub(crate) unknown: Vec<(u32, String)>,
    /// Headers that stand twice, with the column of the first and the second.
    twice: Vec<(u32, u32)>,
    /// Where in other sheets the same headers stand: only one sheet is read, and what lies in another would be lost.
    elsewhere: Vec<Text>,
}

impl<C: Copy + Ord> HeaderRow<C> {
    /// A row taken for the headers; a formula that failed names nothing.
    pub(crate) fn of(row: u64, cells: &Cells, parse: impl Fn(&str) -> Option<C>) -> Self {
        let mut header = Self {
            row,
            columns: BTreeMap::new(),
            unknown: Vec::new(),
            twice: Vec::new(),
            elsewhere: Vec::new(),
        };
        for (at, cell) in cells {
            match parse(&cell.text) {
                None => header.unknown.push((*at, cell.text.clone())),
                Some(column) => match header.columns.get(&column) {
                    Some(first) => header.twice.push((*first, *at)),
                    None => {
                        header.columns.insert(column, *at);
                    }
                },
            }
        }
        header
    }

    /// With what is to be told of sheets that are filled in as well.
    pub(crate) fn beside(self, elsewhere: Vec<Text>) -> Self {
        Self { elsewhere, ..self }
    }

    /// The cell of a column.
    pub(crate) fn cell<'a>(&self, cells: &'a Cells, column: C) -> Option<&'a Cell> {
        self.columns.get(&column).and_then(|at| cells.get(at))
    }

    /// Whether the cell of a column holds the error of a formula.
    pub(crate) fn has_failed(&self, cells: &Cells, column: C) -> bool {
        self.cell(cells, column).is_some_and(|cell| cell.failed)
    }

    /// The first row of headers near the top of one of the tables, and that table.
    pub(crate) fn find(
        tables: &[Table],
        parse: impl Fn(&str) -> Option<C>,
        is_header: impl Fn(&BTreeMap<C, u32>) -> bool,
    ) -> Option<(&Table, Self)> {
        let mut with_headers = tables.iter().filter_map(|table| {
            let near = table.rows.iter().take_while(|(row, _)| **row <= HEADER_ROWS);
            let mut headers = near.map(|(row, cells)| Self::of(*row, cells, &parse));
            headers.find(|header| is_header(&header.columns)).map(|header| (table, header))
        });
        let (table, header) = with_headers.next()?;
        let elsewhere = with_headers.map(|(other, header)| one_too_many(other, header.row)).collect();
        Some((table, header.beside(elsewhere)))
    }

    /// Headers that stand twice, and what stands below no header or behind the last one.
    pub(crate) fn problems(&self, table: &Table) -> Vec<Text> {
        let twice = self.twice.iter();
        let twice = twice.map(|(first, second)| same_column(table, self.row, *first, *second));
        let elsewhere = self.elsewhere.iter().cloned();
        elsewhere.chain(twice).chain(without_header(table, self.row, 0)).collect()
    }
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
pub(crate) fn without_header(table: &Table, header: u64, named: u32) -> Vec<Text> {
    let no_cells = Cells::new();
    let headers = table.rows.get(&header).unwrap_or(&no_cells);
    let last = headers.keys().next_back().copied().unwrap_or(0);
    let mut problems = Vec::new();
    let mut told: Vec<u32> = Vec::new();
    for (row, cells) in table.rows.range(header + 1..) {
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
pub(crate) fn twice_named(table: &Table, header: u64) -> Vec<Text> {
    let mut first = BTreeMap::new();
    let cells = table.rows.get(&header).into_iter().flatten();
    let again = cells.filter_map(|(column, cell)| match first.get(cell.text.as_str()) {
        Some(before) => Some((*before, *column)),
        None => {
            first.insert(cell.text.as_str(), *column);
            None
        }
    });
    again.map(|(before, column)| same_column(table, header, before, column)).collect()
}

/// A header that names the same column as one before it.
fn same_column(table: &Table, header: u64, first: u32, second: u32) -> Text {
    let cell = table.rows.get(&header).and_then(|cells| cells.get(&second));
    let text = cell.map(|cell| shown(&cell.text)).unwrap_or_default();
    let first = table.place(header, Some(first)).words();
    let what = Text::new(
        format!("列名“{text}”与{}的是同一列", first.zh),
        format!("the header “{text}” names the same column as {}", first.en),
    );
    table.place(header, Some(second)).tell(&what)
}
