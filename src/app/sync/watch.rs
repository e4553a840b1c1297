//! A look at a shared file from outside: cheap metadata that tells whether a sync might find something new.

use std::{
    ffi::OsString,
    fs::{self, Metadata},
    path::Path,
    time::{Duration, UNIX_EPOCH},
};

use crate::share::folder::{folder_of, is_lock_or_temporary};

/// Entries of a folder that are looked through; a folder with more is no place for a shared file.
const MOST: usize = 2_000;

/// What was seen. Two equal glances mean that nothing happened; nothing else follows from one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Glance {
    main: Option<Stamp>,
    /// Names and lengths of files beside it that look like copies of it.
    others: Vec<(OsString, u64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    /// Since 1970, to tell two states of a file apart; no order follows from it.
    changed: Option<Duration>,
}

impl Glance {
    /// Whether the shared file itself is there.
    #[must_use]
    pub const fn is_there(&self) -> bool {
        self.main.is_some()
    }
}

/// Looks at a shared file and its folder without opening anything. May hang as long as the share does.
///
/// Copies under a name that says nothing of the shared file are not noticed here; a sync reads the first bytes of every
/// file in the folder and finds them.
#[must_use]
pub fn glance(file: &Path) -> Glance {
    let main = fs::metadata(file).ok().filter(Metadata::is_file).map(|data| Stamp {
        bytes: data.len(),
        changed: data.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()),
    });
    if main.is_none() {
        return Glance::default();
    }
    let mut others: Vec<(OsString, u64)> = fs::read_dir(folder_of(file))
        .into_iter()
        .flatten()
        .take(MOST)
        .filter_map(Result::ok)
        .filter(|entry| {
            Some(entry.file_name().as_os_str()) != file.file_name() && is_copy(&entry.path(), file)
        })
        .filter_map(|entry| Some((entry.file_name(), entry.metadata().ok().filter(Metadata::is_file)?.len())))
        .collect();
    others.sort();
    Glance { main, others }
}

/// Whether a name looks like a side file, a conflict copy or a backup of the shared file.
fn is_copy(path: &Path, file: &Path) -> bool {
    let name =
        |path: &Path| path.file_name().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
    let stem = file.file_stem().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
    let name = name(path);
    !is_lock_or_temporary(path) && (name.contains("hecha") || name.starts_with(&stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Glance {
        /// A glance as if a file of this length and these copies of one byte had been seen.
        pub(crate) fn made(bytes: Option<u64>, copies: &[&str]) -> Self {
            let others = copies.iter().map(|name| (OsString::from(name), 1)).collect();
            Self { main: bytes.map(|bytes| Stamp { bytes, changed: None }), others }
        }
    }

    #[test]
    fn a_glance_changes_with_the_file_and_its_copies_and_with_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("青禾.hecha");
        let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        assert!(!glance(&file).is_there());
        put("青禾.hecha", "one");
        let first = glance(&file);
        assert!(first.is_there());
        for name in ["~$hecha.lck", "~$ab12.tmp", "notes.txt"] {
            put(name, "x");
            assert_eq!(glance(&file), first, "{name}");
        }
        fs::create_dir(folder.path().join("青禾.files")).unwrap();
        assert_eq!(glance(&file), first);
        for name in ["青禾~Ab3d.hecha", "青禾 (conflicted copy).hecha", "青禾.bak"] {
            let before = glance(&file);
            put(name, "x");
            assert_ne!(glance(&file), before, "{name}");
        }
        let before = glance(&file);
        put("青禾.hecha", "two words");
        assert_ne!(glance(&file), before);
        fs::remove_file(&file).unwrap();
        assert!(!glance(&file).is_there());
    }
}
