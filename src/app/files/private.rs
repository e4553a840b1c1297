//! Keeps the data folder to the user of this laptop: it holds the key of the device and votes that nobody may read yet.

use std::{
    fs::{self, OpenOptions},
    io,
    path::Path,
};

use crate::share::folder::disk::check_named;

/// What the program and its user put into a data folder. One that holds anything else has another purpose too, and closing it
/// could lock others out.
#[cfg(unix)]
const OURS: [&str; 11] = [
    "hecha.db",
    "hecha.db-wal",
    "hecha.db-shm",
    "hecha.db-journal",
    "settings.toml",
    "bookmarks.txt",
    "phrases.txt",
    "report.toml",
    "checklists",
    "backups",
    "evidence",
];

/// Who may read a data folder besides its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Privacy {
    /// Nobody: folders 0700, files 0600.
    Own,
    /// On Windows, in the folder of the user, whose rights it takes over.
    OfUser,
    /// On Windows, somewhere else: its rights are those of the folder above.
    Elsewhere,
    /// Others of this machine.
    Open,
    /// The system does not tell.
    Unknown,
}

/// Makes a folder and those above it; those that are made are the user's alone.
///
/// # Errors
/// The system's.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes an empty file that is the user's alone, if there is none; what is there must be a file: what is written into it later is so from the first byte.
/// SQLite gives the files that it makes beside a database the rights of the database.
///
/// # Errors
/// The system's.
pub(crate) fn make_file(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => check_named(path),
        made => made.map(|_| ()),
    }
}

/// Closes a data folder that others can look into. What the system refuses is told by `doctor`.
#[cfg(unix)]
pub(crate) fn close(root: &Path) {
    // The database last: as long as it is open to others, not all has been closed.
    let database = root.join("hecha.db");
    let is_root_open = fs::metadata(root).is_ok_and(|data| lets_others(&data) == Some(true));
    if !is_root_open && !is_open(&database) {
        return;
    }
    if is_root_open && is_ours_alone(root) {
        let _told_by_doctor = narrow(root);
    }
    for name in OURS.iter().rev() {
        close_below(&root.join(name));
    }
}

/// Elsewhere a folder takes over the rights of the one above.
#[cfg(not(unix))]
pub(crate) fn close(_: &Path) {}

/// Who may read a data folder. Nobody reaches what is in a closed one, whatever its own rights.
pub(crate) fn privacy(root: &Path, of_user: Option<&Path>) -> Privacy {
    match fs::metadata(root).ok().and_then(|data| lets_others(&data)) {
        Some(true) => Privacy::Open,
        Some(false) => Privacy::Own,
        None => by_place(root, of_user),
    }
}

/// Where folders have no rights of their own that we could read, what counts is where they lie.
fn by_place(root: &Path, of_user: Option<&Path>) -> Privacy {
    let whole = |path: &Path| fs::canonicalize(path).ok();
    match (whole(root), of_user.and_then(whole)) {
        (Some(root), Some(user)) if root.starts_with(&user) => Privacy::OfUser,
        (Some(_), Some(_)) => Privacy::Elsewhere,
        _ => Privacy::Unknown,
    }
}

/// Whether somebody else may do anything with it; `None` where the system does not tell.
#[cfg(unix)]
fn lets_others(data: &fs::Metadata) -> Option<bool> {
    use std::os::unix::fs::PermissionsExt;
    Some(data.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn lets_others(_: &fs::Metadata) -> Option<bool> {
    None
}

/// Whether somebody else may do anything with what lies at a path. What is not there, and a link, is nobody's.
#[cfg(unix)]
fn is_open(path: &Path) -> bool {
    fs::symlink_metadata(path)
        .is_ok_and(|data| !data.file_type().is_symlink() && lets_others(&data) == Some(true))
}

/// Whether everything in the folder belongs into a data folder.
#[cfg(unix)]
fn is_ours_alone(root: &Path) -> bool {
    let is_ours = |name: &str| name.starts_with("~$") || name == ".DS_Store" || OURS.contains(&name);
    fs::read_dir(root).is_ok_and(|mut entries| {
        entries.all(|entry| entry.is_ok_and(|it| it.file_name().to_str().is_some_and(is_ours)))
    })
}

/// Takes away what others may do.
#[cfg(unix)]
fn narrow(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path)?.permissions().mode() & 0o700;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// Closes a file, or a folder with all that is in it. Links lead to what is not ours.
#[cfg(unix)]
fn close_below(path: &Path) {
    let Ok(kind) = fs::symlink_metadata(path).map(|data| data.file_type()) else { return };
    if !kind.is_dir() && !kind.is_file() {
        return;
    }
    if is_open(path) {
        let _told_by_doctor = narrow(path);
    }
    if kind.is_dir() {
        for entry in fs::read_dir(path).into_iter().flatten().filter_map(Result::ok) {
            close_below(&entry.path());
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn put(path: &Path, mode: u32) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn what_is_made_is_the_users_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (root, inner) = (folder.path().join("home"), folder.path().join("home/evidence/v/own"));
        make_folder(&inner).unwrap();
        make_file(&root.join("hecha.db")).unwrap();
        make_file(&root.join("hecha.db")).unwrap();
        for made in [&root, &root.join("evidence"), &inner] {
            assert_eq!(mode(made), 0o700, "{}", made.display());
        }
        assert_eq!(mode(&root.join("hecha.db")), 0o600);
        assert_eq!(privacy(&root, None), Privacy::Own);
    }

    #[test]
    fn an_open_folder_is_closed_with_all_that_is_ours_and_no_link_is_followed() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("home");
        let files = ["hecha.db", "hecha.db-wal", "settings.toml", "evidence/v/own/abc", "checklists/a.toml"];
        for file in files {
            put(&root.join(file), 0o644);
        }
        put(&root.join("checklists/read-only.toml"), 0o444);
        put(&folder.path().join("outside"), 0o644);
        symlink(folder.path().join("outside"), root.join("report.toml")).unwrap();
        fs::set_permissions(&root, fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(privacy(&root, None), Privacy::Open);
        close(&root);
        for file in files {
            assert_eq!(mode(&root.join(file)), 0o600, "{file}");
        }
        assert_eq!(
            mode(&root.join("checklists/read-only.toml")),
            0o400,
            "nothing is given that was not there"
        );
        assert_eq!((mode(&root), mode(&root.join("evidence/v"))), (0o700, 0o700));
        assert_eq!(mode(&folder.path().join("outside")), 0o644);
        assert_eq!(privacy(&root, None), Privacy::Own);
    }

    #[test]
    fn where_the_system_tells_no_rights_the_place_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let (user, other) = (folder.path().join("user"), folder.path().join("other"));
        let home = user.join("data");
        make_folder(&home).unwrap();
        make_folder(&other).unwrap();
        assert_eq!(by_place(&home, Some(&user)), Privacy::OfUser);
        assert_eq!(by_place(&other, Some(&user)), Privacy::Elsewhere);
        assert_eq!(by_place(&other, None), Privacy::Unknown);
        assert_eq!(by_place(&other.join("nothing"), Some(&user)), Privacy::Unknown);
    }

    #[test]
    fn a_folder_that_is_not_only_ours_stays_open_but_what_is_ours_in_it_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("shared");
        put(&root.join("visit.hecha"), 0o644);
        put(&root.join("hecha.db"), 0o644);
        fs::set_permissions(&root, fs::Permissions::from_mode(0o755)).unwrap();
        close(&root);
        assert_eq!((mode(&root), mode(&root.join("hecha.db"))), (0o755, 0o600));
        assert_eq!(mode(&root.join("visit.hecha")), 0o644);
        assert_eq!(privacy(&root, None), Privacy::Open);
    }
}
