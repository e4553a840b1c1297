//! The store is checked like a file: a commit is the hash of its bytes. One that is not any more, after a broken disk or an
//! editor, is put right from the shared file, or set aside as a bad line of a file would be. It never goes back to the others.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use crate::{
    app::{
        failure::{Failure, wording},
        home::Home,
        session::reading_envelope,
    },
    domain::terms::id::{CommitId, FeedId, VisitId},
    share::{
        code::key::PublicKey,
        file::commit::{Commit, Line},
        folder::{self, disk::RealDisk},
    },
    store::{Store, commits::CommitRow, error::StoreError, visits::VisitRow},
};

/// The stored commits of a visit that are not what their ids say.
pub(crate) fn unsound(visit: &VisitId, rows: &[CommitRow]) -> BTreeSet<CommitId> {
    rows.iter().filter(|row| !is_sound(visit, row)).map(|row| row.id.clone()).collect()
}

fn is_sound(visit: &VisitId, row: &CommitRow) -> bool {
    let (feed, n, id) = row.key();
    let bound_to = (id != visit.as_str()).then_some(visit);
    let stands = |text: &str| row.json.contains(text);
    Commit::id_of(bound_to, &row.json).as_str() == id
        && stands(&format!("\"f\":\"{feed}\""))
        && stands(&format!("\"n\":{n},"))
}

/// The commits of a visit, after the unsound ones were put right, as far as its shared file holds them. Others' are set aside until
/// a file brings them again; without an own one this laptop would go on from a wrong place.
///
/// # Errors
/// If one of this laptop's own commits is lost, or the store fails.
pub(crate) fn sound_commits(
    store: &mut Store,
    home: &Home,
    row: &VisitRow,
    own: &FeedId,
    file: &Path,
) -> Result<Vec<CommitRow>, Failure> {
    let fail = |error: StoreError| wording::store(&error, &home.database());
    let rows = store.commits(&row.id).map_err(fail)?;
    let unsound = unsound(&row.id, &rows);
    if unsound.is_empty() {
        return Ok(rows);
    }
    let sound = sound_copies(store, row, file, &unsound).map_err(fail)?;
    for id in &unsound {
        match sound.get(id) {
            Some(copy) => store.replace_commit(&row.id, copy).map_err(fail)?,
            None if store.feed_of(&row.id, id).map_err(fail)?.as_ref() == Some(own) => {
                return Err(wording::damaged_store(&home.database()));
            }
            None => store.set_commit_aside(&row.id, id).map_err(fail)?,
        }
    }
    store.commits(&row.id).map_err(fail)
}

/// What the shared file holds of them, each verified. A file that cannot be read holds nothing.
fn sound_copies(
    store: &Store,
    row: &VisitRow,
    file: &Path,
    wanted: &BTreeSet<CommitId>,
) -> Result<BTreeMap<CommitId, CommitRow>, StoreError> {
    let envelope = reading_envelope(row);
    let Ok(main) = folder::read_main(&RealDisk, file, envelope.as_ref()) else { return Ok(BTreeMap::new()) };
    let texts = main.lines(&row.id, &[]);
    let lines: Vec<Line> = texts.iter().filter_map(|(_, text)| Line::parse(text).ok()).collect();
    let commits: Vec<(Commit<'_>, &Line)> =
        lines.iter().filter_map(|line| Some((Commit::read(&row.id, &line.json).ok()?, line))).collect();
    // The first commits carry the keys; one of them may be what is looked for.
    let stored = store.first_commits(&row.id)?;
    let of_store = stored.iter().filter_map(|it| Commit::from_store(it.id.clone(), &it.json)?.carried_key());
    let of_file = commits.iter().filter_map(|(commit, _)| commit.carried_key());
    let keys: BTreeMap<FeedId, PublicKey> = of_store.chain(of_file).map(|key| (key.feed(), key)).collect();
    let wanted = commits.into_iter().filter(|(commit, _)| wanted.contains(&commit.id));
    let sound = wanted.filter_map(|(commit, line)| {
        commit.verify(&row.id, line, *keys.get(&commit.feed)?).ok()?;
        let (id, feed) = (commit.id.clone(), commit.feed.clone());
        let (signature, json) = (line.signature.clone(), line.json.clone());
        Some((id.clone(), CommitRow { id, feed, n: commit.n, signature, json }))
    });
    Ok(sound.collect())
}
