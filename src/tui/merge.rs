//! Merging the votes: the screens of agenda and outcome, votes in the clear, the verdicts of the lead, and why a member dissents.

#[cfg(test)]
mod agenda_tests;
pub(crate) mod clear_vote;
#[cfg(test)]
mod clear_vote_tests;
pub(crate) mod decide;
pub(crate) mod dissent;
pub(crate) mod outcome;
pub(crate) mod screen;
pub(crate) mod table;
#[cfg(test)]
mod table_tests;
pub(crate) mod votes;
pub(crate) mod words;
