//! Who scores what on the day (分工方案), so that the votes asked for fit into the hours: one expert of a clause's field among those
//! who vote on it, an odd number of votes, and the most loaded member as little loaded as can be.
//!
//! Reading order: `task` is what is to be divided, `bound` what no division can undercut, `division` one division and its loads,
//! `search` how a good one is found, `proposal` what is said of it, `lack` what does not fit and what would, `route` the places in
//! the order they are walked. What a visit keeps of it is [`Plan`](crate::domain::edit::plan::Plan).

pub mod bound;
pub mod division;
pub mod lack;
pub mod proposal;
pub mod route;
pub mod search;
pub mod summary;
pub mod task;
#[cfg(test)]
mod tests;
