//! This laptop: its visits, its settings, its health.

pub mod doctor;
pub mod overview;
pub mod settings;
