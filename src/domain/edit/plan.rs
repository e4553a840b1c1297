//! The plan of a visit (分工方案): who votes on which clause. It is the lead's, and binds: what somebody says of a clause that is not
//! theirs is a note. The sources ask for a panel of experts of several fields (seed S3·F14) and leave the division of work open.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::terms::{
    amount::Amount,
    date::Date,
    id::{ClauseId, MemberName},
};

/// Who votes on what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// By clause: who votes on it. Nobody votes on a clause that is not here.
    voters: BTreeMap<ClauseId, BTreeSet<MemberName>>,
    /// Hours of scoring that each member has at the facility.
    pub hours: Amount,
    /// The documents before the visit; `None` = they are read on the day of the visit.
    pub documents: Option<DocumentPhase>,
}

/// When the documents are read before the visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DocumentPhase {
    /// The day; `None` = not settled.
    pub on: Option<Date>,
    /// Hours that each member has for them.
    pub hours: Amount,
}

impl Plan {
    /// A plan in which nobody votes on anything yet.
    #[must_use]
    pub const fn new(hours: Amount, documents: Option<DocumentPhase>) -> Self {
        Self { voters: BTreeMap::new(), hours, documents }
    }

    /// Whether somebody can have so many hours of work on a day: more than none, and at most a day.
    #[must_use]
    pub fn are_hours(hours: Amount) -> bool {
        hours > Amount::ZERO && Amount::whole(24).is_ok_and(|day| hours <= day)
    }

    /// Lets a member vote on a clause.
    pub fn give(&mut self, clause: &ClauseId, name: &MemberName) {
        self.voters.entry(clause.clone()).or_default().insert(name.clone());
    }

    /// Who votes on a clause, whatever has become of them since.
    #[must_use]
    pub fn voters(&self, clause: &ClauseId) -> BTreeSet<&MemberName> {
        self.voters.get(clause).into_iter().flatten().collect()
    }

    /// Whether a member votes on a clause.
    #[must_use]
    pub fn has(&self, clause: &ClauseId, name: &MemberName) -> bool {
        self.voters.get(clause).is_some_and(|voters| voters.contains(name))
    }

    /// Whether the same members vote on each clause as by another plan, as far as that one speaks of it.
    #[must_use]
    pub fn has_voters_of(&self, other: &Self) -> bool {
        other.voters.iter().all(|(clause, voters)| {
            self.voters.get(clause).is_some_and(|own| voters.iter().all(|name| own.contains(name)))
        })
    }

    /// The same with members under other names.
    #[must_use]
    pub fn under(&self, name: impl Fn(&MemberName) -> MemberName) -> Self {
        let voters = self.voters.iter();
        let voters =
            voters.map(|(clause, voters)| (clause.clone(), voters.iter().map(&name).collect())).collect();
        Self { voters, ..*self }
    }

    /// Every clause that somebody votes on, with who does.
    pub fn clauses(&self) -> impl Iterator<Item = (&ClauseId, &BTreeSet<MemberName>)> {
        self.voters.iter()
    }

    /// By member: the clauses to vote on.
    #[must_use]
    pub fn by_member(&self) -> BTreeMap<&MemberName, Vec<&ClauseId>> {
        let mut by_member: BTreeMap<&MemberName, Vec<&ClauseId>> = BTreeMap::new();
        for (clause, voters) in &self.voters {
            voters.iter().for_each(|name| by_member.entry(name).or_default().push(clause));
        }
        by_member
    }

    /// The plan as a later one may still change it once ballots are sealed: it may hand on what was `gone`'s, to as many others as
    /// have gone, and to nobody who had sealed. All else stays as it was.
    #[must_use]
    pub fn handed_on(
        &self,
        later: &Self,
        is_gone: impl Fn(&ClauseId, &MemberName) -> bool,
        had_sealed: impl Fn(&MemberName) -> bool,
    ) -> Self {
        let mut plan = self.clone();
        for (clause, voters) in &mut plan.voters {
            let n_gone = voters.iter().filter(|name| is_gone(clause, name)).count();
            let new = later.voters.get(clause).into_iter().flatten();
            let new =
                new.filter(|name| !self.has(clause, name) && !had_sealed(name) && !is_gone(clause, name));
            let new: Vec<MemberName> = new.take(n_gone).cloned().collect();
            voters.extend(new);
        }
        plan
    }
}
