//! Recusals: a member does not vote on a clause, or on the whole visit, and is asked nothing about it.

use crate::domain::{
    edit::Edit,
    terms::{
        id::{ClauseId, MemberName},
        written::{Line, TooLong},
    },
};

/// A member does not vote on a clause, or on the whole visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recusal {
    /// The member.
    pub name: MemberName,
    /// The clause; `None` = all.
    pub clause: Option<ClauseId>,
    /// Why.
    pub reason: String,
    /// Whether the member declared it; otherwise the lead recorded it.
    pub declared: bool,
}

impl Recusal {
    /// The edit with which the lead records it.
    ///
    /// # Errors
    /// If the reason is too long for one line.
    pub fn into_edit(self) -> Result<Edit, TooLong> {
        let reason = Some(Line::new(&self.reason)?);
        Ok(Edit::Recuse { name: self.name, clause: self.clause, reason })
    }
}
