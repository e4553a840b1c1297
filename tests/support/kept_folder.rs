//! A folder kept in memory, to be laid out anew by every test that begins where it ended. It leaves nothing on the disk, as a
//! folder in a `static` would.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::files_below;

/// The files of a folder.
pub(crate) struct KeptFolder(Vec<(PathBuf, Vec<u8>)>);

impl KeptFolder {
    /// The files as they are now. No database may be open in it: half of what it holds would be missing.
    pub(crate) fn of(root: &Path) -> Self {
        let read = |file: PathBuf| {
            let bytes = fs::read(&file).unwrap();
            (file.strip_prefix(root).unwrap().to_owned(), bytes)
        };
        Self(files_below(root).into_iter().map(read).collect())
    }

    /// Writes all files below a folder.
    pub(crate) fn lay_out(&self, root: &Path) {
        self.lay_out_part(Path::new(""), root);
    }

    /// Writes the files of one folder of it, where they were, below a folder.
    pub(crate) fn lay_out_part(&self, part: impl AsRef<Path>, root: &Path) {
        for (name, bytes) in self.0.iter().filter(|(name, _)| name.starts_with(&part)) {
            let file = root.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        }
    }
}
