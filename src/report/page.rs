//! A report arranged for reading: numbered sections of paragraphs, facts and tables, the same for every document format.

mod clauses;
mod closing;
mod draw;
mod front;
mod result;

use crate::{domain::lang::Lang, report::Report};

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Title.
    pub title: String,
    /// What must be read before anything else: not official, not final, and the like.
    pub marks: Vec<String>,
    /// Sections in order.
    pub sections: Vec<Section>,
}

/// One numbered section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Title without its number.
    pub title: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// One thing in a section. All text is plain and unescaped; it may hold line breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
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
}

impl Table {
    /// An empty table from titles with relative widths.
    #[must_use]
    pub fn new(columns: &[(&str, u16)]) -> Self {
        Self {
            header: columns.iter().map(|(title, _)| (*title).to_owned()).collect(),
            widths: columns.iter().map(|(_, width)| *width).collect(),
            rows: Vec::new(),
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
            sections: [front::facts(report), front::panel(report)]
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
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: usize| DIGITS.get(n).copied().unwrap_or_default();
    match (lang, n) {
        (Lang::Zh, 1..=9) => format!("{}、", digit(n)),
        (Lang::Zh, 10..=19) => format!("十{}、", digit(n - 10)),
        (Lang::Zh, 20..=99) => format!("{}十{}、", digit(n / 10), digit(n % 10)),
        _ => format!("{n}. "),
    }
}

fn section(title: &str, blocks: Vec<Block>) -> Section {
    Section { title: title.to_owned(), blocks }
}

/// Parts of a sentence that are there, joined as the language does.
fn joined(parts: &[String], lang: Lang) -> String {
    let kept: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    kept.join(lang.pick("；", "; "))
}
