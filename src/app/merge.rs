//! The panel's work on the votes: verdicts, opinions, the agenda, statistics, the outcome in words.

pub mod agenda_text;
pub mod clear_votes;
mod closing;
pub mod decide;
pub mod opinions;
pub mod statistics;
