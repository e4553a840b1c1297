//! What replaced what, along the order of the log.

use std::collections::HashMap;

use crate::domain::{
    ballot::history::CellKey,
    edit::{Edit, Stamp, commit::LoggedCommit},
    log::entry::By,
    terms::id::{FeedId, MemberName},
    visit::{Visit, told::Place},
};

/// An edit that may be shown, with what the fold told of it.
pub(super) struct Raw<'a> {
    pub(super) edit: &'a Edit,
    /// Where it stands, if it took effect.
    pub(super) stamp: Option<&'a Stamp>,
    /// `None` = it is in none yet.
    pub(super) commit: Option<&'a LoggedCommit>,
    /// `None` = nobody counts at that laptop.
    pub(super) place: Option<Place>,
}

/// Where values replace each other.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Slot {
    /// Of one member alone.
    Of(MemberName, CellKey),
    /// Of all who do the lead's work; what comes after the closing replaces nothing before it.
    Chair(CellKey, bool),
    Plan,
    Declaration(MemberName, bool),
    Seal(MemberName),
    Passphrase,
}

/// What stands in each cell at a place of the log.
#[derive(Debug, Default)]
pub(super) struct Cells<'a> {
    newest: HashMap<Slot, Vec<(&'a Stamp, &'a Edit)>>,
}

impl<'a> Cells<'a> {
    /// Goes on by an edit; gives what it replaced.
    pub(super) fn write(&mut self, by: &By, raw: &Raw<'a>) -> Vec<Edit> {
        let (By::Member(name), Some(stamp)) = (by, raw.stamp) else { return Vec::new() };
        let before_closing = raw.place.as_ref().is_none_or(|it| it.before_closing);
        let Some(slot) = Slot::of(name, raw.edit, before_closing) else { return Vec::new() };
        let newest = self.newest.entry(slot).or_default();
        let gone: Vec<Edit> =
            newest.extract_if(.., |(head, _)| stamp.supersedes(head)).map(|(_, edit)| edit.clone()).collect();
        if !newest.iter().any(|(head, _)| head.supersedes(stamp)) {
            newest.push((stamp, raw.edit));
        }
        gone
    }
}

impl Slot {
    fn of(name: &MemberName, edit: &Edit, before_closing: bool) -> Option<Self> {
        Some(match edit {
            Edit::Plan(_) => Self::Plan,
            Edit::Declare(_) => Self::Declaration(name.clone(), before_closing),
            Edit::Submit { .. } | Edit::Unseal => Self::Seal(name.clone()),
            Edit::Slot(_) => Self::Passphrase,
            _ => match CellKey::of(edit)? {
                key @ (CellKey::Verdict(_)
                | CellKey::Gate(_)
                | CellKey::Objection(_)
                | CellKey::Facility(_)) => Self::Chair(key, true),
                key @ CellKey::Recusal(..) => Self::Chair(key, before_closing),
                key @ (CellKey::Finding(..)
                | CellKey::Vote(_)
                | CellKey::Note(_)
                | CellKey::Evidence(..)
                | CellKey::ClearVote(_)
                | CellKey::Dissent(_)) => Self::Of(name.clone(), key),
            },
        })
    }
}

/// The laptops of members who have several, numbered as they first appear. Whoever is outside of the panel is not told.
pub(super) fn devices(visit: &Visit, raws: &[Raw<'_>]) -> HashMap<FeedId, usize> {
    if visit.is_from_outside {
        return HashMap::new();
    }
    let mut by_member: HashMap<&MemberName, Vec<&FeedId>> = HashMap::new();
    for raw in raws {
        let owner = raw.place.as_ref().and_then(|it| it.owner.as_ref());
        if let (Some(owner), Some(commit)) = (owner, raw.commit) {
            let feeds = by_member.entry(owner).or_default();
            if !feeds.contains(&&commit.feed) {
                feeds.push(&commit.feed);
            }
        }
    }
    let several = by_member.into_values().filter(|feeds| feeds.len() > 1);
    several.flat_map(|feeds| feeds.into_iter().cloned().zip(1..)).collect()
}
