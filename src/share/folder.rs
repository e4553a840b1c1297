//! Every replica of a visit in a folder, whatever its name: the main file, conflict copies, backups, side files.
//!
//! Reading order: `disk` is what the system must do, `replace` writes safely with it, `lock` takes turns, `backup` keeps
//! earlier bytes; `name` and `cloud` know file names and folders that are not like others.

pub mod backup;
pub mod cloud;
pub mod disk;
pub mod lock;
pub mod name;
pub mod replace;

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::{
    domain::terms::id::{FeedId, VisitId},
    share::{
        error::ShareError,
        file::{
            self, Contents,
            envelope::Envelope,
            main_file::{Main, Reading},
        },
        folder::{disk::Disk, replace::patiently},
        limits::FILE_LIMIT,
    },
};

/// Files of a folder that are looked at. Of more (a whole stick) those that look like a copy by their names.
pub const FOLDER_LIMIT: usize = 2_000;

/// What lies at and beside the path of a shared file.
#[derive(Debug)]
pub struct Found {
    /// The main file.
    pub main: Main,
    /// The other files of its folder that are looked at.
    pub beside: Vec<PathBuf>,
    /// How many are not, because there are too many.
    pub n_left_out: usize,
}

/// Lists the folder once, reads the main file, and opens it if it is encrypted and the key is at hand.
///
/// # Errors
/// [`ShareError::Io`] if the folder cannot be listed (stick pulled, share gone).
pub fn look(disk: &dyn Disk, path: &Path, envelope: Option<&Envelope>) -> Result<Found, ShareError> {
    let folder = folder_of(path);
    let mut beside = disk.list(folder).map_err(ShareError::io("list", folder))?;
    let listed = beside.iter().any(|file| is_same(file, path) || is_evicted(file, path));
    let main = match read_again(disk, path, envelope) {
        Main::Missing if listed => Main::Unavailable(io::ErrorKind::NotFound.into()),
        main => main,
    };
    beside.retain(|file| !is_same(file, path));
    let n_beside = beside.len();
    if n_beside > FOLDER_LIMIT {
        beside.retain(|file| is_named_like_a_copy(file, path) || is_lock_or_temporary(file));
        // Those that begin like the main file first, should there be too many of these, too.
        beside.sort_by_cached_key(|file| (!begins_like(file, path), file.clone()));
        beside.truncate(FOLDER_LIMIT);
    }
    Ok(Found { main, n_left_out: n_beside - beside.len(), beside })
}

/// Whether a name looks like that of a copy of the main file: a shared file's, or one that begins like the main file's.
#[must_use]
pub fn is_named_like_a_copy(file: &Path, main: &Path) -> bool {
    let is_shared = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("hecha"));
    is_shared || begins_like(file, main)
}

fn begins_like(file: &Path, main: &Path) -> bool {
    let stem = main.file_stem().and_then(|stem| stem.to_str()).filter(|stem| !stem.is_empty());
    stem.is_some_and(|stem| name_of(file).starts_with(stem))
}

/// Reads the main file.
///
/// # Errors
/// As [`look`].
pub fn read_main(disk: &dyn Disk, path: &Path, envelope: Option<&Envelope>) -> Result<Main, ShareError> {
    look(disk, path, envelope).map(|found| found.main)
}

/// Reads the main file again, after its folder was listed.
#[must_use]
pub fn read_again(disk: &dyn Disk, path: &Path, envelope: Option<&Envelope>) -> Main {
    match patiently(disk, || disk.read(path, FILE_LIMIT + 1)) {
        Ok(bytes) => Main::Read(Box::new(Reading::new(bytes, envelope))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Main::Missing,
        Err(error) => Main::Unavailable(error),
    }
}

/// The files beside the main one that may be replicas.
pub fn candidates(beside: &[PathBuf]) -> impl Iterator<Item = &PathBuf> {
    beside.iter().filter(|path| !is_lock_or_temporary(path))
}

/// A file, opened as far as the key at hand goes, if it is a replica of the visit with more than `known`, the text that the main
/// file should have. One that cannot be read is left out.
#[must_use]
pub fn replica(
    disk: &dyn Disk,
    path: &Path,
    visit: &VisitId,
    envelope: Option<&Envelope>,
    known: &[u8],
) -> Option<Contents> {
    let start = disk.read(path, file::HEADER_PROBE).ok()?;
    let header = file::read_header(&start);
    if !header.is_of(visit) {
        return None;
    }
    let bytes = disk.read(path, FILE_LIMIT + 1).ok()?;
    if matches!(header, Contents::Lines { .. }) && file::adds_nothing(&bytes, known) {
        return None;
    }
    let (contents, text) = file::open(&bytes, envelope);
    let says_more = text.is_none_or(|text| !file::adds_nothing(&text, known));
    (contents.is_of(visit) && says_more).then_some(contents)
}

/// Whether a file was left by a lock or by an unfinished write.
#[must_use]
pub fn is_lock_or_temporary(path: &Path) -> bool {
    name_of(path).starts_with("~$")
}

/// The first four characters of a feed, which mark its side and temporary files.
#[must_use]
pub fn mark_of(feed: &FeedId) -> String {
    feed.as_str().chars().take(4).collect()
}

/// Where a feed leaves its commits if the main file may not be touched.
#[must_use]
pub fn side_file(main: &Path, feed: &FeedId) -> PathBuf {
    let stem = main.file_stem().and_then(|stem| stem.to_str()).unwrap_or("visit");
    main.with_file_name(format!("{stem}~{}.hecha", mark_of(feed)))
}

/// Whether an unfinished write or a broken lock is this feed's: `~$`, its mark, two characters, `.tmp` or `.lck`.
#[must_use]
pub fn is_own_temporary(path: &Path, feed: &FeedId) -> bool {
    let rest = name_of(path).strip_prefix("~$").and_then(|rest| rest.strip_prefix(mark_of(feed).as_str()));
    rest.and_then(|rest| rest.strip_suffix(".tmp").or_else(|| rest.strip_suffix(".lck")))
        .is_some_and(|chance| chance.chars().count() == 2)
}

/// Whether a listed file stands for the main one that iCloud took away to save space.
fn is_evicted(listed: &Path, main: &Path) -> bool {
    name_of(listed).strip_prefix('.').and_then(|name| name.strip_suffix(".icloud")) == Some(name_of(main))
}

/// Whether two paths name one file. Windows lists a file as it was named, however the user writes it.
#[must_use]
pub fn is_same(a: &Path, b: &Path) -> bool {
    if cfg!(windows) { a.as_os_str().eq_ignore_ascii_case(b) } else { a == b }
}

fn name_of(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

/// The folder a file lies in.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
