//! Own votes: recorded, undone, imported from a table, submitted.

pub mod import_votes;
pub mod points;
pub mod record;
pub mod submit;
pub(crate) mod undo;
