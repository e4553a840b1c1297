//! Takes the cells out of a workbook, bounded, without trusting the sizes it claims.

use std::{collections::BTreeMap, io::Cursor, panic};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsx};

use crate::{
    checklist::xlsx::{
        package,
        problem::{SheetPlace, SheetProblem, letters},
    },
    domain::terms::{clean::clean_line, date::Date, lang::Text},
};

/// Cells further down or to the right are refused: no guide is that long.
const LAST_ROW: u32 = 20_000;
const LAST_COLUMN: u32 = 250;
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
    /// A date or time, as `2026-11-21`; empty where it cannot be told. No column of a checklist holds one.
    Date(String),
    /// The error of a formula, such as `#N/A`.
    Error(String),
}

/// The cells of a sheet that hold something, by row and column from 0.
#[derive(Debug)]
pub struct SheetCells {
    /// Name of the sheet.
    pub name: String,
    /// Its cells.
    pub cells: BTreeMap<(u32, u32), Held>,
}

impl Held {
    /// As text, to show it.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Text(text) | Self::Error(text) | Self::Date(text) => text.clone(),
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
    let names: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    if names.len() > MOST_SHEETS {
        return Err(damaged(SheetPlace::Workbook));
    }
    let mut budget = Budget { cells: MOST_CELLS, text: MOST_TEXT };
    names.into_iter().map(|name| read_sheet(&mut workbook, name, &mut budget)).collect()
}

struct Budget {
    cells: usize,
    text: usize,
}

fn read_sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: String,
    budget: &mut Budget,
) -> Result<SheetCells, Box<SheetProblem>> {
    let shown = clean_line(&name);
    let broken = || damaged(SheetPlace::Sheet(shown.clone()));
    let mut reader = workbook.worksheet_cells_reader(&name).map_err(|_| broken())?;
    let mut cells = BTreeMap::new();
    while let Some(cell) = reader.next_cell().map_err(|_| broken())? {
        let Some(held) = held(cell.get_value()) else { continue };
        let (row, column) = cell.get_position();
        let size = if let Held::Text(text) = &held { text.len() } else { 0 };
        let fits = row < LAST_ROW && column < LAST_COLUMN && budget.cells > 0 && size <= budget.text;
        if !fits {
            let place = SheetPlace::Cell {
                sheet: shown.clone(),
                row: row.saturating_add(1),
                column: letters(column),
                header: String::new(),
                text: String::new(),
            };
            let what = Text::new(
                "从这里起大得不合常理，请删掉多余的内容",
                "more than any such workbook holds from here on; delete what is not needed",
            );
            return Err(Box::new(SheetProblem::error(place, what)));
        }
        budget.cells -= 1;
        budget.text -= size;
        cells.insert((row, column), held);
    }
    Ok(SheetCells { name: shown, cells })
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
        DataRef::DateTimeIso(text) => Some(Held::Date(text.chars().take(10).collect())),
        DataRef::DurationIso(_) => Some(Held::Date(String::new())),
        DataRef::Error(error) => Some(Held::Error(error.to_string())),
    }
}

/// The day of a date cell; empty for a duration, and for a number that is no day of the calendar.
fn day(time: &ExcelDateTime) -> String {
    let (year, month, day, ..) = time.to_ymd_hms_milli();
    let date = Date::new(year, month, day).filter(|_| time.is_datetime());
    date.map(|date| date.to_string()).unwrap_or_default()
}
