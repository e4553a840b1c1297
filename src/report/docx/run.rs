//! A run: the stretch of text that paragraphs and cells are made of.

use std::fmt::Write;

use crate::report::markup::Escaped;

/// A run of text, its line breaks kept. Writing into a string cannot fail, so the result of `write!` is dropped.
pub(super) fn run(out: &mut String, properties: &str, text: &str) {
    let _ = write!(out, "<w:r>{properties}");
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push_str("<w:br/>");
        }
        let _ = write!(out, "<w:t xml:space=\"preserve\">{}</w:t>", Escaped(line));
    }
    out.push_str("</w:r>");
}
