//! Verifies the lines of a shared file and takes in what holds; the rest is set aside with its reason.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use crate::{
    app::{
        failure::Failure,
        session::{
            Session, load,
            room::{BYTES_PASSED_ON, Beyond, PASSED_ON, Ranks, Room},
        },
        sync::{
            report::SyncReport,
            verify::{Verified, on_all_cores, row, verify},
            words,
        },
    },
    domain::terms::id::{CommitId, FeedId, VisitId},
    share::{
        code::key::PublicKey,
        error::LineError,
        file::{
            Contents,
            commit::{Commit, Line},
        },
        folder::{
            self, Found,
            disk::{Disk, RealDisk},
        },
    },
    store::{
        Store,
        commits::{CommitRow, QuarantinedLine},
        error::StoreError,
    },
};

/// Lines of devices that are not admitted are verified so many at a time, until there is no room for more.
const A_FEW: usize = 512;
/// Times that what a file holds is gone through: whom a deputy admitted whom the lead admitted is known after the third.
const PASSES: usize = 4;

impl Session {
    /// Steps 1–3: imports what the main file and the other replicas hold.
    pub(in crate::app) fn take_in_all(
        &mut self,
        disk: &dyn Disk,
        found: &Found,
        report: &mut SyncReport,
    ) -> Result<(), Failure> {
        for _ in 0..PASSES {
            let (before, seated) = (report.imported, self.ranks());
            self.take_in_once(disk, found, report)?;
            if report.imported == before {
                break;
            }
            self.reload()?;
            if let Some(note) = self.leave_fork()? {
                report.note(note);
            }
            if self.beyond.n_commits == 0 || self.ranks() == seated {
                break;
            }
        }
        report.beyond = (self.beyond.n_commits, self.beyond.n_devices);
        if self.beyond.n_commits > 0 {
            report.note(words::beyond(&self.beyond));
        }
        Ok(())
    }

    /// Imports the lines of one file with what one pass tells about whose devices there are. Those of them that an earlier pass
    /// verified and had no room for are not verified again.
    ///
    /// # Errors
    /// If the store fails.
    pub(in crate::app) fn take_in_whole(
        &mut self,
        source: &Path,
        lines: &[(usize, String)],
        mut verified: Verified,
    ) -> Result<SyncReport, Failure> {
        let mut report = SyncReport::default();
        for _ in 0..PASSES {
            let before = report.imported;
            let beyond = self.take_in_from(source, lines, &self.ranks(), &verified, &mut report)?;
            if report.imported == before {
                break;
            }
            self.reload()?;
            self.leave_fork()?.into_iter().for_each(|note| report.note(note));
            verified = Verified::of(&beyond);
        }
        Ok(report)
    }

    /// Takes in from the shared file what the device of a key says, whether or not there is room for it; `false` if the file has
    /// nothing of such a device.
    ///
    /// # Errors
    /// If the store fails.
    pub(in crate::app) fn take_in_of(
        &mut self,
        is_meant: &dyn Fn(PublicKey) -> bool,
    ) -> Result<bool, Failure> {
        let main = self.read_at(&RealDisk, &self.file)?;
        let lines = main.lines(&self.row.id, &[]);
        let read = |text: &str| {
            let line = Line::parse(text).ok()?;
            let commit = Commit::read(&self.row.id, &line.json).ok()?;
            Some((commit.feed.clone(), commit.carried_key()))
        };
        let by_line: Vec<Option<(FeedId, Option<PublicKey>)>> = on_all_cores(&lines, |(_, text)| read(text));
        let keys = by_line.iter().flatten().filter_map(|(_, key)| *key);
        let meant: BTreeSet<FeedId> = keys.filter(|key| is_meant(*key)).map(PublicKey::feed).collect();
        if meant.is_empty() {
            return Ok(false);
        }
        let is_of = |of: &Option<(FeedId, Option<PublicKey>)>| {
            of.as_ref().is_some_and(|(feed, _)| meant.contains(feed))
        };
        let theirs: Vec<(usize, String)> =
            lines.iter().zip(&by_line).filter(|(_, of)| is_of(of)).map(|(line, _)| line.clone()).collect();
        let ranks = self.ranks().with(meant.clone());
        let none = Verified::default();
        self.take_in_from(&self.file.clone(), &theirs, &ranks, &none, &mut SyncReport::default())?;
        self.reload()?;
        Ok(true)
    }

    fn take_in_once(
        &mut self,
        disk: &dyn Disk,
        found: &Found,
        report: &mut SyncReport,
    ) -> Result<(), Failure> {
        let wanted = self.canonical()?;
        let envelope = self.envelope()?;
        words::left_out(found.n_left_out).into_iter().for_each(|note| report.note(note));
        // What is only passed on is not known: it may have found room since.
        let known: &[u8] = if self.beyond.passed_on.is_empty() { &wanted } else { &[] };
        for path in folder::candidates(&found.beside) {
            let Some(contents) = folder::replica(disk, path, &self.row.id, envelope.as_ref(), known) else {
                continue;
            };
            self.note_lock(&contents)?;
            if let Contents::Lines { header, lines, .. } = contents {
                let ranks = self.ranks_in(envelope.is_some() && header.is_plain());
                self.take_in_from(path, &lines, &ranks, &Verified::default(), report)?;
            }
        }
        if !found.main.says(&wanted) {
            if let Some(reading) = found.main.reading() {
                self.note_lock(reading.contents())?;
            }
            let lines = found.main.lines(&self.row.id, &wanted);
            let contents = found.main.reading().map(|reading| reading.contents());
            let is_plain = matches!(contents, Some(Contents::Lines { header, .. }) if header.is_plain());
            let ranks = self.ranks_in(envelope.is_some() && is_plain);
            let none = Verified::default();
            let beyond = self.take_in_from(&self.file.clone(), &lines, &ranks, &none, report)?;
            self.pass_on(beyond);
        }
        Ok(())
    }

    /// Imports the lines of one file in one transaction. The visit is not read anew. Tells what found no room.
    fn take_in_from(
        &mut self,
        source: &Path,
        lines: &[(usize, String)],
        ranks: &Ranks,
        verified: &Verified,
        report: &mut SyncReport,
    ) -> Result<Beyond, Failure> {
        let name = source.display().to_string();
        let mut taken = take_in_again(&self.store, &self.row.id, &name, lines, ranks, verified)
            .map_err(|error| self.store_failure(&error))?;
        if taken.n_bad > 0 {
            report.note(words::bad_lines(taken.n_bad, source));
        }
        let beyond = std::mem::take(&mut taken.beyond);
        let imported = taken.import(&mut self.store, &self.row.id);
        report.imported += imported.map_err(|error| self.store_failure(&error))?;
        Ok(beyond)
    }

    /// Whether every commit among the lines that holds is in the store.
    pub(in crate::app) fn knows_all(&self, lines: &[(usize, String)]) -> Result<bool, Failure> {
        let taken = take_in(&self.store, &self.row.id, "", lines, &self.ranks());
        let taken = taken.map_err(|error| self.store_failure(&error))?;
        Ok(taken.commits.is_empty() && taken.beyond.n_commits == 0)
    }

    /// Whose devices there are, as far as this laptop knows.
    pub(in crate::app) fn ranks(&self) -> Ranks {
        Ranks::of(&self.visit, &self.feed())
    }

    /// The same for a file that may lie plain where the visit has a passphrase: then anybody can have put it there.
    fn ranks_in(&self, is_exposed: bool) -> Ranks {
        if is_exposed { self.ranks().of_the_panel_only() } else { self.ranks() }
    }

    /// Remembers what the shared file holds beyond the bounds, so that it is not removed from it.
    fn pass_on(&mut self, beyond: Beyond) {
        if beyond != self.beyond {
            self.written.replace(None);
            self.beyond = beyond;
        }
    }
}

/// Lines of a file, sorted into commits to import, lines to set aside, and what stays where it lies.
#[derive(Default)]
pub(crate) struct TakenIn {
    commits: Vec<CommitRow>,
    bad: Vec<QuarantinedLine>,
    /// Lines that were set aside before and hold now.
    released: Vec<String>,
    pub(crate) n_bad: usize,
    pub(crate) beyond: Beyond,
}

impl TakenIn {
    /// Whether the founding commit is among the lines, well-formed, with the checklist it claims. One that is not would be a visit
    /// that no laptop can open again.
    pub(crate) fn has_sound_founding(&self, visit: &VisitId) -> bool {
        let founding = self.commits.iter().find(|row| row.id.as_str() == visit.as_str());
        founding.is_some_and(load::is_sound_founding)
    }

    /// The commits that hold and are not in the store.
    pub(crate) fn rows(&self) -> &[CommitRow] {
        &self.commits
    }

    /// Imports in one transaction; returns how many commits were new.
    pub(crate) fn import(self, store: &mut Store, visit: &VisitId) -> Result<usize, StoreError> {
        if self.commits.is_empty() && self.bad.is_empty() {
            return Ok(0);
        }
        store.import(visit, &self.commits, &self.bad, &self.released)
    }
}

/// Verifies the commits of a file that the store does not know, each alone. A key that comes with the file may fit lines
/// that were set aside for want of it: they are tried again.
pub(crate) fn take_in(
    store: &Store,
    visit: &VisitId,
    source: &str,
    lines: &[(usize, String)],
    ranks: &Ranks,
) -> Result<TakenIn, StoreError> {
    take_in_again(store, visit, source, lines, ranks, &Verified::default())
}

fn take_in_again(
    store: &Store,
    visit: &VisitId,
    source: &str,
    lines: &[(usize, String)],
    ranks: &Ranks,
    verified: &Verified,
) -> Result<TakenIn, StoreError> {
    let known = store.signatures(visit)?;
    let mut taken = TakenIn::default();
    let mut split = Vec::new();
    for (number, text) in lines {
        match Line::parse(text) {
            Ok(line) => split.push((*number, line)),
            Err(error) => taken.bad.push(quarantined(source, *number, error, text)),
        }
    }
    let mut read = Vec::new();
    let new = on_all_cores(&split, |(_, line)| {
        (!is_known(visit, line, &known)).then(|| Commit::read(visit, &line.json))
    });
    // Who has nothing new is not asked for keys: the founding commit is long, and read for its own.
    let mut keys = if new.iter().any(Option::is_some) { known_keys(store, visit)? } else { BTreeMap::new() };
    let n_keys = keys.len();
    for ((number, line), commit) in split.iter().zip(new) {
        match commit {
            None => {}
            Some(Ok(commit)) => {
                if let Some(key) = commit.carried_key() {
                    keys.insert(key.feed(), key);
                }
                let stored = known.get(&commit.id).cloned();
                read.push(Unverified { number: *number, commit, line, stored });
            }
            Some(Err(error)) => taken.bad.push(quarantined(source, *number, error, &line.to_text())),
        }
    }
    if !read.is_empty() {
        let mut room = Room::beside(store, visit, ranks)?;
        let mut sorting =
            Sorting { visit, source, keys: &keys, verified, room: &mut room, taken: &mut taken };
        // First whoever sits on the panel: nobody else's flood keeps anything of theirs out.
        let (seated, others): (Vec<_>, Vec<_>) =
            read.into_iter().partition(|it| ranks.seats(&it.commit.feed));
        let mut left = sorting.sort(seated)?;
        left.extend(sorting.sort(others)?);
        let left = sorting.fetch(left, ranks.wanted());
        sorting.set_down(left);
    }
    if keys.len() > n_keys {
        let mut room = Room::beside(store, visit, ranks)?;
        for text in store.quarantined(visit, &LineError::UnknownKey.to_string())? {
            let Ok(line) = Line::parse(&text) else { continue };
            let Ok(commit) = Commit::read(visit, &line.json) else { continue };
            let Ok(row) = verify(&keys, visit, &commit, &line) else { continue };
            if room.give(&row.feed, row.n, row.json.len())? {
                taken.commits.push(row);
                taken.released.push(text);
            }
        }
    }
    taken.n_bad = taken.bad.len();
    Ok(taken)
}

/// A line whose signature nobody has looked at yet.
struct Unverified<'a> {
    number: usize,
    commit: Commit<'a>,
    line: &'a Line,
    /// The signature under which the store has the commit: it has its room.
    stored: Option<String>,
}

impl Unverified<'_> {
    /// Whether the line goes before what the store has: its signature is the smaller one of two that hold, or the only one.
    fn goes_before(&self, keys: &BTreeMap<FeedId, PublicKey>, visit: &VisitId) -> bool {
        let Some(stored) = &self.stored else { return true };
        let line = Line { signature: stored.clone(), json: self.line.json.clone() };
        self.line.signature < *stored || verify(keys, visit, &self.commit, &line).is_err()
    }
}

/// Lines on their way into the store, or not.
struct Sorting<'a, 'r> {
    visit: &'a VisitId,
    source: &'a str,
    keys: &'a BTreeMap<FeedId, PublicKey>,
    verified: &'a Verified,
    room: &'a mut Room<'r>,
    taken: &'a mut TakenIn,
}

impl Sorting<'_, '_> {
    /// Verifies lines as long as there is room for what holds; gives those back for which there was none.
    fn sort<'l>(&mut self, lines: Vec<Unverified<'l>>) -> Result<Vec<Unverified<'l>>, StoreError> {
        let mut left = Vec::new();
        let mut lines = lines.into_iter().peekable();
        while lines.peek().is_some() {
            let mut few = Vec::new();
            for it in lines.by_ref() {
                if it.stored.is_some() || self.room.fits(&it.commit.feed, it.commit.n, it.line.json.len())? {
                    few.push(it);
                    if few.len() == A_FEW {
                        break;
                    }
                } else {
                    left.push(it);
                }
            }
            let verified = self.verify(&few);
            for (it, verified) in few.into_iter().zip(verified) {
                match verified {
                    Ok(row) if it.stored.is_some() => {
                        let is_news = it.goes_before(self.keys, self.visit);
                        self.taken.commits.extend(is_news.then_some(row));
                    }
                    Ok(row) if self.room.give(&row.feed, row.n, row.json.len())? => {
                        self.taken.commits.push(row);
                    }
                    // The commit is there already, under a signature that holds.
                    Err(_) if it.stored.is_some() => {}
                    Ok(_) => left.push(it),
                    Err(error) => self.set_aside(&it, error),
                }
            }
        }
        Ok(left)
    }

    /// Takes in what the panel's records name, with what it follows, though there was no room for it: else a closing would never
    /// count where somebody made more forks than there is room for.
    fn fetch<'l>(
        &mut self,
        left: Vec<Unverified<'l>>,
        mut wanted: BTreeSet<CommitId>,
    ) -> Vec<Unverified<'l>> {
        if wanted.is_empty() {
            return left;
        }
        let mut by_id: BTreeMap<CommitId, Unverified<'l>> =
            left.into_iter().map(|it| (it.commit.id.clone(), it)).collect();
        while let Some(id) = wanted.pop_first() {
            let Some(it) = by_id.remove(&id) else { continue };
            match verify(self.keys, self.visit, &it.commit, it.line) {
                Ok(row) => {
                    wanted.extend(it.commit.previous.clone());
                    self.taken.commits.push(row);
                }
                Err(error) => self.set_aside(&it, error),
            }
        }
        by_id.into_values().collect()
    }

    /// What found no room: a little is passed on in the file, a flood is only counted.
    fn set_down(&mut self, left: Vec<Unverified<'_>>) {
        let devices: BTreeSet<&FeedId> = left.iter().map(|it| &it.commit.feed).collect();
        let beyond = Beyond { n_commits: left.len(), n_devices: devices.len(), ..Beyond::default() };
        self.taken.beyond = beyond;
        let bytes: usize = left.iter().map(|it| it.line.json.len()).sum();
        if left.len() > PASSED_ON || bytes > BYTES_PASSED_ON {
            return;
        }
        let verified = self.verify(&left);
        for (it, verified) in left.iter().zip(verified) {
            match verified {
                Ok(row) => self.taken.beyond.passed_on.push(row),
                Err(error) => self.set_aside(it, error),
            }
        }
        // Of several signatures of one commit the smallest stands, as in the store.
        self.taken.beyond.passed_on.sort_by(|a, b| (a.key(), &a.signature).cmp(&(b.key(), &b.signature)));
        self.taken.beyond.passed_on.dedup_by(|a, b| a.id == b.id);
    }

    /// The rows of the commits whose signatures hold.
    fn verify(&self, lines: &[Unverified<'_>]) -> Vec<Result<CommitRow, LineError>> {
        let (keys, visit, verified) = (self.keys, self.visit, self.verified);
        on_all_cores(lines, |it| match verified.has(&it.commit, it.line) {
            true => Ok(row(&it.commit, it.line)),
            false => verify(keys, visit, &it.commit, it.line),
        })
    }

    fn set_aside(&mut self, it: &Unverified<'_>, error: LineError) {
        self.taken.bad.push(quarantined(self.source, it.number, error, &it.line.to_text()));
    }
}

/// Whether a line holds a commit of the store and has nothing to add to it. Its id is the hash of its bytes: nothing has to be
/// read for that. Whoever has the key can sign one commit in many ways that all hold; the smallest is everybody's
/// (`docs/SHARED-FILE.md`), so another signature than the stored one is looked at.
fn is_known(visit: &VisitId, line: &Line, known: &BTreeMap<CommitId, String>) -> bool {
    let stored = |bound_to| known.get(&Commit::id_of(bound_to, &line.json));
    let stored = if known.is_empty() { None } else { stored(Some(visit)).or_else(|| stored(None)) };
    stored.is_some_and(|stored| *stored == line.signature)
}

/// The public keys that the first commits of the known feeds carry.
pub(in crate::app) fn known_keys(
    store: &Store,
    visit: &VisitId,
) -> Result<BTreeMap<FeedId, PublicKey>, StoreError> {
    let firsts = store.first_commits(visit)?;
    let keys = firsts.into_iter().filter_map(|row| Commit::from_store(row.id, &row.json)?.carried_key());
    Ok(keys.map(|key| (key.feed(), key)).collect())
}

fn quarantined(source: &str, line: usize, reason: LineError, text: &str) -> QuarantinedLine {
    QuarantinedLine { source: source.to_owned(), line, reason: reason.to_string(), text: text.to_owned() }
}
