//! The file to be checked: its bytes, what they are, and which visit to look for.

use std::{io, path::Path};

use crate::{
    app::{
        failure::{Failure, wording},
        fsck::{copies::Class, local::Local},
        home::Home,
        session::reading_envelope,
    },
    domain::terms::id::VisitId,
    share::{
        file::{self, Contents, main_file::is_remains},
        folder::{disk::Disk, folder_of},
        limits::FILE_LIMIT,
    },
};

/// The file as it was found.
pub(crate) struct MainFile {
    /// Its bytes if it is a shared file, those inside if it is encrypted and opens, else none.
    pub(crate) bytes: Vec<u8>,
    /// What it is; lines are not looked at yet.
    pub(crate) class: Class,
    /// The visit its header names, else the one this laptop last saw at its path.
    pub(crate) visit: Option<VisitId>,
    /// Whether this laptop knows the path as another visit's.
    pub(crate) swapped: bool,
}

impl MainFile {
    /// Reads the file.
    ///
    /// # Errors
    /// If it cannot be read; a file that is not there is an answer if this laptop knows its visit.
    pub(crate) fn read(disk: &dyn Disk, home: &Home, local: &Local, path: &Path) -> Result<Self, Failure> {
        let at_path: Vec<VisitId> = local.visits_at(home, path)?;
        let last = at_path.first().cloned();
        let known = |class| Self { bytes: Vec::new(), class, visit: last.clone(), swapped: false };
        let bytes = match disk.read(path, FILE_LIMIT + 1) {
            Ok(bytes) => bytes,
            Err(error) if last.is_some() && is_away(disk, path, &error) => return Ok(known(Class::Away)),
            Err(error) => return Err(wording::path(path, &error)),
        };
        let named = |class, visit: VisitId, bytes| {
            let swapped = !at_path.is_empty() && !at_path.contains(&visit);
            Self { bytes, class, visit: Some(visit), swapped }
        };
        Ok(match file::read_header(&bytes) {
            _ if bytes.len() as u64 > FILE_LIMIT => known(Class::TooBig),
            Contents::Empty => known(Class::Empty),
            Contents::Foreign if bytes.iter().all(|byte| *byte == 0) => known(Class::Empty),
            Contents::Foreign => match last.clone() {
                Some(visit) if is_remains(&bytes, &local.plain_file(&visit)) => {
                    // Below a broken first line there may be lines of ours, which a sync takes in.
                    let is_cut = file::lines_below_header(&bytes).is_empty();
                    if is_cut { known(Class::Empty) } else { named(Class::Sound, visit, bytes) }
                }
                _ => known(Class::Foreign),
            },
            Contents::Newer(header) => named(Class::Newer, header.visit, Vec::new()),
            Contents::Encrypted(header) => {
                let row = local.visit(home, &header.visit)?;
                let envelope = row.as_ref().and_then(reading_envelope);
                match file::unseal(bytes, envelope.as_ref()) {
                    Some(plain) => named(Class::Sound, header.visit, plain),
                    None => named(Class::Encrypted, header.visit, Vec::new()),
                }
            }
            Contents::Lines { header, .. } => named(Class::Sound, header.visit, bytes),
        })
    }
}

/// Whether the file is gone while its folder is there; otherwise the stick or share is away and nothing may be said.
fn is_away(disk: &dyn Disk, path: &Path, error: &io::Error) -> bool {
    let files = disk.list(folder_of(path));
    error.kind() == io::ErrorKind::NotFound && files.is_ok_and(|files| !files.iter().any(|file| file == path))
}
