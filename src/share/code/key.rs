//! One Ed25519 key per installation. The feed is named after the public key, so a key cannot claim another's feed. Things are
//! locked to the same key mapped to X25519, as age does it for ssh keys, so that nobody has to publish a second one.

use age::x25519::{Identity, Recipient};
use bech32::{Bech32, Hrp};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use crate::{
    domain::terms::id::FeedId,
    share::code::base64::{decode_array, encode, sha256},
};

/// How age begins the text of a recipient and of an identity.
const RECIPIENT: Hrp = Hrp::parse_unchecked("age");
const IDENTITY: Hrp = Hrp::parse_unchecked("age-secret-key-");

/// The secret key of this installation.
pub struct DeviceKey(SigningKey);

/// A public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl DeviceKey {
    /// From its 32 secret bytes.
    #[must_use]
    pub fn from_bytes(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The 32 secret bytes, for the store and for the lead's recovery sheet.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// The feed this key signs.
    #[must_use]
    pub fn feed(&self) -> FeedId {
        self.public().feed()
    }

    /// What opens the things that were locked to this device. `None` cannot happen with a key of 32 bytes.
    #[must_use]
    pub(in crate::share) fn identity(&self) -> Option<Identity> {
        let text = bech32::encode_upper::<Bech32>(IDENTITY, &self.0.to_scalar_bytes()).ok()?;
        text.parse().ok()
    }

    /// Signs a message; 64 bytes as 86 characters.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> String {
        encode(&self.0.sign(message).to_bytes())
    }
}

impl PublicKey {
    /// Reads a key; `None` if it is not a valid curve point.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        VerifyingKey::from_bytes(&decode_array(text)?).ok().map(Self)
    }

    /// The key as text.
    #[must_use]
    pub fn to_text(self) -> String {
        encode(self.0.as_bytes())
    }

    /// The feed named after this key: first 9 bytes of its SHA-256.
    #[must_use]
    pub fn feed(self) -> FeedId {
        let [a, b, c, d, e, f, g, h, i, ..] = sha256(&[self.0.as_bytes()]);
        FeedId::new(encode(&[a, b, c, d, e, f, g, h, i]))
    }

    /// What things are locked to for this device; `None` for a key of small order, which no device has.
    #[must_use]
    pub(in crate::share) fn recipient(self) -> Option<Recipient> {
        bech32::encode::<Bech32>(RECIPIENT, &self.0.to_montgomery().to_bytes()).ok()?.parse().ok()
    }

    /// Strict verification (no small-order or non-canonical keys).
    #[must_use]
    pub fn verifies(self, message: &[u8], signature: &str) -> bool {
        decode_array(signature)
            .is_some_and(|bytes| self.0.verify_strict(message, &Signature::from_bytes(&bytes)).is_ok())
    }
}
