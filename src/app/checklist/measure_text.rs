//! What a measure asks, in words: the same on screen, in commands and on paper.

pub use crate::words::measure::{measure_text, number_mark};
