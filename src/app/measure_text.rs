//! What a measure asks, in words: the same on screen, in commands and on paper.

pub use crate::report::measure_text::{measure_text, number_mark};
