//! What a measure asks, in words: the same on screen, in commands and on paper.

pub use crate::report::wording::measure::{measure_text, number_mark};
