//! This laptop, whatever visit is open: its list of visits, its settings, its health.

pub mod bookmark;
pub mod doctor;
pub mod overview;
pub mod phrases;
pub mod settings;
pub mod sweep;
