//! Opens regular files and nothing else: a pipe hangs whoever opens it, a device does something, a link leads away.

use std::{
    error::Error,
    fmt,
    fs::{self, File, Metadata, OpenOptions},
    io,
    path::Path,
};

/// What lies at a path instead of a regular file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotRegular {
    /// A link, where none is followed.
    Link,
    /// A folder.
    Folder,
    /// A pipe, a device or a socket.
    Special,
}

impl NotRegular {
    /// What an answer of [`open`] says of the path, if it was refused for what lies there.
    #[must_use]
    pub fn of(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref().copied()
    }

    fn of_data(data: &Metadata) -> Option<Self> {
        let kind = data.file_type();
        if kind.is_file() {
            None
        } else if kind.is_symlink() {
            Some(Self::Link)
        } else if kind.is_dir() {
            Some(Self::Folder)
        } else {
            Some(Self::Special)
        }
    }
}

impl fmt::Display for NotRegular {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Link => "this is a link to another place, and links are not followed here",
            Self::Folder => "this is a folder",
            Self::Special => "this is a pipe, device or socket, not a file",
        })
    }
}

impl Error for NotRegular {}

impl From<NotRegular> for io::Error {
    fn from(what: NotRegular) -> Self {
        let kind = match what {
            NotRegular::Folder => io::ErrorKind::IsADirectory,
            NotRegular::Link | NotRegular::Special => io::ErrorKind::Unsupported,
        };
        Self::new(kind, what)
    }
}

/// Whether a link at the path leads on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    /// What others can put there: a link is refused.
    Refused,
    /// What the user of this laptop named.
    Followed,
}

/// Opens a file if it is a regular one.
///
/// # Errors
/// The system's, or one made of a [`NotRegular`].
pub(super) fn open(path: &Path, links: Links, options: &mut OpenOptions) -> io::Result<File> {
    // Asked before, since opening alone can do harm, and again of what was opened: it may have been exchanged in between.
    if let Ok(data) = data_of(path, links) {
        check(&data)?;
    }
    let file = without_waiting(links, options).open(path)?;
    check(&file.metadata()?)?;
    Ok(file)
}

/// What the system says of a path.
pub(super) fn data_of(path: &Path, links: Links) -> io::Result<Metadata> {
    match links {
        Links::Refused => fs::symlink_metadata(path),
        Links::Followed => fs::metadata(path),
    }
}

/// Refuses what is no regular file.
pub(super) fn check(data: &Metadata) -> io::Result<()> {
    NotRegular::of_data(data).map_or(Ok(()), |what| Err(what.into()))
}

#[cfg(unix)]
fn without_waiting(links: Links, options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;

    // A pipe that was put there after the look does not hold us up; a link that was put there is not followed.
    let no_link = if links == Links::Refused { libc::O_NOFOLLOW } else { 0 };
    options.custom_flags(libc::O_NONBLOCK | no_link)
}

#[cfg(not(unix))]
fn without_waiting(_: Links, options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::{fs::symlink, net::UnixListener};

    use super::*;

    fn refused(path: &Path, links: Links) -> Option<NotRegular> {
        match open(path, links, OpenOptions::new().read(true)) {
            Ok(_) => None,
            Err(error) => Some(NotRegular::of(&error).unwrap_or_else(|| panic!("{error}"))),
        }
    }

    #[test]
    fn only_regular_files_are_opened_and_links_only_where_the_user_named_them() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("file"), "x").unwrap();
        symlink(at("file"), at("link")).unwrap();
        symlink("/dev/zero", at("zero")).unwrap();
        symlink(at("nowhere"), at("dangling")).unwrap();
        let _socket = UnixListener::bind(at("socket")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        for links in [Links::Refused, Links::Followed] {
            assert_eq!(refused(&at("file"), links), None);
            assert_eq!(refused(folder.path(), links), Some(NotRegular::Folder));
            for special in ["pipe", "socket", "/dev/zero"] {
                assert_eq!(refused(&at(special), links), Some(NotRegular::Special), "{special}");
            }
        }
        for link in ["link", "zero", "dangling"] {
            assert_eq!(refused(&at(link), Links::Refused), Some(NotRegular::Link), "{link}");
        }
        assert_eq!(refused(&at("link"), Links::Followed), None);
        assert_eq!(refused(&at("zero"), Links::Followed), Some(NotRegular::Special));
    }

    #[test]
    fn what_is_exchanged_between_the_look_and_the_opening_is_refused_all_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let (file, pipe, link) =
            (folder.path().join("file"), folder.path().join("pipe"), folder.path().join("link"));
        fs::write(&file, "x").unwrap();
        symlink(&file, &link).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let mut options = OpenOptions::new();
        let opened = without_waiting(Links::Refused, options.read(true)).open(&pipe).unwrap();
        assert!(check(&opened.metadata().unwrap()).is_err(), "opened without a writer, and then refused");
        assert!(without_waiting(Links::Refused, OpenOptions::new().read(true)).open(&link).is_err());
    }
}
