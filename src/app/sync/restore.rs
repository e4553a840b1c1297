//! The shared file's earlier generations on this laptop, and taking one in again: restoring only ever adds.

use std::path::{Path, PathBuf};

use crate::{
    app::{
        failure::{Failure, wording},
        files,
        session::Session,
        sync::{report::SyncReport, verify::Verified},
    },
    domain::terms::{date::Date, lang::Text},
    share::{
        file::{self, Contents, envelope::Envelope},
        folder::{backup, disk::RealDisk},
    },
};

/// An earlier state of the shared file, kept on this laptop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generation {
    /// Number; later ones are higher.
    pub n: u64,
    /// The day it was kept, if the clock told one.
    pub day: Option<Date>,
    /// The day with the time, as people write it, if the file still bears it.
    pub at: Option<String>,
    /// Size when unpacked, in bytes; `None` if it does not unpack.
    pub bytes: Option<usize>,
    /// Commits in it; `None` if it is no readable shared file.
    pub commits: Option<usize>,
    /// Where it is.
    pub path: PathBuf,
}

impl Session {
    /// The generations of this visit's shared file, newest first.
    ///
    /// # Errors
    /// If the data folder cannot be read.
    pub(crate) fn generations(&self) -> Result<Vec<Generation>, Failure> {
        let folder = self.home.backups(self.row.id.as_str())?;
        let kept = backup::generations(&RealDisk, &folder).map_err(|error| wording::share(&error))?;
        let envelope = self.envelope()?;
        Ok(kept.into_iter().map(|kept| generation(kept, envelope.as_ref())).collect())
    }

    /// Takes in the commits of a generation (by number) or of a file. What this laptop has stays; the shared file is
    /// told by the next sync.
    ///
    /// # Errors
    /// If there is no such generation or file, or it holds nothing of this visit, or the store fails.
    pub fn restore(&mut self, from: &str) -> Result<SyncReport, Failure> {
        let path = self.generation_path(from)?;
        let bytes = backup::read(&RealDisk, &path).map_err(|error| wording::path(&path, &error))?;
        let (contents, _) = file::open(&bytes, self.envelope()?.as_ref());
        self.note_lock(&contents)?;
        let lines = match contents {
            Contents::Lines { header, lines, .. } if header.visit == self.row.id => lines,
            Contents::Encrypted(header) if header.visit == self.row.id => return Err(self.shut(&path)),
            Contents::Lines { .. } | Contents::Encrypted(_) => return Err(wording::other_visit(&path)),
            Contents::Newer(_) => return Err(wording::newer_file(&path)),
            Contents::Empty | Contents::Foreign => {
                let why = Text::new("里面没有这次核查的提交。", "There are no commits of this visit in it.");
                return Err(crate::app::sync::words::nothing_to_restore(&path, why));
            }
        };
        // As at a sync: what was recorded before the import was recorded without knowing what it brings.
        self.seal()?;
        let mut report = self.take_in_whole(&path, &lines, Verified::default())?;
        self.reload()?;
        report.state = self.sync_state()?;
        Ok(report)
    }

    /// A number means a generation; anything else, and a number that is none but is a file's name, a path.
    fn generation_path(&self, from: &str) -> Result<PathBuf, Failure> {
        let Ok(n) = from.parse::<u64>() else { return Ok(PathBuf::from(from)) };
        let kept = self.generations()?.into_iter().find(|generation| generation.n == n);
        match kept {
            Some(generation) => Ok(generation.path),
            None if files::is_file(Path::new(from)) => Ok(PathBuf::from(from)),
            None => Err(crate::app::sync::words::no_such_generation(from)),
        }
    }
}

fn generation(kept: backup::Generation, envelope: Option<&Envelope>) -> Generation {
    let bytes = backup::read(&RealDisk, &kept.path).ok();
    let commits = match bytes.as_deref().map(|bytes| file::open(bytes, envelope).0) {
        Some(Contents::Lines { lines, .. }) => Some(lines.len()),
        _ => None,
    };
    let at = time_kept(&kept);
    Generation {
        n: kept.n,
        day: kept.day,
        at,
        bytes: bytes.map(|bytes| bytes.len()),
        commits,
        path: kept.path,
    }
}

/// When the file was written. One that was copied from elsewhere since bears another day than its name, and then says nothing.
fn time_kept(kept: &backup::Generation) -> Option<String> {
    let written = files::time_written(&kept.path)?;
    written.starts_with(&kept.day?.to_string()).then_some(written)
}
