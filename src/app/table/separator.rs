//! What stands between the cells of a CSV file.

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

    /// The separator of a text: the most frequent one outside of quotes of the first line that has any. That line is the
    /// header, or a title that a spreadsheet wrote above it; further down, points hold semicolons and notes commas.
    pub(super) fn of(text: &str) -> Self {
        for line in text.split(['\n', '\r']) {
            let mut counts = [0_usize; 3];
            let mut is_quoted = false;
            for c in line.chars() {
                is_quoted ^= c == '"';
                for (n, separator) in counts.iter_mut().zip(Self::ALL).filter(|_| !is_quoted) {
                    *n += usize::from(separator.char() == c);
                }
            }
            let most = counts.iter().copied().max().unwrap_or(0);
            let found = counts.iter().zip(Self::ALL).find(|(n, _)| **n == most && most > 0);
            if let Some((_, separator)) = found {
                return separator;
            }
        }
        Self::Comma
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
