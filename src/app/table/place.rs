//! Where a cell is, as the program in which people mend it shows it.

use crate::{checklist::xlsx::letters, domain::terms::lang::Text};

/// A cell or a row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TablePlace<'a> {
    /// The sheet; none of a CSV file.
    pub(super) sheet: Option<&'a str>,
    /// Line or row, from 1.
    pub(super) line: u64,
    /// Column, from 0; none of a row.
    pub(super) column: Option<u32>,
}

impl TablePlace<'_> {
    /// The place: line and column of a CSV file, sheet and cell of a workbook.
    pub(crate) fn words(&self) -> Text {
        let line = self.line;
        match (self.sheet, self.column) {
            (None, None) => Text::new(format!("第 {line} 行"), format!("line {line}")),
            (None, Some(column)) => {
                let column = u64::from(column) + 1;
                Text::new(format!("第 {line} 行第 {column} 列"), format!("line {line}, column {column}"))
            }
            (Some(sheet), None) => {
                Text::new(format!("工作表“{sheet}”第 {line} 行"), format!("sheet “{sheet}”, row {line}"))
            }
            (Some(sheet), Some(column)) => {
                let cell = format!("{}{line}", letters(column));
                Text::new(format!("工作表“{sheet}”{cell}"), format!("sheet “{sheet}”, {cell}"))
            }
        }
    }

    /// What is wrong there, after the place.
    pub(crate) fn tell(&self, what: &Text) -> Text {
        let place = self.words();
        Text::new(format!("{}：{}", place.zh, what.zh), format!("{}: {}", place.en, what.en))
    }
}
