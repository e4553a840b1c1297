//! An encrypted shared file under a key that this laptop holds. The passphrase is not tried: one try takes half a second.
#![no_main]

use hecha::share::file::{
    self,
    envelope::{Envelope, VisitKey},
};
use libfuzzer_sys::fuzz_target;

/// A key made for this target; the seeds are encrypted to it.
const KEY: &str = include_str!("envelope.key");

fuzz_target!(|bytes: &[u8]| {
    let key = VisitKey::parse(KEY.trim_end()).expect("a key");
    let envelope = Envelope { key, slot: "AAAA".to_owned(), earlier: Vec::new() };
    let (contents, text) = file::open(bytes, Some(&envelope));
    if let Some(text) = text {
        assert!(text.len() <= bytes.len(), "a payload holds no more than it has");
    }
    if let file::Contents::Encrypted(header) | file::Contents::Lines { header, .. } = contents {
        let _ = header.slot.is_some_and(|slot| VisitKey::is_slot(&slot));
    }
    let _ = std::str::from_utf8(bytes).is_ok_and(VisitKey::is_slot);
});
