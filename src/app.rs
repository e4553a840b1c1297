//! Joins the layers below into what a user does: found, join, score, submit, sync, decide, report.
//!
//! The only reader of clock, randomness and environment (`system.rs`), and the one place where errors get their
//! words, hints and exit codes (`failure.rs`, `wording.rs`).

pub mod ballot;
pub mod checklist;
pub mod deed;
pub mod demo;
pub mod ending;
pub mod evidence;
pub mod failure;
pub mod files;
pub mod fsck;
pub mod home;
pub mod laptop;
pub mod ledger;
pub mod merge;
pub mod pool;
pub mod report;
pub mod session;
pub mod sync;
pub mod system;
pub mod visit;
