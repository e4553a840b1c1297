//! What can go wrong with the local store.

/// Why the store could not do something.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database was written by a newer program.
    #[error("database version {found} is newer than {known}")]
    Newer {
        /// Version in the file.
        found: i64,
        /// Newest this program knows.
        known: i64,
    },
    /// Something in the database is not what the program wrote.
    #[error("the database holds an invalid {what}")]
    Damaged {
        /// What.
        what: &'static str,
    },
    /// Another process sealed the same edits first; the caller reloads.
    #[error("another process wrote first")]
    Raced,
    /// SQLite's answer.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
}

impl StoreError {
    /// Whether the disk is full or may not be written.
    #[must_use]
    pub fn is_disk_trouble(&self) -> bool {
        use rusqlite::ErrorCode::{CannotOpen, DiskFull, PermissionDenied, ReadOnly, SystemIoFailure};
        matches!(self, Self::Sqlite(error) if matches!(error.sqlite_error_code(),
            Some(DiskFull | ReadOnly | PermissionDenied | CannotOpen | SystemIoFailure)))
    }
}
