//! The shared file (`*.hecha`): its format, keys, signed commits, replicas in a folder and atomic replacement.
//!
//! Knows `domain` only. Never SQL, never the terminal. The format is specified in `docs/SHARED-FILE.md`.

pub mod backup;
pub mod base64;
pub mod commit;
pub mod disk;
pub mod envelope;
pub mod error;
pub mod file;
pub mod folder;
pub mod json;
pub mod key;
pub mod replace;
pub mod seal;
pub mod wire;
mod wire_finding;
