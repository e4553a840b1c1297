//! What becomes of a file that is there already where one is to be written.

/// Whether it may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and nothing is written.
    Keep,
    /// It is replaced.
    Replace,
}

impl Existing {
    /// From whether the user asked for it to be replaced.
    #[must_use]
    pub const fn of(replace: bool) -> Self {
        if replace { Self::Replace } else { Self::Keep }
    }
}
