//! One file while it is read: its text, where its lines begin, and the problems found so far.

use std::{cell::RefCell, ops::Range};

use crate::{
    domain::terms::{clean::clean_note, lang::Text},
    located::problem::{Problem, Severity},
};

/// A file with more problems than this is reported no further; nobody reads on, and a hostile file must not fill memory.
const MOST_PROBLEMS: usize = 500;
/// Characters of a long line kept before and after the place.
const BEFORE: usize = 400;
const AFTER: usize = 140;
/// Characters underlined at most; a whole table is told by its beginning.
const UNDERLINED: usize = 32;

/// One file while it is read.
pub(crate) struct Document<'a> {
    file: &'a str,
    text: &'a str,
    line_starts: Vec<usize>,
    problems: RefCell<Vec<Problem>>,
}

impl<'a> Document<'a> {
    /// A file by the name shown to the reader.
    pub(crate) fn new(file: &'a str, text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(ends).collect();
        Self { file, text, line_starts, problems: RefCell::default() }
    }

    /// The whole text.
    pub(crate) const fn text(&self) -> &'a str {
        self.text
    }

    /// Notes an error at a byte range; `0..0` is the file as a whole.
    pub(crate) fn error(&self, span: &Range<usize>, what: Text, suggestion: Option<Text>) {
        self.note(Severity::Error, span, what, suggestion);
    }

    /// Notes a warning at a byte range.
    pub(crate) fn warn(&self, span: &Range<usize>, what: Text, suggestion: Option<Text>) {
        self.note(Severity::Warning, span, what, suggestion);
    }

    /// Whether an error was noted.
    pub(crate) fn has_errors(&self) -> bool {
        self.problems.borrow().iter().any(Problem::is_error)
    }

    /// The problems in the order of the text.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| (problem.line, problem.column));
        problems
    }

    /// The line that holds a byte: its number from 0 and its text.
    pub(crate) fn line_at(&self, at: usize) -> (usize, &'a str) {
        let index = self.line_starts.partition_point(|start| *start <= at).saturating_sub(1);
        let start = self.line_starts.get(index).copied().unwrap_or(0);
        let end = self.line_starts.get(index + 1).copied().unwrap_or(self.text.len());
        let line = self.text.get(start..end).unwrap_or_default();
        (index, line.trim_end_matches(['\n', '\r']))
    }

    fn note(&self, severity: Severity, span: &Range<usize>, what: Text, suggestion: Option<Text>) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() >= MOST_PROBLEMS {
            return;
        }
        if *span == (0..0) {
            let problem = Problem::of_file(self.file, what, suggestion);
            problems.push(Problem { severity, ..problem });
            return;
        }
        let (index, line) = self.line_at(span.start);
        let start = self.line_starts.get(index).copied().unwrap_or(0);
        let from = floor_boundary(line, span.start.saturating_sub(start));
        let to = floor_boundary(line, span.end.saturating_sub(start)).max(from);
        let (snippet, underline) = window(line, from, to);
        problems.push(Problem {
            severity,
            file: self.file.to_owned(),
            line: index + 1,
            column: line.get(..from).map_or(0, |before| before.chars().count()) + 1,
            snippet,
            underline,
            what,
            suggestion,
        });
    }
}

/// The part of a line around `from..to`, made safe to show without moving anything: one character stays one character.
fn window(line: &str, from: usize, to: usize) -> (String, Range<usize>) {
    let (before, rest) = line.split_at(from);
    let (inside, after) = rest.split_at(to - from);
    let n_before = before.chars().count();
    let mut snippet = String::new();
    if n_before > BEFORE {
        snippet.push('…');
    }
    snippet.extend(before.chars().skip(n_before.saturating_sub(BEFORE)).map(shown));
    let start = snippet.len();
    snippet.extend(inside.chars().take(UNDERLINED).map(shown));
    let end = snippet.len();
    let unmarked = || inside.chars().skip(UNDERLINED).chain(after.chars());
    snippet.extend(unmarked().take(AFTER).map(shown));
    if unmarked().nth(AFTER).is_some() {
        snippet.push('…');
    }
    (snippet, start..end)
}

fn shown(c: char) -> char {
    let mut buffer = [0; 4];
    let text: &str = c.encode_utf8(&mut buffer);
    match c {
        '\t' => ' ',
        _ if c.is_ascii_graphic() || clean_note(text) == text => c,
        _ => '\u{FFFD}',
    }
}

fn floor_boundary(line: &str, at: usize) -> usize {
    let mut at = at.min(line.len());
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(text: &str, span: Range<usize>) -> Problem {
        let document = Document::new("x.toml", text);
        document.error(&span, Text::new("", ""), None);
        document.into_problems().remove(0)
    }

    #[test]
    fn columns_count_characters() {
        let text = "a = 1\n标题 = \"错\"\n";
        let at = text.find('错').unwrap();
        let problem = only(text, at..at + 3);
        assert_eq!((problem.line, problem.column, problem.offending()), (2, 7, "错"));
    }

    #[test]
    fn places_outside_the_text_or_inside_a_character_are_survived() {
        for span in [0..999, 999..1000, 1..2, Range { start: 4, end: 3 }] {
            only("错a\r\n", span);
        }
        only("", 0..0);
    }

    #[test]
    fn a_long_or_hostile_line_is_cut_and_made_safe() {
        let text = format!("{}\u{202e}x\u{1b}{}", "长".repeat(1000), "y".repeat(5000));
        let at = 3000 + 3;
        let problem = only(&text, at..at + 1);
        assert_eq!((problem.column, problem.offending()), (1002, "x"));
        assert!(problem.snippet.chars().count() < 600);
        assert!(!problem.snippet.contains(['\u{202e}', '\u{1b}']));
    }
}
