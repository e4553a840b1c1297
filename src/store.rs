//! The truth of this laptop: one SQLite database. Commits and own edits go in and are never deleted.
//!
//! Knows nothing of the share, reports or the terminal: commits and edits are texts to it.

pub mod checks;
pub mod commits;
mod contents;
pub mod draws;
pub mod error;
mod indexes;
pub mod leftovers;
pub mod mending;
pub mod own_edits;
pub mod pool;
mod schema;
mod sums;
pub mod visits;
pub mod waivers;

use std::{
    path::{Component, Path, PathBuf, Prefix},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::store::error::StoreError;

/// How long one process waits for another that is writing.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Windows takes 259 characters, and SQLite adds up to eight for its journals.
const SHORT_PATH: usize = 250;

/// An open database.
pub struct Store {
    connection: Connection,
}

impl Store {
    /// Opens the database, creating or upgrading it.
    ///
    /// # Errors
    /// [`StoreError::Newer`] for a database of a newer program; the system's and SQLite's errors otherwise.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = match long_form(path) {
            Some(path) => Connection::open_with_flags_and_vfs(path, flags, "win32-longpath")?,
            None => Connection::open_with_flags(path, flags)?,
        };
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // FULL: a commit is on the disk when it returns, so that 已存 is never said too early (invariant 1).
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        // A page that says to hold what lies outside of it is damage, and not read as something else.
        connection.pragma_update(None, "cell_size_check", true)?;
        schema::migrate(&mut connection)?;
        Ok(Self { connection })
    }

    /// A database that is gone with the program: for what is only read.
    ///
    /// # Errors
    /// SQLite's.
    pub fn in_memory() -> Result<Self, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        schema::migrate(&mut connection)?;
        Ok(Self { connection })
    }

    /// The secret key of this installation; `fresh` is stored if there is none yet.
    ///
    /// # Errors
    /// SQLite's, or [`StoreError::Damaged`].
    pub fn device_secret(&mut self, fresh: impl FnOnce() -> [u8; 32]) -> Result<[u8; 32], StoreError> {
        let transaction =
            self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let stored: Option<Vec<u8>> = transaction
            .query_row("SELECT secret FROM device WHERE id = 1", [], |row| row.get(0))
            .optional()?;
        let secret = match stored {
            Some(bytes) => bytes.try_into().map_err(|_| StoreError::Damaged { what: "device key" })?,
            None if is_in_use(&transaction)? => return Err(StoreError::Damaged { what: "device key" }),
            None => {
                let secret = fresh();
                transaction.execute("INSERT INTO device (id, secret) VALUES (1, ?1)", [secret.as_slice()])?;
                secret
            }
        };
        transaction.commit()?;
        Ok(secret)
    }
}

/// Whether this laptop signs in a visit with the key of the installation: then a new one would be a stranger's.
fn is_in_use(connection: &Connection) -> Result<bool, rusqlite::Error> {
    let sql = "SELECT 1 FROM visit WHERE me IS NOT NULL AND secret IS NULL";
    connection.prepare_cached(sql)?.exists([])
}

/// The form in which Windows takes a long path; `None` for others. `std` makes it for itself, SQLite does not.
fn long_form(path: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(path).ok()?;
    let Component::Prefix(prefix) = whole.components().next()? else { return None };
    let text = whole.to_str().filter(|text| text.encode_utf16().count() > SHORT_PATH)?;
    match prefix.kind() {
        Prefix::Disk(_) => Some(PathBuf::from(format!(r"\\?\{text}"))),
        Prefix::UNC(..) => Some(PathBuf::from(format!(r"\\?\UNC\{}", text.trim_start_matches('\\')))),
        _ => None,
    }
}
