//! Where the program keeps its things, and the user's settings.

pub mod folders;
pub mod key_values;
pub mod settings;
