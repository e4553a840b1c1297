//! Forms: cells that span columns of one grid, boxes of a least height, and a place for seal and date at the end of a box.

use std::fmt::Write;

use crate::report::{
    docx::{
        look::Look,
        parts::CELL,
        run::run,
        table::{close, columns, open},
    },
    page::{Grid, GridCell},
};

/// Twentieths of a point in ten millimetres.
const TWIPS_IN_CM: u32 = 567;

/// Writes a form and a gap after it. Writing into a string cannot fail, so results of `write!` are dropped throughout.
pub(super) fn grid(out: &mut String, form: &Grid, look: &Look) {
    let widths = columns(&form.widths, form.widths.len(), look.text_width());
    open(out, &widths, look);
    for row in &form.rows {
        out.push_str("<w:tr>");
        let split = if row.breaks { "" } else { "<w:cantSplit/>" };
        let height = u32::from(row.height) * TWIPS_IN_CM / 10;
        if height > 0 {
            let _ =
                write!(out, "<w:trPr>{split}<w:trHeight w:val=\"{height}\" w:hRule=\"atLeast\"/></w:trPr>");
        } else if !split.is_empty() {
            let _ = write!(out, "<w:trPr>{split}</w:trPr>");
        }
        let mut rest = widths.as_slice();
        for cell in &row.cells {
            let (own, after) = rest.split_at(usize::from(cell.span).min(rest.len()));
            rest = after;
            box_of(out, cell, own.iter().sum());
        }
        out.push_str("</w:tr>");
    }
    close(out);
}

fn box_of(out: &mut String, cell: &GridCell, width: u32) {
    let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
    if cell.span > 1 {
        let _ = write!(out, "<w:gridSpan w:val=\"{}\"/>", cell.span);
    }
    // What has a foot is read from the top; what stands alone is centred beside its name.
    let place = if cell.foot.is_empty() { "center" } else { "bottom" };
    let _ = write!(out, "<w:vAlign w:val=\"{place}\"/></w:tcPr>");
    let (align, properties) =
        if cell.is_name { ("<w:jc w:val=\"center\"/>", "<w:rPr><w:b/></w:rPr>") } else { ("", "") };
    if !cell.text.is_empty() || cell.foot.is_empty() {
        paragraph(out, align, properties, &cell.text);
    }
    for line in cell.foot.lines() {
        paragraph(out, "<w:spacing w:before=\"120\" w:after=\"60\"/><w:jc w:val=\"right\"/>", "", line);
    }
    out.push_str("</w:tc>");
}

fn paragraph(out: &mut String, align: &str, properties: &str, text: &str) {
    let _ = write!(out, "<w:p><w:pPr><w:pStyle w:val=\"{CELL}\"/>{align}</w:pPr>");
    if !text.is_empty() {
        run(out, properties, text);
    }
    out.push_str("</w:p>");
}
