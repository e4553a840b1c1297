//! The end of a visit: open matters, signatures, objections, and the exit meeting.

pub(crate) mod ending;
pub(crate) mod feedback;
#[cfg(test)]
mod feedback_tests;
pub(crate) mod feedback_words;
pub(crate) mod finalize;
pub(crate) mod object;
pub(crate) mod waive;
