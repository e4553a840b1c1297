//! Verifies the lines of a shared file and takes in what holds; the rest is set aside with its reason.

use std::{collections::BTreeMap, num::NonZero, panic::resume_unwind, path::Path, thread};

use crate::{
    app::{checklist::sources, failure::Failure, session::Session, sync::report::SyncReport},
    domain::terms::id::{CommitId, FeedId, VisitId},
    share::{
        code::key::PublicKey,
        error::LineError,
        file::{
            Contents,
            commit::{Body, Commit, Line},
        },
        folder::{self, Found, disk::Disk},
    },
    store::{
        Store,
        commits::{CommitRow, QuarantinedLine},
        error::StoreError,
    },
};

/// Fewer commits are verified without another thread.
const FEWEST_FOR_A_THREAD: usize = 16;
/// Devices of a visit that are taken in: far more than any panel has, few enough that a flood of claims does no harm.
const FEED_LIMIT: usize = 1_000;

impl Session {
    /// Steps 1–3: imports what the main file and the other replicas hold.
    pub(in crate::app) fn take_in_all(
        &mut self,
        disk: &dyn Disk,
        found: &Found,
        report: &mut SyncReport,
    ) -> Result<(), Failure> {
        let wanted = self.canonical()?;
        let envelope = self.envelope()?;
        let before = report.imported;
        crate::app::sync::words::left_out(found.n_left_out).into_iter().for_each(|note| report.note(note));
        for path in folder::candidates(&found.beside) {
            let Some(contents) = folder::replica(disk, path, &self.row.id, envelope.as_ref()) else {
                continue;
            };
            self.note_lock(&contents)?;
            if let Contents::Lines { lines, .. } = contents {
                self.take_in_from(path, &lines, report)?;
            }
        }
        if !found.main.says(&wanted) {
            if let Some(reading) = found.main.reading() {
                self.note_lock(reading.contents())?;
            }
            let lines = found.main.lines(&self.row.id, &wanted);
            self.take_in_from(&self.file.clone(), &lines, report)?;
        }
        if report.imported > before {
            self.reload()?;
            if let Some(note) = self.leave_fork()? {
                report.note(note);
            }
        }
        Ok(())
    }

    /// Imports the lines of one file in one transaction. The visit is not read anew.
    pub(in crate::app) fn take_in_from(
        &mut self,
        source: &Path,
        lines: &[(usize, String)],
        report: &mut SyncReport,
    ) -> Result<(), Failure> {
        let taken = take_in(&self.store, &self.row.id, &source.display().to_string(), lines);
        let taken = taken.map_err(|error| self.store_failure(&error))?;
        if taken.n_bad > 0 {
            report.note(crate::app::sync::words::bad_lines(taken.n_bad, source));
        }
        let imported = taken.import(&mut self.store, &self.row.id);
        report.imported += imported.map_err(|error| self.store_failure(&error))?;
        Ok(())
    }

    /// Whether every commit among the lines that holds is in the store.
    pub(in crate::app) fn knows_all(&self, lines: &[(usize, String)]) -> Result<bool, Failure> {
        let taken = take_in(&self.store, &self.row.id, "", lines);
        taken.map(|taken| taken.commits.is_empty()).map_err(|error| self.store_failure(&error))
    }
}

/// Lines of a file, sorted into commits to import and lines to set aside.
pub(crate) struct TakenIn {
    commits: Vec<CommitRow>,
    bad: Vec<QuarantinedLine>,
    /// Lines that were set aside before and hold now.
    released: Vec<String>,
    pub(crate) n_bad: usize,
}

impl TakenIn {
    /// Whether the founding commit is among the lines, with the checklist it claims.
    pub(crate) fn has_sound_founding(&self, visit: &VisitId) -> bool {
        let Some(row) = self.commits.iter().find(|row| row.id.as_str() == visit.as_str()) else {
            return false;
        };
        let Some(commit) = Commit::from_store(row.id.clone(), &row.json) else { return false };
        let Body::Open(edits) = &commit.body else { return false };
        let texts = edits.first().and_then(|edit| Some((edit.text("content")?, edit.text("hash")?)));
        texts.is_some_and(|(content, hash)| sources::is_sound_content(content, hash))
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
) -> Result<TakenIn, StoreError> {
    let known = store.signatures(visit)?;
    let mut keys = known_keys(store, visit)?;
    let n_keys = keys.len();
    let mut bad = Vec::new();
    let mut split = Vec::new();
    for (number, text) in lines {
        match Line::parse(text) {
            Ok(line) => split.push((*number, line)),
            Err(error) => bad.push(quarantined(source, *number, error, text)),
        }
    }
    let mut read = Vec::new();
    let new = on_all_cores(&split, |(_, line)| {
        (!is_known(visit, line, &known)).then(|| Commit::read(visit, &line.json))
    });
    for ((number, line), commit) in split.iter().zip(new) {
        match commit {
            None => {}
            Some(Ok(commit)) => {
                if let Some(key) = commit.carried_key().filter(|_| keys.len() < FEED_LIMIT) {
                    keys.insert(key.feed(), key);
                }
                read.push((*number, commit, line));
            }
            Some(Err(error)) => bad.push(quarantined(source, *number, error, &line.to_text())),
        }
    }
    let verified = on_all_cores(&read, |(_, commit, line)| verify(&keys, visit, commit, line));
    let mut taken = TakenIn { commits: Vec::new(), n_bad: 0, bad, released: Vec::new() };
    for ((number, _, line), verified) in read.iter().zip(verified) {
        match verified {
            Ok(row) => taken.commits.push(row),
            Err(error) => taken.bad.push(quarantined(source, *number, error, &line.to_text())),
        }
    }
    if keys.len() > n_keys {
        for text in store.quarantined(visit, &LineError::UnknownKey.to_string())? {
            let Ok(line) = Line::parse(&text) else { continue };
            let Ok(commit) = Commit::read(visit, &line.json) else { continue };
            if let Ok(row) = verify(&keys, visit, &commit, &line) {
                taken.commits.push(row);
                taken.released.push(text);
            }
        }
    }
    taken.n_bad = taken.bad.len();
    Ok(taken)
}

/// The row of a commit whose signature holds.
fn verify(
    keys: &BTreeMap<FeedId, PublicKey>,
    visit: &VisitId,
    commit: &Commit<'_>,
    line: &Line,
) -> Result<CommitRow, LineError> {
    let flooded = keys.len() >= FEED_LIMIT && commit.carried_key().is_some();
    let missing = if flooded { LineError::TooManyFeeds } else { LineError::UnknownKey };
    let key = keys.get(&commit.feed).ok_or(missing)?;
    commit.verify(visit, line, *key)?;
    Ok(CommitRow {
        id: commit.id.clone(),
        feed: commit.feed.clone(),
        n: commit.n,
        signature: line.signature.clone(),
        json: line.json.clone(),
    })
}

/// Whether a line holds a commit of the store and has nothing to add to it. Its id is the hash of its bytes: nothing has to be
/// read for that. Whoever has the key can sign one commit in many ways that all hold; the smallest is everybody's
/// (`docs/SHARED-FILE.md`), so only a smaller signature than the stored one is looked at.
fn is_known(visit: &VisitId, line: &Line, known: &BTreeMap<CommitId, String>) -> bool {
    let stored = |bound_to| known.get(&Commit::id_of(bound_to, &line.json));
    let stored = if known.is_empty() { None } else { stored(Some(visit)).or_else(|| stored(None)) };
    stored.is_some_and(|stored| *stored <= line.signature)
}

/// Works on the items on all cores; the answers come in the order of the items.
fn on_all_cores<'a, T: Sync, A: Send>(items: &'a [T], work: impl Fn(&'a T) -> A + Sync) -> Vec<A> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    // A thread costs as much as a few signatures.
    let share = items.len().div_ceil(cores).max(FEWEST_FOR_A_THREAD);
    if items.len() <= share {
        return items.iter().map(work).collect();
    }
    let work = &work;
    thread::scope(|scope| {
        let shares =
            items.chunks(share).map(|share| scope.spawn(move || share.iter().map(work).collect::<Vec<A>>()));
        let shares: Vec<_> = shares.collect();
        shares
            .into_iter()
            .flat_map(|share| share.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}

/// The public keys that the first commits of the known feeds carry.
fn known_keys(store: &Store, visit: &VisitId) -> Result<BTreeMap<FeedId, PublicKey>, StoreError> {
    let firsts = store.first_commits(visit)?;
    let keys = firsts.into_iter().filter_map(|row| Commit::from_store(row.id, &row.json)?.carried_key());
    Ok(keys.map(|key| (key.feed(), key)).collect())
}

fn quarantined(source: &str, line: usize, reason: LineError, text: &str) -> QuarantinedLine {
    QuarantinedLine { source: source.to_owned(), line, reason: reason.to_string(), text: text.to_owned() }
}
