//! What is wrong with a workbook: what the loader says of its texts, told by sheet, row and column in the words of the sheet.

use crate::{
    checklist::{
        load::{load_area, load_profile},
        problem::Problem,
        sources::{Kind, Sources},
        xlsx::{
            column::{CellKind, Column, find_term},
            grid::SheetCells,
            import::Written,
            problem::{SheetPlace, SheetProblem},
            records::{self, Noted, place},
            schema::{CLAUSE, SETTING},
            toml_text::{Missing, missing},
        },
    },
    domain::terms::lang::Text,
};

/// How the loader's warning of missing English begins.
const NO_ENGLISH: &str = "the English ";
/// How many headers are named when none was found.
const LOOKED_FOR: usize = 6;
/// Lets the loader read the texts, and finds the cells its problems are about.
pub(super) fn judge(texts: &[Written<'_>], sources: &Sources, grids: &[SheetCells], problems: &mut Noted) {
    let mut sources = sources.clone();
    for (index, text) in texts.iter().enumerate() {
        sources = sources.with_text(text.kind, &text.id, label(index), text.toml.as_str());
    }
    let mut found: Vec<Problem> = Vec::new();
    for text in texts.iter().rev() {
        let all = match text.kind {
            Kind::Profile => problems_of(load_profile(&text.id, &sources)),
            Kind::Area => problems_of(load_area(&text.id, &sources)),
        };
        found.extend(all);
    }
    // A cell that could not be read is told already; that its value is missing is no second problem.
    let told: Vec<_> = problems.iter().filter(|(_, it)| it.is_error()).filter_map(|(at, _)| *at).collect();
    // Neither is what an area lacks because the header of its table was not one.
    let headless = |key: &str| problems.iter().any(|(_, it)| it.what.en.starts_with(&records::headless(key)));
    let mut placed = Noted::new();
    for problem in found {
        if lacks(&problem.what).is_some_and(headless) {
            continue;
        }
        let problem = locate(problem, texts, grids);
        let is_told = problem.0.is_some_and(|at| told.contains(&at)) || placed.contains(&problem);
        if !is_told {
            placed.push(problem);
        }
    }
    problems.extend(placed);
}

fn label(index: usize) -> String {
    format!("xlsx:{index}")
}

fn problems_of<T>(loaded: Result<(T, Vec<Problem>), Vec<Problem>>) -> Vec<Problem> {
    match loaded {
        Ok((_, problems)) | Err(problems) => problems,
    }
}

fn locate(
    problem: Problem,
    texts: &[Written<'_>],
    grids: &[SheetCells],
) -> (Option<records::At>, SheetProblem) {
    let text = texts.iter().enumerate().find(|(index, _)| label(*index) == problem.file);
    let Some((_, text)) = text else { return (None, SheetProblem::of_file(problem)) };
    let mark = if problem.line == 0 {
        text.toml.first_mark()
    } else {
        text.toml.mark(problem.line, problem.column).or_else(|| text.toml.first_mark())
    };
    let Problem { severity, what, suggestion, .. } = problem;
    let Some(mark) = mark else {
        return (None, SheetProblem { severity, place: SheetPlace::Workbook, what, suggestion });
    };
    // The loader names a missing key by its table; the sheet has a blank cell for it, or no such column.
    let (mut at, mut column, mut suggestion) = (mark.at, mark.of, suggestion);
    match lacks(&what).and_then(|key| missing(mark, key)) {
        Some(Missing::Blank(blank, of)) => (at, column) = (blank, Some(of)),
        Some(Missing::NoColumn(of)) => {
            let (zh, key) = (of.zh, of.key);
            suggestion = Some(if SETTING.column(key).is_some() {
                Text::new(
                    format!("设置里要有“{zh} {key}”这一行"),
                    format!("the settings must have a row {key}"),
                )
            } else {
                Text::new(
                    format!("表头里要有“{zh} {key}”这一列"),
                    format!("the header must have the column {key}"),
                )
            });
        }
        None => {}
    }
    // A suggestion to write TOML helps nobody at a sheet.
    suggestion = suggestion.filter(|suggestion| !suggestion.en.contains("[["));
    if let (Some(column), Some(text)) = (column, suggestion.as_mut()) {
        text.zh = in_words(column, &text.zh);
    }
    (Some(at), SheetProblem { severity, place: place(grids, at, column), what, suggestion })
}

/// The key that a table lacks, if that is what a problem says.
fn lacks(what: &Text) -> Option<&str> {
    what.en.rsplit_once(" lacks ").map(|(_, key)| key)
}

/// A suggestion in the words of a column's cells: the loader knows only those of files.
fn in_words(column: &Column, suggestion: &str) -> String {
    let (CellKind::Word(terms) | CellKind::Words(terms)) = column.kind else { return suggestion.to_owned() };
    let terms = terms();
    let word = |key: &str| find_term(&terms, key).map_or_else(|| key.to_owned(), |term| term.zh.to_owned());
    let listed = |list: &str| list.split('、').map(word).collect::<Vec<_>>().join("、");
    match (suggestion.strip_prefix("可用："), suggestion.split_once('“')) {
        (Some(list), _) => format!("可用：{}", listed(list)),
        (None, Some((before, rest))) => match rest.split_once('”') {
            Some((key, after)) => format!("{before}“{}”{after}", word(key)),
            None => suggestion.to_owned(),
        },
        (None, None) => suggestion.to_owned(),
    }
}

/// A workbook without any table of ours, such as a bureau's own form.
pub(super) fn nothing_found(grids: &[SheetCells]) -> SheetProblem {
    let looked_for: Vec<&str> = CLAUSE.columns.iter().take(LOOKED_FOR).map(|column| column.zh).collect();
    let looked_for = looked_for.join("、");
    let (mut zh, mut en) = (
        format!("没有找到清单的表格；要有一行表头，如“{looked_for}”"),
        format!("no table of a checklist was found; it has a row of headers such as “{looked_for}”"),
    );
    for nearest in grids.iter().filter_map(records::nearest) {
        zh.push_str(&format!("；{}", nearest.zh));
        en.push_str(&format!("; {}", nearest.en));
    }
    let mut problem = SheetProblem::error(SheetPlace::Workbook, Text::new(zh, en));
    problem.suggestion = Some(Text::new(
        "先用 hecha checklist export township --out 模板.xlsx 得到模板，把内容填进去",
        "take a template with hecha checklist export township --out template.xlsx and fill it in",
    ));
    problem
}

/// The warnings that English is missing, as one: a bureau that writes none has one in every row.
pub(super) fn english_in_one_line(problems: Vec<SheetProblem>) -> Vec<SheetProblem> {
    let is_english = |it: &SheetProblem| !it.is_error() && it.what.en.starts_with(NO_ENGLISH);
    let n = problems.iter().filter(|it| is_english(it)).count();
    let mut first = true;
    let kept = problems.into_iter().filter_map(|mut problem| {
        if n < 2 || !is_english(&problem) {
            return Some(problem);
        }
        let is_first = std::mem::take(&mut first);
        let more = n - 1;
        problem.what = Text::new(
            format!("{}；另有 {more} 处也没有英文", problem.what.zh),
            format!("{}; so is that of {more} others", problem.what.en),
        );
        is_first.then_some(problem)
    });
    kept.collect()
}
