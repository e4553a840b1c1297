//! What this laptop knows of the visit of a file, opened without making, importing or noting anything.

use std::path::Path;

use crate::{
    app::{
        failure::{
            Exit, Failure,
            damage::{Damage, Fate, Part},
            wording,
        },
        files,
        home::Home,
        session::mend::{
            examine::{Examined, examine},
            scan::Depth,
        },
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
    store::{Store, checks::is_of_index, error::StoreError, visits::VisitRow},
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
    /// Whether SQLite finds an index that is not what its table says.
    has_bad_index: bool,
}

impl Local {
    /// Opens the store if it exists; a check of a file makes no data folder.
    pub(crate) fn open(home: &Home) -> Self {
        if !files::is_there(&home.database()) {
            return Self { store: None, database: Database::Absent, has_bad_index: false };
        }
        let checked = home.store().and_then(|store| {
            let fail = |error: StoreError| wording::store(&error, &home.database());
            let lines = store.integrity().map_err(fail)?;
            // An index is made anew from its table; what else is wrong in the pages nobody here puts right.
            if lines.iter().all(|line| is_of_index(line)) {
                Ok((store, !lines.is_empty()))
            } else {
                Err(fail(StoreError::Damaged { what: "page" }))
            }
        });
        match checked {
            Ok((store, has_bad_index)) => {
                Self { store: Some(store), database: Database::Sound, has_bad_index }
            }
            Err(failure) => {
                let is_damage = failure.exit == Exit::Damaged;
                let database = if is_damage { Database::Damaged } else { Database::Unusable };
                Self { store: None, database: database(failure.why), has_bad_index: false }
            }
        }
    }

    /// The visits whose file was last seen at this path, latest first.
    pub(crate) fn visits_at(&self, home: &Home, path: &Path) -> Result<Vec<VisitId>, Failure> {
        // A path that is no Unicode was never noted.
        let (Some(store), Some(path)) = (&self.store, path.to_str()) else { return Ok(Vec::new()) };
        store.visits_at(path).map_err(|error| wording::store(&error, &home.database()))
    }

    /// The visit, if this laptop took it in, as far as it reads.
    pub(crate) fn visit(&self, home: &Home, id: &VisitId) -> Result<Option<VisitRow>, Failure> {
        let Some(store) = &self.store else { return Ok(None) };
        let stored = store.stored_visit(id).map_err(|error| wording::store(&error, &home.database()))?;
        Ok(stored.map(|stored| stored.row))
    }

    /// What is wrong with the visit in the store, down to the last signature.
    pub(crate) fn examine(
        &self,
        home: &Home,
        id: &VisitId,
        file: &Path,
    ) -> Result<Option<Examined>, Failure> {
        let Some(store) = &self.store else { return Ok(None) };
        let examined = store.in_one_look(|store| examine(store, home, id, file, Depth::Whole));
        let mut examined = examined.map_err(|error| wording::store(&error, &home.database()))?;
        if let Some(found) = &mut examined
            && self.has_bad_index
            && found.damages.iter().all(|it| it.part != Part::Index)
        {
            found.damages.push(Damage { part: Part::Index, n: 1, fate: Fate::Mended });
        }
        Ok(examined)
    }

    /// Takes the commits out of what was examined that are what was stored, or will be after the next opening.
    pub(crate) fn commits(examined: &mut Examined) -> Vec<SoundCommit> {
        let rows = std::mem::take(&mut examined.scan).into_rows();
        let sound = rows.into_iter().filter_map(|row| {
            let line = Line { signature: row.signature, json: row.json.clone() };
            Commit::from_store(row.id, &row.json).map(|commit| SoundCommit::of(commit, line))
        });
        sound.collect()
    }

    /// What the visit's file should say, as far as this laptop knows.
    pub(crate) fn plain_file(&self, id: &VisitId) -> Vec<u8> {
        // A store with damaged commits says nothing here; that it has some is told by itself.
        self.store.as_ref().and_then(|store| plain_file(store, id, &[]).ok()).unwrap_or_default()
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
