//! What stands between the cells of a CSV file.

/// How many rows are looked at.
const FIRST_ROWS: usize = 50;

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// As most programs write.
    Comma,
    /// As Excel writes where the comma is the decimal sign.
    Semicolon,
    /// As Excel writes “Unicode text”, and as is pasted from a sheet.
    Tab,
}

impl Separator {
    const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    /// The separator of a text: the most frequent one of the first row that has any. That row is the header, or a title, which
    /// has it once by chance: then another counts that stands in every later row while this one does not. Further down, points
    /// hold semicolons and notes commas.
    pub(super) fn of(text: &str) -> Self {
        let rows = rows(text);
        let mut rows = rows.iter().filter(|counts| counts.iter().any(|n| *n > 0));
        let Some(first) = rows.next() else { return Self::Comma };
        let later: Vec<&Counts> = rows.collect();
        let in_all =
            |(n, _): &(usize, Self)| later.iter().all(|counts| counts.get(*n).is_some_and(|n| *n > 0));
        let ranked = || Self::ALL.into_iter().enumerate().zip(first);
        // Of equally frequent ones the first counts.
        let Some((own, n_own)) = ranked().rev().max_by_key(|(_, n)| **n) else { return Self::Comma };
        let other = ranked().map(|(it, _)| it).find(|it| it.1 != own.1 && in_all(it));
        let is_title = *n_own == 1 && !later.is_empty() && !in_all(&own);
        other.filter(|_| is_title).unwrap_or(own).1
    }

    /// The character.
    pub(super) const fn char(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Semicolon => ';',
            Self::Tab => '\t',
        }
    }

    /// The character as a byte.
    pub(super) const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }

    /// Its name in Chinese, and several of it in English.
    pub(super) const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Comma => ("逗号", "commas"),
            Self::Semicolon => ("分号", "semicolons"),
            Self::Tab => ("制表符", "tabs"),
        }
    }
}

/// How often each separator stands in a row outside of quotes.
type Counts = [usize; 3];

/// The first rows of a text. A quote opens a cell at its beginning only, and line breaks inside of one end no row.
fn rows(text: &str) -> Vec<Counts> {
    let (mut rows, mut counts) = (Vec::new(), Counts::default());
    let (mut is_quoted, mut may_open) = (false, true);
    for c in text.chars() {
        if c == '"' {
            // Behind a closing quote another one is the second half of a doubled one.
            (is_quoted, may_open) = if is_quoted { (false, true) } else { (may_open, false) };
            continue;
        }
        if is_quoted {
            continue;
        }
        may_open = false;
        for (n, separator) in counts.iter_mut().zip(Separator::ALL) {
            *n += usize::from(separator.char() == c);
            may_open |= separator.char() == c;
        }
        if c == '\n' || c == '\r' {
            rows.push(std::mem::take(&mut counts));
            may_open = true;
            if rows.len() == FIRST_ROWS {
                return rows;
            }
        }
    }
    rows.push(counts);
    rows
}
