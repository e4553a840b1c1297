//! The checklist texts there are: the built-in ones, replaced or extended by a folder of the user.

use std::{borrow::Cow, collections::BTreeMap, fs, io, path::Path};

use crate::{
    checklist::{
        builtin::{AREAS, PROFILES},
        problem::Problem,
    },
    domain::terms::{clean::clean_line, lang::Text},
};

/// Largest file read.
const LARGEST_FILE: u64 = 4 * 1024 * 1024;
/// Most files of one folder.
const MOST_FILES: usize = 200;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An area: `areas/*.toml`.
    Area,
    /// A profile: `profiles/*.toml`.
    Profile,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Area, Self::Profile];

    /// The folder such files lie in.
    #[must_use]
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Area => "areas",
            Self::Profile => "profiles",
        }
    }
}

/// Named texts of areas and profiles.
#[derive(Debug, Clone)]
pub struct Sources {
    texts: BTreeMap<(Kind, String), Named>,
}

/// A text and the file name shown to the reader.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// As its folder names it, e.g. `areas/emergency.toml`.
    pub(super) file: String,
    /// The whole text.
    pub(super) text: Cow<'static, str>,
}

impl Sources {
    /// What is compiled into the program.
    #[must_use]
    pub fn built_in() -> Self {
        let mut texts = BTreeMap::new();
        for (kind, all) in [(Kind::Area, AREAS.as_slice()), (Kind::Profile, PROFILES.as_slice())] {
            for (stem, text) in all {
                let file = format!("{}/{stem}.toml", kind.folder());
                texts.insert((kind, (*stem).to_owned()), Named { file, text: Cow::Borrowed(*text) });
            }
        }
        Self { texts }
    }

    /// Adds a text, replacing one of the same kind and stem (the file name without `.toml`, which is also the id).
    #[must_use]
    pub fn with_text(mut self, kind: Kind, stem: &str, file: impl Into<String>, text: &str) -> Self {
        let text = Cow::Owned(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned());
        self.texts.insert((kind, stem.to_owned()), Named { file: file.into(), text });
        self
    }

    /// Adds `areas/*.toml` and `profiles/*.toml` of a folder, replacing built-in texts of the same file name.
    /// A folder that does not exist changes nothing.
    ///
    /// # Errors
    /// Every file that cannot be read, is too large, or is not UTF-8.
    pub fn with_folder(mut self, folder: &Path) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        for kind in Kind::ALL {
            let inner = folder.join(kind.folder());
            let names = match toml_names(&inner) {
                Ok(names) => names,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => {
                    problems.push(unreadable(&inner, &error));
                    continue;
                }
            };
            for name in names {
                let path = inner.join(&name);
                let stem = name.strip_suffix(".toml").unwrap_or(&name).to_owned();
                match read_text(&path) {
                    Ok(text) => self = self.with_text(kind, &stem, shown(&path), &text),
                    Err(problem) => problems.push(*problem),
                }
            }
        }
        if problems.is_empty() { Ok(self) } else { Err(problems) }
    }

    /// The stems of a kind, sorted.
    pub(super) fn stems(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.texts.keys().filter(move |(of, _)| *of == kind).map(|(_, stem)| stem.as_str())
    }

    /// A text.
    pub(super) fn get(&self, kind: Kind, stem: &str) -> Option<&Named> {
        self.texts.get(&(kind, stem.to_owned()))
    }
}

/// Names of the TOML files of a folder, sorted, without hidden files (editors and macOS leave such beside the real ones).
fn toml_names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".toml") && !name.starts_with('.') {
            names.push(name);
        }
    }
    if names.len() > MOST_FILES {
        return Err(io::Error::other(format!("more than {MOST_FILES} files")));
    }
    names.sort();
    Ok(names)
}

fn read_text(path: &Path) -> Result<String, Box<Problem>> {
    let metadata = fs::metadata(path).map_err(|error| Box::new(unreadable(path, &error)))?;
    if !metadata.is_file() {
        // Reading a pipe or a device would wait for ever.
        let what = Text::new("不是普通文件", "not a regular file");
        return Err(Box::new(Problem::of_file(shown(path), what, None)));
    }
    if metadata.len() > LARGEST_FILE {
        let what = Text::new("文件超过 4 MB，不像是清单", "larger than 4 MB, which no checklist is");
        return Err(Box::new(Problem::of_file(shown(path), what, None)));
    }
    let bytes = fs::read(path).map_err(|error| Box::new(unreadable(path, &error)))?;
    String::from_utf8(bytes).map_err(|_| {
        let what = Text::new("文件不是 UTF-8 编码", "the file is not UTF-8");
        let save = Text::new(
            "可能是 GBK 编码：用记事本打开，另存为 UTF-8",
            "it may be GBK: open it in an editor and save it as UTF-8",
        );
        Box::new(Problem::of_file(shown(path), what, Some(save)))
    })
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let what = Text::new(format!("读不了：{error}"), format!("cannot be read: {error}"));
    Problem::of_file(shown(path), what, None)
}

fn shown(path: &Path) -> String {
    clean_line(&path.to_string_lossy())
}
