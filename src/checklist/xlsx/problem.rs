//! One thing that is wrong with a workbook, by sheet, row and column.

use crate::{
    checklist::problem::{Problem, Severity},
    domain::terms::{
        clean::clean_line,
        lang::{Lang, Text},
    },
};

/// Characters of a cell shown with a problem.
const SHOWN: usize = 40;

/// Where a problem is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetPlace {
    /// The workbook as a whole.
    Workbook,
    /// A sheet as a whole, by name.
    Sheet(String),
    /// A cell.
    Cell {
        /// Name of the sheet.
        sheet: String,
        /// Row, from 1, as Excel shows it.
        row: u32,
        /// Column in letters, as Excel shows it.
        column: String,
        /// Header of the column; empty when it has none.
        header: String,
        /// What the cell holds, safe to show and cut.
        text: String,
    },
    /// An installed file that the workbook refers to.
    File {
        /// Its name.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
}

/// A problem of a workbook, worded in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetProblem {
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub place: SheetPlace,
    /// What is wrong.
    pub what: Text,
    /// What to do about it.
    pub suggestion: Option<Text>,
}

impl SheetProblem {
    /// An error.
    pub(super) const fn error(place: SheetPlace, what: Text) -> Self {
        Self { severity: Severity::Error, place, what, suggestion: None }
    }

    /// Something that somebody should look at.
    pub(super) const fn warning(place: SheetPlace, what: Text) -> Self {
        Self { severity: Severity::Warning, place, what, suggestion: None }
    }

    /// A problem of an installed file.
    pub(super) fn of_file(problem: Problem) -> Self {
        let Problem { severity, file, line, column, what, suggestion, .. } = problem;
        Self { severity, place: SheetPlace::File { file, line, column }, what, suggestion }
    }

    /// Whether the workbook cannot be imported.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Whether it is about one cell, and not the workbook or a sheet of it.
    #[must_use]
    pub const fn is_of_a_cell(&self) -> bool {
        matches!(self.place, SheetPlace::Cell { .. })
    }

    /// The problem in one line, with its place.
    #[must_use]
    pub fn line(&self, lang: Lang) -> String {
        let severity = match self.severity {
            Severity::Error => lang.pick("错误", "error"),
            Severity::Warning => lang.pick("提醒", "warning"),
        };
        let what = self.what.get(lang);
        let suggestion = self.suggestion.as_ref().map_or_else(String::new, |suggestion| {
            format!("{}{}", lang.pick("；建议：", "; help: "), suggestion.get(lang))
        });
        match lang {
            Lang::Zh => format!("{severity}：{}{what}{suggestion}", self.place.in_words(lang)),
            Lang::En => format!("{severity}: {}{what}{suggestion}", self.place.in_words(lang)),
        }
    }

    /// The place and what is wrong there, in both languages.
    #[must_use]
    pub fn place_and_what(&self) -> Text {
        let said = |lang| format!("{}{}", self.place.in_words(lang), self.what.get(lang));
        Text::new(said(Lang::Zh), said(Lang::En))
    }

    /// Both languages, for a list of details.
    #[must_use]
    pub fn text(&self) -> Text {
        Text::new(self.line(Lang::Zh), self.line(Lang::En))
    }
}

impl SheetPlace {
    /// The place, with what separates it from the sentence after it; empty for the workbook.
    fn in_words(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Workbook, _) => String::new(),
            (Self::Sheet(sheet), Lang::Zh) => format!("工作表“{sheet}”："),
            (Self::Sheet(sheet), Lang::En) => format!("sheet “{sheet}”: "),
            (Self::Cell { sheet, row, column, header, text }, Lang::Zh) => {
                let header = if header.is_empty() { String::new() } else { format!("（{header}）") };
                let text = if text.is_empty() { String::new() } else { format!("“{text}”") };
                format!("工作表“{sheet}”第 {row} 行 {column} 列{header}{text}：")
            }
            (Self::Cell { sheet, row, column, header, text }, Lang::En) => {
                let header = if header.is_empty() { String::new() } else { format!(" ({header})") };
                let text = if text.is_empty() { String::new() } else { format!(" “{text}”") };
                format!("sheet “{sheet}”, row {row}, column {column}{header}{text}: ")
            }
            (Self::File { file, line, column }, Lang::Zh) => format!("{file}:{line}:{column}："),
            (Self::File { file, line, column }, Lang::En) => format!("{file}:{line}:{column}: "),
        }
    }
}

/// A column in letters: 0 is A, 26 is AA.
#[must_use]
pub fn letters(column: u32) -> String {
    let mut rest = column;
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.iter().rev().collect()
}

/// The part of a cell's text that is shown with a problem.
#[must_use]
pub fn shown(text: &str) -> String {
    let clean = clean_line(text);
    let mut shown: String = clean.chars().take(SHOWN).collect();
    if shown.len() < clean.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_excel_names_them() {
        for (column, name) in
            [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
        {
            assert_eq!(letters(column), name);
        }
    }
}
