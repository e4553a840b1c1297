//! The disk of one sync in the storm: faults of [`FaultyDisk`], read-only media, a crash at an operation, and others who act
//! between any two operations.

use std::{
    collections::BTreeSet,
    io,
    panic::resume_unwind,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use hecha::share::folder::disk::{Disk, RealDisk};

use super::world::World;
use crate::support::disk::{Fault, FaultyDisk};

/// What goes wrong during one sync.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    /// A fault, from which operation on, and whether it lasts.
    pub(crate) fault: Option<(Fault, usize, bool)>,
    /// The folder of this name refuses every change.
    pub(crate) read_only: Option<&'static str>,
    /// The program ends at this operation; a write is cut short by it.
    pub(crate) crash_at: Option<usize>,
    /// The clock leaps by a minute at this operation, as after a sleep.
    pub(crate) leap_at: Option<usize>,
    /// Others act before these operations.
    pub(crate) meddled_at: BTreeSet<usize>,
    /// Whether what others do may be done to the files themselves.
    pub(crate) with_weather: bool,
    /// What the system says of the process in a lock.
    pub(crate) runs: Option<bool>,
}

impl Plan {
    /// Whether nothing goes wrong with the disk, whatever others do.
    pub(crate) fn is_sound(&self) -> bool {
        self.fault.is_none() && self.read_only.is_none() && self.crash_at.is_none()
    }

    /// Whether nothing at all happens.
    pub(crate) fn is_calm(&self) -> bool {
        self.is_sound() && self.meddled_at.is_empty()
    }
}

/// What a crash unwinds with, so that it is told from a failed assertion.
pub(crate) struct Crash;

/// A disk without faults.
pub(crate) fn calm() -> FaultyDisk {
    FaultyDisk::calm()
}

/// The disk of one sync.
pub(crate) struct StormDisk<'a> {
    base: FaultyDisk,
    plan: Plan,
    done: AtomicUsize,
    /// Everybody else, and which laptop syncs; nobody in a sync inside a sync.
    others: Option<(Mutex<&'a mut World>, usize)>,
}

impl<'a> StormDisk<'a> {
    pub(crate) fn new(plan: Plan, others: Option<(&'a mut World, usize)>) -> Self {
        let mut base = match plan.fault {
            Some((fault, at, lasting)) => FaultyDisk::new(fault, at, lasting),
            None => FaultyDisk::calm(),
        };
        base.runs = plan.runs;
        let others = others.map(|(world, laptop)| (Mutex::new(world), laptop));
        Self { base, plan, done: AtomicUsize::new(0), others }
    }

    /// Before every operation; whether the program ends with it.
    fn before(&self) -> bool {
        let n = self.done.fetch_add(1, Ordering::SeqCst);
        if self.plan.leap_at == Some(n) {
            self.base.pause(60_000);
        }
        if self.plan.meddled_at.contains(&n)
            && let Some((world, laptop)) = &self.others
        {
            world.lock().unwrap().meddle(*laptop, self.plan.with_weather);
        }
        self.plan.crash_at == Some(n)
    }

    fn look(&self) -> &FaultyDisk {
        if self.before() {
            resume_unwind(Box::new(Crash));
        }
        &self.base
    }

    fn change(&self, path: &Path) -> io::Result<&FaultyDisk> {
        let base = self.look();
        let is_refused = |folder: &str| path.components().any(|part| part.as_os_str() == folder);
        if self.plan.read_only.is_some_and(is_refused) {
            return Err(io::Error::from_raw_os_error(30));
        }
        Ok(base)
    }

    /// A write that the end of the program cuts short.
    fn tear(&self, path: &Path, bytes: &[u8]) {
        if self.plan.crash_at == Some(self.done.load(Ordering::SeqCst)) {
            let _ = RealDisk.write_new(path, &bytes[..bytes.len() / 3]);
        }
    }
}

impl Disk for StormDisk<'_> {
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.look().list(folder)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.look().read(path, limit)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.tear(path, bytes);
        self.change(path)?.write_new(path, bytes)
    }

    fn write_over(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.change(path)?.write_over(path, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change(to)?.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.change(path)?.remove(path)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.change(folder)?.make_folder(folder)
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        self.look().length(path)
    }

    fn pause(&self, milliseconds: u64) {
        self.base.pause(milliseconds);
        self.look();
    }

    fn elapsed(&self) -> Duration {
        self.base.elapsed()
    }

    fn runs(&self, process: u32) -> Option<bool> {
        self.base.runs(process)
    }
}
