//! The lead plans the day: who scores what, with the loads at once.

pub(crate) mod dialog;
#[cfg(test)]
mod tests;
mod view;
mod words;
