//! The rectification ledger out to a workbook or CSV, which the facility fills in, and in again. All rows are checked before any
//! is recorded.

mod day;
mod row;

use std::{collections::BTreeMap, path::Path};

use crate::{
    app::{
        failure::{Exit, Failure},
        files,
        ledger::file::row::{Found, about, twice},
        session::Session,
        system,
        table::{self, HEADER_ROWS, HeaderRow, Table, TableFormat, read_as},
    },
    checklist::xlsx::shown,
    domain::{
        edit::rectify::RectifyStep,
        terms::{
            clean::clean_line,
            id::RectifyId,
            lang::{Lang, Text},
        },
    },
    report::{csv::ledger::ledger_csv, ledger::LedgerColumn, workbook::ledger_xlsx},
};

pub use crate::report::ledger::{LedgerLine, LedgerReport};
pub use day::{NotADay, parse_day};

/// Largest workbook taken in, in bytes.
const FILE_LIMIT: u64 = 32 << 20;
/// Most rows.
const ROW_LIMIT: usize = 20_000;

/// Whether goal, person and deadline are taken from a ledger that was filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plans {
    /// They stay as they are here: the file may be older.
    Leave,
    /// They become those of the file.
    Take,
}

/// What was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TakenIn {
    /// Items handed in.
    pub n_submitted: usize,
    /// Items whose goal, person or deadline changed.
    pub n_planned: usize,
    /// Rows that say what the ledger says.
    pub n_same: usize,
    /// Rows with another goal, person or deadline that was not asked for.
    pub n_plans_left: usize,
    /// How the file was read, and what of it was not.
    pub told: Vec<Text>,
}

impl Session {
    /// The ledger as it stands today.
    ///
    /// # Errors
    /// If the visit is not final: there is none yet.
    pub(crate) fn ledger_report(&self, lang: Lang) -> Result<LedgerReport, Failure> {
        self.after_final()?;
        Ok(LedgerReport::of(&self.visit, system::today(), lang))
    }

    /// Writes the ledger as a workbook or CSV to be filled in; which of them the end of the name says.
    ///
    /// # Errors
    /// If the visit is not final, the name ends otherwise, or the file cannot be written.
    pub(crate) fn export_ledger(&self, path: &Path, lang: Lang) -> Result<usize, Failure> {
        let report = self.ledger_report(lang)?;
        let bytes = match TableFormat::of(path)? {
            TableFormat::Csv => ledger_csv(&report).map_err(|_| Failure::bug("cannot write CSV"))?,
            TableFormat::Workbook => {
                system::check_clock_for_workbooks()?;
                ledger_xlsx(&report).map_err(|_| Failure::bug("cannot write xlsx"))?
            }
        };
        files::write_whole(path, &bytes)?;
        Ok(report.lines.len())
    }

    /// Takes in a ledger that was filled in (xlsx or CSV): what was done counts as handed in. Goal, person and deadline are
    /// taken from it only if `plans` says so.
    ///
    /// # Errors
    /// Every bad row at once; then nothing was recorded.
    pub(in crate::app) fn import_ledger(&mut self, path: &Path, plans: Plans) -> Result<TakenIn, Failure> {
        self.after_final()?;
        let bytes = files::read_start(path, FILE_LIMIT + 1)?;
        let tables =
            table::read(&bytes, ROW_LIMIT).map_err(|it| not_taken_in(path, it.why, it.next, Vec::new()))?;
        let found = HeaderRow::find(&tables, LedgerColumn::of_header, |columns| {
            columns.len() >= 2 && columns.contains_key(&LedgerColumn::Id)
        });
        let (table, header) =
            found.map_err(|nearest| not_taken_in(path, no_headers(&read_as(&tables)), fill_in(), nearest))?;
        if plans == Plans::Leave && !header.columns.contains_key(&LedgerColumn::Done) {
            return Err(nothing_done(path, table, &header));
        }
        let (mut steps, mut bad) = (Vec::new(), header.problems(table));
        let mut done = TakenIn { told: header.told(table), ..TakenIn::default() };
        let mut first_rows: BTreeMap<RectifyId, u64> = BTreeMap::new();
        for (row, cells) in header.rows(table) {
            let found = self.steps_of(&header, cells, plans).and_then(|found| {
                match first_rows.insert(found.id.clone(), row) {
                    Some(first) => Err(vec![(LedgerColumn::Id, about(&found.id, twice(first)))]),
                    None => Ok(found),
                }
            });
            match found {
                Ok(Found { steps: found, plan_left, .. }) => {
                    done.n_plans_left += usize::from(plan_left);
                    done.n_same += usize::from(found.is_empty() && !plan_left);
                    let is_submission =
                        |(_, step): &&(_, RectifyStep)| matches!(step, RectifyStep::Submit(_));
                    let n = found.iter().filter(is_submission).count();
                    done.n_submitted += n;
                    done.n_planned += found.len() - n;
                    steps.extend(found);
                }
                Err(problems) => bad.extend(problems.into_iter().map(|(column, problem)| {
                    table.place(row, header.columns.get(&column).copied()).tell(&problem)
                })),
            }
        }
        if !bad.is_empty() {
            let n = bad.len();
            let why = Text::new(
                format!("有 {n} 处不对，列在下面。"),
                format!("{n} things do not hold; they are below."),
            );
            return Err(not_taken_in(path, why, fill_in(), bad));
        }
        self.rectify(steps)?;
        Ok(done)
    }
}

fn no_headers(read_as: &Text) -> Text {
    Text::new(
        format!("前 {HEADER_ROWS} 行里没有台账的标题行（编号、问题、整改情况……）。{}", read_as.zh),
        format!(
            "None of the first {HEADER_ROWS} rows holds the headers of a ledger (Item, Problem, What was done …). {}",
            read_as.en
        ),
    )
}

/// A ledger without the column that says what was done: nothing of it would be read.
fn nothing_done(path: &Path, table: &Table, header: &HeaderRow<LedgerColumn>) -> Failure {
    let unknown = header.unknown.iter().map(|(column, name)| {
        let name = shown(name);
        let what = Text::new(format!("不认识列名“{name}”"), format!("unknown header “{name}”"));
        table.place(header.row, Some(*column)).tell(&what)
    });
    let (zh, en) = (LedgerColumn::Done.name(Lang::Zh), LedgerColumn::Done.name(Lang::En));
    let why = Text::new(format!("没有“{zh}”这一栏。"), format!("There is no column “{en}”."));
    not_taken_in(path, why, fill_in(), unknown.collect())
}

fn fill_in() -> Text {
    Text::new(
        "请在 hecha rectify FILE export 生成的表里填写，改正后重新导入。",
        "Fill in the table that hecha rectify FILE export wrote, mend it and import it again.",
    )
}

fn not_taken_in(path: &Path, why: Text, next: Text, details: Vec<Text>) -> Failure {
    let path = clean_line(&path.display().to_string());
    let what = Text::new(format!("没有导入 {path}"), format!("Not taken in: {path}"));
    Failure::new(Exit::Fixable, what, why, next).with_details(details)
}
