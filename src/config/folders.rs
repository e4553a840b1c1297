//! The data folder of this user, as the system's conventions have it.

use std::path::PathBuf;

use directories::ProjectDirs;

/// The data folder, e.g. `~/.local/share/hecha`; `None` if the system names no home folder.
#[must_use]
pub fn data_folder() -> Option<PathBuf> {
    ProjectDirs::from("", "", "hecha").map(|dirs| dirs.data_local_dir().to_owned())
}
