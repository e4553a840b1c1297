//! Writing reports and forms: the screen that chooses them and shows how far each is.

pub(crate) mod screen;
pub(crate) mod words;
