//! The shared file (`*.hecha`): its format, keys, signed commits, replicas in a folder and atomic replacement.
//!
//! Knows `domain` only. Never SQL, never the terminal. The format is specified in `docs/SHARED-FILE.md`. Reading order,
//! from the ground up: `code` are binary text, strict JSON, keys and typed codes; `wire` turns edits into JSON and back;
//! `file` are the bytes of one shared file; `folder` finds and replaces files safely; `evidence` lies beside them;
//! `opening` is how a panel opens a ballot, `record` what it signs at the end.

pub mod code;
pub mod error;
pub mod evidence;
pub mod file;
pub mod folder;
pub mod limits;
pub mod opening;
pub mod record;
pub mod wire;
