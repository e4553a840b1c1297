//! Which clauses the list shows: one filter at a time, gone through by one key.

use crate::{
    domain::{
        ballot::{Position, Vote},
        terms::lang::Lang,
    },
    tui::desk::Desk,
};

/// Whether points are recorded that make no grade yet.
pub(crate) fn is_begun(vote: &Vote) -> bool {
    vote.position == Position::Unscored && vote.derived.n_recorded > 0
}

/// A filter of the clause list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Filter {
    /// Everything one is not recused from.
    #[default]
    All,
    /// What one owes a vote on and has not scored.
    Unscored,
    /// Own votes that want a reason.
    ReasonOwed,
    /// Some points are recorded, and they make no grade yet.
    Partly,
    /// What one owes a vote on.
    Mine,
    /// What asks for one's own field.
    MyField,
    /// Core clauses.
    Core,
}

impl Filter {
    /// In the order of the key: what is left to do first.
    pub(crate) const ORDER: [Self; 7] =
        [Self::All, Self::Unscored, Self::ReasonOwed, Self::Partly, Self::Mine, Self::MyField, Self::Core];

    /// The one after it, going round.
    pub(crate) fn next(self) -> Self {
        let after = Self::ORDER.iter().cycle().skip_while(|it| **it != self).nth(1);
        after.copied().unwrap_or_default()
    }

    /// Whether a clause passes; one that is not on one's screen never does.
    pub(crate) fn lets(self, desk: &Desk, index: usize) -> bool {
        let (Some(clause), Some(vote)) = (desk.clause(index), desk.vote(index)) else { return false };
        desk.is_shown(index)
            && match self {
                Self::All => true,
                Self::Unscored => desk.is_owed(index),
                Self::ReasonOwed => vote.owes_reason().is_some(),
                Self::Partly => desk.is_owed(index) && is_begun(vote),
                Self::Mine => desk.is_mine(index),
                Self::MyField => desk.seat().is_some_and(|seat| clause.fields.contains(&seat.member.field)),
                Self::Core => clause.core,
            }
    }

    /// Its name.
    pub(crate) const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::All => lang.pick("全部", "all"),
            Self::Unscored => lang.pick("未评", "unscored"),
            Self::ReasonOwed => lang.pick("缺理由", "reason owed"),
            Self::Partly => lang.pick("只记了部分", "partly recorded"),
            Self::Mine => lang.pick("派给我的", "mine"),
            Self::MyField => lang.pick("我的专业", "my field"),
            Self::Core => lang.pick("核心", "core"),
        }
    }
}
