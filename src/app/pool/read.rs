//! Reads a pool file, CSV or workbook, with every bad row by row and column.

use std::{collections::BTreeMap, path::Path};

use crate::{
    app::{
        failure::Failure,
        pool::not_imported,
        table::{self, HEADER_ROWS, HeaderRow, Table, formula_failed, read_as},
    },
    checklist::xlsx::shown,
    domain::{
        pool::{Column, POOL_LIMIT, Person, Pool, PoolExpert},
        terms::{
            clean::clean_line,
            lang::{Lang, Text},
        },
    },
};

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
    let tables = table::read(bytes, 2 * POOL_LIMIT).map_err(|why| not_imported(path, why, save_again()))?;
    let found = HeaderRow::find(&tables, Column::of_header, |columns| {
        columns.len() >= 2 && columns.contains_key(&Column::Name)
    });
    let no_header = || not_imported(path, no_headers(&read_as(&tables)), use_template());
    let (table, header) = found.ok_or_else(no_header)?;
    let missing = Column::ALL.iter().copied();
    let missing: Vec<Column> =
        missing.filter(|it| it.is_required() && !header.columns.contains_key(it)).collect();
    if !missing.is_empty() {
        let details = header.problems(table);
        return Err(not_imported(path, missing_headers(&missing), use_template()).with_details(details));
    }
    let ignored = header.unknown.iter().map(|(_, text)| shown(text)).collect();
    let (pool, mut problems) = experts(table, &header);
    problems.splice(0..0, header.problems(table));
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

/// The experts below the headers, and everything that is wrong.
fn experts(table: &Table, header: &HeaderRow<Column>) -> (Pool, Vec<Text>) {
    let (mut pool, mut problems) = (Pool::default(), Vec::new());
    let mut first_row: BTreeMap<Person, u64> = BTreeMap::new();
    for (row, cells) in table.rows.range(header.row + 1..) {
        let text = |column| header.cell(cells, column).map(|cell| cell.text.clone()).unwrap_or_default();
        if Column::ALL.iter().all(|column| header.cell(cells, *column).is_none()) {
            continue;
        }
        let tell = |column: Column, what: &Text| {
            let place = table.place(*row, header.columns.get(&column).copied()).words();
            at_cell(&place, column, &text(column), what)
        };
        let failed = |column: Column| header.has_failed(cells, column);
        let before = problems.len();
        let all_failed = Column::ALL.iter().filter(|column| failed(**column));
        problems.extend(all_failed.map(|column| tell(*column, &formula_failed())));
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
            // What a failed formula does not hold is told once.
            Err(found) => {
                let found = found.iter().filter(|it| !failed(it.column));
                problems.extend(found.map(|it| tell(it.column, &it.what)));
            }
        }
    }
    (pool, problems)
}

fn at_cell(place: &Text, column: Column, text: &str, what: &Text) -> Text {
    let text = if text.is_empty() { String::new() } else { format!("“{}”", shown(text)) };
    let (zh, en) = (column.name(Lang::Zh), column.name(Lang::En));
    Text::new(
        format!("{}（{zh}）{text}：{}", place.zh, what.zh),
        format!("{} ({en}) {text}: {}", place.en, what.en),
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

fn no_headers(read_as: &Text) -> Text {
    Text::new(
        format!("前 {HEADER_ROWS} 行里没有标题行（姓名、单位、职称、专业……）。{}", read_as.zh),
        format!(
            "None of the first {HEADER_ROWS} rows holds the headers (name, unit, title, fields …). {}",
            read_as.en
        ),
    )
}

fn missing_headers(missing: &[Column]) -> Text {
    let names = |lang: Lang| missing.iter().map(|it| it.name(lang)).collect::<Vec<_>>();
    Text::new(
        format!("缺少这些栏目：{}。", names(Lang::Zh).join("、")),
        format!("These columns are missing: {}.", clean_line(&names(Lang::En).join(", "))),
    )
}
