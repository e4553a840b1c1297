//! The rules of a visit, in the words of the field. Knows no files, clock, randomness, SQL, serde or terminal.
//!
//! Reading order: `grade`, `checklist` and `profile` say what is asked; `finding` and `scoring` turn what a member
//! recorded into a grade; `edit`, `cell`, `ballot`, `seats`, `submission` and `visit` fold immutable edits into the state
//! of a visit (`lineage` orders what a cloned laptop made in parallel);
//! `pool` and `draw` say who may sit, and `panel`, `merge` and `outcome` what the panel's votes amount to; `contradiction`
//! finds verdicts that deny each other; `agenda` orders what must be talked over, `readiness` says what holds up the end,
//! `agreement` how alike the members scored; `rectify` and `ledger` follow what is to be mended.

pub mod agenda;
pub mod agreement;
pub mod ballot;
pub mod checklist;
pub mod edit;
pub mod ending;
pub mod facility;
pub mod ledger;
pub mod merge;
pub mod outcome;
pub mod panel;
pub mod pool;
pub mod terms;
pub mod visit;
