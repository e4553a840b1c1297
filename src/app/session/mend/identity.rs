//! Who this laptop is in a visit, held against what it signed itself: its first commit names it, its keys are promised there.

use crate::{
    app::{
        failure::damage::{Damage, Fate, Part},
        session::{load::read_edit, mend::scan::Scan},
    },
    domain::{
        edit::{Edit, slot::Slot},
        terms::{
            digest::Digest,
            id::{FeedId, MemberName, VisitId},
        },
    },
    share::{
        code::{self, Recovered, json::Json, key::DeviceKey},
        file::{
            commit::{Body, Commit},
            envelope::VisitKey,
            seal,
        },
        wire::decode_edit,
    },
    store::{checks::StoredEdits, commits::CommitRow, visits::VisitRow},
};

/// A promise of a ballot key, and what its root is wrapped in.
struct Promise {
    lamport: u64,
    commitment: Digest,
    wrapped: Option<String>,
}

/// Finds the key that this laptop signs with. The lead's stands in the founding commit, wrapped to the recovery code.
pub(super) fn device(
    scan: &Scan,
    visit: &VisitId,
    row: &VisitRow,
    stored: Option<[u8; 32]>,
    has_changed_keys: bool,
) -> (Option<DeviceKey>, Option<Damage>) {
    let is_known = |key: &DeviceKey| scan.numbers(&key.feed()).first() == Some(&1);
    let lost = |fate| Some(Damage { part: Part::DeviceKey, n: 1, fate });
    let of_visit = row.secret.as_ref().map(DeviceKey::from_bytes);
    let own = of_visit.or_else(|| stored.as_ref().map(DeviceKey::from_bytes));
    if row.secret.is_none() && has_changed_keys {
        return (None, lost(Fate::Fatal));
    }
    if row.me.is_none() {
        return (own, None);
    }
    match own {
        Some(key) if is_known(&key) => (Some(key), None),
        // Whose first commit is missing is asked for elsewhere; what else could be its key is looked for here.
        own => {
            let wrapped = row.recovery.as_ref().and_then(|code| {
                let promises = promises(scan.sound.get(visit.as_str())?);
                promises.iter().find_map(|it| code::unwrap(code, it.wrapped.as_ref()?)?.device)
            });
            let of_lead = wrapped.as_ref().map(DeviceKey::from_bytes).filter(is_known);
            match of_lead {
                Some(key) => (Some(key), lost(Fate::Mended)),
                None => (own, lost(Fate::Fatal)),
            }
        }
    }
}

/// The name in the first commit of a feed.
pub(super) fn name_of(scan: &Scan, feed: &FeedId) -> Option<MemberName> {
    let first = scan.telling_of(feed).find(|row| row.n == 1)?;
    let commit = Commit::from_store(first.id.clone(), &first.json)?;
    let Body::Open(edits) = &commit.body else { return None };
    let name = edits.iter().find_map(|edit| match edit.text("k")? {
        "join" => edit.text("name"),
        "found" => edit.list("roster")?.first()?.text("name"),
        _ => None,
    });
    name.map(MemberName::new)
}

/// Holds the keys of the own ballot against what this laptop promised. Puts right in `row` what can be.
pub(super) fn ballot(scan: &Scan, feed: &FeedId, edits: &StoredEdits, row: &mut VisitRow) -> Vec<Damage> {
    let of_commits = scan.telling_of(feed).flat_map(promises);
    let open = edits.sound.iter().filter(|edit| edit.n.is_none()).filter_map(|edit| promise_of(&edit.json));
    let mut promised: Vec<Promise> = of_commits.chain(open).collect();
    promised.sort_by_key(|it| std::cmp::Reverse(it.lamport));
    if promised.is_empty() {
        return Vec::new();
    }
    // As many generations as anybody promised: nobody takes back more seals.
    let n_blinds = u32::try_from(scan.telling().count()).unwrap_or(u32::MAX);
    let is_ours = |root: &[u8; 32]| {
        (0..=n_blinds).any(|it| {
            let commitment = seal::commitment(&seal::generation(root, it));
            promised.iter().any(|promise| promise.commitment == commitment)
        })
    };
    let unwrapped = |secret: &[u8; 16]| -> Option<Recovered> {
        promised.iter().find_map(|it| code::unwrap(secret, it.wrapped.as_ref()?))
    };
    let mut found = Vec::new();
    let recovered = row.recovery.as_ref().and_then(unwrapped);
    if recovered.is_none() && promised.iter().any(|it| it.wrapped.is_some()) {
        row.recovery = None;
        found.push(Damage { part: Part::RecoveryCode, n: 1, fate: Fate::Lost });
    }
    if !row.ballot_key.as_ref().is_some_and(is_ours) {
        let root = recovered.map(|it| it.ballot_key.0).filter(is_ours);
        let fate = if root.is_some() { Fate::Mended } else { Fate::Fatal };
        row.ballot_key = root;
        found.push(Damage { part: Part::BallotKey, n: 1, fate });
    }
    found
}

/// Whether the key of an encrypted file is one that the lead set: with another one nobody could read what is written.
pub(super) fn has_right_visit_key(scan: &Scan, row: &VisitRow) -> bool {
    let Some(text) = &row.visit_key else { return true };
    let Some(key) = VisitKey::parse(&text.0) else { return false };
    let name = key.name();
    let mut signed = scan.telling().flat_map(slots).peekable();
    row.slot.is_some() && (signed.peek().is_none() || signed.any(|it| it.key == name))
}

/// The newest slot that stands in a commit.
pub(super) fn newest_slot(scan: &Scan) -> Option<String> {
    scan.telling().flat_map(slots).max_by_key(|slot| slot.counter).map(|slot| slot.text)
}

/// Whether a recovery code is this laptop's.
pub(super) fn is_code_of(scan: &Scan, feed: &FeedId, secret: &[u8; 16]) -> bool {
    scan.telling_of(feed)
        .flat_map(promises)
        .any(|it| it.wrapped.is_some_and(|wrapped| code::unwrap(secret, &wrapped).is_some()))
}

fn promises(row: &CommitRow) -> Vec<Promise> {
    let Some(commit) = Commit::from_store(row.id.clone(), &row.json) else { return Vec::new() };
    let Body::Open(edits) = &commit.body else { return Vec::new() };
    let lamport = commit.lamport;
    edits.iter().filter_map(|edit| promise(edit, lamport)).collect()
}

/// The promise in an own edit that is in no commit yet: the newest.
fn promise_of(json: &str) -> Option<Promise> {
    matches!(read_edit(json)?, Edit::Blind { .. }).then_some(())?;
    promise(&Json::parse(json).ok()?, u64::MAX)
}

fn promise(edit: &Json<'_>, lamport: u64) -> Option<Promise> {
    match decode_edit(edit) {
        Edit::Blind { commitment } => {
            Some(Promise { lamport, commitment, wrapped: edit.text("w").map(str::to_owned) })
        }
        _ => None,
    }
}

/// The slots in a commit.
fn slots(row: &CommitRow) -> Vec<Slot> {
    let Some(commit) = Commit::from_store(row.id.clone(), &row.json) else { return Vec::new() };
    let Body::Open(edits) = &commit.body else { return Vec::new() };
    let slots = edits.iter().filter_map(|edit| match decode_edit(edit) {
        Edit::Slot(slot) => Some(slot),
        _ => None,
    });
    slots.collect()
}
