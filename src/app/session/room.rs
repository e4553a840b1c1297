//! How much is taken in of devices that the lead has not admitted, and of forks. Whoever can write to the share can make any
//! number of devices: a flood of them costs little, and never keeps out a commit of somebody on the panel. What finds no room
//! stays in the file in which it lies, is passed on with it within bounds, and is taken in once its device is admitted.
//!
//! The bounds are our defaults.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    domain::{
        terms::id::{CommitId, FeedId, VisitId},
        visit::{Identity, Visit},
    },
    store::{
        Store,
        commits::{CommitRow, FeedSize},
        error::StoreError,
    },
};

/// Commits of a device that the lead has admitted, of which another bears the number: a cloned disk makes a few.
const FORKS_ADMITTED: u64 = 100;
/// The same of a device that counts until the lead has compared its code.
const FORKS_UNCHECKED: u64 = 20;
/// Commits of one such device: a long day makes some hundreds.
const COMMITS_UNCHECKED: u64 = 3_000;
/// Bytes of them.
const BYTES_UNCHECKED: u64 = 16 << 20;
/// Devices that are nobody's yet: newcomers who wait for the lead, and whoever else can write to the share.
pub(crate) const DEVICES_WAITING: u64 = 50;
/// Commits of one of them.
const COMMITS_WAITING: u64 = 200;
/// Those of them of which another bears the number: a newcomer's disk may have been cloned too.
const FORKS_WAITING: u64 = 20;
/// Commits of all of them together.
pub(crate) const ALL_COMMITS_WAITING: u64 = 1_000;
/// Bytes of them together.
const BYTES_WAITING: u64 = 8 << 20;
/// Commits without room that are passed on in the shared file, so that two laptops which took in others do not take turns in
/// removing each other's. If there are more it is a flood, and none is.
pub(crate) const PASSED_ON: usize = 5_000;
/// Bytes of them.
pub(crate) const BYTES_PASSED_ON: usize = 16 << 20;

/// Whose devices there are, as far as a laptop knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ranks {
    /// Of an unknown visit: who founded it. Nothing of anybody else is taken in before the roster is known.
    Founder(FeedId),
    /// Of a known one.
    Panel {
        /// Devices that the lead or a deputy admitted, and this laptop's own.
        admitted: BTreeSet<FeedId>,
        /// Devices that count until somebody has compared their codes, each with its seat: what is given is given to the seat.
        unchecked: BTreeMap<FeedId, usize>,
        /// Commits that the panel's records name: they are taken in, whosever they are, with all that they follow.
        wanted: BTreeSet<CommitId>,
        /// Whether others may wait: not in a plain file of a visit with a passphrase, which anybody could have put there.
        others: bool,
    },
    /// Everybody's, where a file is only read.
    Anybody,
}

/// What may be taken in of one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rank {
    Admitted,
    Unchecked,
    Waiting,
    Nobody,
}

/// The room that is left.
pub(crate) struct Room<'a> {
    store: &'a Store,
    visit: &'a VisitId,
    ranks: &'a Ranks,
    sizes: BTreeMap<FeedId, FeedSize>,
    /// By seat: what its unchecked devices have together.
    seats: BTreeMap<usize, FeedSize>,
    /// What all devices have together that are nobody's.
    waiting: FeedSize,
    n_waiting: u64,
    /// What was given room since.
    given: BTreeSet<(FeedId, u64)>,
}

/// What found no room in the shared file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Beyond {
    /// Commits that are passed on, sorted as files are.
    pub(crate) passed_on: Vec<CommitRow>,
    /// Their number and that of those which are not.
    pub(crate) n_commits: usize,
    /// The devices that they say to be of.
    pub(crate) n_devices: usize,
}

impl Ranks {
    /// Of a visit, on a laptop with this key.
    pub(crate) fn of(visit: &Visit, own: &FeedId) -> Self {
        let mut admitted: BTreeSet<FeedId> = visit.named.iter().chain([own]).cloned().collect();
        let mut unchecked: BTreeMap<FeedId, usize> = BTreeMap::new();
        for (seat, state) in visit.members.iter().enumerate() {
            // Of a member that waits only this laptop's own devices are shown.
            let is_own = state.identity == Identity::Waiting;
            let (compared, others): (Vec<_>, Vec<_>) =
                state.feeds.iter().cloned().partition(|feed| is_own || !state.unchecked.contains(feed));
            admitted.extend(compared);
            admitted.extend(state.counted_feeds.iter().cloned());
            unchecked.extend(others.into_iter().map(|feed| (feed, seat)));
        }
        Self::Panel { admitted, unchecked, wanted: visit.wanted.clone(), others: true }
    }

    /// The same with devices that the lead is about to admit.
    pub(crate) fn with(mut self, devices: BTreeSet<FeedId>) -> Self {
        if let Self::Panel { admitted, .. } = &mut self {
            admitted.extend(devices);
        }
        self
    }

    /// The same for a file that nobody without a seat may bring anything in.
    pub(crate) fn of_the_panel_only(mut self) -> Self {
        if let Self::Panel { others, .. } = &mut self {
            *others = false;
        }
        self
    }

    fn of_feed(&self, feed: &FeedId) -> Rank {
        match self {
            Self::Anybody => Rank::Admitted,
            Self::Founder(root) if root == feed => Rank::Admitted,
            Self::Founder(_) => Rank::Nobody,
            Self::Panel { admitted, .. } if admitted.contains(feed) => Rank::Admitted,
            Self::Panel { unchecked, .. } if unchecked.contains_key(feed) => Rank::Unchecked,
            Self::Panel { others: true, .. } => Rank::Waiting,
            Self::Panel { .. } => Rank::Nobody,
        }
    }

    /// The seat of a device that counts unchecked.
    fn seat_of(&self, feed: &FeedId) -> Option<usize> {
        match self {
            Self::Panel { unchecked, .. } => unchecked.get(feed).copied(),
            Self::Founder(_) | Self::Anybody => None,
        }
    }

    /// The commits that the panel's records name and that are not here.
    pub(crate) fn wanted(&self) -> BTreeSet<CommitId> {
        match self {
            Self::Panel { wanted, .. } => wanted.clone(),
            Self::Founder(_) | Self::Anybody => BTreeSet::new(),
        }
    }

    /// Whether a device is somebody's on the panel.
    pub(crate) fn seats(&self, feed: &FeedId) -> bool {
        matches!(self.of_feed(feed), Rank::Admitted | Rank::Unchecked)
    }
}

impl<'a> Room<'a> {
    /// The room beside what the store holds.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn beside(store: &'a Store, visit: &'a VisitId, ranks: &'a Ranks) -> Result<Self, StoreError> {
        let sizes: BTreeMap<FeedId, FeedSize> = store.feed_sizes(visit)?.into_iter().collect();
        let mut room = Self {
            store,
            visit,
            ranks,
            sizes,
            seats: BTreeMap::new(),
            waiting: FeedSize::default(),
            n_waiting: 0,
            given: BTreeSet::new(),
        };
        for (feed, size) in &room.sizes {
            if let Some(seat) = ranks.seat_of(feed) {
                room.seats.entry(seat).or_default().add(*size);
            }
            if ranks.of_feed(feed) == Rank::Waiting {
                room.n_waiting += 1;
                room.waiting.n_commits += size.n_commits;
                room.waiting.bytes += size.bytes;
            }
        }
        Ok(room)
    }

    /// Whether there is room for a commit of this size.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn fits(&self, feed: &FeedId, n: u64, bytes: usize) -> Result<bool, StoreError> {
        if *self.ranks == Ranks::Anybody {
            return Ok(true);
        }
        let is_beside = self.is_beside(feed, n)?;
        let size = self.sizes.get(feed).copied().unwrap_or_default();
        let (n_beside, bytes) = (size.n_beside + u64::from(is_beside), bytes as u64);
        Ok(match self.ranks.of_feed(feed) {
            Rank::Admitted => n_beside <= FORKS_ADMITTED,
            Rank::Unchecked => {
                let seat = self.ranks.seat_of(feed).and_then(|seat| self.seats.get(&seat));
                let seat = seat.copied().unwrap_or_default();
                seat.n_beside + u64::from(is_beside) <= FORKS_UNCHECKED
                    && seat.n_commits < COMMITS_UNCHECKED
                    && seat.bytes + bytes <= BYTES_UNCHECKED
            }
            Rank::Waiting => {
                n_beside <= FORKS_WAITING
                    && (size.n_commits > 0 || self.n_waiting < DEVICES_WAITING)
                    && size.n_commits < COMMITS_WAITING
                    && self.waiting.n_commits < ALL_COMMITS_WAITING
                    && self.waiting.bytes + bytes <= BYTES_WAITING
            }
            Rank::Nobody => false,
        })
    }

    /// Gives room to a commit of this size, if there is some.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn give(&mut self, feed: &FeedId, n: u64, bytes: usize) -> Result<bool, StoreError> {
        if !self.fits(feed, n, bytes)? {
            return Ok(false);
        }
        let is_beside = self.is_beside(feed, n)?;
        let one = FeedSize { n_commits: 1, n_beside: u64::from(is_beside), bytes: bytes as u64 };
        if let Some(seat) = self.ranks.seat_of(feed) {
            self.seats.entry(seat).or_default().add(one);
        }
        let size = self.sizes.entry(feed.clone()).or_default();
        if self.ranks.of_feed(feed) == Rank::Waiting {
            self.n_waiting += u64::from(size.n_commits == 0);
            self.waiting.n_commits += 1;
            self.waiting.bytes += bytes as u64;
        }
        size.add(one);
        self.given.insert((feed.clone(), n));
        Ok(true)
    }

    /// Whether there is another commit of this number.
    fn is_beside(&self, feed: &FeedId, n: u64) -> Result<bool, StoreError> {
        Ok(self.given.contains(&(feed.clone(), n)) || self.store.has_number(self.visit, feed, n)?)
    }
}
