//! Brings the shared file to what the store wants, or leaves own commits where others find them (steps 4–11 of a sync).

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    app::{
        failure::{Failure, wording},
        files,
        session::Session,
        sync::{
            report::{Delivery, SyncReport, Writing},
            words,
        },
        system,
    },
    domain::{terms::id::VisitId, visit::MemberState},
    share::{
        error::ShareError,
        file::{
            self, Contents,
            main_file::{Main, Standing, is_remains},
        },
        folder::{
            self,
            backup::{self, Packed},
            disk::Disk,
            lock::Turn,
            replace::{overwrite, replace},
        },
        limits::FILE_LIMIT,
    },
    store::{Store, commits::CommitRow, error::StoreError},
};

impl Session {
    /// Steps 4–10: brings the main file to what the store wants.
    pub(in crate::app) fn deliver(
        &mut self,
        disk: &dyn Disk,
        main: &Main,
        turn: &mut Turn<'_>,
        writing: Writing,
        report: &mut SyncReport,
    ) -> Result<Delivery, Failure> {
        let wanted = self.canonical()?;
        self.note_own_in_file(main)?;
        let standing = main.standing(&self.row.id, &wanted);
        match standing {
            Standing::Same => return Ok(Delivery::Done),
            Standing::Missing | Standing::Older | Standing::Damaged => {}
            Standing::Foreign => return Err(self.beside(disk, wording::foreign_file(&self.file))),
            Standing::OtherVisit => return Err(self.beside(disk, wording::other_visit(&self.file))),
            Standing::Newer => return Err(self.beside(disk, wording::newer_file(&self.file))),
            Standing::Encrypted => return Err(self.beside(disk, self.shut(&self.file))),
            Standing::Unavailable => return Err(self.unavailable(main)),
        }
        if wanted.len() as u64 > FILE_LIMIT {
            return Err(self.too_large()?);
        }
        let bytes = self.encode(&wanted)?;
        let before = main.reading().map(|reading| Packed::of(reading.bytes()));
        turn.take();
        // What is healed or replaced is read twice: a disk that answers once with half of a file cannot make us drop
        // what others wrote, and what they wrote while we waited is taken in first.
        let again = self.read_at(disk, &self.file)?;
        if matches!(again, Main::Unavailable(_)) {
            return Err(self.unavailable(&again));
        }
        if !again.is_same(main) {
            return Ok(Delivery::Overtaken);
        }
        self.set_aside(disk, before.as_ref(), standing, turn.token(), report)?;
        turn.keep();
        let written = match writing {
            Writing::Replace => replace(disk, &self.file, &bytes, turn.token()),
            Writing::Overwrite => overwrite(disk, &self.file, &bytes),
        };
        if let Err(error) = written {
            return Ok(Delivery::Refused(error));
        }
        report.written = true;
        turn.keep();
        let now = self.read_at(disk, &self.file)?;
        self.note_own_in_file(&now)?;
        Ok(if now.says(&wanted) { Delivery::Done } else { Delivery::Overtaken })
    }

    /// When all rounds were in vain: a side file, which the next person picks up.
    pub(in crate::app) fn fall_back(
        &self,
        disk: &dyn Disk,
        refused: Option<&ShareError>,
        tried: Writing,
        report: &mut SyncReport,
    ) -> Result<(), Failure> {
        let side = self.leave_side_file(disk);
        match (refused, side) {
            (None, Ok(side)) => {
                report.note(words::overtaken());
                report.note(words::side_file(&side));
                Ok(())
            }
            (None, Err(error)) => Err(words::not_written(&error, tried)),
            (Some(error), side) => {
                let left = side.ok().map(|side| words::side_file(&side));
                Err(words::not_written(error, tried).with_details(left.into_iter().collect()))
            }
        }
    }

    /// Leaves own commits beside a main file that may not be touched, for the next person to pick up. Without the key of
    /// an encrypted visit there is no side file either: it would be plain.
    ///
    /// # Errors
    /// [`ShareError`]; also if something else lies under that name.
    pub(in crate::app) fn leave_side_file(&self, disk: &dyn Disk) -> Result<PathBuf, ShareError> {
        let side = folder::side_file(&self.file, &self.feed());
        let refuse = |what: &str| ShareError::Io {
            action: "write",
            path: side.clone(),
            source: std::io::Error::other(what.to_owned()),
        };
        let wanted = self.canonical().map_err(|_| refuse("the store cannot be read"))?;
        let bytes = self.encode(&wanted).map_err(|_| refuse("the key is not on this laptop"))?;
        match self.read_at(disk, &side).map_err(|_| refuse("the store cannot be read"))? {
            there if there.says(&wanted) => return Ok(side),
            Main::Missing | Main::Unavailable(_) => {}
            Main::Read(reading) => match reading.contents() {
                Contents::Empty => {}
                contents if contents.is_of(&self.row.id) => {}
                Contents::Foreign if is_remains(reading.bytes(), &wanted) => {}
                _ => return Err(refuse("another file has this name")),
            },
        }
        let token = files::own_token(&self.feed()).map_err(|_| refuse("no randomness"))?;
        replace(disk, &side, &bytes, &token)?;
        Ok(side)
    }

    /// Step 11: removes own side and temporary files of whose commits none is missing in the main file.
    pub(in crate::app) fn sweep(&self, disk: &dyn Disk, beside: &[PathBuf]) -> Result<(), Failure> {
        let feed = self.feed();
        let side = folder::side_file(&self.file, &feed);
        for path in beside {
            let is_own = folder::is_same(path, &side) || folder::is_own_temporary(path, &feed);
            if is_own && self.is_delivered(disk, path)? {
                // What stays is harmless and is tried again at the next sync.
                let _ = disk.remove(path);
            }
        }
        Ok(())
    }

    /// Whether the main file, which says what the store says, holds all that a leftover of this laptop holds.
    fn is_delivered(&self, disk: &dyn Disk, leftover: &Path) -> Result<bool, Failure> {
        if leftover.extension().is_some_and(|extension| extension == "lck") {
            return Ok(true);
        }
        let Ok(bytes) = disk.read(leftover, FILE_LIMIT) else { return Ok(false) };
        match file::open(&bytes, self.envelope()?.as_ref()).0 {
            Contents::Empty => Ok(true),
            Contents::Foreign => Ok(is_remains(&bytes, &self.canonical()?)),
            Contents::Lines { header, lines, .. } if header.visit == self.row.id => self.knows_all(&lines),
            Contents::Lines { .. } | Contents::Newer(_) | Contents::Encrypted(_) => Ok(false),
        }
    }

    /// Notes up to which number the main file holds own commits; one that cannot be read says nothing about them.
    pub(in crate::app) fn note_own_in_file(&mut self, main: &Main) -> Result<(), Failure> {
        if main.says(&self.canonical()?) {
            let head = self.store.head(&self.row.id, &self.feed());
            return self.note_in_file(head.map_err(|error| self.store_failure(&error))?.map(|(n, _)| n));
        }
        // Sorted, not hashed: two lines differ in their first bytes, so that megabytes need not be read.
        let lines: BTreeSet<&str> = match main {
            Main::Unavailable(_) => return Ok(()),
            Main::Missing => BTreeSet::new(),
            Main::Read(reading) => match reading.contents() {
                Contents::Newer(_) | Contents::Encrypted(_) => return Ok(()),
                Contents::Lines { lines, .. } => lines.iter().map(|(_, line)| line.as_str()).collect(),
                Contents::Empty | Contents::Foreign => BTreeSet::new(),
            },
        };
        let own = self.store.commits_of(&self.row.id, &self.feed());
        let own = own.map_err(|error| self.store_failure(&error))?;
        let held =
            own.iter().take_while(|row| lines.contains(format!("{} {}", row.signature, row.json).as_str()));
        let last = held.last().map(|row| row.n);
        self.note_in_file(last)
    }

    fn note_in_file(&mut self, last: Option<u64>) -> Result<(), Failure> {
        // Nothing of this key: what an earlier key of this laptop made (0 and below) is no farther than it was.
        let nothing = self.row.in_file_n.min(0);
        let n = last.map_or(nothing, |n| i64::try_from(n).unwrap_or(i64::MAX));
        self.store.set_in_file(&self.row.id, n).map_err(|error| self.store_failure(&error))?;
        self.row.in_file_n = n;
        Ok(())
    }

    /// The text that the shared file should have. Written once for every state of the store: a sync asks several times.
    pub(in crate::app) fn canonical(&self) -> Result<Arc<Vec<u8>>, Failure> {
        let fail = |error: StoreError| self.store_failure(&error);
        let state = self.store.state().map_err(fail)?;
        if let Some((_, bytes)) = self.written.borrow().as_ref().filter(|(known, _)| *known == state) {
            return self.enclose(Arc::clone(bytes));
        }
        let mut bytes = plain_file(&self.store, &self.row.id, &self.beyond.passed_on).map_err(fail)?;
        if bytes.len() as u64 > FILE_LIMIT && !self.beyond.passed_on.is_empty() {
            // What is the panel's goes before what is nobody's.
            bytes = plain_file(&self.store, &self.row.id, &[]).map_err(fail)?;
        }
        let bytes = Arc::new(bytes);
        // What another process stored meanwhile is in the bytes already; under the older state they are written again.
        self.written.replace(Some((state, Arc::clone(&bytes))));
        self.enclose(bytes)
    }

    /// Step 8. Damaged bytes must be kept before they are healed; of sound ones the store has every commit, so that a
    /// full laptop does not hold up the delivery.
    fn set_aside(
        &self,
        disk: &dyn Disk,
        before: Option<&Packed<'_>>,
        standing: Standing,
        token: &str,
        report: &mut SyncReport,
    ) -> Result<(), Failure> {
        let Some(before) = before else { return Ok(()) };
        let folder = self.home.backups(self.row.id.as_str())?;
        let kept = backup::set_aside(disk, &folder, before, system::today(), token);
        match kept {
            Ok(()) if standing == Standing::Damaged => report.note(words::healed()),
            Ok(()) => {}
            Err(error) if standing == Standing::Damaged => {
                return Err(words::not_set_aside(&error));
            }
            Err(error) => report.note(words::no_generation(&error)),
        }
        Ok(())
    }

    /// The failure for a main file that may not be touched; own commits wait beside it.
    fn beside(&self, disk: &dyn Disk, failure: Failure) -> Failure {
        let side = self.leave_side_file(disk).ok();
        failure.with_details(side.iter().map(|side| words::side_file(side)).collect())
    }

    /// The failure for more records than a shared file may hold; names whose they are.
    fn too_large(&self) -> Result<Failure, Failure> {
        let sizes = self.store.feed_sizes(&self.row.id).map_err(|error| self.store_failure(&error))?;
        let largest = sizes.into_iter().max_by_key(|(_, size)| size.bytes);
        let (feed, bytes) =
            largest.map(|(feed, size)| (feed, size.bytes)).unwrap_or_else(|| (self.feed(), 0));
        let of = |state: &&MemberState| state.feeds.contains(&feed);
        let owner = self.visit.members.iter().find(of).map(|state| state.member.name.to_string());
        Ok(words::too_large(&owner.unwrap_or_else(|| feed.to_string()), bytes))
    }

    fn unavailable(&self, main: &Main) -> Failure {
        match main {
            // The system's own words: its kinds know nothing of a file that another program holds.
            Main::Unavailable(error) => wording::path(&self.file, error),
            Main::Missing | Main::Read(_) => wording::path(&self.file, &std::io::ErrorKind::NotFound.into()),
        }
    }
}

/// The bytes of a plain shared file with all commits of a visit, and with others that are passed on, sorted as files are.
pub(crate) fn plain_file(
    store: &Store,
    visit: &VisitId,
    passed_on: &[CommitRow],
) -> Result<Vec<u8>, StoreError> {
    let mut writing = file::Writing::new(visit);
    let mut others = passed_on.iter().peekable();
    store.each_line(visit, |own| {
        while let Some(other) = others.next_if(|it| it.key() < own.key) {
            writing.line(&other.signature, &other.json);
        }
        // One that was taken in meanwhile stands once.
        while others.next_if(|it| it.key() == own.key).is_some() {}
        writing.line(own.signature, own.json);
    })?;
    others.for_each(|it| writing.line(&it.signature, &it.json));
    Ok(writing.finish())
}
