//! The end of a visit: what holds it up or must be known, and how each member stands to the record.

pub mod readiness;
pub mod signature;
