//! The terminal front end: a pure `update`, a read-only `view`, and one place (`run`) that performs effects.
//!
//! Reading order: `keys` and `bindings` say what can be pressed, `model` and `desk` what is held, `update` what a key or
//! an answer changes, `view` how it looks; `screen/` and `dialog/` have one file each; `autosync` decides when to sync unasked; `run`, `worker` and `watch` do the rest.

mod action;
#[cfg(test)]
mod agenda_tests;
mod answers;
mod autosync;
#[cfg(test)]
mod autosync_tests;
mod backend;
mod bindings;
mod burst;
mod conflicts;
mod desk;
mod dialog;
mod effect;
#[cfg(test)]
mod facility_tests;
#[cfg(test)]
mod feedback_tests;
mod field;
#[cfg(test)]
mod fixture;
mod form;
#[cfg(test)]
mod found_tests;
mod keymap;
mod keys;
#[cfg(test)]
mod ledger_tests;
#[cfg(test)]
mod membership_tests;
mod model;
mod note_area;
mod notice;
#[cfg(test)]
mod panel_tests;
#[cfg(test)]
mod passphrase_tests;
mod popup;
mod run;
mod screen;
mod search;
#[cfg(test)]
mod snapshot_tests;
mod sync_log;
#[cfg(test)]
mod sync_tests;
mod syncs;
mod tally;
mod terminal;
mod text;
mod theme;
mod update;
#[cfg(test)]
mod update_tests;
mod view;
mod watch;
mod words;
mod worker;

use std::path::PathBuf;

use crate::{app::home::Home, domain::lang::Lang};

pub use run::run;
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
