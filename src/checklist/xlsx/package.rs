//! Bounds a workbook before anything else reads it: what it unpacks to, and counts that would make a reader allocate.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::domain::terms::lang::Text;

/// Largest workbook read, in bytes.
const LARGEST: usize = 16 << 20;
/// Largest that all its parts may unpack to together; the shipped profiles take a fiftieth of it.
const LARGEST_UNPACKED: u64 = 64 << 20;
/// Most parts.
const MOST_PARTS: usize = 2_000;

/// What a file begins with that is an old `.xls`, or an encrypted workbook.
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

/// Says why a package is not read any further; `None` when it is safe to open.
pub(super) fn refuse(bytes: &[u8]) -> Option<Text> {
    if bytes.len() > LARGEST {
        return Some(Text::new(
            "文件超过 16 MB，大得不合常理",
            "larger than 16 MB, which no such workbook is",
        ));
    }
    if bytes.starts_with(COMPOUND) {
        return Some(Text::new(
            "是旧的 .xls 格式，或者加了密码；请去掉密码，另存为 .xlsx",
            "an old .xls, or protected with a password; remove the password and save it as .xlsx",
        ));
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Some(damaged()) };
    if archive.len() > MOST_PARTS {
        return Some(too_large());
    }
    if let Some(kind) = other_kind(&archive) {
        return Some(kind);
    }
    let mut left = LARGEST_UNPACKED;
    for index in 0..archive.len() {
        let Ok(part) = archive.by_index(index) else { return Some(damaged()) };
        let is_xml = part.name().is_ok_and(|name| name.ends_with(".xml") || name.ends_with(".rels"));
        let mut unpacked = Vec::new();
        // The sizes in the directory may lie, so what comes out is counted.
        if part.take(left + 1).read_to_end(&mut unpacked).is_err() {
            return Some(damaged());
        }
        let size = unpacked.len() as u64;
        if size > left {
            return Some(too_large());
        }
        left -= size;
        if (is_xml && unpacked.contains(&0)) || promises_too_much(&unpacked) {
            return Some(damaged());
        }
    }
    None
}

/// What a package is that is no workbook of this format, by a part that only it has.
fn other_kind<R: Read + std::io::Seek>(archive: &ZipArchive<R>) -> Option<Text> {
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("xl/workbook.xml") {
        return None;
    }
    if has("content.xml") {
        return Some(Text::new(
            "是 OpenDocument 表格（.ods），请另存为 .xlsx",
            "an OpenDocument spreadsheet (.ods); save it as .xlsx",
        ));
    }
    if has("xl/workbook.bin") {
        return Some(Text::new(
            "是二进制工作簿（.xlsb），请另存为 .xlsx",
            "a binary workbook (.xlsb); save it as .xlsx",
        ));
    }
    has("word/document.xml").then(|| Text::new("是 Word 文档，不是工作簿", "a Word document, no workbook"))
}

/// Whether `uniqueCount="…"` is larger than the part itself. The reader reserves memory for that many strings, and a
/// program that runs out of memory ends at once. UTF-16 would hide the attribute, so parts with zero bytes are refused.
fn promises_too_much(part: &[u8]) -> bool {
    const ATTRIBUTE: &[u8] = b"uniqueCount";
    let places = part.windows(ATTRIBUTE.len()).enumerate().filter(|(_, window)| *window == ATTRIBUTE);
    places.map(|(at, _)| part.get(at + ATTRIBUTE.len()..).unwrap_or_default()).any(|after| {
        let Some(after) = after.trim_ascii_start().strip_prefix(b"=") else { return false };
        let after = after.iter().skip_while(|byte| !byte.is_ascii_alphanumeric());
        let digits: Vec<u8> = after.take_while(|byte| byte.is_ascii_digit()).take(20).copied().collect();
        let count = String::from_utf8(digits).unwrap_or_default();
        !count.is_empty() && count.parse::<usize>().map_or(true, |count| count > part.len())
    })
}

/// What is said of a file that is no workbook.
pub(super) fn damaged() -> Text {
    Text::new("不是 xlsx 工作簿，或者文件已损坏", "not an xlsx workbook, or damaged")
}

fn too_large() -> Text {
    Text::new("解压后大得不合常理", "unpacks to more than any such workbook holds")
}
