//! The log (记录) of a clause, a disqualifier or the whole visit, as a dialog over the screen that asked for it; and one's own last
//! changes, to be taken back.

pub(crate) mod dialog;
#[cfg(test)]
mod tests;
pub(crate) mod undo;
#[cfg(test)]
mod undo_tests;
mod words;
