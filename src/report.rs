//! Reports: a visit and its outcome become a plain [`Report`], and the report becomes text in several formats.
//!
//! Functions return strings, bytes or JSON values; files, SQL and the terminal are other layers' work. Reading order:
//! `layout` is what a report holds, `build` fills it from the domain, `page` arranges it for reading (`md`, `docx`,
//! `html`) as a `template` says, `sheet` arranges a checklist for scoring on paper, and `workbook` (xlsx), `csv`, `json`
//! print it as data; `form` makes papers to sign, seal or post of it, `feedback` is what the exit meeting is told.
//! The files below `json` are the shapes of commands that take `--json`.

pub mod build;
pub mod csv;
pub mod docx;
pub mod feedback;
pub mod form;
pub mod html;
pub mod json;
pub mod layout;
pub mod ledger;
mod markup;
pub mod md;
pub mod open;
pub mod page;
pub mod route;
pub mod rule_paper;
pub mod sheet;
pub mod template;
pub mod workbook;

pub use json::{
    agreement::{agreement_json, pairs_json, part_json, statistics_json},
    info::info_json,
    log::log_json,
    matters::matters_json,
    merge::merge_json,
    result::result_json,
};
pub use layout::Report;

use crate::domain::terms::{digest::Digest, lang::Lang};

/// How a report is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// Language of headings and words; texts of the visit stay as they were written.
    pub lang: Lang,
    /// Whether votes, notes and reasons carry the member's name. Off by default: the panel speaks as one.
    pub names: bool,
    /// When it was made, as it shall be printed; `None` prints nothing, so that the same visit gives the same bytes.
    pub generated: Option<String>,
    /// The digest of the record that members sign; `None` prints no signatures.
    pub record: Option<Digest>,
}
