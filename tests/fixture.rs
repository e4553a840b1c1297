//! Visits made in process. A bench takes single files of them by path.

pub(crate) mod large;
pub(crate) mod log;
pub(crate) mod odd;
pub(crate) mod panel;
pub(crate) mod standard;
pub(crate) mod tiny;
