//! Reads a workbook back: the texts of its areas and its profile, judged by the ordinary loader.

mod judge;

use crate::{
    checklist::{
        sources::{Kind, Sources},
        xlsx::{
            grid::{self, SheetCells},
            import::judge::{english_in_one_line, judge, nothing_found},
            problem::{SheetPlace, SheetProblem},
            records::{self, Noted, Record, place},
            schema::{AREA, CATEGORY, CLAUSE, CONTRADICTION, GATE, ITEM, LIST, SETTING, STANDARD},
            toml_text::TomlText,
        },
    },
    domain::terms::lang::Text,
};

/// Longest file written, as the loader reads none longer.
const LONGEST: usize = 4 * 1024 * 1024;
/// What the files written begin with.
const ORIGIN: &str = "# 由 xlsx 工作簿导入。 Imported from a workbook.\n";

/// A file that a workbook holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedFile {
    /// Area or profile.
    pub kind: Kind,
    /// Its id, which is also its file name without `.toml`.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// What a workbook holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Areas, then the profile.
    pub files: Vec<ImportedFile>,
    /// What somebody should look at.
    pub warnings: Vec<SheetProblem>,
}

/// Reads a workbook. Areas that its profile names and the workbook does not hold are taken from `sources`.
///
/// # Errors
/// Everything wrong with it when at least one is an error: errors before warnings, each in the order of sheets and rows.
pub fn import(bytes: &[u8], sources: &Sources) -> Result<Imported, Vec<SheetProblem>> {
    let mut grids = grid::read(bytes).map_err(|problem| vec![*problem])?;
    // What people see counts; a hidden sheet only adds what no other holds.
    grids.sort_by_key(|grid| grid.is_hidden);
    let mut problems = Noted::new();
    let mut book = Book::default();
    for (sheet, grid) in grids.iter().enumerate() {
        book.take(records::read(sheet, grid, &mut problems), &grids, &mut problems);
    }
    book.share_out(&grids, &mut problems);
    if book.areas.is_empty() && book.settings.is_none() && problems.is_empty() {
        return Err(vec![nothing_found(&grids)]);
    }
    let texts = book.texts(&grids, &mut problems);
    let too_long = texts.iter().any(|text| text.toml.as_str().len() > LONGEST);
    if too_long {
        let what = Text::new("内容超过 4 MB，不像是清单", "more than 4 MB of content, which no checklist is");
        return Err(vec![SheetProblem::error(SheetPlace::Workbook, what)]);
    }
    judge(&texts, sources, &grids, &mut problems);
    problems.sort_by_key(|(at, problem)| (problem.severity, *at));
    let problems = problems.into_iter().map(|(_, problem)| problem).collect();
    let problems = english_in_one_line(problems);
    if problems.iter().any(SheetProblem::is_error) {
        return Err(problems);
    }
    let file = |text: Written<'_>| ImportedFile {
        kind: text.kind,
        id: text.id,
        text: text.toml.as_str().to_owned(),
    };
    Ok(Imported { files: texts.into_iter().map(file).collect(), warnings: problems })
}

/// An area as its sheets give it.
struct AreaRecords {
    header: Record,
    id: String,
    /// Gates and contradictions.
    rules: Vec<Record>,
    lists: Vec<ListRecords>,
    clauses: Vec<Record>,
}

/// A list with what it holds.
struct ListRecords {
    header: Record,
    items: Vec<Record>,
    categories: Vec<Record>,
}

/// The records of all sheets.
#[derive(Default)]
struct Book {
    areas: Vec<AreaRecords>,
    settings: Option<Record>,
    rules: Vec<Record>,
    /// Gates and contradictions, of an area or of the profile.
    shared: Vec<Record>,
    lists: Vec<ListRecords>,
}

/// A file written.
struct Written<'a> {
    kind: Kind,
    id: String,
    toml: TomlText<'a>,
}

impl Book {
    /// Takes the records of a sheet: clauses belong to the area above them, things to the list above them.
    fn take(&mut self, records: Vec<Record>, grids: &[SheetCells], problems: &mut Noted) {
        let (areas_before, lists_before) = (self.areas.len(), self.lists.len());
        for record in records {
            let area = if self.areas.len() > areas_before { self.areas.last_mut() } else { None };
            let list = if self.lists.len() > lists_before { self.lists.last_mut() } else { None };
            match (record.section.key, area, list) {
                (key, _, _) if key == AREA.key => {
                    let id = record.id(AREA.key).unwrap_or_default();
                    if !id.is_empty() && self.areas.iter().any(|area| area.id == id) {
                        another(&record, grids, problems);
                        // Its clauses are the other sheet's over again; one problem says it.
                        break;
                    }
                    let (rules, lists, clauses) = (Vec::new(), Vec::new(), Vec::new());
                    self.areas.push(AreaRecords { header: record, id, rules, lists, clauses });
                }
                (key, _, _) if key == LIST.key => {
                    self.lists.push(ListRecords {
                        header: record,
                        items: Vec::new(),
                        categories: Vec::new(),
                    });
                }
                (key, Some(area), _) if key == CLAUSE.key => area.clauses.push(record),
                (key, _, Some(list)) if key == ITEM.key => list.items.push(record),
                (key, _, Some(list)) if key == CATEGORY.key => list.categories.push(record),
                (key, _, _) if key == CLAUSE.key => {
                    note(
                        &record,
                        grids,
                        problems,
                        ("上面没有领域的表头和内容", "no area stands above this clause"),
                    );
                    break;
                }
                (key, _, _) if key == ITEM.key || key == CATEGORY.key => {
                    note(
                        &record,
                        grids,
                        problems,
                        ("上面没有清单的表头和内容", "no list stands above this row"),
                    );
                    break;
                }
                (key, _, _) if key == GATE.key || key == CONTRADICTION.key => self.shared.push(record),
                (key, _, _) if key == SETTING.key && self.settings.is_none() => self.settings = Some(record),
                (key, _, _) if key == SETTING.key => {
                    note(
                        &record,
                        grids,
                        problems,
                        ("一个工作簿只能有一个方案", "a workbook holds one profile only"),
                    );
                }
                _ => self.rules.push(record),
            }
        }
    }

    /// Gives lists, gates and contradictions to the areas they belong to.
    fn share_out(&mut self, grids: &[SheetCells], problems: &mut Noted) {
        for list in std::mem::take(&mut self.lists) {
            let area = list.header.id("area").or_else(|| self.area_using(&list.header));
            match self.area(area.as_deref()) {
                Some(area) => area.lists.push(list),
                None => note(
                    &list.header,
                    grids,
                    problems,
                    ("不知道属于哪个领域；请填“所属领域”", "which area is it of? fill in the column area"),
                ),
            }
        }
        for rule in std::mem::take(&mut self.shared) {
            let area = rule.id("area");
            if area.is_none() && self.settings.is_some() {
                self.rules.push(rule);
            } else if let Some(area) = self.area(area.as_deref()) {
                area.rules.push(rule);
            } else {
                note(
                    &rule,
                    grids,
                    problems,
                    ("工作簿里没有它所属的领域", "the workbook does not hold its area"),
                );
            }
        }
        if self.settings.is_none()
            && let Some(rule) = self.rules.first()
        {
            note(
                rule,
                grids,
                problems,
                ("有方案的内容，却没有方案设置的表", "rules of a profile without its settings"),
            );
        }
    }

    /// The area of an id; without an id the only one there is.
    fn area(&mut self, id: Option<&str>) -> Option<&mut AreaRecords> {
        match id {
            Some(id) => self.areas.iter_mut().find(|area| area.id == id),
            None if self.areas.len() == 1 => self.areas.first_mut(),
            None => None,
        }
    }

    fn area_using(&self, list: &Record) -> Option<String> {
        let id = list.id(LIST.key)?;
        let uses = |area: &&AreaRecords| {
            let mut points = area.clauses.iter().flat_map(|clause| &clause.children);
            points.any(|point| point.id("list").as_ref() == Some(&id))
        };
        self.areas.iter().find(uses).map(|area| area.id.clone())
    }

    fn texts<'g>(&self, grids: &'g [SheetCells], problems: &mut Noted) -> Vec<Written<'g>> {
        let mut texts: Vec<Written<'g>> = self
            .areas
            .iter()
            .map(|area| Written { kind: Kind::Area, id: area.id.clone(), toml: area.text(grids, problems) })
            .collect();
        if let Some(settings) = &self.settings {
            let id = settings.id("profile.id").unwrap_or_default();
            let mut toml = TomlText::new(grids);
            toml.push(ORIGIN);
            toml.settings(settings, problems);
            for rule in &self.rules {
                toml.table(&format!("[[{}]]", rule.section.toml), rule, problems);
                if rule.section.is(&STANDARD) {
                    toml.array(STANDARD.children, &rule.children, problems);
                }
            }
            texts.push(Written { kind: Kind::Profile, id, toml });
        }
        texts
    }
}

impl AreaRecords {
    fn text<'g>(&self, grids: &'g [SheetCells], problems: &mut Noted) -> TomlText<'g> {
        let mut toml = TomlText::new(grids);
        toml.push(ORIGIN);
        toml.table("[area]", &self.header, problems);
        for rule in &self.rules {
            toml.table(&format!("[[{}]]", rule.section.toml), rule, problems);
        }
        for list in &self.lists {
            toml.table("[[list]]", &list.header, problems);
            toml.array(CATEGORY.toml, &list.categories, problems);
            toml.array(ITEM.toml, &list.items, problems);
        }
        for clause in &self.clauses {
            toml.table("[[clause]]", clause, problems);
            for point in &clause.children {
                toml.point(point, problems);
            }
        }
        toml
    }
}

/// A sheet whose area another one holds: left out and told if nobody sees it, else wrong.
fn another(record: &Record, grids: &[SheetCells], problems: &mut Noted) {
    if grids.get(record.at.sheet).is_some_and(|grid| grid.is_hidden) {
        let place = place(grids, record.at, record.section.columns.first());
        let what = Text::new(
            "这张工作表是隐藏的，里面的领域另有一张表，这张没有读",
            "this sheet is hidden and another holds the same area, so it was not read",
        );
        return problems.push((Some(record.at), SheetProblem::warning(place, what)));
    }
    note(record, grids, problems, ("这个领域已经有一张表了", "another sheet already holds this area"));
}

fn note(record: &Record, grids: &[SheetCells], problems: &mut Noted, what: (&str, &str)) {
    let place = place(grids, record.at, record.section.columns.first());
    problems.push((Some(record.at), SheetProblem::error(place, Text::new(what.0, what.1))));
}
