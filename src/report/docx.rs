//! Word documents (docx, A4) from a [`Page`]: the site-visit report and printed scoring sheets look alike.
//!
//! Names East Asian fonts for every run, fixes the grid of every table and repeats its header on each page, so that
//! Word, WPS and LibreOffice lay it out the same.

mod table;
mod text;

use std::io::Cursor;

use docx_rs::{
    AlignmentType, Docx, Footer, Header, LineSpacing, PageMargin, PageNum, Paragraph, Run, RunFonts, Style,
    StyleType,
};

use crate::{
    domain::lang::Lang,
    report::page::{Block, Page, numeral},
};
use table::{add_facts, add_table};
use text::{add_lines, body, bold};

/// A4 in twentieths of a point.
const PAPER: (u32, u32) = (11_906, 16_838);
/// Left and right margin.
const SIDE: i32 = 1_134;
/// Top and bottom margin.
const TOP: i32 = 1_134;
/// What is left between the margins for text and tables.
const TEXT_WIDTH: usize = 9_638;

const TITLE: &str = "HechaTitle";
const SECTION: &str = "HechaSection";
const HEADING: &str = "HechaHeading";

/// How a page is to look on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Language of numerals and page numbers.
    pub lang: Lang,
    /// Whether sections are numbered.
    pub numbered: bool,
    /// Said at the top of every page; empty = nothing.
    pub running: String,
}

/// A document that could not be packed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot pack the document: {0}")]
pub struct DocxError(String);

/// The bytes of a docx file. The same page gives the same bytes.
///
/// # Errors
/// [`DocxError`] if the archive cannot be packed.
pub fn docx(page: &Page, look: &Look) -> Result<Vec<u8>, DocxError> {
    let mut document =
        styled(look).add_paragraph(add_lines(Paragraph::new().style(TITLE), &page.title, body()));
    for mark in &page.marks {
        document = document.add_paragraph(add_lines(Paragraph::new(), mark, bold()));
    }
    for (n, section) in (1..).zip(&page.sections) {
        let number = if look.numbered { numeral(n, look.lang) } else { String::new() };
        let title = format!("{number}{}", section.title);
        document = document.add_paragraph(add_lines(
            Paragraph::new().style(SECTION).keep_next(true),
            &title,
            body(),
        ));
        for block in &section.blocks {
            document = add_block(document, block);
        }
    }
    let mut built = document.build();
    built.document = table::repeat_headers(&built.document);
    let mut bytes = Cursor::new(Vec::new());
    built.pack(&mut bytes).map_err(|error| DocxError(error.to_string()))?;
    Ok(bytes.into_inner())
}

fn add_block(document: Docx, block: &Block) -> Docx {
    match block {
        Block::Heading(text) => {
            document.add_paragraph(add_lines(Paragraph::new().style(HEADING).keep_next(true), text, body()))
        }
        Block::Text(text) => document.add_paragraph(add_lines(Paragraph::new(), text, body())),
        Block::List(lines) => lines.iter().fold(document, |document, line| {
            let item = Paragraph::new().indent(Some(210), None, None, None);
            document.add_paragraph(add_lines(item, &format!("· {line}"), body()))
        }),
        Block::Facts(facts) => add_facts(document, facts, TEXT_WIDTH),
        Block::Table(table) => add_table(document, table, TEXT_WIDTH),
    }
}

/// Paper, fonts, styles, and what stands on every page.
fn styled(look: &Look) -> Docx {
    let (width, height) = PAPER;
    let margin =
        PageMargin { top: TOP, bottom: TOP, left: SIDE, right: SIDE, header: 567, footer: 567, gutter: 0 };
    let small = || body().size(18);
    let mut running = Paragraph::new();
    if !look.running.is_empty() {
        running = add_lines(running, &look.running, small());
    }
    let word = |zh: &str, en: &str| look.lang.pick(zh, en).to_owned();
    let pages = Paragraph::new()
        .align(AlignmentType::Center)
        .add_run(small().add_text(word("第 ", "Page ")))
        .add_page_num(PageNum::new())
        .add_run(small().add_text(word(" 页", "")));
    let heading = |id: &str, name: &str, size: usize, level: usize| {
        Style::new(id, StyleType::Paragraph)
            .name(name)
            .based_on("Normal")
            .next("Normal")
            .bold()
            .size(size)
            .fonts(heading_fonts())
            .outline_lvl(level)
            .line_spacing(LineSpacing::new().before(200).after(80))
    };
    Docx::new()
        .page_size(width, height)
        .page_margin(margin)
        .default_fonts(body_fonts())
        .default_size(21)
        .add_style(heading(TITLE, "Hecha Title", 34, 0).align(AlignmentType::Center))
        .add_style(heading(SECTION, "Hecha Section", 26, 1))
        .add_style(heading(HEADING, "Hecha Heading", 22, 2))
        .header(Header::new().add_paragraph(running))
        .footer(Footer::new().add_paragraph(pages))
}

fn body_fonts() -> RunFonts {
    fonts("宋体", "Times New Roman")
}

fn heading_fonts() -> RunFonts {
    fonts("黑体", "Arial")
}

/// Without the East Asian name, Word picks a font by the system's language, and Chinese turns into boxes elsewhere.
fn fonts(east_asia: &str, latin: &str) -> RunFonts {
    RunFonts::new().ascii(latin).hi_ansi(latin).cs(latin).east_asia(east_asia)
}

/// A run in the body font.
fn body_run() -> Run {
    Run::new().fonts(body_fonts())
}
