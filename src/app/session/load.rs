//! From the store to the state of a visit: reads commits, opens what can be opened, folds, and replays own history.

use std::{
    collections::BTreeMap,
    sync::{Arc, mpsc},
    thread,
};

use crate::{
    app::{
        failure::{Failure, wording},
        home::Home,
        session::keys::{self, BallotKeys, Blind},
    },
    checklist::content::{decode_hashed, decode_once},
    domain::{
        checklist::Checklist,
        edit::{
            BallotKey, Edit, Founding, Stamp,
            commit::{CommitContent, Head, LoggedCommit},
            lineage::Branch,
        },
        log::Recorded,
        terms::{
            id::{FeedId, MemberName, VisitId},
            lang::Lang,
        },
        visit::{Visit, end::UpTo},
    },
    share::{
        code::{base64::sha256, json::Json, key::DeviceKey},
        file::{
            commit::{Body, Commit},
            seal::{self, Place},
        },
        record::record_digest,
        wire::{decode_edit, decode_founding, founding_content},
    },
    store::{Store, commits::CommitRow, error::StoreError, visits::VisitRow},
};

/// Keeps the digest by which members are numbered from ever being the digest of anything else.
const ORDER: &[u8] = b"hecha-outside-1\0";

/// What a session is made of.
pub(crate) struct Loaded {
    pub(crate) visit: Visit,
    pub(crate) next: (u64, u32),
    pub(crate) lamport: u64,
    /// The keys of sealed ballots, as far as they are known here.
    pub(crate) keys: BallotKeys,
}

/// How a visit is looked at.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Look {
    /// In which language somebody outside of the panel sees it; `None` = from inside.
    pub(crate) outside: Option<Lang>,
    /// Up to which of its final records.
    pub(crate) up_to: UpTo,
}

/// Loads a visit.
pub(crate) fn load(
    store: &Store,
    row: &VisitRow,
    device: &DeviceKey,
    home: &Home,
    look: Look,
) -> Result<Loaded, Failure> {
    let rows = store.commits(&row.id).map_err(|error| wording::store(&error, &home.database()))?;
    load_rows(store, row, device, home, look, &rows)
}

/// As [`load`], over given commits: those of the store, and perhaps others that were verified but not taken in.
pub(crate) fn load_rows(
    store: &Store,
    row: &VisitRow,
    device: &DeviceKey,
    home: &Home,
    look: Look,
    rows: &[CommitRow],
) -> Result<Loaded, Failure> {
    let fail = |error: StoreError| wording::store(&error, &home.database());
    let folded = match look.outside {
        Some(lang) => fold_from_outside(row, device, rows, look.up_to, lang),
        None => fold(row, device, rows, look.up_to),
    };
    let (mut visit, lamport, keys) = folded.ok_or_else(|| wording::damaged_store(&home.database()))?;
    let feed = device.feed();
    let mut next = (head(rows, &feed) + 1, 0);
    for edit in store.unsealed_edits(&row.id).map_err(fail)? {
        let edit = read_edit(&edit.json).ok_or_else(|| wording::damaged_store(&home.database()))?;
        apply_pending(&mut visit, row.me.as_ref(), &feed, next, &edit);
        next.1 += 1;
    }
    Ok(Loaded { visit, next, lamport, keys })
}

/// Applies an own edit that is not in a commit yet. Without a counted name it is kept and changes nothing. Gives where it stands, and
/// whether it did anything.
pub(crate) fn apply_pending(
    visit: &mut Visit,
    me: Option<&MemberName>,
    feed: &FeedId,
    (n, index): (u64, u32),
    edit: &Edit,
) -> Option<(Stamp, bool)> {
    let seated = me.filter(|me| visit.member(me.as_str()).is_some_and(|it| it.feeds.contains(feed)));
    if seated.is_none() && !(me.is_none() && visit.is_office(feed)) {
        return None;
    }
    let seen = known_heads(visit, seated, feed, edit.is_ballot());
    let seen = Arc::new(seen.into_iter().map(|(feed, head)| (feed.clone(), head.n)).collect());
    let stamp = Stamp {
        feed: feed.clone(),
        n,
        commit: None,
        index,
        seen,
        branch: Branch::default(),
        saw: Arc::default(),
    };
    let did = match seated {
        Some(me) => visit.apply_own(me, &stamp, edit),
        None => visit.apply_own_of_office(&stamp, edit),
    };
    Some((stamp, did))
}

/// What an edit names as seen: the ends here of a member's other devices, for edits of the ballot only as far as they can be
/// read; for those who lead also of all other devices that do, because any of them may decide a clause and must be seen to have
/// known the other's decision. After the end everybody names those devices: a vote counts that was cast in knowledge of an objection
/// that stands.
pub(crate) fn known_heads<'v>(
    visit: &'v Visit,
    name: Option<&MemberName>,
    own: &FeedId,
    of_ballot: bool,
) -> BTreeMap<&'v FeedId, &'v Head> {
    let Some(state) = name.and_then(|name| visit.member(name.as_str())) else { return BTreeMap::new() };
    let mut heads: BTreeMap<&FeedId, &Head> =
        if of_ballot { state.read.iter().collect() } else { state.heads.iter().collect() };
    if !of_ballot && (visit.leads(&state.member.name) || visit.finalised.is_some()) {
        heads.extend(visit.chair_heads());
    }
    heads.remove(own);
    heads
}

/// Reads an own edit as it was stored.
pub(crate) fn read_edit(json: &str) -> Option<Edit> {
    Json::parse(json).ok().map(|json| decode_edit(&json))
}

/// The number of a feed's last commit; rows are in canonical order.
fn head(rows: &[CommitRow], feed: &FeedId) -> u64 {
    rows.iter().filter(|row| &row.feed == feed).map(|row| row.n).max().unwrap_or(0)
}

/// What can be opened of the stored commits, with the keys that opened it.
type Folded = (Visit, u64, BallotKeys);

/// The visit of the stored commits, their largest Lamport time and the ballot keys; `None` if one of them cannot be read.
pub(crate) fn fold(row: &VisitRow, device: &DeviceKey, rows: &[CommitRow], up_to: UpTo) -> Option<Folded> {
    let opened = open(row, device, rows)?;
    let feed = device.feed();
    let own = row.me.as_ref().map(|me| (&feed, me));
    let (id, lead_feed) = (row.id.clone(), &opened.lead_feed);
    let mut visit = Visit::fold_up_to(id, opened.founding, lead_feed, own, opened.commits, up_to);
    compare_records(&mut visit);
    Some((visit, opened.lamport, opened.keys))
}

/// The same as somebody outside of the panel may see it, who opens nothing but what everybody can.
pub(crate) fn fold_from_outside(
    row: &VisitRow,
    device: &DeviceKey,
    rows: &[CommitRow],
    up_to: UpTo,
    lang: Lang,
) -> Option<Folded> {
    let (row, opened) = open_as_outsider(row, device, rows)?;
    let (lead_feed, commits) = (&opened.lead_feed, opened.commits.clone());
    let mut whole = Visit::fold_up_to(row.id.clone(), opened.founding, lead_feed, None, commits, up_to);
    compare_records(&mut whole);
    let visit = whole.from_outside(lead_feed, opened.commits, |name| number_of(&row.id, name), lang);
    Some((visit, opened.lamport, opened.keys))
}

/// Whether what was made final is what was signed: who makes it final writes down both.
fn compare_records(visit: &mut Visit) {
    let named = visit.finalised.as_ref().filter(|_| !visit.revision.is_draft).map(|end| end.record);
    visit.record_differs = named.is_some_and(|named| named != record_digest(visit));
}

fn open_as_outsider(row: &VisitRow, device: &DeviceKey, rows: &[CommitRow]) -> Option<(VisitRow, Opened)> {
    let row = VisitRow { me: None, ballot_key: None, ..row.clone() };
    let opened = open(&row, device, rows)?;
    Some((row, opened))
}

/// What members are sorted by to be numbered. By a digest the numbers tell no place on the roster, and are the same on every laptop.
fn number_of(visit: &VisitId, name: &MemberName) -> [u8; 32] {
    sha256(&[ORDER, visit.as_str().as_bytes(), b"\0", name.as_str().as_bytes()])
}

/// Everything that was recorded, own edits that are in no commit yet included, for the log.
pub(crate) fn recorded(
    store: &Store,
    row: &VisitRow,
    device: &DeviceKey,
    home: &Home,
    outside: Option<Lang>,
) -> Result<Recorded, Failure> {
    let fail = |error: StoreError| wording::store(&error, &home.database());
    let damaged = || wording::damaged_store(&home.database());
    let rows = store.commits(&row.id).map_err(fail)?;
    let feed = device.feed();
    let mut recorded = match outside {
        Some(lang) => {
            let (row, opened) = open_as_outsider(row, device, &rows).ok_or_else(damaged)?;
            let lead_feed = &opened.lead_feed;
            let whole = Visit::fold(row.id.clone(), opened.founding, lead_feed, None, opened.commits.clone());
            Recorded::from_outside(&whole, lead_feed, opened.commits, |name| number_of(&row.id, name), lang)
        }
        None => {
            let opened = open(row, device, &rows).ok_or_else(damaged)?;
            let own = row.me.as_ref().map(|me| (&feed, me));
            Recorded::fold(row.id.clone(), opened.founding, &opened.lead_feed, own, opened.commits)
        }
    };
    let mut next = (head(&rows, &feed) + 1, 0);
    for edit in store.unsealed_edits(&row.id).map_err(fail)? {
        let edit = read_edit(&edit.json).ok_or_else(damaged)?;
        let done = apply_pending(recorded.visit_mut(), row.me.as_ref(), &feed, next, &edit);
        recorded.keep(edit, done);
        next.1 += 1;
    }
    Ok(recorded)
}

/// The commits of a visit, read as far as there are keys.
struct Opened {
    founding: Arc<Founding>,
    lead_feed: FeedId,
    commits: Vec<LoggedCommit>,
    /// The largest of the commits.
    lamport: u64,
    keys: BallotKeys,
}

fn open(row: &VisitRow, device: &DeviceKey, rows: &[CommitRow]) -> Option<Opened> {
    let (founding, others): (Vec<&CommitRow>, Vec<_>) =
        rows.iter().partition(|it| it.id.as_str() == row.id.as_str());
    let founding = *founding.first()?;
    // The checklist is most of the bytes; reading it beside the votes halves the time to the first frame.
    let (found, others) = thread::scope(|scope| {
        let (sender, lead_blinds) = mpsc::channel();
        let found = scope.spawn(move || {
            // Nobody listens only if the other commits could not be read; then that is the answer.
            let ahead = |blinds| drop(sender.send(blinds));
            read_founding(founding, ahead, |text, _| decode_once(text).ok())
        });
        let others = read_others(row, device, &others, &lead_blinds);
        (found.join().ok().flatten(), others)
    });
    let (founding, first) = found?;
    let (mut logged, keys) = others?;
    let lead_feed = first.feed.clone();
    logged.push(first);
    let lamport = logged.iter().map(|commit| commit.lamport).max().unwrap_or(0);
    Some(Opened { founding, lead_feed, commits: logged, lamport, keys })
}

/// The founding edit, and the rest of its commit. What the lead committed to is sent ahead, before the checklist is read.
fn read_founding(
    row: &CommitRow,
    ahead: impl FnOnce(Vec<Blind>),
    read_checklist: impl Fn(&str, &Json<'_>) -> Option<Arc<Checklist>>,
) -> Option<(Arc<Founding>, LoggedCommit)> {
    let commit = Commit::from_store(row.id.clone(), &row.json)?;
    ahead(keys::blinds(std::slice::from_ref(&commit)));
    let Body::Open(edits) = &commit.body else { return None };
    let (first, rest) = edits.split_first()?;
    let checklist = read_checklist(founding_content(first)?, first)?;
    let founding = Arc::new(decode_founding(first, checklist)?);
    let content = CommitContent::Edits(decode_all(rest));
    Some((founding, logged(&commit, content)))
}

/// Whether a founding commit from elsewhere is one that a laptop could open: well-formed, with the checklist it claims.
pub(crate) fn is_sound_founding(row: &CommitRow) -> bool {
    let checked = |text: &str, edit: &Json<'_>| decode_hashed(text, edit.text("hash")?).map(Arc::new);
    read_founding(row, drop, checked).is_some()
}

/// All other commits, opened as far as there are keys, and the keys.
fn read_others(
    row: &VisitRow,
    device: &DeviceKey,
    rows: &[&CommitRow],
    lead_blinds: &mpsc::Receiver<Vec<Blind>>,
) -> Option<(Vec<LoggedCommit>, BallotKeys)> {
    let commits: Vec<Commit<'_>> =
        rows.iter().map(|row| Commit::from_store(row.id.clone(), &row.json)).collect::<Option<_>>()?;
    let mut blinds = lead_blinds.recv().ok()?;
    blinds.extend(keys::blinds(&commits));
    let keys = BallotKeys::of(&row.id, row.ballot_key.as_ref(), &device.feed(), &commits, &blinds);
    let opened = commits.iter().map(|commit| logged(commit, content(row, commit, &keys))).collect();
    Some((opened, keys))
}

fn logged(commit: &Commit<'_>, content: CommitContent) -> LoggedCommit {
    LoggedCommit {
        id: commit.id.clone(),
        feed: commit.feed.clone(),
        n: commit.n,
        previous: commit.previous.clone(),
        lamport: commit.lamport,
        seen: Arc::clone(&commit.seen),
        content,
    }
}

fn decode_all(edits: &[Json<'_>]) -> Vec<Edit> {
    edits.iter().map(|edit| decode_edit(edit)).collect()
}

/// What a seal holds is part of a ballot, or it is nothing: whoever could seal anything else would choose when it becomes known.
fn of_ballot(edit: Edit) -> Edit {
    if edit.is_ballot() { edit } else { Edit::Unknown { kind: "sealed".to_owned(), critical: false } }
}

fn content(row: &VisitRow, commit: &Commit<'_>, keys: &BallotKeys) -> CommitContent {
    let sealed = match &commit.body {
        Body::Open(edits) => return CommitContent::Edits(decode_all(edits)),
        Body::Sealed(sealed) => sealed,
    };
    let place = Place { visit: &row.id, feed: &commit.feed, n: commit.n, previous: commit.previous.as_ref() };
    let Some(promised) = seal::committed(sealed) else { return CommitContent::Sealed };
    let read = |key: &BallotKey| {
        let plain = seal::open(key, place, sealed)?;
        match Json::parse(&plain) {
            Ok(Json::List(edits)) => Some(decode_all(&edits).into_iter().map(of_ballot).collect()),
            _ => None,
        }
    };
    if let Some(edits) = keys.known(&commit.feed, &promised).and_then(read) {
        return CommitContent::Opened(edits);
    }
    keys.own(&commit.feed, &promised).and_then(read).map_or(CommitContent::Sealed, CommitContent::Own)
}
