//! Members who are not there (缺席): they fell ill, or were called away. They are asked for nothing and not counted among those who
//! vote. That is no recusal: whoever seals all the same was there.

use crate::domain::{
    terms::id::MemberName,
    visit::{Identity, MemberState, Visit},
};

/// A member of whom it is recorded that they are not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absentee<'v> {
    /// The member.
    pub name: &'v MemberName,
    /// Why.
    pub reason: &'v str,
    /// Whether the member sealed all the same, before or after it was recorded: then it says nothing.
    pub has_sealed: bool,
}

impl Visit {
    /// What the lead recorded of members who are not there, in the order of their names. Recorded before scoring is closed; later
    /// it could only take away a vote that was read.
    pub fn recorded_absent(&self) -> impl Iterator<Item = Absentee<'_>> {
        self.rulings.absences().map(|(name, reason)| {
            let has_sealed = self.member(name.as_str()).is_some_and(MemberState::has_sealed);
            Absentee { name, reason, has_sealed }
        })
    }

    /// Members who are not there.
    pub fn absentees(&self) -> impl Iterator<Item = Absentee<'_>> {
        self.recorded_absent().filter(|it| !it.has_sealed)
    }

    /// Whether a member is not there: recorded so, and of the member's no seal stands and no ballot counts. So nobody makes a vote
    /// vanish by this, whoever records it and whenever.
    #[must_use]
    pub fn is_absent(&self, name: &str) -> bool {
        self.absentees().any(|it| it.name.as_str() == name)
    }

    /// Names beside the roster that laptops claim and nobody has admitted: who steps in works on a ballot meanwhile, which counts if
    /// the lead admits them before scoring is closed.
    pub fn newcomers(&self) -> impl Iterator<Item = &MemberName> {
        let is_member = |name: &MemberName| self.founding.roster.iter().any(|member| &member.name == name);
        let claims = self.pending.iter().filter(|claim| claim.expert.is_some());
        claims.map(|claim| &claim.name).filter(move |name| !is_member(name))
    }

    /// Whether a member takes part: admitted while the votes were sealed, or on the roster.
    #[must_use]
    pub fn sits(&self, state: &MemberState) -> bool {
        !self.is_newcomer(state) && !self.latecomers.contains(&state.member.name)
    }

    /// Whether this is the laptop's own claim of a name beside the roster, which waits for the lead: a substitute who works before
    /// being admitted is shown here, and is nobody's member yet.
    #[must_use]
    pub fn is_newcomer(&self, state: &MemberState) -> bool {
        let name = &state.member.name;
        state.identity == Identity::Waiting && !self.founding.roster.iter().any(|member| &member.name == name)
    }
}

impl MemberState {
    /// Whether a seal of the member's stands, or a ballot counts.
    #[must_use]
    pub fn has_sealed(&self) -> bool {
        self.seals.stands() || self.is_submitted()
    }
}
