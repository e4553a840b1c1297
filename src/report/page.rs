//! A report arranged for reading: numbered sections of paragraphs, facts and tables, the same for every document format.
//!
//! The files below are its sections, except `grid` (forms), `charts` (pictures of numbers) and `filled`, which fills in the
//! texts of the template.

mod charts;
mod clauses;
mod closing;
mod draw;
mod facility;
mod filled;
mod front;
mod grid;
mod rectification;
mod result;

use crate::{
    domain::terms::lang::Lang,
    report::{
        Report,
        template::{Entry, Keep, Kind, SectionId},
    },
};
pub use charts::{Chart, GradeBar, SeverityBar};
pub(in crate::report) use charts::{severity, severity_scale};
pub(in crate::report) use clauses::dissent;
pub(in crate::report) use facility::facility_rows;
pub(in crate::report) use front::{fact_lines, marks};
pub use grid::{Grid, GridCell, GridRow};
pub(in crate::report) use result::counts_table;

/// A document.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Title.
    pub title: String,
    /// What must be read before anything else: not official, not final, and the like.
    pub marks: Vec<String>,
    /// Sections in order.
    pub sections: Vec<Section>,
}

/// One numbered section.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Title without its number; empty = none, in a form of one part.
    pub title: String,
    /// What it holds.
    pub blocks: Vec<Block>,
    /// Whether it begins on a page of its own, where there are pages.
    pub own_page: bool,
}

/// One thing in a section. All text is plain and unescaped; it may hold line breaks.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading below the section's.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// Names with values.
    Facts(Vec<(String, String)>),
    /// A list without numbers.
    List(Vec<String>),
    /// A paragraph with bold in it.
    Rich(Vec<Span>),
    /// A list with bold in it.
    RichList(Vec<Vec<Span>>),
    /// A table.
    Table(Table),
    /// A form: names and boxes, some of them to be filled in by hand.
    Grid(Grid),
    /// One clause with what is said of it.
    Clause {
        /// Its id, as in [`crate::report::layout::ClauseLine::id`].
        id: String,
        /// Id, title and verdict in one line.
        title: String,
        /// What is said of it.
        lines: Vec<String>,
    },
    /// A picture of numbers that also stand in a table or in the text; formats that cannot draw leave it out.
    Chart(Chart),
}

/// A stretch of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What it says.
    pub text: String,
    /// Whether it is bold.
    pub strong: bool,
}

/// A table. Every row has as many cells as the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Titles of the columns.
    pub header: Vec<String>,
    /// Relative widths of the columns, for formats that must fix them.
    pub widths: Vec<u16>,
    /// Rows.
    pub rows: Vec<Vec<String>>,
    /// The id of the clause that each row is about, for formats that can filter; empty = they are about no clauses.
    pub clauses: Vec<String>,
    /// Whether its rows are to be filled in by hand.
    pub tall: bool,
}

impl Table {
    /// An empty table from titles with relative widths.
    #[must_use]
    pub fn new(columns: &[(&str, u16)]) -> Self {
        Self {
            header: columns.iter().map(|(title, _)| (*title).to_owned()).collect(),
            widths: columns.iter().map(|(_, width)| *width).collect(),
            rows: Vec::new(),
            clauses: Vec::new(),
            tall: false,
        }
    }
}

impl Page {
    /// Arranges a report as its template says.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        Self {
            title: filled::title(report),
            marks: front::marks(report),
            sections: report.template.entries().iter().filter_map(|entry| section(report, entry)).collect(),
        }
    }
}

/// A section, unless the visit has none such or the template leaves it out.
fn section(report: &Report, entry: &Entry) -> Option<Section> {
    let (blocks, own_page) = match &entry.kind {
        Kind::Own(_) => (Vec::new(), false),
        Kind::Known(id) => {
            let is_kept = match id.keep() {
                Keep::Always => true,
                Keep::WhenSaid => !entry.left_out || is_said(report, *id),
                Keep::Free => !entry.left_out,
            };
            let blocks = is_kept.then(|| blocks(report, *id)).flatten()?;
            (blocks, *id == SectionId::Signatures)
        }
    };
    Some(Section {
        title: filled::section_title(entry, report),
        blocks: filled::around(entry, blocks, report),
        own_page,
    })
}

/// Whether somebody said something in a section that is for saying it.
fn is_said(report: &Report, id: SectionId) -> bool {
    match id {
        SectionId::Objections => !report.objections.is_empty(),
        SectionId::Minority => !report.dissents.is_empty() || closing::has_votes_not_followed(report),
        SectionId::Open => !report.open.is_empty(),
        _ => false,
    }
}

/// What the program says in a section; `None` if the visit has none such.
fn blocks(report: &Report, id: SectionId) -> Option<Vec<Block>> {
    Some(match id {
        SectionId::Facility => front::facts(report),
        SectionId::Profile => facility::facility(report),
        SectionId::Panel => front::panel(report),
        SectionId::Draw => draw::draw(report, report.draw.as_ref()?),
        SectionId::Method => front::method(report),
        SectionId::Standards => result::standards(report),
        SectionId::Gates => result::gates(report),
        SectionId::Distribution => result::distribution(report),
        SectionId::Core => clauses::core(report),
        SectionId::Clauses => clauses::all(report),
        SectionId::Findings => clauses::findings(report),
        SectionId::Rectification => rectification::rectification(report),
        SectionId::Agreement => result::agreement(report),
        SectionId::Objections => closing::objections(report),
        SectionId::Minority => closing::dissents(report),
        SectionId::Open => result::open(report),
        SectionId::Signatures => closing::signatures(report, report.signing.as_ref()?),
    })
}

/// The number of a section, from 1: 一、 二、 … in Chinese, 1. 2. … in English.
#[must_use]
pub fn numeral(n: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}、", chinese(n)),
        Lang::En => format!("{n}. "),
    }
}

/// The number of a heading inside section `section`, both from 1: （一） （二） … in Chinese, 1.1 1.2 … in English.
#[must_use]
pub fn inner_numeral(section: usize, n: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("（{}）", chinese(n)),
        Lang::En => format!("{section}.{n} "),
    }
}

/// A number below one hundred in Chinese, any other in digits.
fn chinese(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: usize| DIGITS.get(n).copied().unwrap_or_default();
    match n {
        1..=9 => digit(n).to_owned(),
        10..=19 => format!("十{}", digit(n - 10)),
        20..=99 => format!("{}十{}", digit(n / 10), digit(n % 10)),
        _ => n.to_string(),
    }
}

/// Parts of a sentence that are there, joined as the language does.
fn joined(parts: &[String], lang: Lang) -> String {
    let kept: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    kept.join(lang.pick("；", "; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_and_headings_are_numbered_as_official_documents_do() {
        for (n, zh, en) in
            [(1, "一、", "1. "), (10, "十、", "10. "), (19, "十九、", "19. "), (20, "二十、", "20. ")]
        {
            assert_eq!((numeral(n, Lang::Zh).as_str(), numeral(n, Lang::En).as_str()), (zh, en));
        }
        assert_eq!(inner_numeral(4, 21, Lang::Zh), "（二十一）");
        assert_eq!(inner_numeral(4, 2, Lang::En), "4.2 ");
        assert_eq!(numeral(100, Lang::Zh), "100、");
    }
}
