//! What goes on which sheet: walks the TOML of areas and a profile, column by column, without touching a value.

use std::collections::HashSet;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    checklist::xlsx::{
        column::{CellKind, Column, find_term},
        schema::{
            AREA, CATEGORY, CLAUSE, CONTRADICTION, GATE, ITEM, LIST, OVERRIDE, SETTING, STANDARD, SUBSIDY,
            Section,
        },
    },
    domain::terms::lang::Lang,
};

/// Longest sheet name that Excel takes, in UTF-16 units.
const LONGEST_NAME: usize = 31;

/// What a cell shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Text, never a formula.
    Text(String),
    /// A number.
    Number(f64),
}

/// One row, aligned with the columns of its section.
#[derive(Debug)]
pub(super) struct Row {
    /// Its cells.
    pub(super) cells: Vec<Option<Value>>,
    /// Whether it begins a clause or standard; always so where nothing is grouped.
    pub(super) first: bool,
}

/// One table on a sheet.
#[derive(Debug)]
pub(super) struct Block {
    /// What it is.
    pub(super) section: &'static Section,
    /// Its rows.
    pub(super) rows: Vec<Row>,
}

/// What a sheet is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SheetKind {
    /// The profile, or the gates of an area exported by itself.
    Rules,
    /// An area.
    Area,
    /// A list.
    List,
}

/// A sheet.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Name on its tab.
    pub(super) name: String,
    /// What it is about.
    pub(super) kind: SheetKind,
    /// Values of the settings, aligned with [`SETTING`]; only on the profile's sheet.
    pub(super) settings: Option<Vec<Option<Value>>>,
    /// Its tables, from top to bottom.
    pub(super) blocks: Vec<Block>,
}

/// The sheets of a workbook for some areas, and a profile if there is one.
pub(super) fn plan(profile: Option<&DeTable<'_>>, areas: &[&DeTable<'_>], lang: Lang) -> Vec<Sheet> {
    let planner = Planner { lang };
    let mut sheets: Vec<Sheet> = planner.rules(profile, areas).into_iter().collect();
    sheets.extend(areas.iter().map(|area| planner.area(area)));
    for area in areas {
        sheets.extend(tables(area, "list").into_iter().map(|list| planner.list(area, list)));
    }
    let mut used = HashSet::new();
    for sheet in &mut sheets {
        sheet.name = unused_name(&sheet.name, &mut used);
    }
    sheets
}

struct Planner {
    lang: Lang,
}

impl Planner {
    fn rules(&self, profile: Option<&DeTable<'_>>, areas: &[&DeTable<'_>]) -> Option<Sheet> {
        let [mut gates, mut contradictions] =
            [&GATE, &CONTRADICTION].map(|section| self.of_areas(section, areas));
        let Some(profile) = profile else {
            let name = self.lang.pick("否决情形和矛盾规则", "Gates and contradictions").to_owned();
            let blocks: Vec<Block> =
                [gates, contradictions].into_iter().filter(|block| !block.rows.is_empty()).collect();
            let is_kept = !blocks.is_empty();
            return is_kept.then_some(Sheet { name, kind: SheetKind::Rules, settings: None, blocks });
        };
        gates.rows.extend(self.block(&GATE, profile).rows);
        let mut blocks = vec![self.block(&STANDARD, profile), gates, self.block(&OVERRIDE, profile)];
        contradictions.rows.extend(self.block(&CONTRADICTION, profile).rows);
        blocks.extend([self.block(&SUBSIDY, profile), contradictions]);
        let settings = SETTING.columns.iter().map(|column| self.value(column, profile)).collect();
        let name = self.lang.pick("方案", "Profile").to_owned();
        Some(Sheet { name, kind: SheetKind::Rules, settings: Some(settings), blocks })
    }

    /// What all areas hold of a section, with a column that says which area.
    fn of_areas(&self, section: &'static Section, areas: &[&DeTable<'_>]) -> Block {
        let mut rows = Vec::new();
        for area in areas {
            let id = id_of(area);
            let tables = tables(area, section.toml);
            rows.extend(tables.into_iter().map(|table| self.row(section, table, None, &id, true)));
        }
        Block { section, rows }
    }

    fn area(&self, area: &DeTable<'_>) -> Sheet {
        let header = table(area, AREA.toml);
        let rows = header.map(|header| self.row(&AREA, header, None, "", true)).into_iter().collect();
        let title = header.and_then(|header| text(header, self.lang.pick("title", "title_en")));
        Sheet {
            name: title.unwrap_or_else(|| id_of(area)),
            kind: SheetKind::Area,
            settings: None,
            blocks: vec![Block { section: &AREA, rows }, self.block(&CLAUSE, area)],
        }
    }

    fn list(&self, area: &DeTable<'_>, list: &DeTable<'_>) -> Sheet {
        let row = self.row(&LIST, list, None, &id_of(area), true);
        let id = text(list, "id").unwrap_or_default();
        Sheet {
            name: format!("{} {id}", self.lang.pick("清单", "List")),
            kind: SheetKind::List,
            settings: None,
            blocks: vec![
                Block { section: &LIST, rows: vec![row] },
                self.block(&ITEM, list),
                self.block(&CATEGORY, list),
            ],
        }
    }

    fn block(&self, section: &'static Section, root: &DeTable<'_>) -> Block {
        let mut rows = Vec::new();
        for parent in tables(root, section.toml) {
            let children = tables(parent, section.children);
            if children.is_empty() {
                rows.push(self.row(section, parent, None, "", true));
            }
            for (index, child) in children.into_iter().enumerate() {
                rows.push(self.row(section, parent, Some(child), "", index == 0));
            }
        }
        Block { section, rows }
    }

    /// One row. The id of a clause stands in each of its rows, the rest of the clause in the first only.
    fn row(
        &self,
        section: &Section,
        parent: &DeTable<'_>,
        child: Option<&DeTable<'_>>,
        area: &str,
        first: bool,
    ) -> Row {
        let cell = |(index, column): (usize, &Column)| {
            if column.path.is_empty() {
                (!area.is_empty()).then(|| Value::Text(area.to_owned()))
            } else if column.child {
                child.and_then(|child| self.value(column, child))
            } else if first || index == 0 {
                self.value(column, parent)
            } else {
                None
            }
        };
        Row { cells: section.columns.iter().enumerate().map(cell).collect(), first }
    }

    fn value(&self, column: &Column, table: &DeTable<'_>) -> Option<Value> {
        let mut path = column.path.iter();
        let mut value = table.get(*path.next()?)?;
        for key in path {
            let DeValue::Table(inner) = value.get_ref() else { return None };
            value = inner.get(*key)?;
        }
        Some(match value.get_ref() {
            DeValue::Boolean(flag) => Value::Text(self.flag(*flag).to_owned()),
            DeValue::Integer(digits) => number(digits.as_str()),
            DeValue::Float(digits) => number(digits.as_str()),
            DeValue::Array(items) => {
                let separator = match column.kind {
                    CellKind::Words(_) => self.lang.pick("、", ", "),
                    _ => "\n",
                };
                let words = items.iter().filter_map(|item| item.get_ref().as_str());
                let words: Vec<String> = words.map(|word| self.word(column.kind, word)).collect();
                Value::Text(words.join(separator))
            }
            other => Value::Text(self.word(column.kind, other.as_str().unwrap_or_default())),
        })
    }

    fn flag(&self, flag: bool) -> &'static str {
        if flag { self.lang.pick("是", "yes") } else { self.lang.pick("否", "no") }
    }

    fn word(&self, kind: CellKind, word: &str) -> String {
        let (CellKind::Word(terms) | CellKind::Words(terms)) = kind else { return word.to_owned() };
        find_term(&terms(), word)
            .map_or_else(|| word.to_owned(), |term| self.lang.pick(term.zh, term.en).to_owned())
    }
}

/// A number; digits that no number holds exactly stay text, so that nothing is rounded.
fn number(digits: &str) -> Value {
    let plain = digits.trim_start_matches('+').replace('_', "");
    match plain.parse::<f64>() {
        Ok(number) if plain.len() <= 15 => Value::Number(number),
        _ => Value::Text(plain),
    }
}

fn tables<'a>(root: &'a DeTable<'_>, key: &str) -> Vec<&'a DeTable<'a>> {
    let Some(DeValue::Array(items)) = root.get(key).map(Spanned::get_ref) else { return Vec::new() };
    let table = |item: &'a Spanned<DeValue<'_>>| {
        if let DeValue::Table(table) = item.get_ref() { Some(table) } else { None }
    };
    items.iter().filter_map(table).collect()
}

fn table<'a>(root: &'a DeTable<'_>, key: &str) -> Option<&'a DeTable<'a>> {
    if let Some(DeValue::Table(table)) = root.get(key).map(Spanned::get_ref) { Some(table) } else { None }
}

fn text(table: &DeTable<'_>, key: &str) -> Option<String> {
    table.get(key)?.get_ref().as_str().map(str::to_owned)
}

fn id_of(area: &DeTable<'_>) -> String {
    table(area, AREA.toml).and_then(|header| text(header, "id")).unwrap_or_default()
}

/// A name that Excel takes and no other sheet has.
fn unused_name(wanted: &str, used: &mut HashSet<String>) -> String {
    let allowed = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control();
    let wanted: String = wanted.chars().filter(allowed).collect();
    let wanted = if wanted.trim().is_empty() { "Sheet" } else { wanted.trim() };
    let mut n = 1;
    loop {
        let tail = if n == 1 { String::new() } else { format!(" {n}") };
        let mut name = String::new();
        for c in wanted.chars() {
            if name.encode_utf16().count() + c.len_utf16() + tail.len() > LONGEST_NAME {
                break;
            }
            name.push(c);
        }
        name.push_str(&tail);
        if used.insert(name.to_lowercase()) {
            return name;
        }
        n += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_names_are_such_as_excel_takes() {
        let mut used = HashSet::new();
        let long = "村卫生室/服务站 [2026]: 一个很长很长很长很长很长很长很长很长很长的名字";
        for name in [long, long, "", "*?", "A", "a"] {
            let name = unused_name(name, &mut used);
            assert!(!name.is_empty() && name.encode_utf16().count() <= LONGEST_NAME, "{name}");
            assert!(!name.contains(['/', '[', ']', ':', '?', '*']), "{name}");
        }
        assert_eq!(used.len(), 6);
    }
}
