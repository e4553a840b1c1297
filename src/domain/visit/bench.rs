//! Who is heard after the end.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    ballot::cell::Cell,
    edit::{Edit, Stamp, commit::LoggedCommit, objection::Objection},
    terms::id::{ClauseId, FeedId, MemberName},
    visit::{
        archive::Archive,
        past::Past,
        seats::{Seat, Seats},
    },
};

/// Whose devices are heard after the end: those that sat when the visit was made final, and those they name as their successors.
/// Nobody is seated by somebody else's word any more.
pub(crate) struct Bench<'a> {
    seats: &'a Seats,
    owners: BTreeMap<&'a FeedId, &'a MemberName>,
    chair: BTreeSet<&'a FeedId>,
}

impl<'a> Bench<'a> {
    /// The devices, by who sat where and what they themselves said since.
    pub(crate) fn of(seats: &'a Seats, archive: &Archive<'a>) -> Self {
        let of_seat = |seat: &'a Seat| seat.feeds.iter().map(|feed| (feed, &seat.member.name));
        let mut owners: BTreeMap<&FeedId, &MemberName> = seats.members.iter().flat_map(of_seat).collect();
        let mut chair: BTreeSet<&FeedId> = seats.chair.iter().collect();
        let mut claims: BTreeMap<&FeedId, &MemberName> = BTreeMap::new();
        let mut named: Vec<(&FeedId, &FeedId)> = Vec::new();
        for (_, commit) in archive.all() {
            for edit in commit.edits() {
                match edit {
                    // What a retired device says is heard no more, whom it names included.
                    Edit::Device { feed } if seats.counts(&commit.feed, commit.n) => {
                        named.push((&commit.feed, feed));
                    }
                    Edit::Join { name, .. } => drop(claims.entry(&commit.feed).or_insert(name)),
                    _ => {}
                }
            }
        }
        loop {
            let follows = |(by, feed): &&(&'a FeedId, &'a FeedId)| {
                let claimed = claims.get(*feed);
                claimed.is_some() && claimed == owners.get(*by) && !owners.contains_key(*feed)
            };
            let Some((by, feed)) = named.iter().find(follows).copied() else { break };
            let Some(owner) = owners.get(by).copied() else { break };
            owners.insert(feed, owner);
            chair.extend(chair.contains(by).then_some(feed));
        }
        Self { seats, owners, chair }
    }

    /// Whose a commit is, if it is heard.
    pub(crate) fn owner(&self, commit: &LoggedCommit) -> Option<&'a MemberName> {
        let counts = self.seats.counts(&commit.feed, commit.n) && !commit.was_sealed();
        self.owners.get(&commit.feed).copied().filter(|_| counts)
    }

    /// Whether a device does the lead's work.
    pub(crate) fn leads(&self, feed: &FeedId) -> bool {
        self.chair.contains(feed)
    }

    /// The clauses that the facility objects to, by what was recorded in these commits and is not taken back.
    pub(crate) fn objected<'c>(
        &self,
        archive: &Archive<'c>,
        since: &[&'c LoggedCommit],
    ) -> BTreeSet<ClauseId> {
        let cells = self.objection_cells(archive, since).into_iter();
        let standing = cells.filter(|(_, cell)| cell.newest().any(Option::is_some));
        standing.filter_map(|(clause, _)| clause).collect()
    }

    /// The objections that stand by what was recorded in these commits; none where two do not know of each other.
    pub(crate) fn objections<'c>(
        &self,
        archive: &Archive<'c>,
        since: &[&'c LoggedCommit],
    ) -> BTreeMap<Option<ClauseId>, Objection> {
        let cells = self.objection_cells(archive, since).into_iter();
        cells.filter_map(|(clause, cell)| Some((clause, cell.value()?.clone()?))).collect()
    }

    /// The objections that nobody took back, by clause. What was withdrawn opens nothing any more, not even what was said while it
    /// stood.
    pub(crate) fn standing<'c>(
        &self,
        archive: &Archive<'c>,
        since: &[&'c LoggedCommit],
    ) -> BTreeMap<ClauseId, Vec<Stamp>> {
        let mut raised: BTreeMap<ClauseId, Vec<Stamp>> = BTreeMap::new();
        let mut withdrawn: BTreeMap<ClauseId, Vec<Stamp>> = BTreeMap::new();
        for commit in since.iter().filter(|commit| self.leads(&commit.feed)) {
            archive.each_edit(commit, &mut |stamp, edit| {
                if let Edit::Objection { clause: Some(clause), value } = edit {
                    let found = if value.is_some() { &mut raised } else { &mut withdrawn };
                    found.entry(clause.clone()).or_default().push(stamp.clone());
                }
            });
        }
        for (clause, stamps) in &mut raised {
            let gone = withdrawn.get(clause).map(Vec::as_slice).unwrap_or_default();
            stamps.retain(|stamp| !gone.iter().any(|it| it.supersedes(stamp)));
        }
        raised
    }

    fn objection_cells<'c>(
        &self,
        archive: &Archive<'c>,
        since: &[&'c LoggedCommit],
    ) -> BTreeMap<Option<ClauseId>, Cell<Option<Objection>>> {
        let mut cells: BTreeMap<Option<ClauseId>, Cell<Option<Objection>>> = BTreeMap::new();
        for commit in since.iter().filter(|commit| self.leads(&commit.feed)) {
            archive.each_edit(commit, &mut |stamp, edit| {
                if let Edit::Objection { clause, value } = edit {
                    cells.entry(clause.clone()).or_default().write(stamp.clone(), value.clone());
                }
            });
        }
        cells
    }

    /// The commits since a final record of those who are heard.
    pub(crate) fn heard<'c>(&self, archive: &Archive<'c>, before: &Past) -> Vec<&'c LoggedCommit> {
        let since = archive.all().filter(|(place, _)| !before.has(*place)).map(|(_, commit)| commit);
        since.filter(|commit| self.owner(commit).is_some()).collect()
    }
}
