//! The end of a visit: open matters, signatures, objections, making it final, and what the exit meeting is told.

pub(crate) mod feedback;
#[cfg(test)]
mod feedback_tests;
pub(crate) mod feedback_words;
pub(crate) mod finalize;
pub(crate) mod matters;
pub(crate) mod object;
pub(crate) mod sign;
pub(crate) mod waive;
pub(crate) mod words;
