//! Home: the visits of this laptop, and how to begin one.

pub(crate) mod found;
mod found_mandate;
#[cfg(test)]
mod found_tests;
pub(crate) mod found_view;
pub(crate) mod screen;
pub(crate) mod words;
