//! The end of a visit: the final record that counts, the revisions that replace it, and what each rests on. What surfaces later is
//! in none of them.

use std::collections::BTreeSet;

use crate::domain::{
    edit::{Edit, commit::LoggedCommit, waiver::Finalisation},
    terms::{
        digest::Digest,
        id::{CommitId, FeedId, MemberName},
    },
    visit::{
        apart::Apart,
        archive::Archive,
        bench::Bench,
        closing::{Count, standing_seals},
        past::Past,
        seats::Seats,
    },
};

/// Final records in one chain of commits that are looked at of those that would replace the same one: the first ones. How many there
/// are beyond is told.
const RECORDS_IN_A_CHAIN: usize = 20;

/// Which of the final records of a visit a fold stops at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UpTo {
    /// The last one.
    #[default]
    InForce,
    /// The one that would come next if it were made now.
    Draft,
    /// The first one (0) or a revision, by its number.
    Number(usize),
}

impl UpTo {
    /// Whether there may be one after the record of a number.
    pub(crate) fn goes_beyond(self, number: usize) -> bool {
        !matches!(self, Self::Number(last) if last <= number)
    }
}

/// What one revision rests on beyond the record that it replaces.
pub(crate) struct Stage {
    /// The record that is replaced, with its commit.
    pub(crate) replaces: (Digest, CommitId),
    /// What the record that is replaced rests on.
    pub(crate) before: Past,
    /// What the revision rests on; `None` = everything that is here, for a draft.
    pub(crate) until: Option<Past>,
}

/// How a visit ended.
pub(crate) struct End<'a> {
    /// The final record, and then its revisions in order; never empty.
    records: Vec<Record<'a>>,
    /// Where several final records do not know each other: whose devices made them.
    pub(crate) rivals: BTreeSet<FeedId>,
    /// Who sat where, by what the first one rests on.
    seats: Seats,
    /// The record that replaces the last one, if that is not asked for.
    superseded_by: Option<Digest>,
}

/// A final record that counts.
#[derive(Clone)]
struct Record<'a> {
    commit: &'a LoggedCommit,
    finalisation: &'a Finalisation,
    /// What it rests on.
    past: Past,
    /// Whether the lead made it, not a deputy; by what it rests on, so that nobody's admission afterwards changes it.
    by_lead: bool,
}

/// A first final record with what it says of the panel.
struct First<'a> {
    record: Record<'a>,
    seats: Seats,
    panel: Panel,
}

/// Of whom a majority signs, as it stood when scoring was closed: nothing that is recorded later makes it smaller.
struct Panel {
    /// Who votes.
    voters: BTreeSet<MemberName>,
    /// Who was named when the visit was founded, but for those who themselves declared to vote on nothing: the lead alone can record
    /// everybody else as recused or absent, and chooses what a record rests on.
    named: BTreeSet<MemberName>,
}

impl<'a> End<'a> {
    /// The end as far as an up_to goes; `None` while the visit is not final. Of several records that do not know each other the
    /// lead's goes before a deputy's, then the one with the lower id, so that every laptop takes the same; whose devices made
    /// them is told for ever. Beside it how many final records were not looked at.
    pub(crate) fn find(archive: &'a Archive<'a>, up_to: UpTo) -> (Option<Self>, usize) {
        let (written, mut n_unread) = finals(archive, None);
        let firsts: Vec<First<'_>> =
            written.into_iter().filter_map(|(commit, end)| First::of(archive, commit, end)).collect();
        let records: Vec<Record<'_>> = firsts.iter().map(|it| it.record.clone()).collect();
        let Some((at, mut rivals)) = choose(archive, &records) else { return (None, n_unread) };
        let Some(first) = firsts.into_iter().nth(at) else { return (None, n_unread) };
        let mut records = vec![first.record.clone()];
        let mut superseded_by = None;
        while let Some(last) = records.last() {
            // What was signed for one record is no signature of another one.
            let is_new =
                |it: &Finalisation| records.iter().all(|known| known.finalisation.record != it.record);
            let (next, n) = finals(archive, Some(last.finalisation.record));
            n_unread += n;
            let next = next.into_iter().filter(|(_, it)| is_new(it));
            let next: Vec<Record<'a>> =
                next.filter_map(|(commit, end)| last.revised(&first, archive, commit, end)).collect();
            let Some((at, more)) = choose(archive, &next) else { break };
            if !up_to.goes_beyond(records.len() - 1) {
                superseded_by = next.get(at).map(|it| it.finalisation.record);
                break;
            }
            rivals.extend(more);
            records.extend(next.into_iter().nth(at));
        }
        (Some(Self { records, rivals, seats: first.seats, superseded_by }), n_unread)
    }

    /// What the first record rests on.
    pub(crate) fn scope(&self) -> Option<Past> {
        self.records.first().map(|it| it.past.clone())
    }

    pub(crate) const fn superseded_by(&self) -> Option<Digest> {
        self.superseded_by
    }

    pub(crate) const fn seats(&self) -> &Seats {
        &self.seats
    }

    /// The record in force. What was open and counted is what the first one says.
    pub(crate) fn finalisation(&self) -> Option<Finalisation> {
        let (first, last) = (self.records.first()?, self.records.last()?);
        Some(Finalisation { opened: first.finalisation.opened.clone(), ..last.finalisation.clone() })
    }

    /// The revisions in order.
    pub(crate) fn revisions(&self) -> impl Iterator<Item = Stage> {
        let pairs = self.records.iter().zip(self.records.iter().skip(1));
        pairs.map(|(last, next)| last.stage(Some(next.past.clone())))
    }

    /// The revision that may come next.
    pub(crate) fn next(&self) -> Option<Stage> {
        self.records.last().map(|last| last.stage(None))
    }
}

impl<'a> First<'a> {
    /// A final record that counts: nothing of what it rests on is missing, its author led by that, scoring was closed, and more
    /// than half of those who vote had signed the record that it names.
    fn of(archive: &Archive<'a>, commit: &'a LoggedCommit, finalisation: &'a Finalisation) -> Option<Self> {
        let past = whole_past(archive, commit, finalisation)?;
        let then = archive.within(&past);
        let seats = then.seats();
        let count = Count::of(&then, archive)?;
        let panel = Panel::of(archive, (&then, &seats), &count);
        let owner = |commit: &LoggedCommit| {
            seats.owner(&commit.feed).filter(|_| seats.counts(&commit.feed, commit.n))
        };
        let counts =
            seats.chair.contains(&commit.feed) && panel.has_signed(&then, owner, &finalisation.record);
        let by_lead = seats.members.first().is_some_and(|lead| lead.feeds.contains(&commit.feed));
        let record = Record { commit, finalisation, past, by_lead };
        counts.then_some(Self { record, seats, panel })
    }
}

impl<'a> Record<'a> {
    /// What replaces it.
    fn stage(&self, until: Option<Past>) -> Stage {
        let replaces = (self.finalisation.record, self.commit.id.clone());
        Stage { replaces, before: self.past.clone(), until }
    }

    /// A final record that replaces this one: made in knowledge of it, by who leads, and signed by more than half of those who
    /// voted in the first place.
    fn revised(
        &self,
        first: &First<'a>,
        archive: &Archive<'a>,
        commit: &'a LoggedCommit,
        finalisation: &'a Finalisation,
    ) -> Option<Self> {
        let past = whole_past(archive, commit, finalisation)?;
        archive.pasts.place(&self.commit.id).filter(|place| past.has(*place))?;
        let past = past.or(&self.past);
        let then = archive.within(&past);
        let bench = Bench::of(&first.seats, &then);
        let is_since = |commit: &LoggedCommit| {
            archive.pasts.place(&commit.id).is_some_and(|place| !self.past.has(place))
        };
        let signer = |commit: &LoggedCommit| bench.owner(commit).filter(|_| is_since(commit));
        let counts = bench.owner(commit).is_some()
            && bench.leads(&commit.feed)
            && first.panel.has_signed(&then, signer, &finalisation.record);
        let lead = first.seats.members.first().map(|seat| &seat.member.name);
        let by_lead = bench.owner(commit) == lead;
        counts.then_some(Self { commit, finalisation, past, by_lead })
    }
}

/// A final record as it was written.
type Written<'a> = (&'a LoggedCommit, &'a Finalisation);

/// The final records that would replace another one (`None`: that would be the first), as far as they are looked at, and how many
/// are not. Those that replace different ones do not push each other out.
fn finals<'a>(archive: &'a Archive<'a>, revises: Option<Digest>) -> (Vec<Written<'a>>, usize) {
    let mut found = Vec::new();
    let wanted = |edit: &'a Edit| edit.as_final().filter(|it| it.revises == revises);
    let n_unread = archive.each_record(RECORDS_IN_A_CHAIN, wanted, |commit, end| found.push((commit, end)));
    (found, n_unread)
}

/// What a record rests on, if nothing of it is missing.
fn whole_past(archive: &Archive<'_>, commit: &LoggedCommit, finalisation: &Finalisation) -> Option<Past> {
    let is_whole = archive.is_whole(finalisation.tips.iter().chain([&commit.id]));
    is_whole.then(|| archive.past(commit, &finalisation.tips))
}

/// The place of the record that counts among several, and whose devices made them if they do not know each other.
fn choose(archive: &Archive<'_>, found: &[Record<'_>]) -> Option<(usize, BTreeSet<FeedId>)> {
    let is_first = |it: &Record<'_>| {
        !found.iter().any(|other| {
            let is_before = |place| it.past.has(place);
            other.past != it.past && archive.pasts.place(&other.commit.id).is_some_and(is_before)
        })
    };
    let firsts: Vec<(usize, &Record<'_>)> = found.iter().enumerate().filter(|(_, it)| is_first(it)).collect();
    let (at, _) = firsts.iter().min_by_key(|(_, it)| (!it.by_lead, &it.commit.id))?;
    let rivals = firsts.iter().filter(|_| firsts.len() > 1).map(|(_, it)| it.commit.feed.clone());
    Some((*at, rivals.collect()))
}

impl Panel {
    /// By what was settled when scoring was closed: who sat there, is not recused from everything, and is not absent, votes. Who
    /// sealed is not absent.
    fn of(archive: &Archive<'_>, (then, seats): (&Archive<'_>, &Seats), count: &Count) -> Self {
        let rights = archive.within(&count.rights);
        let frozen = rights.seats();
        let apart = Apart::of(&rights, &frozen);
        let feeds = |name: &MemberName| {
            let seat = seats.members.iter().find(|seat| &seat.member.name == name);
            seat.map(|seat| seat.feeds.clone()).unwrap_or_default()
        };
        let has_sealed = |name: &MemberName| {
            count.ballots.contains_key(name) || !standing_seals(then, &feeds(name), seats).is_empty()
        };
        let is_absent = |name: &MemberName| apart.is_recorded_absent(name) && !has_sealed(name);
        let votes = |name: &&MemberName| !apart.is_recused(name) && !is_absent(name);
        let roster = archive.founding.roster.iter().map(|member| &member.name);
        let stays = |name: &&MemberName| !apart.has_withdrawn(name);
        Self {
            voters: count.seated.iter().filter(votes).cloned().collect(),
            named: roster.filter(stays).cloned().collect(),
        }
    }

    /// Whether more than half of those who vote have signed a record by what is in this past, and among them more than half of those
    /// who were named in the first place.
    fn has_signed<'n>(
        &self,
        archive: &Archive<'_>,
        owner: impl Fn(&LoggedCommit) -> Option<&'n MemberName>,
        record: &Digest,
    ) -> bool {
        let signs = |edit: &Edit| matches!(edit, Edit::Sign { record: signed, .. } if signed == record);
        let signing = archive.all().map(|(_, commit)| commit);
        let signing = signing.filter(|commit| !commit.was_sealed() && commit.edits().iter().any(signs));
        let signed: BTreeSet<&MemberName> =
            signing.filter_map(owner).filter(|name| self.voters.contains(*name)).collect();
        let n_named = signed.iter().filter(|name| self.named.contains(**name)).count();
        signed.len() * 2 > self.voters.len() && n_named * 2 > self.named.len()
    }
}
