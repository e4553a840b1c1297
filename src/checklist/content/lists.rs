//! The JSON shape of lists, their categories and things.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::{
    checklist::content::border::{Checked, Pair, distinct, id, invalid, source},
    domain::{
        checklist::{Category, Item, ItemList},
        terms::source::Source,
    },
};

/// A list.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListShape {
    id: String,
    title: Pair,
    evidence: Pair,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    presence_only: bool,
    source: String,
    categories: Vec<CategoryShape>,
    items: Vec<ItemShape>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryShape {
    id: String,
    title: Pair,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemShape {
    id: String,
    title: Pair,
    category: Option<String>,
    source: Option<String>,
}

impl ListShape {
    /// The shape of a list.
    pub(super) fn of(list: &ItemList) -> Self {
        let category = |it: &Category| CategoryShape { id: it.id.to_string(), title: Pair::of(&it.title) };
        let item = |it: &Item| ItemShape {
            id: it.id.to_string(),
            title: Pair::of(&it.title),
            category: it.category.as_ref().map(ToString::to_string),
            source: it.source.as_ref().map(Source::to_string),
        };
        Self {
            id: list.id.to_string(),
            title: Pair::of(&list.title),
            evidence: Pair::of(&list.evidence),
            presence_only: list.presence_only,
            source: list.source.to_string(),
            categories: list.categories.iter().map(category).collect(),
            items: list.items.iter().map(item).collect(),
        }
    }

    /// The list, checked.
    pub(super) fn check(self) -> Checked<ItemList> {
        distinct("category", self.categories.iter().map(|category| category.id.as_str()))?;
        distinct("item", self.items.iter().map(|item| item.id.as_str()))?;
        let known: HashSet<String> = self.categories.iter().map(|category| category.id.clone()).collect();
        let category =
            |it: CategoryShape| Ok(Category { id: id(it.id)?.as_str().into(), title: it.title.check()? });
        let item = |it: ItemShape| {
            if let Some(stray) = it.category.as_ref().filter(|category| !known.contains(*category)) {
                return Err(invalid("category", stray));
            }
            Ok(Item {
                id: id(it.id)?.as_str().into(),
                title: it.title.check()?,
                category: it.category.as_deref().map(Into::into),
                source: it.source.as_deref().map(source).transpose()?,
            })
        };
        Ok(ItemList {
            id: id(self.id)?.as_str().into(),
            title: self.title.check()?,
            evidence: self.evidence.check_note()?,
            presence_only: self.presence_only,
            source: source(&self.source)?,
            categories: self.categories.into_iter().map(category).collect::<Checked<_>>()?,
            items: self.items.into_iter().map(item).collect::<Checked<_>>()?,
        })
    }
}
