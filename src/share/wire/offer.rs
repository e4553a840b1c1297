//! The key of a ballot in shares, and the shares that were given, as JSON.

use serde_json::{Map, Value, json};

use crate::{
    domain::{
        edit::{Offer, Release, SeatShare, Share},
        terms::{
            digest::Digest,
            id::{CommitId, FeedId},
        },
    },
    share::{
        code::{
            base64::{decode, decode_array, encode},
            json::Json,
        },
        limits::{BOX_LIMIT, DEVICES_A_SEAT},
        wire::value::{bounded, id, name, optional},
    },
};

/// An offer as JSON.
pub(super) fn offer_json(offer: &Offer) -> Value {
    let seats: Vec<Value> = offer.seats.iter().map(seat_json).collect();
    json!({"h": encode(&offer.commitment.0), "need": offer.need, "of": seats})
}

fn seat_json(seat: &SeatShare) -> Value {
    let boxes = seat.boxes.iter().map(|(feed, bytes)| (feed.to_string(), Value::from(encode(bytes))));
    json!({
        "name": seat.name.as_str(), "h": encode(&seat.commitment.0), "box": boxes.collect::<Map<_, _>>(),
    })
}

/// An offer from JSON. One that cannot be opened by what it says is none.
pub(super) fn offer_from(json: &Json<'_>) -> Option<Offer> {
    let seats = bounded(json.list("of")?)?.iter().map(seat_from).collect::<Option<Vec<_>>>()?;
    let need = usize::try_from(json.count("need")?).ok()?;
    (1..=seats.len()).contains(&need).then_some(())?;
    Some(Offer { commitment: Digest(decode_array(json.text("h")?)?), need, seats })
}

fn seat_from(json: &Json<'_>) -> Option<SeatShare> {
    let boxes = json.map("box").filter(|boxes| boxes.len() <= DEVICES_A_SEAT)?;
    let boxes = boxes.iter().map(|(feed, text)| {
        let bytes = decode(text.as_text()?).filter(|bytes| bytes.len() <= BOX_LIMIT)?;
        Some((FeedId::new(id(feed)?), bytes))
    });
    Some(SeatShare {
        name: name(json)?,
        commitment: Digest(decode_array(json.text("h")?)?),
        boxes: boxes.collect::<Option<_>>()?,
    })
}

/// A share that was given, as JSON.
pub(super) fn release_json(release: &Release) -> Value {
    let share = release.share.map(|share| encode(&share.0));
    json!({"of": release.offer.as_str(), "i": release.number, "s": share})
}

/// A share that was given, from JSON.
pub(super) fn release_from(json: &Json<'_>) -> Option<Release> {
    Some(Release {
        offer: CommitId::new(id(json.text("of")?)?),
        number: u8::try_from(json.count("i")?).ok().filter(|number| *number > 0)?,
        share: optional(json.get("s"), |share| Some(Share(decode_array(share.as_text()?)?)))?,
    })
}
