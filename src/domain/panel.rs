//! The panel rule: odd, at least the profile's minimum (seed S3·F13), fields covered (seed S3·F14). How votes cover the clauses
//! is told by `coverage`, how far the members are by `progress`, how a draw becomes a panel and who steps in by `substitutes`.

pub mod coverage;
pub mod progress;
pub mod substitutes;

use std::collections::BTreeSet;

use crate::domain::{checklist::profile::PanelRule, edit::Member, terms::field::Field};

/// What a panel still lacks. Said at every step (invariant 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanelLack {
    /// Too few members.
    TooFew {
        /// Members.
        n: usize,
        /// Least number.
        min: usize,
    },
    /// An even number of members.
    Even {
        /// Members.
        n: usize,
    },
    /// Nobody of a field the profile asks for.
    Field(Field),
}

/// All that the panel lacks under the rule.
#[must_use]
pub fn lacks(members: &[&Member], rule: &PanelRule) -> Vec<PanelLack> {
    let n = members.len();
    let mut found = Vec::new();
    if n < rule.min {
        found.push(PanelLack::TooFew { n, min: rule.min });
    }
    if rule.odd && n.is_multiple_of(2) {
        found.push(PanelLack::Even { n });
    }
    let present: BTreeSet<Field> = members.iter().map(|member| member.field).collect();
    found.extend(rule.fields.iter().filter(|field| !present.contains(field)).copied().map(PanelLack::Field));
    found
}
