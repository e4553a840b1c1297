//! How a ballot is opened by its panel: the key in shares (Shamir's scheme over GF(256)), each locked to the devices of a seat
//! (age, X25519). Every share is committed to beforehand, as a share of this device's key in this visit: a wrong one names its
//! giver, and a box that somebody copies into an offer of their own opens nothing (`docs/SHARED-FILE.md`, “Opening”).

use std::{
    io::{Read, Write},
    iter,
};

use age::{Decryptor, Encryptor};
use blahaj::Sharks;

use crate::{
    domain::{
        edit::{BallotKey, Offer, Release, Share},
        terms::{
            digest::Digest,
            id::{CommitId, FeedId, VisitId},
        },
    },
    share::{
        code::{
            base64::sha256,
            key::{DeviceKey, PublicKey},
        },
        limits::{BOX_LIMIT, PREAMBLE_LIMIT},
    },
};

/// Keeps the digest of a share from ever being the digest of anything else.
const DOMAIN: &[u8] = b"hecha-share-1\0";

/// Whose key is shared out: what a share is committed to, together with its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The visit. A device has one key for all of its visits.
    pub visit: &'a VisitId,
    /// The device that makes the offer.
    pub feed: &'a FeedId,
}

/// Splits a key into `n` shares, of which any `need` give it back; they are numbered from 1. `None` for more seats than 255, or
/// if `need` is none of them.
#[must_use]
pub fn split(key: &BallotKey, need: usize, n: usize) -> Option<Vec<Share>> {
    let (least, most) = (u8::try_from(need).ok()?, u8::try_from(n).ok()?);
    (1..=most).contains(&least).then_some(())?;
    let numbered = Sharks(least).dealer(&key.0).take(n).enumerate().map(|(index, share)| {
        let bytes = Vec::from(&share);
        let (number, share) = bytes.split_first()?;
        (usize::from(*number) == index + 1).then_some(())?;
        Some(Share(share.try_into().ok()?))
    });
    numbered.collect()
}

/// The key that an offer committed to, if enough of what was given is what the offer committed to.
#[must_use]
pub fn join(offer: &Offer, of: Origin<'_>, given: &[(u8, Share)]) -> Option<BallotKey> {
    let mut sound: Vec<(u8, Share)> =
        given.iter().filter(|(number, share)| is_committed(offer, of, *number, share)).copied().collect();
    sound.sort_unstable();
    sound.dedup();
    let shares = sound.iter().take(offer.need).map(|(number, share)| {
        let bytes: Vec<u8> = iter::once(*number).chain(share.0).collect();
        blahaj::Share::try_from(bytes.as_slice()).ok()
    });
    let shares = shares.collect::<Option<Vec<_>>>().filter(|shares| shares.len() == offer.need)?;
    let key = Sharks(u8::try_from(offer.need).ok()?).recover(&shares).ok()?;
    Some(BallotKey(key.try_into().ok()?))
}

/// What a share is committed to before it is given.
#[must_use]
pub fn commitment(of: Origin<'_>, share: &Share) -> Digest {
    let Origin { visit, feed } = of;
    Digest(sha256(&[DOMAIN, visit.as_str().as_bytes(), b"\0", feed.as_str().as_bytes(), b"\0", &share.0]))
}

/// Whether a given share is what the offer committed to under its number.
#[must_use]
pub fn is_committed(offer: &Offer, of: Origin<'_>, number: u8, share: &Share) -> bool {
    let seat = usize::from(number).checked_sub(1).and_then(|index| offer.seats.get(index));
    seat.is_some_and(|seat| seat.commitment == commitment(of, share))
}

/// What a device answers to an offer: a release for the first seat that has a box for it; `None` if none has.
#[must_use]
pub fn answer(device: &DeviceKey, id: &CommitId, of: Origin<'_>, offer: &Offer) -> Option<Release> {
    let feed = device.feed();
    let (number, seat) = (1_u8..).zip(&offer.seats).find(|(_, seat)| seat.boxes.contains_key(&feed))?;
    let share = seat.boxes.get(&feed).and_then(|bytes| unlock(device, bytes));
    let share = share.filter(|share| is_committed(offer, of, number, share));
    Some(Release { offer: id.clone(), number, share })
}

/// Locks a share to a device. `None` only if age refuses, which no key of a device causes.
#[must_use]
pub fn lock(share: &Share, to: PublicKey) -> Option<Vec<u8>> {
    let recipient = to.recipient()?;
    let encryptor = Encryptor::with_recipients(iter::once(&recipient as &dyn age::Recipient)).ok()?;
    let mut writer = encryptor.wrap_output(Vec::new()).ok()?;
    writer.write_all(&share.0).ok()?;
    writer.finish().ok()
}

fn unlock(device: &DeviceKey, bytes: &[u8]) -> Option<Share> {
    let identity = device.identity()?;
    let head = bytes.get(..bytes.len().min(PREAMBLE_LIMIT)).unwrap_or_default();
    (bytes.len() <= BOX_LIMIT && head.windows(5).any(|it| it == b"\n--- ")).then_some(())?;
    let decryptor = Decryptor::new_buffered(bytes).ok()?;
    let reader = decryptor.decrypt(iter::once(&identity as &dyn age::Identity)).ok()?;
    let mut plain = Vec::new();
    reader.take(BOX_LIMIT as u64).read_to_end(&mut plain).ok()?;
    Some(Share(plain.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::{
        domain::{edit::SeatShare, terms::id::MemberName},
        share::file::seal,
    };

    /// An offer of the first device.
    fn offer(key: &BallotKey, need: usize, devices: &[DeviceKey]) -> (Offer, Vec<Share>) {
        let (visit, feed) = (VisitId::new("visit"), devices[0].feed());
        let shares = split(key, need, devices.len()).unwrap();
        let seats = shares.iter().zip(devices).enumerate().map(|(index, (share, device))| SeatShare {
            name: MemberName::new(format!("member {index}")),
            commitment: commitment(Origin { visit: &visit, feed: &feed }, share),
            boxes: BTreeMap::from([(device.feed(), lock(share, device.public()).unwrap())]),
        });
        (Offer { commitment: seal::commitment(key), need, seats: seats.collect() }, shares)
    }

    fn devices(n: u8) -> Vec<DeviceKey> {
        (1..=n).map(|n| DeviceKey::from_bytes(&[n; 32])).collect()
    }

    #[test]
    fn each_seat_opens_its_own_box_and_nobody_elses() {
        let devices = devices(5);
        let (offer, shares) = offer(&BallotKey([9; 32]), 3, &devices);
        let (id, visit, feed) = (CommitId::new("offer"), VisitId::new("visit"), devices[0].feed());
        let of = Origin { visit: &visit, feed: &feed };
        for (index, device) in devices.iter().enumerate() {
            let release = answer(device, &id, of, &offer).unwrap();
            assert_eq!((usize::from(release.number), release.share), (index + 1, Some(shares[index])));
        }
        let stranger = DeviceKey::from_bytes(&[77; 32]);
        assert_eq!(answer(&stranger, &id, of, &offer), None);
        let theirs = offer.seats[0].boxes.values().next().unwrap();
        assert_eq!(unlock(&stranger, theirs), None);
        let mut swapped = offer.clone();
        swapped.seats[0].boxes.insert(devices[0].feed(), b"garbage\n--- ".to_vec());
        let told = answer(&devices[0], &id, of, &swapped).unwrap();
        assert_eq!(told.share, None, "what is in the box is not what was committed to");
    }

    #[test]
    fn a_box_that_was_copied_into_another_offer_or_visit_opens_nothing() {
        let devices = devices(3);
        let (offer, _) = offer(&BallotKey([9; 32]), 2, &devices);
        let (id, visit, other) = (CommitId::new("copied"), VisitId::new("visit"), VisitId::new("other"));
        let (owner, thief) = (devices[0].feed(), devices[1].feed());
        for of in [Origin { visit: &visit, feed: &thief }, Origin { visit: &other, feed: &owner }] {
            let copied = Offer { commitment: Digest([1; 32]), ..offer.clone() };
            assert_eq!(answer(&devices[2], &id, of, &copied).unwrap().share, None);
        }
    }

    proptest! {
        #[test]
        fn any_majority_opens_and_no_fewer_and_garbage_neither_helps_nor_hinders(
            key in any::<[u8; 32]>(),
            n in 1_u8..10,
            order in any::<u64>(),
            garbage in proptest::collection::vec((1_u8..12, any::<[u8; 32]>()), 0..6),
        ) {
            let need = usize::from(n) / 2 + 1;
            let devices = devices(n);
            let (offer, shares) = offer(&BallotKey(key), need, &devices);
            let (visit, feed) = (VisitId::new("visit"), devices[0].feed());
            let of = Origin { visit: &visit, feed: &feed };
            let mut given: Vec<(u8, Share)> = (1..).zip(shares).collect();
            given.sort_by_key(|(number, _)| ((u64::from(*number) * 2_654_435_761) ^ order).wrapping_mul(order | 1));
            let garbage = garbage.into_iter().map(|(number, bytes)| (number, Share(bytes)));
            let too_few: Vec<_> = given.iter().take(need - 1).copied().chain(garbage.clone()).collect();
            prop_assert_eq!(join(&offer, of, &too_few), None);
            let enough: Vec<_> = garbage.chain(given.iter().take(need).copied()).collect();
            prop_assert_eq!(join(&offer, of, &enough), Some(BallotKey(key)));
        }
    }
}
