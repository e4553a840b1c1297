//! How the panel was drawn, in a report.

use crate::domain::pool::draw::{Disagreement, DrawRecord};

/// The record of the draw, and whether it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawSection {
    /// The record as the visit was founded with it. Its texts were cleaned where it was made or read.
    pub record: DrawRecord,
    /// What does not agree when it is drawn again; empty = it holds.
    pub disagreements: Vec<Disagreement>,
}
