//! Files and folders that the user names: read whole, bounded, with a clear failure; folders made when needed.

use std::{fs, io, path::Path};

use crate::{
    app::{failure::Failure, system, wording},
    domain::id::FeedId,
    share::{
        base64,
        disk::{Disk, FILE_LIMIT, RealDisk},
        folder::mark_of,
        replace::replace,
    },
};

/// Reads a file.
///
/// # Errors
/// If it cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    RealDisk.read(path, FILE_LIMIT).map_err(|error| wording::path(path, &error))
}

/// Makes a folder and those above it; one that is there is fine.
///
/// # Errors
/// The system's; the caller knows what the folder was for.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Writes a file whole or not at all; what is there is replaced.
///
/// # Errors
/// If it cannot be written; then what was there is as it was.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    replace(&RealDisk, path, bytes, &token()?).map_err(|error| wording::export(&error))
}

/// A name for a temporary file that no other process uses.
pub(crate) fn token() -> Result<String, Failure> {
    Ok(base64::encode(&system::random_bytes::<4>()?))
}

/// A name for a temporary file on the share: six characters, of which four tell whose it is.
pub(crate) fn own_token(feed: &FeedId) -> Result<String, Failure> {
    let chance: String = base64::encode(&system::random_bytes::<2>()?).chars().take(2).collect();
    Ok(format!("{}{chance}", mark_of(feed)))
}
