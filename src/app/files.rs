//! Files and folders that the user names: read whole, bounded, with a clear failure; folders made when needed.

use std::{fs, io, path::Path};

use crate::{
    app::{failure::Failure, wording},
    share::disk::{Disk, FILE_LIMIT, RealDisk},
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
