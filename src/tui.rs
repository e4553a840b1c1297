//! The terminal front end: a pure `update`, a read-only `view`, and one place (`run`) that performs effects.
//!
//! Reading order: `keys` and `bindings` say what can be pressed, `model` and `desk` what is held, `update` what a key or
//! an answer changes, `view` how it looks; `screen/` and `dialog/` have one file each; `autosync` decides when to sync unasked; `run`, `worker` and `watch` do the rest.

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
pub(crate) mod merge;
pub(crate) mod panel;
pub(crate) mod report;
pub(crate) mod score;
#[cfg(test)]
mod snapshot_tests;
pub(crate) mod sync;
mod theme;
#[cfg(test)]
mod update_tests;
pub(crate) mod widget;
mod words;

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
    /// Whether colours are used (`NO_COLOR`).
    pub colour: bool,
    /// The glyphs to draw with; `None` = ask the terminal how wide it draws a line.
    pub glyphs: Option<Glyphs>,
}
