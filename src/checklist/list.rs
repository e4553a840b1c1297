//! Reads `[[list]]`: things to find or count, and their categories.

use std::collections::HashSet;

use crate::{
    checklist::{
        near,
        table::{Need, TableReader},
    },
    domain::{
        checklist::{Category, Item, ItemList},
        terms::{lang::Text, source::Source},
    },
};

/// Reads one list; `None` without a usable id.
pub(super) fn read(reader: &TableReader<'_>) -> Option<ItemList> {
    let id = reader.id("id", Need::Must);
    let title = reader.bilingual("title", "title_en", Need::Must);
    let evidence = reader.bilingual_note("evidence", "evidence_en");
    let presence_only = reader.flag("presence_only").unwrap_or(false);
    let source = reader.source("source", Need::Must);
    let categories = read_categories(reader);
    let items = read_items(reader, &categories);
    reader.finish(("清单", "the list"), |_| None);
    let id = id?.into_inner().into();
    Some(ItemList {
        id,
        title,
        evidence,
        presence_only,
        source: source.unwrap_or_else(Source::own_default),
        categories,
        items,
    })
}

fn read_categories(reader: &TableReader<'_>) -> Vec<Category> {
    let mut seen = HashSet::new();
    let mut categories = Vec::new();
    for category in reader.tables("categories", Need::May) {
        let id = category.id("id", Need::Must);
        let title = category.bilingual("title", "title_en", Need::Must);
        // The domain keeps the source of the list and of each thing; a category's own mark is checked only.
        category.source("source", Need::May);
        category.finish(("类别", "the category"), |_| None);
        let Some(id) = id else { continue };
        if !seen.insert(*id.get_ref()) {
            repeated(&category, id.get_ref());
        }
        categories.push(Category { id: id.into_inner().into(), title });
    }
    categories
}

fn read_items(reader: &TableReader<'_>, categories: &[Category]) -> Vec<Item> {
    let mut seen = HashSet::new();
    let mut items = Vec::new();
    let tables = reader.tables("items", Need::Must);
    if tables.is_empty() && reader.has("items") {
        let what = Text::new("清单里至少要有一项", "a list needs at least one item");
        reader.document().error(&reader.span_of("items"), what, None);
    }
    for item in tables {
        let id = item.id("id", Need::Must);
        let title = item.bilingual("title", "title_en", Need::Must);
        let need = if categories.is_empty() { Need::May } else { Need::Must };
        let category = item.text("category", need);
        let source = item.source("source", Need::May);
        item.finish(("清单的项", "the item"), |_| None);
        let Some(id) = id else { continue };
        if !seen.insert(*id.get_ref()) {
            repeated(&item, id.get_ref());
        }
        if let Some(category) = &category {
            let known = || categories.iter().map(|known| known.id.as_str());
            if !known().any(|known| known == *category.get_ref()) {
                let what = Text::new("这个清单没有这个类别", "the list has no such category");
                item.document().error(&category.span(), what, near::suggest(category.get_ref(), known()));
            }
        }
        items.push(Item {
            id: id.into_inner().into(),
            title,
            category: category.map(|category| category.into_inner().into()),
            source,
        });
    }
    items
}

fn repeated(reader: &TableReader<'_>, id: &str) {
    let what = Text::new(format!("编号 {id} 重复"), format!("the id {id} is repeated"));
    reader.document().error(&reader.span_of("id"), what, None);
}
