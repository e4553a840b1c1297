//! The end of a visit: whose turn it is until then, what holds it up or must be known, and how each member stands to the record.

pub mod next_step;
pub mod readiness;
pub mod signature;
