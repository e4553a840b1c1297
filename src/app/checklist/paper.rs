//! Scoring sheets on paper: `hecha checklist show NAME --format docx`.

use std::path::{Path, PathBuf};

use crate::{
    app::{
        checklist::show::{By, Group, Named},
        failure::{Failure, wording},
        files::{self, stem::file_stem},
    },
    domain::terms::{clean::clean_line, lang::Lang},
    report::{
        docx::{Look, docx},
        sheet::{Sheet, page},
    },
};

/// Writes scoring sheets into a folder, which is made if needed: one a field or place, or one for all.
///
/// # Errors
/// If the folder cannot be made or a file cannot be written; sheets written before stay.
pub fn write_sheets(named: &Named, by: Option<By>, lang: Lang, dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let dir = std::path::absolute(dir).map_err(|error| wording::path(dir, &error))?;
    files::make_folder(&dir).map_err(|error| wording::home_folder(&dir, &error))?;
    let parts = match by {
        Some(by @ (By::Field | By::Place)) => named.groups(by),
        _ => vec![whole(named)],
    };
    parts.iter().map(|part| write(named, part, lang, &dir)).collect()
}

/// The bytes of one sheet.
///
/// # Errors
/// If the document cannot be packed, which is a bug.
pub fn sheet(named: &Named, part: &Group, lang: Lang) -> Result<Vec<u8>, Failure> {
    let edition = format!("{} · {}", named.edition, named.hash);
    let sheet = Sheet {
        title: named.title.get(lang),
        part: part.title.get(lang),
        edition: &edition,
        unofficial: named.areas.iter().any(|area| !area.is_official()),
        clauses: part.clauses.iter().map(AsRef::as_ref).collect(),
        lists: &named.lists,
    };
    let look = Look::sheet(lang, format!("{} {}", named.title.get(lang), edition));
    docx(&page(&sheet, lang), &look).map_err(|_| Failure::bug("cannot write docx"))
}

/// All clauses as one part.
#[must_use]
pub fn whole(named: &Named) -> Group {
    Group {
        key: String::new(),
        title: crate::domain::terms::lang::Text::default(),
        clauses: named.clauses().cloned().collect(),
    }
}

fn write(named: &Named, part: &Group, lang: Lang, dir: &Path) -> Result<PathBuf, Failure> {
    let bytes = sheet(named, part, lang)?;
    let word = lang.pick("评分表", "scoring sheet");
    let name = [named.title.get(lang), part.title.get(lang), word].map(clean_line);
    let name: Vec<&str> = name.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let path = dir.join(format!("{}.docx", file_stem(&name.join("-"))));
    files::write_whole(&path, &bytes)?;
    Ok(path)
}
