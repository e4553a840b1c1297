//! What is to be mended, as it stood when the report was made: the items that the rectification ledger begins with.

use crate::domain::terms::grade::Level;

/// One item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RectificationLine {
    /// Its id on the ledger.
    pub id: String,
    /// The clause.
    pub clause: String,
    /// Title of the clause.
    pub title: String,
    /// Whether the clause is core.
    pub core: bool,
    /// The point; empty = the clause as a whole.
    pub point: String,
    /// Its level.
    pub level: Option<Level>,
    /// What is not as it should be.
    pub problem: String,
}
