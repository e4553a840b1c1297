//! The words of an outcome, as reports have them, for screens and commands.

pub use crate::words::{
    condition, met,
    outcome::{contradiction, counted, na_effect, range, to_flip},
};
