//! A folder of sealed files: listing it, reading one with its hash checked, writing one whole. Names are hashes, one level.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use crate::{
    domain::terms::digest::Digest,
    share::{
        error::ShareError,
        evidence::{SEALED_LIMIT, is_whole},
        folder::{
            disk::Disk,
            replace::{replace, replace_private},
        },
    },
};

/// What a sealed file turned out to be when it was read.
#[derive(Debug)]
pub enum Read {
    /// The bytes that its name promises.
    Whole(Vec<u8>),
    /// Other bytes: cut, flipped, swapped or too long.
    Damaged,
}

/// The sealed files of a folder by name. A folder that is not there holds none.
///
/// # Errors
/// [`ShareError::Io`].
pub fn list(disk: &dyn Disk, folder: &Path) -> Result<BTreeMap<Digest, PathBuf>, ShareError> {
    let files = match disk.list(folder) {
        Ok(files) => files,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(ShareError::io("list", folder)(error)),
    };
    let named = files.into_iter().filter_map(|path| {
        let name = Digest::from_hex(path.file_name()?.to_str()?)?;
        Some((name, path))
    });
    Ok(named.collect())
}

/// As [`list`], of the folder beside a shared file: whoever can write there could make it a link that leads out.
///
/// # Errors
/// As [`list`].
pub fn list_beside(disk: &dyn Disk, folder: &Path) -> Result<BTreeMap<Digest, PathBuf>, ShareError> {
    disk.refuse_link(folder).map_err(ShareError::io("list", folder))?;
    list(disk, folder)
}

/// Reads a sealed file and compares it with its name.
///
/// # Errors
/// [`ShareError::Io`].
pub fn read(disk: &dyn Disk, folder: &Path, name: &Digest) -> Result<Read, ShareError> {
    let path = folder.join(name.to_hex());
    let bytes = disk.read(&path, SEALED_LIMIT + 1).map_err(ShareError::io("read", &path))?;
    Ok(if is_whole(name, &bytes) { Read::Whole(bytes) } else { Read::Damaged })
}

/// Keeps a sealed file in the data folder, whole or not at all, for the user of this laptop only. Damaged bytes under its name
/// are replaced.
///
/// # Errors
/// [`ShareError::Io`] or [`ShareError::ReadBack`].
pub fn keep(
    disk: &dyn Disk,
    folder: &Path,
    name: &Digest,
    bytes: &[u8],
    token: &str,
) -> Result<(), ShareError> {
    replace_private(disk, &folder.join(name.to_hex()), bytes, token)
}

/// Writes a sealed file beside the shared file, whole or not at all, making the folder first. Damaged bytes under its name are
/// replaced.
///
/// # Errors
/// [`ShareError::Io`] or [`ShareError::ReadBack`].
pub fn write(
    disk: &dyn Disk,
    folder: &Path,
    name: &Digest,
    bytes: &[u8],
    token: &str,
) -> Result<(), ShareError> {
    disk.make_folder(folder).map_err(ShareError::io("make", folder))?;
    replace(disk, &folder.join(name.to_hex()), bytes, token)
}
