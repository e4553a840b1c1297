//! The courtesy lock `~$hecha.lck`: it spares two laptops from writing at once. Correctness never rests on it.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use serde_json::json;

use crate::share::{
    code::json::Json,
    folder::{cloud, disk::Disk, replace::is_held},
};

/// Name of the lock beside the shared file.
pub const LOCK_NAME: &str = "~$hecha.lck";
/// How often a holder writes its lock anew, so that others see that it lives.
const BEAT: Duration = Duration::from_secs(5);
/// A lock whose bytes have not changed for so long belongs to nobody.
const SILENCE: Duration = Duration::from_secs(30);
/// As [`SILENCE`], for a lock that names nobody: a holder writes its name in the moment in which it makes the lock, so one
/// that has not done so by now ended in between.
const NAMELESS: Duration = Duration::from_secs(2);
/// How long a sync waits for another before it goes on without the lock.
const PATIENCE: Duration = Duration::from_secs(20);
/// Pause between two looks at a lock, in milliseconds.
const STEP: u64 = 250;
/// Most looks in one wait: even a clock that stands still ends it.
const LOOKS: u32 = 100;
/// How often the removal of a lock is tried.
const REMOVALS: u32 = 3;
/// How often the making of a lock may be refused.
const REFUSALS: u32 = 3;
/// Bytes that are read of a lock; ours are shorter.
const LOCK_LIMIT: u64 = 2_048;

/// Who holds a lock, or asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Six characters: four of the feed, two by chance. Also names the temporary files of this sync.
    pub token: String,
    /// Name of the machine; empty if it does not tell this machine from others.
    pub host: String,
    /// Name of the user on it.
    pub user: String,
    /// Process on it.
    pub process: u32,
    /// When the sync began, in milliseconds since 1970: decoration.
    pub started_ms: u64,
}

/// One sync's turn to write: the lock asked for, held, given back, or done without.
pub struct Turn<'a> {
    disk: &'a dyn Disk,
    path: PathBuf,
    me: Holder,
    state: State,
    /// A lock that said nothing during the whole wait.
    silent: Option<Sighting>,
    /// Who was waited for in vain.
    busy: Option<Holder>,
}

#[derive(Debug, Clone, Copy)]
enum State {
    NotAsked,
    Held { beat: u64, written: Duration },
    Without,
}

/// The bytes of another's lock, and since when they have been the same.
struct Sighting {
    bytes: Vec<u8>,
    since: Duration,
}

impl<'a> Turn<'a> {
    /// A turn at the shared file `main`; nothing is asked for yet.
    #[must_use]
    pub fn new(disk: &'a dyn Disk, main: &Path, me: Holder) -> Self {
        let state = if cloud::client_of(main).is_some() { State::Without } else { State::NotAsked };
        Self { disk, path: main.with_file_name(LOCK_NAME), me, state, silent: None, busy: None }
    }

    /// Takes the lock if it can be had: waits for a living holder, breaks a stale lock, and goes on without it if it
    /// cannot be made or 20 s have passed. One that is held, or was asked for in vain, is not asked for again.
    pub fn take(&mut self) {
        if !matches!(self.state, State::NotAsked) {
            return;
        }
        let start = self.disk.elapsed();
        let mut seen: Option<Sighting> = None;
        let mut refusals = 0;
        for _ in 0..LOOKS {
            match self.disk.write_new(&self.path, &self.me.to_bytes(0)) {
                Ok(()) => return self.taken(),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                // Windows refuses a name whose file was removed while another still reads it.
                Err(error) if is_held(&error) && refusals < REFUSALS => {
                    refusals += 1;
                    self.disk.pause(STEP);
                    continue;
                }
                Err(_) => return self.withdraw(),
            }
            let Some(bytes) = self.look() else { continue };
            let now = self.disk.elapsed();
            let sighting = match seen.take() {
                Some(earlier) if earlier.bytes == bytes => earlier,
                _ => Sighting { bytes, since: now },
            };
            if self.is_dead(&sighting.bytes) || now.saturating_sub(sighting.since) >= silence(&sighting.bytes)
            {
                self.break_lock(&sighting.bytes);
                continue;
            }
            let spent = now.saturating_sub(start) >= PATIENCE;
            seen = Some(sighting);
            if spent {
                break;
            }
            self.disk.pause(STEP);
        }
        self.state = State::Without;
        self.busy = seen.as_ref().and_then(|sighting| Holder::read(&sighting.bytes));
        // A living holder would have written three times by now.
        self.silent = seen.filter(|sighting| sighting.since.saturating_sub(start) < BEAT);
    }

    /// Writes the lock anew if that is due. A lock that another took is left to it.
    pub fn keep(&mut self) {
        let State::Held { beat, written } = self.state else { return };
        let now = self.disk.elapsed();
        if now.saturating_sub(written) < BEAT {
            return;
        }
        if !self.is_mine() {
            self.state = State::Without;
        } else if self.disk.write_over(&self.path, &self.me.to_bytes(beat + 1)).is_ok() {
            self.state = State::Held { beat: beat + 1, written: now };
        } else {
            // Half written, nobody could tell whose it is.
            let _ = self.disk.remove(&self.path);
            self.state = State::Without;
        }
    }

    /// Gives the lock back, if it is still ours.
    pub fn release(&mut self) {
        if !matches!(self.state, State::Held { .. }) {
            return;
        }
        if !self.is_mine() {
            self.state = State::Without;
            return;
        }
        self.state = State::NotAsked;
        for _ in 0..REMOVALS {
            if self.disk.remove(&self.path).is_ok() {
                return;
            }
            // A virus scanner may hold it for a moment. What stays is broken by the next who writes.
            self.disk.pause(STEP);
        }
    }

    /// Ends the turn: gives the lock back, and outlasts a silent lock of another, so that the next sync need not wait.
    pub fn end(mut self) {
        self.release();
        let Some(sighting) = self.silent.take() else { return };
        for _ in 0..LOOKS {
            match self.look() {
                Some(bytes) if bytes == sighting.bytes => {}
                _ => return,
            }
            if self.disk.elapsed().saturating_sub(sighting.since) >= SILENCE {
                return self.break_lock(&sighting.bytes);
            }
            self.disk.pause(STEP);
        }
    }

    /// Whether others may write at the same time: the lock was not used, or was taken from us.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        matches!(self.state, State::Without)
    }

    /// Who held the lock for the whole wait.
    #[must_use]
    pub const fn waited_for(&self) -> Option<&Holder> {
        self.busy.as_ref()
    }

    /// The token of this turn, which names its temporary files.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.me.token
    }

    /// A disk may claim to have written: a lock that does not read back is none.
    fn taken(&mut self) {
        if self.is_mine() {
            self.state = State::Held { beat: 0, written: self.disk.elapsed() };
        } else {
            self.withdraw();
        }
    }

    /// The lock cannot be made here: removes the part of it that may have been written.
    fn withdraw(&mut self) {
        if self.look().is_some_and(|bytes| self.me.to_bytes(0).starts_with(&bytes)) {
            let _ = self.disk.remove(&self.path);
        }
        self.state = State::Without;
    }

    fn look(&self) -> Option<Vec<u8>> {
        self.disk.read(&self.path, LOCK_LIMIT).ok()
    }

    fn is_mine(&self) -> bool {
        self.look().and_then(|bytes| Holder::read(&bytes)).is_some_and(|holder| holder.token == self.me.token)
    }

    /// Whether the lock is of this machine, and of a process that is gone.
    fn is_dead(&self, bytes: &[u8]) -> bool {
        Holder::read(bytes).is_some_and(|holder| {
            !holder.host.is_empty()
                && holder.host == self.me.host
                && self.disk.runs(holder.process) == Some(false)
        })
    }

    /// Breaks a stale lock by renaming it, so that one breaker wins. Who renamed the winner's new lock gives it back.
    fn break_lock(&self, stale: &[u8]) {
        let broken = self.path.with_file_name(format!("~${}.lck", self.me.token));
        if self.disk.rename(&self.path, &broken).is_err() {
            return self.disk.pause(STEP);
        }
        if let Ok(bytes) = self.disk.read(&broken, LOCK_LIMIT)
            && bytes != stale
        {
            let _ = self.disk.write_new(&self.path, &bytes);
        }
        let _ = self.disk.remove(&broken);
    }
}

/// How long a lock must stay the same to belong to nobody.
fn silence(bytes: &[u8]) -> Duration {
    if Holder::read(bytes).is_some() { SILENCE } else { NAMELESS }
}

impl Holder {
    /// The bytes of a lock; `beat` makes them differ each time.
    fn to_bytes(&self, beat: u64) -> Vec<u8> {
        let lock = json!({
            "token": self.token, "host": self.host, "user": self.user, "pid": self.process,
            "started": self.started_ms, "beat": beat,
        });
        lock.to_string().into_bytes()
    }

    /// Reads the bytes of a lock; `None` if they are not one's.
    fn read(bytes: &[u8]) -> Option<Self> {
        let json = Json::parse(std::str::from_utf8(bytes).ok()?).ok()?;
        Some(Self {
            token: json.text("token")?.to_owned(),
            host: json.text("host")?.to_owned(),
            user: json.text("user")?.to_owned(),
            process: u32::try_from(json.count("pid")?).ok()?,
            started_ms: json.count("started")?,
        })
    }
}
