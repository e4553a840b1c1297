//! Notes that people write below a table, and what else is told of a table that was read.

use crate::{
    app::table::{Cells, Form, Table, read_as_csv},
    checklist::xlsx::shown,
    domain::terms::lang::Text,
};

/// How a note below a table begins.
const BEGINNINGS: [&str; 10] = ["注", "说明", "备注", "附注", "填表", "制表", "审核", "※", "note", "remark"];

/// The note that a row is: its only cell stands in this column or before it, and begins as a note does.
pub(crate) fn is_note(cells: &Cells, first: u32) -> bool {
    let mut filled = cells.iter();
    let (Some((column, cell)), None) = (filled.next(), filled.next()) else { return false };
    let text = cell.text.to_lowercase();
    let begins = |beginning: &&str| text.strip_prefix(*beginning).is_some_and(is_behind_a_beginning);
    *column <= first && cell.fault.is_none() && BEGINNINGS.iter().any(begins)
}

/// Whether the word before ends here: 注: and 注 1, but not a name that begins so.
fn is_behind_a_beginning(rest: &str) -> bool {
    rest.contains([':', '：', '。']) || rest.starts_with(|c: char| c.is_whitespace() || c.is_ascii_digit())
}

impl Table {
    /// What is told of the table when it was read: the encoding of a CSV file unless it is the usual one, and the hidden sheets
    /// beside it that were left out.
    pub(crate) fn how_read(&self, hidden: &[&Self]) -> Vec<Text> {
        let mut told = Vec::new();
        match &self.form {
            Form::Csv { encoding, separator, is_doubtful } => {
                let mut said = read_as_csv(*encoding, *separator);
                if *is_doubtful {
                    said.zh.push_str("文字很少，也可能是 GB18030：请核对汉字。");
                    said.en.push_str(" It is short and may be GB18030: look whether the Chinese is right.");
                }
                if *is_doubtful || !encoding.is_usual() {
                    told.push(said);
                }
            }
            Form::Sheet { name } if !hidden.is_empty() => {
                let (name, hidden) = (shown(name), hidden.iter().filter_map(|it| it.sheet()));
                let hidden: Vec<String> = hidden.collect();
                told.push(Text::new(
                    format!("读的是工作表“{name}”；隐藏的没有读：{}。", hidden.join("、")),
                    format!("The sheet “{name}” was read; hidden ones were not: {}.", hidden.join(", ")),
                ));
            }
            Form::Sheet { .. } => {}
        }
        told
    }

    /// That what is looked for lies on this sheet, which nobody sees.
    pub(crate) fn only_hidden(&self, row: u64) -> Text {
        self.place(row, None).tell(&Text::new(
            "内容在这张工作表里，但它是隐藏的；要读它，请取消隐藏并保存",
            "the content is on this sheet, but it is hidden; to have it read, unhide the sheet and save",
        ))
    }

    /// That a note below the table was left out.
    pub(crate) fn left_out(&self, row: u64, cells: &Cells) -> Text {
        let text = cells.values().next().map(|cell| shown(&cell.text)).unwrap_or_default();
        let what =
            Text::new(format!("“{text}”是说明，没有读"), format!("“{text}” is a note and was not read"));
        self.place(row, None).tell(&what)
    }
}
