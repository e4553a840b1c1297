//! From the store to the state of a visit: reads commits, opens what can be opened, folds, and replays own history.

use std::{collections::BTreeMap, sync::Arc, thread};

use crate::{
    app::{checklists, failure::Failure, home::Home, wording},
    domain::{
        edit::{BallotKey, Edit, Founding, Stamp},
        id::{FeedId, MemberName},
        visit::{CommitContent, LoggedCommit, Visit},
    },
    share::{
        commit::{Body, Commit},
        json::Json,
        key::DeviceKey,
        seal::{self, Place},
        wire::decode_edit,
    },
    store::{Store, commits::CommitRow, error::StoreError, visits::VisitRow},
};

/// What a session is made of.
pub(crate) struct Loaded {
    pub(crate) visit: Visit,
    pub(crate) next: (u64, u32),
    pub(crate) lamport: u64,
    /// The keys of the ballots that can be opened here.
    pub(crate) keys: BTreeMap<FeedId, BallotKey>,
}

/// Loads a visit.
pub(crate) fn load(
    store: &Store,
    row: &VisitRow,
    device: &DeviceKey,
    home: &Home,
) -> Result<Loaded, Failure> {
    let fail = |error: StoreError| wording::store(&error, &home.database());
    let rows = store.commits(&row.id).map_err(fail)?;
    let (mut visit, lamport, keys) = fold(row, device, &rows).ok_or_else(|| wording::damaged_store(home))?;
    let feed = device.feed();
    let mut next = (head(&rows, &feed) + 1, 0);
    for edit in store.unsealed_edits(&row.id).map_err(fail)? {
        let edit = read_edit(&edit.json).ok_or_else(|| wording::damaged_store(home))?;
        apply_pending(&mut visit, row.me.as_ref(), &feed, next, &edit);
        next.1 += 1;
    }
    Ok(Loaded { visit, next, lamport, keys })
}

/// Applies an own edit that is not in a commit yet. Without a counted name it is kept and changes nothing.
pub(crate) fn apply_pending(
    visit: &mut Visit,
    me: Option<&MemberName>,
    feed: &FeedId,
    (n, index): (u64, u32),
    edit: &Edit,
) {
    let Some(me) = me.filter(|me| visit.member(me.as_str()).is_some_and(|it| it.feeds.contains(feed))) else {
        return;
    };
    let feeds = visit.member(me.as_str()).map(|state| state.heads.clone()).unwrap_or_default();
    let stamp = Stamp { feed: feed.clone(), n, commit: None, index, seen: Arc::new(feeds) };
    visit.apply_own(&me.clone(), &stamp, edit);
}

/// Reads an own edit as it was stored.
pub(crate) fn read_edit(json: &str) -> Option<Edit> {
    Json::parse(json).ok().map(|json| decode_edit(&json, &|_| None))
}

/// The number of a feed's last commit; rows are in canonical order.
fn head(rows: &[CommitRow], feed: &FeedId) -> u64 {
    rows.iter().filter(|row| &row.feed == feed).map(|row| row.n).max().unwrap_or(0)
}

/// What can be opened of the stored commits, with the keys that opened it.
type Folded = (Visit, u64, BTreeMap<FeedId, BallotKey>);

/// The visit of the stored commits, their largest Lamport time and the ballot keys; `None` if one of them cannot be read.
fn fold(row: &VisitRow, device: &DeviceKey, rows: &[CommitRow]) -> Option<Folded> {
    let (founding, others): (Vec<&CommitRow>, Vec<_>) =
        rows.iter().partition(|it| it.id.as_str() == row.id.as_str());
    let founding = *founding.first()?;
    // The checklist is most of the bytes; reading it beside the votes halves the time to the first frame.
    let (found, logged) = thread::scope(|scope| {
        let found = scope.spawn(|| read_founding(founding));
        let others = read_others(row, device, &others);
        (found.join().ok().flatten(), others)
    });
    let (founding, first) = found?;
    let (mut logged, keys) = logged?;
    let lead_feed = first.feed.clone();
    logged.push(first);
    let lamport = logged.iter().map(|commit| commit.lamport).max().unwrap_or(0);
    Some((Visit::fold(row.id.clone(), founding, &lead_feed, logged), lamport, keys))
}

/// The founding edit, and the rest of its commit.
fn read_founding(row: &CommitRow) -> Option<(Arc<Founding>, LoggedCommit)> {
    let commit = Commit::from_store(row.id.clone(), &row.json)?;
    let Body::Open(edits) = &commit.body else { return None };
    let (first, rest) = edits.split_first()?;
    let Edit::Found(founding) = decode_edit(first, &checklists::read_content) else { return None };
    let content = CommitContent::Edits(decode_all(rest));
    Some((founding, logged(&commit, content)))
}

/// All other commits, opened as far as there are keys, and the keys.
fn read_others(
    row: &VisitRow,
    device: &DeviceKey,
    rows: &[&CommitRow],
) -> Option<(Vec<LoggedCommit>, BTreeMap<FeedId, BallotKey>)> {
    let commits: Vec<Commit<'_>> =
        rows.iter().map(|row| Commit::from_store(row.id.clone(), &row.json)).collect::<Option<_>>()?;
    let keys = ballot_keys(row, device, &commits);
    let opened = commits.iter().map(|commit| logged(commit, content(row, commit, &keys))).collect();
    Some((opened, keys))
}

fn logged(commit: &Commit<'_>, content: CommitContent) -> LoggedCommit {
    LoggedCommit {
        id: commit.id.clone(),
        feed: commit.feed.clone(),
        n: commit.n,
        lamport: commit.lamport,
        seen: Arc::clone(&commit.seen),
        content,
    }
}

fn decode_all(edits: &[Json<'_>]) -> Vec<Edit> {
    edits.iter().map(|edit| decode_edit(edit, &|_| None)).collect()
}

/// The keys that open sealed commits here: one's own, and those that submissions reveal. A revealed key counts for a
/// feed only if it is the one that feed committed to when it joined, so nobody can hide a ballot with a false key.
/// The lead committed in the founding commit, which is read beside these: for that feed only its own first word counts.
fn ballot_keys(row: &VisitRow, device: &DeviceKey, commits: &[Commit<'_>]) -> BTreeMap<FeedId, BallotKey> {
    let mut blinds = BTreeMap::new();
    for (feed, edit) in plain_edits(commits, "blind") {
        if let Edit::Blind { commitment } = edit {
            blinds.entry(feed.clone()).or_insert(commitment);
        }
    }
    let mut keys = BTreeMap::new();
    for (author, edit) in plain_edits(commits, "submit") {
        let Edit::Submit { heads, key: Some(key) } = edit else { continue };
        let commitment = seal::commitment(&key);
        for feed in heads.into_keys().chain([author.clone()]) {
            if blinds.get(&feed).map_or(&feed == author, |promised| promised == &commitment) {
                keys.entry(feed).or_insert(key);
            }
        }
    }
    if let Some(own) = row.ballot_key {
        keys.insert(device.feed(), BallotKey(own));
    }
    keys
}

/// The edits of a kind that anyone can read, with their feeds, in canonical order.
fn plain_edits<'a>(commits: &'a [Commit<'_>], kind: &'a str) -> impl Iterator<Item = (&'a FeedId, Edit)> {
    commits.iter().flat_map(move |commit| {
        let edits = match &commit.body {
            Body::Open(edits) => edits.as_slice(),
            Body::Sealed(_) => &[],
        };
        let wanted = edits.iter().filter(move |edit| edit.text("k") == Some(kind));
        wanted.map(move |edit| (&commit.feed, decode_edit(edit, &|_| None)))
    })
}

fn content(row: &VisitRow, commit: &Commit<'_>, keys: &BTreeMap<FeedId, BallotKey>) -> CommitContent {
    match &commit.body {
        Body::Open(edits) => CommitContent::Edits(decode_all(edits)),
        Body::Sealed(sealed) => {
            let place =
                Place { visit: &row.id, feed: &commit.feed, n: commit.n, previous: commit.previous.as_ref() };
            let plain =
                keys.get(&commit.feed).and_then(|key| seal::open(key, place, sealed)).unwrap_or_default();
            match Json::parse(&plain) {
                Ok(Json::List(edits)) => CommitContent::Edits(decode_all(&edits)),
                _ => CommitContent::Sealed,
            }
        }
    }
}
