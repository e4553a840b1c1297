//! A CSV file as a table.

use std::collections::BTreeMap;

use csv::{Position, ReaderBuilder};

use crate::{
    app::table::{
        Cell, Cells, Form, HEADER_ROWS, Table, Unreadable,
        encoding::{Decoded, Undecided, decode},
        foreign::other_kind,
        place::TablePlace,
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
pub(super) fn read(bytes: &[u8], most: usize) -> Result<Table, Unreadable> {
    if bytes.len() > FILE_LIMIT {
        return Err(Unreadable::too_large(Text::new("文件超过 16 MB。", "It is larger than 16 MB.")));
    }
    if let Some(kind) = other_kind(bytes) {
        return Err(Unreadable::save_again(kind));
    }
    let decoded = decode(bytes).map_err(|Undecided { before, why }| {
        Unreadable::mend(Scan::place_behind(&before, Separator::of(&before)).tell(&why))
    })?;
    let Decoded { text, encoding, is_doubtful } = decoded;
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
        let record =
            record.map_err(|error| Unreadable::mend(Text::new(error.to_string(), error.to_string())))?;
        let start = record.position().map_or(0, Position::byte);
        let line = lines.at(usize::try_from(start).unwrap_or(usize::MAX));
        width = width.max(u32::try_from(record.len()).unwrap_or(u32::MAX));
        rows.insert(line, cells_of(line, record.iter()));
    }
    let form = Form::Csv { encoding, separator, is_doubtful };
    let table = Table { form, rows, width, is_hidden: false, across: Vec::new() };
    match otherwise_separated(&table) {
        Some(why) => Err(Unreadable::mend(why)),
        None => Ok(table),
    }
}

/// Where a file whose rows are single cells is separated by what is no separator.
fn otherwise_separated(table: &Table) -> Option<Text> {
    const OTHERS: [char; 5] = ['，', '；', '、', '|', '｜'];
    let is_single = |cells: &Cells| cells.keys().all(|column| *column == 0);
    if !table.rows.values().all(is_single) {
        return None;
    }
    let mut first = table.filled().filter(|(row, _)| *row <= HEADER_ROWS);
    first.find_map(|(row, cells)| {
        let text = &cells.get(&0)?.text;
        let other = OTHERS.into_iter().find(|other| text.matches(*other).count() > 1)?;
        let place = TablePlace { sheet: None, line: row, column: None };
        Some(place.tell(&Text::new(
            format!("各格之间是“{other}”；要用半角的逗号、分号或制表符分隔"),
            format!("“{other}” stands between the cells; a plain comma, semicolon or tab should"),
        )))
    })
}

/// The filled cells of a row that begins on this line. Every line break of a row stands inside a quoted cell.
fn cells_of<'a>(mut line: u64, texts: impl Iterator<Item = &'a str>) -> Cells {
    let mut cells = Cells::new();
    for (column, text) in (0..).zip(texts) {
        let first = line;
        line += n_breaks(text);
        let text = without_guard(trimmed(text));
        if !text.is_empty() {
            cells.insert(column, Cell { text: text.to_owned(), fault: None, lines: (first, line) });
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
