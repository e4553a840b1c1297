//! One pass over the stored commits of a visit: which are what their ids say, which are not, and what of them is needed to tell
//! whose this laptop is.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::session::mend::elsewhere::row_of,
    domain::terms::id::{CommitId, FeedId, VisitId},
    share::{
        code::key::PublicKey,
        file::commit::{Commit, Line},
    },
    store::{
        Store,
        checks::{By, StoredCommit},
        commits::CommitRow,
        error::StoreError,
        mending::CommitFix,
        visits::{from_sql, to_sql},
    },
};

/// How much is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// What every opening can afford: what the indexes lead to, and whether they agree.
    Opening,
    /// What the tables hold.
    Tables,
    /// Every signature, too.
    Whole,
}

impl Depth {
    /// How rows are found.
    pub(crate) const fn by(self) -> By {
        match self {
            Self::Opening => By::Index,
            Self::Tables | Self::Whole => By::Table,
        }
    }
}

/// A row that is not what its id says.
#[derive(Debug)]
pub(crate) struct Suspect {
    pub(crate) seq: i64,
    /// Whether it lies under the visit; else under one that is not in the store.
    pub(crate) is_of_visit: bool,
    pub(crate) id: Option<CommitId>,
    pub(crate) feed: Option<FeedId>,
    pub(crate) n: Option<u64>,
    line: Option<Line>,
    json: Option<String>,
}

/// What one pass found.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// The commits that are there and whole. Each was hashed once, and is not read again.
    pub(crate) sound: BTreeMap<CommitId, CommitRow>,
    /// Of these, the first of each feed and those with keys or slots.
    telling: BTreeSet<CommitId>,
    /// The rows in which they were found.
    pub(crate) seqs: Vec<(i64, CommitId)>,
    /// Whether the index that led to them says the same.
    pub(crate) is_indexed: bool,
    /// Rows that are not what they say.
    pub(crate) suspects: Vec<Suspect>,
    /// Commits whose signature does not hold, with their rows; only at the whole depth.
    pub(crate) missigned: Vec<(i64, CommitId)>,
    /// Commits of feeds whose key is not here: whether they are signed nobody here can tell.
    pub(crate) unvouched: Vec<(i64, CommitId)>,
}

impl Scan {
    /// Goes through the stored commits.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn of(store: &Store, visit: &VisitId, depth: Depth) -> Result<Self, StoreError> {
        let mut scan = Self { is_indexed: true, ..Self::default() };
        store.each_stored(visit, depth.by(), |stored| match sound(visit, stored) {
            Some(row) if !scan.sound.contains_key(&row.id) => {
                scan.is_indexed &= stored.is_indexed;
                scan.seqs.push((stored.seq, row.id.clone()));
                scan.take(row);
            }
            _ => scan.suspects.push(Suspect::of(stored)),
        })?;
        if depth == Depth::Whole {
            let keys = scan.keys();
            for (seq, id) in &scan.seqs {
                let Some(row) = scan.sound.get(id) else { continue };
                match holds(visit, row, &keys) {
                    Some(true) => {}
                    Some(false) => scan.missigned.push((*seq, id.clone())),
                    None => scan.unvouched.push((*seq, id.clone())),
                }
            }
        }
        Ok(scan)
    }

    /// The commits with keys or slots, and the first of each feed.
    pub(crate) fn telling(&self) -> impl Iterator<Item = &CommitRow> {
        self.telling.iter().filter_map(|id| self.sound.get(id))
    }

    /// Those of them that are a feed's.
    pub(crate) fn telling_of(&self, feed: &FeedId) -> impl Iterator<Item = &CommitRow> {
        self.telling().filter(move |row| row.feed == *feed)
    }

    /// The keys of the feeds, as the first commits carry them. A key vouches for itself: its hash is the feed.
    pub(crate) fn keys(&self) -> BTreeMap<FeedId, PublicKey> {
        let of_sound = self.telling().filter_map(|row| carried(&row.id, &row.json));
        let of_suspects =
            self.suspects.iter().filter_map(|it| carried(&CommitId::new(""), it.json.as_ref()?));
        of_sound.chain(of_suspects).map(|key| (key.feed(), key)).collect()
    }

    /// How many commits there are of feeds whose first one is not here.
    pub(crate) fn unvouched_for_good(&self) -> usize {
        let keys = self.keys();
        let is_of_none =
            |(_, id): &&(i64, CommitId)| self.sound.get(id).is_some_and(|row| !keys.contains_key(&row.feed));
        self.unvouched.iter().filter(is_of_none).count()
    }

    /// Puts those suspects right that tell themselves what they are: the text is whole and signed, only the columns beside it
    /// are not.
    pub(crate) fn prove(&mut self, visit: &VisitId, fixes: &mut Vec<CommitFix>) -> usize {
        let keys = self.keys();
        let mut n_proved = 0;
        for suspect in std::mem::take(&mut self.suspects) {
            let proved =
                suspect.line.as_ref().and_then(|line| proved(visit, line, |feed| keys.get(feed).copied()));
            match proved {
                Some(row) if self.sound.contains_key(&row.id) => {
                    // It is there already; this is a second one.
                    fixes.push(CommitFix::SetAside(suspect.seq));
                    n_proved += 1;
                }
                Some(row) => {
                    self.take(row.clone());
                    fixes.push(CommitFix::Put(suspect.seq, row));
                    n_proved += 1;
                }
                // A row of a visit that is not in the store may be another one's.
                None if suspect.is_of_visit => self.suspects.push(suspect),
                None => {}
            }
        }
        n_proved
    }

    /// Finds the checklist that the founding commit was stored with, if it is not the one it points to.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn rejoin(&mut self, store: &Store, visit: &VisitId) -> Result<Option<CommitFix>, StoreError> {
        let is_founding = |it: &Suspect| it.id.as_ref().is_some_and(|id| id.as_str() == visit.as_str());
        let Some(place) = self.suspects.iter().position(is_founding) else { return Ok(None) };
        let Some(suspect) = self.suspects.get(place) else { return Ok(None) };
        let (seq, signature) = (suspect.seq, suspect.line.as_ref().map(|line| line.signature.clone()));
        let mut found = None;
        store.rejoin(seq, |json| {
            let line = Line { signature: signature.clone().unwrap_or_default(), json: json.to_owned() };
            let key = carried(&CommitId::new(visit.as_str()), json);
            found = proved(visit, &line, |_| key).filter(|row| row.id.as_str() == visit.as_str());
            found.is_some()
        })?;
        let Some(row) = found else { return Ok(None) };
        self.suspects.swap_remove(place);
        self.take(row.clone());
        Ok(Some(CommitFix::Put(seq, row)))
    }

    /// Counts a commit among those that are there.
    pub(crate) fn take(&mut self, row: CommitRow) {
        if row.n == 1 || row.json.contains("\"k\":\"blind\"") || row.json.contains("\"k\":\"slot\"") {
            self.telling.insert(row.id.clone());
        }
        self.sound.insert(row.id.clone(), row);
    }

    /// The commits that are what their ids say and, if that was looked at, signed; in canonical order.
    pub(crate) fn into_rows(mut self) -> Vec<CommitRow> {
        for (_, id) in &self.missigned {
            self.sound.remove(id);
        }
        let mut rows: Vec<CommitRow> = self.sound.into_values().collect();
        rows.sort_unstable_by(|one, other| one.key().cmp(&other.key()));
        rows
    }

    /// The numbers of a feed that are there, in order.
    pub(crate) fn numbers(&self, feed: &FeedId) -> Vec<u64> {
        let mut numbers: Vec<u64> =
            self.sound.values().filter(|row| row.feed == *feed).map(|row| row.n).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

impl Suspect {
    fn of(stored: StoredCommit<'_>) -> Self {
        let signature = stored.signature.unwrap_or_default().to_owned();
        let json = stored.json.map(str::to_owned);
        Self {
            seq: stored.seq,
            is_of_visit: stored.is_of_visit,
            id: stored.id.map(CommitId::new),
            feed: stored.feed.map(FeedId::new),
            n: stored.n.map(from_sql),
            line: json.clone().map(|json| Line { signature, json }),
            json,
        }
    }

    /// Whether it may be a commit of a feed, by its column or by its text.
    pub(crate) fn may_be_of(&self, feed: &FeedId) -> bool {
        let says = format!("\"f\":\"{feed}\"");
        self.feed.as_ref() == Some(feed) || self.json.as_ref().is_some_and(|json| json.contains(&says))
    }
}

/// What a row holds, if it is what its id says.
fn sound(visit: &VisitId, stored: StoredCommit<'_>) -> Option<CommitRow> {
    let (id, feed, n, json) = (stored.id?, stored.feed?, from_sql(stored.n?), stored.json?);
    let signature = stored.signature?;
    let bound_to = (id != visit.as_str()).then_some(visit);
    let stands = |text: &str| json.contains(text);
    let is_whole = stored.is_of_visit
        && stored.n == Some(to_sql(n))
        && Commit::id_of(bound_to, json).as_str() == id
        && stands(&format!("\"f\":\"{feed}\""))
        && stands(&format!("\"n\":{n},"));
    is_whole.then(|| CommitRow {
        id: CommitId::new(id),
        feed: FeedId::new(feed),
        n,
        signature: signature.to_owned(),
        json: json.to_owned(),
    })
}

/// The row of a line that is signed.
fn proved(visit: &VisitId, line: &Line, key_of: impl Fn(&FeedId) -> Option<PublicKey>) -> Option<CommitRow> {
    let commit = Commit::read(visit, &line.json).ok()?;
    commit.verify(visit, line, key_of(&commit.feed)?).ok()?;
    Some(row_of(&commit, line))
}

fn carried(id: &CommitId, json: &str) -> Option<PublicKey> {
    Commit::from_store(id.clone(), json)?.carried_key()
}

/// Whether a commit is signed; `None` where the key is not here.
fn holds(visit: &VisitId, row: &CommitRow, keys: &BTreeMap<FeedId, PublicKey>) -> Option<bool> {
    let line = Line { signature: row.signature.clone(), json: row.json.clone() };
    let Ok(commit) = Commit::read(visit, &line.json) else { return Some(false) };
    Some(commit.verify(visit, &line, *keys.get(&commit.feed)?).is_ok())
}
