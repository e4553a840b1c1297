//! Opening ballots: every seal comes with its key in shares, one a seat; once a closing record names the seal, each laptop that
//! hears of it gives its share by itself, and the member's own the whole key. Nobody presses a key, nobody can hold back, and
//! before the closing no minority of the seats can read (`docs/SHARED-FILE.md`, “Opening”).

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::{
        failure::Failure,
        session::{Session, keys::SharedOut},
    },
    domain::{
        ballot::seal::BallotState,
        edit::{Edit, Offer, SeatShare},
        ending::next_step::ShutBallot,
        terms::{
            digest::Digest,
            id::{FeedId, MemberName},
        },
        visit::{Identity, MemberState},
    },
    share::{code::key::PublicKey, file::seal, opening},
};

impl Session {
    /// The key of the own ballot in shares, if it is not shared out already over all devices that the lead has admitted by
    /// now. Shares go to admitted devices only, and are worth sharing out only if a majority of the seats has one: with
    /// fewer, the own laptop will give the key.
    pub(in crate::app) fn share_out(&self) -> Result<Option<Edit>, Failure> {
        let seats = self.admitted_devices();
        let need = self.visit.members.len() / 2 + 1;
        let key = *self.ballot_key()?;
        let commitment = seal::commitment(&key);
        let own =
            self.keys.offers.iter().filter(|it| it.by == self.feed() && it.offer.commitment == commitment);
        let reached: BTreeSet<&FeedId> =
            own.flat_map(|it| &it.offer.seats).flat_map(|seat| seat.boxes.keys()).collect();
        let is_reached = seats.values().flatten().all(|(feed, _)| reached.contains(feed));
        if seats.len() < need || is_reached || self.visit.founding.is_signed_by_one() {
            return Ok(None);
        }
        let shares = opening::split(&key, need, seats.len()).ok_or_else(|| Failure::bug("cannot split"))?;
        let locked = shares.into_iter().zip(seats).map(|(share, (name, devices))| {
            let boxes = devices.into_iter().map(|(feed, key)| Some((feed, opening::lock(&share, key)?)));
            let boxes = boxes.collect::<Option<BTreeMap<_, _>>>()?;
            Some(SeatShare { name, commitment: opening::commitment(&share), boxes })
        });
        let seats = locked.collect::<Option<Vec<_>>>().ok_or_else(|| Failure::bug("cannot lock"))?;
        Ok(Some(Edit::Offer(Offer { commitment, need, seats })))
    }

    /// What this laptop has to say to what it has taken in about ballots: before the closing the own key shared out anew to
    /// devices that were admitted since; after it the shares and the key that are asked for.
    pub(in crate::app) fn opening_answers(&self) -> Result<Vec<Edit>, Failure> {
        let Some(me) = self.my_state().filter(|state| state.identity != Identity::Waiting) else {
            return Ok(Vec::new());
        };
        if !self.visit.closed {
            let shared = if me.seals.stands() { self.share_out()? } else { None };
            return Ok(shared.into_iter().collect());
        }
        let shut = || self.visit.members.iter().filter(|state| state.ballot_state == BallotState::Unopened);
        let mut answers = Vec::new();
        if shut().any(|state| state.member.name == me.member.name) {
            let own = self.feed();
            let asked = self.keys.own(&own).filter(|key| me.counted_keys.contains(&seal::commitment(key)));
            answers.extend(asked.map(|key| Edit::Key { key: *key }));
        }
        for state in shut() {
            answers.extend(self.shares_for(state));
        }
        Ok(answers)
    }

    /// This laptop's shares of the keys of a ballot that a closing record names, as far as they are not given yet.
    fn shares_for(&self, state: &MemberState) -> impl Iterator<Item = Edit> {
        let own = self.feed();
        let asked =
            self.keys.offers.iter().filter(|it| {
                state.feeds.contains(&it.by) && state.counted_keys.contains(&it.offer.commitment)
            });
        let open = asked.filter(move |it| it.given.iter().all(|(by, _)| by != &own));
        open.filter_map(|it| opening::answer(&self.device, &it.id, &it.offer)).map(Edit::Release)
    }

    /// The ballots that a closing record names and that cannot be read yet, with what is missing of their keys.
    #[must_use]
    pub(crate) fn shut_ballots(&self) -> Vec<ShutBallot> {
        let shut = self.visit.members.iter().filter(|state| state.ballot_state == BallotState::Unopened);
        shut.map(|state| self.shut_ballot(state)).collect()
    }

    /// A ballot of two laptops has two keys: the one told of is that of which most is missing.
    fn shut_ballot(&self, state: &MemberState) -> ShutBallot {
        let known = || state.feeds.iter().flat_map(|feed| self.keys.known(feed));
        let missing = state.counted_keys.iter().filter(|key| known().all(|it| &seal::commitment(it) != *key));
        let wants = missing.map(|key| self.wanted(state, key));
        let most = wants.max_by_key(|it| it.need.map_or(usize::MAX, |_| it.n_missing));
        most.unwrap_or_else(|| not_shared_out(state))
    }

    /// What is missing of one key; of several ways in which it was shared out the one that is furthest.
    fn wanted(&self, state: &MemberState, key: &Digest) -> ShutBallot {
        let offers = self.keys.offers.iter();
        let asked = offers.filter(|it| state.feeds.contains(&it.by) && &it.offer.commitment == key);
        let wants = asked.map(|it| {
            let n_given = it.n_given();
            let n_missing = it.offer.need.saturating_sub(n_given);
            ShutBallot {
                of: state.member.name.clone(),
                need: Some(it.offer.need),
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

    /// By seat: the devices that the lead has admitted, with their keys.
    fn admitted_devices(&self) -> BTreeMap<MemberName, Vec<(FeedId, PublicKey)>> {
        let Ok(keys) = self.keys() else { return BTreeMap::new() };
        let admitted = self.visit.members.iter().filter(|state| state.identity == Identity::Admitted);
        let devices = admitted.map(|state| {
            let counts = state.feeds.iter().filter(|feed| !self.visit.retired.contains_key(*feed));
            let known = counts.filter_map(|feed| Some((feed.clone(), keys.get(feed)?.0)));
            (state.member.name.clone(), known.collect::<Vec<_>>())
        });
        devices.filter(|(_, devices)| !devices.is_empty()).collect()
    }
}

fn not_shared_out(state: &MemberState) -> ShutBallot {
    ShutBallot { of: state.member.name.clone(), need: None, n_missing: 0, givers: Vec::new() }
}
