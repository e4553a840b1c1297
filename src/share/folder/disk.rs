//! The few file operations and the clock that a sync needs, behind a trait so that tests can make each of them fail.

pub mod regular;

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::OnceLock,
    time::{Duration, Instant},
};

use crate::share::folder::disk::regular::{Links, NotRegular};

/// File operations, and a clock that never goes back.
pub trait Disk: Send + Sync {
    /// Regular files of a folder.
    ///
    /// # Errors
    /// The system's.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;

    /// The first `limit` bytes of a regular file; a link is not followed.
    ///
    /// # Errors
    /// The system's, or one made of a [`NotRegular`].
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// Creates a new file with these bytes, on the disk when it returns.
    ///
    /// # Errors
    /// The system's; a partly written file may stay behind.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// As [`Self::write_new`], for what only the user of this laptop may read, from the first byte.
    ///
    /// # Errors
    /// As [`Self::write_new`].
    fn write_private(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.write_new(path, bytes)
    }

    /// Gives a file these bytes in place, on the disk when it returns; makes it if there is none.
    ///
    /// # Errors
    /// The system's, or one made of a [`NotRegular`]; then the file may be a mixture of old and new, unless there was no
    /// room for the new bytes.
    fn write_over(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Renames a file over another.
    ///
    /// # Errors
    /// The system's.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// The system's.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Makes a folder in one that is there; one that is there already is fine, a link to one is not.
    ///
    /// # Errors
    /// The system's, or one made of a [`NotRegular`].
    fn make_folder(&self, folder: &Path) -> io::Result<()>;

    /// The length of a regular file, in bytes.
    ///
    /// # Errors
    /// The system's, or one made of a [`NotRegular`].
    fn length(&self, path: &Path) -> io::Result<u64>;

    /// Refuses a link; what is not there is none.
    ///
    /// # Errors
    /// Made of a [`NotRegular`].
    fn refuse_link(&self, path: &Path) -> io::Result<()> {
        match fs::symlink_metadata(path) {
            Ok(data) if data.file_type().is_symlink() => Err(NotRegular::Link.into()),
            _ => Ok(()),
        }
    }

    /// Waits a little before another try.
    fn pause(&self, milliseconds: u64);

    /// Time since a moment that stays the same while the program runs.
    fn elapsed(&self) -> Duration;

    /// Whether a process of this machine is running; `None` where the system does not tell.
    fn runs(&self, process: u32) -> Option<bool>;
}

/// The disk of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

/// The moment that [`RealDisk`] counts from.
static START: OnceLock<Instant> = OnceLock::new();

impl Disk for RealDisk {
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type().is_ok_and(|kind| kind.is_file()) {
                files.push(entry.path());
            }
        }
        files.sort();
        Ok(files)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        read_from(path, Links::Refused, limit)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        create(path, bytes, &mut OpenOptions::new())
    }

    fn write_private(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        create(path, bytes, private(&mut OpenOptions::new()))
    }

    fn write_over(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut options = OpenOptions::new();
        let mut file = regular::open(path, Links::Refused, options.write(true).create(true).truncate(false))?;
        // A full disk refuses before a byte is lost; the old blocks are used again before any is given back.
        grow(&mut file, bytes)?;
        file.write_all(bytes)?;
        file.set_len(bytes.len() as u64)?;
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)?;
        // Best effort: not every system lets a folder be synced, and the content is safe in the local store.
        if let Some(folder) = to.parent().and_then(|folder| File::open(folder).ok()) {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        match fs::create_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                self.refuse_link(folder)?;
                if folder.is_dir() { Ok(()) } else { Err(error) }
            }
            made => made,
        }
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        let data = regular::data_of(path, Links::Refused)?;
        regular::check(&data).map(|()| data.len())
    }

    fn pause(&self, milliseconds: u64) {
        std::thread::sleep(Duration::from_millis(milliseconds));
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the courtesy lock counts seconds; no vote depends on them"
    )]
    fn elapsed(&self) -> Duration {
        START.get_or_init(Instant::now).elapsed()
    }

    fn runs(&self, process: u32) -> Option<bool> {
        // Elsewhere a folder of this name may be there and say nothing about processes.
        let processes = Path::new("/proc");
        let tells = cfg!(target_os = "linux") && processes.join("self").exists();
        tells.then(|| processes.join(process.to_string()).exists())
    }
}

/// The first `limit` bytes of a regular file that the user of this laptop named: a link is followed.
///
/// # Errors
/// The system's, or one made of a [`NotRegular`].
pub fn read_named(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    read_from(path, Links::Followed, limit)
}

/// Refuses a path at which something else lies than a regular file, be it a link to one; what is not there is fine.
///
/// # Errors
/// Made of a [`NotRegular`].
pub fn check_free_or_regular(path: &Path) -> io::Result<()> {
    regular::data_of(path, Links::Refused).map_or(Ok(()), |data| regular::check(&data))
}

/// As [`check_free_or_regular`], where a link to a regular file is fine.
///
/// # Errors
/// As [`check_free_or_regular`].
pub fn check_named(path: &Path) -> io::Result<()> {
    regular::data_of(path, Links::Followed).map_or(Ok(()), |data| regular::check(&data))
}

fn read_from(path: &Path, links: Links, limit: u64) -> io::Result<Vec<u8>> {
    let file = regular::open(path, links, OpenOptions::new().read(true))?;
    // Only a hint, so that megabytes are not copied while the buffer grows.
    let length = file.metadata().map_or(0, |data| data.len().min(limit));
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    file.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Creates a new file with these bytes.
fn create(path: &Path, bytes: &[u8], options: &mut OpenOptions) -> io::Result<()> {
    let mut file = options.write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// What a file is made with that only the user of this laptop may read.
#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600)
}

/// Elsewhere the folder of the user gives the rights to what is made in it.
#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Writes the part of the bytes for which a file has to grow, so that nothing else is touched where there is no room for it.
fn grow(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    let old = file.metadata()?.len();
    let Some(more) = usize::try_from(old).ok().and_then(|old| bytes.get(old..)) else { return Ok(()) };
    let grown =
        file.seek(SeekFrom::Start(old)).and_then(|_| file.write_all(more)).and_then(|()| file.sync_all());
    if grown.is_err() {
        file.set_len(old)?;
    }
    grown.and_then(|()| file.rewind())
}
