//! Reads a pool file, CSV or workbook, with every bad row by row and column.

use std::{collections::BTreeMap, path::Path};

use ::csv::ReaderBuilder;

use crate::{
    app::{failure::Failure, pool::not_imported},
    checklist::xlsx::{Held, letters, read_cells, shown},
    domain::{
        clean::clean_line,
        lang::{Lang, Text},
        pool::{Column, POOL_LIMIT, Person, Pool, PoolExpert},
    },
    report::csv::defuse,
};

/// Largest CSV file, in bytes.
const FILE_LIMIT: usize = 16 << 20;
/// The headers stand in one of the first rows; a title may stand above them.
const HEADER_ROWS: u64 = 10;

/// A pool file as read.
pub(super) struct PoolFile {
    /// Its experts.
    pub(super) pool: Pool,
    /// Headers of columns that a pool does not have.
    pub(super) ignored: Vec<String>,
}

/// The cells of a row, by column from 0; blank ones are left out.
type Cells = BTreeMap<u32, Cell>;

/// What a cell holds.
struct Cell {
    text: String,
    /// The result of a formula that failed.
    failed: bool,
}

/// The experts of a file.
///
/// # Errors
/// Why it cannot be read at all, or every bad row.
pub(super) fn read(bytes: &[u8], path: &Path) -> Result<PoolFile, Failure> {
    let is_workbook = bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    let sheets = if is_workbook { workbook_rows(bytes) } else { csv_rows(bytes) };
    let sheets = sheets.map_err(|why| not_imported(path, why, save_again()))?;
    let found = sheets.iter().find_map(|rows| Some((header(rows)?, rows)));
    let ((at, columns), rows) = found.ok_or_else(|| not_imported(path, no_headers(), use_template()))?;
    let missing: Vec<Column> =
        Column::ALL.iter().copied().filter(|it| it.is_required() && !columns.contains_key(it)).collect();
    if !missing.is_empty() {
        return Err(not_imported(path, missing_headers(&missing), use_template()));
    }
    let ignored = rows.get(&at).into_iter().flatten();
    let ignored = ignored.filter(|(column, _)| !columns.values().any(|it| it == *column));
    let ignored = ignored.map(|(_, cell)| shown(&cell.text)).collect();
    let (pool, problems) = experts(rows, at, &columns);
    if !problems.is_empty() {
        let why = Text::new(
            format!("有 {} 处不对，全部列在下面。", problems.len()),
            format!("{} cells do not hold, all listed below.", problems.len()),
        );
        let next = Text::new("请改正后重新导入。", "Mend them and import it again.");
        return Err(not_imported(path, why, next).with_details(problems));
    }
    if pool.is_empty() {
        let why = Text::new("标题行下面没有专家。", "There is nobody below the headers.");
        return Err(not_imported(path, why, use_template()));
    }
    Ok(PoolFile { pool, ignored })
}

/// The row of the headers, and where each column stands.
fn header(rows: &BTreeMap<u64, Cells>) -> Option<(u64, BTreeMap<Column, u32>)> {
    rows.iter().take_while(|(row, _)| **row <= HEADER_ROWS).find_map(|(row, cells)| {
        let mut columns = BTreeMap::new();
        for (at, cell) in cells {
            if let Some(column) = Column::of_header(&cell.text) {
                columns.entry(column).or_insert(*at);
            }
        }
        (columns.len() >= 2 && columns.contains_key(&Column::Name)).then_some((*row, columns))
    })
}

/// The experts below the headers, and everything that is wrong.
fn experts(rows: &BTreeMap<u64, Cells>, header: u64, columns: &BTreeMap<Column, u32>) -> (Pool, Vec<Text>) {
    let (mut pool, mut problems) = (Pool::default(), Vec::new());
    let mut first_row: BTreeMap<Person, u64> = BTreeMap::new();
    for (row, cells) in rows.range(header + 1..) {
        let cell = |column: Column| columns.get(&column).and_then(|at| cells.get(at));
        let text = |column: Column| cell(column).map(|cell| cell.text.clone()).unwrap_or_default();
        if Column::ALL.iter().all(|column| cell(*column).is_none()) {
            continue;
        }
        let tell = |column: Column, what: &Text| {
            let at = columns.get(&column).copied();
            at_cell(*row, at, column, &text(column), what)
        };
        let failed = Column::ALL.iter().filter(|column| cell(**column).is_some_and(|cell| cell.failed));
        let what = Text::new("是公式出错的结果", "the error of a formula");
        let before = problems.len();
        problems.extend(failed.map(|column| tell(*column, &what)));
        match PoolExpert::from_cells(text) {
            Ok(expert) if problems.len() == before => {
                if let Some(first) = first_row.insert(expert.person.clone(), *row) {
                    let what = Text::new(
                        format!("与第 {first} 行是同名同单位的同一人"),
                        format!("the same name and unit as in row {first}"),
                    );
                    problems.push(tell(Column::Name, &what));
                }
                pool.put(expert);
            }
            Ok(_) => {}
            Err(found) => problems.extend(found.iter().map(|it| tell(it.column, &it.what))),
        }
    }
    (pool, problems)
}

fn at_cell(row: u64, at: Option<u32>, column: Column, text: &str, what: &Text) -> Text {
    let letters = at.map(letters).unwrap_or_default();
    let text = if text.is_empty() { String::new() } else { format!("“{}”", shown(text)) };
    let (zh, en) = (column.name(Lang::Zh), column.name(Lang::En));
    Text::new(
        format!("第 {row} 行 {letters} 列（{zh}）{text}：{}", what.zh),
        format!("row {row}, column {letters} ({en}) {text}: {}", what.en),
    )
}

/// The rows of every sheet, by their number as the spreadsheet shows it.
fn workbook_rows(bytes: &[u8]) -> Result<Vec<BTreeMap<u64, Cells>>, Text> {
    let grids = read_cells(bytes).map_err(|problem| problem.what)?;
    let sheets = grids.into_iter().map(|grid| {
        let mut rows: BTreeMap<u64, Cells> = BTreeMap::new();
        for ((row, column), held) in grid.cells {
            let cell = Cell { text: held.to_text(), failed: matches!(held, Held::Error(_)) };
            rows.entry(u64::from(row) + 1).or_default().insert(column, cell);
        }
        rows
    });
    Ok(sheets.collect())
}

/// The rows of a CSV file, by the line on which each begins.
fn csv_rows(bytes: &[u8]) -> Result<Vec<BTreeMap<u64, Cells>>, Text> {
    if bytes.len() > FILE_LIMIT {
        return Err(Text::new("文件超过 16 MB。", "It is larger than 16 MB."));
    }
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))
        .map_err(|_| Text::new("不是 UTF-8 编码。", "It is not UTF-8."))?;
    let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut rows = BTreeMap::new();
    let mut lines = LineCount { text, until: 0, n: 1 };
    for record in reader.records() {
        let record = record.map_err(|error| Text::new(error.to_string(), error.to_string()))?;
        if rows.len() > 2 * POOL_LIMIT {
            let what = format!("{}", 2 * POOL_LIMIT);
            return Err(Text::new(format!("超过 {what} 行。"), format!("It has more than {what} rows.")));
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
struct LineCount<'a> {
    text: &'a str,
    until: usize,
    n: u64,
}

impl LineCount<'_> {
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

/// A cell without the apostrophe that keeps a spreadsheet from running it; a written pool reads the same again.
fn refused(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('\'').filter(|rest| defuse(rest) != *rest).unwrap_or(text)
}

fn save_again() -> Text {
    Text::new("请另存为 .xlsx 或 UTF-8 的 CSV 后重试。", "Save it as .xlsx or as UTF-8 CSV and try again.")
}

fn use_template() -> Text {
    Text::new(
        "模板：hecha pool export 模板.xlsx --empty",
        "For a template: hecha pool export template.xlsx --empty",
    )
}

fn no_headers() -> Text {
    Text::new(
        format!("前 {HEADER_ROWS} 行里没有标题行（姓名、单位、职称、专业……）。"),
        format!("None of the first {HEADER_ROWS} rows holds the headers (name, unit, title, fields …)."),
    )
}

fn missing_headers(missing: &[Column]) -> Text {
    let names = |lang: Lang| missing.iter().map(|it| it.name(lang)).collect::<Vec<_>>();
    Text::new(
        format!("缺少这些栏目：{}。", names(Lang::Zh).join("、")),
        format!("These columns are missing: {}.", clean_line(&names(Lang::En).join(", "))),
    )
}
