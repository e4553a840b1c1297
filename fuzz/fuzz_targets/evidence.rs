//! A sealed evidence file. Its name is the hash of its bytes, so that of a real folder this reads only what is whole.
#![no_main]

use hecha::{
    domain::{
        edit::BallotKey,
        terms::{digest::Digest, id::VisitId},
    },
    share::evidence::{digest_of, is_whole, open, seal},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let (key, visit) = (BallotKey([7; 32]), VisitId::new("v".repeat(43)));
    let _ = open(&key, &visit, &Digest([0; 32]), u64::MAX, bytes);
    let _ = open(&key, &visit, &digest_of(bytes), bytes.len() as u64, bytes);
    assert_eq!(is_whole(&digest_of(bytes), bytes), bytes.starts_with(b"HECHAE1\n"), "only what is sealed is whole");
    if let Some(sealed) = seal(&key, [1; 24], &visit, bytes.to_vec()) {
        let opened = open(&key, &visit, &sealed.digest, bytes.len() as u64, &sealed.bytes);
        assert!(opened.as_deref() == Some(bytes), "what is sealed opens");
    }
});
