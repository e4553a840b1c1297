//! What `hecha checklist show` shows: a checklist, arranged by area, clause, expert field or place.

use std::{path::PathBuf, sync::Arc};

use serde_json::{Value, json};

use crate::{
    app::{
        checklist::sources,
        failure::{Failure, wording},
        files,
        home::Home,
        session::Session,
    },
    checklist::{
        Sources, content, list_areas, list_profiles, load_area, load_profile, show_area_json, show_json,
    },
    domain::{
        checklist::{
            Area, Checklist, Clause, ItemList, contradiction::Contradiction, difference::Edition,
            profile::Profile,
        },
        edit::Founding,
        terms::{
            field::words,
            lang::{Lang, Text},
        },
    },
};

/// Names a checklist as the program brought it, whatever the user's folder holds, e.g. `builtin:township`.
const BUILT_IN: &str = "builtin:";

words! {
    /// How clauses are arranged.
    By {
        /// As the checklist has them.
        Area = "area", "领域", "area";
        /// One line a clause.
        Clause = "clause", "条款", "clause";
        /// A clause with several fields appears under each.
        Field = "field", "专业", "field";
        /// The walking route.
        Place = "place", "地点", "place";
    }
}

/// A checklist found by name.
#[derive(Debug, Clone)]
pub struct Named {
    /// Title.
    pub title: Text,
    /// Edition, e.g. `2026.1`.
    pub edition: String,
    /// Content hash.
    pub hash: String,
    /// The rules; `None` for an area by itself.
    pub profile: Option<Profile>,
    /// Areas.
    pub areas: Vec<Area>,
    /// Lists.
    pub lists: Vec<ItemList>,
    /// Rules about verdicts that contradict each other.
    pub contradictions: Vec<Contradiction>,
    json: Value,
}

/// Clauses that belong together.
#[derive(Debug, Clone)]
pub struct Group {
    /// The word that stands for it in files: area id, field or place; empty for one group of all.
    pub key: String,
    /// Title; empty for one group of all.
    pub title: Text,
    /// Clauses in checklist order.
    pub clauses: Vec<Arc<Clause>>,
}

/// Finds a profile, an area, or the checklist of a visit by its file. A visit shows what it was founded with, whatever
/// is installed now.
///
/// # Errors
/// If there is none of that name, it has errors, or it has no such clause.
pub fn find(home: &Home, name: &str, clause: Option<&str>) -> Result<Named, Failure> {
    let (sources, name) = match name.strip_prefix(BUILT_IN) {
        Some(name) => (Sources::built_in(), name),
        None => (sources::sources(home)?, name),
    };
    let mut found = if list_profiles(&sources).iter().any(|profile| profile.id.as_str() == name) {
        let loaded = load_profile(name, &sources);
        let (checklist, _) = loaded.map_err(|problems| sources::refused(name, &problems))?;
        Named::of(&checklist)
    } else if list_areas(&sources).iter().any(|area| area.as_str() == name) {
        let loaded = load_area(name, &sources);
        let (sheet, _) = loaded.map_err(|problems| sources::refused(name, &problems))?;
        Named {
            title: sheet.area.title.clone(),
            edition: sheet.area.edition.clone(),
            hash: content::hash(&content::encode_area(&sheet)),
            profile: None,
            json: show_area_json(&sheet),
            areas: vec![sheet.area],
            lists: sheet.lists,
            contradictions: sheet.contradictions,
        }
    } else {
        let path = PathBuf::from(name);
        if !files::is_there(&path) {
            return Err(wording::unknown("清单", "checklist", name, None));
        }
        Named::of_visit(&Session::open(home, &path)?.visit.founding)
    };
    if let Some(id) = clause {
        found.keep_clause(id)?;
    }
    Ok(found)
}

impl Named {
    fn of(checklist: &Checklist) -> Self {
        Self {
            title: checklist.profile.title.clone(),
            edition: checklist.profile.edition.clone(),
            hash: content::hash(&content::encode(checklist)),
            profile: Some(checklist.profile.clone()),
            areas: checklist.areas.clone(),
            lists: checklist.lists.clone(),
            contradictions: checklist.contradictions.clone(),
            json: show_json(checklist),
        }
    }

    /// The checklist of a visit, under the hash of the whole of it even if only some clauses are looked at.
    fn of_visit(founding: &Founding) -> Self {
        let mut named = Self::of(&founding.checklist);
        named.hash.clone_from(&founding.checklist_hash);
        if let Some(members) = named.json.as_object_mut() {
            members.insert("hash".to_owned(), Value::from(founding.checklist_hash.as_str()));
        }
        named
    }

    fn keep_clause(&mut self, id: &str) -> Result<(), Failure> {
        if !self.clauses().any(|clause| clause.id.as_str() == id) {
            return Err(wording::unknown("条款", "clause", id, None));
        }
        for area in &mut self.areas {
            area.clauses.retain(|clause| clause.id.as_str() == id);
        }
        self.areas.retain(|area| !area.clauses.is_empty());
        if let Some(clauses) = self.json.get_mut("clauses").and_then(Value::as_array_mut) {
            clauses.retain(|clause| clause.get("id").and_then(Value::as_str) == Some(id));
        }
        self.contradictions.retain(|rule| [&rule.when, &rule.but].iter().any(|it| it.clause.as_str() == id));
        if let Some(rules) = self.json.get_mut("contradictions").and_then(Value::as_array_mut) {
            rules.retain(|rule| self.contradictions.iter().any(|it| rule["id"] == it.id.as_str()));
        }
        Ok(())
    }

    /// All clauses in order.
    pub fn clauses(&self) -> impl Iterator<Item = &Arc<Clause>> {
        self.areas.iter().flat_map(|area| &area.clauses)
    }

    /// A list by id.
    #[must_use]
    pub fn list(&self, id: &str) -> Option<&ItemList> {
        self.lists.iter().find(|list| list.id.as_str() == id)
    }

    /// As one side of a comparison.
    #[must_use]
    pub fn edition(&self) -> Edition<'_> {
        Edition {
            profile: self.profile.as_ref(),
            areas: &self.areas,
            lists: &self.lists,
            contradictions: &self.contradictions,
        }
    }

    /// Clauses put together.
    #[must_use]
    pub fn groups(&self, by: By) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for area in &self.areas {
            for clause in &area.clauses {
                for (key, title) in keys(by, area, clause) {
                    if let Some(group) = groups.iter_mut().find(|group| group.key == key) {
                        group.clauses.push(Arc::clone(clause));
                    } else {
                        groups.push(Group { key, title, clauses: vec![Arc::clone(clause)] });
                    }
                }
            }
        }
        groups
    }

    /// The JSON of `design.md` §6; with `by` it also says which clauses stand together.
    #[must_use]
    pub fn json(&self, by: Option<By>) -> Value {
        let mut value = self.json.clone();
        if let Some((by, fields)) = by.zip(value.as_object_mut()) {
            let groups = self.groups(by).into_iter().map(|group| {
                let ids: Vec<&str> = group.clauses.iter().map(|clause| clause.id.as_str()).collect();
                json!({"key": group.key, "title": group.title.zh, "title_en": group.title.get(Lang::En), "clauses": ids})
            });
            fields.insert("by".to_owned(), json!(by.key()));
            fields.insert("groups".to_owned(), groups.collect());
        }
        value
    }
}

fn keys(by: By, area: &Area, clause: &Clause) -> Vec<(String, Text)> {
    match by {
        By::Area => vec![(area.id.to_string(), area.title.clone())],
        By::Clause => vec![(String::new(), Text::default())],
        By::Field => {
            let names = clause
                .fields
                .iter()
                .map(|field| (field.key().to_owned(), Text::new(field.name(Lang::Zh), field.name(Lang::En))));
            names.collect()
        }
        By::Place => vec![(clause.place.zh.clone(), clause.place.clone())],
    }
}
