//! Tables that people bring, CSV or workbooks, read in one way: every cell knows its place, and nothing is dropped silently.

mod encoding;
mod header;
mod place;
mod scan;
mod separator;
mod sheet;
mod text;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::{
    app::table::{encoding::Encoding, separator::Separator},
    checklist::xlsx::shown,
    domain::terms::lang::Text,
};

pub(crate) use header::{HEADER_ROWS, HeaderRow, one_too_many, twice_named, without_header};
pub(crate) use place::TablePlace;

/// Most columns of a table: a matrix of ratings has one for every clause, and a checklist may have thousands.
const MOST_COLUMNS: u32 = 5_000;
/// Most characters of a cell, as in Excel.
const MOST_CHARACTERS: usize = 32_767;

/// A table: a sheet of a workbook, or a CSV file.
#[derive(Debug)]
pub(crate) struct Table {
    form: Form,
    /// Its rows, by their number as the spreadsheet or editor shows it, from 1; of a CSV file, the line on which the row
    /// begins. A row without a filled cell is left out of a sheet and is empty in a CSV file.
    pub(crate) rows: BTreeMap<u64, Cells>,
    /// How many columns it has; those of a CSV file that are blank from top to bottom count too.
    pub(crate) width: u32,
}

/// The filled cells of a row, by column from 0.
pub(crate) type Cells = BTreeMap<u32, Cell>;

/// What a filled cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Its text with the ends trimmed; never empty.
    pub(crate) text: String,
    /// The result of a formula that failed.
    pub(crate) failed: bool,
    /// The line on which it begins and that on which it ends; in a sheet both are the row.
    lines: (u64, u64),
}

/// What a table was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    Sheet { name: String },
    Csv { encoding: Encoding, separator: Separator },
}

/// The tables of a file that somebody brought: the sheets of a workbook, or the one table of a CSV file. Its content says
/// which it is, whatever its name. A table has at most `most` rows below its header.
///
/// # Errors
/// Why it cannot be read, in a sentence, with the place where that shows.
pub(crate) fn read(bytes: &[u8], most: usize) -> Result<Vec<Table>, Text> {
    let is_workbook = bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    if is_workbook { sheet::read(bytes, most) } else { Ok(vec![text::read(bytes, most)?]) }
}

impl Table {
    /// The rows in which something stands.
    pub(crate) fn filled(&self) -> impl Iterator<Item = (u64, &Cells)> {
        self.rows.iter().filter(|(_, cells)| !cells.is_empty()).map(|(row, cells)| (*row, cells))
    }

    /// Where a cell is, filled or not; without a column, where a row is.
    pub(crate) fn place(&self, row: u64, column: Option<u32>) -> TablePlace<'_> {
        let sheet = match &self.form {
            Form::Sheet { name } => Some(name.as_str()),
            Form::Csv { .. } => None,
        };
        // A cell above which a quoted cell of its row has line breaks stands on a later line.
        let cells = self.rows.get(&row).zip(column);
        let before =
            cells.and_then(|(cells, column)| cells.range(..=column).next_back().map(|it| (it, column)));
        let line = before.map_or(
            row,
            |((at, cell), column)| {
                if *at == column { cell.lines.0 } else { cell.lines.1 }
            },
        );
        TablePlace { sheet, line, column }
    }
}

/// How a file was read, in a sentence: what to look at when its table makes no sense.
pub(crate) fn read_as(tables: &[Table]) -> Text {
    let mut sheets = Vec::new();
    for table in tables {
        match &table.form {
            Form::Sheet { name } => sheets.push(shown(name)),
            Form::Csv { encoding, separator } => {
                let (zh, en) = separator.names();
                let encoding = encoding.name();
                return Text::new(
                    format!("按 {encoding} 编码、{zh}分隔的 CSV 读取。"),
                    format!("Read as CSV in {encoding} with {en} between the cells."),
                );
            }
        }
    }
    Text::new(
        format!("读了这些工作表：{}。", sheets.join("、")),
        format!("These sheets were read: {}.", sheets.join(", ")),
    )
}

/// Text without the blanks around it, and without the mark that some programs put in the middle of joined files.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// What is said of the error of a formula.
pub(crate) fn formula_failed() -> Text {
    Text::new("是公式出错的结果", "the error of a formula")
}

fn too_many_rows(most: usize) -> Text {
    Text::new(format!("超过 {most} 行。"), format!("It has more than {most} rows."))
}
