//! Scoring: the screen with the clauses and their points, a calculator for each kind of measure, and what else a vote needs.

pub(crate) mod absent;
pub(crate) mod clause;
pub(crate) mod conflict;
pub(crate) mod count;
pub(crate) mod declare;
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
pub(crate) mod list;
pub(crate) mod note;
pub(crate) mod number;
pub(crate) mod panes;
pub(crate) mod point;
pub(crate) mod ratio;
pub(crate) mod reason;
pub(crate) mod remaining;
#[cfg(test)]
mod remaining_tests;

pub(crate) mod route;
#[cfg(test)]
mod route_tests;
pub(crate) mod route_words;
pub(crate) mod screen;
pub(crate) mod submit;
#[cfg(test)]
mod tests;
pub(crate) mod words;
