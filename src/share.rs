//! The shared file (`*.hecha`): its format, keys, signed commits, replicas in a folder and atomic replacement.
//!
//! Knows `domain` only. Never SQL, never the terminal. The format is specified in `docs/SHARED-FILE.md`.

pub mod backup;
pub mod base32;
pub mod base64;
pub mod chain;
pub mod cloud;
pub mod code;
pub mod commit;
pub mod disk;
pub mod envelope;
pub mod error;
pub mod evidence;
pub mod evidence_folder;
pub mod file;
pub mod folder;
pub mod inspect;
pub mod json;
pub mod key;
pub mod lock;
pub mod main_file;
pub mod name;
pub mod photo;
pub mod replace;
pub mod seal;
pub mod wire;
pub mod wire_draw;
mod wire_evidence;
mod wire_facility;
mod wire_finding;
mod wire_membership;
mod wire_panel;
mod wire_rectify;
