//! Tables with a fixed grid, and names with values as a table of two columns.

use std::fmt::Write;

use crate::report::{
    docx::{
        look::Look,
        parts::{CELL, GAP},
        run::run,
    },
    page::Table,
};

/// Grey behind header cells.
const HEADER_FILL: &str = "E7E6E6";
/// Share of the width for names, in hundredths.
const NAME_SHARE: u32 = 26;
/// Least height of a row to be filled in by hand: 15 mm.
const TALL: u32 = 850;

/// Writes a table and a gap after it: two tables next to each other would become one.
pub(super) fn table(out: &mut String, table: &Table, look: &Look) {
    let width = look.text_width();
    let grid = columns(&table.widths, table.header.len(), width);
    open(out, &grid, look);
    out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (text, width) in table.header.iter().zip(&grid) {
        cell(out, text, *width, true);
    }
    out.push_str("</w:tr>");
    for row in &table.rows {
        out.push_str("<w:tr><w:trPr><w:cantSplit/>");
        if table.tall {
            let _ = write!(out, "<w:trHeight w:val=\"{TALL}\" w:hRule=\"atLeast\"/>");
        }
        out.push_str("</w:trPr>");
        for (text, width) in row.iter().zip(&grid) {
            cell(out, text, *width, false);
        }
        out.push_str("</w:tr>");
    }
    close(out);
}

/// Writes names with values.
pub(super) fn facts(out: &mut String, facts: &[(String, String)], look: &Look) {
    let width = look.text_width();
    if facts.is_empty() {
        return;
    }
    let names = width * NAME_SHARE / 100;
    let grid = [names, width - names];
    open(out, &grid, look);
    for (name, value) in facts {
        out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        cell(out, name, names, true);
        cell(out, value, width - names, false);
        out.push_str("</w:tr>");
    }
    close(out);
}

pub(super) fn open(out: &mut String, grid: &[u32], look: &Look) {
    let width = look.text_width();
    let [above, beside] = look.measures().padding;
    let _ = write!(out, "<w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ = write!(out, "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    }
    out.push_str("</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar>");
    for (side, room) in [("top", above), ("left", beside), ("bottom", above), ("right", beside)] {
        let _ = write!(out, "<w:{side} w:w=\"{room}\" w:type=\"dxa\"/>");
    }
    out.push_str("</w:tblCellMar></w:tblPr><w:tblGrid>");
    for column in grid {
        let _ = write!(out, "<w:gridCol w:w=\"{column}\"/>");
    }
    out.push_str("</w:tblGrid>");
}

pub(super) fn close(out: &mut String) {
    let _ = write!(out, "</w:tbl><w:p><w:pPr><w:pStyle w:val=\"{GAP}\"/></w:pPr></w:p>");
}

fn cell(out: &mut String, text: &str, width: u32, strong: bool) {
    let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
    if strong {
        let _ = write!(out, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{HEADER_FILL}\"/>");
    }
    // A header that alone would end a page goes to the next one with its rows.
    let keep = if strong { "<w:keepNext/>" } else { "" };
    let _ = write!(
        out,
        "<w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"{CELL}\"/>{keep}</w:pPr>"
    );
    if !text.is_empty() {
        run(out, if strong { "<w:rPr><w:b/></w:rPr>" } else { "" }, text);
    }
    out.push_str("</w:p></w:tc>");
}

/// Column widths from relative ones; together exactly `width`.
pub(super) fn columns(relative: &[u16], n: usize, width: u32) -> Vec<u32> {
    let share = |index: usize| u32::from(relative.get(index).copied().unwrap_or(1).max(1));
    let total: u32 = (0..n).map(share).sum();
    let mut grid: Vec<u32> = (0..n).map(|index| width * share(index) / total.max(1)).collect();
    let given: u32 = grid.iter().sum();
    if let Some(last) = grid.last_mut() {
        *last += width - given;
    }
    grid
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_width_exactly() {
        assert_eq!(columns(&[1, 2, 3], 3, 100), [16, 33, 51]);
        assert_eq!(columns(&[0, 0], 2, 9), [4, 5]);
        assert_eq!(columns(&[3], 2, 8), [6, 2]);
        assert!(columns(&[], 0, 9).is_empty());
    }
}
