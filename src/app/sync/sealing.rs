//! Turns own edits into signed commits: ballot edits sealed until submission, all others readable.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    app::{
        failure::{Failure, wording},
        session::{Session, load},
        system,
    },
    domain::{
        edit::{BallotKey, Edit},
        terms::id::{CommitId, FeedId, VisitId},
    },
    share::{
        code::{self, Recovered, json::Json, key::DeviceKey},
        file::{
            commit::{COMMIT_LIMIT, Draft, DraftBody, sign},
            seal::{self, Place},
        },
        wire::{Extra, encode_edit},
    },
    store::{commits::CommitRow, error::StoreError, own_edits::OwnEdit},
};

/// How often sealing starts again when another process of this laptop sealed first.
const TRIES: usize = 5;
/// Bytes of edits in one commit: sealed and in base64 they stay well below the longest line. No single edit has as many,
/// because texts have their limits (`domain::terms::clean`).
const PORTION: usize = COMMIT_LIMIT / 4;

impl Session {
    /// Seals all own edits that are in no commit yet. Nothing to seal is fine.
    ///
    /// A fork that came in without a sync, or before a crash, is left first: who recorded these edits had both branches before
    /// their eyes, and no commit that follows one of them could say so.
    pub(in crate::app) fn seal(&mut self) -> Result<(), Failure> {
        self.leave_fork()?;
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
        // Nobody's votes need to be hidden where one person records and signs.
        let seals = !self.visit.founding.is_signed_by_one();
        let (ballot, plain): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|it| seals && is_ballot_edit(&it.json));
        let mut carried = Vec::new();
        let mut commits: Vec<CommitRow> = Vec::new();
        for (edits, sealed) in [(ballot, true), (plain, false)] {
            for edits in portions(&edits) {
                let row = self.commit(edits, sealed, commits.last())?;
                carried.extend(edits.iter().map(|edit| (edit.seq, row.n)));
                commits.push(row);
            }
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
            .map(|edit| {
                serde_json::from_str(&edit.json).map_err(|_| wording::damaged_store(&self.home.database()))
            })
            .collect::<Result<_, _>>()?;
        let body = if sealed {
            let key = self.ballot_key()?;
            let nonce = system::random_bytes()?;
            let place = Place { visit: &self.row.id, feed: &feed, n, previous: previous.as_ref() };
            let plain = Value::from(values).to_string();
            DraftBody::Sealed(
                seal::seal(key, nonce, place, &plain).ok_or_else(|| Failure::bug("cannot seal"))?,
            )
        } else {
            DraftBody::Open(values)
        };
        let visit = Some(self.row.id.clone());
        let lamport = self.lamport + n;
        let draft = Draft {
            visit,
            n,
            previous,
            lamport,
            time_ms: system::now_ms(),
            seen: self.seen(&feed, sealed),
            body,
        };
        let (id, line) = sign(&self.device, draft);
        Ok(CommitRow { id, feed, n, signature: line.signature, json: line.json })
    }

    /// What this laptop has of the person's other laptops (for the ballot: what it can read), and of all who lead if it is
    /// one of them.
    pub(in crate::app) fn seen(&self, feed: &FeedId, of_ballot: bool) -> BTreeSet<CommitId> {
        let me = self.my_state().map(|state| &state.member.name);
        let heads = load::known_heads(&self.visit, me, feed, of_ballot);
        heads.into_values().flat_map(|head| &head.tips).cloned().collect()
    }

    /// The key that this laptop seals with.
    pub(in crate::app) fn ballot_key(&self) -> Result<&BallotKey, Failure> {
        self.keys.newest().ok_or_else(|| wording::damaged_store(&self.home.database()))
    }
}

/// The edits of one commit after another. A line of the shared file has a longest length, and a day of scoring with long
/// notes, or a ledger taken in, can have more than that.
fn portions(edits: &[OwnEdit]) -> impl Iterator<Item = &[OwnEdit]> {
    let mut room = PORTION;
    edits.chunk_by(move |before, next| {
        room = room.saturating_sub(before.json.len());
        let fits = next.json.len() <= room;
        if !fits {
            room = PORTION;
        }
        fits
    })
}

/// The edit that commits to the ballot key of a generation, with what all of them are made from wrapped to the recovery code; for
/// the lead the device key too.
pub(crate) fn blind(
    root: &[u8; 32],
    generation: u32,
    recovery: &[u8; 16],
    device: Option<&[u8; 32]>,
) -> Result<Value, Failure> {
    let keys = Recovered { ballot_key: BallotKey(*root), device: device.copied() };
    let wrapped =
        code::wrap(recovery, system::random_bytes()?, &keys).ok_or_else(|| Failure::bug("cannot wrap"))?;
    let commitment = seal::commitment(&seal::generation(root, generation));
    Ok(encode_edit(&Edit::Blind { commitment }, Extra::Wrapped(&wrapped)))
}

/// A commit that is not part of what a session records: founding (`visit` is `None`), joining, naming a device.
pub(crate) struct Lone<'a> {
    pub(crate) visit: Option<&'a VisitId>,
    /// The commit before in the device's feed.
    pub(crate) after: Option<(u64, CommitId)>,
    pub(crate) lamport: u64,
    pub(crate) seen: BTreeSet<CommitId>,
    /// Readable by all.
    pub(crate) edits: Vec<Value>,
}

impl Lone<'_> {
    pub(crate) fn sign(self, device: &DeviceKey) -> CommitRow {
        let (n, previous) = self.after.map_or((1, None), |(n, id)| (n + 1, Some(id)));
        let draft = Draft {
            visit: self.visit.cloned(),
            n,
            previous,
            lamport: self.lamport,
            time_ms: system::now_ms(),
            seen: self.seen,
            body: DraftBody::Open(self.edits),
        };
        let (id, line) = sign(device, draft);
        CommitRow { id, feed: device.feed(), n, signature: line.signature, json: line.json }
    }
}

enum Sealed {
    Nothing,
    Done,
    Raced,
}

/// Findings, votes, notes and evidence are the ballot; everything else is for all to read. What this program
/// cannot read, such as an edit of a newer one, goes by its kind.
fn is_ballot_edit(json: &str) -> bool {
    match load::read_edit(json) {
        None | Some(Edit::Unknown { .. }) => Json::parse(json)
            .is_ok_and(|json| matches!(json.text("k"), Some("finding" | "vote" | "evidence"))),
        Some(edit) => edit.is_ballot(),
    }
}
