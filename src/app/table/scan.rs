//! Looks over a CSV text before any of it is taken apart: the limits, and quotes that do not close where they should.

use crate::{
    app::table::{MOST_CHARACTERS, MOST_COLUMNS, Unreadable, place::TablePlace, separator::Separator},
    domain::terms::lang::Text,
};

/// Where in a cell the scan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// At its beginning.
    Start,
    /// In text without quotes.
    Bare,
    /// Between quotes.
    Quoted,
    /// Behind a quote that closes the cell, or is the first half of a doubled one.
    Closed,
    /// In the blanks behind a closed cell.
    Behind,
}

/// A scan over a text, and where it has come to.
pub(super) struct Scan {
    separator: char,
    state: State,
    line: u64,
    column: u32,
    /// Characters of the cell so far.
    n_characters: usize,
    /// Where the cell begins.
    opened: (u64, u32),
    /// Rows that are not blank lines, this one included once it has begun.
    n_rows: usize,
    row_began: bool,
}

impl Scan {
    /// At the beginning of a text.
    const fn of(separator: Separator) -> Self {
        Self {
            separator: separator.char(),
            state: State::Start,
            line: 1,
            column: 0,
            n_characters: 0,
            opened: (1, 0),
            n_rows: 0,
            row_began: false,
        }
    }

    /// The place behind a text, as far as it goes.
    pub(super) fn place_behind(text: &str, separator: Separator) -> TablePlace<'static> {
        let mut scan = Self::of(separator);
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            scan.take(c, rest.peek().copied());
        }
        place((scan.line, scan.column))
    }

    /// Takes one character, knowing the next; false if it may not stand there.
    fn take(&mut self, c: char, next: Option<char>) -> bool {
        let is_break = c == '\n' || c == '\r';
        if !is_break && !self.row_began {
            (self.row_began, self.n_rows) = (true, self.n_rows + 1);
        }
        self.n_characters += 1;
        // The LF of a CRLF is the second half of one line break.
        self.line += u64::from(c == '\n' || (c == '\r' && next != Some('\n')));
        self.state = match (self.state, c) {
            (State::Quoted, '"') => State::Closed,
            (State::Closed, '"') | (State::Quoted, _) => State::Quoted,
            (_, c) if c == self.separator => {
                self.column += 1;
                self.begin_cell();
                State::Start
            }
            (_, '\n' | '\r') => {
                (self.column, self.row_began) = (0, false);
                self.begin_cell();
                State::Start
            }
            (State::Start, '"') => State::Quoted,
            (State::Start | State::Bare, _) => State::Bare,
            (State::Closed | State::Behind, c) if c.is_whitespace() => State::Behind,
            (State::Closed | State::Behind, _) => return false,
        };
        true
    }

    const fn begin_cell(&mut self) {
        (self.n_characters, self.opened) = (0, (self.line, self.column));
    }
}

/// Looks over a text with at most `most` rows below its header.
///
/// # Errors
/// The first thing that makes the rest of it meaningless or too large, with its place.
pub(super) fn look_over(text: &str, separator: Separator, most: usize) -> Result<(), Unreadable> {
    let mut scan = Scan::of(separator);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let opened = scan.opened;
        if !scan.take(c, rest.peek().copied()) {
            let what = Text::new(
                "结束引号后面还有文字；引号没有成对，或文字里的引号要写成两个",
                "text behind the closing quote; quotes do not pair, or a quote inside must be doubled",
            );
            return Err(Unreadable::mend(place(opened).tell(&what)));
        }
        if scan.n_rows > most + 1 {
            return Err(Unreadable::too_many_rows(most));
        }
        if scan.column >= MOST_COLUMNS {
            let what =
                Text::new(format!("超过 {MOST_COLUMNS} 列"), format!("more than {MOST_COLUMNS} columns"));
            return Err(Unreadable::too_large(place((scan.line, scan.column)).tell(&what)));
        }
        if scan.n_characters > MOST_CHARACTERS && scan.state != State::Start {
            return Err(if scan.state == State::Quoted { not_closed(&scan) } else { too_long(&scan) });
        }
    }
    if scan.state == State::Quoted { Err(not_closed(&scan)) } else { Ok(()) }
}

fn not_closed(scan: &Scan) -> Unreadable {
    let what = Text::new("这里开始的引号没有结束", "the quote that opens here is never closed");
    Unreadable::mend(place(scan.opened).tell(&what))
}

fn too_long(scan: &Scan) -> Unreadable {
    let what = Text::new(
        format!("这一格超过 {MOST_CHARACTERS} 个字"),
        format!("a cell of more than {MOST_CHARACTERS} characters"),
    );
    Unreadable::mend(place(scan.opened).tell(&what))
}

const fn place((line, column): (u64, u32)) -> TablePlace<'static> {
    TablePlace { sheet: None, line, column: Some(column) }
}
