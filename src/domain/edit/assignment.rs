//! Who scores what: everybody everything, or by field with a minimum overlap.
//!
//! An assignment says what a member owes, not what a member may do: a vote on a clause that is not one's own counts. The
//! sources ask for a panel of experts of several fields (seed S3·F14) and leave the division of work open.

use std::collections::BTreeSet;

use crate::domain::{checklist::Clause, edit::founding::Member, terms::id::MemberName};

/// How the clauses are divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Assignment {
    /// Everybody scores every clause.
    #[default]
    All,
    /// Experts of a clause's fields score it, filled up with others.
    ByField {
        /// Least number of members a clause, as far as there are so many.
        overlap: usize,
        /// Whether core clauses are everybody's.
        core_by_all: bool,
    },
}

impl Assignment {
    /// Members a clause at least when the lead names no number: our own default, enough for a majority among three.
    pub const DEFAULT_OVERLAP: usize = 3;

    /// Who owes a vote on the clause at place `index` of the checklist; `able` are the members who may vote on it, in roster
    /// order. Everybody of the clause's fields, then others in turn, beginning with another one for each clause so that the
    /// work is spread; an even number is made odd if one more can be had, so that the votes can be odd (invariant 7).
    #[must_use]
    pub fn of_clause<'a>(
        self,
        clause: &Clause,
        index: usize,
        able: &[&'a Member],
    ) -> BTreeSet<&'a MemberName> {
        let all = || able.iter().map(|member| &member.name).collect();
        let Self::ByField { overlap, core_by_all } = self else { return all() };
        if clause.core && core_by_all {
            return all();
        }
        let (own, others): (Vec<&Member>, Vec<&Member>) =
            able.iter().partition(|member| clause.fields.contains(&member.field));
        let mut wanted = own.len().max(overlap);
        wanted += usize::from(wanted.is_multiple_of(2));
        let from = index.checked_rem(others.len()).unwrap_or(0);
        let in_turn = others.iter().cycle().skip(from).take(others.len());
        own.iter().chain(in_turn).take(wanted).map(|member| &member.name).collect()
    }
}
