//! Scoring: the screen with the clauses and their points, a calculator for each kind of measure, and what else a vote needs.

pub(crate) mod absent;
pub(crate) mod clause;
pub(crate) mod conflict;
pub(crate) mod count;
pub(crate) mod declare;
mod earlier;
mod entry;
pub(crate) mod evidence;
pub(crate) mod evidence_words;
pub(crate) mod filter;
pub(crate) mod find;
#[cfg(test)]
mod find_tests;

pub(crate) mod finding;
pub(crate) mod guide;
#[cfg(test)]
mod guide_tests;

pub(crate) mod inventory;
#[cfg(test)]
mod keys_tests;
#[cfg(test)]
mod keystroke_tests;

pub(crate) mod list;
pub(crate) mod note;
pub(crate) mod number;
pub(crate) mod panes;
pub(crate) mod phrases;
pub(crate) mod point;
pub(crate) mod ratio;
pub(crate) mod reason;
#[cfg(test)]
mod reason_tests;

pub(crate) mod remaining;
#[cfg(test)]
mod remaining_tests;

pub(crate) mod route;
#[cfg(test)]
mod route_tests;
pub(crate) mod route_words;
pub(crate) mod screen;
mod several;
pub(crate) mod submit;
#[cfg(test)]
mod tests;
pub(crate) mod words;
