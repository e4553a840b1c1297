//! The main part of a document: walks a page and writes its paragraphs and tables.

use std::fmt::Write;

use crate::report::{
    docx::{
        grid,
        look::{Look, Manner, PAPER},
        parts::{
            BODY, CLAUSE, DETAIL, EVEN_FOOTER, FOOTER, HEADER, HEADING, NAMESPACES, PROLOGUE, SECTION, TITLE,
        },
        run::run,
        table,
    },
    page::{Block, Page, Section, Span, inner_numeral, numeral},
};

/// The text of `word/document.xml`.
pub(super) fn document(page: &Page, look: &Look) -> String {
    let mut writer = Writer { out: String::with_capacity(64 * 1024), look };
    let _ = write!(writer.out, "{PROLOGUE}<w:document {NAMESPACES}><w:body>");
    writer.paragraph(TITLE, "", &page.title);
    for mark in &page.marks {
        writer.strong(mark);
    }
    for (n, section) in (1..).zip(&page.sections) {
        writer.section(n, section);
    }
    writer.finish()
}

/// Writing into a string cannot fail, so results of `write!` are dropped throughout.
struct Writer<'a> {
    out: String,
    look: &'a Look,
}

impl Writer<'_> {
    fn section(&mut self, n: usize, section: &Section) {
        let lang = self.look.lang;
        let numbered = self.look.is_official();
        let number = if numbered { numeral(n, lang) } else { String::new() };
        let page_break = if section.own_page { "<w:pageBreakBefore/>" } else { "" };
        // A form of one part needs no heading.
        if !section.title.is_empty() {
            self.paragraph(SECTION, page_break, &format!("{number}{}", section.title));
        }
        let mut headings = 0;
        for block in &section.blocks {
            match block {
                Block::Heading(text) => {
                    headings += 1;
                    let number = if numbered { inner_numeral(n, headings, lang) } else { String::new() };
                    self.paragraph(HEADING, "", &format!("{number}{text}"));
                }
                other => self.block(other),
            }
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(text) => self.paragraph(HEADING, "", text),
            Block::Text(text) => self.paragraph(BODY, "", text),
            Block::List(lines) => self.list(lines),
            Block::Rich(spans) => self.rich(BODY, "", spans),
            Block::RichList(items) => items.iter().for_each(|spans| self.rich(DETAIL, "· ", spans)),
            Block::Facts(facts) => table::facts(&mut self.out, facts, self.look),
            Block::Grid(form) => grid::grid(&mut self.out, form, self.look),
            Block::Table(table) => table::table(&mut self.out, table, self.look),
            Block::Clause { title, lines, .. } => {
                self.paragraph(CLAUSE, "", title);
                self.list(lines);
            }
            Block::Chart(_) => {}
        }
    }

    fn list(&mut self, lines: &[String]) {
        for line in lines {
            self.paragraph(DETAIL, "", &format!("· {line}"));
        }
    }

    fn paragraph(&mut self, style: &str, properties: &str, text: &str) {
        let _ = write!(self.out, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>");
        run(&mut self.out, "", text);
        self.out.push_str("</w:p>");
    }

    /// A paragraph with bold in it.
    fn rich(&mut self, style: &str, lead_in: &str, spans: &[Span]) {
        let _ = write!(self.out, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>");
        if !lead_in.is_empty() {
            run(&mut self.out, "", lead_in);
        }
        for span in spans {
            let properties = if span.strong { "<w:rPr><w:b/></w:rPr>" } else { "" };
            run(&mut self.out, properties, &span.text);
        }
        self.out.push_str("</w:p>");
    }

    /// A paragraph that must be seen.
    fn strong(&mut self, text: &str) {
        let _ = write!(self.out, "<w:p><w:pPr><w:pStyle w:val=\"{BODY}\"/></w:pPr>");
        run(&mut self.out, "<w:rPr><w:b/></w:rPr>", text);
        self.out.push_str("</w:p>");
    }

    /// Paper, margins, and what stands on every page.
    fn finish(mut self) -> String {
        let measures = self.look.measures();
        let ([width, height], [top, right, bottom, left]) = (PAPER, measures.margins);
        let [header, footer] = measures.edges;
        let even = match self.look.manner {
            Manner::Official => format!("<w:footerReference w:type=\"even\" r:id=\"{EVEN_FOOTER}\"/>"),
            Manner::Sheet => String::new(),
        };
        let _ = write!(
            self.out,
            "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"{HEADER}\"/>{even}\
             <w:footerReference w:type=\"default\" r:id=\"{FOOTER}\"/>\
             <w:pgSz w:w=\"{width}\" w:h=\"{height}\"/><w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" \
             w:left=\"{left}\" w:header=\"{header}\" w:footer=\"{footer}\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
        );
        self.out
    }
}
