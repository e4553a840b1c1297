//! A CSV file as a table.

use std::collections::BTreeMap;

use csv::{Position, ReaderBuilder};

use crate::{
    app::table::{
        Cell, Cells, Form, Table,
        encoding::{Undecided, decode},
        scan::{Scan, look_over},
        separator::Separator,
        trimmed,
    },
    domain::terms::lang::Text,
    report::csv::defuse,
};

/// Largest CSV file, in bytes.
const FILE_LIMIT: usize = 16 << 20;

/// The table of a CSV file.
///
/// # Errors
/// Why it cannot be read, with the place.
pub(super) fn read(bytes: &[u8], most: usize) -> Result<Table, Text> {
    if bytes.len() > FILE_LIMIT {
        return Err(Text::new("文件超过 16 MB。", "It is larger than 16 MB."));
    }
    let (text, encoding) = decode(bytes).map_err(|Undecided { before, why }| {
        Scan::place_behind(&before, Separator::of(&before)).tell(&why)
    })?;
    let separator = Separator::of(&text);
    look_over(&text, separator, most)?;
    let mut reader = ReaderBuilder::new()
        .delimiter(separator.byte())
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let (mut rows, mut width) = (BTreeMap::new(), 0);
    let mut lines = LineCount::of(&text);
    for record in reader.records() {
        let record = record.map_err(|error| Text::new(error.to_string(), error.to_string()))?;
        let start = record.position().map_or(0, Position::byte);
        let line = lines.at(usize::try_from(start).unwrap_or(usize::MAX));
        width = width.max(u32::try_from(record.len()).unwrap_or(u32::MAX));
        rows.insert(line, cells_of(line, record.iter()));
    }
    Ok(Table { form: Form::Csv { encoding, separator }, rows, width })
}

/// The filled cells of a row that begins on this line. Every line break of a row stands inside a quoted cell.
fn cells_of<'a>(mut line: u64, texts: impl Iterator<Item = &'a str>) -> Cells {
    let mut cells = Cells::new();
    for (column, text) in (0..).zip(texts) {
        let first = line;
        line += n_breaks(text);
        let text = without_guard(trimmed(text));
        if !text.is_empty() {
            cells.insert(column, Cell { text: text.to_owned(), failed: false, lines: (first, line) });
        }
    }
    cells
}

fn n_breaks(text: &str) -> u64 {
    let n = |pattern: &str| text.matches(pattern).count() as u64;
    n("\n") + n("\r") - n("\r\n")
}

/// A cell without the apostrophe that keeps a spreadsheet from running it; what was written reads the same again.
fn without_guard(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| defuse(rest) != *rest).unwrap_or(text)
}

/// Counts lines up to a record. The reader's own count takes the LF of a CRLF for the beginning of the next record.
struct LineCount<'a> {
    text: &'a str,
    until: usize,
    n: u64,
}

impl<'a> LineCount<'a> {
    const fn of(text: &'a str) -> Self {
        Self { text, until: 0, n: 1 }
    }

    /// The line on which the record from this byte on begins. Records are asked for in their order.
    fn at(&mut self, start: usize) -> u64 {
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
