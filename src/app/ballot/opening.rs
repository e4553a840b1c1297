//! Opening ballots: every seal comes with its key in shares, one a seat; once a closing record names the seal, each laptop that
//! hears of it gives its share by itself, and the member's own the whole key. Nobody presses a key, nobody can hold back, and
//! before the closing no minority of the seats can read (`docs/SHARED-FILE.md`, “Opening”).

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::{
        failure::{Failure, wording},
        session::{Session, keys::SharedOut},
    },
    domain::{
        ballot::seal::BallotState,
        edit::{BallotKey, Edit, Offer, Release, SeatShare},
        ending::next_step::ShutBallot,
        terms::{
            digest::Digest,
            id::{FeedId, MemberName},
        },
        visit::{Identity, MemberState},
    },
    share::{
        code::key::PublicKey,
        file::seal,
        limits::DEVICES_A_SEAT,
        opening::{self, Origin},
    },
};

/// What a seat gave of a share that it has a box for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gave {
    /// The share.
    Share,
    /// Something else than the offer committed to: the giver has another program.
    Garbage,
    /// The word that its box holds something else: whoever made the offer, or the giver, has another program.
    BadBox,
    /// Nothing yet.
    Nothing,
}

impl Gave {
    /// The word for commands.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Garbage => "garbage",
            Self::BadBox => "bad-box",
            Self::Nothing => "nothing",
        }
    }
}

/// Who has not given the share of a ballot's key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Withheld {
    /// Whose ballot.
    pub ballot: MemberName,
    /// Whose share.
    pub seat: MemberName,
    /// What was given instead.
    pub gave: Gave,
}

/// What each seat of an offer gave, in the order of the seats. A seat speaks through the devices that have a box for it; a sound
/// share is one, whoever passes it on.
#[must_use]
pub fn gave(offer: &Offer, of: Origin<'_>, given: &[(FeedId, Release)]) -> Vec<(MemberName, Gave)> {
    let numbered = (1_u8..).zip(&offer.seats);
    let seats = numbered.map(|(number, seat)| {
        let about = given.iter().filter(|(_, release)| release.number == number);
        let said = about.filter_map(|(by, release)| match release.share {
            Some(share) if opening::is_committed(offer, of, number, &share) => Some(Gave::Share),
            _ if !seat.boxes.contains_key(by) => None,
            Some(_) => Some(Gave::Garbage),
            None => Some(Gave::BadBox),
        });
        (seat.name.clone(), said.min().unwrap_or(Gave::Nothing))
    });
    seats.collect()
}

/// Offers of one ballot that are answered, the first ones: nobody shares out so many keys to so many new laptops.
const OFFERS_A_BALLOT: usize = 100;

impl Session {
    /// Who gave something else than a share, of all ballots that a closing record names; and of those that are not open yet also
    /// who has given nothing.
    #[must_use]
    pub fn withheld(&self) -> Vec<Withheld> {
        let mut found = BTreeSet::new();
        for state in self.visit.members.iter().filter(|it| !it.counted_seals.is_empty()) {
            for it in self.counted_offers(state) {
                let gave = gave(&it.offer, Origin { visit: &self.row.id, feed: &it.by }, &it.given);
                let is_open = self.keys.is_known(&it.offer.commitment);
                let is_told = |gave: Gave| gave != Gave::Share && !(is_open && gave == Gave::Nothing);
                found.extend(
                    gave.into_iter().filter(|(_, gave)| is_told(*gave)).map(|(seat, gave)| Withheld {
                        ballot: state.member.name.clone(),
                        seat,
                        gave,
                    }),
                );
            }
        }
        found.into_iter().collect()
    }

    /// What was shared out of the keys of a ballot that a closing record names.
    fn counted_offers<'s>(&'s self, state: &'s MemberState) -> impl Iterator<Item = &'s SharedOut> {
        let counted = self.keys.offers.iter().filter(|it| {
            state.counted_feeds.contains(&it.by) && state.counted_keys.contains(&it.offer.commitment)
        });
        counted.take(OFFERS_A_BALLOT)
    }

    /// Shares out the keys of the own ballot, as far as that is not done already over all devices that the lead has admitted by
    /// now: of one after the other, because an offer is known by its commit.
    pub(in crate::app) fn share_out(&mut self) -> Result<(), Failure> {
        for (promised, key) in self.own_keys() {
            if let Some(offer) = self.offer(promised, &key)? {
                self.write(vec![(offer, None)])?;
                self.seal()?;
            }
        }
        Ok(())
    }

    /// A key of the own ballot in shares. They go to admitted devices only, and are worth sharing out only if a majority of the
    /// seats has one: with fewer, the own laptop will give the key.
    fn offer(&self, commitment: Digest, key: &BallotKey) -> Result<Option<Edit>, Failure> {
        let seats = self.admitted_devices();
        let need = self.visit.founding.roster.len() / 2 + 1;
        let by = self.feed();
        let own = || self.keys.offers.iter().filter(|it| it.by == by && it.offer.commitment == commitment);
        let is_reached = |(name, devices): (&MemberName, &Vec<(FeedId, PublicKey)>)| {
            let seats = own().flat_map(|it| &it.offer.seats).filter(|seat| &seat.name == name);
            let reached: BTreeSet<&FeedId> = seats.flat_map(|seat| seat.boxes.keys()).collect();
            reached.len() >= DEVICES_A_SEAT || devices.iter().all(|(feed, _)| reached.contains(feed))
        };
        if seats.len() < need || seats.iter().all(is_reached) || self.visit.founding.is_signed_by_one() {
            return Ok(None);
        }
        let shares = opening::split(key, need, seats.len()).ok_or_else(|| Failure::bug("cannot split"))?;
        let of = Origin { visit: &self.row.id, feed: &by };
        let locked = shares.into_iter().zip(seats).map(|(share, (name, devices))| {
            let boxes = devices.into_iter().map(|(feed, key)| Some((feed, opening::lock(&share, key)?)));
            let boxes = boxes.collect::<Option<BTreeMap<_, _>>>()?;
            Some(SeatShare { name, commitment: opening::commitment(of, &share), boxes })
        });
        let seats = locked.collect::<Option<Vec<_>>>().ok_or_else(|| Failure::bug("cannot lock"))?;
        Ok(Some(Edit::Offer(Offer { commitment, need, seats })))
    }

    /// The keys that this laptop sealed with, also under a device key that it has left since, each with what was promised of it.
    fn own_keys(&self) -> BTreeMap<Digest, BallotKey> {
        self.own_keys_of(self.my_state().iter().flat_map(|me| &me.feeds))
    }

    fn own_keys_of<'f>(&self, feeds: impl Iterator<Item = &'f FeedId>) -> BTreeMap<Digest, BallotKey> {
        feeds.flat_map(|feed| self.keys.all_own(feed)).map(|(promised, key)| (*promised, *key)).collect()
    }

    /// What this laptop does about what it has taken in. Before the closing: a new key where another laptop of the member took a
    /// seal back, and the own keys shared out to devices that were admitted since. After it: the shares and keys that are asked for.
    pub(in crate::app) fn answer_ballots(&mut self) -> Result<(), Failure> {
        if self.visit.closed {
            return self.answer_with(self.asked());
        }
        let Some(me) = self.my_state().filter(|state| state.identity != Identity::Waiting) else {
            return Ok(());
        };
        let (owes_key, stands) = (me.seals.owes_key(&self.feed()), me.seals.stands());
        if stands {
            self.share_out()
        } else if owes_key {
            self.answer_with(vec![self.next_key()?])
        } else {
            Ok(())
        }
    }

    fn answer_with(&mut self, answers: Vec<Edit>) -> Result<(), Failure> {
        if answers.is_empty() {
            return Ok(());
        }
        self.write(answers.into_iter().map(|edit| (edit, None)).collect())?;
        self.seal()
    }

    /// The promise of a new key, so that nothing recorded from now on opens with the ones before.
    pub(in crate::app) fn next_key(&self) -> Result<Edit, Failure> {
        let root = self.row.ballot_key.ok_or_else(|| wording::damaged_store(&self.home.database()))?;
        let next = seal::generation(&root, self.keys.generation_of(&root) + 1);
        Ok(Edit::Blind { commitment: seal::commitment(&next) })
    }

    /// The shares, and the own keys, of the ballots that a closing record names and that are not open yet. Who has a box gives what
    /// is in it, also from a laptop that was retired since: that takes away no vote that a record names.
    fn asked(&self) -> Vec<Edit> {
        let mut answers = Vec::new();
        for state in self.visit.members.iter().filter(|it| it.ballot_state == BallotState::Unopened) {
            let own = self.own_keys_of(state.counted_feeds.iter());
            let asked = own.into_iter().filter(|(promised, _)| {
                state.counted_keys.contains(promised) && !self.keys.is_known(promised)
            });
            answers.extend(asked.map(|(_, key)| Edit::Key { key }));
            answers.extend(self.shares_for(state));
        }
        answers
    }

    /// This laptop's shares of the keys of a ballot that a closing record names, as far as they are not given yet.
    fn shares_for<'s>(&'s self, state: &'s MemberState) -> impl Iterator<Item = Edit> + 's {
        let own = self.feed();
        let open = self.counted_offers(state).filter(move |it| it.given.iter().all(|(by, _)| by != &own));
        open.filter_map(|it| {
            let of = Origin { visit: &self.row.id, feed: &it.by };
            opening::answer(&self.device, &it.id, of, &it.offer).map(Edit::Release)
        })
    }

    /// The ballots that a closing record names and that cannot be read yet, with what is missing of their keys.
    #[must_use]
    pub(crate) fn shut_ballots(&self) -> Vec<ShutBallot> {
        let shut = self.visit.members.iter().filter(|state| state.ballot_state == BallotState::Unopened);
        shut.map(|state| self.shut_ballot(state)).collect()
    }

    /// A ballot of two laptops has two keys: the one told of is that of which most is missing.
    fn shut_ballot(&self, state: &MemberState) -> ShutBallot {
        let is_known = |key: &Digest| state.counted_feeds.iter().any(|it| self.keys.known(it, key).is_some());
        let missing = state.counted_keys.iter().filter(|key| !is_known(key));
        let wants = missing.map(|key| self.wanted(state, key));
        let most = wants.max_by_key(|it| it.need.map_or(usize::MAX, |_| it.n_missing));
        most.unwrap_or_else(|| ShutBallot { lacks_records: true, ..not_shared_out(state) })
    }

    /// What is missing of one key; of several ways in which it was shared out the one that is furthest.
    fn wanted(&self, state: &MemberState, key: &Digest) -> ShutBallot {
        let offers = self.keys.offers.iter();
        let asked = offers.filter(|it| state.counted_feeds.contains(&it.by) && &it.offer.commitment == key);
        let wants = asked.map(|it| {
            let n_given = it.n_given(&self.row.id);
            let n_missing = it.offer.need.saturating_sub(n_given);
            ShutBallot {
                of: state.member.name.clone(),
                need: Some(it.offer.need),
                lacks_records: false,
                n_missing,
                givers: self.givers(it),
            }
        });
        wants.min_by_key(|it| it.n_missing).unwrap_or_else(|| not_shared_out(state))
    }

    /// The seats that have not answered and have a laptop left to do so, in roster order.
    fn givers(&self, shared: &SharedOut) -> Vec<MemberName> {
        let is_lost = |feed: &FeedId| self.visit.retired.contains_key(feed);
        let has_answered = |feed: &FeedId| shared.given.iter().any(|(by, _)| by == feed);
        let may = |name: &&MemberName| {
            shared.offer.seats.iter().filter(|seat| &seat.name == *name).any(|seat| {
                let mut devices = seat.boxes.keys();
                devices.clone().any(|feed| !is_lost(feed)) && !devices.any(has_answered)
            })
        };
        self.visit.members.iter().map(|state| &state.member.name).filter(may).cloned().collect()
    }

    /// By seat of the roster: the devices that may hold a share, with their keys. Whom the lead admits beside the roster votes, and
    /// opens nobody's ballot: else a lead could make a majority.
    fn admitted_devices(&self) -> BTreeMap<MemberName, Vec<(FeedId, PublicKey)>> {
        let Ok(keys) = self.keys() else { return BTreeMap::new() };
        let roster = &self.visit.founding.roster;
        let seated = self.visit.members.iter().filter(|state| roster.contains(&state.member));
        let admitted = seated.filter(|state| state.identity == Identity::Admitted);
        let devices = admitted.map(|state| {
            // More are nobody's real laptops, and an offer with more of them is none.
            let known = state.trustees.iter().filter_map(|feed| Some((feed.clone(), keys.get(feed)?.0)));
            (state.member.name.clone(), known.take(DEVICES_A_SEAT).collect::<Vec<_>>())
        });
        devices.filter(|(_, devices)| !devices.is_empty()).collect()
    }
}

fn not_shared_out(state: &MemberState) -> ShutBallot {
    let of = state.member.name.clone();
    ShutBallot { of, need: None, lacks_records: false, n_missing: 0, givers: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            edit::Share,
            terms::id::{CommitId, VisitId},
        },
        share::code::key::DeviceKey,
    };

    #[test]
    fn whoever_gives_something_else_than_the_share_or_nothing_is_named() {
        let devices: Vec<DeviceKey> = (1..=5).map(|n| DeviceKey::from_bytes(&[n; 32])).collect();
        let (visit, feed) = (VisitId::new("visit"), devices[0].feed());
        let of = Origin { visit: &visit, feed: &feed };
        let shares = opening::split(&BallotKey([9; 32]), 3, 5).unwrap();
        let seats = shares.iter().zip(&devices).enumerate().map(|(index, (share, device))| SeatShare {
            name: MemberName::new(format!("{index}")),
            commitment: opening::commitment(of, share),
            boxes: BTreeMap::from([(device.feed(), Vec::new())]),
        });
        let offer = Offer { commitment: Digest([0; 32]), need: 3, seats: seats.collect() };
        let release = |by: usize, number: u8, share: Option<Share>| {
            (devices[by].feed(), Release { offer: CommitId::new("offer"), number, share })
        };
        let given = [
            release(0, 1, Some(shares[0])),
            release(1, 2, Some(Share([7; 32]))),
            release(2, 3, None),
            release(1, 4, Some(Share([7; 32]))),
            release(1, 5, Some(shares[4])),
            release(4, 5, None),
        ];
        let told: Vec<Gave> = gave(&offer, of, &given).into_iter().map(|(_, gave)| gave).collect();
        assert_eq!(told, [Gave::Share, Gave::Garbage, Gave::BadBox, Gave::Nothing, Gave::Share]);
    }
}
