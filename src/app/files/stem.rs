//! Names of files that the program writes: some that every system accepts.

use crate::{domain::terms::clean::clean_line, share::folder::name::portable};

/// Longest name of a report, in characters, without its extension: Linux counts bytes, Windows the whole path.
const STEM_LIMIT: usize = 60;

/// A name that every system accepts.
pub(crate) fn file_stem(text: &str) -> String {
    portable(&clean_line(text), STEM_LIMIT)
}
