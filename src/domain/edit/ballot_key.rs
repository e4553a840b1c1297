//! The key of a sealed ballot.

/// The key that opens a member's ballot. Its bytes never appear in debug output.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct BallotKey(pub [u8; 32]);

impl std::fmt::Debug for BallotKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BallotKey(…)")
    }
}
