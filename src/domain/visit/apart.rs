//! Who takes no part by what was declared and recorded in a past: withdrawn, recused from everything, recorded as absent. The past is
//! gone through once for all members.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    ballot::cell::Cell,
    edit::{Edit, declaration::Declaration},
    terms::id::MemberName,
    visit::{archive::Archive, rulings::Rulings, seats::Seats},
};

/// Who takes no part.
#[derive(Debug, Default)]
pub(super) struct Apart {
    /// Who declared to vote on nothing: the own word, which nobody else can say.
    withdrawn: BTreeSet<MemberName>,
    /// What those who lead recorded of others.
    rulings: Rulings,
}

impl Apart {
    /// By a past, and the seats of it.
    pub(super) fn of(archive: &Archive<'_>, seats: &Seats) -> Self {
        let mut found = Self::default();
        let mut declared: BTreeMap<&MemberName, Cell<Declaration>> = BTreeMap::new();
        for (_, commit) in archive.all() {
            let owner = seats.owner(&commit.feed);
            let rules = seats.chair.contains(&commit.feed);
            let still_rules = rules && seats.counts(&commit.feed, commit.n) && !commit.was_sealed();
            if owner.is_none() && !rules {
                continue;
            }
            archive.each_edit(commit, &mut |stamp, edit| match edit {
                Edit::Declare(declaration) => {
                    if let Some(name) = owner {
                        declared.entry(name).or_default().write(stamp.clone(), declaration.clone());
                    }
                }
                Edit::Recuse { name, clause, reason } if rules => {
                    found.rulings.recuse(stamp, name, clause.as_ref(), reason.as_ref());
                }
                // Whoever says it is there.
                Edit::Absent { name, reason } if still_rules && (reason.is_none() || owner != Some(name)) => {
                    found.rulings.record_absence(stamp, name, reason.as_ref());
                }
                _ => {}
            });
        }
        let withdrew = |cell: &Cell<Declaration>| cell.newest().any(|it| it.recusals.contains(&None));
        found.withdrawn =
            declared.iter().filter(|(_, cell)| withdrew(cell)).map(|(name, _)| (*name).clone()).collect();
        found
    }

    /// Whether a member declared to vote on nothing.
    pub(super) fn has_withdrawn(&self, name: &MemberName) -> bool {
        self.withdrawn.contains(name)
    }

    /// Whether a member votes on nothing.
    pub(super) fn is_recused(&self, name: &MemberName) -> bool {
        let recorded = self.rulings.recusals().any(|(who, clause, _)| who == name && clause.is_none());
        recorded || self.has_withdrawn(name)
    }

    /// Whether it is recorded of a member that they are not there.
    pub(super) fn is_recorded_absent(&self, name: &MemberName) -> bool {
        self.rulings.absences().any(|(who, _)| who == name)
    }
}
