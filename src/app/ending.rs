//! The end of a visit: signatures, waivers, the final record, and what the exit meeting is told.

mod before;
pub mod feedback;
pub mod finalize;
pub mod signing;
