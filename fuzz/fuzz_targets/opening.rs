//! An offer of shares and what comes back: garbage opens nothing, and what opens is what was committed to. And sealed text: one key
//! opens it or none.
#![no_main]

use hecha::{
    domain::{
        edit::{BallotKey, Edit, Share},
        terms::id::{CommitId, FeedId, VisitId},
    },
    share::{
        code::{json::Json, key::DeviceKey},
        file::seal::{self, Place},
        opening::{self, Origin},
        wire::decode_edit,
    },
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, Vec<(u8, [u8; 32])>, &str)| {
    let (offer, given, sealed) = input;
    let (visit, feed) = (VisitId::new("v".repeat(43)), FeedId::new("feed"));
    let of = Origin { visit: &visit, feed: &feed };
    if let Ok(json) = Json::parse(offer)
        && let Edit::Offer(offer) = decode_edit(&json)
    {
        let given: Vec<(u8, Share)> = given.iter().map(|(number, share)| (*number, Share(*share))).collect();
        if let Some(key) = opening::join(&offer, of, &given) {
            let sound = given.iter().filter(|(number, share)| opening::is_committed(&offer, of, *number, share));
            assert!(sound.count() >= offer.need, "{key:?}");
        }
        let _ = opening::answer(&DeviceKey::from_bytes(&[1; 32]), &CommitId::new("c"), of, &offer);
    }
    let place = Place { visit: &visit, feed: &feed, n: 1, previous: None };
    for n in 0..3 {
        let key = BallotKey([n; 32]);
        if seal::open(&key, place, sealed).is_some() {
            assert_eq!(seal::committed(sealed), Some(seal::commitment(&key)));
        }
    }
});
