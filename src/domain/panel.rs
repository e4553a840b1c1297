//! The panel rule: odd, at least the profile's minimum (seed S3·F13), fields covered (seed S3·F14). How votes cover the clauses
//! is told by `coverage`, how far the members are by `progress`, how a draw becomes a panel and who steps in by `substitutes`.

pub mod coverage;
pub mod progress;
pub mod substitutes;

use std::collections::BTreeSet;

use crate::domain::{
    checklist::profile::PanelRule,
    edit::Member,
    pool::{
        Rank,
        draw::{DrawRecord, Ground},
    },
    terms::{field::Field, id::MemberName, lang::Lang, written::Line},
    visit::Visit,
};

/// What a panel still lacks. Said at every step (invariant 7).
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// A title below the least one.
    Title(TitleLack),
}

/// A member whose title does not reach the least one of the rule, as far as the program knows titles (seed S3·F15, which
/// says so in principle: a reason settles it).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleLack {
    /// Who.
    pub member: MemberName,
    /// The title as written; may be empty.
    pub title: Line,
    /// Its level; `None` = not known.
    pub rank: Option<Rank>,
    /// The least level.
    pub least: Rank,
}

impl PanelRule {
    /// The least level of titles; `None` = any, or a word that is no level.
    #[must_use]
    pub fn least_rank(&self) -> Option<Rank> {
        Rank::parse(&self.title).or_else(|| Rank::of_title(&self.title))
    }

    /// Whether so many members are too few, or an even number.
    #[must_use]
    pub const fn lacks_members(&self, n: usize) -> bool {
        n < self.min || (self.odd && n.is_multiple_of(2))
    }

    /// What is wrong with a title under the rule.
    #[must_use]
    pub fn title_lack(&self, member: &MemberName, title: &Line) -> Option<TitleLack> {
        let (least, rank) = (self.least_rank()?, Rank::of_title(title));
        let is_fit = rank.is_some_and(|rank| rank >= least);
        (!is_fit).then(|| TitleLack { member: member.clone(), title: title.clone(), rank, least })
    }
}

impl Visit {
    /// All that the sitting panel lacks under the rule of the visit.
    #[must_use]
    pub fn panel_lacks(&self) -> Vec<PanelLack> {
        let seated: Vec<&Member> = self.voting().map(|state| &state.member).collect();
        let mut found = lacks(&seated, &self.founding.checklist.profile.panel);
        found.extend(seated.iter().filter_map(|member| self.title_lack(member)).map(PanelLack::Title));
        found
    }

    /// Why the panel was founded so, where the founding says it and the panel lacks no more than it did then. Whoever falls out
    /// later is no part of that reason.
    #[must_use]
    pub fn excuse(&self, lack: &PanelLack) -> Option<&Line> {
        let reason = Some(&self.founding.mandate.panel_reason).filter(|reason| !reason.is_empty());
        let founded = self.founding.roster.len();
        let is_meant = match lack {
            PanelLack::TooFew { n, .. } => *n >= founded,
            PanelLack::Even { n } => *n == founded,
            PanelLack::Field(_) | PanelLack::Title(_) => false,
        };
        reason.filter(|_| is_meant)
    }

    /// What is wrong with a member's title under the rule of the visit, if the draw tells no reason for it.
    #[must_use]
    pub fn title_lack(&self, member: &Member) -> Option<TitleLack> {
        let is_excused = self.founding.draw.as_ref().is_some_and(|record| is_exception(record, member));
        let rule = &self.founding.checklist.profile.panel;
        rule.title_lack(&member.name, &member.title).filter(|_| !is_excused)
    }
}

/// Whether the draw took the expert below the least title with a reason, which its record tells.
fn is_exception(record: &DrawRecord, member: &Member) -> bool {
    let is_told = |(ground, _): &(Ground, String)| *ground == Ground::Title;
    record.eligible.iter().any(|it| {
        let names = [it.person.name.as_str(), &it.person.shown(Lang::Zh)].contains(&member.name.as_str());
        names && it.title == member.title && (!it.exception.is_empty() || it.allowed.iter().any(is_told))
    })
}

/// What the panel lacks in numbers and fields.
fn lacks(members: &[&Member], rule: &PanelRule) -> Vec<PanelLack> {
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
