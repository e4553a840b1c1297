//! Sums over rows that nothing else vouches for: a commit is the hash of its bytes and signed, these are neither. They find
//! what a broken disk or an editor changed; who can open the data folder can make them.

use sha2::{Digest, Sha256};

/// What is kept beside a row.
pub(crate) type Sum = [u8; 32];

/// Of an own edit: also of its place, so that neither the order nor what is sealed already can change unseen.
pub(crate) fn of_own_edit(visit: &str, seq: i64, mark: &str, n: Option<i64>, json: &str) -> Sum {
    let n = n.map(|n| n.to_string()).unwrap_or_default();
    of("hecha-own-edit-1", [visit, &seq.to_string(), mark, &n, json])
}

/// Of an expert of the pool, over the columns in their order.
pub(crate) fn of_expert<'a>(columns: impl IntoIterator<Item = &'a str>) -> Sum {
    of("hecha-pool-expert-1", columns)
}

/// Of what the home screen shows of a visit.
pub(crate) fn of_glance(visit: &str, state: &str, json: &str) -> Sum {
    of("hecha-glance-1", [visit, state, json])
}

/// Of a reason why the lead lets something pass.
pub(crate) fn of_waiver(visit: &str, kind: &str, reason: &str) -> Sum {
    of("hecha-waiver-1", [visit, kind, reason])
}

/// Every part with its length before it, so that no two rows read the same.
fn of<'a>(domain: &'a str, parts: impl IntoIterator<Item = &'a str>) -> Sum {
    let mut hash = Sha256::new();
    for part in std::iter::once(domain).chain(parts) {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}
