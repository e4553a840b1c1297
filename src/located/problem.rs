//! One thing that is wrong with a file that a person wrote, with its place.

use std::ops::Range;

use crate::domain::terms::lang::Text;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used, but somebody should look.
    Warning,
}

/// A problem, worded in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// The file as its folder names it, e.g. `areas/emergency.toml`.
    pub file: String,
    /// Line, from 1; 0 when the problem is about the file as a whole.
    pub line: usize,
    /// Column in characters, from 1; 0 when the problem is about the file as a whole.
    pub column: usize,
    /// The line, or the part of a very long line around the place, safe to show.
    pub snippet: String,
    /// The offending part of `snippet`, in bytes.
    pub underline: Range<usize>,
    /// What is wrong.
    pub what: Text,
    /// What to do about it.
    pub suggestion: Option<Text>,
}

impl Problem {
    /// A problem with a file as a whole: missing, unreadable, too large.
    #[must_use]
    pub fn of_file(file: impl Into<String>, what: Text, suggestion: Option<Text>) -> Self {
        Self {
            severity: Severity::Error,
            file: file.into(),
            line: 0,
            column: 0,
            snippet: String::new(),
            underline: 0..0,
            what,
            suggestion,
        }
    }

    /// Whether the file cannot be used.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The offending text itself; empty when the problem is about the file as a whole.
    #[must_use]
    pub fn offending(&self) -> &str {
        self.snippet.get(self.underline.clone()).unwrap_or_default()
    }
}
