//! The data folder of this user, as the system's conventions have it.

use std::path::PathBuf;

use directories::{ProjectDirs, UserDirs};

/// The data folder, e.g. `~/.local/share/hecha`; `None` if the system names no home folder.
#[must_use]
pub fn data_folder() -> Option<PathBuf> {
    ProjectDirs::from("", "", "hecha").map(|dirs| dirs.data_local_dir().to_owned())
}

/// The folder where this user keeps photos, else the home folder.
#[must_use]
pub fn photo_folder() -> Option<PathBuf> {
    let user = UserDirs::new()?;
    let photos = user.picture_dir().filter(|folder| folder.is_dir());
    Some(photos.unwrap_or_else(|| user.home_dir()).to_owned())
}

/// The folder of this user.
#[must_use]
pub fn user_folder() -> Option<PathBuf> {
    UserDirs::new().map(|dirs| dirs.home_dir().to_owned())
}
