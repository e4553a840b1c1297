//! The rules of a visit, in the words of the field. Knows no files, clock, randomness, SQL, serde or terminal.
//!
//! Reading order: `grade`, `checklist` and `profile` say what is asked; `finding` and `scoring` turn what a member
//! recorded into a grade; `edit`, `cell`, `ballot`, `seats`, `submission` and `visit` fold immutable edits into the state
//! of a visit (`lineage` orders what a cloned laptop made in parallel);
//! `pool` and `draw` say who may sit, and `panel`, `merge` and `outcome` what the panel's votes amount to; `contradiction`
//! finds verdicts that deny each other; `agenda` orders what must be talked over, `readiness` says what holds up the end,
//! `agreement` how alike the members scored; `rectify` and `ledger` follow what is to be mended.

pub mod absence;
pub mod agenda;
pub mod agreement;
pub mod amount;
pub mod assignment;
pub mod ballot;
pub mod cell;
pub mod checklist;
pub mod citation;
pub mod clean;
pub mod contradiction;
pub mod coverage;
pub mod date;
pub mod declaration;
pub mod difference;
pub mod dissent;
pub mod draw;
pub mod edit;
pub mod evidence;
pub mod facility;
pub mod facility_profile;
pub mod field;
pub mod finding;
pub mod grade;
pub mod history;
pub mod id;
pub mod lang;
pub mod ledger;
pub mod lineage;
pub mod logged_commit;
pub mod member_state;
pub mod merge;
pub mod objection;
pub mod outcome;
pub mod panel;
pub mod pivotal;
pub mod point_votes;
pub mod pool;
pub mod profile;
pub mod readiness;
pub mod rectify;
pub mod recusal;
pub mod rulings;
pub mod scoring;
pub mod seats;
pub mod signature;
pub mod slot;
pub mod source;
pub mod submission;
pub mod verdict;
pub mod visit;
pub mod waiver;
