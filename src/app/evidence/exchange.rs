//! The exchange of evidence after a sync: sealed files go both ways, each compared with its name. Nothing here can fail a sync.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use crate::{
    app::{
        failure::{
            Failure,
            system_words::said,
            wording::{self, shown},
        },
        files,
        session::Session,
        sync::report::SyncReport,
        system,
    },
    domain::{
        terms::{digest::Digest, lang::Text},
        visit::Visit,
    },
    share::{
        error::ShareError,
        evidence::{
            SEALED_LEAST, SEALED_LIMIT,
            folder::{self, Read},
            folder_beside,
        },
        folder::disk::{Disk, RealDisk},
    },
};

/// Bytes that one sync reads or writes at most beside the shared file; the rest goes with the next one.
const TRANSFER: u64 = 256 << 20;
/// Bytes of files already there that one sync reads again, to find those that went bad: each has its turn, and a sync with nothing new
/// takes no longer for a thousand photos than for a few. One that is longer is read alone.
const RECHECK: u64 = 8 << 20;
/// Bytes kept for others without knowing yet whose they are, against flooding.
const STRANGERS: u64 = 4 << 30;
/// Files of whom is not known yet that one sync reads: whoever fills the folder with such must not make it last for ever.
const STRANGERS_AT_ONCE: usize = 20_000;
/// Failed operations after which the rest is left to the next sync: the stick is gone, or full.
const PATIENCE: usize = 3;

/// How far the evidence of a visit has got.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Exchange {
    /// Things attached, as far as they may be seen here, whose bytes are both here and beside the shared file.
    pub(crate) have: usize,
    /// All of them.
    pub(crate) known: usize,
    /// What the user should know.
    pub(crate) notes: Vec<Text>,
    /// Files that wait for the next portion; 0 if this one moved none, since the next one would not either.
    pub(crate) n_waiting: usize,
}

impl Session {
    /// Copies sealed files between this laptop and the folder beside the shared file. Failures become notes.
    pub(in crate::app) fn exchange_evidence(&self, disk: &dyn Disk) -> Exchange {
        self.exchange_portion(disk, TRANSFER)
    }

    /// Goes on with what the last sync had no room for; whether there was anything.
    pub fn exchange_on(&self, report: &mut SyncReport) -> bool {
        let waited = report.n_files_waiting > 0;
        if waited {
            let exchange = self.exchange_evidence(&RealDisk);
            report.exchanged(exchange.have, exchange.known, exchange.n_waiting);
            exchange.notes.into_iter().for_each(|note| report.note(note));
        }
        waited
    }

    /// Copies files of at most so many bytes.
    fn exchange_portion(&self, disk: &dyn Disk, room: u64) -> Exchange {
        let wanted = self.wanted_evidence();
        let mut exchange = Exchange { known: wanted.shown.len(), ..Exchange::default() };
        let there = match folder::list_beside(disk, &folder_beside(&self.file)) {
            Ok(there) => there,
            Err(error) => {
                if !wanted.all.is_empty() {
                    exchange.notes.push(trouble_note(&error));
                }
                return exchange;
            }
        };
        if wanted.all.is_empty() && there.is_empty() {
            return exchange;
        }
        match self.counter(disk, there, room) {
            Ok(mut counter) => {
                counter.fetch(&wanted);
                counter.deliver(&wanted);
                counter.recheck();
                let held = |name: &&Digest| counter.there.contains_key(name) && counter.is_here(name);
                exchange.have = wanted.shown.iter().filter(held).count();
                exchange.notes.extend(counter.notes());
                exchange.n_waiting = if counter.n_moved > 0 { counter.n_waiting } else { 0 };
            }
            Err(failure) => exchange.notes.push(not_exchanged(&failure.why.zh, &failure.why.en)),
        }
        exchange
    }

    /// The names of all that is attached, of what may be counted aloud here, and of what is one's own.
    fn wanted_evidence(&self) -> Wanted {
        let names = |ballot: &crate::domain::ballot::Ballot| -> BTreeSet<Digest> {
            ballot.all_evidence().map(|(_, _, item)| item.sealed).collect()
        };
        let me = self.my_state();
        let mut wanted = Wanted {
            all: named(&self.visit),
            shown: self
                .visit
                .members
                .iter()
                .filter(|state| self.may_see(state))
                .flat_map(|state| names(&state.ballot))
                .collect(),
            own: me.map(|state| names(&state.ballot)).unwrap_or_default(),
        };
        let author = self.author();
        for (by, proof) in self.visit.proofs() {
            let sets = [&mut wanted.all, &mut wanted.shown];
            let own = Some(&mut wanted.own).filter(|_| author.as_ref() == Some(by));
            sets.into_iter().chain(own).for_each(|set| {
                set.insert(proof.item.sealed);
            });
        }
        wanted
    }

    fn counter<'a>(
        &self,
        disk: &'a dyn Disk,
        there: BTreeMap<Digest, PathBuf>,
        room: u64,
    ) -> Result<Counter<'a>, Failure> {
        let (own_folder, others_folder) = self.home.evidence(self.row.id.as_str())?;
        let list = |folder: &Path| -> Result<_, Failure> {
            let listed = folder::list(&RealDisk, folder).map_err(|error| wording::share(&error))?;
            Ok(listed.into_keys().collect())
        };
        let start = u64::from_le_bytes(system::random_bytes()?);
        Ok(Counter {
            disk,
            folder: folder_beside(&self.file),
            there,
            own: list(&own_folder)?,
            others: list(&others_folder)?,
            own_folder,
            others_folder,
            room,
            n_moved: 0,
            n_waiting: 0,
            start: usize::try_from(start >> 32).unwrap_or(0),
            n_damaged: 0,
            n_healed: 0,
            errors: Vec::new(),
        })
    }
}

/// The names of all that ballots that can be read and the ledger name.
pub(crate) fn named(visit: &Visit) -> BTreeSet<Digest> {
    let of_ballots = visit.members.iter().flat_map(|state| state.ballot.all_evidence());
    let of_ledger = visit.proofs().map(|(_, proof)| proof.item.sealed);
    of_ballots.map(|(_, _, item)| item.sealed).chain(of_ledger).collect()
}

/// What the ballots and the ledger name.
struct Wanted {
    all: BTreeSet<Digest>,
    /// Without the ballots of others that may not be seen before one's own submission (invariant 4).
    shown: BTreeSet<Digest>,
    own: BTreeSet<Digest>,
}

/// Both sides of one exchange.
struct Counter<'a> {
    disk: &'a dyn Disk,
    folder: PathBuf,
    there: BTreeMap<Digest, PathBuf>,
    own_folder: PathBuf,
    own: BTreeSet<Digest>,
    others_folder: PathBuf,
    others: BTreeSet<Digest>,
    room: u64,
    n_moved: usize,
    n_waiting: usize,
    /// Where the recheck begins, so that over many syncs every file has its turn.
    start: usize,
    n_damaged: usize,
    n_healed: usize,
    errors: Vec<Text>,
}

impl Counter<'_> {
    fn is_here(&self, name: &Digest) -> bool {
        self.own.contains(name) || self.others.contains(name)
    }

    /// Takes in what is not here yet: first what a ballot names, then what will be named once its ballot is open.
    fn fetch(&mut self, wanted: &Wanted) {
        let missing: Vec<Digest> = self.there.keys().filter(|name| !self.is_here(name)).copied().collect();
        let (named, strangers): (Vec<_>, Vec<_>) =
            missing.into_iter().partition(|name| wanted.all.contains(name));
        for name in named {
            self.fetch_one(&name);
        }
        if strangers.is_empty() {
            return;
        }
        let kept = self.others.iter().filter_map(|name| self.length_in(&RealDisk, &self.others_folder, name));
        let mut kept: u64 = kept.sum();
        // Files that are too short for anything cost no more than a look at their length.
        let lengths = |name: Digest| (name, self.length_in(self.disk, &self.folder, &name).unwrap_or(0));
        let (sealed, short): (Vec<_>, Vec<_>) =
            strangers.into_iter().map(lengths).partition(|(_, length)| *length >= SEALED_LEAST);
        self.n_damaged += short.len();
        self.there.retain(|name, _| short.binary_search_by_key(name, |(name, _)| *name).is_err());
        // Each in its turn: a crowd in front must not keep the others away for ever.
        let start = self.start.checked_rem(sealed.len()).unwrap_or(0);
        for (name, length) in sealed[start..].iter().chain(&sealed[..start]).copied().take(STRANGERS_AT_ONCE)
        {
            kept = kept.saturating_add(length);
            if kept > STRANGERS {
                return;
            }
            self.fetch_one(&name);
        }
    }

    fn fetch_one(&mut self, name: &Digest) {
        let length = self.length_in(self.disk, &self.folder, name).unwrap_or(0);
        if !self.may_go_on(length) {
            return;
        }
        let read = if length > SEALED_LIMIT {
            Ok(Read::Damaged)
        } else {
            folder::read(self.disk, &self.folder, name)
        };
        match read {
            Ok(Read::Whole(bytes)) => {
                let written = keep(&self.others_folder, name, &bytes);
                if self.noted(written) {
                    self.n_moved += 1;
                    self.others.insert(*name);
                }
            }
            Ok(Read::Damaged) => {
                self.there.remove(name);
                self.n_damaged += 1;
            }
            Err(error) => self.errors.push(trouble(&error)),
        }
    }

    /// Brings what is not there: what is attached of one's own, and everything of others. What was taken back before
    /// it was ever delivered stays here.
    fn deliver(&mut self, wanted: &Wanted) {
        let own = self.own.intersection(&wanted.own);
        let missing: Vec<Digest> =
            own.chain(&self.others).filter(|name| !self.there.contains_key(name)).copied().collect();
        for name in missing {
            self.deliver_one(&name);
        }
    }

    fn deliver_one(&mut self, name: &Digest) {
        let own = self.own.contains(name);
        let from = if own { self.own_folder.clone() } else { self.others_folder.clone() };
        let length = self.length_in(&RealDisk, &from, name).unwrap_or(0);
        if !self.may_go_on(length) {
            return;
        }
        match folder::read(&RealDisk, &from, name) {
            Ok(Read::Whole(bytes)) => {
                let written = self.write(name, &bytes);
                if self.noted(written) {
                    self.n_moved += 1;
                    self.there.insert(*name, self.folder.join(name.to_hex()));
                }
            }
            // Bytes of others that went bad here are fetched again once somebody brings them.
            Ok(Read::Damaged) if !own => {
                self.others.remove(name);
                self.n_damaged += 1;
            }
            Ok(Read::Damaged) => self.n_damaged += 1,
            Err(error) => self.errors.push(trouble(&error)),
        }
    }

    /// Reads again what both sides have, as far as the time allows, and heals what went bad beside the shared file.
    fn recheck(&mut self) {
        let both: Vec<Digest> = self.there.keys().filter(|name| self.is_here(name)).copied().collect();
        let mut room = RECHECK;
        let start = self.start.checked_rem(both.len()).unwrap_or(0);
        for name in both.iter().cycle().skip(start).take(both.len()) {
            let here = if self.own.contains(name) { &self.own_folder } else { &self.others_folder };
            let wanted = self.length_in(&RealDisk, here, name);
            let length = self.length_in(self.disk, &self.folder, name);
            let cut = length.is_some() && wanted.is_some() && length != wanted;
            if !cut {
                let length = length.unwrap_or(0);
                if length > room && room < RECHECK {
                    continue;
                }
                room = room.saturating_sub(length);
            }
            let bad = cut || matches!(folder::read(self.disk, &self.folder, name), Ok(Read::Damaged));
            if bad {
                self.there.remove(name);
                self.deliver_one(name);
                self.n_healed += usize::from(self.there.contains_key(name));
            }
        }
    }

    fn length_in(&self, disk: &dyn Disk, folder: &Path, name: &Digest) -> Option<u64> {
        disk.length(&folder.join(name.to_hex())).ok()
    }

    fn write(&self, name: &Digest, bytes: &[u8]) -> Result<(), Text> {
        let token = files::token().map_err(|failure| failure.why)?;
        folder::write(self.disk, &self.folder, name, bytes, &token).map_err(|error| trouble(&error))
    }

    fn noted(&mut self, done: Result<(), Text>) -> bool {
        let ok = done.is_ok();
        self.errors.extend(done.err());
        ok
    }

    /// Whether there is room for a file of this length in this sync, and the disk still answers.
    fn may_go_on(&mut self, length: u64) -> bool {
        if self.errors.len() >= PATIENCE {
            return false;
        }
        let rest = self.room.checked_sub(length);
        self.n_waiting += usize::from(rest.is_none());
        self.room = rest.unwrap_or(self.room);
        rest.is_some()
    }

    fn notes(&self) -> Vec<Text> {
        let mut notes = Vec::new();
        if self.n_damaged > 0 {
            notes.push(damaged_note(self.n_damaged));
        }
        if self.n_healed > 0 {
            notes.push(healed_note(self.n_healed));
        }
        notes.extend(self.errors.first().map(|error| not_exchanged(&error.zh, &error.en)));
        notes
    }
}

fn damaged_note(n: usize) -> Text {
    Text::new(
        format!("{n} 个附件的内容与校验不符，没有采用；有完好副本的电脑同步时会修复。"),
        format!(
            "{n} attached files are not what their names promise and were not taken; a laptop that has them whole heals them when it syncs."
        ),
    )
}

fn healed_note(n: usize) -> Text {
    Text::new(
        format!("{n} 个附件在共享文件夹里损坏，已用本机副本修复。"),
        format!("{n} attached files were damaged beside the shared file; they were healed from this laptop."),
    )
}

fn keep(folder: &Path, name: &Digest, bytes: &[u8]) -> Result<(), Text> {
    let token = files::token().map_err(|failure| failure.why)?;
    folder::keep(&RealDisk, folder, name, bytes, &token).map_err(|error| trouble(&error))
}

/// What went wrong at which place, in both languages and without a full stop.
fn trouble(error: &ShareError) -> Text {
    let (path, why) = match error {
        ShareError::Io { path, source, .. } => (path, said(source)),
        ShareError::ReadBack { path } => (path, said(error)),
    };
    Text::new(format!("{}：{why}", shown(path)), error.to_string())
}

fn trouble_note(error: &ShareError) -> Text {
    let told = trouble(error);
    not_exchanged(&told.zh, &told.en)
}

fn not_exchanged(zh: &str, en: &str) -> Text {
    Text::new(
        format!("评分已同步，附件还没有交换完：{zh}"),
        format!("Scores are synced; not all attached files are yet: {en}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{deed::Deed, evidence::AttachRequest, fixture::founded};

    #[test]
    fn what_finds_no_room_waits_is_told_and_goes_with_the_next_portion() {
        let folder = tempfile::TempDir::new().unwrap();
        let mut session = founded(folder.path());
        let paths: Vec<PathBuf> = (0..5).map(|n| folder.path().join(format!("{n}.txt"))).collect();
        for (n, path) in paths.iter().enumerate() {
            std::fs::write(path, format!("{n}").repeat(1_000)).unwrap();
        }
        let clause = session.visit().clauses().next().unwrap().id.clone();
        let attach =
            AttachRequest { clause, point: None, paths, caption: String::new(), keep_metadata: true };
        session.perform(Deed::Attach(attach)).unwrap();
        let (own, _) = session.home.evidence(session.row.id.as_str()).unwrap();
        let sealed = folder::list(&RealDisk, &own).unwrap();
        let lengths: Vec<u64> = sealed.values().map(|path| RealDisk.length(path).unwrap()).collect();
        let longest = *lengths.iter().max().unwrap();
        assert!(lengths.len() == 5 && lengths.iter().all(|it| 3 * it > 2 * longest), "two fit, and no third");
        let portion = |session: &Session| {
            let exchange = session.exchange_portion(&RealDisk, 2 * longest);
            (exchange.have, exchange.known, exchange.n_waiting)
        };
        assert_eq!([(); 3].map(|()| portion(&session)), [(2, 5, 3), (4, 5, 1), (5, 5, 0)]);
        std::fs::remove_dir_all(folder_beside(session.file())).unwrap();
        assert_eq!(
            session.exchange_portion(&RealDisk, 100).n_waiting,
            0,
            "what never fits is not waited for"
        );
        let mut report = SyncReport { n_files_waiting: 5, ..SyncReport::default() };
        assert!(session.exchange_on(&mut report) && report.evidence == (5, 5));
        assert!(!session.exchange_on(&mut report));
    }
}
