//! A sheet before it is painted: columns with a kind, and rows of cells.

use unicode_width::UnicodeWidthStr;

use crate::{domain::terms::amount::Amount, report::markup::fits};

/// Longest text that a cell takes, in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;
/// What stands at the end of a text that was cut.
const CUT: &str = " …";

/// A table that fills a sheet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    /// Name on its tab: at most 31 characters, and none of `[]:*?/\`.
    pub(super) name: &'static str,
    /// Its columns.
    pub(super) columns: Vec<Column>,
    /// Columns on the left that stay in view.
    pub(super) n_fixed: u16,
    /// Its rows, each as long as the columns.
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    pub(super) title: String,
    /// In characters.
    pub(super) width: u8,
    pub(super) kind: Kind,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text.
    Text,
    /// Short text or a number, centred.
    Short,
    /// A verdict or vote: coloured by its grade, which is also its letter.
    Grade,
    /// To be filled in by whoever gets the file.
    Blank,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// Text, never a formula.
    Text(String),
    /// A number.
    Number(f64),
    /// Nothing.
    Blank,
}

impl Column {
    pub(super) fn new(title: impl Into<String>, width: u8, kind: Kind) -> Self {
        Self { title: title.into(), width, kind }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text) }
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<usize> for Cell {
    fn from(n: usize) -> Self {
        Self::Number(u32::try_from(n).map_or(f64::INFINITY, f64::from))
    }
}

impl From<Amount> for Cell {
    /// Amounts have at most four decimals, so that the nearest float prints as they do.
    fn from(amount: Amount) -> Self {
        amount.to_string().parse().map_or_else(|_| Self::Text(amount.to_string()), Self::Number)
    }
}

/// A text as a cell can hold it: without what XML forbids, and not longer than Excel allows.
pub(super) fn fitting(text: &str) -> String {
    let clean = |c: &char| *c == '\n' || fits(*c);
    if text.len() <= LONGEST_TEXT {
        return text.chars().filter(clean).collect();
    }
    let mut room = LONGEST_TEXT - CUT.len();
    let mut kept = String::new();
    for c in text.chars().filter(clean) {
        let Some(left) = room.checked_sub(c.len_utf16()) else { return kept + CUT };
        room = left;
        kept.push(c);
    }
    kept
}

/// Lines a text takes in a column of that width, in characters; a Chinese character is two wide.
pub(super) fn lines(text: &str, width: u32) -> u32 {
    // A little is lost to the borders, and words do not break in the middle.
    let room = usize::try_from(width).unwrap_or(usize::MAX).saturating_sub(1).max(4);
    let lines = text.lines().map(|line| line.width().div_ceil(room).max(1)).sum::<usize>();
    u32::try_from(lines).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_fits_into_a_cell_and_says_when_it_was_cut() {
        assert_eq!(fitting("急\u{0}救\u{FFFE}\n车"), "急救\n车");
        let exact = "急".repeat(LONGEST_TEXT - CUT.len());
        assert_eq!(fitting(&exact), exact);
        for letter in ["急", "𠮷", "a"] {
            let cut = fitting(&letter.repeat(LONGEST_TEXT + 1));
            assert!(cut.ends_with(CUT) && cut.encode_utf16().count() <= LONGEST_TEXT, "{letter}");
        }
    }
}
