//! Writes everything this laptop has into another file, when the shared file cannot be written.

use std::path::{Path, PathBuf};

use crate::{
    app::{
        failure::{Failure, wording},
        files,
        session::{Session, SyncState},
        sync::verify::Verified,
    },
    share::{
        file::{Contents, main_file::Main},
        folder::{self, disk::RealDisk, replace::replace},
    },
};

/// A copy that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Where it is.
    pub path: PathBuf,
    /// Commits in it.
    pub commits: usize,
    /// Commits of a copy that was there before and were new to this laptop.
    pub imported: usize,
    /// Where own edits have got to: a copy is not the shared file.
    pub state: SyncState,
}

impl Session {
    /// Writes a copy of all commits to `other`. The shared file is not touched. A copy that is there already is taken
    /// in first, so that it can only grow.
    ///
    /// # Errors
    /// If something else lies there, or it cannot be written; all that was taken in stays.
    pub fn copy_to(&mut self, other: &Path) -> Result<Copied, Failure> {
        if let Some(why) = wording::unportable(other) {
            return Err(crate::app::sync::words::no_copy(why));
        }
        let other = std::path::absolute(other).map_err(|error| wording::path(other, &error))?;
        if folder::is_same(&other, &self.file) {
            return Err(crate::app::sync::words::copy_in_the_way(&other));
        }
        self.seal()?;
        self.refresh()?;
        // What is encrypted there must not get out plain here.
        if let Some(reading) = self.read_at(&RealDisk, &self.file)?.reading() {
            self.note_lock(reading.contents())?;
        }
        let mut imported = 0;
        match self.read_at(&RealDisk, &other)? {
            Main::Read(reading) if reading.contents().is_of(&self.row.id) => {
                self.note_lock(reading.contents())?;
                let Contents::Lines { lines, .. } = reading.contents() else { return Err(self.shut(&other)) };
                imported = self.take_in_whole(&other, lines, Verified::default())?.imported;
                self.reload()?;
            }
            Main::Read(_) => return Err(crate::app::sync::words::copy_in_the_way(&other)),
            Main::Missing => {}
            Main::Unavailable(error) => return Err(wording::path(&other, &error)),
        }
        self.check_signatures(&Main::Missing)?;
        let bytes = self.encode(&self.canonical()?)?;
        let token = files::own_token(&self.feed())?;
        replace(&RealDisk, &other, &bytes, &token).map_err(|error| wording::share(&error))?;
        let commits = self.store.commit_ids(&self.row.id).map_err(|error| self.store_failure(&error))?.len();
        Ok(Copied { path: other, commits, imported, state: self.sync_state()? })
    }
}
