//! Bounds that more than one room of `share` holds to, so that none has to ask another for them.

/// Largest shared file that is read, in bytes.
pub const FILE_LIMIT: u64 = 256 << 20;
/// Longest slot (the visit's key, locked with the passphrase) that is looked at, in characters; ours have about 350.
pub const SLOT_LIMIT: usize = 1_024;
/// Longest box (a share of a ballot's key, locked to one device) that is read, in bytes; ours have about 250.
pub const BOX_LIMIT: usize = 1_024;
/// Devices of one seat that a share is locked to, at most.
pub const DEVICES_A_SEAT: usize = 20;
/// Largest head of an age file that is read, in bytes: age reads it anew for each of its lines.
pub const PREAMBLE_LIMIT: usize = 8_192;
