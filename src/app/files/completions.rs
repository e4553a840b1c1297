//! What a path that is being typed may go on with. The front ends do not look at the disk themselves.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

/// How many completions are worth showing.
const MOST: usize = 200;

/// The folders and shared files whose path begins with `typed`, shared files first, hidden ones only when asked for. A folder
/// that cannot be read has none.
#[must_use]
pub fn completions(typed: &str) -> Vec<String> {
    let (folder, start) = match typed.rfind(['/', MAIN_SEPARATOR]) {
        Some(at) => typed.split_at(at + 1),
        None => ("", typed),
    };
    let place: PathBuf = if folder.is_empty() { PathBuf::from(".") } else { PathBuf::from(folder) };
    let Ok(entries) = std::fs::read_dir(&place) else { return Vec::new() };
    let mut folders = Vec::new();
    let mut files = Vec::new();
    for entry in entries.filter_map(Result::ok) {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let hidden = name.starts_with('.') && !start.starts_with('.');
        if hidden || !name.to_lowercase().starts_with(&start.to_lowercase()) {
            continue;
        }
        // Follows links, so that a linked folder can be opened.
        let is_folder = std::fs::metadata(entry.path()).is_ok_and(|data| data.is_dir());
        if is_folder {
            folders.push(format!("{folder}{name}{MAIN_SEPARATOR}"));
        } else if Path::new(&name).extension().is_some_and(|it| it.eq_ignore_ascii_case("hecha")) {
            files.push(format!("{folder}{name}"));
        }
    }
    files.sort();
    folders.sort();
    // Shared files first: they are what is looked for.
    files.append(&mut folders);
    files.truncate(MOST);
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_files_and_folders_complete_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["访问.hecha", "访问.txt", ".hidden.hecha"] {
            std::fs::write(dir.path().join(name), "").unwrap();
        }
        std::fs::create_dir(dir.path().join("报告")).unwrap();
        let root = format!("{}{MAIN_SEPARATOR}", dir.path().display());
        assert_eq!(completions(&root), [format!("{root}访问.hecha"), format!("{root}报告{MAIN_SEPARATOR}")]);
        assert_eq!(completions(&format!("{root}报")), [format!("{root}报告{MAIN_SEPARATOR}")]);
        assert_eq!(completions(&format!("{root}.h")), [format!("{root}.hidden.hecha")]);
        assert_eq!(completions(&format!("{root}none/")), Vec::<String>::new());
    }
}
