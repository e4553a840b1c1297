//! Codes that people compare and type: the join code on two screens, and the recovery code on paper.
//!
//! Reading order: `base64` and `base32` are bytes as text, `json` is read strictly, `key` signs; typed codes are made of them.

pub mod base32;
pub mod base64;
pub mod json;
pub mod key;

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};

use crate::{
    domain::{edit::BallotKey, terms::id::VisitId},
    share::code::{
        base64::{decode, encode, sha256},
        key::PublicKey,
    },
};

/// Signs that the lead types; the member compares the rest.
pub const TYPED: usize = 12;
/// Signs of a join code: 80 bits.
const JOIN_SIGNS: usize = 16;
/// Signs of a recovery code: 128 bits and two signs that catch a slip.
const RECOVERY_SIGNS: usize = 28;
/// Bytes of a nonce.
const NONCE: usize = 24;

/// The code that ties a member's device to a visit and its lead: both screens show the same one.
#[must_use]
pub fn join_code(visit: &VisitId, lead: PublicKey, member: PublicKey) -> String {
    let parts = ["hecha-join-1", visit.as_str(), &lead.to_text(), &member.to_text()];
    base32::encode(&sha256(&[parts.join("\0").as_bytes()])).chars().take(JOIN_SIGNS).collect()
}

/// Whether what the lead typed names this code: its first twelve signs at least, and no wrong one.
#[must_use]
pub fn is_typed(typed: &str, code: &str) -> bool {
    let typed = base32::fold(typed);
    typed.len() >= TYPED && code.starts_with(&typed)
}

/// The recovery code of 16 random bytes.
#[must_use]
pub fn recovery_code(secret: &[u8; 16]) -> String {
    let code = base32::encode(secret);
    let check = check_signs(secret);
    base32::grouped(&format!("{code}{check}"))
}

/// The bytes of a typed recovery code; `None` if it has a slip.
#[must_use]
pub fn read_recovery_code(typed: &str) -> Option<[u8; 16]> {
    let typed = base32::fold(typed);
    if typed.len() != RECOVERY_SIGNS || !typed.is_ascii() {
        return None;
    }
    let (code, check) = typed.split_at_checked(RECOVERY_SIGNS - 2)?;
    let secret: [u8; 16] = base32::decode(code)?.try_into().ok()?;
    (check == check_signs(&secret)).then_some(secret)
}

fn check_signs(secret: &[u8; 16]) -> String {
    base32::encode(&sha256(&[b"hecha-recovery-check-1\0", secret])).chars().take(2).collect()
}

/// What a recovery code gives back.
#[derive(Clone, PartialEq, Eq)]
pub struct Recovered {
    /// The key that seals the ballot.
    pub ballot_key: BallotKey,
    /// The device key, for the lead: the root of the roster must not die with a laptop.
    pub device: Option<[u8; 32]>,
}

/// Wraps keys to a recovery code. `None` only if the cipher refuses, which it never does at this size.
#[must_use]
pub fn wrap(secret: &[u8; 16], nonce: [u8; NONCE], keys: &Recovered) -> Option<String> {
    let mut plain = keys.ballot_key.0.to_vec();
    plain.extend(keys.device.unwrap_or_default());
    // One length for all, so that nothing tells who is who; the first byte says whether there is a device key.
    plain.insert(0, u8::from(keys.device.is_some()));
    let payload = Payload { msg: &plain, aad: AAD };
    let mut sealed = nonce.to_vec();
    sealed.extend(cipher(secret).encrypt(&XNonce::from(nonce), payload).ok()?);
    Some(encode(&sealed))
}

/// Opens wrapped keys; `None` if the code is not theirs.
#[must_use]
pub fn unwrap(secret: &[u8; 16], wrapped: &str) -> Option<Recovered> {
    let bytes = decode(wrapped)?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    let plain = cipher(secret).decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: AAD }).ok()?;
    let (flag, keys) = plain.split_first()?;
    let (ballot_key, device) = keys.split_at_checked(32)?;
    let device: [u8; 32] = device.try_into().ok()?;
    Some(Recovered {
        ballot_key: BallotKey(ballot_key.try_into().ok()?),
        device: (*flag == 1).then_some(device),
    })
}

/// What wrapped keys are bound to.
const AAD: &[u8] = b"hecha-recovery-1";

/// The code has 128 random bits, so no slow derivation is needed.
fn cipher(secret: &[u8; 16]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&sha256(&[b"hecha-recovery-key-1\0", secret]).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::code::key::DeviceKey;

    #[test]
    fn the_join_code_depends_on_all_three_and_a_wrong_sign_is_refused() {
        let key = |n: u8| DeviceKey::from_bytes(&[n; 32]).public();
        let code = join_code(&VisitId::new("v"), key(1), key(2));
        assert_eq!(code.len(), 16);
        assert_ne!(code, join_code(&VisitId::new("w"), key(1), key(2)));
        assert_ne!(code, join_code(&VisitId::new("v"), key(3), key(2)));
        assert_ne!(code, join_code(&VisitId::new("v"), key(1), key(3)));
        assert!(is_typed(&base32::grouped(&code[..12]).to_lowercase(), &code));
        assert!(is_typed(&code, &code), "all sixteen may be typed too");
        assert!(!is_typed(&code[..11], &code), "fewer may not");
        let wrong: String = code.chars().rev().collect();
        assert!(!is_typed(&wrong[..12], &code));
        for place in 0..code.len() {
            let other = if &code[place..=place] == "0" { "1" } else { "0" };
            let slipped = format!("{}{other}{}", &code[..place], &code[place + 1..]);
            assert!(!is_typed(&slipped, &code), "a slip in sign {}", place + 1);
        }
    }

    #[test]
    fn a_recovery_code_comes_back_and_every_single_slip_is_caught_or_opens_nothing() {
        let secret = [0x5A; 16];
        let code = recovery_code(&secret);
        assert_eq!(read_recovery_code(&code.to_lowercase()), Some(secret));
        let plain = base32::fold(&code);
        let mut n_passed = 0;
        for place in 0..plain.len() {
            for sign in "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
                .chars()
                .filter(|sign| plain.chars().nth(place) != Some(*sign))
            {
                let slipped: String = plain
                    .chars()
                    .enumerate()
                    .map(|(index, c)| if index == place { sign } else { c })
                    .collect();
                n_passed += usize::from(read_recovery_code(&slipped).is_some());
            }
        }
        assert!(n_passed <= 3, "{n_passed} of 868 slips pass the check; one in 1024 may");
        assert_eq!(read_recovery_code(&plain[..27]), None);
        // The last sign before the check has spare bits; only the one way of writing it is right.
        let spare = format!("{}9{}", &plain[..25], &plain[26..]);
        assert_eq!((&plain[25..26], read_recovery_code(&spare)), ("8", None));
    }

    #[test]
    fn wrapped_keys_open_with_their_code_only() {
        let keys = Recovered { ballot_key: BallotKey([7; 32]), device: Some([8; 32]) };
        let wrapped = wrap(&[1; 16], [2; 24], &keys).unwrap();
        assert!(unwrap(&[1; 16], &wrapped) == Some(keys.clone()));
        assert!(unwrap(&[3; 16], &wrapped).is_none());
        assert!(unwrap(&[1; 16], "AAAA").is_none());
        let member = Recovered { device: None, ..keys };
        let short = wrap(&[1; 16], [2; 24], &member).unwrap();
        assert_eq!(short.len(), wrapped.len(), "the length tells nothing");
        assert!(unwrap(&[1; 16], &short) == Some(member));
    }
}
