//! The words of failures, in one place and by subject, so that CLI and TUI say the same.

mod ballot;
mod checklist;
mod damage;
mod laptop;
mod lock;
mod paths;
mod rules;
mod shared_file;
mod written;

use std::path::Path;

use crate::domain::terms::clean::clean_line;

pub(crate) use ballot::{bad_votes, finding};
pub(crate) use checklist::{checklist_problems, unknown};
pub(crate) use damage::{damage, edits_set_aside};
pub(crate) use laptop::{clock, damaged_store, database, evidence_not_kept, home_folder, no_home, store};
pub(crate) use lock::{asks, nothing_to_forget, other_key, unfit, unsound, unusable, wrong};
pub(crate) use paths::{export, in_the_way, path, path_text, report_folder, unportable};
pub(crate) use rules::{not_led, not_scored, refusal};
pub(crate) use shared_file::{
    damaged_file, empty_file, foreign_file, names_inside_only, newer_file, no_such_revision, not_joined,
    not_public_yet, other_visit, share,
};
pub(crate) use written::too_long;

/// A path as it is shown.
pub(crate) fn shown(path: &Path) -> String {
    clean_line(&path.display().to_string())
}
