//! `hecha fsck`: what a shared file, the copies beside it and this laptop's store say together. Reads, never writes.

mod at_hand;
pub mod bad_lines;
mod clocks;
mod copies;
pub mod finding;
mod folded;
mod json;
mod local;
mod main_file;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

pub use crate::{
    app::fsck::{
        at_hand::Whereabouts,
        bad_lines::{BadLineReport, Fault},
        clocks::{ClockHint, ClockKind},
        copies::{Class, OtherFile},
        finding::{Finding, Health},
        folded::{CellCount, FeedReport, Roster, Standing},
        local::Database,
    },
    share::file::inspect::Footer,
};
use crate::{
    app::{
        failure::{Failure, damage::Damage, wording},
        fsck::{
            at_hand::AtHand,
            copies::Surroundings,
            folded::Folded,
            local::{Local, n_backups},
            main_file::MainFile,
        },
        home::Home,
        session::{
            reading_envelope,
            room::{ALL_COMMITS_WAITING, DEVICES_WAITING},
        },
    },
    domain::{
        edit::Founding,
        terms::{
            digest::Digest,
            id::{CommitId, FeedId, MemberName, VisitId},
            lang::Lang,
        },
        visit::conflict::InConflict,
    },
    share::{
        file::inspect::{Keys, Replica, SoundCommit, carried_keys, inspect},
        folder::disk::{Disk, RealDisk},
    },
};

/// Everything a check of a shared file found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fsck {
    /// The file.
    pub file: PathBuf,
    /// What it is.
    pub class: Class,
    /// The visit, as far as the file or this laptop tells.
    pub visit: Option<VisitId>,
    /// What it was founded with, if the founding commit is at hand and sound.
    pub founding: Option<Arc<Founding>>,
    /// The name this laptop joined under, if it did.
    pub me: Option<MemberName>,
    /// The last line.
    pub footer: Footer,
    /// Commits in the file that verify.
    pub n_valid: usize,
    /// Lines that do not.
    pub n_bad: usize,
    /// The lines that do not, judged; a file with very many is not listed whole.
    pub bad_lines: Vec<BadLineReport>,
    /// Every feed of the file and of this laptop.
    pub feeds: Vec<FeedReport>,
    /// Who sits on the panel with which device.
    pub roster: Roster,
    /// Feeds with lines in the file for which nobody can vouch: their key, or any sound commit, is nowhere.
    pub unknown_feeds: Vec<FeedId>,
    /// Progress of the members whose votes this laptop may show.
    pub cells: Vec<CellCount>,
    /// Who must settle what, of every conflict this laptop may show.
    pub conflicts: Vec<(MemberName, InConflict)>,
    /// Ballots that are not open yet: who, and how many sealed commits.
    pub sealed: Vec<(String, usize)>,
    /// Other files beside it.
    pub others: Vec<OtherFile>,
    /// Whether the folder holds too many files to look at each.
    pub crowded: bool,
    /// The digest of the record, as members sign it and as it stands on the paper of a final visit.
    pub record: Option<Digest>,
    /// Commits at hand that the file lacks.
    pub n_lacking: usize,
    /// Own edits that wait for the next sync.
    pub n_unsynced: usize,
    /// Commits of the file that this laptop does not have yet.
    pub n_new: usize,
    /// Locks and temporary files in the folder.
    pub leftovers: Vec<String>,
    /// Lines that syncs set aside, by reason.
    pub quarantine: Vec<(String, u64)>,
    /// Clocks that cannot have been right.
    pub clocks: Vec<ClockHint>,
    /// Earlier generations of the file on this laptop.
    pub n_backups: usize,
    /// What of the visit in this laptop's database is not what was stored.
    pub damages: Vec<Damage>,
    /// Devices of nobody's with commits in the file, and those commits: past bounds they are not taken in.
    pub waiting: (usize, usize),
    /// The local database.
    pub database: Database,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// Checks a shared file. On a laptop that has not joined members are numbered in this language, as everywhere.
///
/// # Errors
/// If the file cannot be read and this laptop does not know its visit, or the local database fails while it is read.
pub fn fsck(home: &Home, file: &Path, lang: Lang) -> Result<Fsck, Failure> {
    fsck_on(&RealDisk, home, file, lang)
}

/// As [`fsck`], on a given disk.
///
/// # Errors
/// As [`fsck`].
pub fn fsck_on(disk: &dyn Disk, home: &Home, file: &Path, lang: Lang) -> Result<Fsck, Failure> {
    let file = std::path::absolute(file).map_err(|error| wording::path(file, &error))?;
    let local = Local::open(home);
    let main = MainFile::read(disk, home, &local, &file)?;
    let row = main.visit.as_ref().map(|visit| local.visit(home, visit)).transpose()?.flatten();
    let envelope = row.as_ref().and_then(reading_envelope);
    let surroundings = Surroundings::of(disk, &file, main.visit.as_ref(), envelope);
    let mut report = nothing_but(file, &main, &local, &surroundings);
    let Some(visit) = main.visit.clone() else {
        report.others = surroundings.others(&[], &BTreeSet::new());
        report.findings = findings(&report, &main, None);
        return Ok(report);
    };

    let mut examined = local.examine(home, &visit, &report.file)?;
    let stored = examined.as_mut().map(Local::commits).unwrap_or_default();
    let mut keys = keys_of(&stored);
    keys.extend(surroundings.keys(disk, &visit));
    keys.extend(carried_keys(&visit, &main.bytes));
    let replica = inspect(&visit, &main.bytes, &keys);
    let copies = surroundings.replicas(disk, &visit, &keys);
    let mut at_hand = AtHand::default();
    at_hand.add(&stored, &Whereabouts::Store);
    at_hand.add(&replica.commits, &Whereabouts::File);
    for (name, copy) in &copies {
        at_hand.add(copy.iter().flat_map(|copy| &copy.commits), &Whereabouts::Copy(name.clone()));
    }
    let folded = Folded::of(home, &local, &visit, (examined.as_ref(), lang), &at_hand)?;

    let in_file: BTreeSet<&CommitId> = replica.commits.iter().map(|commit| &commit.id).collect();
    let in_store: BTreeSet<&CommitId> = stored.iter().map(|commit| &commit.id).collect();
    report.take_in_file(&replica, &at_hand);
    report.take_in_fold(&folded, &replica, &at_hand);
    report.me = row.and_then(|row| row.me);
    report.damages = examined.map(|found| found.damages).unwrap_or_default();
    report.n_valid = in_file.len();
    report.n_lacking = at_hand.ids().filter(|id| !in_file.contains(id)).count();
    report.n_new = in_file.difference(&in_store).count();
    report.others = surroundings.others(&copies, &in_file);
    report.clocks = clocks::hints(&visit, &at_hand.sorted());
    report.waiting = folded.waiting(&replica);
    report.n_unsynced = local.n_unsynced(home, &visit)?;
    report.quarantine = local.quarantine(home, &visit)?;
    report.n_backups = n_backups(home, &visit);
    report.findings = findings(&report, &main, Some(&replica));
    Ok(report)
}

impl Fsck {
    /// The result: the worst finding.
    #[must_use]
    pub fn health(&self) -> Health {
        finding::worst(&self.findings)
    }

    /// How many commits the chains name that are in no place this check can see.
    #[must_use]
    pub fn n_lost(&self) -> u64 {
        self.feeds.iter().fold(0, |sum, feed| sum.saturating_add(feed.n_lost))
    }

    /// The name a feed goes by, else the feed itself.
    #[must_use]
    pub fn name_of(&self, feed: &FeedId) -> String {
        let known = self.feeds.iter().find(|it| &it.feed == feed).and_then(|it| it.member.clone());
        known.unwrap_or_else(|| feed.to_string())
    }

    fn take_in_file(&mut self, replica: &Replica, at_hand: &AtHand) {
        if self.class == Class::Sound {
            self.class = Class::of(replica);
        }
        self.footer = replica.footer;
        self.n_bad = replica.n_bad;
        self.bad_lines = bad_lines::judge(replica, at_hand);
        let unvouched = self.bad_lines.iter().filter(|line| line.fault == Fault::UnknownKey);
        let feeds: BTreeSet<FeedId> = unvouched.filter_map(|line| line.feed.clone()).collect();
        self.unknown_feeds = feeds.into_iter().collect();
    }

    fn take_in_fold(&mut self, folded: &Folded, replica: &Replica, at_hand: &AtHand) {
        self.founding = folded.founding();
        self.record = folded.record();
        self.feeds = folded.feeds(replica, at_hand);
        self.roster = folded.roster();
        self.cells = folded.cells();
        self.conflicts = folded.conflicts();
        self.sealed = folded.sealed(at_hand);
    }
}

/// The report before any line was read.
fn nothing_but(file: PathBuf, main: &MainFile, local: &Local, surroundings: &Surroundings) -> Fsck {
    Fsck {
        file,
        class: main.class,
        visit: main.visit.clone(),
        founding: None,
        me: None,
        footer: Footer::Missing,
        n_valid: 0,
        n_bad: 0,
        bad_lines: Vec::new(),
        feeds: Vec::new(),
        roster: Roster::default(),
        unknown_feeds: Vec::new(),
        cells: Vec::new(),
        conflicts: Vec::new(),
        sealed: Vec::new(),
        others: Vec::new(),
        crowded: surroundings.crowded,
        record: None,
        n_lacking: 0,
        n_unsynced: 0,
        n_new: 0,
        leftovers: surroundings.leftovers.clone(),
        quarantine: Vec::new(),
        clocks: Vec::new(),
        n_backups: 0,
        damages: Vec::new(),
        waiting: (0, 0),
        database: local.database.clone(),
        findings: Vec::new(),
    }
}

/// The keys that verified commits carry.
fn keys_of(commits: &[SoundCommit]) -> Keys {
    let firsts = commits.iter().filter(|commit| commit.n == 1);
    let keys = firsts.filter_map(SoundCommit::carried_key);
    keys.map(|key| (key.feed(), key)).collect()
}

/// What is wrong. What each finding means is in `finding.rs`.
fn findings(report: &Fsck, main: &MainFile, replica: Option<&Replica>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut note = |is_so: bool, finding: Finding| found.extend(is_so.then_some(finding));
    let class = report.class;
    let is_shared = matches!(class, Class::Sound | Class::Damaged);
    note(class == Class::Away, Finding::Away);
    note(class == Class::Empty, Finding::Emptied { known: report.founding.is_some() });
    note(class == Class::Foreign, Finding::Foreign);
    note(class == Class::TooBig, Finding::TooBig);
    note(class == Class::Newer, Finding::Newer);
    note(class == Class::Encrypted, Finding::Encrypted);
    note(main.swapped, Finding::Swapped);
    note(is_shared && report.founding.is_none(), Finding::NoFounding);
    note(is_shared && report.footer != Footer::Right, Finding::Footer);
    let misspelt = replica.is_some_and(|replica| !replica.canonical);
    note(class == Class::Sound && misspelt, Finding::Spelling);
    let lost = report.n_lost();
    note(lost > 0, Finding::CommitsLost(lost));
    note(is_shared && report.n_lacking > 0, Finding::CommitsAtHand(report.n_lacking));
    let n_forks = report.feeds.iter().filter(|feed| !feed.left).map(|feed| feed.forks.len()).sum();
    note(n_forks > 0, Finding::Forks(n_forks));
    note(!report.conflicts.is_empty(), Finding::Conflicts(report.conflicts.len()));
    let n_pending = report.roster.pending.len();
    note(n_pending > 0, Finding::Pending(n_pending));
    let (n_devices, n_commits) = report.waiting;
    let is_flood = n_devices as u64 > DEVICES_WAITING || n_commits as u64 > ALL_COMMITS_WAITING;
    note(is_flood, Finding::Flood(n_commits));
    note(matches!(report.database, Database::Damaged(_)), Finding::DatabaseDamaged);
    note(matches!(report.database, Database::Unusable(_)), Finding::DatabaseUnusable);
    found.extend(report.damages.iter().copied().map(Finding::Store));
    found.extend(finding::of_bad_lines(&report.bad_lines, report.n_bad - report.bad_lines.len()));
    // The worst first, so that the reader meets it first; equal ones stay in the order above.
    found.sort_by_key(|finding| std::cmp::Reverse(finding.health()));
    found
}
