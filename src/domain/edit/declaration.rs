//! Declarations of interests: what ties a member to the facility, and what the member will not vote on because of it.

use std::collections::BTreeSet;

use crate::domain::terms::{id::ClauseId, written::Note};

/// What a member declares before scoring.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Declaration {
    /// The ties; empty = none.
    pub text: Note,
    /// What the member asks to be recused from; `None` = the whole visit.
    pub recusals: BTreeSet<Option<ClauseId>>,
}

impl Declaration {
    /// A declaration without a recusal.
    #[must_use]
    pub const fn of(text: Note) -> Self {
        Self { text, recusals: BTreeSet::new() }
    }
}

/// All that a member declared, on one laptop or on several that did not know each other: then all of it holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Declared {
    /// The ties; empty = none. Of several declarations, one after the other.
    pub text: String,
    /// What the member asks to be recused from; `None` = the whole visit.
    pub recusals: BTreeSet<Option<ClauseId>>,
}

impl Declared {
    /// With one more declaration.
    #[must_use]
    pub fn and(mut self, other: &Declaration) -> Self {
        if !other.text.is_empty() && !self.text.contains(other.text.as_str()) {
            let joint = if self.text.is_empty() { "" } else { "；" };
            self.text = format!("{}{joint}{}", self.text, other.text);
        }
        self.recusals.extend(other.recusals.iter().cloned());
        self
    }
}
