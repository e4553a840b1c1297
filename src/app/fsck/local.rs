//! What this laptop knows of the visit of a file, opened without making, importing or noting anything.

use std::path::Path;

use crate::{
    app::{
        failure::{Exit, Failure, wording},
        files,
        home::Home,
        session::mend,
        sync::deliver::plain_file,
    },
    domain::terms::{id::VisitId, lang::Text},
    share::{
        file::{
            commit::{Commit, Line},
            inspect::SoundCommit,
        },
        folder::disk::{Disk, RealDisk},
    },
    store::{Store, visits::VisitRow},
};

/// The state of the local database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// There is none: nothing was ever joined with this data folder.
    Absent,
    /// SQLite finds it sound.
    Sound,
    /// It is damaged.
    Damaged(Text),
    /// It cannot be opened now.
    Unusable(Text),
}

impl Database {
    /// The word in JSON.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Sound => "ok",
            Self::Damaged(_) => "damaged",
            Self::Unusable(_) => "unusable",
        }
    }
}

/// The store, if there is one that can be trusted.
pub(crate) struct Local {
    pub(crate) store: Option<Store>,
    pub(crate) database: Database,
}

impl Local {
    /// Opens the store if it exists; a check of a file makes no data folder.
    pub(crate) fn open(home: &Home) -> Self {
        if !files::is_there(&home.database()) {
            return Self { store: None, database: Database::Absent };
        }
        let checked = home.store().and_then(|store| {
            store.check_integrity().map_err(|error| wording::store(&error, &home.database()))?;
            Ok(store)
        });
        match checked {
            Ok(store) => Self { store: Some(store), database: Database::Sound },
            Err(failure) if failure.exit == Exit::Damaged => {
                Self { store: None, database: Database::Damaged(failure.why) }
            }
            Err(failure) => Self { store: None, database: Database::Unusable(failure.why) },
        }
    }

    /// The visits whose file was last seen at this path, latest first.
    pub(crate) fn visits_at(&self, home: &Home, path: &Path) -> Result<Vec<VisitRow>, Failure> {
        // A path that is no Unicode was never noted.
        let (Some(store), Some(path)) = (&self.store, path.to_str()) else { return Ok(Vec::new()) };
        store.visits_at(path).map_err(|error| wording::store(&error, &home.database()))
    }

    /// The visit, if this laptop took it in.
    pub(crate) fn visit(&self, home: &Home, id: &VisitId) -> Result<Option<VisitRow>, Failure> {
        let Some(store) = &self.store else { return Ok(None) };
        store.visit(id).map_err(|error| wording::store(&error, &home.database()))
    }

    /// The commits of a visit, but for those that are not what their ids say any more, and how many of these there are. All
    /// were verified when they came in.
    pub(crate) fn commits(&self, home: &Home, id: &VisitId) -> Result<(Vec<SoundCommit>, usize), Failure> {
        let Some(store) = &self.store else { return Ok((Vec::new(), 0)) };
        let rows = store.commits(id).map_err(|error| wording::store(&error, &home.database()))?;
        let unsound = mend::unsound(id, &rows);
        let sound = rows.into_iter().filter(|row| !unsound.contains(&row.id)).map(|row| {
            let line = Line { signature: row.signature, json: row.json.clone() };
            let commit = Commit::from_store(row.id, &row.json).map(|commit| SoundCommit::of(commit, line));
            commit.ok_or_else(|| wording::damaged_store(&home.database()))
        });
        Ok((sound.collect::<Result<_, _>>()?, unsound.len()))
    }

    /// What the visit's file should say, as far as this laptop knows.
    pub(crate) fn plain_file(&self, home: &Home, id: &VisitId) -> Result<Vec<u8>, Failure> {
        let Some(store) = &self.store else { return Ok(Vec::new()) };
        plain_file(store, id, &[]).map_err(|error| wording::store(&error, &home.database()))
    }

    /// How many own edits wait for the next sync.
    pub(crate) fn n_unsynced(&self, home: &Home, id: &VisitId) -> Result<usize, Failure> {
        let Some(store) = &self.store else { return Ok(0) };
        let edits = store.unsealed_edits(id).map_err(|error| wording::store(&error, &home.database()))?;
        Ok(edits.len())
    }

    /// How many lines of the visit's files were set aside, by reason.
    pub(crate) fn quarantine(&self, home: &Home, id: &VisitId) -> Result<Vec<(String, u64)>, Failure> {
        let Some(store) = &self.store else { return Ok(Vec::new()) };
        store.quarantine_counts(id).map_err(|error| wording::store(&error, &home.database()))
    }
}

/// How many earlier generations of the visit's file are kept.
pub(crate) fn n_backups(home: &Home, id: &VisitId) -> usize {
    RealDisk.list(&home.backups_path(id.as_str())).map_or(0, |files| files.len())
}
