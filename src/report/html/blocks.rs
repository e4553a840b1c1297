//! Sections and blocks of the page. What is about a clause says so, for the filter.

use std::{collections::HashMap, fmt::Write};

use crate::{
    domain::terms::lang::Lang,
    report::{
        Report,
        html::{chart, filter},
        layout::ClauseLine,
        markup::Escaped,
        page::{Block, Section, Span, Table, inner_numeral, numeral},
    },
};

/// Writes blocks. Writing into a string cannot fail, so results of `write!` are dropped throughout.
pub(super) struct Writer<'a> {
    lang: Lang,
    /// Clauses by id, with the place of their area.
    clauses: HashMap<&'a str, (usize, &'a ClauseLine)>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(report: &'a Report) -> Self {
        let areas = report.areas.iter().enumerate();
        let clauses = areas.flat_map(|(index, area)| {
            area.clauses.iter().map(move |clause| (clause.id.as_str(), (index, clause)))
        });
        Self { lang: report.lang, clauses: clauses.collect() }
    }

    /// A section. A heading and what follows it are a group, which the filter hides when nothing of it is left.
    pub(super) fn section(&self, out: &mut String, n: usize, section: &Section) {
        let own_page = if section.own_page { " class=\"own-page\"" } else { "" };
        let number = numeral(n, self.lang);
        let title = Escaped(&section.title);
        let _ = write!(
            out,
            "<section id=\"s{n}\" aria-labelledby=\"t{n}\"{own_page}>\n<h2 id=\"t{n}\">{number}{title}</h2>\n<div class=\"group\">\n"
        );
        let mut caption = section.title.as_str();
        let mut headings = 0;
        for block in &section.blocks {
            if let Block::Heading(text) = block {
                headings += 1;
                caption = text;
                let number = inner_numeral(n, headings, self.lang);
                let _ = write!(out, "</div>\n<div class=\"group\">\n<h3>{number}{}</h3>\n", Escaped(text));
            } else {
                self.block(out, block, caption);
            }
        }
        out.push_str("</div>\n</section>\n");
    }

    fn block(&self, out: &mut String, block: &Block, caption: &str) {
        match block {
            Block::Heading(text) => {
                let _ = writeln!(out, "<h3>{}</h3>", Escaped(text));
            }
            Block::Text(text) => {
                let _ = writeln!(out, "<p>{}</p>", Lines(text));
            }
            Block::Facts(facts) => write_facts(out, facts),
            Block::Grid(grid) => write_facts(out, &grid.facts()),
            Block::List(lines) => list(out, lines),
            Block::Rich(spans) => {
                let _ = writeln!(out, "<p>{}</p>", Rich(spans));
            }
            Block::RichList(items) => {
                out.push_str("<ul>\n");
                for spans in items {
                    let _ = writeln!(out, "<li>{}</li>", Rich(spans));
                }
                out.push_str("</ul>\n");
            }
            Block::Table(table) => self.table(out, table, caption),
            Block::Clause { id, title, lines } => {
                let _ = writeln!(out, "<article{}>\n<h3>{}</h3>", self.mark(id), Escaped(title));
                list(out, lines);
                out.push_str("</article>\n");
            }
            Block::Chart(chart) => chart::figure(out, chart, self.lang),
        }
    }

    /// A table in a box that scrolls by itself on narrow screens, and that the keyboard reaches for that.
    fn table(&self, out: &mut String, table: &Table, caption: &str) {
        let class = if table.tall { " class=\"tall\"" } else { "" };
        let caption = Escaped(caption);
        let _ = write!(
            out,
            "<div class=\"scroll\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\">\n<table{class}>\n\
             <caption>{caption}</caption>\n<thead><tr>"
        );
        for title in &table.header {
            let _ = write!(out, "<th scope=\"col\">{}</th>", Escaped(title));
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for (index, row) in table.rows.iter().enumerate() {
            let mark = table.clauses.get(index).map(|id| self.mark(id)).unwrap_or_default();
            let _ = write!(out, "<tr{mark}>");
            for (index, cell) in row.iter().enumerate() {
                let text = Lines(cell);
                let _ = if index == 0 {
                    write!(out, "<th scope=\"row\">{text}</th>")
                } else {
                    write!(out, "<td>{text}</td>")
                };
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody>\n</table>\n</div>\n");
    }

    /// The attributes by which the filter knows a clause.
    fn mark(&self, id: &str) -> String {
        let Some((area, clause)) = self.clauses.get(id) else { return String::new() };
        let differs = if clause.disagrees() { "1" } else { "0" };
        format!(
            " class=\"clause\" data-clause=\"{}\" data-area=\"{area}\" data-grade=\"{}\" data-differs=\"{differs}\"",
            Escaped(id),
            filter::key(clause.verdict)
        )
    }
}

fn write_facts(out: &mut String, facts: &[(String, String)]) {
    out.push_str("<dl>\n");
    for (name, value) in facts {
        let _ = writeln!(out, "<div><dt>{}</dt><dd>{}</dd></div>", Escaped(name), Lines(value));
    }
    out.push_str("</dl>\n");
}

fn list(out: &mut String, lines: &[String]) {
    out.push_str("<ul>\n");
    for line in lines {
        let _ = writeln!(out, "<li>{}</li>", Lines(line));
    }
    out.push_str("</ul>\n");
}

/// A text with bold in it.
struct Rich<'a>(&'a [Span]);

impl std::fmt::Display for Rich<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for span in self.0 {
            let text = Lines(&span.text);
            if span.strong {
                write!(out, "<strong>{text}</strong>")?;
            } else {
                write!(out, "{text}")?;
            }
        }
        Ok(())
    }
}

/// A text with its line breaks.
struct Lines<'a>(&'a str);

impl std::fmt::Display for Lines<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, line) in self.0.split('\n').enumerate() {
            if index > 0 {
                out.write_str("<br/>")?;
            }
            Escaped(line).fmt(out)?;
        }
        Ok(())
    }
}
