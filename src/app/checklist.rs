//! Checklists as the user meets them: found, shown, compared, as a workbook, as paper forms.

pub mod crosswalk;
pub mod diff;
pub mod paper;
pub mod show;
pub mod sources;
pub mod workbook;
