//! A member whose program was tampered with: holds the key of an admitted laptop and signs what it likes.

use std::collections::BTreeSet;

use hecha::{
    domain::{
        edit::{Edit, Offer},
        terms::id::{CommitId, FeedId, VisitId},
    },
    share::{
        code::key::DeviceKey,
        file::{
            self, Contents,
            commit::{Body, Commit, Draft, DraftBody, Line, sign},
            seal::Place,
        },
        wire::decode_edit,
    },
};
use rusqlite::Connection;
use serde_json::Value;

use super::{Laptop, Panel};

/// Where an insider goes on: the key, and the last commit of the feed.
pub(crate) struct Insider<'a> {
    panel: &'a Panel,
    secret: [u8; 32],
    pub(crate) visit: VisitId,
    /// Number and id of the commit that the next one follows; `None` = the next one is the first.
    pub(crate) last: Option<(u64, CommitId)>,
    pub(crate) lamport: u64,
    pub(crate) time_ms: u64,
    /// What the next commits say to have seen.
    pub(crate) seen: BTreeSet<CommitId>,
}

impl<'a> Insider<'a> {
    /// With the key of a laptop of the panel, after the last commit that this laptop has.
    pub(crate) fn on(panel: &'a Panel, index: usize) -> Self {
        Self::with(panel, &panel.laptops[index])
    }

    /// As [`Self::on`], with the key of any laptop.
    pub(crate) fn with(panel: &'a Panel, laptop: &Laptop) -> Self {
        let secret = secret(laptop);
        let feed = DeviceKey::from_bytes(&secret).feed();
        let connection = Connection::open(laptop.home.join("hecha.db")).unwrap();
        let sql = "SELECT visit, n, id FROM commits WHERE feed = ?1 ORDER BY n DESC LIMIT 1";
        let (visit, n, id): (String, i64, String) = connection
            .query_row(sql, [feed.as_str()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap();
        let last = Some((u64::try_from(n).unwrap(), CommitId::new(id)));
        let seen = BTreeSet::new();
        Self { panel, secret, visit: VisitId::new(visit), last, lamport: 1_000, time_ms: 0, seen }
    }

    /// A laptop that nobody knows.
    pub(crate) fn stranger(panel: &'a Panel, secret: [u8; 32]) -> Self {
        let visit = Self::on(panel, 0).visit;
        Self { panel, secret, visit, last: None, lamport: 1_000, time_ms: 0, seen: BTreeSet::new() }
    }

    pub(crate) fn key(&self) -> DeviceKey {
        DeviceKey::from_bytes(&self.secret)
    }

    pub(crate) fn feed(&self) -> FeedId {
        self.key().feed()
    }

    /// Goes on after another commit of the feed, beside what follows it.
    pub(crate) fn after(mut self, n: u64) -> Self {
        let connection = Connection::open(self.panel.lead().home.join("hecha.db")).unwrap();
        let sql = "SELECT id FROM commits WHERE feed = ?1 AND n = ?2";
        let stored = i64::try_from(n).unwrap();
        let id: String = connection
            .query_row(sql, (self.feed().as_str(), stored), |row| row.get(0))
            .unwrap_or_else(|error| panic!("commit {n}: {error}"));
        self.last = Some((n, CommitId::new(id)));
        self
    }

    /// The next commit, with these edits: its id, and its line.
    pub(crate) fn next(&mut self, edits: Vec<Value>) -> (CommitId, String) {
        self.sign(DraftBody::Open(edits))
    }

    /// The next commit, sealed under whatever key.
    pub(crate) fn sign(&mut self, body: DraftBody) -> (CommitId, String) {
        let (n, previous) = self.last.take().map_or((1, None), |(n, id)| (n + 1, Some(id)));
        let draft = Draft {
            visit: Some(self.visit.clone()),
            n,
            previous,
            lamport: self.lamport,
            time_ms: self.time_ms,
            seen: self.seen.clone(),
            body,
        };
        let (id, line) = sign(&self.key(), draft);
        self.last = Some((n, id.clone()));
        (id, line.to_text())
    }

    /// Puts the next commit, with these edits, into the shared file; gives its id.
    pub(crate) fn slip_in(&mut self, edits: Vec<Value>) -> CommitId {
        let (id, line) = self.next(edits);
        slip_in(self.panel, &[line]);
        id
    }
}

/// The key of a laptop.
pub(crate) fn device(laptop: &Laptop) -> DeviceKey {
    DeviceKey::from_bytes(&secret(laptop))
}

fn secret(laptop: &Laptop) -> [u8; 32] {
    let connection = Connection::open(laptop.home.join("hecha.db")).unwrap();
    let secret: Vec<u8> = connection.query_row("SELECT secret FROM device", [], |row| row.get(0)).unwrap();
    secret.try_into().unwrap()
}

/// The ids of all commits that a laptop has, as a closing record or a seal names them.
pub(crate) fn ids(laptop: &Laptop) -> Vec<String> {
    let connection = Connection::open(laptop.home.join("hecha.db")).unwrap();
    let mut statement = connection.prepare("SELECT id FROM commits ORDER BY id").unwrap();
    let ids = statement.query_map([], |row| row.get(0)).unwrap();
    ids.map(Result::unwrap).collect()
}

/// Where a sealed commit stands.
pub(crate) struct SealedPlace {
    visit: VisitId,
    feed: FeedId,
    n: u64,
    previous: Option<CommitId>,
}

impl SealedPlace {
    pub(crate) fn as_place(&self) -> Place<'_> {
        Place { visit: &self.visit, feed: &self.feed, n: self.n, previous: self.previous.as_ref() }
    }
}

/// What a member's laptop sealed, as it stands in the shared file.
pub(crate) fn sealed_by(panel: &Panel, index: usize) -> Vec<(SealedPlace, String)> {
    let feed = device(&panel.laptops[index]).feed();
    let of_feed = |visit: &VisitId, line: &Line| {
        let commit = Commit::read(visit, &line.json).ok().filter(|it| it.feed == feed)?;
        let Body::Sealed(text) = commit.body else { return None };
        let place =
            SealedPlace { visit: visit.clone(), feed: commit.feed, n: commit.n, previous: commit.previous };
        Some((place, text.into_owned()))
    };
    let (visit, lines) = lines(panel);
    lines.iter().filter_map(|line| of_feed(&visit, line)).collect()
}

/// The newest shares that a member's laptop gave out.
pub(crate) fn offer_of(panel: &Panel, index: usize) -> Offer {
    newest_offer(panel, index).1
}

/// The commit in which it gave them out.
pub(crate) fn offer_id(panel: &Panel, index: usize) -> String {
    newest_offer(panel, index).0
}

fn newest_offer(panel: &Panel, index: usize) -> (String, Offer) {
    let feed = device(&panel.laptops[index]).feed();
    let (visit, lines) = lines(panel);
    let offers = lines.iter().filter_map(|line| {
        let commit = Commit::read(&visit, &line.json).ok().filter(|it| it.feed == feed)?;
        let Body::Open(edits) = &commit.body else { return None };
        let offer = edits.iter().find_map(|edit| match decode_edit(edit) {
            Edit::Offer(offer) => Some(offer),
            _ => None,
        })?;
        Some((commit.n, commit.id.to_string(), offer))
    });
    let newest = offers.max_by_key(|(n, ..)| *n).unwrap();
    (newest.1, newest.2)
}

fn lines(panel: &Panel) -> (VisitId, Vec<Line>) {
    let Contents::Lines { header, lines, .. } = file::read(&panel.file_bytes()) else {
        panic!("no shared file")
    };
    (header.visit, lines.iter().map(|(_, line)| Line::parse(line).unwrap()).collect())
}

/// Puts lines into the shared file, as a program that was tampered with would.
pub(crate) fn slip_in(panel: &Panel, lines: &[String]) {
    let text = String::from_utf8(panel.file_bytes()).unwrap();
    let body = text.rsplit_once("END ").map_or(text.as_str(), |(body, _)| body);
    std::fs::write(&panel.file, format!("{body}{}\n", lines.join("\n"))).unwrap();
}

/// Who voted what on a clause, as a laptop tells it.
pub(crate) fn votes(laptop: &Laptop, file: &str, clause: &str) -> Vec<(String, Value)> {
    let merged = laptop.json(&["merge", file, "--json"]);
    let row = merged["clauses"].as_array().unwrap().iter().find(|row| row["id"] == clause).unwrap().clone();
    let votes = row["votes"].as_array().unwrap().iter();
    votes.map(|vote| (vote["member"].as_str().unwrap().to_owned(), vote["grade"].clone())).collect()
}
