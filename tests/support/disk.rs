//! A disk with a clock of its own that fails or lies at a chosen operation.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use hecha::share::folder::disk::{Disk, RealDisk};

/// What goes wrong at the chosen operation, and at all later ones of its kind if it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The operation is refused with this error number.
    Refused(i32),
    /// Half of the bytes are written, then the disk is full.
    ShortWrite,
    /// Half of the bytes are written, and success is claimed.
    LyingWrite,
    /// As after a power cut that fsync did not guard against: zeros instead of the bytes, and success was claimed.
    LyingFsync,
    /// The rename is not done, and success is claimed.
    RenameLost,
    /// The rename is done, and an error is claimed.
    RenameDoneButRefused,
    /// Half of the bytes are read.
    ShortRead,
}

/// EIO (and Windows' access denied), EACCES, ENOSPC, EROFS, Windows' sharing violations, ESTALE.
pub(crate) const ERRORS: [i32; 7] = [5, 13, 28, 30, 32, 33, 116];

/// A disk that fails from its `at`-th operation on: once, or for good.
pub(crate) struct FaultyDisk {
    fault: Fault,
    at: usize,
    lasting: bool,
    done: AtomicUsize,
    struck: AtomicUsize,
    clock: AtomicU64,
    /// What the system says of every process.
    pub(crate) runs: Option<bool>,
}

impl FaultyDisk {
    pub(crate) fn new(fault: Fault, at: usize, lasting: bool) -> Self {
        let (done, struck, clock) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicU64::new(0));
        Self { fault, at, lasting, done, struck, clock, runs: Some(true) }
    }

    /// A disk without faults; only its clock is its own.
    pub(crate) fn calm() -> Self {
        Self::new(Fault::Refused(0), usize::MAX, false)
    }

    /// Operations so far.
    pub(crate) fn n_done(&self) -> usize {
        self.done.load(Ordering::SeqCst)
    }

    /// Operations that went wrong.
    pub(crate) fn n_struck(&self) -> usize {
        self.struck.load(Ordering::SeqCst)
    }

    fn strikes(&self, kinds: &[Fault]) -> bool {
        let n = self.done.fetch_add(1, Ordering::SeqCst);
        let its_turn = n == self.at || (self.lasting && n > self.at);
        let strikes = its_turn && (matches!(self.fault, Fault::Refused(_)) || kinds.contains(&self.fault));
        self.struck.fetch_add(usize::from(strikes), Ordering::SeqCst);
        strikes
    }

    fn refused(&self) -> io::Result<()> {
        match self.fault {
            Fault::Refused(number) => Err(io::Error::from_raw_os_error(number)),
            _ => Ok(()),
        }
    }

    fn write(&self, bytes: &[u8], write: impl Fn(&RealDisk, &[u8]) -> io::Result<()>) -> io::Result<()> {
        if !self.strikes(&[Fault::ShortWrite, Fault::LyingWrite, Fault::LyingFsync]) {
            return write(&RealDisk, bytes);
        }
        self.refused()?;
        let half = &bytes[..bytes.len() / 2];
        match self.fault {
            Fault::ShortWrite => {
                write(&RealDisk, half)?;
                Err(io::Error::from_raw_os_error(28))
            }
            Fault::LyingFsync => write(&RealDisk, &vec![0; bytes.len()]),
            _ => write(&RealDisk, half),
        }
    }
}

impl Disk for FaultyDisk {
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        if self.strikes(&[]) {
            self.refused()?;
        }
        RealDisk.list(folder)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        if !self.strikes(&[Fault::ShortRead]) {
            return RealDisk.read(path, limit);
        }
        self.refused()?;
        let mut bytes = RealDisk.read(path, limit)?;
        bytes.truncate(bytes.len() / 2);
        Ok(bytes)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes, |disk, bytes| disk.write_new(path, bytes))
    }

    fn write_over(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes, |disk, bytes| disk.write_over(path, bytes))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if !self.strikes(&[Fault::RenameLost, Fault::RenameDoneButRefused]) {
            return RealDisk.rename(from, to);
        }
        self.refused()?;
        if self.fault == Fault::RenameLost {
            return Ok(());
        }
        RealDisk.rename(from, to)?;
        Err(io::Error::from_raw_os_error(5))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        if self.strikes(&[]) {
            self.refused()?;
        }
        RealDisk.remove(path)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        if self.strikes(&[]) {
            self.refused()?;
        }
        RealDisk.make_folder(folder)
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        if self.strikes(&[]) {
            self.refused()?;
        }
        RealDisk.length(path)
    }

    fn pause(&self, milliseconds: u64) {
        self.clock.fetch_add(milliseconds, Ordering::SeqCst);
    }

    fn elapsed(&self) -> Duration {
        Duration::from_millis(self.clock.load(Ordering::SeqCst))
    }

    fn runs(&self, _process: u32) -> Option<bool> {
        self.runs
    }
}

/// What a [`RefusingDisk`] refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refuses {
    /// Renames onto a shared file, as some network shares do.
    Renames,
    /// Every change below this folder: read-only media.
    Changes(&'static str),
}

/// A disk that always refuses some operations; all else is up to the disk below.
pub(crate) struct RefusingDisk<'a>(pub(crate) &'a FaultyDisk, pub(crate) Refuses);

impl RefusingDisk<'_> {
    fn change(&self, path: &Path) -> io::Result<()> {
        match self.1 {
            Refuses::Changes(folder) if path.components().any(|part| part.as_os_str() == folder) => {
                Err(io::Error::from_raw_os_error(30))
            }
            _ => Ok(()),
        }
    }
}

impl Disk for RefusingDisk<'_> {
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.0.list(folder)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.0.read(path, limit)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.change(path).and_then(|()| self.0.write_new(path, bytes))
    }

    fn write_over(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.change(path).and_then(|()| self.0.write_over(path, bytes))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if self.1 == Refuses::Renames && to.extension().is_some_and(|extension| extension == "hecha") {
            return Err(io::Error::from_raw_os_error(13));
        }
        self.change(to).and_then(|()| self.0.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.change(path).and_then(|()| self.0.remove(path))
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.change(folder).and_then(|()| self.0.make_folder(folder))
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        self.0.length(path)
    }

    fn pause(&self, milliseconds: u64) {
        self.0.pause(milliseconds);
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn runs(&self, process: u32) -> Option<bool> {
        self.0.runs(process)
    }
}

/// Called with the milliseconds of every pause.
type OnPause<'a> = Box<dyn Fn(u64) + Send + Sync + 'a>;
/// Called once, before the first rename.
type OnRename<'a> = Mutex<Option<Box<dyn FnOnce() + Send + 'a>>>;

/// A sound disk in whose pauses, and before whose first rename, others do something; it remembers what was touched.
pub(crate) struct BusyDisk<'a> {
    pub(crate) calm: FaultyDisk,
    pub(crate) on_pause: OnPause<'a>,
    pub(crate) on_rename: OnRename<'a>,
    pub(crate) touched: Mutex<Vec<PathBuf>>,
}

impl<'a> BusyDisk<'a> {
    pub(crate) fn new(runs: Option<bool>, on_pause: impl Fn(u64) + Send + Sync + 'a) -> Self {
        let mut calm = FaultyDisk::calm();
        calm.runs = runs;
        let (on_rename, touched) = (Mutex::new(None), Mutex::new(Vec::new()));
        Self { calm, on_pause: Box::new(on_pause), on_rename, touched }
    }

    fn touch(&self, path: &Path) -> &FaultyDisk {
        self.touched.lock().unwrap().push(path.to_owned());
        &self.calm
    }
}

impl Disk for BusyDisk<'_> {
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.touch(folder).list(folder)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.touch(path).read(path, limit)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.touch(path).write_new(path, bytes)
    }

    fn write_over(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.touch(path).write_over(path, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let first = self.on_rename.lock().unwrap().take();
        if let Some(happens) = first {
            happens();
        }
        self.touch(to).rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.touch(path).remove(path)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.touch(folder).make_folder(folder)
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        self.touch(path).length(path)
    }

    fn pause(&self, milliseconds: u64) {
        (self.on_pause)(milliseconds);
        self.calm.pause(milliseconds);
    }

    fn elapsed(&self) -> Duration {
        self.calm.elapsed()
    }

    fn runs(&self, process: u32) -> Option<bool> {
        self.calm.runs(process)
    }
}
