//! Tables that people bring, CSV or workbooks, read in one way: every cell knows its place, and nothing is dropped silently.

mod encoding;
mod foreign;
mod format;
mod header;
mod note;
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
    checklist::xlsx::{Across, shown},
    domain::terms::lang::Text,
};

pub(crate) use format::TableFormat;
pub(crate) use header::{HEADER_ROWS, HeaderRow, merged_across, one_too_many, twice_named, without_header};
pub(crate) use note::is_note;
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
    /// Whether it is a sheet that people who open the workbook do not see.
    pub(crate) is_hidden: bool,
    /// What is merged over several columns.
    across: Vec<Across>,
}

/// Why a file cannot be read, and what to do about it.
#[derive(Debug)]
pub(crate) struct Unreadable {
    /// Why, in a sentence, with the place where that shows.
    pub(crate) why: Text,
    /// What to do.
    pub(crate) next: Text,
}

/// The filled cells of a row, by column from 0.
pub(crate) type Cells = BTreeMap<u32, Cell>;

/// What a filled cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Its text with the ends trimmed; never empty.
    pub(crate) text: String,
    /// Why its text is not what was meant.
    pub(crate) fault: Option<Fault>,
    /// The line on which it begins and that on which it ends; in a sheet both are the row.
    lines: (u64, u64),
}

/// What is wrong with a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Its result is an error.
    Failed,
    /// Its result is not in the file.
    Unreckoned,
}

/// What a table was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    Sheet { name: String },
    Csv { encoding: Encoding, separator: Separator, is_doubtful: bool },
}

/// The tables of a file that somebody brought: the sheets of a workbook, or the one table of a CSV file. Its content says
/// which it is, whatever its name. A table has at most `most` rows below its header.
///
/// # Errors
/// Why it cannot be read.
pub(crate) fn read(bytes: &[u8], most: usize) -> Result<Vec<Table>, Unreadable> {
    let is_workbook = bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    if is_workbook { sheet::read(bytes, most) } else { Ok(vec![text::read(bytes, most)?]) }
}

impl Table {
    /// The rows in which something stands.
    pub(crate) fn filled(&self) -> impl Iterator<Item = (u64, &Cells)> {
        self.rows.iter().filter(|(_, cells)| !cells.is_empty()).map(|(row, cells)| (*row, cells))
    }

    /// The name of the sheet, to be shown; none of a CSV file.
    fn sheet(&self) -> Option<String> {
        match &self.form {
            Form::Sheet { name } => Some(shown(name)),
            Form::Csv { .. } => None,
        }
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
            Form::Csv { encoding, separator, .. } => return read_as_csv(*encoding, *separator),
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

fn read_as_csv(encoding: Encoding, separator: Separator) -> Text {
    let (zh, en) = separator.names();
    let encoding = encoding.name();
    Text::new(
        format!("按 {encoding} 编码、{zh}分隔的 CSV 读取。"),
        format!("Read as CSV in {encoding} with {en} between the cells."),
    )
}

impl Fault {
    /// What is said of it.
    pub(crate) fn words(self) -> Text {
        match self {
            Self::Failed => Text::new("是公式出错的结果", "the error of a formula"),
            Self::Unreckoned => Text::new(
                "是公式，文件里没有它的值；请用 Excel 打开并保存一次，或改成文字",
                "a formula whose value is not in the file; open and save it in Excel, or type the value",
            ),
        }
    }
}

impl Unreadable {
    /// A file that can be mended where it is told.
    fn mend(why: Text) -> Self {
        let next = Text::new(
            "请改正，或另存为 .xlsx 或 UTF-8 的 CSV 后重试。",
            "Mend it, or save it as .xlsx or UTF-8 CSV, and try again.",
        );
        Self { why, next }
    }

    /// A file of another kind.
    fn save_again(why: Text) -> Self {
        let next = Text::new(
            "请另存为 .xlsx 或 UTF-8 的 CSV 后重试。",
            "Save it as .xlsx or as UTF-8 CSV and try again.",
        );
        Self { why, next }
    }

    /// A file of which much has to go.
    fn too_large(why: Text) -> Self {
        let next = Text::new(
            "请删掉不需要的内容，或分成几个文件，再重试。",
            "Delete what is not needed, or split it into several files, and try again.",
        );
        Self { why, next }
    }

    fn too_many_rows(most: usize) -> Self {
        Self::too_large(Text::new(format!("超过 {most} 行。"), format!("It has more than {most} rows.")))
    }
}
