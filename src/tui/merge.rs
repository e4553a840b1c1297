//! Merging the votes and the outcome: screens, dialogs, words.

#[cfg(test)]
mod agenda_tests;
pub(crate) mod decide;
pub(crate) mod dissent;
pub(crate) mod outcome;
pub(crate) mod screen;
pub(crate) mod table;
pub(crate) mod votes;
pub(crate) mod words;
