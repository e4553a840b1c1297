//! What can go wrong with shared files. `app` words it for the user.

use std::{io, path::PathBuf};

/// Why a line of a shared file is not taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Not `signature json`.
    #[error("not a commit")]
    Shape,
    /// Longer than allowed.
    #[error("line too long")]
    TooLong,
    /// Not strict JSON, or without the members of a commit.
    #[error("not the JSON of a commit")]
    Json,
    /// The founding commit of another visit, or a commit bound to one.
    #[error("belongs to another visit")]
    OtherVisit,
    /// The signature does not fit.
    #[error("signature does not verify")]
    Signature,
    /// The public key of its feed is not known (yet).
    #[error("signed by an unknown key")]
    UnknownKey,
}

/// Why a slot gives no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SlotError {
    /// The passphrase is not the one it was locked with.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// Not a slot, damaged, or made so that opening it would take unbounded work.
    #[error("not a sound slot")]
    Unsound,
}

/// Why a file operation on the share failed.
#[derive(Debug, thiserror::Error)]
pub enum ShareError {
    /// The system refused.
    #[error("cannot {action} {path}: {source}")]
    Io {
        /// read, write, rename, list
        action: &'static str,
        /// Which file or folder.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// What was written reads back differently.
    #[error("{path} reads back differently from what was written")]
    ReadBack {
        /// Which file.
        path: PathBuf,
    },
}

impl ShareError {
    /// Wraps an error of the system.
    pub fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }
}
