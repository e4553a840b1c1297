//! Joins the layers below into what a user does: found, join, score, submit, sync, decide, report.
//!
//! Rooms name only rooms below them. From the ground up: `failure` is the one place where errors get their words, hints and exit
//! codes; `system` the only reader of clock, randomness and environment; `files`, `table` and `home` are the user's files, the tables
//! among them, and the data folder of this laptop. `session` is one open visit. The rooms of the subjects add to it what they know (`impl
//! Session`): `checklist`, `ballot`, `pool`, `sync`, `visit`, then `plan`, `evidence`, `merge`, `ending`, `ledger`, `log` and `report`. `deed`
//! is on top of them, the gate through which command line and screens change a visit. `laptop`, `fsck` and `demo` look at
//! the whole from beside.

pub mod ballot;
pub mod checklist;
pub mod deed;
pub mod demo;
pub mod ending;
pub mod evidence;
pub mod failure;
pub mod files;
#[cfg(test)]
mod fixture;
pub mod fsck;
pub mod home;
pub mod laptop;
pub mod ledger;
pub mod log;
pub mod merge;
pub mod plan;
pub mod pool;
pub mod report;
pub mod session;
pub mod sync;
pub mod system;
pub(crate) mod table;
pub mod visit;
