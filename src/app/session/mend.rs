//! The store is checked like a file: a commit is the hash of its bytes, an own edit has its sum, and whose this laptop is stands in
//! what it signed. What is not what was stored, after a broken disk or an editor, is put right from what lies elsewhere, or set
//! aside as a bad line of a file would be. It never goes back to the others.

mod elsewhere;
pub(crate) mod examine;
mod identity;
pub(crate) mod scan;

use std::path::Path;

use crate::{
    app::{
        failure::{
            Failure,
            damage::{Damage, Fate},
            wording,
        },
        home::Home,
        session::mend::{
            examine::{Examined, examine},
            scan::{Depth, Scan},
        },
    },
    domain::terms::id::VisitId,
    share::{code::key::DeviceKey, file::commit::sign_again},
    store::{Store, commits::CommitRow, error::StoreError, mending::CommitFix, visits::VisitRow},
};

/// Puts a visit right before it is opened. Returns its commits in canonical order, each hashed once; none of a visit that the store
/// does not have.
///
/// # Errors
/// If something is lost without which this laptop would go on from a wrong place: then nothing was changed. Once, if own edits
/// that are in no commit yet were changed or are gone: they were set aside, and the next opening goes on. If the store fails.
pub(crate) fn mend(
    store: &mut Store,
    home: &Home,
    visit: &VisitId,
    file: &Path,
) -> Result<Vec<CommitRow>, Failure> {
    let fail = |error: StoreError| wording::store(&error, &home.database());
    let look = |store: &Store, depth| examine(store, home, visit, file, depth);
    let Some(looked) = store.in_one_look(|store| look(store, Depth::Opening)).map_err(fail)? else {
        return Ok(Vec::new());
    };
    if looked.damages.is_empty() {
        return Ok(looked.scan.into_rows());
    }
    // Once more by the tables, and where nobody else writes, so that what is put right is what is there.
    let found = store.in_one_go(|store| {
        let Some(found) = look(store, Depth::Tables)? else { return Ok(None) };
        if !found.is_fatal() {
            apply(store, visit, &found)?;
        }
        Ok(Some(found))
    });
    let Some(found) = found.map_err(fail)? else { return Ok(Vec::new()) };
    if found.is_fatal() {
        return Err(wording::damage(&found.damages, file, &home.database()));
    }
    if found.damages.iter().any(|it| it.is_of_votes()) {
        return Err(wording::edits_set_aside(&found.damages, &found.changed_edits, &home.database()));
    }
    store.commits(visit).map_err(fail)
}

fn apply(store: &mut Store, visit: &VisitId, found: &Examined) -> Result<(), StoreError> {
    let plan = &found.plan;
    if plan.makes_indexes {
        store.make_indexes()?;
    }
    if plan.renumbers {
        store.renumber_rows()?;
    }
    if !plan.commits.is_empty() {
        store.mend_commits(visit, &plan.commits)?;
    }
    if !plan.edits.is_empty() || !plan.set_aside.is_empty() {
        store.mend_edits(visit, &plan.edits, &plan.set_aside)?;
    }
    if let Some(secret) = &plan.secret {
        store.put_secret(secret)?;
    }
    if plan.forgets_waivers {
        store.drop_bad_waivers(visit)?;
    }
    if plan.puts_row {
        let n_edits = plan.n_edits - i64::try_from(plan.set_aside.len()).unwrap_or(0);
        store.put_visit(&found.row, n_edits)?;
    }
    Ok(())
}

/// Puts commits right whose signature does not hold: one's own are signed again, others' are set aside.
///
/// # Errors
/// The store's.
pub(in crate::app) fn signatures(
    store: &mut Store,
    visit: &VisitId,
    device: &DeviceKey,
    depth: Depth,
) -> Result<(), StoreError> {
    store.in_one_go(|store| {
        let scan = Scan::of(store, visit, depth)?;
        // What nobody here can vouch for does not go out either; a file that has it has the key, too.
        let doubtful = scan.missigned.iter().chain(&scan.unvouched);
        let fixes: Vec<CommitFix> = doubtful
            .map(|(seq, id)| match scan.sound.get(id).filter(|row| row.feed == device.feed()) {
                Some(row) => {
                    let bound_to = (id.as_str() != visit.as_str()).then_some(visit);
                    let signature = sign_again(device, bound_to, &row.json);
                    CommitFix::Put(*seq, CommitRow { signature, ..row.clone() })
                }
                None => CommitFix::SetAside(*seq),
            })
            .collect();
        store.mend_commits(visit, &fixes)
    })
}

/// The same where nobody would hear what is lost: then nothing is put right, and whoever opens the visit is told.
///
/// # Errors
/// If something is lost that must be told, or the store fails.
pub(crate) fn mend_quietly(
    store: &mut Store,
    home: &Home,
    visit: &VisitId,
    file: &Path,
) -> Result<Vec<CommitRow>, Failure> {
    let fail = |error: StoreError| wording::store(&error, &home.database());
    let look = |depth| store.in_one_look(|store| examine(store, home, visit, file, depth)).map_err(fail);
    if let Some(found) = look(Depth::Opening)?.filter(|found| found.damages.is_empty()) {
        return Ok(found.scan.into_rows());
    }
    let found = look(Depth::Tables)?;
    let is_told = |it: &Damage| it.fate == Fate::Fatal || it.is_of_votes();
    if found.is_some_and(|found| found.damages.iter().any(is_told)) {
        return Err(wording::damaged_store(&home.database()));
    }
    mend(store, home, visit, file)
}

/// Notes a recovery code with which keys of this laptop that are gone can be opened again; `false` if it is not this laptop's.
///
/// # Errors
/// The store's.
pub(crate) fn remember_code(
    store: &mut Store,
    visit: &VisitId,
    secret: &[u8; 16],
) -> Result<bool, StoreError> {
    let Some(stored) = store.stored_visit(visit)? else { return Ok(false) };
    let installed = store.stored_secret()?;
    let Some(own) = stored.row.secret.or(installed) else { return Ok(false) };
    let scan = Scan::of(store, visit, Depth::Tables)?;
    let is_own = identity::is_code_of(&scan, &DeviceKey::from_bytes(&own).feed(), secret);
    if is_own && stored.row.recovery.as_ref() != Some(secret) {
        let row = VisitRow { recovery: Some(*secret), ..stored.row };
        store.put_visit(&row, stored.n_edits)?;
    }
    Ok(is_own)
}
