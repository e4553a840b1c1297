//! Every replica of a visit in a folder, whatever its name: the main file, conflict copies, backups, side files.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::{
    domain::id::VisitId,
    share::{
        disk::{Disk, FILE_LIMIT},
        envelope::Envelope,
        error::ShareError,
        file::{self, Contents},
    },
};

/// Files a folder may hold before only the main file is looked at.
const FOLDER_LIMIT: usize = 2_000;
/// Bytes that are read of every file to see whether it is a replica.
const PROBE: u64 = 4_096;

/// The main file as it was found.
#[derive(Debug)]
pub enum Main {
    /// There is none.
    Missing,
    /// It was read.
    Read {
        /// Its bytes.
        bytes: Vec<u8>,
        /// What they are.
        contents: Contents,
        /// Its text, if it is encrypted and all of it opened.
        text: Option<Vec<u8>>,
    },
    /// It is there and cannot be read: nothing may be concluded, nothing changed.
    Unavailable(io::Error),
}

impl Main {
    /// Whether the file says exactly this text already, so that nothing need be written.
    #[must_use]
    pub fn says(&self, wanted: &[u8]) -> bool {
        match self {
            Self::Read { bytes, text, .. } => text.as_ref().unwrap_or(bytes) == wanted,
            Self::Missing | Self::Unavailable(_) => false,
        }
    }
}

/// Reads the main file, and opens it if it is encrypted and the key is at hand.
///
/// # Errors
/// [`ShareError::Io`] if its folder cannot be listed (stick pulled, share gone).
pub fn read_main(disk: &dyn Disk, path: &Path, envelope: Option<&Envelope>) -> Result<Main, ShareError> {
    let folder = folder_of(path);
    let files = disk.list(folder).map_err(ShareError::io("list", folder))?;
    match disk.read(path, FILE_LIMIT + 1) {
        Ok(bytes) => {
            let (contents, text) = file::open(&bytes, envelope);
            Ok(Main::Read { bytes, contents, text })
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && !files.iter().any(|file| file == path) => {
            Ok(Main::Missing)
        }
        Err(error) => Ok(Main::Unavailable(error)),
    }
}

/// The other replicas of the visit beside the main file, opened as far as the key at hand goes. Those that cannot be
/// read are left out.
#[must_use]
pub fn other_replicas(
    disk: &dyn Disk,
    main: &Path,
    visit: &VisitId,
    envelope: Option<&Envelope>,
) -> Vec<(PathBuf, Contents)> {
    let Ok(files) = disk.list(folder_of(main)) else { return Vec::new() };
    if files.len() > FOLDER_LIMIT {
        return Vec::new();
    }
    let is_candidate = |path: &PathBuf| path != main && !is_lock_or_temporary(path);
    let is_replica = |path: &PathBuf| {
        disk.read(path, PROBE)
            .ok()
            .and_then(|start| file::header(start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start)))
            .is_some_and(|header| &header.visit == visit)
    };
    files
        .into_iter()
        .filter(is_candidate)
        .filter(is_replica)
        .filter_map(|path| {
            let (contents, _) = file::open(&disk.read(&path, FILE_LIMIT + 1).ok()?, envelope);
            Some((path, contents))
        })
        .collect()
}

/// Whether a file was left by a lock or by an unfinished write.
#[must_use]
pub fn is_lock_or_temporary(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with("~$"))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
