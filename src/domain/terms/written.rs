//! Text that people wrote, clean and of a bounded length by its type: a [`Line`] or a [`Note`] that is there can be shown,
//! kept and passed on as it is. What is longer is refused, never cut.

use std::{fmt, ops::Deref, str::FromStr};

use crate::domain::terms::clean::{LINE_LIMIT, NOTE_LIMIT, stripped_line, stripped_note};

/// A text that is longer than may be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{n} characters, but at most {limit} may be recorded")]
pub struct TooLong {
    /// Most characters.
    pub limit: usize,
    /// How many there are, without those that are not shown.
    pub n: usize,
}

/// The text as it is, if it is not too long.
fn bounded(text: String, limit: usize) -> Result<String, TooLong> {
    // As many bytes as characters are allowed are never too many characters, so that most texts need no counting.
    let n = if text.len() <= limit { 0 } else { text.chars().count() };
    if n > limit { Err(TooLong { limit, n }) } else { Ok(text) }
}

macro_rules! written {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text, for what holds more than one of them.
            #[must_use]
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = TooLong;

            fn from_str(text: &str) -> Result<Self, TooLong> {
                Self::new(text)
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }
    )*};
}

written! {
    /// One line, such as a reason or a name: no character that steers a terminal or hides text, no line break, no blanks at
    /// its ends, at most [`LINE_LIMIT`] characters.
    Line;
    /// Text of several lines: as a [`Line`], but with line breaks and blanks where they were written, at most
    /// [`NOTE_LIMIT`] characters.
    Note;
}

impl Line {
    /// The text without what must not be shown.
    ///
    /// # Errors
    /// If it is too long even so.
    pub fn new(text: &str) -> Result<Self, TooLong> {
        bounded(stripped_line(text), LINE_LIMIT).map(Self)
    }
}

impl Note {
    /// The text without what must not be shown.
    ///
    /// # Errors
    /// If it is too long even so.
    pub fn new(text: &str) -> Result<Self, TooLong> {
        bounded(stripped_note(text), NOTE_LIMIT).map(Self)
    }

    /// The text without what must not be shown, and without blanks and empty lines at its ends.
    ///
    /// # Errors
    /// If it is too long even so.
    pub fn trimmed(text: &str) -> Result<Self, TooLong> {
        let text = stripped_note(text);
        bounded(text.trim().to_owned(), NOTE_LIMIT).map(Self)
    }
}

/// A line is a note of one line.
impl From<Line> for Note {
    fn from(line: Line) -> Self {
        Self(line.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::terms::clean::{clean_line, clean_note};

    const HOSTILE: &str = "好\u{1b}]52;c;AAAA\u{7}\u{9b}31m\u{202e}\u{200b}人\r\n\t\u{e0041}";

    #[test]
    fn nothing_that_steers_a_terminal_survives() {
        assert_eq!(Line::new(HOSTILE).unwrap(), "好人");
        assert_eq!(Note::new(HOSTILE).unwrap(), "好人\n    ");
        assert_eq!(Note::trimmed(HOSTILE).unwrap(), "好人");
    }

    #[test]
    fn the_limit_is_of_characters_after_stripping_and_nothing_is_cut() {
        for (limit, new) in [
            (
                LINE_LIMIT,
                (|text| Line::new(text).map(Line::into_string)) as fn(&str) -> Result<String, TooLong>,
            ),
            (NOTE_LIMIT, |text| Note::new(text).map(Note::into_string)),
            (NOTE_LIMIT, |text| Note::trimmed(text).map(Note::into_string)),
        ] {
            let (full, over) = ("长".repeat(limit), "长".repeat(limit + 1));
            assert_eq!(new(&full), Ok(full.clone()));
            assert_eq!(
                new(&format!("\u{200b}{full}\u{1b}")),
                Ok(full.clone()),
                "what is stripped does not count"
            );
            assert_eq!(new(&over), Err(TooLong { limit, n: limit + 1 }));
            assert_eq!(new(&"a".repeat(limit + 7)), Err(TooLong { limit, n: limit + 7 }));
        }
        let padded = format!("{}{}", "长".repeat(LINE_LIMIT), " ".repeat(9));
        assert_eq!(
            Line::new(&padded).unwrap().chars().count(),
            LINE_LIMIT,
            "blanks at the ends do not count"
        );
    }

    #[test]
    fn what_was_made_once_is_made_again_the_same_and_as_cleaning_made_it() {
        let parts =
            ["", " ", "\u{3000}", "a", "长", "\n", "\r\n", "\t", "\u{1b}", "\u{202e}", "\u{feff}", "\u{85}"];
        for (a, b, c) in parts.iter().flat_map(|a| parts.iter().flat_map(move |b| parts.map(|c| (a, b, c)))) {
            let text = format!("{a}{b}{c}x{c}{b}{a}");
            let (line, note) = (Line::new(&text).unwrap(), Note::new(&text).unwrap());
            assert_eq!(
                (line.as_str(), note.as_str()),
                (&*clean_line(&text), &*clean_note(&text)),
                "{text:?}"
            );
            assert_eq!(Line::new(&line).as_ref(), Ok(&line), "{text:?}");
            assert_eq!(Note::new(&note).as_ref(), Ok(&note), "{text:?}");
            let trimmed = Note::trimmed(&text).unwrap();
            assert_eq!(Note::trimmed(&trimmed).as_ref(), Ok(&trimmed), "{text:?}");
            assert_eq!(Note::new(&trimmed).as_ref(), Ok(&trimmed), "{text:?}");
        }
    }
}
