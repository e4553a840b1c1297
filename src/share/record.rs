//! The record of a visit as members sign it, and how people compare it (`docs/SHARED-FILE.md`, “The end”).

use sha2::{Digest as _, Sha256};

use crate::domain::{terms::digest::Digest, visit::Visit};

/// Keeps the digest of a record from ever being the digest of anything else.
const DOMAIN: &[u8] = b"hecha-record-1\0";

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
    record.code()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::code::base32;

    #[test]
    fn a_code_is_the_beginning_of_the_digest_in_the_signs_that_people_type() {
        for seed in 0..=255_u8 {
            let record = Digest(std::array::from_fn(|at| seed.wrapping_add(at as u8).wrapping_mul(77)));
            let code = record_code(&record);
            let groups: Vec<&str> = code.split('-').collect();
            assert!(groups.len() == 4 && groups.iter().all(|group| group.len() == 4), "{code}");
            assert_eq!(groups.concat(), base32::encode(&record.0)[..16]);
        }
    }
}
