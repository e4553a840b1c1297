//! Closing records: which seals count. A record names the ends of all feeds; the seals among what it names count, unchosen,
//! and records only add. Everything is judged by what a record names, so nothing written afterwards can change it
//! (`docs/SHARED-FILE.md`, “Closing”).

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    ballot::{
        cell::Cell,
        seal::{Seal, Seals},
    },
    edit::{Edit, Member, Stamp, commit::LoggedCommit, declaration::Declaration},
    terms::id::{CommitId, FeedId, MemberName},
    visit::{archive::Archive, past::Past, rulings::Rulings, seats::Seats},
};

/// Closing records of one device that are looked at: the first ones. A panel needs one, and one more for each late seal.
const RECORDS_A_DEVICE: usize = 50;

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
}

/// The ballot of a member that counts.
pub(crate) struct CountedBallot {
    /// Who sat there.
    pub(crate) member: Member,
    /// Whether only a supplementary record names it.
    pub(crate) is_late: bool,
    /// The commits of the seals that count.
    pub(crate) seals: BTreeSet<CommitId>,
    /// Whether every commit that it rests on is here. Of one with a gap nobody can say yet how it reads.
    pub(crate) is_whole: bool,
    /// The commits it rests on; those of `feeds` are its own.
    past: Past,
    pub(crate) feeds: BTreeSet<FeedId>,
}

/// A record with what it rests on.
struct Weighed {
    closing: Closing,
    /// Whether the lead made it, not a deputy.
    by_lead: bool,
    past: Past,
    seats: Seats,
    seals: BTreeMap<MemberName, Vec<Seal>>,
}

impl CountedBallot {
    /// Whether a commit belongs to the ballot.
    pub(crate) fn has(&self, place: usize, commit: &LoggedCommit) -> bool {
        self.past.has(place) && self.feeds.contains(&commit.feed)
    }
}

impl Count {
    /// Counts; `None` while no record counts. `within` are the commits to look at.
    pub(crate) fn of(archive: &Archive<'_>, within: Option<&Past>) -> Option<Self> {
        let mut weighed = weigh(archive, within);
        let late: Vec<bool> =
            weighed.iter().map(|it| weighed.iter().any(|other| rests_on(it, other, archive))).collect();
        for (it, is_supplementary) in weighed.iter_mut().zip(late) {
            it.closing.is_supplementary = is_supplementary;
        }
        // Of records that do not know each other those of the lead's go before a deputy's: nobody else can say afterwards that
        // less was settled than the lead's record says. In time is what all of them name: nobody at all can say that more came.
        let is_first = |it: &&Weighed| !it.closing.is_supplementary;
        let lead_closed = weighed.iter().filter(is_first).any(|it| it.by_lead);
        let firsts = || weighed.iter().filter(is_first).filter(|it| it.by_lead || !lead_closed);
        let rights = firsts().map(|it| it.past.clone()).reduce(|a, b| a.and(&b))?;
        let names: BTreeSet<&MemberName> = weighed.iter().flat_map(|it| it.seals.keys()).collect();
        let ballots = names.into_iter().filter_map(|name| {
            // A vote that was read cannot be changed: the first records that name the member count, and of a seal and a later
            // one the earlier.
            let naming: Vec<&Weighed> = weighed.iter().filter(|it| it.seals.contains_key(name)).collect();
            let mut first_naming = naming.clone();
            first_naming.retain(|it| !naming.iter().any(|other| rests_on(it, other, archive)));
            let sealed =
                |it: &&'_ Weighed| it.seals.get(name).into_iter().flatten().cloned().collect::<Vec<Seal>>();
            let all: Vec<Seal> = first_naming.iter().flat_map(sealed).collect();
            let is_replaced = |seal: &Seal| all.iter().any(|other| seal.stamp.supersedes(&other.stamp));
            let counted: Vec<&Seal> = all.iter().filter(|seal| !is_replaced(seal)).collect();
            let in_time = weighed.iter().filter(is_first).all(|it| {
                let seals = it.seals.get(name);
                seals.is_some_and(|seals| counted.iter().all(|seal| seals.contains(seal)))
            });
            // What a seal names and the record does not was not there when the votes were opened: the member could still choose
            // whether to bring it.
            let covered = first_naming.iter().map(|it| {
                let counts =
                    counted.iter().filter(|seal| it.seals.get(name).is_some_and(|its| its.contains(seal)));
                archive.pasts.of_ends(counts.flat_map(|seal| seal.ends())).and(&it.past)
            });
            let ends = counted.iter().flat_map(|seal| seal.ends());
            let in_record = |end: &&CommitId| {
                let place = archive.pasts.place(end);
                place.is_some_and(|place| first_naming.iter().any(|it| it.past.has(place)))
            };
            let seat =
                first_naming.iter().flat_map(|it| &it.seats.members).find(|it| &it.member.name == name)?;
            let ballot = CountedBallot {
                member: seat.member.clone(),
                is_late: !in_time,
                is_whole: archive.pasts.is_whole(archive.commits, ends.filter(in_record)),
                past: covered.reduce(|a, b| a.or(&b)).unwrap_or_default(),
                seals: counted.iter().filter_map(|seal| seal.stamp.commit.clone()).collect(),
                feeds: first_naming.iter().flat_map(|it| feeds_of(&it.seats, name)).cloned().collect(),
            };
            Some((name.clone(), ballot))
        });
        let ballots = ballots.collect();
        Some(Self { ballots, rights, closings: weighed.into_iter().map(|it| it.closing).collect() })
    }

    /// Whose counted ballot a commit belongs to. Of a device that was seated elsewhere afterwards, what the first records
    /// count stays with whom they counted it for.
    pub(crate) fn owner(&self, place: usize, commit: &LoggedCommit) -> Option<&MemberName> {
        let having = self.ballots.iter().filter(|(_, ballot)| ballot.has(place, commit));
        having.min_by_key(|(_, ballot)| ballot.is_late).map(|(name, _)| name)
    }
}

/// All records that count.
fn weigh(archive: &Archive<'_>, within: Option<&Past>) -> Vec<Weighed> {
    let mut weighed = Vec::new();
    let mut looked_at: BTreeMap<&FeedId, usize> = BTreeMap::new();
    for (_, commit) in archive.all().filter(|(place, _)| within.is_none_or(|past| past.has(*place))) {
        for edit in commit.edits() {
            let Edit::Close { tips } = edit else { continue };
            let n = looked_at.entry(&commit.feed).or_default();
            *n += 1;
            if *n <= RECORDS_A_DEVICE {
                weighed.extend(weigh_one(archive, commit, tips));
            }
        }
    }
    weighed
}

/// The record, if its author led by what it names, and was bound no longer: own ballot sealed, or recused from everything.
fn weigh_one(archive: &Archive<'_>, commit: &LoggedCommit, tips: &BTreeSet<CommitId>) -> Option<Weighed> {
    let past = archive.past(commit, tips);
    let seats = archive.seats(Some(&past));
    let author = seats.members.iter().find(|seat| seat.feeds.contains(&commit.feed))?;
    let by = author.member.name.clone();
    if !seats.chair.contains(&commit.feed) {
        return None;
    }
    let mut seals = BTreeMap::new();
    for seat in &seats.members {
        let standing = standing_seals(archive, &past, &seat.feeds, &seats);
        if !standing.is_empty() {
            seals.insert(seat.member.name.clone(), standing);
        }
    }
    if archive.founding.is_signed_by_one() {
        let stamp = last_stamp(archive, commit);
        seals.insert(by.clone(), vec![Seal { stamp, tips: tips.clone() }]);
    }
    let is_free = seals.contains_key(&by) || is_recused(archive, &past, &seats, &by);
    let by_lead = seats.members.first().is_some_and(|lead| lead.feeds.contains(&commit.feed));
    let closing = Closing { commit: commit.id.clone(), by, is_supplementary: false, tips: tips.clone() };
    is_free.then_some(Weighed { closing, by_lead, past, seats, seals })
}

/// Whether a record was made in knowledge of another one.
fn rests_on(it: &Weighed, other: &Weighed, archive: &Archive<'_>) -> bool {
    other.closing.commit != it.closing.commit
        && archive.pasts.place(&other.closing.commit).is_some_and(|place| it.past.has(place))
}

fn standing_seals(archive: &Archive<'_>, past: &Past, feeds: &BTreeSet<FeedId>, seats: &Seats) -> Vec<Seal> {
    let mut seals = Seals::default();
    for (_, commit) in archive.all().filter(|(place, commit)| {
        past.has(*place) && feeds.contains(&commit.feed) && seats.counts(&commit.feed, commit.n)
    }) {
        archive.each_edit(commit, &mut |stamp, edit| match edit {
            Edit::Submit { tips } => seals.seal(stamp, tips),
            Edit::Unseal => seals.take_back(stamp),
            _ => {}
        });
    }
    seals.standing().cloned().collect()
}

/// Whether a member votes on nothing, by what was declared and recorded in this past.
fn is_recused(archive: &Archive<'_>, past: &Past, seats: &Seats, name: &MemberName) -> bool {
    let mut rulings = Rulings::default();
    let mut declared: Cell<Declaration> = Cell::default();
    let own: BTreeSet<&FeedId> = feeds_of(seats, name).collect();
    for (_, commit) in archive.all().filter(|(place, _)| past.has(*place)) {
        archive.each_edit(commit, &mut |stamp, edit| match edit {
            Edit::Recuse { name, clause, reason } if seats.chair.contains(&commit.feed) => {
                rulings.recuse(stamp, name, clause.as_ref(), reason.as_ref());
            }
            Edit::Declare(declaration) if own.contains(&commit.feed) => {
                declared.write(stamp.clone(), declaration.clone());
            }
            _ => {}
        });
    }
    let by_lead = rulings.recusals().any(|(who, clause, _)| who == name && clause.is_none());
    by_lead || declared.newest().any(|declaration| declaration.recusals.contains(&None))
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
