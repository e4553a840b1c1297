//! Files and folders that the user names: read whole, bounded, with a clear failure; folders made when needed.

pub mod completions;
pub mod dropped_paths;
pub mod existing;
pub mod private;
pub(crate) mod stem;

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::{
    app::{
        failure::{Failure, wording},
        system,
    },
    config::folders,
    domain::terms::id::FeedId,
    share::{
        code::base64,
        error::ShareError,
        folder::{
            disk::{RealDisk, check_free_or_regular, read_named},
            mark_of,
            replace::{replace, replace_private},
        },
        limits::FILE_LIMIT,
    },
};

/// Reads a regular file; a link is followed.
///
/// # Errors
/// If it cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    read_start(path, FILE_LIMIT)
}

/// As [`read`], at most so many bytes.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_start(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    read_named(path, limit).map_err(|error| wording::path(path, &error))
}

/// Entries of a folder that are shown.
const SHOWN: usize = 2_000;

/// What lies in a folder, for picking files. Hidden entries are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderListing {
    /// The folder.
    pub folder: PathBuf,
    /// Names of folders, the one above first.
    pub folders: Vec<String>,
    /// Files, the latest first: what was just photographed is on top.
    pub files: Vec<ListedFile>,
}

/// A file of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedFile {
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// When it was last written, as shown to people; empty if the system does not say.
    pub modified: String,
}

impl FolderListing {
    /// The path of a file.
    #[must_use]
    pub fn path_of_file(&self, index: usize) -> Option<PathBuf> {
        self.files.get(index).map(|file| self.folder.join(&file.name))
    }

    /// The path of a folder.
    #[must_use]
    pub fn path_of_folder(&self, index: usize) -> Option<PathBuf> {
        let name = self.folders.get(index)?;
        if name == ".." { self.folder.parent().map(Path::to_path_buf) } else { Some(self.folder.join(name)) }
    }
}

/// Whether something lies at a path; a link counts as what it leads to.
#[must_use]
pub fn is_there(path: &Path) -> bool {
    path.exists()
}

/// Whether a name is taken, be it by a link that leads nowhere.
#[must_use]
pub(crate) fn is_named(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Whether a path is a file.
#[must_use]
pub(crate) fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// The path with its links resolved; as it is where the system cannot tell.
#[must_use]
pub(crate) fn without_links(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Whether a path is a folder.
#[must_use]
pub fn is_folder(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|data| data.is_dir())
}

/// Reads a folder; without one, the folder where this user keeps photos.
///
/// # Errors
/// If it cannot be read.
pub fn list_folder(folder: Option<&Path>) -> Result<FolderListing, Failure> {
    let folder = folder.map(Path::to_path_buf).or_else(folders::photo_folder).unwrap_or_else(|| ".".into());
    let folder = std::path::absolute(&folder).map_err(|error| wording::path(&folder, &error))?;
    let entries = fs::read_dir(&folder).map_err(|error| wording::path(&folder, &error))?;
    let (mut folders, mut files) = (Vec::new(), Vec::new());
    for entry in entries.filter_map(Result::ok).take(SHOWN) {
        let Ok(name) = entry.file_name().into_string() else { continue };
        // Follows links, so that a linked folder can be opened.
        let Some(data) = fs::metadata(entry.path()).ok().filter(|_| !name.starts_with('.')) else { continue };
        if data.is_dir() {
            folders.push(name);
        } else if data.is_file() {
            let modified = data.modified().map(system::time_text).unwrap_or_default();
            files.push(ListedFile { name, size: data.len(), modified });
        }
    }
    folders.sort();
    files.sort_by(|a, b| (&b.modified, &a.name).cmp(&(&a.modified, &b.name)));
    if folder.parent().is_some() {
        folders.insert(0, "..".to_owned());
    }
    Ok(FolderListing { folder, folders, files })
}

/// When a file was last written, in the local time zone, as shown to people; `None` if the system does not tell.
pub(crate) fn time_written(path: &Path) -> Option<String> {
    fs::metadata(path).and_then(|data| data.modified()).map(system::time_text).ok()
}

/// How long ago a file was last written; `None` if the system does not tell, or tells a time to come.
pub(crate) fn age(path: &Path) -> Option<Duration> {
    fs::symlink_metadata(path).and_then(|data| data.modified()).ok()?.elapsed().ok()
}

/// The folders in a folder, sorted; none if it cannot be read. Links are left out.
pub(crate) fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.path()).collect();
    folders.sort();
    folders
}

/// Makes a folder and those above it; one that is there is fine.
///
/// # Errors
/// The system's; the caller knows what the folder was for.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Writes a file whole or not at all; a file that is there is replaced, anything else is not.
///
/// # Errors
/// If it cannot be written; then what was there is as it was.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    check_free_or_regular(path).map_err(|error| wording::export(&ShareError::io("write", path)(error)))?;
    replace(&RealDisk, path, bytes, &token()?).map_err(|error| wording::export(&error))
}

/// As [`write_whole`], for what only the user of this laptop may read.
///
/// # Errors
/// As [`write_whole`].
pub(crate) fn write_own(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    check_free_or_regular(path).map_err(|error| wording::export(&ShareError::io("write", path)(error)))?;
    replace_private(&RealDisk, path, bytes, &token()?).map_err(|error| wording::export(&error))
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
