//! The report screen.

pub(crate) mod screen;
