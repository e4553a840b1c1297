//! The home screen, founding a visit, and paths.

pub(crate) mod found;
#[cfg(test)]
mod found_tests;
pub(crate) mod found_view;
pub(crate) mod screen;
pub(crate) mod words;
