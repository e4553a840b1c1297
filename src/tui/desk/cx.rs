//! What a screen or dialog is handed to read.

use crate::{
    domain::terms::{date::Date, lang::Lang},
    tui::{desk::Desk, theme::Theme},
};

/// What a screen or dialog reads and never changes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cx<'a> {
    /// Language.
    pub(crate) lang: Lang,
    /// Styles.
    pub(crate) theme: Theme,
    /// The open visit.
    pub(crate) desk: Option<&'a Desk>,
    /// Rows of a page.
    pub(crate) page: usize,
    /// The day, as the program was started.
    pub(crate) today: Option<Date>,
    /// Columns and rows of the screen.
    pub(crate) size: (u16, u16),
}
