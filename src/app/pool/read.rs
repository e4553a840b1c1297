//! Reads a pool file, CSV or workbook, with every bad row by row and column.

use std::{collections::BTreeMap, path::Path};

use crate::{
    app::{
        failure::Failure,
        files::rows::{Cells, rows_of},
        pool::not_imported,
    },
    checklist::xlsx::{letters, shown},
    domain::{
        pool::{Column, POOL_LIMIT, Person, Pool, PoolExpert},
        terms::{
            clean::clean_line,
            lang::{Lang, Text},
        },
    },
};

/// The headers stand in one of the first rows; a title may stand above them.
const HEADER_ROWS: u64 = 10;

/// A pool file as read.
pub(super) struct PoolFile {
    /// Its experts.
    pub(super) pool: Pool,
    /// Headers of columns that a pool does not have.
    pub(super) ignored: Vec<String>,
}

/// The experts of a file.
///
/// # Errors
/// Why it cannot be read at all, or every bad row.
pub(super) fn read(bytes: &[u8], path: &Path) -> Result<PoolFile, Failure> {
    let sheets = rows_of(bytes, 2 * POOL_LIMIT).map_err(|why| not_imported(path, why, save_again()))?;
    let found = sheets.iter().find_map(|rows| Some((header(rows)?, rows)));
    let ((at, columns), rows) = found.ok_or_else(|| not_imported(path, no_headers(), use_template()))?;
    let missing: Vec<Column> =
        Column::ALL.iter().copied().filter(|it| it.is_required() && !columns.contains_key(it)).collect();
    if !missing.is_empty() {
        return Err(not_imported(path, missing_headers(&missing), use_template()));
    }
    let ignored = rows.get(&at).into_iter().flatten();
    let ignored = ignored.filter(|(column, _)| !columns.values().any(|it| it == *column));
    let ignored = ignored.map(|(_, cell)| shown(&cell.text)).collect();
    let (pool, problems) = experts(rows, at, &columns);
    if !problems.is_empty() {
        let why = Text::new(
            format!("有 {} 处不对，全部列在下面。", problems.len()),
            format!("{} cells do not hold, all listed below.", problems.len()),
        );
        let next = Text::new("请改正后重新导入。", "Mend them and import it again.");
        return Err(not_imported(path, why, next).with_details(problems));
    }
    if pool.is_empty() {
        let why = Text::new("标题行下面没有专家。", "There is nobody below the headers.");
        return Err(not_imported(path, why, use_template()));
    }
    Ok(PoolFile { pool, ignored })
}

/// The row of the headers, and where each column stands.
fn header(rows: &BTreeMap<u64, Cells>) -> Option<(u64, BTreeMap<Column, u32>)> {
    rows.iter().take_while(|(row, _)| **row <= HEADER_ROWS).find_map(|(row, cells)| {
        let mut columns = BTreeMap::new();
        for (at, cell) in cells {
            if let Some(column) = Column::of_header(&cell.text) {
                columns.entry(column).or_insert(*at);
            }
        }
        (columns.len() >= 2 && columns.contains_key(&Column::Name)).then_some((*row, columns))
    })
}

/// The experts below the headers, and everything that is wrong.
fn experts(rows: &BTreeMap<u64, Cells>, header: u64, columns: &BTreeMap<Column, u32>) -> (Pool, Vec<Text>) {
    let (mut pool, mut problems) = (Pool::default(), Vec::new());
    let mut first_row: BTreeMap<Person, u64> = BTreeMap::new();
    for (row, cells) in rows.range(header + 1..) {
        let cell = |column: Column| columns.get(&column).and_then(|at| cells.get(at));
        let text = |column: Column| cell(column).map(|cell| cell.text.clone()).unwrap_or_default();
        if Column::ALL.iter().all(|column| cell(*column).is_none()) {
            continue;
        }
        let tell = |column: Column, what: &Text| {
            let at = columns.get(&column).copied();
            at_cell(*row, at, column, &text(column), what)
        };
        let failed = Column::ALL.iter().filter(|column| cell(**column).is_some_and(|cell| cell.failed));
        let what = Text::new("是公式出错的结果", "the error of a formula");
        let before = problems.len();
        problems.extend(failed.map(|column| tell(*column, &what)));
        match PoolExpert::from_cells(text) {
            Ok(expert) if problems.len() == before => {
                if let Some(first) = first_row.insert(expert.person.clone(), *row) {
                    let what = Text::new(
                        format!("与第 {first} 行是同名同单位的同一人"),
                        format!("the same name and unit as in row {first}"),
                    );
                    problems.push(tell(Column::Name, &what));
                }
                pool.put(expert);
            }
            Ok(_) => {}
            Err(found) => problems.extend(found.iter().map(|it| tell(it.column, &it.what))),
        }
    }
    (pool, problems)
}

fn at_cell(row: u64, at: Option<u32>, column: Column, text: &str, what: &Text) -> Text {
    let letters = at.map(letters).unwrap_or_default();
    let text = if text.is_empty() { String::new() } else { format!("“{}”", shown(text)) };
    let (zh, en) = (column.name(Lang::Zh), column.name(Lang::En));
    Text::new(
        format!("第 {row} 行 {letters} 列（{zh}）{text}：{}", what.zh),
        format!("row {row}, column {letters} ({en}) {text}: {}", what.en),
    )
}

fn save_again() -> Text {
    Text::new("请另存为 .xlsx 或 UTF-8 的 CSV 后重试。", "Save it as .xlsx or as UTF-8 CSV and try again.")
}

fn use_template() -> Text {
    Text::new(
        "模板：hecha pool export 模板.xlsx --empty",
        "For a template: hecha pool export template.xlsx --empty",
    )
}

fn no_headers() -> Text {
    Text::new(
        format!("前 {HEADER_ROWS} 行里没有标题行（姓名、单位、职称、专业……）。"),
        format!("None of the first {HEADER_ROWS} rows holds the headers (name, unit, title, fields …)."),
    )
}

fn missing_headers(missing: &[Column]) -> Text {
    let names = |lang: Lang| missing.iter().map(|it| it.name(lang)).collect::<Vec<_>>();
    Text::new(
        format!("缺少这些栏目：{}。", names(Lang::Zh).join("、")),
        format!("These columns are missing: {}.", clean_line(&names(Lang::En).join(", "))),
    )
}
