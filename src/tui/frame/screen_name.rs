//! The screens, by name only: what each shows lies in its room.

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScreenName {
    Home,
    Score,
    Panel,
    Merge,
    Outcome,
    Ledger,
    Report,
}
