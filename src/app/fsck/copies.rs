//! The other files in the folder of a shared file: copies of the visit with what they hold, and what unfinished writes left.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use crate::{
    domain::terms::{
        clean::clean_line,
        id::{CommitId, VisitId},
    },
    share::{
        file::{
            self, Contents, HEADER_PROBE,
            envelope::Envelope,
            inspect::{Footer, Keys, Replica, carried_keys, inspect},
        },
        folder::{FOLDER_LIMIT, disk::Disk, folder_of, is_lock_or_temporary, is_named_like_a_copy, is_same},
        limits::FILE_LIMIT,
    },
};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A shared file without damage.
    Sound,
    /// A shared file with damage.
    Damaged,
    /// No bytes, zeros, or the begin of a header.
    Empty,
    /// Not a shared file.
    Foreign,
    /// Written by a newer program.
    Newer,
    /// Encrypted.
    Encrypted,
    /// Larger than a shared file can be.
    TooBig,
    /// The shared file of another visit.
    OtherVisit,
    /// Not there.
    Away,
    /// There, and the system does not give it out.
    Unavailable,
}

impl Class {
    /// The word in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Sound => "sound",
            Self::Damaged => "damaged",
            Self::Empty => "empty",
            Self::Foreign => "foreign",
            Self::Newer => "newer",
            Self::Encrypted => "encrypted",
            Self::TooBig => "too-big",
            Self::OtherVisit => "other-visit",
            Self::Away => "away",
            Self::Unavailable => "unavailable",
        }
    }

    /// The class of a shared file by its lines.
    #[must_use]
    pub(crate) fn of(replica: &Replica) -> Self {
        let sound = replica.footer == Footer::Right && replica.n_bad == 0;
        if sound { Self::Sound } else { Self::Damaged }
    }
}

/// Another file beside the shared one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherFile {
    /// Its name, cleaned.
    pub name: String,
    /// What it is.
    pub class: Class,
    /// Commits that verify.
    pub n_valid: usize,
    /// Lines that do not.
    pub n_bad: usize,
    /// Commits that the checked file lacks.
    pub n_news: usize,
}

/// What a folder holds beside the shared file.
#[derive(Debug, Default)]
pub(crate) struct Surroundings {
    /// Copies of the visit.
    copies: Vec<PathBuf>,
    /// Other files that are named like shared files.
    others: Vec<OtherFile>,
    /// Locks and temporary files.
    pub(crate) leftovers: Vec<String>,
    /// Whether there were too many files to look at each.
    pub(crate) crowded: bool,
    /// What encrypted copies are read with.
    envelope: Option<Envelope>,
}

impl Surroundings {
    /// Looks around. A folder that cannot be listed has nothing to show.
    pub(crate) fn of(
        disk: &dyn Disk,
        main: &Path,
        visit: Option<&VisitId>,
        envelope: Option<Envelope>,
    ) -> Self {
        let files = disk.list(folder_of(main)).unwrap_or_default();
        let mut found = Self { crowded: files.len() > FOLDER_LIMIT, envelope, ..Self::default() };
        for path in files.into_iter().filter(|path| !is_same(path, main)) {
            if is_lock_or_temporary(&path) {
                found.leftovers.push(name(&path));
            } else if !found.crowded || is_named_like_a_copy(&path, main) {
                found.look(disk, path, visit);
            }
        }
        found
    }

    fn look(&mut self, disk: &dyn Disk, path: PathBuf, visit: Option<&VisitId>) {
        let named_like_ours =
            path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("hecha"));
        let start = disk.read(&path, HEADER_PROBE);
        let (class, of) = match start.as_deref().map(file::read_header) {
            Err(_) => (Class::Unavailable, None),
            Ok(Contents::Empty) => (Class::Empty, None),
            Ok(Contents::Foreign) => (Class::Foreign, None),
            Ok(Contents::Newer(header)) => (Class::Newer, Some(header.visit)),
            Ok(Contents::Encrypted(header)) => {
                let class = if self.envelope.is_some() { Class::Sound } else { Class::Encrypted };
                (class, Some(header.visit))
            }
            Ok(Contents::Lines { header, .. }) => (Class::Sound, Some(header.visit)),
        };
        let ours = visit.is_some() && of.as_ref() == visit;
        if ours && class == Class::Sound {
            self.copies.push(path);
        } else if ours || named_like_ours {
            let class = if of.is_some() && !ours { Class::OtherVisit } else { class };
            self.others.push(OtherFile { name: name(&path), class, n_valid: 0, n_bad: 0, n_news: 0 });
        }
    }

    /// The keys that the copies carry.
    pub(crate) fn keys(&self, disk: &dyn Disk, visit: &VisitId) -> Keys {
        let bytes = self.copies.iter().filter_map(|path| disk.read(path, FILE_LIMIT).ok());
        let plain = bytes.filter_map(|bytes| file::unseal(bytes, self.envelope.as_ref()));
        plain.flat_map(|bytes| carried_keys(visit, &bytes)).collect()
    }

    /// Reads the copies one after the other.
    pub(crate) fn replicas(&self, disk: &dyn Disk, visit: &VisitId, keys: &Keys) -> Vec<(String, Copy)> {
        self.copies.iter().map(|path| (name(path), self.read_copy(disk, path, visit, keys))).collect()
    }

    fn read_copy(&self, disk: &dyn Disk, path: &Path, visit: &VisitId, keys: &Keys) -> Copy {
        let bytes = disk.read(path, FILE_LIMIT + 1).map_err(|_| Class::Unavailable)?;
        if bytes.len() as u64 > FILE_LIMIT {
            return Err(Class::TooBig);
        }
        let plain = file::unseal(bytes, self.envelope.as_ref()).ok_or(Class::Encrypted)?;
        Ok(inspect(visit, &plain, keys))
    }

    /// All other files, in the order of their names.
    pub(crate) fn others(self, copies: &[(String, Copy)], in_file: &BTreeSet<&CommitId>) -> Vec<OtherFile> {
        let n_news = |replica: &Replica| {
            let ids: BTreeSet<&CommitId> = replica.commits.iter().map(|commit| &commit.id).collect();
            ids.difference(in_file).count()
        };
        let of_copy = |(name, copy): &(String, Copy)| match copy {
            Err(class) => OtherFile { name: name.clone(), class: *class, n_valid: 0, n_bad: 0, n_news: 0 },
            Ok(replica) => OtherFile {
                name: name.clone(),
                class: Class::of(replica),
                n_valid: replica.commits.len(),
                n_bad: replica.n_bad,
                n_news: n_news(replica),
            },
        };
        let mut all: Vec<OtherFile> = copies.iter().map(of_copy).chain(self.others).collect();
        all.sort_by(|a, b| a.name.cmp(&b.name));
        all
    }
}

/// A copy taken apart, or why not.
pub(crate) type Copy = Result<Replica, Class>;

fn name(path: &Path) -> String {
    clean_line(&path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default())
}
