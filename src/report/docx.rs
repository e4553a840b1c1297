//! Word documents (docx, A4) from a [`Page`]: site-visit reports in the layout of official documents, and scoring sheets.
//!
//! Written here rather than by a crate: `docs/decisions/0017-docx-is-written-here.md`. Names East Asian fonts for every
//! style, fixes the grid of every table and repeats its header on each page, so that Word, WPS and LibreOffice lay it out
//! the same. Reading order: `document` walks the page; `table` and `grid` write what stands in cells, `run` the text of all
//! of them; `look` is how it is set, `parts` are the other files of the package, `package` packs them.

mod document;
mod grid;
mod look;
mod package;
mod parts;
mod run;
mod table;

use crate::report::page::Page;

pub use look::{Look, Manner};

/// A document that could not be packed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot pack the document: {0}")]
pub struct DocxError(String);

/// The bytes of a docx file. The same page and look give the same bytes.
///
/// # Errors
/// [`DocxError`] if the archive cannot be packed.
pub fn docx(page: &Page, look: &Look) -> Result<Vec<u8>, DocxError> {
    let written = document::document(page, look);
    let parts = parts::around(&page.title, look);
    let all = parts.iter().map(|(name, text)| (*name, text.as_str()));
    let all = all.chain(std::iter::once((parts::DOCUMENT, written.as_str())));
    package::pack(all, look.day).map_err(|error| DocxError(error.to_string()))
}
