//! What holds up the end of a visit, and who signs it.

pub mod readiness;
pub mod signature;
