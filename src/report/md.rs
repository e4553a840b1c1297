//! Markdown (CommonMark with GFM tables). Every text is escaped, so nothing a member wrote becomes markup, HTML or a link.

use crate::report::{
    Report,
    page::{Block, Page, Span, Table, numeral},
};

/// The report as Markdown.
#[must_use]
pub fn md(report: &Report) -> String {
    let page = Page::of(report);
    let mut out = format!("# {}\n", escape(&page.title));
    for mark in &page.marks {
        out.push_str(&format!("\n> **{}**\n", escape(mark)));
    }
    for (n, section) in (1..).zip(&page.sections) {
        out.push_str(&format!("\n## {}{}\n", numeral(n, report.lang), escape(&section.title)));
        for block in section.blocks.iter().filter(|block| !matches!(block, Block::Chart(_))) {
            out.push('\n');
            write_block(&mut out, block);
        }
    }
    out
}

fn write_block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(text) => out.push_str(&format!("### {}\n", escape(text))),
        Block::Text(text) => out.push_str(&format!("{}\n", escape(text))),
        Block::Facts(facts) => write_facts(out, facts),
        Block::Grid(grid) => write_facts(out, &grid.facts()),
        Block::List(lines) => write_list(out, lines),
        Block::Rich(spans) => out.push_str(&format!("{}\n", rich(spans))),
        Block::RichList(items) => {
            items.iter().for_each(|spans| out.push_str(&format!("- {}\n", rich(spans))));
        }
        Block::Table(table) => write_table(out, table),
        Block::Clause { title, lines, .. } => {
            out.push_str(&format!("### {}\n\n", escape(title)));
            write_list(out, lines);
        }
        Block::Chart(_) => {}
    }
}

/// Bold in tags: stars beside Chinese punctuation are no markup to every reader of Markdown.
fn rich(spans: &[Span]) -> String {
    let span = |span: &Span| {
        let text = escape(&span.text);
        if span.strong { format!("<strong>{text}</strong>") } else { text }
    };
    spans.iter().map(span).collect()
}

fn write_facts(out: &mut String, facts: &[(String, String)]) {
    for (name, value) in facts {
        out.push_str(&format!("- **{}**: {}\n", escape(name), escape(value)));
    }
}

fn write_list(out: &mut String, lines: &[String]) {
    for line in lines {
        out.push_str(&format!("- {}\n", escape(line)));
    }
}

fn write_table(out: &mut String, table: &Table) {
    let mut write_row = |cells: &mut dyn Iterator<Item = String>| {
        out.push('|');
        for cell in cells {
            out.push_str(&format!(" {cell} |"));
        }
        out.push('\n');
    };
    write_row(&mut table.header.iter().map(|title| escape(title)));
    write_row(&mut table.header.iter().map(|_| "---".to_owned()));
    for row in &table.rows {
        write_row(&mut row.iter().map(|cell| escape(cell)));
    }
}

/// Plain text as Markdown that reads the same. Line breaks become `<br>`, so that they hold in tables too.
///
/// Escaped everywhere: what can open markup, a table cell, HTML or a link (GFM links bare addresses). At the start: what
/// can open a list, a heading or a rule.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut line_start = true;
    let mut before = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        match c {
            '\n' => out.push_str("<br>"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '|' | '~' | '#' | '!' | '$' | '^' | '@' => {
                out.push('\\');
                out.push(c);
            }
            '+' | '-' | '=' if line_start => {
                out.push('\\');
                out.push(c);
            }
            ':' if next == Some('/') => out.push_str("\\:"),
            '.' | ')' if opens_list(&before, next) || ends_with_www(&before) => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
        if c == '\n' {
            before.clear();
        } else {
            before.push(c);
        }
        line_start = before.chars().all(char::is_whitespace);
    }
    out
}

/// Only digits since the start of the line and a blank after: `1. ` would open a numbered list.
fn opens_list(before: &str, next: Option<char>) -> bool {
    let digits = before.trim_start();
    next.is_none_or(char::is_whitespace) && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

fn ends_with_www(before: &str) -> bool {
    let tail: String = before.chars().rev().take(3).collect();
    tail.eq_ignore_ascii_case("www")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_written_becomes_markup() {
        for (text, safe) in [
            ("# 标题", "\\# 标题"),
            ("a|b", "a\\|b"),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("[x](javascript:y)", "\\[x\\](javascript:y)"),
            ("http://a.b www.a.b a@b.c", "http\\://a.b www\\.a.b a\\@b.c"),
            ("- a\n1. b\n  + c\n= d", "\\- a<br>1\\. b<br>  \\+ c<br>\\= d"),
            ("2026.1 版，3-4 人", "2026.1 版，3-4 人"),
            ("**粗**_斜_`码`~~删~~", "\\*\\*粗\\*\\*\\_斜\\_\\`码\\`\\~\\~删\\~\\~"),
            ("&amp; \\ 𠮷", "&amp;amp; \\\\ 𠮷"),
            ("a\u{1b}[31m", "a\\[31m"),
        ] {
            assert_eq!(escape(text), safe);
        }
    }
}
