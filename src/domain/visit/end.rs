//! The end of a visit: the final record that counts, and what it rests on. What surfaces later is not in it.

use std::collections::BTreeSet;

use crate::domain::{
    edit::{Edit, commit::LoggedCommit, waiver::Finalisation},
    terms::{digest::Digest, id::FeedId},
    visit::{
        archive::Archive,
        closing::{Count, is_recused},
        past::Past,
        seats::{Seat, Seats},
    },
};

/// Final records in one chain of commits that are looked at: the first ones.
const RECORDS_IN_A_CHAIN: usize = 20;

/// The final record, with the commits it rests on; `None` while the visit is not final. Of several that do not know each other
/// the lead's goes before a deputy's, then the one with the lower id, so that every laptop takes the same; whose devices made them
/// is told for ever.
pub(crate) fn find(archive: &Archive<'_>) -> Option<End> {
    let mut found: Vec<Found<'_>> = Vec::new();
    archive.each_record(RECORDS_IN_A_CHAIN, Edit::as_final, |commit, finalisation| {
        found.extend(Found::of(archive, commit, finalisation));
    });
    let is_first = |it: &&Found<'_>| {
        !found.iter().any(|other| {
            let is_before = |place| it.past.has(place);
            other.past != it.past && archive.pasts.place(&other.commit.id).is_some_and(is_before)
        })
    };
    let first = found.iter().filter(is_first).min_by_key(|it| (!it.by_lead, &it.commit.id))?;
    let rivals: BTreeSet<FeedId> = found.iter().filter(is_first).map(|it| it.commit.feed.clone()).collect();
    let is_alone = found.iter().filter(is_first).count() == 1;
    Some(End {
        finalisation: first.finalisation.clone(),
        past: first.past.clone(),
        rivals: if is_alone { BTreeSet::new() } else { rivals },
    })
}

/// How a visit ended.
pub(crate) struct End {
    pub(crate) finalisation: Finalisation,
    /// What the record rests on.
    pub(crate) past: Past,
    /// Where several final records do not know each other: whose devices made them.
    pub(crate) rivals: BTreeSet<FeedId>,
}

/// A final record that counts: nothing of what it rests on is missing, its author led by that, scoring was closed, and more than
/// half of those who vote had signed the record that it names.
struct Found<'a> {
    commit: &'a LoggedCommit,
    finalisation: &'a Finalisation,
    past: Past,
    /// Whether the lead made it, not a deputy; by what it rests on, so that nobody's admission afterwards changes it.
    by_lead: bool,
}

impl<'a> Found<'a> {
    fn of(archive: &Archive<'_>, commit: &'a LoggedCommit, finalisation: &'a Finalisation) -> Option<Self> {
        if !archive.is_whole(finalisation.tips.iter().chain([&commit.id])) {
            return None;
        }
        let past = archive.past(commit, &finalisation.tips);
        let then = archive.within(&past);
        let seats = then.seats();
        let counts = seats.chair.contains(&commit.feed)
            && Count::of(&then, archive).is_some()
            && is_signed(&then, &seats, &finalisation.record);
        let by_lead = seats.members.first().is_some_and(|lead| lead.feeds.contains(&commit.feed));
        counts.then_some(Self { commit, finalisation, past, by_lead })
    }
}

/// Whether more than half of the members who vote have signed a record, by what is in this past.
fn is_signed(archive: &Archive<'_>, seats: &Seats, record: &Digest) -> bool {
    let signing = |commit: &LoggedCommit| {
        let signs = |edit: &Edit| matches!(edit, Edit::Sign { record: signed } if signed == record);
        seats.counts(&commit.feed, commit.n) && !commit.was_sealed() && commit.edits().iter().any(signs)
    };
    let signed: BTreeSet<&FeedId> =
        archive.all().filter(|(_, commit)| signing(commit)).map(|(_, commit)| &commit.feed).collect();
    let voting: Vec<&Seat> =
        seats.members.iter().filter(|seat| !is_recused(archive, seats, &seat.member.name)).collect();
    let n_signed = voting.iter().filter(|seat| seat.feeds.iter().any(|feed| signed.contains(feed))).count();
    n_signed * 2 > voting.len()
}
