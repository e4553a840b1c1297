//! The front door: loads a profile or an area, lists what there is, checks everything.

use toml::de::DeTable;

use crate::{
    checklist::{
        area::{self, AreaSheet, PlacedArea},
        assemble,
        document::Document,
        doubt, near,
        problem::Problem,
        rules::{self, PlacedRules, extension},
        sources::{Kind, Named, Sources},
        syntax,
    },
    domain::{
        checklist::Checklist,
        facility::FacilityType,
        terms::{
            clean::clean_line,
            id::{AreaId, ProfileId},
            lang::Text,
        },
    },
};

/// A profile as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileSummary {
    /// Id.
    pub id: ProfileId,
    /// Title.
    pub title: Text,
    /// Facility type.
    pub facility: FacilityType,
}

/// Loads a profile with its areas: the checklist and its warnings.
///
/// # Errors
/// All problems of all files the profile uses, warnings included, when at least one is an error.
pub fn load_profile(id: &str, sources: &Sources) -> Result<(Checklist, Vec<Problem>), Vec<Problem>> {
    let Some(named) = sources.get(Kind::Profile, id) else {
        return Err(vec![unknown(("方案", "profile"), id, sources.stems(Kind::Profile))]);
    };
    load_profile_text(named, Some(id), sources)
}

/// Loads an area as its file gives it, for all facility types: the area and its warnings.
///
/// # Errors
/// All problems of the file, warnings included, when at least one is an error.
pub fn load_area(id: &str, sources: &Sources) -> Result<(AreaSheet, Vec<Problem>), Vec<Problem>> {
    let Some(named) = sources.get(Kind::Area, id) else {
        return Err(vec![unknown(("领域", "area"), id, sources.stems(Kind::Area))]);
    };
    load_area_text(named, Some(id))
}

/// The profiles that can be read so far as to show them. A broken one is left out here and told by [`check_all`].
#[must_use]
pub fn list_profiles(sources: &Sources) -> Vec<ProfileSummary> {
    let read = |stem: &str| {
        let named = sources.get(Kind::Profile, stem)?;
        let document = Document::new(&named.file, &named.text);
        let rules = read_rules(&document, &syntax::parse(&document)?, sources);
        (rules.id.as_str() == stem).then_some(ProfileSummary {
            id: rules.id,
            title: rules.title,
            facility: rules.facility,
        })
    };
    let mut found: Vec<ProfileSummary> = sources.stems(Kind::Profile).filter_map(read).collect();
    found.sort_by_key(|summary| summary.facility);
    found
}

/// The ids of the areas there are.
#[must_use]
pub fn list_areas(sources: &Sources) -> Vec<AreaId> {
    sources.stems(Kind::Area).map(AreaId::from).collect()
}

/// The profiles that use an area, by themselves or through their base.
pub(super) fn users_of(area: &str, sources: &Sources) -> Vec<ProfileId> {
    let uses = |stem: &&str| {
        let named = sources.get(Kind::Profile, stem);
        named.is_some_and(|named| {
            let document = Document::new(&named.file, &named.text);
            let root = syntax::parse(&document);
            root.is_some_and(|root| {
                let areas = read_rules(&document, &root, sources).areas;
                areas.iter().any(|it| it.get_ref().as_str() == area)
            })
        })
    };
    sources.stems(Kind::Profile).filter(uses).map(ProfileId::from).collect()
}

/// Everything wrong with any area or profile, each problem once, in the order of files and lines.
#[must_use]
pub fn check_all(sources: &Sources) -> Vec<Problem> {
    let profiles = sources.stems(Kind::Profile).map(|id| problems_of(load_profile(id, sources)));
    let areas = sources.stems(Kind::Area).map(|id| problems_of(load_area(id, sources)));
    let mut all: Vec<Problem> = profiles.chain(areas).flatten().collect();
    all.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    // Several profiles load the same area and find the same problems, next to each other now but not always adjacent.
    let mut kept: Vec<Problem> = Vec::new();
    for problem in all {
        let same_place = |it: &&Problem| it.file == problem.file && it.line == problem.line;
        if !kept.iter().rev().take_while(same_place).any(|it| it == &problem) {
            kept.push(problem);
        }
    }
    kept
}

/// Everything wrong with one text, an area or a profile by what it holds, with the areas of `sources`.
#[must_use]
pub fn check_text(file: &str, text: &str, sources: &Sources) -> Vec<Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let named = Named { file: clean_line(file), text: text.to_owned().into() };
    let (root, _) = DeTable::parse_recoverable(text);
    let is_profile = root.get_ref().contains_key("profile");
    if is_profile {
        problems_of(load_profile_text(&named, None, sources))
    } else {
        problems_of(load_area_text(&named, None))
    }
}

fn problems_of<T>(loaded: Result<(T, Vec<Problem>), Vec<Problem>>) -> Vec<Problem> {
    match loaded {
        Ok((_, problems)) | Err(problems) => problems,
    }
}

fn load_area_text(named: &Named, id: Option<&str>) -> Result<(AreaSheet, Vec<Problem>), Vec<Problem>> {
    let document = Document::new(&named.file, &named.text);
    let area = read_area(&document, id);
    // An area among others is doubted together with them, where a profile joins them.
    if let (None, Some(area)) = (id, &area) {
        doubt::check_all(std::slice::from_ref(&area.sheet.area), &[(&document, &area.points_at)]);
    }
    let failed = document.has_errors();
    match area {
        Some(area) if !failed => Ok((area.sheet, document.into_problems())),
        _ => Err(document.into_problems()),
    }
}

fn load_profile_text(
    named: &Named,
    id: Option<&str>,
    sources: &Sources,
) -> Result<(Checklist, Vec<Problem>), Vec<Problem>> {
    let document = Document::new(&named.file, &named.text);
    let Some(root) = syntax::parse(&document) else { return Err(document.into_problems()) };
    let rules = read_rules(&document, &root, sources);
    if let Some(stem) = id {
        check_stem(&document, rules.id.as_str(), stem, &rules.id_at);
    }
    let (areas, unread) = read_areas(&rules, &document, sources);
    // With an area that could not be read at all, what spans files cannot be judged.
    let checklist = unread.is_empty().then(|| assemble::join(rules, &document, &areas));
    let failed = document.has_errors() || areas.iter().any(|(document, _)| document.has_errors());
    let mut problems = document.into_problems();
    problems.extend(unread);
    problems.extend(areas.into_iter().flat_map(|(document, _)| document.into_problems()));
    match checklist {
        Some(checklist) if !failed => Ok((checklist, problems)),
        _ => Err(problems),
    }
}

/// The rules of a profile file, with those of its base when it names one.
fn read_rules(document: &Document<'_>, root: &DeTable<'_>, sources: &Sources) -> PlacedRules {
    let Some(base) = extension::base_of(root) else { return rules::read(document, root) };
    let at = base.span();
    match read_base(base.get_ref(), sources) {
        Ok(rules) => extension::overlay(document, root, rules, &at),
        Err((what, suggestion)) => {
            document.error(&at, what, suggestion);
            // Read as it stands without a word more: what is missing may well be in the base.
            let unheard = Document::new("", document.text());
            rules::read(&unheard, root)
        }
    }
}

/// A base must stand by itself and be sound; what is wrong in it is told where it is checked.
fn read_base(stem: &str, sources: &Sources) -> Result<PlacedRules, (Text, Option<Text>)> {
    let name = clean_line(stem);
    let Some(named) = sources.get(Kind::Profile, stem) else {
        let what = Text::new(format!("没有方案“{name}”"), format!("there is no profile “{name}”"));
        return Err((what, near::suggest(stem, sources.stems(Kind::Profile))));
    };
    let document = Document::new(&named.file, &named.text);
    let root = syntax::parse(&document);
    if root.as_ref().is_some_and(|root| extension::base_of(root).is_some()) {
        let what = Text::new(
            format!("方案 {name} 自己也写了 base，不能再作为 base"),
            format!("the profile {name} has a base itself and cannot be one"),
        );
        return Err((what, None));
    }
    let sound = load_profile_text(named, Some(stem), sources).is_ok();
    root.filter(|_| sound).map(|root| rules::read(&document, &root)).ok_or_else(|| {
        let what = Text::new(format!("方案 {name} 有错误"), format!("the profile {name} has errors"));
        let check =
            Text::new("先用 hecha checklist check 检查它", "check it with hecha checklist check first");
        (what, Some(check))
    })
}

/// The areas a profile names, and the problems of those whose syntax is broken.
fn read_areas<'a>(
    rules: &PlacedRules,
    document: &Document<'_>,
    sources: &'a Sources,
) -> (Vec<(Document<'a>, PlacedArea)>, Vec<Problem>) {
    let mut areas = Vec::new();
    let mut unread = Vec::new();
    for id in &rules.areas {
        let Some(named) = sources.get(Kind::Area, id.get_ref().as_str()) else {
            let name = clean_line(id.get_ref().as_str());
            let what = Text::new(format!("没有领域“{name}”"), format!("there is no area “{name}”"));
            document.error(&id.span(), what, near::suggest(id.get_ref().as_str(), sources.stems(Kind::Area)));
            continue;
        };
        let area_document = Document::new(&named.file, &named.text);
        match read_area(&area_document, Some(id.get_ref().as_str())) {
            Some(area) => areas.push((area_document, area)),
            None => unread.extend(area_document.into_problems()),
        }
    }
    (areas, unread)
}

fn read_area(document: &Document<'_>, stem: Option<&str>) -> Option<PlacedArea> {
    let root = syntax::parse(document)?;
    let area = area::read(document, &root);
    if let Some(stem) = stem {
        check_stem(document, area.sheet.area.id.as_str(), stem, &area.id_at);
    }
    Some(area)
}

/// A file is found by its name, so an id that differs would never be found under it.
fn check_stem(document: &Document<'_>, id: &str, stem: &str, at: &std::ops::Range<usize>) {
    if id == stem || id.is_empty() {
        return;
    }
    let what = Text::new(
        format!("编号 {id} 与文件名 {stem}.toml 不一致"),
        format!("the id {id} differs from the file name {stem}.toml"),
    );
    document.error(
        at,
        what,
        Some(Text::new(
            format!("写 id = \"{stem}\"，或给文件改名"),
            format!("write id = \"{stem}\" or rename the file"),
        )),
    );
}

fn unknown<'s>(kind: (&str, &str), id: &str, known: impl Iterator<Item = &'s str>) -> Problem {
    let shown = clean_line(id);
    let what = Text::new(format!("没有{}“{shown}”", kind.0), format!("there is no {} “{shown}”", kind.1));
    Problem::of_file(shown, what, near::suggest(id, known))
}
