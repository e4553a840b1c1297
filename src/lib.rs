//! hecha（核查）: scoring, merging and reporting for expert panels.
//!
//! Each module is one layer and knows only the ones above it in this list; `tests/architecture.rs` enforces it.
//! `located` reads what people write as text, with the place of everything; checklists and report templates need it.
//! `words` is how the ideas of `domain` read in both languages; papers, commands and screens take them from there.
//! Middle layers (`checklist` to `config`) never name each other.

pub mod domain;

pub mod located;
pub mod words;

pub mod checklist;
pub mod config;
pub mod report;
pub mod share;
pub mod store;

pub mod app;

pub mod cli;
pub mod plain;
pub mod tui;
