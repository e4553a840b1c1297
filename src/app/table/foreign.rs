//! Files of another kind that people take for a table, told by how they begin.

use crate::domain::terms::lang::Text;

/// How a file begins, and what it is then; in lower case.
const KINDS: [(&[u8], &str, &str); 7] = [
    (b"%pdf", "是 PDF，不是表格", "a PDF, not a table"),
    (b"{\\rtf", "是 RTF 文档，不是表格", "an RTF document, not a table"),
    (
        b"<html",
        "是网页（HTML），不是工作簿，名称以 .xls 结尾也一样",
        "a web page (HTML), no workbook, even if it is named .xls",
    ),
    (b"<!doctype", "是网页（HTML），不是工作簿", "a web page (HTML), no workbook"),
    (b"<table", "是网页（HTML），不是工作簿", "a web page (HTML), no workbook"),
    (b"<?xml", "是 XML，不是工作簿", "XML, no workbook"),
    (b"\x89png", "是图片，不是表格", "a picture, not a table"),
];
/// Shorter files hold no table.
const SHORTEST: usize = 3;

/// What a file is that is no table.
pub(super) fn other_kind(bytes: &[u8]) -> Option<Text> {
    let plain = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if plain.is_empty() {
        return Some(Text::new("文件是空的", "the file is empty"));
    }
    if plain.len() < SHORTEST {
        return Some(Text::new(
            format!("文件只有 {} 个字节，没有复制完整", bytes.len()),
            format!("the file has {} bytes only; it was not copied whole", bytes.len()),
        ));
    }
    let begins =
        |beginning: &[u8]| plain.get(..beginning.len()).is_some_and(|it| it.eq_ignore_ascii_case(beginning));
    KINDS.iter().find(|(beginning, ..)| begins(beginning)).map(|(_, zh, en)| Text::new(*zh, *en))
}
