//! The few file operations and the clock that a sync needs, behind a trait so that tests can make each of them fail.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::OnceLock,
    time::{Duration, Instant},
};

/// File operations, and a clock that never goes back.
pub trait Disk: Send + Sync {
    /// Regular files of a folder.
    ///
    /// # Errors
    /// The system's.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;

    /// The first `limit` bytes of a file.
    ///
    /// # Errors
    /// The system's.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// Creates a new file with these bytes, on the disk when it returns.
    ///
    /// # Errors
    /// The system's; a partly written file may stay behind.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Gives a file these bytes in place, on the disk when it returns; makes it if there is none.
    ///
    /// # Errors
    /// The system's; then the file may be a mixture of old and new.
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

    /// Makes a folder in one that is there; one that is there already is fine.
    ///
    /// # Errors
    /// The system's.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;

    /// The length of a file, in bytes.
    ///
    /// # Errors
    /// The system's.
    fn length(&self, path: &Path) -> io::Result<u64>;

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
        let file = File::open(path)?;
        // Only a hint, so that megabytes are not copied while the buffer grows.
        let length = file.metadata().map_or(0, |data| data.len().min(limit));
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
        file.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn write_over(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        // The old blocks are used again before any is given back: a full disk need not refuse.
        let mut file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
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
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
            made => made,
        }
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        fs::metadata(path).map(|data| data.len())
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
