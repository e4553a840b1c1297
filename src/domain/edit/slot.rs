//! The slot of an encrypted visit: its key, locked with the passphrase, as the lead set it.

/// One setting of the passphrase. The order is the one that counts: of two slots for one key, the larger holds, on every
/// laptop the same and whatever the order in which they arrived. No clock decides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    /// Counts how often the lead set the passphrase, from 1.
    pub counter: u64,
    /// The key that is locked in it, by its public half.
    pub key: String,
    /// The locked key, as text.
    pub text: String,
}
