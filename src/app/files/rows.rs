//! The rows of a table that people filled in: a workbook or CSV.

use std::collections::BTreeMap;

use ::csv::ReaderBuilder;

use crate::{
    checklist::xlsx::{Held, read_cells},
    domain::terms::lang::Text,
    report::csv::defuse,
};

/// Largest CSV file, in bytes.
const FILE_LIMIT: usize = 16 << 20;

/// The cells of a row, by column from 0; blank ones are left out.
pub(crate) type Cells = BTreeMap<u32, Cell>;

/// What a cell holds.
pub(crate) struct Cell {
    pub(crate) text: String,
    /// The result of a formula that failed.
    pub(crate) failed: bool,
}

/// The rows of a sheet, by their number as the spreadsheet or editor shows it, from 1; blank ones are left out of a workbook.
pub(crate) type Rows = BTreeMap<u64, Cells>;

/// The rows of every sheet of a workbook, or of a CSV file with at most `most` rows.
///
/// # Errors
/// Why it cannot be read, in a sentence.
pub(crate) fn rows_of(bytes: &[u8], most: usize) -> Result<Vec<Rows>, Text> {
    let is_workbook = bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    if is_workbook { workbook_rows(bytes) } else { csv_rows(bytes, most) }
}

/// The rows of every sheet, by their number as the spreadsheet shows it.
fn workbook_rows(bytes: &[u8]) -> Result<Vec<Rows>, Text> {
    let grids = read_cells(bytes).map_err(|problem| problem.what)?;
    let sheets = grids.into_iter().map(|grid| {
        let mut rows = Rows::new();
        for ((row, column), held) in grid.cells {
            let cell = Cell { text: held.to_text(), failed: matches!(held, Held::Error(_)) };
            rows.entry(u64::from(row) + 1).or_default().insert(column, cell);
        }
        rows
    });
    Ok(sheets.collect())
}

/// The rows of a CSV file, by the line on which each begins.
fn csv_rows(bytes: &[u8], most: usize) -> Result<Vec<Rows>, Text> {
    if bytes.len() > FILE_LIMIT {
        return Err(Text::new("文件超过 16 MB。", "It is larger than 16 MB."));
    }
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))
        .map_err(|_| Text::new("不是 UTF-8 编码。", "It is not UTF-8."))?;
    let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut rows = Rows::new();
    let mut lines = LineCount::of(text);
    for record in reader.records() {
        let record = record.map_err(|error| Text::new(error.to_string(), error.to_string()))?;
        if rows.len() > most {
            return Err(Text::new(format!("超过 {most} 行。"), format!("It has more than {most} rows.")));
        }
        let start = record.position().map_or(0, ::csv::Position::byte);
        let line = lines.at(usize::try_from(start).unwrap_or(usize::MAX));
        let cells = (0..).zip(&record).filter(|(_, text)| !text.trim().is_empty());
        let cells = cells.map(|(at, text)| (at, Cell { text: refused(text).to_owned(), failed: false }));
        rows.insert(line, cells.collect::<Cells>());
    }
    Ok(vec![rows])
}

/// Counts lines up to a record. The reader's own count takes the LF of a CRLF for the beginning of the next record.
pub(crate) struct LineCount<'a> {
    text: &'a str,
    until: usize,
    n: u64,
}

impl<'a> LineCount<'a> {
    /// At the beginning of a text.
    pub(crate) const fn of(text: &'a str) -> Self {
        Self { text, until: 0, n: 1 }
    }

    /// The line on which the record from this byte on begins. Records are asked for in their order.
    pub(crate) fn at(&mut self, start: usize) -> u64 {
        let bytes = self.text.as_bytes();
        let is_break = |at: usize| matches!(bytes.get(at), Some(b'\n' | b'\r'));
        while self.until < bytes.len() && (self.until < start || is_break(self.until)) {
            let is_half = bytes.get(self.until) == Some(&b'\r') && bytes.get(self.until + 1) == Some(&b'\n');
            self.n += u64::from(is_break(self.until) && !is_half);
            self.until += 1;
        }
        self.n
    }
}

/// A cell without the apostrophe that keeps a spreadsheet from running it; what was written reads the same again.
fn refused(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('\'').filter(|rest| defuse(rest) != *rest).unwrap_or(text)
}
