//! The envelope of an encrypted shared file: one age key per visit, locked with the passphrase in a slot, and the payload.
//!
//! Slot and payload are whole age files, so that the standard `age` tool opens both. age draws its nonces and keys from
//! the system's randomness by itself.

use std::{
    fmt,
    io::{Read, Write},
    iter,
};

use age::{
    DecryptError, Decryptor, Encryptor,
    scrypt::{Identity as PassphraseIdentity, Recipient as PassphraseRecipient},
    secrecy::{ExposeSecret, SecretString},
    x25519,
};

use crate::share::{
    code::base64,
    error::SlotError,
    limits::{FILE_LIMIT, PREAMBLE_LIMIT, SLOT_LIMIT},
};

/// scrypt's log2(N): about half a second and 128 MiB. Fixed, so that a fast laptop cannot lock out a slow one, and the
/// most that is done for a file from elsewhere.
const WORK_FACTOR: u8 = 17;
/// Longest key as text, in bytes; an age key has 74.
const KEY_LIMIT: u64 = 128;

/// The key of an encrypted visit: an age X25519 identity. Whoever holds it can read the file. Never in debug output.
#[derive(Clone)]
pub struct VisitKey(x25519::Identity);

/// What one laptop reads and writes the encrypted file of a visit with.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// The key.
    pub key: VisitKey,
    /// The slot to write.
    pub slot: String,
    /// Slots of the same key that may still lie about.
    pub earlier: Vec<String>,
}

/// What an encrypted payload turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub enum Payload {
    /// All of it.
    Whole(Vec<u8>),
    /// It is for this key, and what comes after these bytes is damaged or missing.
    Part(Vec<u8>),
    /// Another key's, or damaged from the start: the bytes do not tell which.
    Shut,
}

impl VisitKey {
    /// A new key.
    #[must_use]
    pub fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// A key from its text (`AGE-SECRET-KEY-1…`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    /// The key as text: a secret.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.0.to_string().expose_secret().to_owned()
    }

    /// The public half (`age1…`), which names the key.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.to_public().to_string()
    }

    /// Locks the key with a passphrase. `None` only if age refuses, which nothing here can cause.
    #[must_use]
    pub fn lock(&self, passphrase: &str) -> Option<String> {
        let text = self.0.to_string();
        seal_for(&passphrase_recipient(passphrase), text.expose_secret().as_bytes())
            .map(|bytes| base64::encode(&bytes))
    }

    /// Whether a text has the shape of a slot, so that there may be a passphrase for it.
    #[must_use]
    pub fn is_slot(text: &str) -> bool {
        slot_bytes(text).is_some_and(|bytes| slot_decryptor(&bytes).is_some())
    }

    /// Takes the key out of a slot.
    ///
    /// # Errors
    /// [`SlotError`].
    pub fn unlock(slot: &str, passphrase: &str) -> Result<Self, SlotError> {
        let bytes = slot_bytes(slot).ok_or(SlotError::Unsound)?;
        let decryptor = slot_decryptor(&bytes).ok_or(SlotError::Unsound)?;
        let mut identity = PassphraseIdentity::new(SecretString::from(passphrase.to_owned()));
        identity.set_max_work_factor(WORK_FACTOR);
        let reader = decryptor.decrypt(iter::once(&identity as &dyn age::Identity));
        let reader = reader.map_err(|error| match error {
            DecryptError::DecryptionFailed => SlotError::WrongPassphrase,
            _ => SlotError::Unsound,
        })?;
        let mut text = String::new();
        reader.take(KEY_LIMIT).read_to_string(&mut text).map_err(|_| SlotError::Unsound)?;
        Self::parse(text.trim_end()).ok_or(SlotError::Unsound)
    }

    /// Encrypts to this key, differently each time. `None` only if age refuses, which nothing here can cause.
    #[must_use]
    pub fn seal(&self, plain: &[u8]) -> Option<Vec<u8>> {
        seal_for(&self.0.to_public(), plain)
    }

    /// Opens a payload.
    #[must_use]
    pub fn open(&self, payload: &[u8]) -> Payload {
        let start = payload.get(..payload.len().min(PREAMBLE_LIMIT)).unwrap_or_default();
        let bounded = start.windows(5).any(|window| window == b"\n--- ");
        if !bounded || payload.len() as u64 > FILE_LIMIT {
            return Payload::Shut;
        }
        let reader = Decryptor::new_buffered(payload)
            .and_then(|decryptor| decryptor.decrypt(iter::once(&self.0 as &dyn age::Identity)));
        let Ok(mut reader) = reader else { return Payload::Shut };
        // Never more than the payload itself has, which is bounded above.
        let mut plain = Vec::with_capacity(payload.len());
        match reader.read_to_end(&mut plain) {
            Ok(_) => Payload::Whole(plain),
            Err(_) => Payload::Part(plain),
        }
    }
}

impl fmt::Debug for VisitKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VisitKey(…)")
    }
}

impl Envelope {
    /// Whether a slot is known to hold this envelope's key.
    #[must_use]
    pub fn knows(&self, slot: &str) -> bool {
        self.slot == slot || self.earlier.iter().any(|earlier| earlier == slot)
    }
}

fn slot_bytes(slot: &str) -> Option<Vec<u8>> {
    (slot.len() <= SLOT_LIMIT).then(|| base64::decode(slot))?
}

/// A slot is locked with a passphrase; one for a public key would open for its owner without one.
fn slot_decryptor(bytes: &[u8]) -> Option<Decryptor<&[u8]>> {
    Decryptor::new_buffered(bytes).ok().filter(Decryptor::is_scrypt)
}

fn passphrase_recipient(passphrase: &str) -> PassphraseRecipient {
    let mut recipient = PassphraseRecipient::new(SecretString::from(passphrase.to_owned()));
    recipient.set_work_factor(WORK_FACTOR);
    recipient
}

fn seal_for(recipient: &dyn age::Recipient, plain: &[u8]) -> Option<Vec<u8>> {
    let encryptor = Encryptor::with_recipients(iter::once(recipient)).ok()?;
    let mut writer = encryptor.wrap_output(Vec::with_capacity(plain.len() + PREAMBLE_LIMIT)).ok()?;
    writer.write_all(plain).ok()?;
    writer.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSPHRASE: &str = "青禾镇 correct horse";

    #[test]
    fn a_key_opens_only_with_its_passphrase() {
        let key = VisitKey::generate();
        let slot = key.lock(PASSPHRASE).unwrap();
        assert!(slot.len() <= SLOT_LIMIT / 2 && VisitKey::is_slot(&slot));
        assert_eq!(VisitKey::unlock(&slot, PASSPHRASE).unwrap().to_text(), key.to_text());
        assert_eq!(VisitKey::unlock(&slot, "青禾镇 correct house").unwrap_err(), SlotError::WrongPassphrase);
        assert_eq!(VisitKey::parse(&key.to_text()).unwrap().name(), key.name());
        assert!(!format!("{key:?}").contains("AGE"));
    }

    #[test]
    fn a_slot_that_asks_for_too_much_work_or_none_at_all_is_refused() {
        let key = VisitKey::generate();
        let bytes = base64::decode(&key.lock(PASSPHRASE).unwrap()).unwrap();
        let line = bytes.windows(4).position(|window| window == b" 17\n").unwrap();
        for factor in [*b"18", *b"30", *b"63", *b"99"] {
            let mut costly = bytes.clone();
            costly.splice(line + 1..line + 3, factor);
            assert_eq!(
                VisitKey::unlock(&base64::encode(&costly), PASSPHRASE).unwrap_err(),
                SlotError::Unsound
            );
        }
        let to_a_key = key.seal(key.to_text().as_bytes()).unwrap();
        let not_a_key = seal_for(&passphrase_recipient(PASSPHRASE), b"AGE-SECRET-KEY-1").unwrap();
        for hostile in [to_a_key, not_a_key, bytes[..40].to_vec(), b"\n--- ".to_vec(), Vec::new()] {
            assert_eq!(
                VisitKey::unlock(&base64::encode(&hostile), PASSPHRASE).unwrap_err(),
                SlotError::Unsound
            );
        }
        for hostile in ["", "!", &"A".repeat(SLOT_LIMIT + 4)] {
            assert_eq!(VisitKey::unlock(hostile, PASSPHRASE).unwrap_err(), SlotError::Unsound);
        }
    }

    #[test]
    fn damage_never_passes_for_the_whole() {
        let key = VisitKey::generate();
        let plain: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
        let sealed = key.seal(&plain).unwrap();
        assert_ne!(sealed, key.seal(&plain).unwrap(), "nonces are fresh");
        assert_eq!(key.open(&sealed), Payload::Whole(plain.clone()));
        assert_eq!(VisitKey::generate().open(&sealed), Payload::Shut);
        let is_a_beginning = |payload: Payload| match payload {
            Payload::Whole(_) => false,
            Payload::Part(part) => plain.starts_with(&part) && part.len() < plain.len(),
            Payload::Shut => true,
        };
        for at in (0..sealed.len()).step_by(4_999) {
            assert!(is_a_beginning(key.open(&sealed[..at])), "cut at {at}");
            let mut flipped = sealed.clone();
            flipped[at] ^= 1;
            assert!(is_a_beginning(key.open(&flipped)), "flipped at {at}");
        }
        assert!(matches!(key.open(&sealed[..150_000]), Payload::Part(part) if part.len() == 2 << 16));
        let longer = [sealed.as_slice(), b"x"].concat();
        assert!(!matches!(key.open(&longer), Payload::Whole(_)));
    }

    #[test]
    fn an_endless_preamble_is_not_read() {
        let hostile = [b"age-encryption.org/v1\n".to_vec(), b"-> a\n\n".repeat(1 << 20)].concat();
        assert_eq!(VisitKey::generate().open(&hostile), Payload::Shut);
    }
}
