//! A sync, step by step (`docs/SHARED-FILE.md` §5). Any failure leaves the store unchanged or further along, never behind.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::{
    app::{
        checklists,
        failure::Failure,
        files,
        passphrase::{self, Lock},
        session::{Session, SyncState},
        wording,
    },
    domain::{
        edit::Edit,
        id::{CommitId, FeedId, VisitId},
        lang::Text,
        profile::Reveal,
    },
    share::{
        backup,
        commit::{Body, Commit, Line},
        disk::{Disk, RealDisk},
        error::LineError,
        file::{self, Contents},
        folder::{self, Main},
        key::PublicKey,
        replace::replace,
    },
    store::{
        Store,
        commits::{CommitRow, QuarantinedLine},
        error::StoreError,
    },
};

/// How often a sync starts over when others write at the same time.
const ROUNDS: usize = 4;

/// What a sync did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncReport {
    /// Commits that were new to this laptop.
    pub imported: usize,
    /// Whether the shared file was written.
    pub written: bool,
    /// What the user should know, e.g. that damage was repaired.
    pub notes: Vec<Text>,
    /// Where own edits have got to.
    pub state: SyncState,
}

impl Session {
    /// Exchanges commits with the shared file and every other replica beside it.
    ///
    /// # Errors
    /// If the file is away, foreign or cannot be written; all that was taken in stays.
    pub fn sync(&mut self) -> Result<SyncReport, Failure> {
        self.sync_with(&RealDisk)
    }

    /// As [`Self::sync`], on a given disk.
    ///
    /// # Errors
    /// As [`Self::sync`].
    pub fn sync_with(&mut self, disk: &dyn Disk) -> Result<SyncReport, Failure> {
        self.seal()?;
        self.refresh()?;
        let mut report =
            SyncReport { imported: 0, written: false, notes: Vec::new(), state: SyncState::default() };
        let mut delivered = false;
        for _ in 0..ROUNDS {
            let main = self.read_main(disk)?;
            self.take_in_all(disk, &main, &mut report)?;
            self.answer()?;
            delivered = self.deliver(disk, &main, &mut report)?;
            if delivered {
                break;
            }
        }
        if !delivered {
            report.written = false;
            report.notes.push(not_delivered_note());
            self.leave_side_file(disk, &self.canonical()?)?;
        }
        report.state = self.sync_state()?;
        Ok(report)
    }

    /// Steps 1–3: imports what the main file and the other replicas hold.
    fn take_in_all(&mut self, disk: &dyn Disk, main: &Main, report: &mut SyncReport) -> Result<(), Failure> {
        let wanted = self.canonical()?;
        let envelope = self.envelope()?;
        let mut sources: Vec<(PathBuf, Contents)> =
            folder::other_replicas(disk, &self.file, &self.row.id, envelope.as_ref());
        match main {
            Main::Missing => {}
            main if main.says(&wanted) => {}
            Main::Read { contents, .. } => sources.push((self.file.clone(), contents.clone())),
            Main::Unavailable(error) => {
                return Err(wording::path(&self.file, &std::io::Error::from(error.kind())));
            }
        }
        let before = report.imported;
        for (path, contents) in sources {
            self.note_lock(&contents)?;
            let Contents::Lines { header, lines, .. } = contents else { continue };
            if header.visit != self.row.id {
                continue;
            }
            let source = path.display().to_string();
            let taken = take_in(&self.store, &self.row.id, &source, &lines);
            let taken = taken.map_err(|error| self.store_failure(&error))?;
            if taken.n_bad > 0 {
                report.notes.push(bad_lines_note(taken.n_bad, &path));
            }
            let imported = taken.import(&mut self.store, &self.row.id);
            report.imported += imported.map_err(|error| self.store_failure(&error))?;
        }
        if report.imported > before { self.reload() } else { Ok(()) }
    }

    /// What this laptop answers to what it has taken in: the lead's receipts, and a key that waited for the closing.
    fn answer(&mut self) -> Result<(), Failure> {
        let mut edits = Vec::new();
        if self.is_lead() {
            let heads = self.contiguous_heads()?;
            if heads.iter().any(|(feed, n)| self.visit.receipts.get(feed) != Some(n)) {
                edits.push((Edit::Receipt { heads }, None));
            }
        }
        edits.extend(self.waiting_key().map(|edit| (edit, None)));
        if edits.is_empty() {
            return Ok(());
        }
        self.write(edits)?;
        self.seal()
    }

    /// Steps 4–10: brings the main file to what the store wants. `false` = others were faster, start over.
    fn deliver(&mut self, disk: &dyn Disk, main: &Main, report: &mut SyncReport) -> Result<bool, Failure> {
        let wanted = self.canonical()?;
        match main {
            main if main.says(&wanted) => return self.delivered(),
            Main::Read { contents: Contents::Foreign, bytes, .. } if is_foreign(bytes, &wanted) => {
                self.leave_side_file(disk, &wanted)?;
                return Err(wording::foreign_file(&self.file));
            }
            Main::Read { contents: Contents::Newer(_), .. } => {
                self.leave_side_file(disk, &wanted)?;
                return Err(wording::newer_file(&self.file));
            }
            Main::Read { contents: Contents::Lines { header, .. } | Contents::Encrypted(header), .. }
                if header.visit != self.row.id =>
            {
                return Err(wording::other_visit(&self.file));
            }
            Main::Read { contents: Contents::Encrypted(_), .. } => {
                // Without the key not even a side file: it would be plain.
                if self.lock() != Lock::Held {
                    return Err(passphrase::asks(&self.file));
                }
                self.leave_side_file(disk, &wanted)?;
                return Err(passphrase::other_key(&self.file));
            }
            Main::Read { contents, bytes, .. } => {
                if !matches!(contents, Contents::Lines { intact: true, .. }) {
                    report.notes.push(healed_note());
                }
                let folder = self.home.backups(self.row.id.as_str())?;
                backup::set_aside(&RealDisk, &folder, bytes).map_err(|error| wording::share(&error))?;
            }
            Main::Missing | Main::Unavailable(_) => {}
        }
        let token = files::token()?;
        let bytes = self.encode(&wanted)?;
        replace(disk, &self.file, &bytes, &token).map_err(|error| wording::share(&error))?;
        report.written = true;
        if self.read_main(disk)?.says(&wanted) { self.delivered() } else { Ok(false) }
    }

    fn read_main(&self, disk: &dyn Disk) -> Result<Main, Failure> {
        folder::read_main(disk, &self.file, self.envelope()?.as_ref()).map_err(|error| wording::share(&error))
    }

    /// Notes that all own commits are in the file.
    fn delivered(&mut self) -> Result<bool, Failure> {
        let n = self.next.0.saturating_sub(1);
        self.store.set_in_file(&self.row.id, n).map_err(|error| self.store_failure(&error))?;
        self.row.in_file_n = n;
        Ok(true)
    }

    /// Leaves own commits beside a main file that may not be touched, for the next person to pick up.
    fn leave_side_file(&self, disk: &dyn Disk, wanted: &[u8]) -> Result<(), Failure> {
        let stem = self.file.file_stem().and_then(|stem| stem.to_str()).unwrap_or("visit");
        let feed: String = self.feed().as_str().chars().take(4).collect();
        let side = self.file.with_file_name(format!("{stem}~{feed}.hecha"));
        let token = files::token()?;
        if disk.read(&side, file::HEADER_PROBE).is_ok_and(|start| !is_ours(&start, &self.row.id)) {
            return Ok(());
        }
        replace(disk, &side, &self.encode(wanted)?, &token).map_err(|error| wording::share(&error))
    }

    fn canonical(&self) -> Result<Vec<u8>, Failure> {
        let rows = self.store.commits(&self.row.id).map_err(|error| self.store_failure(&error))?;
        let lines: Vec<Line> =
            rows.into_iter().map(|row| Line { signature: row.signature, json: row.json }).collect();
        self.enclose(file::write(&self.row.id, &lines))
    }

    /// Last commit without a gap before it, for every feed but one's own.
    fn contiguous_heads(&self) -> Result<BTreeMap<FeedId, u64>, Failure> {
        let rows = self.store.commits(&self.row.id).map_err(|error| self.store_failure(&error))?;
        let own = self.feed();
        let mut heads: BTreeMap<FeedId, u64> = BTreeMap::new();
        for row in rows.into_iter().filter(|row| row.feed != own) {
            let head = heads.entry(row.feed).or_default();
            if row.n == *head + 1 {
                *head = row.n;
            }
        }
        Ok(heads)
    }

    /// Under `reveal = on-close` the key is held back until the lead closes scoring.
    fn waiting_key(&self) -> Option<Edit> {
        let state = self.my_state()?;
        let waits = self.visit.founding.checklist.profile.reveal == Reveal::OnClose
            && (self.visit.closed || self.visit.finalised.is_some())
            && !state.key_revealed;
        let heads = state.submission.clone().filter(|_| waits)?;
        let key = self.row.ballot_key.map(crate::domain::edit::BallotKey);
        Some(Edit::Submit { heads, key })
    }
}

/// Lines of a file, sorted into commits to import and lines to set aside.
pub(crate) struct TakenIn {
    commits: Vec<CommitRow>,
    bad: Vec<QuarantinedLine>,
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
        texts.is_some_and(|(content, hash)| checklists::is_sound_content(content, hash))
    }

    /// Imports in one transaction; returns how many commits were new.
    pub(crate) fn import(self, store: &mut Store, visit: &VisitId) -> Result<usize, StoreError> {
        if self.commits.is_empty() && self.bad.is_empty() {
            return Ok(0);
        }
        store.import(visit, &self.commits, &self.bad)
    }
}

/// Verifies the commits of a file that the store does not know, each alone.
pub(crate) fn take_in(
    store: &Store,
    visit: &VisitId,
    source: &str,
    lines: &[(usize, String)],
) -> Result<TakenIn, StoreError> {
    let known: BTreeSet<CommitId> = store.commit_ids(visit)?;
    let mut keys = known_keys(store, visit)?;
    let mut bad = Vec::new();
    let mut split = Vec::new();
    for (number, text) in lines {
        match Line::parse(text) {
            Ok(line) => split.push((*number, line)),
            Err(error) => bad.push(quarantined(source, *number, error, text)),
        }
    }
    let mut read = Vec::new();
    for (number, line) in &split {
        match Commit::read(visit, &line.json) {
            Ok(commit) => {
                keys.extend(commit.carried_key().map(|key| (key.feed(), key)));
                read.push((*number, commit, line));
            }
            Err(error) => bad.push(quarantined(source, *number, error, &line.to_text())),
        }
    }
    let mut commits = Vec::new();
    for (number, commit, line) in read.into_iter().filter(|(_, commit, _)| !known.contains(&commit.id)) {
        let key = keys.get(&commit.feed).ok_or(LineError::UnknownKey);
        match key.and_then(|key| commit.verify(visit, line, *key)) {
            Ok(()) => commits.push(CommitRow {
                id: commit.id,
                feed: commit.feed,
                n: commit.n,
                signature: line.signature.clone(),
                json: line.json.clone(),
            }),
            Err(error) => bad.push(quarantined(source, number, error, &line.to_text())),
        }
    }
    Ok(TakenIn { commits, n_bad: bad.len(), bad })
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

/// Zeros and the beginning of our own header are what a power cut leaves of our file; anything else may be somebody's.
fn is_foreign(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.iter().any(|byte| *byte != 0) && !wanted.starts_with(bytes)
}

fn is_ours(start: &[u8], visit: &VisitId) -> bool {
    matches!(file::read_header(start),
        Contents::Lines { header, .. } | Contents::Encrypted(header) if &header.visit == visit)
}

fn bad_lines_note(n: usize, path: &Path) -> Text {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = crate::domain::clean::clean_line(&name);
    Text::new(
        format!("{name} 里有 {n} 行无法验证，已隔离保存，没有采用。"),
        format!("{n} lines of {name} do not verify; they are set aside and not used."),
    )
}

fn not_delivered_note() -> Text {
    Text::new(
        "共享文件没有收下本机的改动（有人同时在写，或磁盘没有真正写入）；它们都在本机，请稍后再同步。",
        "The shared file did not take this laptop's changes (others kept writing, or the disk did not write); all are on this laptop, sync again later.",
    )
}

fn healed_note() -> Text {
    Text::new(
        "共享文件有损坏，已用本机数据修复；损坏的原文件已留底。",
        "The shared file was damaged; it was repaired from this laptop, and the damaged bytes were kept.",
    )
}
