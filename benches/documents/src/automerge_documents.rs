//! The contender Automerge: one document per member, a map of clauses with grade and reason, a change per batch. Unsigned.

use automerge::{ActorId, AutoCommit, ObjType, ROOT, ReadDoc, transaction::Transactable};

use crate::edits::{BATCH, BEHIND, GradeGiven, MEMBERS, batches};

/// The documents of all members, saved.
pub struct Documents {
    /// One file per member.
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
        let mut behind = AutoCommit::new();
        let mut news = Vec::new();
        let mut files = Vec::new();
        for (member, name) in MEMBERS.iter().enumerate() {
            let mut document = AutoCommit::new().with_actor(ActorId::from([member as u8 + 1; 16]));
            let votes = document.put_object(ROOT, *name, ObjType::Map).unwrap();
            let all = batches(member);
            // The last 300 edits: the last batches of the first members, two of some, one of the others.
            let n_last = (BEHIND / BATCH + MEMBERS.len() - 1 - member) / MEMBERS.len();
            let (early, last) = all.split_at(all.len() - n_last);
            early.iter().for_each(|batch| give(&mut document, &votes, batch));
            behind.merge(&mut document).unwrap();
            let heads = document.get_heads();
            last.iter().for_each(|batch| give(&mut document, &votes, batch));
            news.push(document.save_after(&heads));
            files.push(document.save());
        }
        let merged = merge(&files).save();
        Self { files, merged, behind: behind.save(), news }
    }
}

fn give(document: &mut AutoCommit, votes: &automerge::ObjId, batch: &[GradeGiven]) {
    for given in batch {
        let vote = match document.get(votes, given.clause.as_str()).unwrap() {
            Some((_, vote)) => vote,
            None => document.put_object(votes, given.clause.as_str(), ObjType::Map).unwrap(),
        };
        document.put(&vote, "grade", given.grade).unwrap();
        document.put(&vote, "reason", given.reason.as_str()).unwrap();
    }
    document.commit();
}

/// Loads a document.
pub fn load(bytes: &[u8]) -> AutoCommit {
    AutoCommit::load(bytes).unwrap()
}

/// Loads the files and merges them into one document.
pub fn merge(files: &[Vec<u8>]) -> AutoCommit {
    let mut all = AutoCommit::new();
    for file in files {
        all.merge(&mut load(file)).unwrap();
    }
    all
}

/// Takes edits in and saves the document, as a sync writes its file.
pub fn take_in(document: &mut AutoCommit, news: &[Vec<u8>]) -> Vec<u8> {
    for edits in news {
        document.load_incremental(edits).unwrap();
    }
    document.save()
}

/// How many votes can be read.
pub fn n_votes(document: &AutoCommit) -> usize {
    let of = |name: &str| document.get(ROOT, name).unwrap().map_or(0, |(_, votes)| document.length(votes));
    MEMBERS.iter().map(|name| of(name)).sum()
}
