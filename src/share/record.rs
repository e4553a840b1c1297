//! The record of a visit as members sign it, and how people compare it (`docs/SHARED-FILE.md`, “The end”).

use sha2::{Digest as _, Sha256};

use crate::{
    domain::{terms::digest::Digest, visit::Visit},
    share::code::base32,
};

/// Keeps the digest of a record from ever being the digest of anything else.
const DOMAIN: &[u8] = b"hecha-record-1\0";
/// Characters of a digest that people compare.
const CODE_LENGTH: usize = 16;

/// The digest of the record of a visit: SHA-256 over a domain string, the visit's id and the ids of the commits the record
/// rests on, sorted, one a line. A commit's id covers its content, so one changed vote changes it; acknowledgements and
/// signatures do not.
#[must_use]
pub fn record_digest(visit: &Visit) -> Digest {
    let mut hash = Sha256::new();
    hash.update(DOMAIN);
    hash.update(visit.id.as_str());
    for commit in &visit.record {
        hash.update(b"\n");
        hash.update(commit.as_str());
    }
    Digest(hash.finalize().into())
}

/// What of a digest is read out and compared: 16 characters in groups of four.
#[must_use]
pub fn record_code(record: &Digest) -> String {
    let text: Vec<char> = base32::encode(&record.0).chars().take(CODE_LENGTH).collect();
    let groups: Vec<String> = text.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}
