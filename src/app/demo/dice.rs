//! Dice that fall the same on every machine.

use sha2::{Digest, Sha256};

/// Dice seeded by words.
#[derive(Debug, Clone)]
pub struct Dice([u8; 32]);

impl Dice {
    /// Dice for these words.
    #[must_use]
    pub fn of(words: &[&str]) -> Self {
        Self(Sha256::digest(words.join("\0")).into())
    }

    /// A number below 100 that belongs to the words, without rolling on.
    #[must_use]
    pub fn share(&self) -> u64 {
        self.clone().roll(100)
    }

    /// The next number below `sides`.
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = Sha256::digest(self.0).into();
        let [a, b, c, d, ..] = self.0;
        u64::from(u32::from_le_bytes([a, b, c, d])) % sides.max(1)
    }
}
