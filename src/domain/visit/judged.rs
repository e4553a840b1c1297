//! What is judged before the edits of a visit are gone through: the end, the closing records, who sat where, and beside what each
//! commit is read.

use std::collections::{BTreeSet, HashMap};

use crate::domain::{
    edit::{Edit, commit::LoggedCommit},
    terms::id::{FeedId, MemberName},
    visit::{apply::Standing, archive::Archive, closing::Count, end::End, past::Past, seats::Seats},
};

/// The whole of what is judged before the edits are gone through.
pub(super) struct Judged<'a> {
    pub(super) archive: &'a Archive<'a>,
    /// What the final record rests on.
    pub(super) scope: Option<Past>,
    /// The same, as if there were nothing else.
    pub(super) final_base: Option<Archive<'a>>,
    pub(super) count: Option<Count>,
    /// What every first closing record names, as if there were nothing else.
    pub(super) rights: Option<Archive<'a>>,
    /// By member: what the counted ballot rests on, as if there were nothing else.
    pub(super) ballots: HashMap<MemberName, Archive<'a>>,
    /// Who sits where by what the final record rests on; without one, by everything.
    pub(super) seats: Seats,
    /// Who sits where by everything.
    pub(super) live: Seats,
    /// Who sits where by what every first closing record names.
    pub(super) frozen: Option<Seats>,
    /// By member: what the seals cover that stand while scoring is not closed.
    pub(super) covered: HashMap<MemberName, Past>,
    /// Of devices that were retired when the votes were open: the last commit that the lead had received.
    pub(super) received: HashMap<FeedId, u64>,
}

impl<'a> Judged<'a> {
    pub(super) fn of(archive: &'a Archive<'a>, scope: Option<Past>) -> Self {
        let live = archive.seats();
        let final_base = scope.as_ref().map(|scope| archive.within(scope));
        let base = final_base.as_ref().unwrap_or(archive);
        let count = Count::of(base, archive);
        let rights = count.as_ref().map(|count| archive.within(&count.rights));
        let ballots = count.iter().flat_map(|count| &count.ballots);
        let mut judged = Self {
            archive,
            seats: if scope.is_some() { base.seats() } else { live.clone() },
            frozen: rights.as_ref().map(Archive::seats),
            ballots: ballots.map(|(name, ballot)| (name.clone(), archive.within(&ballot.past))).collect(),
            covered: HashMap::new(),
            received: HashMap::new(),
            scope,
            final_base,
            count,
            rights,
            live,
        };
        judged.received = judged.received();
        judged
    }

    /// What a commit is read beside: what a final record rests on beside nothing else.
    pub(super) fn beside(&self, place: usize) -> &Archive<'a> {
        self.final_base.as_ref().filter(|_| !self.is_beside_everything(place)).unwrap_or(self.archive)
    }

    /// Whether a commit is read beside everything.
    pub(super) fn is_beside_everything(&self, place: usize) -> bool {
        self.final_base.is_none() || !self.in_scope(place)
    }

    /// What a right is read beside: one that stood when scoring was closed beside what did then.
    pub(super) fn beside_rights(&self, place: usize) -> &Archive<'a> {
        self.rights.as_ref().filter(|_| self.frozen_at(place).is_some()).unwrap_or_else(|| self.beside(place))
    }

    /// What a vote that counts is read beside: the ballot and nothing else.
    pub(super) fn beside_ballot(&self, name: &MemberName) -> Option<&Archive<'a>> {
        self.ballots.get(name)
    }

    pub(super) fn in_scope(&self, place: usize) -> bool {
        self.scope.as_ref().is_none_or(|scope| scope.has(place))
    }

    /// Who sits where, as far as a commit is concerned.
    pub(super) fn seats_at(&self, place: usize) -> &Seats {
        if self.in_scope(place) { &self.seats } else { &self.live }
    }

    /// Who sat where, for what every first closing record names: no right that stood there goes with a device that is
    /// retired or admitted elsewhere afterwards.
    pub(super) fn frozen_at(&self, place: usize) -> Option<&Seats> {
        self.frozen.as_ref().filter(|_| self.count.as_ref().is_some_and(|count| count.rights.has(place)))
    }

    /// Whether a commit counts: its device was not retired before it. Who is retired when the votes are open keeps what the lead
    /// had received: it is told, and nothing that was said vanishes.
    pub(super) fn counts(&self, place: usize, commit: &LoggedCommit) -> bool {
        let is_kept = self.received.get(&commit.feed).is_some_and(|last| commit.n <= *last);
        is_kept || self.seats_at(place).counts(&commit.feed, commit.n)
    }

    /// Devices that were retired when the votes were open, each with the last commit that the lead had received by then.
    pub(super) fn received(&self) -> HashMap<FeedId, u64> {
        let Some(frozen) = &self.frozen else { return HashMap::new() };
        let retired = self.seats.retired.iter().chain(&self.live.retired);
        let late: BTreeSet<&FeedId> =
            retired.map(|(feed, _)| feed).filter(|feed| !frozen.retired.contains_key(*feed)).collect();
        let mut received: HashMap<FeedId, u64> = HashMap::new();
        if late.is_empty() {
            return received;
        }
        // What whoever retires a device has said to have received of it before, and nobody else: along one chain.
        let mut said: HashMap<(&FeedId, &FeedId), u64> = HashMap::new();
        for (_, commit) in self.archive.all().filter(|(_, commit)| self.live.chair.contains(&commit.feed)) {
            for edit in commit.edits() {
                match edit {
                    Edit::Receipt { heads } => {
                        for (feed, n) in heads.iter().filter(|(feed, _)| late.contains(feed)) {
                            let last = said.entry((&commit.feed, feed)).or_default();
                            *last = (*last).max(*n);
                        }
                    }
                    Edit::Retire { feed, .. } if late.contains(feed) => {
                        let known = said.get(&(&commit.feed, feed)).copied().unwrap_or(0);
                        let last = received.entry(feed.clone()).or_insert(known);
                        *last = (*last).min(known);
                    }
                    _ => {}
                }
            }
        }
        received
    }

    /// Whose closing records, or final ones, do not know of each other.
    pub(super) fn rivals(&self, end: Option<&End<'_>>) -> BTreeSet<MemberName> {
        let mut rivals = self.rival_ends(end);
        let closings = self.count.iter().flat_map(|count| &count.closings);
        let firsts: Vec<_> = closings.filter(|it| !it.is_supplementary).collect();
        if firsts.len() > 1 {
            rivals.extend(firsts.into_iter().map(|it| it.by.clone()));
        }
        rivals
    }

    /// Whose final records do not know of each other.
    pub(super) fn rival_ends(&self, end: Option<&End<'_>>) -> BTreeSet<MemberName> {
        let rivals = end.iter().flat_map(|end| &end.rivals);
        rivals.filter_map(|feed| self.live.owner(feed)).cloned().collect()
    }

    /// Whose devices were retired, or admitted by somebody else's word, when the votes were open.
    pub(super) fn seat_changes(&self) -> BTreeSet<MemberName> {
        let Some(frozen) = &self.frozen else { return BTreeSet::new() };
        let named: BTreeSet<(&FeedId, &FeedId)> = self
            .archive
            .all()
            .flat_map(|(_, commit)| commit.edits().iter().map(move |edit| (&commit.feed, edit)))
            .filter_map(|(by, edit)| if let Edit::Device { feed } = edit { Some((by, feed)) } else { None })
            .collect();
        let mut changed = BTreeSet::new();
        for seat in &self.live.members {
            let before = frozen.members.iter().find(|it| it.member.name == seat.member.name);
            let had = |feed: &FeedId| before.is_some_and(|it| it.feeds.contains(feed));
            let vouched = |feed: &FeedId| seat.feeds.iter().any(|by| named.contains(&(by, feed)));
            // A claim that nobody has looked at is no word of the lead's: it is told as unchecked.
            let is_word = |feed: &FeedId| !seat.unchecked.contains(feed);
            if seat.feeds.iter().any(|feed| is_word(feed) && !had(feed) && !vouched(feed)) {
                changed.insert(seat.member.name.clone());
            }
        }
        let is_news = |(feed, n): &(&FeedId, &u64)| frozen.retired.get(*feed) != Some(*n);
        let retired = self.live.retired.iter().filter(is_news).map(|(feed, _)| feed);
        changed
            .extend(retired.filter_map(|feed| frozen.owner(feed).or_else(|| self.live.owner(feed))).cloned());
        changed
    }

    /// Whether a commit may still add to a member's ballot: to what a seal covers, while scoring is not closed; and to what
    /// was never sealed, which only the member's own laptop can read.
    pub(super) fn is_open_to(&self, name: &MemberName, place: usize) -> bool {
        match &self.count {
            Some(count) => !count.ballots.contains_key(name),
            None => self.covered.get(name).is_none_or(|covered| covered.has(place)),
        }
    }

    pub(super) fn standing(&self, place: usize, commit: &LoggedCommit, in_ballot: bool) -> Standing {
        Standing {
            leads: self.seats_at(place).chair.contains(&commit.feed),
            in_scope: self.in_scope(place),
            before_closing: self.count.as_ref().is_none_or(|count| count.rights.has(place)),
            in_ballot,
            lamport: commit.lamport,
        }
    }
}
