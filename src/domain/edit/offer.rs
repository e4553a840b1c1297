//! The key of a ballot, shared out: any majority of the seats can open it once scoring is closed, and no fewer before.

use std::collections::BTreeMap;

use crate::domain::terms::{
    digest::Digest,
    id::{CommitId, FeedId, MemberName},
};

/// A ballot key in shares, one a seat, each locked to the seat's admitted devices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What the key was committed to; see [`Edit::Blind`](crate::domain::edit::Edit::Blind).
    pub commitment: Digest,
    /// How many shares open it.
    pub need: usize,
    /// The shares, in the order of their numbers, from 1.
    pub seats: Vec<SeatShare>,
}

/// The share of one seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatShare {
    /// Whose it is.
    pub name: MemberName,
    /// What the share was committed to.
    pub commitment: Digest,
    /// The share, locked to each of the seat's devices: an age file.
    pub boxes: BTreeMap<FeedId, Vec<u8>>,
}

/// A seat's answer to an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The commit of the offer.
    pub offer: CommitId,
    /// The number of the share, from 1.
    pub number: u8,
    /// The share; `None` = what was in the box is not what the offer committed to.
    pub share: Option<Share>,
}

/// One share: as many bytes as the key. Its bytes never appear in debug output.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(pub [u8; 32]);

impl std::fmt::Debug for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Share(…)")
    }
}
