//! The contender Loro: one document per member, a map of clauses with grade and reason, a commit per batch. Unsigned.

use loro::{ExportMode, LoroDoc, LoroMap};

use crate::edits::{BATCH, BEHIND, GradeGiven, MEMBERS, batches};

/// The documents of all members, saved.
pub struct Documents {
    /// One snapshot per member.
    pub files: Vec<Vec<u8>>,
    /// All of them merged into one.
    pub merged: Vec<u8>,
    /// The merged document without the last edits.
    pub behind: Vec<u8>,
    /// Those edits.
    pub news: Vec<Vec<u8>>,
}

impl Documents {
    /// Makes the documents of all members.
    pub fn write() -> Self {
        let behind = LoroDoc::new();
        let mut news = Vec::new();
        let mut files = Vec::new();
        for (member, name) in MEMBERS.iter().enumerate() {
            let document = LoroDoc::new();
            document.set_peer_id(member as u64 + 1).unwrap();
            let votes = document.get_map(*name);
            let all = batches(member);
            let n_last = (BEHIND / BATCH + MEMBERS.len() - 1 - member) / MEMBERS.len();
            let (early, last) = all.split_at(all.len() - n_last);
            early.iter().for_each(|batch| give(&document, &votes, batch));
            behind.import(&save(&document)).unwrap();
            let before = document.oplog_vv();
            last.iter().for_each(|batch| give(&document, &votes, batch));
            news.push(document.export(ExportMode::updates(&before)).unwrap());
            files.push(save(&document));
        }
        let merged = save(&merge(&files));
        Self { files, merged, behind: save(&behind), news }
    }
}

fn give(document: &LoroDoc, votes: &LoroMap, batch: &[GradeGiven]) {
    for given in batch {
        let vote = votes.ensure_mergeable_map(&given.clause).unwrap();
        vote.insert("grade", given.grade).unwrap();
        vote.insert("reason", given.reason.as_str()).unwrap();
    }
    document.commit();
}

/// Saves a document with its history.
pub fn save(document: &LoroDoc) -> Vec<u8> {
    document.export(ExportMode::Snapshot).unwrap()
}

/// Loads a document.
pub fn load(bytes: &[u8]) -> LoroDoc {
    LoroDoc::from_snapshot(bytes).unwrap()
}

/// Loads the files and merges them into one document.
pub fn merge(files: &[Vec<u8>]) -> LoroDoc {
    let all = LoroDoc::new();
    all.import_batch(files).unwrap();
    all
}

/// Takes edits in and saves the document, as a sync writes its file.
pub fn take_in(document: &LoroDoc, news: &[Vec<u8>]) -> Vec<u8> {
    document.import_batch(news).unwrap();
    save(document)
}

/// How many votes can be read. Loro reads its state when it is asked for, so this belongs to loading.
pub fn n_votes(document: &LoroDoc) -> usize {
    let value = document.get_deep_value();
    let members = value.into_map().unwrap();
    members.values().map(|votes| votes.as_map().unwrap().len()).sum()
}
