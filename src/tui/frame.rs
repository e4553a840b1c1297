//! What frames every screen: the notice line, help, the palette of commands, failures, and the texts that several rooms say.

pub(crate) mod failure;
pub(crate) mod help;
pub(crate) mod notice;
pub(crate) mod palette;
pub(crate) mod screen_name;
pub(crate) mod words;
