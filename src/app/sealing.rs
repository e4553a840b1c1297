//! Turns own edits into signed commits: ballot edits sealed until submission, all others readable.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    app::{failure::Failure, session::Session, system, wording},
    domain::{
        edit::BallotKey,
        id::{FeedId, VisitId},
    },
    share::{
        commit::{Draft, DraftBody, sign},
        json::Json,
        key::DeviceKey,
        seal::{self, Place},
    },
    store::{commits::CommitRow, error::StoreError, own_edits::OwnEdit},
};

/// How often sealing starts again when another process of this laptop sealed first.
const TRIES: usize = 5;

impl Session {
    /// Seals all own edits that are in no commit yet. Nothing to seal is fine.
    pub(crate) fn seal(&mut self) -> Result<(), Failure> {
        for _ in 0..TRIES {
            match self.try_seal()? {
                Sealed::Nothing => return Ok(()),
                Sealed::Done => return self.reload(),
                Sealed::Raced => self.reload()?,
            }
        }
        Err(Failure::bug("own edits kept changing while they were sealed"))
    }

    fn try_seal(&mut self) -> Result<Sealed, Failure> {
        let open = self.store.unsealed_edits(&self.row.id).map_err(|error| self.store_failure(&error))?;
        let submitted = self.my_state().is_some_and(|state| state.submission.is_some());
        let (ballot, plain): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|it| !submitted && is_ballot_edit(&it.json));
        let mut carried = Vec::new();
        let mut commits: Vec<CommitRow> = Vec::new();
        for (edits, sealed) in [(ballot, true), (plain, false)] {
            if edits.is_empty() {
                continue;
            }
            let row = self.commit(&edits, sealed, commits.last())?;
            carried.extend(edits.iter().map(|edit| (edit.seq, row.n)));
            commits.push(row);
        }
        if commits.is_empty() {
            return Ok(Sealed::Nothing);
        }
        match self.store.seal(&self.row.id, &self.device.feed(), &commits, &carried) {
            Ok(()) => Ok(Sealed::Done),
            Err(StoreError::Raced) => Ok(Sealed::Raced),
            Err(error) => Err(self.store_failure(&error)),
        }
    }

    /// One commit of these edits, after `before` or the head of the feed.
    fn commit(
        &self,
        edits: &[OwnEdit],
        sealed: bool,
        before: Option<&CommitRow>,
    ) -> Result<CommitRow, Failure> {
        let feed = self.device.feed();
        let head = match before {
            Some(row) => Some((row.n, row.id.clone())),
            None => self.store.head(&self.row.id, &feed).map_err(|error| self.store_failure(&error))?,
        };
        let (n, previous) = head.map_or((1, None), |(n, id)| (n + 1, Some(id)));
        let values: Vec<Value> = edits
            .iter()
            .map(|edit| serde_json::from_str(&edit.json).map_err(|_| wording::damaged_store(&self.home)))
            .collect::<Result<_, _>>()?;
        let body = if sealed {
            let key = self.row.ballot_key.map(BallotKey).ok_or_else(|| Failure::bug("no ballot key"))?;
            let nonce = system::random_bytes()?;
            let place = Place { visit: &self.row.id, feed: &feed, n, previous: previous.as_ref() };
            let plain = Value::from(values).to_string();
            DraftBody::Sealed(
                seal::seal(&key, nonce, place, &plain).ok_or_else(|| Failure::bug("cannot seal"))?,
            )
        } else {
            DraftBody::Open(values)
        };
        let visit = Some(self.row.id.clone());
        let lamport = self.lamport + n;
        let draft =
            Draft { visit, n, previous, lamport, time_ms: system::now_ms(), seen: self.seen(&feed), body };
        let (id, line) = sign(&self.device, draft);
        Ok(CommitRow { id, feed, n, signature: line.signature, json: line.json })
    }

    /// What this laptop has of the person's other laptops.
    fn seen(&self, feed: &FeedId) -> BTreeMap<FeedId, u64> {
        let mut heads = self.my_state().map(|state| state.heads.clone()).unwrap_or_default();
        heads.remove(feed);
        heads
    }
}

/// The first commit of this installation in a visit, founding (`visit` is `None`) or joining it. Readable by all.
pub(crate) fn first_commit(
    device: &DeviceKey,
    visit: Option<&VisitId>,
    lamport: u64,
    edits: Vec<Value>,
) -> CommitRow {
    let draft = Draft {
        visit: visit.cloned(),
        n: 1,
        previous: None,
        lamport,
        time_ms: system::now_ms(),
        seen: BTreeMap::new(),
        body: DraftBody::Open(edits),
    };
    let (id, line) = sign(device, draft);
    CommitRow { id, feed: device.feed(), n: 1, signature: line.signature, json: line.json }
}

enum Sealed {
    Nothing,
    Done,
    Raced,
}

/// Findings, votes, notes and evidence are the ballot; everything else is for all to read.
fn is_ballot_edit(json: &str) -> bool {
    Json::parse(json).is_ok_and(|json| matches!(json.text("k"), Some("finding" | "vote" | "evidence")))
}
