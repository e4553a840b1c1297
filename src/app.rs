//! Joins the layers below into what a user does: found, join, score, submit, sync, decide, report.
//!
//! The only reader of clock, randomness and environment (`system.rs`), and the one place where errors get their
//! words, hints and exit codes (`failure.rs`, `wording.rs`).

pub mod assigning;
pub mod checklist_diff;
pub mod checklist_sheets;
pub mod checklist_show;
pub mod checklist_xlsx;
pub mod checklists;
pub mod completions;
pub mod copy_out;
pub mod decide;
mod deliver;
pub mod demo;
pub mod demo_findings;
mod devices;
pub mod doctor;
pub mod dropped_paths;
pub mod evidence;
mod evidence_exchange;
pub mod evidence_export;
pub mod evidence_listing;
pub mod export;
pub mod failure;
pub mod files;
pub mod finalize;
pub mod founding;
pub mod fsck;
pub mod home;
pub mod import_votes;
pub mod info;
pub mod interests;
pub mod joining;
mod load;
pub mod measure_text;
pub mod membership;
pub mod opinions;
pub mod overview;
pub mod panel_state;
pub mod passphrase;
pub mod points;
pub mod record;
pub mod recovery_sheet;
pub mod restore;
mod sealing;
pub mod session;
pub mod settings;
pub mod signing;
pub mod statistics;
pub mod submit;
pub mod sync;
pub mod sync_words;
pub mod system;
mod take_in;
mod undo;
pub mod watch;
mod wording;
