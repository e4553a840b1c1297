//! What became of a value that was written: whether it stands, in the very cells that the fold filled.

use crate::domain::{
    ballot::cell::Kept,
    edit::{Edit, Stamp},
    terms::id::MemberName,
    visit::{MemberState, Visit},
};

impl Visit {
    /// What became of what a member wrote; `None` = the edit writes no cell.
    pub(crate) fn kept(&self, by: &MemberName, stamp: &Stamp, edit: &Edit) -> Option<Kept> {
        if edit.is_ballot() {
            return self.member(by.as_str())?.ballot.kept(stamp, edit);
        }
        if let Edit::Plan(_) = edit {
            return Some(self.plans.kept(stamp));
        }
        if let Edit::Verdict { clause, .. } = edit {
            let since = self.revision.kept(stamp, clause).filter(|kept| *kept != Kept::Replaced);
            let is_settled =
                self.revised_verdict(clause.as_str()).is_some() || self.rulings.is_settled(clause);
            let before =
                || self.rulings.kept(stamp, edit).map(|kept| if is_settled { Kept::Replaced } else { kept });
            return since.or_else(before);
        }
        self.member(by.as_str())
            .and_then(|state| state.kept(stamp, edit))
            .or_else(|| self.rulings.kept(stamp, edit))
    }
}

impl MemberState {
    fn kept(&self, stamp: &Stamp, edit: &Edit) -> Option<Kept> {
        match edit {
            Edit::Submit { .. } | Edit::Unseal => Some(self.seals.kept(stamp)),
            Edit::Declare(_) => Some(self.declaration.kept(stamp).or(self.declared_since.kept(stamp))),
            Edit::ClearVote { clause, .. } => self.clear_votes.get(clause).map(|cell| cell.kept(stamp)),
            Edit::Dissent { clause, .. } => self.dissents.get(clause).map(|cell| cell.kept(stamp)),
            _ => None,
        }
    }
}
