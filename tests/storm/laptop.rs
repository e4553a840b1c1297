//! One laptop of the storm: its data folder, its session, and what it is known to hold.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use hecha::{
    app::{home::Home, session::Session},
    domain::{
        edit::{BallotKey, Edit},
        terms::id::{CommitId, FeedId, VisitId},
        visit::{Identity, MemberState},
    },
    share::{
        code::{json::Json, key::PublicKey},
        file::seal::{self, Place},
        wire::decode_edit,
    },
};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use super::ledger::{Commit, Ids, Key, Ledger, Look, WriteId, read_cell};
use crate::{
    fixture::tiny::must,
    support::{copy_folder, tiny::CLAUSES},
};

/// Generations of a key that are looked at: nobody takes back more seals in a history.
const GENERATIONS: u32 = 12;

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
    ballot: Ids,
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
        let keys = self.own_keys();
        let visit: String = self.reader().query_row("SELECT id FROM visit", [], |row| row.get(0)).unwrap();
        for (id, json) in self.read(&unknown) {
            let mut commit = read_commit(&json, &keys, &visit);
            commit.is_honest = true;
            let edits = json["e"].as_array().cloned().unwrap_or_default();
            let carries = commit.key.is_some() || edits.iter().any(|it| read_cell(&it.to_string()).is_some());
            if carries {
                commit.writes = std::mem::take(&mut sealed);
            }
            if commit.knew.is_some() {
                let ballot = self.holds.ballot.iter().cloned().chain(commit.previous.clone());
                commit.knew = Some(ledger.with_past(ballot));
            }
            ledger.commits.insert(id, commit);
        }
        assert!(sealed.is_empty(), "edits were marked as sealed, and no new commit carries them");
    }

    /// Where what this laptop shows is not what it must be: the member's own record, the counted ballots of all honest members,
    /// and nothing of anybody else.
    pub(crate) fn misread(&mut self, ledger: &Ledger, honest: &dyn Fn(&str) -> bool) -> Option<String> {
        let own_keys = self.own_keys();
        let session = self.session.as_ref()?;
        let me = session.me().unwrap().as_str();
        let visit = session.visit();
        let closings: Ids = visit.closings.iter().map(|it| it.commit.to_string()).collect();
        let (must, may) = ledger.closings(&self.holds.ids);
        if !must.is_subset(&closings) || !closings.is_subset(&may) || visit.closed == closings.is_empty() {
            return Some(format!("closed by {closings:?}, must be by {must:?} of {may:?}"));
        }
        for state in visit.members.iter().filter(|it| honest(it.member.name.as_str())) {
            let feeds = feeds_of(state);
            let may_see = session.may_see(state);
            let is_own = state.member.name.as_str() == me;
            let is_waiting = state.identity == Identity::Waiting;
            let look =
                Look { ids: &self.holds.ids, feeds: &feeds, own_keys: BTreeSet::new(), closings: &closings };
            if !closings.is_empty()
                && !is_waiting
                && let Some(miscounted) = ledger.miscounted(&look, state)
            {
                return Some(format!("{}: {miscounted}", state.member.name));
            }
            let counts = !closings.is_empty() && state.ballot_state.counts();
            // A laptop that lost the closing record may have met the keys that others gave for it; then it reads, and shows nothing.
            let is_hidden = !closings.is_empty() || is_blank(state);
            let is_read = || ledger.is_given(&self.holds.ids, &feeds);
            if !is_own && ((may_see && !counts) || (!is_hidden && !is_read())) {
                return Some(format!("shows what {} recorded", state.member.name));
            }
        }
        let state = visit.member(me).unwrap();
        let feeds = feeds_of(state);
        let waits = state.identity == Identity::Waiting && !closings.is_empty();
        if !feeds.contains(session.feed().as_str()) || waits {
            return None;
        }
        let look = Look { ids: &self.holds.ids, feeds: &feeds, own_keys, closings: &closings };
        let unsealed = self.holds.rows.values().filter(|(_, sealed)| !sealed).map(|(write, _)| *write);
        let view = ledger.view(&look, unsealed);
        let misread = ledger.misread(&view, state);
        let misread = misread.map(|it| format!("own ballot, {:?}: {it}", state.ballot_state));
        self.holds.ballot =
            self.holds.ids.iter().filter(|id| feeds.contains(&ledger.commits[*id].feed)).cloned().collect();
        self.holds.cells = view.cells;
        misread
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

    /// The public key that founded the visit.
    pub(crate) fn root_key(&self) -> PublicKey {
        let path = self.folder.join("hecha.db");
        let store = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let sql = "SELECT json FROM commit_line WHERE id = visit";
        let json: String = store.query_row(sql, [], |row| row.get(0)).unwrap();
        let json: Value = serde_json::from_str(&json).unwrap();
        PublicKey::parse(json["e"][0]["key"].as_str().unwrap()).unwrap()
    }

    /// Signature and JSON of every commit of the store.
    pub(crate) fn lines(&mut self) -> Vec<String> {
        let sql = "SELECT signature || ' ' || json FROM commit_line ORDER BY feed, n, id";
        let mut statement = self.reader().prepare_cached(sql).unwrap();
        let lines = statement.query_map([], |row| row.get(0)).unwrap();
        lines.map(Result::unwrap).collect()
    }

    /// The keys that this laptop may have sealed with.
    fn own_keys(&mut self) -> BTreeSet<Key> {
        let root: Option<Vec<u8>> =
            self.reader().query_row("SELECT ballot_key FROM visit", [], |row| row.get(0)).unwrap();
        let root: Option<Key> = root.map(|root| root.try_into().unwrap());
        root.iter().flat_map(|root| (0..GENERATIONS).map(|it| seal::generation(root, it).0)).collect()
    }

    fn read(&mut self, ids: &[String]) -> Vec<(String, Value)> {
        let mut statement =
            self.reader().prepare_cached("SELECT json FROM commit_line WHERE id = ?1").unwrap();
        let mut read: Vec<(String, Value)> = Vec::new();
        for id in ids {
            let json: String = statement.query_row([id], |row| row.get(0)).unwrap();
            read.push((id.clone(), serde_json::from_str(&json).unwrap()));
        }
        // What follows comes later, and the sealed edits of a moment stand before the open ones.
        read.sort_by_key(|(_, json)| (json["f"].to_string(), json["n"].as_u64()));
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

fn feeds_of(state: &MemberState) -> Ids {
    state.feeds.iter().map(ToString::to_string).collect()
}

/// Whether nothing of a ballot can be seen.
fn is_blank(state: &MemberState) -> bool {
    CLAUSES.iter().all(|clause| {
        let ballot = &state.ballot;
        let is_empty = ballot.stand(clause).is_none() && ballot.finding(clause, "B1").is_none();
        is_empty && ballot.note(clause).is_empty() && !ballot.conflicts(clause)
    })
}

/// What a commit is made of; `keys` are those that its author may have sealed with.
pub(crate) fn read_commit(json: &Value, keys: &BTreeSet<Key>, visit: &str) -> Commit {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let mut commit = Commit {
        feed: text(&json["f"]).unwrap(),
        previous: text(&json["p"]),
        seen: json["seen"].as_array().unwrap().iter().filter_map(text).collect(),
        key: json.get("z").and_then(|_| keys.iter().copied().find(|key| opens(key, visit, json))),
        ..Commit::default()
    };
    for edit in json["e"].as_array().into_iter().flatten() {
        match decode_edit(&Json::parse(&edit.to_string()).unwrap()) {
            Edit::Submit { .. } => (commit.seals, commit.knew) = (true, Some(Ids::new())),
            Edit::Unseal => commit.knew = Some(Ids::new()),
            Edit::Close { tips } => commit.closes = Some(tips.iter().map(ToString::to_string).collect()),
            Edit::Blind { commitment } => commit.promises.push(commitment),
            Edit::Key { key } => commit.keys.push(key.0),
            Edit::Release(release) => commit.releases.push(release),
            Edit::Offer(offer) => commit.offer = commit.offer.or(Some(offer)),
            _ => {}
        }
    }
    commit
}

fn opens(key: &Key, visit: &str, json: &Value) -> bool {
    let text = |name: &str| json[name].as_str();
    let (visit, feed) = (VisitId::new(visit), FeedId::new(text("f").unwrap()));
    let previous = text("p").map(CommitId::new);
    let n = json["n"].as_u64().unwrap();
    let place = Place { visit: &visit, feed: &feed, n, previous: previous.as_ref() };
    seal::open(&BallotKey(*key), place, text("z").unwrap()).is_some()
}
