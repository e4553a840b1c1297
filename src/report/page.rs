//! A report arranged for reading: numbered sections of paragraphs, facts and tables, the same for every document format.

mod charts;
mod clauses;
mod closing;
mod draw;
mod facility;
mod front;
mod grid;
mod result;

use crate::{domain::lang::Lang, report::Report};
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
    /// Arranges a report.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let lang = report.lang;
        let title = lang.pick("现场核查报告", "Site visit report");
        Self {
            title: format!("{}{}{title}", report.facility, lang.pick("", ": ")),
            marks: front::marks(report),
            sections: [front::facts(report), facility::facility(report), front::panel(report)]
                .into_iter()
                .chain(report.draw.as_ref().map(|it| draw::draw(it, lang)))
                .chain([
                    front::method(report),
                    result::standards(report),
                    result::gates(report),
                    result::distribution(report),
                    clauses::core(report),
                    clauses::all(report),
                    clauses::findings(report),
                    result::agreement(report),
                    closing::objections(report),
                    closing::dissents(report),
                    result::open(report),
                ])
                .chain(closing::signatures(report))
                .collect(),
        }
    }
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

fn section(title: &str, blocks: Vec<Block>) -> Section {
    Section { title: title.to_owned(), blocks, own_page: false }
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
