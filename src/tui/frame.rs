//! What frames every screen: the notice line, help, palette, failures.

pub(crate) mod failure;
pub(crate) mod help;
pub(crate) mod notice;
pub(crate) mod palette;
pub(crate) mod place;
pub(crate) mod words;
