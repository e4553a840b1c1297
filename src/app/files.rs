//! Files that the user names: read whole, bounded, with a clear failure.

use std::path::Path;

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
