//! Makes a workbook of an installed area or profile, or of the checklist of a visit.

use toml::de::DeTable;

use crate::{
    checklist::{
        load::{load_area, load_profile},
        sources::{Kind, Sources},
        xlsx::{error::ExportError, paint, plan, visit},
    },
    domain::{checklist::Checklist, terms::lang::Lang},
};

/// A workbook of an area by itself, with words in a language.
///
/// # Errors
/// See [`ExportError`].
pub fn export_area(id: &str, sources: &Sources, lang: Lang) -> Result<Vec<u8>, ExportError> {
    load_area(id, sources).map_err(ExportError::Checklist)?;
    let root = parsed(Kind::Area, id, sources);
    paint::workbook(&plan::plan(None, &[&root], lang), lang)
}

/// A workbook of a profile with all clauses of its areas, for all facility types.
///
/// # Errors
/// See [`ExportError`].
pub fn export_profile(id: &str, sources: &Sources, lang: Lang) -> Result<Vec<u8>, ExportError> {
    let (checklist, _) = load_profile(id, sources).map_err(ExportError::Checklist)?;
    let profile = parsed(Kind::Profile, id, sources);
    let areas = named_areas(&profile);
    // The checklist leaves out areas without a clause for its facility type; the file may name more.
    debug_assert!(areas.len() >= checklist.areas.len());
    let areas: Vec<DeTable<'_>> = areas.iter().map(|area| parsed(Kind::Area, area, sources)).collect();
    let areas: Vec<&DeTable<'_>> = areas.iter().collect();
    paint::workbook(&plan::plan(Some(&profile), &areas, lang), lang)
}

/// A workbook of the checklist a visit was founded with: its clauses only, its overrides as rows of their own.
///
/// # Errors
/// See [`ExportError`].
pub fn export_checklist(checklist: &Checklist, lang: Lang) -> Result<Vec<u8>, ExportError> {
    let mut sources = Sources::built_in();
    for (kind, id, text) in visit::texts(checklist).map_err(ExportError::Workbook)? {
        let file = format!("{}/{id}.toml", kind.folder());
        sources = sources.with_text(kind, &id, file, &text);
    }
    export_profile(checklist.profile.id.as_str(), &sources, lang)
}

/// A text that was loaded before, so its syntax holds.
fn parsed<'s>(kind: Kind, id: &str, sources: &'s Sources) -> DeTable<'s> {
    let text = sources.get(kind, id).map_or("", |named| &named.text);
    DeTable::parse(text).map_or_else(|_| DeTable::new(), toml::Spanned::into_inner)
}

fn named_areas(profile: &DeTable<'_>) -> Vec<String> {
    let areas = profile.get("profile").and_then(|it| it.get_ref().get("areas"));
    let areas = areas.and_then(|it| it.get_ref().as_array()).into_iter().flatten();
    areas.filter_map(|area| area.get_ref().as_str().map(str::to_owned)).collect()
}
