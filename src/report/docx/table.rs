//! Tables with a fixed grid, and names with values as a table of two columns.

use docx_rs::{
    Docx, LineSpacing, Paragraph, Shading, ShdType, Table as DocxTable, TableCell, TableLayoutType, TableRow,
    VAlignType, WidthType,
};

use super::text::{add_lines, body, bold};
use crate::report::page::Table;

/// Grey behind header cells.
const HEADER_FILL: &str = "E7E6E6";
/// Share of the width for names, in hundredths.
const NAME_SHARE: usize = 26;

/// What the writer puts for a row without properties. Only header rows have none: all others may not break.
const PLAIN_ROW: &str = "<w:trPr />";
/// Repeated on each page, and not broken across two.
const HEADER_ROW: &str = "<w:trPr><w:cantSplit /><w:tblHeader /></w:trPr>";

/// Adds a table and a gap after it: two tables next to each other would become one.
pub(super) fn add_table(document: Docx, table: &Table, width: usize) -> Docx {
    let grid = columns(&table.widths, table.header.len(), width);
    let header = row(&table.header, &grid, true);
    let rows = table.rows.iter().map(|cells| row(cells, &grid, false).cant_split());
    finish(document, std::iter::once(header).chain(rows).collect(), grid, width)
}

/// Adds names with values.
pub(super) fn add_facts(document: Docx, facts: &[(String, String)], width: usize) -> Docx {
    if facts.is_empty() {
        return document;
    }
    let names = width * NAME_SHARE / 100;
    let grid = vec![names, width - names];
    let rows = facts.iter().map(|(name, value)| {
        let cells = vec![cell(name, names, true), cell(value, width - names, false)];
        TableRow::new(cells).cant_split()
    });
    finish(document, rows.collect(), grid, width)
}

/// Marks header rows in the written document. The library cannot; text cannot be mistaken for it, `<` is escaped there.
pub(super) fn repeat_headers(document: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(document).replace(PLAIN_ROW, HEADER_ROW).into_bytes()
}

fn finish(document: Docx, rows: Vec<TableRow>, grid: Vec<usize>, width: usize) -> Docx {
    let table =
        DocxTable::new(rows).set_grid(grid).layout(TableLayoutType::Fixed).width(width, WidthType::Dxa);
    let gap = Paragraph::new().line_spacing(LineSpacing::new().before(0).after(60));
    document.add_table(table).add_paragraph(gap)
}

fn row(cells: &[String], grid: &[usize], header: bool) -> TableRow {
    TableRow::new(cells.iter().zip(grid).map(|(text, width)| cell(text, *width, header)).collect())
}

fn cell(text: &str, width: usize, strong: bool) -> TableCell {
    let run = if strong { bold() } else { body() }.size(19);
    let cell = TableCell::new()
        .width(width, WidthType::Dxa)
        .vertical_align(VAlignType::Center)
        .add_paragraph(add_lines(Paragraph::new(), text, run));
    if strong { cell.shading(Shading::new().shd_type(ShdType::Clear).fill(HEADER_FILL)) } else { cell }
}

/// Column widths from relative ones; together exactly `width`.
fn columns(relative: &[u16], n: usize, width: usize) -> Vec<usize> {
    let share = |index: usize| usize::from(relative.get(index).copied().unwrap_or(1).max(1));
    let total: usize = (0..n).map(share).sum();
    let mut grid: Vec<usize> = (0..n).map(|index| width * share(index) / total.max(1)).collect();
    let given: usize = grid.iter().sum();
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
