//! Areas that a profile brings are its own: an import never changes an area that other profiles use. One that differs is
//! written under an id of the profile's, one that does not is left where it is.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::{
    checklist::{
        load::{load_area, users_of},
        sources::{Kind, Sources},
        xlsx::ImportedFile,
    },
    domain::terms::id::{AreaId, ProfileId},
    located::table::ID_LIMIT,
};

/// What becomes of an area that other profiles use or that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AreaFate {
    /// It is the one that is there; nothing is written.
    Same(AreaId),
    /// It differs, and is written as the profile's own.
    Own {
        /// The area that others use.
        area: AreaId,
        /// The id of the profile's own.
        own: AreaId,
        /// Who uses the other.
        others: Vec<ProfileId>,
    },
    /// It comes without a profile and changes what these profiles use.
    Shared {
        /// The area.
        area: AreaId,
        /// Who uses it.
        others: Vec<ProfileId>,
    },
}

/// The files to write of what was imported, and what became of its areas. `keeps_same`: whether an area that is the one in
/// `sources` is written all the same, because the files are for another place.
#[must_use]
pub fn own_areas(
    mut files: Vec<ImportedFile>,
    sources: &Sources,
    keeps_same: bool,
) -> (Vec<ImportedFile>, Vec<AreaFate>) {
    let profile = files.iter().find(|file| file.kind == Kind::Profile).map(|file| file.id.clone());
    let mut fates = Vec::new();
    for file in files.iter().filter(|file| file.kind == Kind::Area) {
        let area = AreaId::new(&file.id);
        let mut others = users_of(&file.id, sources);
        others.retain(|id| profile.as_deref() != Some(id.as_str()));
        let fate = match &profile {
            Some(_) if is_same(file, sources) => Some(AreaFate::Same(area)),
            _ if others.is_empty() => None,
            Some(profile) => Some(AreaFate::Own { own: own_id(profile, &file.id), area, others }),
            None => Some(AreaFate::Shared { area, others }).filter(|_| !is_same(file, sources)),
        };
        fates.extend(fate);
    }
    for fate in &fates {
        match fate {
            AreaFate::Same(area) if !keeps_same => {
                files.retain(|file| file.kind == Kind::Profile || file.id != area.as_str());
            }
            AreaFate::Own { area, own, .. } => {
                files.iter_mut().for_each(|file| rename(file, area.as_str(), own.as_str()));
            }
            AreaFate::Same(_) | AreaFate::Shared { .. } => {}
        }
    }
    (files, fates)
}

/// Whether the area that is there says the same, however it is written.
fn is_same(file: &ImportedFile, sources: &Sources) -> bool {
    let with = sources.clone().with_text(Kind::Area, &file.id, "", &file.text);
    match (load_area(&file.id, sources), load_area(&file.id, &with)) {
        (Ok((there, _)), Ok((imported, _))) => there == imported,
        _ => false,
    }
}

/// `profile-area`, cut to the length an id may have.
fn own_id(profile: &str, area: &str) -> AreaId {
    let room = ID_LIMIT.saturating_sub(area.len() + 1);
    let profile: String = profile.chars().take(room).collect();
    AreaId::new(format!("{profile}-{area}"))
}

/// Writes another id for an area wherever a file names it: in the area itself, among the areas of the profile, and in the
/// conditions of its standards.
fn rename(file: &mut ImportedFile, from: &str, to: &str) {
    let mut places: Vec<Range<usize>> = Vec::new();
    if let Ok(root) = DeTable::parse(&file.text) {
        let root = root.get_ref();
        let mut note = |value: Option<&toml::Spanned<DeValue<'_>>>| {
            places.extend(value.filter(|it| it.get_ref().as_str() == Some(from)).map(toml::Spanned::span));
        };
        let table = |key: &str| root.get(key).and_then(|it| it.get_ref().as_table());
        note(table("area").and_then(|area| area.get("id")));
        let areas = table("profile").and_then(|it| it.get("areas")).and_then(|it| it.get_ref().as_array());
        areas.into_iter().flatten().for_each(|area| note(Some(area)));
        let standards = root.get("standard").and_then(|it| it.get_ref().as_array());
        for standard in standards.into_iter().flatten().filter_map(|it| it.get_ref().as_table()) {
            let conditions = standard.get("conditions").and_then(|it| it.get_ref().as_array());
            let conditions = conditions.into_iter().flatten().filter_map(|it| it.get_ref().as_table());
            conditions.for_each(|condition| note(condition.get("area")));
        }
    }
    places.sort_by_key(|place| std::cmp::Reverse(place.start));
    for place in places {
        file.text.replace_range(place, &format!("\"{to}\""));
    }
    if file.kind == Kind::Area && file.id == from {
        to.clone_into(&mut file.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checklist::load_profile;

    fn imported(change: impl Fn(Kind, &str) -> String) -> Vec<ImportedFile> {
        let sources = Sources::built_in();
        let text = |kind, id: &str| sources.get(kind, id).unwrap().text.clone().into_owned();
        let mut files: Vec<ImportedFile> =
            ["emergency", "pharmacy", "tcm", "infection-control", "institution"]
                .map(|id| ImportedFile {
                    kind: Kind::Area,
                    id: id.to_owned(),
                    text: change(Kind::Area, &text(Kind::Area, id)),
                })
                .into();
        files.push(ImportedFile {
            kind: Kind::Profile,
            id: "jiaxian-township".to_owned(),
            text: change(Kind::Profile, &text(Kind::Profile, "township")),
        });
        files
    }

    fn jiaxian(kind: Kind, text: &str) -> String {
        match kind {
            Kind::Profile => text
                .replace("id = \"township\"", "id = \"jiaxian-township\"")
                .replace("share = 0.95 }", "share = 0.95, area = \"emergency\" }"),
            Kind::Area => text.replace("急救设备配备与完好", "急救设备配备与完好（嘉县）"),
        }
    }

    fn with(files: &[ImportedFile]) -> Sources {
        files.iter().fold(Sources::built_in(), |sources, file| {
            sources.with_text(file.kind, &file.id, format!("{}.toml", file.id), &file.text)
        })
    }

    #[test]
    fn a_changed_area_becomes_the_profiles_own_and_the_others_stay_as_they_are() {
        let (files, fates) = own_areas(imported(jiaxian), &Sources::built_in(), false);
        let names: Vec<&str> = files.iter().map(|file| file.id.as_str()).collect();
        assert_eq!(names, ["jiaxian-township-emergency", "jiaxian-township"]);
        assert_eq!(fates.len(), 5);
        assert!(
            matches!(&fates[0], AreaFate::Own { area, own, others } if area.as_str() == "emergency"
                && own.as_str() == "jiaxian-township-emergency" && others.len() == 4),
            "{fates:?}"
        );
        let sources = with(&files);
        let title = |profile: &str| {
            let (checklist, problems) = load_profile(profile, &sources).unwrap();
            assert!(problems.iter().all(|it| !it.is_error()), "{problems:?}");
            checklist.clause("EM-02").unwrap().title.zh.clone()
        };
        assert_eq!(title("jiaxian-township"), "急救设备配备与完好（嘉县）");
        // A village clinic has no such clause.
        for other in ["township", "community", "community-hospital"] {
            assert_eq!(title(other), "急救设备配备与完好", "{other}");
        }
        let (own, _) = load_profile("jiaxian-township", &sources).unwrap();
        assert_eq!(own.profile.areas.len(), 5);
        // Brought once more it is the profile's own already: no other id is made.
        let (again, fates) = own_areas(files.clone(), &sources, false);
        assert_eq!(again.len(), 1, "{fates:?}");
        let (again, fates) = own_areas(imported(jiaxian), &sources, false);
        assert_eq!((again, fates.len()), (files, 5));
    }

    #[test]
    fn an_area_without_a_profile_is_told_whose_it_is_and_for_another_place_all_is_written() {
        let mut files = imported(jiaxian);
        let kept = own_areas(files.clone(), &Sources::built_in(), true).0;
        assert_eq!(kept.len(), 6);
        files.retain(|file| file.id == "emergency");
        let (same, fates) = own_areas(files.clone(), &Sources::built_in(), false);
        assert_eq!(same, files);
        assert!(matches!(&fates[..], [AreaFate::Shared { others, .. }] if others.len() == 4), "{fates:?}");
        files[0].text = files[0].text.replace("（嘉县）", "");
        assert_eq!(own_areas(files, &Sources::built_in(), false).1, []);
    }

    #[test]
    fn an_own_id_is_no_longer_than_an_id_may_be() {
        let long = "x".repeat(ID_LIMIT);
        assert_eq!(own_id(&long, "tcm").as_str().len(), ID_LIMIT);
        assert!(own_id(&long, "tcm").as_str().ends_with("-tcm"));
    }
}
