//! The terminal front end: a pure `update`, a read-only `view`, and one place (`drive/run.rs`) that performs effects.
//!
//! Reading order, each room naming only those before it: `theme` and `keys` (how things look, what can be pressed); `desk` (the open visit, and what `update` asks for); `dialog` (what a dialog is, and what it and a
//! screen may ask for); `widget` and `frame` (what screens are built from, and what frames them); then a room a subject with
//! its screen, dialogs, words and tests, none of which touches another one's screen; `drive` on top holds the model with all
//! of them and keeps it going.

mod desk;
mod dialog;
pub(crate) mod drive;
pub(crate) mod ending;
#[cfg(test)]
mod fixture;
pub(crate) mod frame;
pub(crate) mod home;
mod keys;
pub(crate) mod ledger;
pub(crate) mod log;
pub(crate) mod merge;
pub(crate) mod panel;
pub(crate) mod plan;
pub(crate) mod report;
pub(crate) mod score;
#[cfg(test)]
mod snapshot_tests;
pub(crate) mod sync;
mod theme;
pub(crate) mod widget;

use std::path::PathBuf;

use crate::{app::home::Home, domain::terms::lang::Lang};

pub use crate::tui::drive::run::run;
pub use theme::Glyphs;

/// What the front end is started with. The environment is read by the caller.
#[derive(Debug)]
pub struct Options {
    /// The data folder.
    pub home: Home,
    /// The visit to open at once.
    pub file: Option<PathBuf>,
    /// The language to begin with.
    pub lang: Lang,
    /// Whether colours are used (`NO_COLOR`, and what the terminal can).
    pub colour: bool,
    /// The glyphs to draw with; `None` = ask the terminal how wide it draws a line.
    pub glyphs: Option<Glyphs>,
}
