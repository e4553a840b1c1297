//! Closing records: which seals count. A record names the ends of all feeds; the seals among what it names count, unchosen,
//! and records only add. Everything is judged by what a record names, so nothing written afterwards can change it
//! (`docs/SHARED-FILE.md`, “Closing”).

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    ballot::seal::{Seal, Seals},
    edit::{Edit, Member, Stamp, commit::LoggedCommit},
    terms::id::{CommitId, FeedId, MemberName},
    visit::{apart::Apart, archive::Archive, past::Past, seats::Seats},
};

/// Closing records in one chain of commits that are looked at: the first ones. A panel needs one, and one more for each late seal.
pub(crate) const RECORDS_IN_A_CHAIN: usize = 50;

/// A closing record that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// Its commit.
    pub commit: CommitId,
    /// Who made it.
    pub by: MemberName,
    /// Whether its author knew of another one: what it adds came late.
    pub is_supplementary: bool,
    /// The commits it names.
    pub tips: BTreeSet<CommitId>,
}

/// What the closing records of a visit amount to.
pub(crate) struct Count {
    pub(crate) closings: Vec<Closing>,
    /// By member: the ballot that counts.
    pub(crate) ballots: BTreeMap<MemberName, CountedBallot>,
    /// What every first record names, of the lead's if there are any: rights stand as they stood there.
    pub(crate) rights: Past,
    /// Who sat there by a first record. The votes were open when anybody else was admitted.
    pub(crate) seated: BTreeSet<MemberName>,
}

/// The ballot of a member that counts.
pub(crate) struct CountedBallot {
    /// Who sat there.
    pub(crate) member: Member,
    /// Whether only a supplementary record names it.
    pub(crate) is_late: bool,
    /// The commits of the seals that count.
    pub(crate) seals: BTreeSet<CommitId>,
    /// The commits it rests on; those of `feeds` are its own.
    pub(crate) past: Past,
    pub(crate) feeds: BTreeSet<FeedId>,
}

/// A record with what it rests on.
struct Weighed {
    closing: Closing,
    /// Whether the lead made it, not a deputy.
    by_lead: bool,
    past: Past,
    seats: Seats,
    seals: BTreeMap<MemberName, Vec<Named>>,
}

/// A seal that a record names.
struct Named {
    seal: Seal,
    /// What the seal rests on, as far as the record names it. What it names and the record does not was not there when the votes
    /// were opened: the member could still choose whether to bring it.
    covers: Past,
}

impl CountedBallot {
    /// Whether a commit belongs to the ballot.
    pub(crate) fn has(&self, place: usize, commit: &LoggedCommit) -> bool {
        self.past.has(place) && self.feeds.contains(&commit.feed)
    }
}

impl Count {
    /// Counts the records that are `among` these commits; `None` while none counts. What they and seals name is bound by its ids,
    /// whether or not a final record reaches it.
    pub(crate) fn of(among: &Archive<'_>, archive: &Archive<'_>) -> Option<Self> {
        let mut weighed = Vec::new();
        among.each_record(RECORDS_IN_A_CHAIN, Edit::as_closing, |commit, tips| {
            weighed.extend(Weighed::of(archive, commit, tips));
        });
        let late: Vec<bool> =
            weighed.iter().map(|it| weighed.iter().any(|other| it.rests_on(other, archive))).collect();
        for (it, is_supplementary) in weighed.iter_mut().zip(late) {
            it.closing.is_supplementary = is_supplementary;
        }
        // Of records that do not know each other those of the lead's go before a deputy's: nobody else can say afterwards that
        // less was settled than the lead's record says. In time is what all of them name: nobody at all can say that more came.
        let is_first = |it: &&Weighed| !it.closing.is_supplementary;
        let lead_closed = weighed.iter().filter(is_first).any(|it| it.by_lead);
        let firsts = || weighed.iter().filter(is_first).filter(|it| it.by_lead || !lead_closed);
        let rights = firsts().map(|it| it.past.clone()).reduce(|a, b| a.and(&b))?;
        let seated = weighed.iter().filter(is_first).flat_map(|it| &it.seats.members);
        let seated: BTreeSet<MemberName> = seated.map(|seat| seat.member.name.clone()).collect();
        // Whoever was admitted beside the roster when the votes were open has read them before the seal could count.
        weighed.iter_mut().for_each(|it| it.seals.retain(|name, _| seated.contains(name)));
        let names: BTreeSet<&MemberName> = weighed.iter().flat_map(|it| it.seals.keys()).collect();
        let ballots = names
            .into_iter()
            .filter_map(|name| Some((name.clone(), CountedBallot::of(name, &weighed, archive)?)));
        let ballots = ballots.collect();
        Some(Self { ballots, rights, seated, closings: weighed.into_iter().map(|it| it.closing).collect() })
    }

    /// Whose counted ballot a commit belongs to. Of a device that was seated elsewhere afterwards, what the first records
    /// count stays with whom they counted it for.
    pub(crate) fn owner(&self, place: usize, commit: &LoggedCommit) -> Option<&MemberName> {
        let having = self.ballots.iter().filter(|(_, ballot)| ballot.has(place, commit));
        having.min_by_key(|(_, ballot)| ballot.is_late).map(|(name, _)| name)
    }
}

impl CountedBallot {
    /// The ballot of a member as the records name it.
    fn of(name: &MemberName, weighed: &[Weighed], archive: &Archive<'_>) -> Option<Self> {
        // A vote that was read cannot be changed: the first records that name the member count, and of a seal and a later
        // one the earlier.
        let naming: Vec<&Weighed> = weighed.iter().filter(|it| it.seals.contains_key(name)).collect();
        let mut first_naming = naming.clone();
        first_naming.retain(|it| !naming.iter().any(|other| it.rests_on(other, archive)));
        let all: Vec<&Named> = first_naming.iter().flat_map(|it| it.seals.get(name)).flatten().collect();
        let is_replaced = |seal: &Seal| all.iter().any(|other| seal.stamp.supersedes(&other.seal.stamp));
        let counted: Vec<&Named> = all.iter().copied().filter(|it| !is_replaced(&it.seal)).collect();
        let seals: BTreeSet<CommitId> =
            counted.iter().filter_map(|it| it.seal.stamp.commit.clone()).collect();
        let names = |it: &Weighed, seal: &CommitId| {
            let mut its = it.seals.get(name).into_iter().flatten();
            its.any(|own| own.seal.stamp.commit.as_ref() == Some(seal))
        };
        let in_time = weighed
            .iter()
            .filter(|it| !it.closing.is_supplementary)
            .all(|it| seals.iter().all(|seal| names(it, seal)));
        let covered = counted.iter().map(|it| it.covers.clone());
        let seat = first_naming.iter().flat_map(|it| &it.seats.members).find(|it| &it.member.name == name)?;
        Some(Self {
            member: seat.member.clone(),
            is_late: !in_time,
            past: covered.reduce(|a, b| a.or(&b)).unwrap_or_default(),
            seals,
            feeds: first_naming.iter().flat_map(|it| feeds_of(&it.seats, name)).cloned().collect(),
        })
    }
}

impl Weighed {
    /// The record, if nothing of what it rests on is missing, its author led by that, and was bound no longer: own ballot sealed,
    /// or recused from everything. One with a gap counts when the gap is filled, and then says what it always said: whoever
    /// held something back has read nothing meanwhile.
    fn of(archive: &Archive<'_>, commit: &LoggedCommit, tips: &BTreeSet<CommitId>) -> Option<Self> {
        if !archive.is_whole(tips.iter().chain([&commit.id])) {
            return None;
        }
        let past = archive.past(commit, tips);
        let then = archive.within(&past);
        let seats = then.seats();
        let author = seats.members.iter().find(|seat| seat.feeds.contains(&commit.feed))?;
        let by = author.member.name.clone();
        if !seats.chair.contains(&commit.feed) {
            return None;
        }
        let mut seals = BTreeMap::new();
        for seat in &seats.members {
            let standing = standing_seals(&then, &seat.feeds, &seats);
            if !standing.is_empty() {
                seals.insert(seat.member.name.clone(), standing);
            }
        }
        if archive.founding.is_signed_by_one() {
            let stamp = last_stamp(&then, commit);
            seals.insert(by.clone(), vec![Seal { stamp, tips: tips.clone() }]);
        }
        let named = |seal: Seal| Named { covers: then.pasts.of_ends(seal.ends()), seal };
        let seals: BTreeMap<MemberName, Vec<Named>> = seals
            .into_iter()
            .map(|(name, standing)| (name, standing.into_iter().map(named).collect()))
            .collect();
        let is_free = seals.contains_key(&by) || Apart::of(&then, &seats).is_recused(&by);
        let by_lead = seats.members.first().is_some_and(|lead| lead.feeds.contains(&commit.feed));
        let closing = Closing { commit: commit.id.clone(), by, is_supplementary: false, tips: tips.clone() };
        is_free.then_some(Self { closing, by_lead, past, seats, seals })
    }

    /// Whether it was made in knowledge of another one.
    fn rests_on(&self, other: &Self, archive: &Archive<'_>) -> bool {
        other.closing.commit != self.closing.commit
            && archive.pasts.place(&other.closing.commit).is_some_and(|place| self.past.has(place))
    }
}

pub(super) fn standing_seals(archive: &Archive<'_>, feeds: &BTreeSet<FeedId>, seats: &Seats) -> Vec<Seal> {
    let mut seals = Seals::default();
    let counts = |commit: &LoggedCommit| seats.counts(&commit.feed, commit.n) && !commit.was_sealed();
    for (_, commit) in archive.all().filter(|(_, it)| feeds.contains(&it.feed) && counts(it)) {
        archive.each_edit(commit, &mut |stamp, edit| match edit {
            Edit::Submit { tips } => seals.seal(stamp, tips),
            Edit::Unseal => seals.take_back(stamp),
            _ => {}
        });
    }
    seals.standing().cloned().collect()
}

fn feeds_of<'s>(seats: &'s Seats, name: &MemberName) -> impl Iterator<Item = &'s FeedId> {
    let seat = seats.members.iter().find(|seat| &seat.member.name == name);
    seat.into_iter().flat_map(|seat| &seat.feeds)
}

fn last_stamp(archive: &Archive<'_>, commit: &LoggedCommit) -> Stamp {
    let mut last = None;
    archive.each_edit(commit, &mut |stamp, _| last = Some(stamp.clone()));
    last.unwrap_or_else(|| {
        commit.stamp(0, std::sync::Arc::default(), crate::domain::edit::lineage::Branch::default())
    })
}
