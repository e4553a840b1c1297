//! The rules of a visit, in the words of the field. Knows no files, clock, randomness, SQL, serde or terminal.
//!
//! A room is a file and the folder beside it. From the ground up, each names only rooms above it in this list:
//!
//! - `terms`: the words everything else is written in
//! - `facility`, `checklist`, `pool`: who is reviewed, what is asked, who may sit on a panel and how one is drawn
//! - `edit`: everything that can happen in a visit, as immutable edits
//! - `merge`: the members' grades for one clause as a verdict by rule
//! - `ballot`: what one member recorded, as grades
//! - `visit`: the fold of all edits into the state of a visit
//! - `permit`: who may do what now
//! - `outcome`: what the verdicts amount to, and what would flip it
//! - `agreement`: how alike the members scored
//! - `panel`: whether the panel is as its rule wants it, how its votes cover the clauses, and who steps in
//! - `agenda`: what must be talked over first, and who dissents
//! - `ledger`: what is to be mended, and how far it is
//! - `log`: what was recorded, by whom, what it replaced, and whether it counts
//! - `ending`: whose turn it is until the end, what holds it up, and how a member signs it

pub mod agenda;
pub mod agreement;
pub mod ballot;
pub mod checklist;
pub mod edit;
pub mod ending;
pub mod facility;
pub mod ledger;
pub mod log;
pub mod merge;
pub mod outcome;
pub mod panel;
pub mod permit;
pub mod plan;
pub mod pool;
pub mod subsidy;
pub mod terms;
pub mod visit;
