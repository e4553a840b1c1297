//! The shared file (`*.hecha`): its format, keys, signed commits, replicas in a folder and atomic replacement.
//!
//! Knows `domain` only. Never SQL, never the terminal. The format is specified in `docs/SHARED-FILE.md`.

pub mod code;
pub mod error;
pub mod evidence;
pub mod file;
pub mod folder;
pub mod wire;
