//! What people type: join codes, recovery codes, keys and other short texts of the wire.
#![no_main]

use hecha::share::code::{
    base32, base64, is_typed,
    key::PublicKey,
    read_recovery_code, recovery_code, unwrap,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let folded = base32::fold(text);
    if let Some(bytes) = base32::decode(&folded) {
        assert!(bytes.len() <= text.len());
    }
    let _ = (base32::grouped(text), is_typed(text, "0123456789ABCDEF"), PublicKey::parse(text));
    let _ = base64::decode(text);
    let _ = unwrap(&[7; 16], text);
    if let Some(secret) = read_recovery_code(text) {
        assert_eq!(base32::fold(&recovery_code(&secret)), folded, "one secret has one code");
    }
});
