//! A photo on its way into a visit: metadata is taken out, and what is left over says nothing of a place.
#![no_main]

use hecha::share::evidence::photo::{Stripped, media_type, strip};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = media_type(bytes);
    if let Stripped::Clean(clean) = strip(bytes) {
        assert!(clean.len() <= bytes.len(), "nothing is added");
        assert!(strip(&clean) == Stripped::Clean(clean.clone()), "what is clean stays as it is");
    }
});
