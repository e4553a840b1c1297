//! How the texts of the front end are written in both languages; the texts lie with their subjects (`*/words.rs`). No character here is of ambiguous width.

use crate::domain::terms::lang::Lang;

macro_rules! sayings {
    ($($name:ident = $zh:literal, $en:literal;)*) => {$(
        pub(crate) const fn $name(lang: Lang) -> &'static str {
            lang.pick($zh, $en)
        }
    )*};
}
pub(crate) use sayings;

/// `N word` with the word's plural; Chinese has none.
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// A sentence in the reader's language.
pub(crate) fn pick(lang: Lang, zh: String, en: String) -> String {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use unicode_width::UnicodeWidthStr;

    /// Every file of words and the key table: found in the folders, so that a new one is not forgotten.
    fn texts(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                texts(&path, found);
            } else if name.ends_with("words.rs") || ["bindings.rs", "context.rs"].contains(&name.as_str()) {
                found.push(fs::read_to_string(path).unwrap());
            }
        }
    }

    #[test]
    fn no_text_of_ours_holds_a_character_of_ambiguous_width() {
        let mut files = Vec::new();
        texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tui"), &mut files);
        assert!(files.len() > 12, "the words were not found");
        for line in files.iter().flat_map(|file| file.lines()) {
            assert_eq!(line.width(), line.width_cjk(), "{line}");
        }
    }
}
