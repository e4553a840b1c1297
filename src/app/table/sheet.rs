//! The sheets of a workbook as tables.

use std::collections::BTreeMap;

use crate::{
    app::table::{Cell, Cells, Fault, Form, MOST_CHARACTERS, Table, Unreadable, place::TablePlace},
    checklist::xlsx::{Held, SheetCells, read_cells},
    domain::terms::lang::Text,
};

/// The sheets of a workbook, each with at most `most` rows below its header.
///
/// # Errors
/// Why it cannot be read, with the place where that shows.
pub(super) fn read(bytes: &[u8], most: usize) -> Result<Vec<Table>, Unreadable> {
    let grids = read_cells(bytes).map_err(|problem| {
        let why = problem.place_and_what();
        if problem.is_of_a_cell() { Unreadable::too_large(why) } else { Unreadable::save_again(why) }
    })?;
    grids.into_iter().map(|grid| table_of(grid, most)).collect()
}

fn table_of(grid: SheetCells, most: usize) -> Result<Table, Unreadable> {
    let mut rows: BTreeMap<u64, Cells> = BTreeMap::new();
    let mut width = 0;
    for ((row, column), held) in grid.cells {
        let fault = match held {
            Held::Error(_) => Some(Fault::Failed),
            Held::Unreckoned(_) => Some(Fault::Unreckoned),
            Held::Text(_) | Held::Number(_) | Held::Flag(_) | Held::Date(_) => None,
        };
        let text = held.to_text();
        let line = u64::from(row) + 1;
        let tell = |zh, en| {
            let place = TablePlace { sheet: Some(&grid.name), line, column: Some(column) };
            Err(Unreadable::mend(place.tell(&Text::new(zh, en))))
        };
        if text.chars().count() > MOST_CHARACTERS {
            return tell("这一格的文字太长", "the text of this cell is too long");
        }
        if text.is_empty() {
            return tell(
                "这一格是时刻，没有日期；请把它改成文字",
                "this cell is a time without a day; make it a text",
            );
        }
        width = width.max(column + 1);
        rows.entry(line).or_default().insert(column, Cell { text, fault, lines: (line, line) });
    }
    if rows.len() > most + 1 {
        return Err(Unreadable::too_many_rows(most));
    }
    let SheetCells { name, is_hidden, across, .. } = grid;
    Ok(Table { form: Form::Sheet { name }, rows, width, is_hidden, across })
}
