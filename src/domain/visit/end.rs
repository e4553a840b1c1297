//! The end of a visit: the final record that counts, and what it rests on. What surfaces later is not in it.

use std::collections::BTreeMap;

use crate::domain::{
    edit::{Edit, commit::LoggedCommit, waiver::Finalisation},
    terms::id::FeedId,
    visit::{archive::Archive, closing::Count, past::Past, seats::Seats},
};

/// Final records of one device that are looked at: the first ones.
const RECORDS_A_DEVICE: usize = 20;

/// The final record, with the commits it rests on; `None` while the visit is not final. Of several that do not know each other
/// the lead's goes before a deputy's, then the one with the lower id, so that every laptop takes the same.
pub(crate) fn find(archive: &Archive<'_>, live: &Seats) -> Option<(Finalisation, Past)> {
    let mut looked_at: BTreeMap<&FeedId, usize> = BTreeMap::new();
    let mut found: Vec<(&LoggedCommit, &Finalisation, Past)> = Vec::new();
    for (_, commit) in archive.all() {
        for edit in commit.edits() {
            let Edit::Final(finalisation) = edit else { continue };
            let n = looked_at.entry(&commit.feed).or_default();
            *n += 1;
            let past = archive.past(commit, &finalisation.tips);
            if *n <= RECORDS_A_DEVICE && counts(archive, commit, &past) {
                found.push((commit, finalisation, past));
            }
        }
    }
    let is_first = |(_, _, past): &&(&LoggedCommit, &Finalisation, Past)| {
        !found.iter().any(|(other, _, theirs)| {
            theirs != past && archive.pasts.place(&other.id).is_some_and(|place| past.has(place))
        })
    };
    let by_lead =
        |commit: &LoggedCommit| live.members.first().is_some_and(|it| it.feeds.contains(&commit.feed));
    let first = found.iter().filter(is_first).min_by_key(|(commit, ..)| (!by_lead(commit), &commit.id))?;
    Some((first.1.clone(), first.2.clone()))
}

/// Whether its author led by what it rests on, and scoring was closed.
fn counts(archive: &Archive<'_>, commit: &LoggedCommit, past: &Past) -> bool {
    archive.seats(Some(past)).chair.contains(&commit.feed) && Count::of(archive, Some(past)).is_some()
}
