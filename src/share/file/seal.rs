//! Sealing of ballots: XChaCha20-Poly1305 under a key derived from the member's, padded, bound to its place in the feed. Sealed
//! text begins with what the key was committed to, so that one key opens it and no other: the cipher alone does not say so.

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};

use crate::{
    domain::{
        edit::BallotKey,
        terms::{
            digest::Digest,
            id::{CommitId, FeedId, VisitId},
        },
    },
    share::code::base64::{decode, encode, sha256},
};

/// Plain text is padded with spaces to a multiple of this, so that its length tells little.
const BLOCK: usize = 512;
/// What the key of sealed edits is derived with.
const DOMAIN: &str = "hecha-sealed-edits-1\0";
/// Bytes of a nonce.
const NONCE: usize = 24;

/// Where a sealed commit stands; it opens nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Visit.
    pub visit: &'a VisitId,
    /// Feed.
    pub feed: &'a FeedId,
    /// Number in the feed.
    pub n: u64,
    /// The commit before.
    pub previous: Option<&'a CommitId>,
}

/// The key that a member seals with, from what the laptop keeps: a new one after each seal that was taken back, so that nothing
/// recorded since then opens with it.
#[must_use]
pub fn generation(root: &[u8; 32], generation: u32) -> BallotKey {
    BallotKey(sha256(&[b"hecha-ballot-generation-1\0", root, &generation.to_be_bytes()]))
}

/// What a member commits to before sealing anything with the key.
#[must_use]
pub fn commitment(key: &BallotKey) -> Digest {
    Digest(sha256(&[b"hecha-ballot-key-1\0", &key.0]))
}

/// The key of one use, from the key that is committed to: ballots and photos never share one.
pub(in crate::share) fn subkey(key: &BallotKey, domain: &str) -> [u8; 32] {
    sha256(&[domain.as_bytes(), &key.0])
}

/// What the key of sealed text was committed to; `None` if it is no sealed text.
#[must_use]
pub fn committed(sealed: &str) -> Option<Digest> {
    Some(Digest(decode(sealed)?.first_chunk().copied()?))
}

/// Seals text. `None` only if the cipher refuses the size (never below 256 GiB).
#[must_use]
pub fn seal(key: &BallotKey, nonce: [u8; NONCE], place: Place<'_>, plain: &str) -> Option<String> {
    let mut padded = plain.as_bytes().to_vec();
    padded.resize(plain.len().next_multiple_of(BLOCK), b' ');
    let cipher = XChaCha20Poly1305::new(&subkey(key, DOMAIN).into());
    let commitment = commitment(key);
    let payload = Payload { msg: &padded, aad: &place.bytes(&commitment) };
    let mut sealed = [commitment.0.as_slice(), &nonce].concat();
    sealed.extend(cipher.encrypt(&XNonce::from(nonce), payload).ok()?);
    Some(encode(&sealed))
}

/// Opens sealed text; `None` if the key, the place or the bytes are not the right ones.
#[must_use]
pub fn open(key: &BallotKey, place: Place<'_>, sealed: &str) -> Option<String> {
    let bytes = decode(sealed)?;
    let (committed, rest) = bytes.split_first_chunk()?;
    let (nonce, cipher_text) = rest.split_first_chunk::<NONCE>()?;
    let commitment = commitment(key);
    if *committed != commitment.0 {
        return None;
    }
    let cipher = XChaCha20Poly1305::new(&subkey(key, DOMAIN).into());
    let payload = Payload { msg: cipher_text, aad: &place.bytes(&commitment) };
    let plain = cipher.decrypt(&XNonce::from(*nonce), payload).ok()?;
    String::from_utf8(plain).ok()
}

impl Place<'_> {
    fn bytes(self, commitment: &Digest) -> Vec<u8> {
        let previous = self.previous.map_or("", CommitId::as_str);
        let mut bytes = format!("{}\0{}\0{}\0{previous}\0", self.visit, self.feed, self.n).into_bytes();
        bytes.extend(commitment.0);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_only_with_its_key_at_its_place() {
        let (visit, feed, other) = (VisitId::new("v"), FeedId::new("f"), FeedId::new("g"));
        let place = Place { visit: &visit, feed: &feed, n: 3, previous: None };
        let key = BallotKey([7; 32]);
        let sealed = seal(&key, [1; 24], place, "[\"秘密\"]").unwrap();
        assert_eq!(open(&key, place, &sealed).unwrap().trim_end(), "[\"秘密\"]");
        assert_eq!(open(&BallotKey([8; 32]), place, &sealed), None);
        assert_eq!(open(&key, Place { n: 4, ..place }, &sealed), None);
        assert_eq!(open(&key, Place { feed: &other, ..place }, &sealed), None);
        assert_eq!(open(&key, place, "AAAA"), None);
        assert_eq!(committed(&sealed), Some(commitment(&key)));
        let mut other_key = decode(&sealed).unwrap();
        other_key[..32].copy_from_slice(&commitment(&BallotKey([8; 32])).0);
        assert_eq!(open(&key, place, &encode(&other_key)), None, "what names another key opens with none");
    }

    #[test]
    fn a_commit_before_and_every_generation_of_a_key_make_a_difference() {
        let (visit, feed, before) = (VisitId::new("v"), FeedId::new("f"), CommitId::new("before"));
        let place = Place { visit: &visit, feed: &feed, n: 3, previous: Some(&before) };
        let keys = [0, 1, 2].map(|n| generation(&[7; 32], n));
        let sealed = seal(&keys[0], [1; 24], place, "[]").unwrap();
        assert!(open(&keys[0], place, &sealed).is_some());
        assert_eq!(open(&keys[0], Place { previous: None, ..place }, &sealed), None, "on another branch");
        assert_eq!(keys[1..].iter().filter(|key| open(key, place, &sealed).is_some()).count(), 0);
        assert_ne!(commitment(&keys[1]), commitment(&keys[2]));
    }

    #[test]
    fn the_length_tells_only_the_block() {
        let (visit, feed) = (VisitId::new("v"), FeedId::new("f"));
        let place = Place { visit: &visit, feed: &feed, n: 1, previous: None };
        let length = |plain: &str| seal(&BallotKey([7; 32]), [1; 24], place, plain).unwrap().len();
        assert_eq!(length("a"), length(&"b".repeat(500)));
    }
}
