//! The keys of sealed ballots, as far as they are known here: one's own, those that their members gave, and those that enough
//! seats gave their shares of.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::{
    domain::{
        edit::{BallotKey, Edit, Offer, Release, Share},
        terms::{
            digest::Digest,
            id::{CommitId, FeedId, VisitId},
        },
    },
    share::{
        file::{
            commit::{Body, Commit},
            seal,
        },
        opening::{self, Origin},
        wire::decode_edit,
    },
};

/// What a device committed to.
pub(super) type Blind = (FeedId, Digest);

/// The keys, and what is known of those that are not there yet.
#[derive(Debug, Default)]
pub(crate) struct BallotKeys {
    /// By device: the keys that everybody can know. A key opens only what a device that committed to it sealed, so nobody
    /// can hide a ballot with a false key; a person's devices may share one.
    known: HashMap<FeedId, BTreeMap<Digest, BallotKey>>,
    /// By device: those of them, and others, that this laptop has itself.
    own: HashMap<FeedId, BTreeMap<Digest, BallotKey>>,
    /// What is known of them all.
    opened: HashSet<Digest>,
    /// All that anybody committed to.
    promised: HashSet<Digest>,
    /// The newest key that this laptop committed to, and which one it is.
    newest: Option<(u32, BallotKey)>,
    /// What was shared out, in the order of the commits.
    pub(crate) offers: Vec<SharedOut>,
}

/// A key that was shared out.
#[derive(Debug)]
pub(crate) struct SharedOut {
    /// The commit.
    pub(crate) id: CommitId,
    /// The device that shared it out.
    pub(crate) by: FeedId,
    pub(crate) offer: Offer,
    /// What came back: from which device, which share.
    pub(crate) given: Vec<(FeedId, Release)>,
}

impl BallotKeys {
    /// The keys that these commits and this laptop give. `root` is what the laptop's own keys are made from.
    pub(super) fn of(
        visit: &VisitId,
        root: Option<&[u8; 32]>,
        device: &FeedId,
        commits: &[Commit<'_>],
        blinds: &[Blind],
    ) -> Self {
        let offers = shared_out(commits);
        let given = plain_edits(commits, "key").filter_map(|(_, _, edit)| match edit {
            Edit::Key { key } => Some(key),
            _ => None,
        });
        let joined = offers.iter().filter_map(|offer| offer.join(visit));
        let by_commitment = |keys: &mut dyn Iterator<Item = BallotKey>| -> HashMap<Digest, BallotKey> {
            keys.map(|key| (seal::commitment(&key), key)).collect()
        };
        let known = by_commitment(&mut given.chain(joined));
        // Nobody takes back more seals than there are promises of keys.
        let n_promised = u32::try_from(blinds.len()).unwrap_or(u32::MAX);
        let generations = root
            .into_iter()
            .flat_map(|root| (0..=n_promised).map(move |it| (it, seal::generation(root, it))));
        let own: HashMap<Digest, (u32, BallotKey)> =
            generations.map(|(it, key)| (seal::commitment(&key), (it, key))).collect();
        let promised = blinds.iter().map(|(_, promised)| *promised).collect();
        let mut keys = Self { offers, promised, ..Self::default() };
        for (feed, promised) in blinds {
            if let Some(key) = known.get(promised) {
                keys.known.entry(feed.clone()).or_default().insert(*promised, *key);
                keys.opened.insert(*promised);
            }
            if let Some((generation, key)) = own.get(promised) {
                keys.own.entry(feed.clone()).or_default().insert(*promised, *key);
                let is_newer = keys.newest.as_ref().is_none_or(|(it, _)| it < generation);
                if feed == device && is_newer {
                    keys.newest = Some((*generation, *key));
                }
            }
        }
        keys
    }

    /// The key of a device that everybody can know, by what was committed to.
    pub(crate) fn known(&self, feed: &FeedId, promised: &Digest) -> Option<&BallotKey> {
        self.known.get(feed)?.get(promised)
    }

    /// The same of the keys that this laptop has itself.
    pub(crate) fn own(&self, feed: &FeedId, promised: &Digest) -> Option<&BallotKey> {
        self.own.get(feed)?.get(promised)
    }

    /// All keys of a device that this laptop has itself.
    pub(crate) fn all_own(&self, feed: &FeedId) -> impl Iterator<Item = (&Digest, &BallotKey)> {
        self.own.get(feed).into_iter().flatten()
    }

    /// Whether everybody can know a key that was promised so.
    pub(crate) fn is_known(&self, promised: &Digest) -> bool {
        self.opened.contains(promised)
    }

    /// All keys of a device that are known here.
    pub(crate) fn all(&self, feed: &FeedId) -> impl Iterator<Item = &BallotKey> {
        let known = self.known.get(feed).into_iter().flatten();
        known.chain(self.all_own(feed)).map(|(_, key)| key)
    }

    /// The key that this laptop seals with.
    pub(crate) fn newest(&self) -> Option<&BallotKey> {
        self.newest.as_ref().map(|(_, key)| key)
    }

    /// Which of the keys that are made from this was committed to last, on any laptop of the member; 0 if none was.
    pub(crate) fn generation_of(&self, root: &[u8; 32]) -> u32 {
        let is_promised = |it: &u32| self.promised.contains(&seal::commitment(&seal::generation(root, *it)));
        let n_promised = u32::try_from(self.promised.len()).unwrap_or(u32::MAX);
        (0..=n_promised).rfind(is_promised).unwrap_or(0)
    }
}

impl SharedOut {
    /// How many sound shares came back.
    pub(crate) fn n_given(&self, visit: &VisitId) -> usize {
        let of = Origin { visit, feed: &self.by };
        let sound = self.given.iter().filter(|(_, it)| {
            it.share.is_some_and(|share| opening::is_committed(&self.offer, of, it.number, &share))
        });
        sound.map(|(_, it)| it.number).collect::<HashSet<u8>>().len()
    }

    /// The key, if enough sound shares came back.
    fn join(&self, visit: &VisitId) -> Option<BallotKey> {
        let given: Vec<(u8, Share)> =
            self.given.iter().filter_map(|(_, it)| Some((it.number, it.share?))).collect();
        let of = Origin { visit, feed: &self.by };
        opening::join(&self.offer, of, &given).filter(|key| seal::commitment(key) == self.offer.commitment)
    }
}

/// What these commits promise to seal with.
pub(super) fn blinds(commits: &[Commit<'_>]) -> Vec<Blind> {
    let commitment = |(_, feed, edit): (&CommitId, &FeedId, Edit)| match edit {
        Edit::Blind { commitment } => Some((feed.clone(), commitment)),
        _ => None,
    };
    plain_edits(commits, "blind").filter_map(commitment).collect()
}

/// One offer a commit, the first; with the answers to it.
fn shared_out(commits: &[Commit<'_>]) -> Vec<SharedOut> {
    let mut given: BTreeMap<CommitId, Vec<(FeedId, Release)>> = BTreeMap::new();
    for (_, feed, edit) in plain_edits(commits, "share") {
        if let Edit::Release(release) = edit {
            given.entry(release.offer.clone()).or_default().push((feed.clone(), release));
        }
    }
    let mut offers: Vec<SharedOut> = Vec::new();
    for (id, feed, edit) in plain_edits(commits, "shares") {
        if let Edit::Offer(offer) = edit
            && offers.last().is_none_or(|last| &last.id != id)
        {
            let given = given.remove(id).unwrap_or_default();
            offers.push(SharedOut { id: id.clone(), by: feed.clone(), offer, given });
        }
    }
    offers
}

/// The edits of a kind that anyone can read, with their commits and feeds, in canonical order.
fn plain_edits<'a>(
    commits: &'a [Commit<'_>],
    kind: &'a str,
) -> impl Iterator<Item = (&'a CommitId, &'a FeedId, Edit)> {
    commits.iter().flat_map(move |commit| {
        let edits = match &commit.body {
            Body::Open(edits) => edits.as_slice(),
            Body::Sealed(_) => &[],
        };
        let wanted = edits.iter().filter(move |edit| edit.text("k") == Some(kind));
        wanted.map(move |edit| (&commit.id, &commit.feed, decode_edit(edit)))
    })
}
