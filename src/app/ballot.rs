//! The own ballot: findings and votes as typed, recorded, undone, imported from a table, submitted. `record` is the way every
//! edit takes to the disk.

pub mod import_votes;
pub mod opening;
pub mod points;
pub mod record;
pub mod submit;
pub(crate) mod undo;
mod waiting;
