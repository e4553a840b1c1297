//! Takes the cells out of a workbook, bounded, without trusting the sizes it claims.

use std::{collections::BTreeMap, io::Cursor, panic};

use calamine::{DataRef, ExcelDateTime, Reader, Sheet, SheetType, SheetVisible, Xlsx, XlsxFormulaMetadata};

use crate::{
    checklist::xlsx::{
        merged::{Across, fill_down},
        package,
        problem::{SheetPlace, SheetProblem, letters},
    },
    domain::terms::{clean::clean_line, date::Date, lang::Text},
};

/// Cells further down or to the right are refused: no guide is that long.
const LAST_ROW: u32 = 20_000;
pub(super) const LAST_COLUMN: u32 = 250;
/// Most cells of a workbook, and most bytes of text; a text may be named by many cells.
const MOST_CELLS: usize = 500_000;
const MOST_TEXT: usize = 24 << 20;
/// Most sheets.
const MOST_SHEETS: usize = 300;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Held {
    /// Text, with its ends trimmed; never empty.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Flag(bool),
    /// A date or time, as `2026-11-21` or `2026-11-21 14:30`; empty where it cannot be told. No column of a checklist holds one.
    Date(String),
    /// The error of a formula, such as `#N/A`.
    Error(String),
    /// A formula whose value is not in the file: no spreadsheet has reckoned it yet.
    Unreckoned(String),
}

/// The cells of a sheet that hold something, by row and column from 0.
#[derive(Debug)]
pub struct SheetCells {
    /// Name of the sheet.
    pub name: String,
    /// Whether people who open the workbook do not see it.
    pub is_hidden: bool,
    /// Its cells. What is merged over several rows stands in each of them that holds anything else.
    pub cells: BTreeMap<(u32, u32), Held>,
    /// What is merged over several columns; it stands in the first of them.
    pub across: Vec<Across>,
}

impl Held {
    /// As text, to show it.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Text(text) | Self::Error(text) | Self::Date(text) | Self::Unreckoned(text) => text.clone(),
            Self::Number(number) => digits(*number),
            Self::Flag(flag) => flag.to_string().to_uppercase(),
        }
    }
}

/// A number as digits. Nine decimals are more than any value has, and fewer than a float is wrong by.
pub(super) fn digits(number: f64) -> String {
    let mut text = format!("{number:.9}");
    if text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    if text == "-0" { "0".to_owned() } else { text }
}

/// All sheets of a workbook.
///
/// # Errors
/// Why it cannot be read.
pub fn read(bytes: &[u8]) -> Result<Vec<SheetCells>, Box<SheetProblem>> {
    if let Some(why) = package::refuse(bytes) {
        return Err(Box::new(SheetProblem::error(SheetPlace::Workbook, why)));
    }
    // The reader takes well-formed part names for granted in places; a file from anybody must not end the program.
    panic::catch_unwind(|| open(bytes)).unwrap_or_else(|_| Err(damaged(SheetPlace::Workbook)))
}

fn damaged(place: SheetPlace) -> Box<SheetProblem> {
    Box::new(SheetProblem::error(place, package::damaged()))
}

fn open(bytes: &[u8]) -> Result<Vec<SheetCells>, Box<SheetProblem>> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged(SheetPlace::Workbook))?;
    let sheets = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let sheets: Vec<Sheet> = sheets.cloned().collect();
    if sheets.len() > MOST_SHEETS {
        return Err(damaged(SheetPlace::Workbook));
    }
    let mut budget = Budget { cells: MOST_CELLS, text: MOST_TEXT };
    sheets.iter().map(|sheet| read_sheet(&mut workbook, sheet, &mut budget)).collect()
}

/// What may still be read of a workbook.
struct Budget {
    cells: usize,
    text: usize,
}

impl Budget {
    /// Takes what a cell costs; false if it is more than there is left.
    fn take(&mut self, held: &Held) -> bool {
        let size = if let Held::Text(text) = held { text.len() } else { 0 };
        let fits = self.cells > 0 && size <= self.text;
        if fits {
            self.cells -= 1;
            self.text -= size;
        }
        fits
    }
}

fn read_sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &Sheet,
    budget: &mut Budget,
) -> Result<SheetCells, Box<SheetProblem>> {
    let name = clean_line(&sheet.name);
    let broken = || damaged(SheetPlace::Sheet(name.clone()));
    let mut cells = cells_of(workbook, sheet, &name, budget)?;
    let merged = workbook.merge_cells_by_sheet_name(&sheet.name).map_err(|_| broken())?;
    let across = fill_down(&mut cells, &merged, |held| budget.take(held)).map_err(|at| too_far(&name, at))?;
    let is_hidden = sheet.visible != SheetVisible::Visible;
    Ok(SheetCells { name, is_hidden, cells, across })
}

/// The filled cells of a sheet of that name.
fn cells_of(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &Sheet,
    name: &str,
    budget: &mut Budget,
) -> Result<BTreeMap<(u32, u32), Held>, Box<SheetProblem>> {
    let broken = || damaged(SheetPlace::Sheet(name.to_owned()));
    let mut reader = workbook.worksheet_cells_reader(&sheet.name).map_err(|_| broken())?;
    let mut cells = BTreeMap::new();
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|_| broken())? {
        let unreckoned = || cell.formula.as_ref().map(|formula| Held::Unreckoned(written(formula)));
        // A formula whose value is the empty text is blank; one without any value is not.
        let held = if cell.value == DataRef::Empty { unreckoned() } else { held(&cell.value) };
        let Some(held) = held else { continue };
        let (row, column) = cell.pos;
        if row >= LAST_ROW || column >= LAST_COLUMN || !budget.take(&held) {
            return Err(too_far(name, cell.pos));
        }
        cells.insert((row, column), held);
    }
    Ok(cells)
}

/// A formula as it is typed; the cells that share one name only the first of them.
fn written(formula: &XlsxFormulaMetadata) -> String {
    match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => {
            format!("={formula}")
        }
        _ => "=".to_owned(),
    }
}

fn too_far(sheet: &str, (row, column): (u32, u32)) -> Box<SheetProblem> {
    let place = SheetPlace::Cell {
        sheet: sheet.to_owned(),
        row: row.saturating_add(1),
        column: letters(column),
        header: String::new(),
        text: String::new(),
    };
    let what = Text::new(
        format!("这里还有内容；表格最多 {LAST_ROW} 行、{LAST_COLUMN} 列，请删掉这一格和多余的行列"),
        format!(
            "something stands here; a table has at most {LAST_ROW} rows and {LAST_COLUMN} columns; delete this cell and what is not needed"
        ),
    );
    Box::new(SheetProblem::error(place, what))
}

/// What a cell holds; `None` when it is blank.
fn held(value: &DataRef<'_>) -> Option<Held> {
    let text = |text: &str| {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        (!text.is_empty()).then(|| Held::Text(text.to_owned()))
    };
    match value {
        DataRef::Empty => None,
        DataRef::String(found) => text(found),
        DataRef::SharedString(found) => text(found),
        DataRef::Int(number) => Some(Held::Number(*number as f64)),
        DataRef::Float(number) if number.is_finite() => Some(Held::Number(*number)),
        DataRef::Float(_) => Some(Held::Error("#NUM!".to_owned())),
        DataRef::Bool(flag) => Some(Held::Flag(*flag)),
        DataRef::DateTime(time) => Some(Held::Date(day(time))),
        DataRef::DateTimeIso(text) => Some(Held::Date(text.trim_end_matches("T00:00:00").replace('T', " "))),
        DataRef::DurationIso(_) => Some(Held::Date(String::new())),
        DataRef::Error(error) => Some(Held::Error(error.to_string())),
    }
}

/// The day of a date cell, and its time unless that is midnight; empty for a duration, and for a number that is no day of the
/// calendar.
fn day(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let date = Date::new(year, month, day).filter(|_| time.is_datetime());
    let date = date.map(|date| date.to_string()).unwrap_or_default();
    match (hour, minute, second) {
        (0, 0, 0) => date,
        _ if date.is_empty() => date,
        (_, _, 0) => format!("{date} {hour:02}:{minute:02}"),
        _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
    }
}
