//! The sheets of a workbook as tables.

use std::collections::BTreeMap;

use crate::{
    app::table::{Cell, Cells, Form, MOST_CHARACTERS, Table, place::TablePlace, too_many_rows},
    checklist::xlsx::{Held, SheetCells, read_cells},
    domain::terms::lang::Text,
};

/// The sheets of a workbook, each with at most `most` rows below its header.
///
/// # Errors
/// Why it cannot be read, with the place where that shows.
pub(super) fn read(bytes: &[u8], most: usize) -> Result<Vec<Table>, Text> {
    let grids = read_cells(bytes).map_err(|problem| problem.place_and_what())?;
    grids.into_iter().map(|grid| table_of(grid, most)).collect()
}

fn table_of(grid: SheetCells, most: usize) -> Result<Table, Text> {
    let mut rows: BTreeMap<u64, Cells> = BTreeMap::new();
    let mut width = 0;
    for ((row, column), held) in grid.cells {
        let (text, failed) = (held.to_text(), matches!(held, Held::Error(_)));
        let line = u64::from(row) + 1;
        if text.chars().count() > MOST_CHARACTERS {
            let place = TablePlace { sheet: Some(&grid.name), line, column: Some(column) };
            return Err(place.tell(&Text::new("这一格的文字太长", "the text of this cell is too long")));
        }
        if text.is_empty() {
            let place = TablePlace { sheet: Some(&grid.name), line, column: Some(column) };
            return Err(place.tell(&Text::new(
                "这一格是时刻，没有日期；请把它改成文字",
                "this cell is a time without a day; make it a text",
            )));
        }
        width = width.max(column + 1);
        rows.entry(line).or_default().insert(column, Cell { text, failed, lines: (line, line) });
    }
    if rows.len() > most + 1 {
        return Err(too_many_rows(most));
    }
    Ok(Table { form: Form::Sheet { name: grid.name }, rows, width })
}
