//! Where else a commit of the store may lie: the shared file, the copies beside it, the earlier versions kept on this laptop.

use std::{collections::BTreeMap, path::Path};

use crate::{
    app::home::Home,
    domain::terms::id::{CommitId, FeedId, VisitId},
    share::{
        code::key::PublicKey,
        file::{
            self, Contents,
            commit::{Commit, Line},
            envelope::Envelope,
        },
        folder::{self, backup, disk::RealDisk},
    },
    store::commits::CommitRow,
};

/// Earlier versions that are looked through, the newest first.
const VERSIONS: usize = 5;

/// Verified commits of a visit that lie outside of the store.
#[derive(Debug, Default)]
pub(crate) struct Elsewhere {
    pub(crate) commits: BTreeMap<CommitId, CommitRow>,
    /// Whether the shared file could be read: what it does not hold then is not in it.
    pub(crate) is_file_read: bool,
    /// Whether it is not encrypted.
    pub(crate) is_file_plain: bool,
}

impl Elsewhere {
    /// Looks everywhere. What cannot be read holds nothing.
    pub(crate) fn of(home: &Home, visit: &VisitId, file: &Path, envelope: Option<&Envelope>) -> Self {
        let mut elsewhere = Self::default();
        let mut lines: Vec<Line> = Vec::new();
        let mut take = |texts: Vec<(usize, String)>| {
            lines.extend(texts.iter().filter_map(|(_, text)| Line::parse(text).ok()));
        };
        if let Ok(found) = folder::look(&RealDisk, file, envelope) {
            let opened = found.main.reading().map(|reading| reading.contents());
            if let Some(Contents::Lines { header, .. }) = opened
                && header.visit == *visit
            {
                (elsewhere.is_file_read, elsewhere.is_file_plain) = (true, header.is_plain());
            }
            take(found.main.lines(visit, &[]));
            for path in folder::candidates(&found.beside) {
                if let Some(Contents::Lines { lines, .. }) =
                    folder::replica(&RealDisk, path, visit, envelope, &[])
                {
                    take(lines);
                }
            }
        }
        let kept = backup::generations(&RealDisk, &home.backups_path(visit.as_str())).unwrap_or_default();
        for generation in kept.iter().take(VERSIONS) {
            let Ok(bytes) = backup::read(&RealDisk, &generation.path) else { continue };
            if let (Contents::Lines { header, lines, .. }, _) = file::open(&bytes, envelope)
                && header.visit == *visit
            {
                take(lines);
            }
        }
        elsewhere.verify(visit, &lines);
        elsewhere
    }

    /// Keeps what holds. Of several signatures the smallest is the commit's.
    fn verify(&mut self, visit: &VisitId, lines: &[Line]) {
        let commits: Vec<(Commit<'_>, &Line)> =
            lines.iter().filter_map(|line| Some((Commit::read(visit, &line.json).ok()?, line))).collect();
        let keys: BTreeMap<FeedId, PublicKey> = commits
            .iter()
            .filter_map(|(commit, _)| commit.carried_key())
            .map(|key| (key.feed(), key))
            .collect();
        for (commit, line) in &commits {
            let known = self.commits.get(&commit.id);
            if known.is_some_and(|known| known.signature <= line.signature) {
                continue;
            }
            let key = keys.get(&commit.feed);
            if key.is_some_and(|key| commit.verify(visit, line, *key).is_ok()) {
                self.commits.insert(commit.id.clone(), row_of(commit, line));
            }
        }
    }
}

/// The row of a commit.
pub(crate) fn row_of(commit: &Commit<'_>, line: &Line) -> CommitRow {
    CommitRow {
        id: commit.id.clone(),
        feed: commit.feed.clone(),
        n: commit.n,
        signature: line.signature.clone(),
        json: line.json.clone(),
    }
}
