//! The checklists this laptop can found visits with, and those that visits carry.

use std::path::PathBuf;

use serde_json::Value;

pub use crate::checklist::Problem;
use crate::{
    app::{
        failure::{Exit, Failure},
        home::Home,
        session::Session,
        wording,
    },
    checklist::{
        ProfileSummary, Sources, check_all, check_text, content, list_areas, load_area, load_profile, render,
        show_area_json, show_json,
    },
    domain::{
        checklist::{Area, Checklist, ItemList},
        id::AreaId,
        lang::{Lang, Text},
    },
};

/// What `hecha checklist show` shows.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Title line.
    pub title: Text,
    /// Content hash; empty for a single area.
    pub hash: String,
    /// Areas.
    pub areas: Vec<Area>,
    /// Lists.
    pub lists: Vec<ItemList>,
    /// The JSON of `design.md` §6.
    pub json: Value,
}

/// What a check of checklist files found.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Errors and warnings, in file order.
    pub problems: Vec<Problem>,
    /// Number of errors.
    pub n_errors: usize,
}

impl Checked {
    /// The problems as shown to a reader, with the places marked.
    #[must_use]
    pub fn render(&self, lang: Lang) -> String {
        render(&self.problems, lang)
    }
}

/// Reads the checklist a visit was founded with; `None` if it is not one.
pub(crate) fn read_content(text: &str) -> Option<Checklist> {
    content::decode(text).ok()
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

/// A profile, an area, or the checklist of a visit by its file.
///
/// # Errors
/// If there is none of that name, or it has errors.
pub fn show(home: &Home, name: &str) -> Result<Shown, Failure> {
    let sources = sources(home)?;
    let summaries = crate::checklist::list_profiles(&sources);
    if summaries.iter().any(|profile| profile.id.as_str() == name) {
        return Ok(shown(&profile(home, name)?));
    }
    if list_areas(&sources).iter().any(|area| area.as_str() == name) {
        let (sheet, _) = load_area(name, &sources).map_err(|problems| refused(name, &problems))?;
        let title = Text::new(&sheet.area.title.zh, sheet.area.title.get(Lang::En));
        let json = show_area_json(&sheet);
        return Ok(Shown { title, hash: String::new(), areas: vec![sheet.area], lists: sheet.lists, json });
    }
    let path = PathBuf::from(name);
    if path.exists() {
        return Ok(shown(&Session::open(home, &path)?.visit.founding.checklist));
    }
    Err(wording::unknown("清单", "checklist", name, None))
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
        if path.is_dir() {
            match Sources::built_in().with_folder(path) {
                Ok(sources) => problems.extend(check_all(&sources)),
                Err(found) => problems.extend(found),
            }
        } else {
            let bytes = std::fs::read(path).map_err(|error| wording::path(path, &error))?;
            let text = String::from_utf8(bytes).map_err(|_| not_utf8(path))?;
            problems.extend(check_text(&path.display().to_string(), &text, &sources));
        }
    }
    let n_errors = problems.iter().filter(|problem| problem.is_error()).count();
    Ok(Checked { problems, n_errors })
}

fn shown(checklist: &Checklist) -> Shown {
    let profile = &checklist.profile;
    Shown {
        title: Text::new(&profile.title.zh, profile.title.get(Lang::En)),
        hash: content::hash(&content::encode(checklist)),
        areas: checklist.areas.clone(),
        lists: checklist.lists.clone(),
        json: show_json(checklist),
    }
}

/// The built-in checklists with the user's folder laid over them.
pub(super) fn sources(home: &Home) -> Result<Sources, Failure> {
    let folder = home.checklists();
    if !folder.exists() {
        return Ok(Sources::built_in());
    }
    Sources::built_in()
        .with_folder(&folder)
        .map_err(|problems| refused(&folder.display().to_string(), &problems))
}

pub(super) fn refused(id: &str, problems: &[Problem]) -> Failure {
    wording::checklist_problems(id, Text::new(render(problems, Lang::Zh), render(problems, Lang::En)))
}

fn not_utf8(path: &std::path::Path) -> Failure {
    let path = crate::domain::clean::clean_line(&path.display().to_string());
    Failure::new(
        Exit::Fixable,
        Text::new(format!("读不了 {path}"), format!("Cannot read {path}")),
        Text::new("不是 UTF-8 编码的文本。", "It is not UTF-8 text."),
        Text::new("请用 UTF-8 另存后重试。", "Save it as UTF-8 and try again."),
    )
}
