//! The log (记录) of a clause, a disqualifier or the whole visit, as a dialog over the screen that asked for it.

pub(crate) mod dialog;
#[cfg(test)]
mod tests;
