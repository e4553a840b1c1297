//! Every replica of a visit in a folder, whatever its name: the main file, conflict copies, backups, side files.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
};

use crate::{
    domain::id::{FeedId, VisitId},
    share::{
        disk::{Disk, FILE_LIMIT},
        envelope::Envelope,
        error::ShareError,
        file::{self, Contents},
        replace::patiently,
    },
};

/// Files a folder may hold before only the main file is looked at.
pub const FOLDER_LIMIT: usize = 2_000;
/// A line of a shared file that is shorter than a signature can be no commit.
const COMMIT_LENGTH: usize = 88;

/// What lies at and beside the path of a shared file.
#[derive(Debug)]
pub struct Found {
    /// The main file.
    pub main: Main,
    /// The other files of its folder.
    pub beside: Vec<PathBuf>,
}

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

/// What the main file is to a visit, and so what may be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// There is none: it is written.
    Missing,
    /// It says what the store says: nothing is written.
    Same,
    /// Sound, and the store has more or the bytes are in another form: it is written anew.
    Older,
    /// Empty, cut, zero-filled, or with a checksum that does not fit: it is healed.
    Damaged,
    /// Something else under its name, e.g. an error page: never touched.
    Foreign,
    /// The file of another visit: never touched.
    OtherVisit,
    /// Written by a newer program: never touched.
    Newer,
    /// Encrypted, and the key of this laptop does not open it, or there is none: never touched.
    Encrypted,
    /// It cannot be read now: never touched, and nothing is concluded.
    Unavailable,
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
    Ok(Found { main, beside })
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
        Ok(bytes) => {
            let (contents, text) = file::open(&bytes, envelope);
            Main::Read { bytes, contents, text }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Main::Missing,
        Err(error) => Main::Unavailable(error),
    }
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

    /// Whether both times the same was found.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Missing, Self::Missing) => true,
            (Self::Read { bytes, .. }, Self::Read { bytes: others, .. }) => bytes == others,
            _ => false,
        }
    }

    /// What the file is to a visit whose store wants this text.
    #[must_use]
    pub fn standing(&self, visit: &VisitId, wanted: &[u8]) -> Standing {
        let (bytes, contents) = match self {
            Self::Missing => return Standing::Missing,
            Self::Unavailable(_) => return Standing::Unavailable,
            Self::Read { bytes, contents, .. } => (bytes, contents),
        };
        match contents {
            _ if self.says(wanted) => Standing::Same,
            Contents::Empty => Standing::Damaged,
            Contents::Foreign if is_remains(bytes, wanted) => Standing::Damaged,
            Contents::Foreign => Standing::Foreign,
            Contents::Newer(_) => Standing::Newer,
            Contents::Lines { header, .. } | Contents::Encrypted(header) if &header.visit != visit => {
                Standing::OtherVisit
            }
            Contents::Encrypted(_) => Standing::Encrypted,
            Contents::Lines { intact: true, .. } => Standing::Older,
            Contents::Lines { intact: false, .. } => Standing::Damaged,
        }
    }

    /// The numbered commit lines that can be had from the file for a visit, also from below a broken first line.
    #[must_use]
    pub fn lines(&self, visit: &VisitId, wanted: &[u8]) -> Vec<(usize, String)> {
        match self {
            Self::Read { contents: Contents::Lines { header, lines, .. }, .. } if &header.visit == visit => {
                lines.clone()
            }
            Self::Read { contents: Contents::Foreign, bytes, .. } if is_remains(bytes, wanted) => {
                file::lines_below_header(bytes)
            }
            Self::Read { .. } | Self::Missing | Self::Unavailable(_) => Vec::new(),
        }
    }
}

/// The files beside the main one that may be replicas. In a crowded folder (a whole stick) there are none.
pub fn candidates(beside: &[PathBuf]) -> impl Iterator<Item = &PathBuf> {
    let looked_at = if beside.len() > FOLDER_LIMIT { &[] } else { beside };
    looked_at.iter().filter(|path| !is_lock_or_temporary(path))
}

/// A file, opened as far as the key at hand goes, if it is a replica of the visit. One that cannot be read is left out.
#[must_use]
pub fn replica(
    disk: &dyn Disk,
    path: &Path,
    visit: &VisitId,
    envelope: Option<&Envelope>,
) -> Option<Contents> {
    let start = disk.read(path, file::HEADER_PROBE).ok()?;
    if !file::read_header(&start).is_of(visit) {
        return None;
    }
    let (contents, _) = file::open(&disk.read(path, FILE_LIMIT + 1).ok()?, envelope);
    contents.is_of(visit).then_some(contents)
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

/// What a power cut or a flipped bit leaves of our file: zeros, its beginning, or lines of ours below a broken first
/// line. Anything else may be somebody's.
#[must_use]
pub fn is_remains(bytes: &[u8], wanted: &[u8]) -> bool {
    let is_ours = || {
        let ours: BTreeSet<&[u8]> = wanted.split(|byte| *byte == b'\n').skip(1).collect();
        let mut lines = bytes.split(|byte| *byte == b'\n').filter(|line| line.len() > COMMIT_LENGTH);
        lines.any(|line| ours.contains(line.strip_suffix(b"\r").unwrap_or(line)))
    };
    bytes.iter().all(|byte| *byte == 0) || wanted.starts_with(bytes) || is_ours()
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
