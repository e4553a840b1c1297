//! The checklists this laptop can found visits with, and those that visits carry.

use std::path::PathBuf;

pub use crate::checklist::Problem;
use crate::{
    app::{
        failure::{Exit, Failure, wording},
        files,
        home::Home,
    },
    checklist::{ProfileSummary, Sources, check_all, check_text, list_areas, load_profile, render},
    domain::{
        checklist::Checklist,
        terms::{
            id::AreaId,
            lang::{Lang, Text},
        },
    },
};

/// What a check of checklist files found.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Errors and warnings, in file order.
    pub problems: Vec<Problem>,
    /// Number of errors.
    pub n_errors: usize,
}

impl Checked {
    /// With the errors counted.
    pub(crate) fn of(problems: Vec<Problem>) -> Self {
        let n_errors = problems.iter().filter(|problem| problem.is_error()).count();
        Self { problems, n_errors }
    }

    /// The problems as shown to a reader, with the places marked.
    #[must_use]
    pub fn render(&self, lang: Lang) -> String {
        render(&self.problems, lang)
    }
}

/// A profile with its areas.
pub(crate) fn profile(home: &Home, id: &str) -> Result<Checklist, Failure> {
    let sources = sources(home)?;
    load_profile(id, &sources).map(|(checklist, _)| checklist).map_err(|problems| refused(id, &problems))
}

/// The profiles that visits can be founded with.
///
/// # Errors
/// If the user's folder cannot be read.
pub fn profiles(home: &Home) -> Result<Vec<ProfileSummary>, Failure> {
    Ok(crate::checklist::list_profiles(&sources(home)?))
}

/// The areas.
///
/// # Errors
/// If the user's folder cannot be read.
pub fn areas(home: &Home) -> Result<Vec<AreaId>, Failure> {
    Ok(list_areas(&sources(home)?))
}

/// Checks files and folders, or everything installed when no path is given.
///
/// # Errors
/// If a path cannot be read.
pub fn check(home: &Home, paths: &[PathBuf]) -> Result<Checked, Failure> {
    let sources = sources(home)?;
    let mut problems = Vec::new();
    if paths.is_empty() {
        problems = check_all(&sources);
    }
    for path in paths {
        if files::is_folder(path) {
            match Sources::built_in().with_folder(path) {
                Ok(sources) => problems.extend(check_all(&sources)),
                Err(found) => problems.extend(found),
            }
        } else {
            let text = read_text(path)?;
            problems.extend(check_text(&path.display().to_string(), &text, &sources));
        }
    }
    Ok(Checked::of(problems))
}

/// The text of a file that a person named.
pub(crate) fn read_text(path: &std::path::Path) -> Result<String, Failure> {
    String::from_utf8(files::read(path)?).map_err(|_| not_utf8(path))
}

/// The built-in checklists with the user's folder laid over them.
pub(crate) fn sources(home: &Home) -> Result<Sources, Failure> {
    let folder = home.checklists();
    if !files::is_there(&folder) {
        return Ok(Sources::built_in());
    }
    Sources::built_in()
        .with_folder(&folder)
        .map_err(|problems| refused(&folder.display().to_string(), &problems))
}

pub(crate) fn refused(id: &str, problems: &[Problem]) -> Failure {
    wording::checklist_problems(id, Text::new(render(problems, Lang::Zh), render(problems, Lang::En)))
}

fn not_utf8(path: &std::path::Path) -> Failure {
    let path = crate::domain::terms::clean::clean_line(&path.display().to_string());
    Failure::new(
        Exit::Fixable,
        Text::new(format!("读不了 {path}"), format!("Cannot read {path}")),
        Text::new("不是 UTF-8 编码的文本。", "It is not UTF-8 text."),
        Text::new("请用 UTF-8 另存后重试。", "Save it as UTF-8 and try again."),
    )
}
