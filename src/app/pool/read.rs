//! Reads a pool file, CSV or workbook, with every bad row by row and column.

use std::{collections::BTreeMap, path::Path};

use crate::{
    app::{
        failure::Failure,
        pool::not_imported,
        table::{self, HEADER_ROWS, HeaderRow, Table, read_as},
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
    /// How the file was read, and what of it was not.
    pub(super) told: Vec<Text>,
}

/// The experts of a file.
///
/// # Errors
/// Why it cannot be read at all, or every bad row.
pub(super) fn read(bytes: &[u8], path: &Path) -> Result<PoolFile, Failure> {
    let tables = table::read(bytes, 2 * POOL_LIMIT).map_err(|it| not_imported(path, it.why, it.next))?;
    let found = HeaderRow::find(&tables, Column::of_header, |columns| {
        columns.len() >= 2 && columns.contains_key(&Column::Name)
    });
    let (table, header) = found.map_err(|nearest| {
        not_imported(path, no_headers(&read_as(&tables)), use_template()).with_details(nearest)
    })?;
    let missing = Column::ALL.iter().copied();
    let missing: Vec<Column> =
        missing.filter(|it| it.is_required() && !header.columns.contains_key(it)).collect();
    if !missing.is_empty() {
        let unknown = header.unknown.iter().map(|(column, name)| {
            let name = shown(name);
            let what = Text::new(format!("不认识列名“{name}”"), format!("unknown header “{name}”"));
            table.place(header.row, Some(*column)).tell(&what)
        });
        let details = unknown.chain(header.problems(table)).collect();
        return Err(not_imported(path, missing_headers(&missing), use_template()).with_details(details));
    }
    let (pool, mut problems) = experts(table, &header);
    problems.splice(0..0, header.problems(table));
    if !problems.is_empty() {
        let why = Text::new(
            format!("有 {} 处不对，列在下面。", problems.len()),
            format!("{} things do not hold, listed below.", problems.len()),
        );
        let next = Text::new("请改正后重新导入。", "Mend them and import it again.");
        return Err(not_imported(path, why, next).with_details(problems));
    }
    if pool.is_empty() {
        let why = Text::new("标题行下面没有专家。", "There is nobody below the headers.");
        return Err(not_imported(path, why, use_template()));
    }
    Ok(PoolFile { pool, told: header.told(table) })
}

/// The experts below the headers, and everything that is wrong.
fn experts(table: &Table, header: &HeaderRow<Column>) -> (Pool, Vec<Text>) {
    let (mut pool, mut problems) = (Pool::default(), Vec::new());
    let mut first_row: BTreeMap<Person, u64> = BTreeMap::new();
    for (row, cells) in header.rows(table) {
        let text = |column| header.cell(cells, column).map(|cell| cell.text.clone()).unwrap_or_default();
        if Column::ALL.iter().all(|column| header.cell(cells, *column).is_none()) {
            continue;
        }
        let tell = |column: Column, what: &Text| {
            let place = table.place(row, header.columns.get(&column).copied()).words();
            at_cell(&place, column, &text(column), what)
        };
        let fault = |column: Column| header.fault(cells, column);
        let before = problems.len();
        let faults = Column::ALL.iter().filter_map(|it| Some((*it, fault(*it)?)));
        problems.extend(faults.map(|(column, what)| tell(column, &what)));
        match PoolExpert::from_cells(text) {
            Ok(expert) if problems.len() == before => {
                if let Some(first) = first_row.insert(expert.person.clone(), row) {
                    let what = Text::new(
                        format!("与第 {first} 行是同名同单位的同一人"),
                        format!("the same name and unit as in row {first}"),
                    );
                    problems.push(tell(Column::Name, &what));
                }
                pool.put(expert);
            }
            Ok(_) => {}
            // What a formula does not hold is told once.
            Err(found) => {
                let found = found.iter().filter(|it| fault(it.column).is_none());
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
