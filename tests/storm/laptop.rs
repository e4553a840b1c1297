//! One laptop of the storm: its data folder, its session, and what it is known to hold.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use hecha::{
    app::{home::Home, session::Session},
    domain::{
        edit::BallotKey,
        terms::id::{CommitId, FeedId, VisitId},
    },
    share::{
        code::base64,
        file::seal::{self, Place},
    },
};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use super::ledger::{Commit, Ledger, View, WriteId, read_cell};
use crate::{fixture::tiny::must, support::copy_folder};

/// What is in a data folder, as far as the test follows it; goes with copies of the folder.
#[derive(Debug, Clone, Default)]
pub(crate) struct Holdings {
    /// Commits of the store.
    pub(crate) ids: BTreeSet<String>,
    /// Own edits that write a cell: by their number the write, and whether it is in a commit.
    rows: BTreeMap<i64, (WriteId, bool)>,
    /// By cell, the writes that the member could read when it was last looked.
    cells: BTreeMap<String, BTreeSet<WriteId>>,
    /// The commits of the member, then.
    ballot: BTreeSet<String>,
    /// The keys that the ballot was sealed with: a new one follows when the lead opened it again.
    keys: BTreeSet<[u8; 32]>,
}

pub(crate) struct Laptop {
    pub(crate) person: usize,
    pub(crate) folder: PathBuf,
    pub(crate) home: Home,
    pub(crate) session: Option<Session>,
    /// A second connection that only reads.
    reader: Option<Connection>,
    pub(crate) holds: Holdings,
    /// An older copy of the folder.
    pub(crate) copy: Option<(PathBuf, Holdings)>,
}

impl Laptop {
    pub(crate) fn new(person: usize, folder: PathBuf, holds: Holdings) -> Self {
        let home = must(Home::choose(Some(folder.clone())));
        Self { person, folder, home, session: None, reader: None, holds, copy: None }
    }

    /// Opens the visit if it is not open; not possible while another visit's file lies there.
    pub(crate) fn open(&mut self, file: &Path) -> Option<&mut Session> {
        if self.session.is_none() {
            self.session = Session::open(&self.home, file).ok();
        }
        self.session.as_mut()
    }

    /// Ends the program, as a loss of power does.
    pub(crate) fn end(&mut self) {
        self.session = None;
        self.reader = None;
    }

    /// Copies the data folder elsewhere, with the program ended. What a crash left in the store while the visit could not be
    /// opened is entered first, because the copy has it too.
    pub(crate) fn copy_to(&mut self, folder: &Path, ledger: &mut Ledger) -> Holdings {
        self.end();
        self.register(ledger);
        self.end();
        copy_folder(&self.folder, folder);
        self.holds.clone()
    }

    fn reader(&mut self) -> &Connection {
        let path = self.folder.join("hecha.db");
        self.reader.get_or_insert_with(|| {
            Connection::open_with_flags(
                path,
                OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
            )
            .unwrap()
        })
    }

    /// Enters what is new in the store: own edits, commits. No commit may be gone.
    pub(crate) fn register(&mut self, ledger: &mut Ledger) {
        let edits = self.own_edits();
        let mut sealed = Vec::new();
        for (seq, json, is_sealed) in edits {
            let Some((cell, edit)) = read_cell(&json) else { continue };
            let entry = self.holds.rows.entry(seq).or_insert_with(|| {
                let knew = self.holds.cells.entry(cell).or_default();
                let write = ledger.write(edit, knew.clone());
                knew.insert(write);
                (write, false)
            });
            if is_sealed && !entry.1 {
                entry.1 = true;
                sealed.push(entry.0);
            }
        }
        let stored = self.commit_ids();
        let gone: Vec<&String> = self.holds.ids.difference(&stored).collect();
        assert!(gone.is_empty(), "commits left the store: {gone:?}");
        let new: Vec<String> = stored.difference(&self.holds.ids).cloned().collect();
        let unknown: Vec<String> = new.into_iter().filter(|id| !ledger.commits.contains_key(id)).collect();
        self.holds.ids = stored;
        let key = self.ballot_key();
        self.holds.keys.extend(key);
        let visit: String = self.reader().query_row("SELECT id FROM visit", [], |row| row.get(0)).unwrap();
        for (id, json, edits) in self.read(&unknown) {
            let mut commit = commit(&json, &edits);
            if json.get("z").is_some() {
                // Between two looks the laptop may have sealed with the old key and then taken a new one.
                commit.key =
                    Some(self.holds.keys.iter().copied().find(|key| opens(key, &visit, &json)).unwrap());
            }
            let carries = commit.key.is_some() || edits.iter().any(|it| read_cell(&it.to_string()).is_some());
            if carries {
                commit.writes = std::mem::take(&mut sealed);
            }
            let submits =
                edits.iter().any(|it| it["k"] == "submit" && it["tips"] != Value::Array(Vec::new()));
            let previous = commit.previous.clone();
            ledger.commits.insert(id.clone(), commit);
            if submits {
                let ballot = self.holds.ballot.iter().cloned().chain(previous);
                let ballot = ledger.with_past(ballot);
                ledger.commits.get_mut(&id).unwrap().submits = Some(ballot);
            }
        }
        assert!(sealed.is_empty(), "edits were marked as sealed, and no new commit carries them");
    }

    /// Where the member's own record does not read as it must.
    pub(crate) fn misread(&mut self, ledger: &Ledger) -> Option<String> {
        let key = self.ballot_key();
        let session = self.session.as_ref()?;
        let me = session.me().unwrap();
        let state = session.visit().member(me.as_str()).unwrap();
        let own = session.feed();
        if !state.feeds.contains(&own) {
            return None;
        }
        let feeds: BTreeSet<String> = state.feeds.iter().map(ToString::to_string).collect();
        let view = self.view(ledger, &feeds, key);
        let misread = ledger.misread(&view, state);
        self.holds.ballot =
            self.holds.ids.iter().filter(|id| feeds.contains(&ledger.commits[*id].feed)).cloned().collect();
        self.holds.cells = view.cells;
        misread
    }

    /// What this laptop can read of the member who has these feeds.
    pub(crate) fn view(&self, ledger: &Ledger, feeds: &BTreeSet<String>, key: Option<[u8; 32]>) -> View {
        let unsealed = self.holds.rows.values().filter(|(_, sealed)| !sealed).map(|(write, _)| *write);
        ledger.view(&self.holds.ids, feeds, key, unsealed)
    }

    fn own_edits(&mut self) -> Vec<(i64, String, bool)> {
        let reader = self.reader();
        let mut statement =
            reader.prepare_cached("SELECT seq, json, n IS NOT NULL FROM own_edit ORDER BY seq").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
        rows.map(Result::unwrap).collect()
    }

    pub(crate) fn commit_ids(&mut self) -> BTreeSet<String> {
        let mut statement = self.reader().prepare_cached("SELECT id FROM commits").unwrap();
        let ids = statement.query_map([], |row| row.get(0)).unwrap();
        ids.map(Result::unwrap).collect()
    }

    /// Signature and JSON of every commit of the store.
    pub(crate) fn lines(&mut self) -> Vec<String> {
        let sql = "SELECT signature || ' ' || json FROM commits ORDER BY feed, n, id";
        let mut statement = self.reader().prepare_cached(sql).unwrap();
        let lines = statement.query_map([], |row| row.get(0)).unwrap();
        lines.map(Result::unwrap).collect()
    }

    pub(crate) fn ballot_key(&mut self) -> Option<[u8; 32]> {
        let key: Option<Vec<u8>> =
            self.reader().query_row("SELECT ballot_key FROM visit", [], |row| row.get(0)).unwrap();
        key.map(|key| key.try_into().unwrap())
    }

    fn read(&mut self, ids: &[String]) -> Vec<(String, Value, Vec<Value>)> {
        let mut statement = self.reader().prepare_cached("SELECT json FROM commits WHERE id = ?1").unwrap();
        let mut read: Vec<(String, Value, Vec<Value>)> = Vec::new();
        for id in ids {
            let json: String = statement.query_row([id], |row| row.get(0)).unwrap();
            let json: Value = serde_json::from_str(&json).unwrap();
            let edits = json["e"].as_array().cloned().unwrap_or_default();
            read.push((id.clone(), json, edits));
        }
        // What follows comes later, and the sealed edits of a moment stand before the open ones.
        read.sort_by_key(|(_, json, _)| (json["f"].to_string(), json["n"].as_u64()));
        read
    }
}

impl Holdings {
    /// The same for a copy of the folder: what is not in a commit yet becomes a write of its own, because both copies will
    /// put it into a commit of theirs.
    pub(crate) fn twin(&self, ledger: &mut Ledger) -> Self {
        let mut twins = BTreeMap::new();
        let mut copy = self.clone();
        for (write, _) in copy.rows.values_mut().filter(|(_, sealed)| !sealed) {
            let twin = ledger.twin(*write, &twins);
            twins.insert(*write, twin);
            *write = twin;
        }
        for writes in copy.cells.values_mut() {
            *writes = writes.iter().map(|it| *twins.get(it).unwrap_or(it)).collect();
        }
        copy
    }
}

fn opens(key: &[u8; 32], visit: &str, json: &Value) -> bool {
    let text = |name: &str| json[name].as_str();
    let (visit, feed) = (VisitId::new(visit), FeedId::new(text("f").unwrap()));
    let previous = text("p").map(CommitId::new);
    let n = json["n"].as_u64().unwrap();
    let place = Place { visit: &visit, feed: &feed, n, previous: previous.as_ref() };
    seal::open(&BallotKey(*key), place, text("z").unwrap()).is_some()
}

fn commit(json: &Value, edits: &[Value]) -> Commit {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let keys = edits.iter().filter(|it| it["k"] == "submit").filter_map(|it| it["key"].as_str());
    let reopened = edits.iter().filter(|it| it["k"] == "reopen");
    Commit {
        feed: text(&json["f"]).unwrap(),
        previous: text(&json["p"]),
        reveals: keys.map(|key| base64::decode(key).unwrap().try_into().unwrap()).collect(),
        reopens: reopened.flat_map(|it| it["of"].as_array().unwrap()).filter_map(text).collect(),
        ..Commit::default()
    }
}
