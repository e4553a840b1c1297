//! The screens, one file each.

pub(crate) mod clause;
pub(crate) mod conflict;
pub(crate) mod home;
pub(crate) mod ledger;
pub(crate) mod merge;
mod merge_table;
pub(crate) mod outcome;
pub(crate) mod panel;
pub(crate) mod point;
pub(crate) mod report;
pub(crate) mod roster;
pub(crate) mod score;
pub(crate) mod votes;
