//! What a screen or dialog is handed to read.

use crate::{
    domain::terms::{date::Date, lang::Lang},
    tui::{desk::Desk, theme::Theme},
};

/// The clock of the day, for those who ask for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Clock {
    /// Nobody asks.
    #[default]
    Off,
    /// Asked for, and not known yet.
    Asked,
    /// Minutes since midnight.
    At(u16),
}

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
    /// The clock, if it is asked for.
    pub(crate) clock: Clock,
    /// Columns and rows of the screen.
    pub(crate) size: (u16, u16),
}
