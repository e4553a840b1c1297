//! Crosswalks between editions: read, and held against the editions they join.

use std::path::{Path, PathBuf};

use crate::{
    app::{
        checklist::sources::{self, Checked, read_text},
        failure::Failure,
        files,
        home::Home,
        session::Session,
    },
    checklist::{Sources, check_crosswalk, content, list_profiles, load_profile},
    domain::checklist::{Checklist, crosswalk::Crosswalk},
};

/// Checks a crosswalk against the editions installed, those that visit files carry, and those in folders of checklists.
///
/// # Errors
/// If a path cannot be read.
pub fn check(
    home: &Home,
    path: &Path,
    editions: &[PathBuf],
) -> Result<(Option<Crosswalk>, Checked), Failure> {
    let text = read_text(path)?;
    let mut known = profiles(&sources::sources(home)?);
    for edition in editions {
        if files::is_folder(edition) {
            let folder = Sources::built_in().with_folder(edition);
            known.extend(profiles(
                &folder.map_err(|found| sources::refused(&edition.display().to_string(), &found))?,
            ));
        } else {
            known.push(Checklist::clone(&Session::open(home, edition)?.visit.founding.checklist));
        }
    }
    let is_named = |checklist: &Checklist, name: &str| {
        format!("{}@{}", checklist.profile.id, checklist.profile.edition) == name
            || content::hash(&content::encode(checklist)) == name
    };
    let find = |name: &str| known.iter().find(|checklist| is_named(checklist, name)).cloned();
    let (crosswalk, problems) = check_crosswalk(&path.display().to_string(), &text, find);
    Ok((crosswalk, Checked::of(problems)))
}

fn profiles(sources: &Sources) -> Vec<Checklist> {
    let ids = list_profiles(sources);
    ids.iter().filter_map(|it| load_profile(it.id.as_str(), sources).ok()).map(|(it, _)| it).collect()
}
