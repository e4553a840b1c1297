//! Opening ballots: every seal comes with its key in shares, one a seat; once a closing record names the seal, each laptop that
//! hears of it gives its share by itself, and the member's own the whole key. Nobody presses a key, nobody can hold back, and
//! before the closing no minority of the seats can read (`docs/SHARED-FILE.md`, “Opening”).

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::{failure::Failure, session::Session},
    domain::{
        ballot::seal::BallotState,
        edit::{BallotKey, Edit, Offer, SeatShare},
        terms::{
            digest::Digest,
            id::{FeedId, MemberName},
        },
        visit::{Identity, MemberState},
    },
    share::{
        code::key::PublicKey,
        file::seal,
        opening::{self, Origin},
    },
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
        let own = self.feed();
        let of = Origin { visit: &self.row.id, feed: &own };
        let locked = shares.into_iter().zip(seats).map(|(share, (name, devices))| {
            let boxes = devices.into_iter().map(|(feed, key)| Some((feed, opening::lock(&share, key)?)));
            let boxes = boxes.collect::<Option<BTreeMap<_, _>>>()?;
            Some(SeatShare { name, commitment: opening::commitment(of, &share), boxes })
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
            // Also what this laptop promised under a key that it has left since.
            let own = me.feeds.iter().flat_map(|feed| self.keys.own(feed));
            let own: BTreeMap<Digest, BallotKey> = own.map(|key| (seal::commitment(key), *key)).collect();
            let asked = own
                .into_iter()
                .filter(|(promised, _)| me.counted_keys.contains(promised) && !self.keys.is_known(promised));
            answers.extend(asked.map(|(_, key)| Edit::Key { key }));
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
        open.filter_map(|it| {
            let of = Origin { visit: &self.row.id, feed: &it.by };
            opening::answer(&self.device, &it.id, of, &it.offer).map(Edit::Release)
        })
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
