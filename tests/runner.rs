//! All integration tests but those that need a program of their own: compiled and linked once, and run side by side.
//!
//! `cargo test --test runner storm::` runs one file of them. `kill` (processes that are killed) and `pty` (terminals) stand apart.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails loudly"
)]

mod fixture;
mod support;

mod absent;
mod agenda;
mod agreement;
mod architecture;
mod bad_file;
mod bad_input;
mod binding;
mod binding_rules;
mod brought_forms;
mod brought_tables;
mod checklist;
mod checklist_effort;
mod checklist_hostile;
mod checklist_local;
mod checklist_shown;
mod checklist_table;
mod checklist_use;
mod crosswalk;
mod dependencies;
mod disk;
mod dissent;
mod docs;
mod draw;
mod draw_season;
mod ending;
mod evidence;
mod facility;
mod feedback;
mod firm_result;
mod first_votes;
mod flood;
mod fsck;
mod fuzz_seeds;
mod golden;
#[cfg(windows)]
mod held;
mod home_list;
mod hostile;
mod large_checklist;
mod leak;
mod ledger_rules;
mod ledger_steps;
mod lock;
mod log;
mod log_rules;
mod long_day;
mod mandate;
mod membership;
mod membership_rules;
mod model;
#[cfg(unix)]
mod no_room;
mod outcome;
mod outcome_edges;
mod outside;
mod own_areas;
mod panel_rules;
mod panel_terms;
mod passphrase;
mod passphrase_sync;
mod permit;
mod plain;
mod plan;
mod plugs;
mod pool;
mod portable;
#[cfg(unix)]
mod private_home;
mod rectify;
mod report;
mod report_cells;
mod report_command;
mod report_files;
mod restore;
mod revision;
mod revision_rules;
mod rights;
mod rule_papers;
mod seed_figures;
mod share_folder;
#[cfg(unix)]
mod special_files;
mod store_damage;
mod store_sweep;
mod storm;
mod subsidy;
mod sweep;
mod template;
mod two_laptops;
mod use_when;
mod visit;
mod xlsx;
