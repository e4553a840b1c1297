//! Declarations of interests: what ties a member to the facility, and what the member will not vote on because of it.

use std::collections::BTreeSet;

use crate::domain::terms::id::ClauseId;

/// What a member declares before scoring.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Declaration {
    /// The ties; empty = none.
    pub text: String,
    /// What the member asks to be recused from; `None` = the whole visit.
    pub recusals: BTreeSet<Option<ClauseId>>,
}

impl Declaration {
    /// A declaration without a recusal.
    #[must_use]
    pub fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), recusals: BTreeSet::new() }
    }

    /// Two declarations of one person, made on laptops that did not know each other: both hold.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        if !other.text.is_empty() && !self.text.contains(&other.text) {
            let joint = if self.text.is_empty() { "" } else { "；" };
            self.text = format!("{}{joint}{}", self.text, other.text);
        }
        self.recusals.extend(other.recusals.iter().cloned());
        self
    }
}
