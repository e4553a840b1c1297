//! How a ballot is opened by its panel: the key in shares (Shamir's scheme over GF(256)), each locked to the devices of a seat
//! (age, X25519). Every share is committed to beforehand, so a wrong one names its giver (`docs/SHARED-FILE.md`, “Opening”).

use std::{
    io::{Read, Write},
    iter,
};

use age::{Decryptor, Encryptor};
use blahaj::Sharks;

use crate::{
    domain::{
        edit::{BallotKey, Offer, Release, Share},
        terms::digest::Digest,
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
pub fn join(offer: &Offer, given: &[(u8, Share)]) -> Option<BallotKey> {
    let mut sound: Vec<(u8, Share)> =
        given.iter().filter(|(number, share)| is_committed(offer, *number, share)).copied().collect();
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
pub fn commitment(share: &Share) -> Digest {
    Digest(sha256(&[DOMAIN, &share.0]))
}

/// Whether a given share is what the offer committed to under its number.
#[must_use]
pub fn is_committed(offer: &Offer, number: u8, share: &Share) -> bool {
    let seat = usize::from(number).checked_sub(1).and_then(|index| offer.seats.get(index));
    seat.is_some_and(|seat| seat.commitment == commitment(share))
}

/// What a device answers to an offer: a release for the first seat that has a box for it; `None` if none has.
#[must_use]
pub fn answer(device: &DeviceKey, id: &crate::domain::terms::id::CommitId, offer: &Offer) -> Option<Release> {
    let feed = device.feed();
    let (number, seat) = (1_u8..).zip(&offer.seats).find(|(_, seat)| seat.boxes.contains_key(&feed))?;
    let share = seat.boxes.get(&feed).and_then(|bytes| unlock(device, bytes));
    let share = share.filter(|share| is_committed(offer, number, share));
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
        domain::{
            edit::SeatShare,
            terms::id::{CommitId, MemberName},
        },
        share::file::seal,
    };

    fn offer(key: &BallotKey, need: usize, devices: &[DeviceKey]) -> (Offer, Vec<Share>) {
        let shares = split(key, need, devices.len()).unwrap();
        let seats = shares.iter().zip(devices).enumerate().map(|(index, (share, device))| SeatShare {
            name: MemberName::new(format!("member {index}")),
            commitment: commitment(share),
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
        let id = CommitId::new("offer");
        for (index, device) in devices.iter().enumerate() {
            let release = answer(device, &id, &offer).unwrap();
            assert_eq!((usize::from(release.number), release.share), (index + 1, Some(shares[index])));
        }
        let stranger = DeviceKey::from_bytes(&[77; 32]);
        assert_eq!(answer(&stranger, &id, &offer), None);
        let theirs = offer.seats[0].boxes.values().next().unwrap();
        assert_eq!(unlock(&stranger, theirs), None);
        let mut swapped = offer.clone();
        swapped.seats[0].boxes.insert(devices[0].feed(), b"garbage\n--- ".to_vec());
        let told = answer(&devices[0], &id, &swapped).unwrap();
        assert_eq!(told.share, None, "what is in the box is not what was committed to");
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
            let (offer, shares) = offer(&BallotKey(key), need, &devices(n));
            let mut given: Vec<(u8, Share)> = (1..).zip(shares).collect();
            given.sort_by_key(|(number, _)| (u64::from(*number) * 2_654_435_761 ^ order).wrapping_mul(order | 1));
            let garbage = garbage.into_iter().map(|(number, bytes)| (number, Share(bytes)));
            let too_few: Vec<_> = given.iter().take(need - 1).copied().chain(garbage.clone()).collect();
            prop_assert_eq!(join(&offer, &too_few), None);
            let enough: Vec<_> = garbage.chain(given.iter().take(need).copied()).collect();
            prop_assert_eq!(join(&offer, &enough), Some(BallotKey(key)));
        }
    }
}
