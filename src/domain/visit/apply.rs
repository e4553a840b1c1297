//! What one edit does to a visit, and whether its author may do that: the fold's own gate.

use crate::domain::{
    edit::{Edit, Stamp},
    terms::id::ClauseId,
    visit::{Visit, rectifications::Author},
};

/// The place of the lead among the members.
const LEAD: usize = 0;

/// What an edit may do, by where its commit stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    /// Whether its author does the lead's work.
    pub(super) leads: bool,
    /// Whether the commit is one that a final record rests on, or there is none.
    pub(super) in_scope: bool,
    /// Whether rights can still be changed: scoring was not closed, as far as the commit is concerned.
    pub(super) before_closing: bool,
    /// Whether what it says of a ballot counts.
    pub(super) in_ballot: bool,
    /// Lamport time of the commit.
    pub(super) lamport: u64,
}

impl Visit {
    /// What of an edit must be known before all others are gone through. Tells whether there was anything.
    pub(super) fn apply_right(
        &mut self,
        seat: usize,
        standing: Standing,
        stamp: &Stamp,
        edit: &Edit,
    ) -> bool {
        let Some(state) = self.members.get_mut(seat).filter(|_| standing.in_scope) else { return false };
        let rules = standing.leads;
        match edit {
            Edit::Submit { tips } => state.seals.seal(stamp, tips),
            Edit::Unseal => state.seals.take_back(stamp),
            Edit::Blind { .. } => state.seals.promise(stamp),
            // What a member does not vote on is settled when scoring is closed: afterwards it could only take away a vote
            // that was read. What is found out then is told, and changes nothing.
            Edit::Declare(declaration) if !standing.before_closing => {
                state.declared_since.write(stamp.clone(), declaration.clone());
            }
            Edit::Declare(declaration) => state.declaration.write(stamp.clone(), declaration.clone()),
            Edit::Recuse { name, clause, reason } if rules && standing.before_closing => {
                self.rulings.recuse(stamp, name, clause.as_ref(), reason.as_ref());
            }
            // Whoever says it is there.
            Edit::Absent { name, reason } if reason.is_some() && name == &state.member.name => return false,
            Edit::Absent { name, reason } if rules && standing.before_closing => {
                self.rulings.record_absence(stamp, name, reason.as_ref());
            }
            Edit::Recuse { name, clause, reason } if rules => {
                self.rulings.recuse_late(stamp, name, clause.as_ref(), reason.as_ref());
            }
            _ => return false,
        }
        true
    }

    /// Takes in an edit of a member, if its author may do that, and may still do it; tells whether.
    pub(super) fn apply(&mut self, seat: usize, standing: Standing, stamp: &Stamp, edit: &Edit) -> bool {
        if !self.lets(seat, standing, edit) {
            return false;
        }
        let Some(state) = self.members.get_mut(seat) else { return false };
        match edit {
            Edit::Finding { .. } | Edit::Vote { .. } | Edit::Note { .. } | Edit::Evidence { .. } => {
                state.ballot.take(stamp, edit);
            }
            Edit::ClearVote { clause, value } => {
                state.clear_votes.entry(clause.clone()).or_default().write(stamp.clone(), value.clone());
            }
            Edit::Dissent { clause, value } => {
                state.dissents.entry(clause.clone()).or_default().write(stamp.clone(), value.clone());
            }
            Edit::Sign { record, on } => {
                state.signed.entry(*record).or_insert(*on);
            }
            Edit::Verdict { .. }
            | Edit::Gate { .. }
            | Edit::Facility { .. }
            | Edit::Objection { .. }
            | Edit::Receipt { .. }
            | Edit::Slot(_) => self.rulings.take(stamp, edit),
            Edit::Rectify { item, step } => {
                let author = (Author::Member(state.member.name.clone()), standing.leads);
                self.rectifications.take((standing.lamport, stamp), author, item, step);
            }
            // In its first commit a new key names the one that was left.
            Edit::Device { .. } => self.left.extend((stamp.n > 1).then(|| stamp.feed.clone())),
            Edit::Unknown { critical, .. } => {
                self.n_unknown += 1;
                self.unknown_critical |= critical;
            }
            Edit::Found(_)
            | Edit::Join { .. }
            | Edit::Blind { .. }
            | Edit::Admit { .. }
            | Edit::Deputy { .. }
            | Edit::JoinOffice
            | Edit::Office { .. }
            | Edit::Retire { .. }
            | Edit::Declare(_)
            | Edit::Recuse { .. }
            | Edit::Absent { .. }
            | Edit::Plan(_)
            | Edit::Submit { .. }
            | Edit::Unseal
            | Edit::Offer(_)
            | Edit::Release(_)
            | Edit::Key { .. }
            | Edit::Close { .. }
            | Edit::Final(_) => return false,
        }
        true
    }

    /// Takes in an edit of an office's device: work on the ledger that offices take part in, and nothing else. Tells whether.
    pub(super) fn apply_of_office(&mut self, lamport: u64, stamp: &Stamp, edit: &Edit) -> bool {
        if let Edit::Rectify { item, step } = edit
            && step.is_for_offices()
            && self.finalised.is_some()
        {
            self.rectifications.take((lamport, stamp), (Author::Office, false), item, step);
            return true;
        }
        false
    }

    /// Whether an edit counts, by who made it and where its commit stands: the fold's own gate, for it reads strangers' commits.
    /// No kind is left to a default, here and above, so that a new one is not forgotten.
    fn lets(&self, seat: usize, standing: Standing, edit: &Edit) -> bool {
        let Standing { leads, in_scope, before_closing, in_ballot, .. } = standing;
        let rules = leads && in_scope;
        let since_closing = self.closed && !before_closing;
        let after_closing = since_closing && in_scope;
        let name = self.members.get(seat).map_or("", |state| state.member.name.as_str());
        let votes_on = |clause: &ClauseId| self.recusal(name, clause.as_str()).is_none();
        let sits = self.members.get(seat).is_some_and(|state| self.sits(state));
        match edit {
            Edit::Finding { .. } | Edit::Vote { .. } | Edit::Note { .. } | Edit::Evidence { .. } => in_ballot,
            Edit::ClearVote { clause, .. } => sits && after_closing && votes_on(clause),
            Edit::Verdict { clause, .. } => rules && after_closing && votes_on(clause),
            Edit::Gate { .. } | Edit::Facility { .. } => rules,
            // A facility may object, and the file may get a passphrase, when everything else is final.
            Edit::Objection { .. } | Edit::Receipt { .. } => leads,
            Edit::Slot(_) => leads && seat == LEAD,
            Edit::Dissent { clause, .. } => since_closing && votes_on(clause),
            Edit::Sign { .. } => sits && since_closing,
            Edit::Rectify { .. } | Edit::Device { .. } => true,
            Edit::Unknown { .. } => in_scope,
            // Judged before everything else, by what precedes a closing record or the end.
            Edit::Found(_)
            | Edit::Join { .. }
            | Edit::Blind { .. }
            | Edit::Admit { .. }
            | Edit::Deputy { .. }
            | Edit::JoinOffice
            | Edit::Office { .. }
            | Edit::Retire { .. }
            | Edit::Declare(_)
            | Edit::Recuse { .. }
            | Edit::Absent { .. }
            | Edit::Plan(_)
            | Edit::Submit { .. }
            | Edit::Unseal
            | Edit::Offer(_)
            | Edit::Release(_)
            | Edit::Key { .. }
            | Edit::Close { .. }
            | Edit::Final(_) => false,
        }
    }
}
