//! The rectification ledger out to a workbook, which the facility fills in, and in again. All rows are checked before any
//! is recorded.

use std::path::Path;

use crate::{
    app::{
        failure::{Exit, Failure},
        files,
        ledger::work::submission,
        session::Session,
        system,
        table::{self, Cells, HEADER_ROWS, HeaderRow, formula_failed, read_as},
    },
    checklist::xlsx::shown,
    domain::{
        edit::rectify::{Plan, RectifyStep, Submission},
        ledger::{self, Refusal},
        terms::{
            clean::clean_line,
            date::Date,
            id::RectifyId,
            lang::{Lang, Text},
            written::{Line, Note, TooLong},
        },
    },
    report::{ledger::LedgerColumn, workbook::ledger_xlsx},
};

pub use crate::report::ledger::{LedgerLine, LedgerReport};

/// Largest workbook taken in, in bytes.
const FILE_LIMIT: u64 = 32 << 20;
/// Most rows.
const ROW_LIMIT: usize = 20_000;

/// The columns that are read.
const READ: [LedgerColumn; 7] = [
    LedgerColumn::Id,
    LedgerColumn::Goal,
    LedgerColumn::Person,
    LedgerColumn::Deadline,
    LedgerColumn::Done,
    LedgerColumn::By,
    LedgerColumn::On,
];

/// Whether goal, person and deadline are taken from a ledger that was filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plans {
    /// They stay as they are here: the file may be older.
    Leave,
    /// They become those of the file.
    Take,
}

/// What was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TakenIn {
    /// Items handed in.
    pub n_submitted: usize,
    /// Items whose goal, person or deadline changed.
    pub n_planned: usize,
    /// Rows that say what the ledger says.
    pub n_same: usize,
    /// Rows with another goal, person or deadline that was not asked for.
    pub n_plans_left: usize,
}

/// What a row changes.
#[derive(Default)]
struct Found {
    steps: Vec<(RectifyId, RectifyStep)>,
    /// It has another goal, person or deadline, which was not asked for.
    plan_left: bool,
}

/// What is wrong with a row, and in which of its columns.
type Wrong = (LedgerColumn, Text);

impl Session {
    /// The ledger as it stands today.
    ///
    /// # Errors
    /// If the visit is not final: there is none yet.
    pub(crate) fn ledger_report(&self, lang: Lang) -> Result<LedgerReport, Failure> {
        self.after_final()?;
        Ok(LedgerReport::of(&self.visit, system::today(), lang))
    }

    /// Writes the ledger as a workbook to be filled in.
    ///
    /// # Errors
    /// If the visit is not final, or the file cannot be written.
    pub(crate) fn export_ledger(&self, path: &Path, lang: Lang) -> Result<usize, Failure> {
        let report = self.ledger_report(lang)?;
        system::check_clock_for_workbooks()?;
        let bytes = ledger_xlsx(&report).map_err(|_| Failure::bug("cannot write xlsx"))?;
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
        let bytes = files::read_start(path, FILE_LIMIT)?;
        let tables = table::read(&bytes, ROW_LIMIT).map_err(|why| not_taken_in(path, why, Vec::new()))?;
        let found = HeaderRow::find(&tables, LedgerColumn::parse, |columns| {
            columns.len() >= 2 && columns.contains_key(&LedgerColumn::Id)
        });
        let no_header = || not_taken_in(path, no_headers(&read_as(&tables)), Vec::new());
        let (table, header) = found.ok_or_else(no_header)?;
        let (mut steps, mut bad, mut done) = (Vec::new(), header.problems(table), TakenIn::default());
        for (row, cells) in table.rows.range(header.row + 1..) {
            match self.steps_of(&header, cells, plans) {
                Ok(Found { steps: found, plan_left }) => {
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
                    table.place(*row, header.columns.get(&column).copied()).tell(&problem)
                })),
            }
        }
        if !bad.is_empty() {
            let n = bad.len();
            let why = Text::new(
                format!("有 {n} 处不对，列在下面。"),
                format!("{n} things do not hold; they are below."),
            );
            return Err(not_taken_in(path, why, bad));
        }
        self.rectify(steps)?;
        Ok(done)
    }

    /// What a row changes, or all that is wrong with it.
    fn steps_of(
        &self,
        header: &HeaderRow<LedgerColumn>,
        cells: &Cells,
        plans: Plans,
    ) -> Result<Found, Vec<Wrong>> {
        let cell = |column: LedgerColumn| -> Option<String> {
            let at = header.columns.get(&column)?;
            Some(cells.get(at).map(|cell| cell.text.clone()).unwrap_or_default())
        };
        let text = |column| cell(column).unwrap_or_default();
        let id = self.ledger_id(&text(LedgerColumn::Id));
        if id.as_str().is_empty() {
            return Ok(Found::default());
        }
        let Some(item) = self.visit.ledger_item(id.as_str()) else {
            return Err(vec![(LedgerColumn::Id, about(&id, said(Refusal::NotOnLedger)))]);
        };
        let failed = READ.into_iter().filter(|column| header.has_failed(cells, *column));
        let failed: Vec<Wrong> = failed.map(|column| (column, formula_failed())).collect();
        if !failed.is_empty() {
            return Err(failed);
        }
        let mut bad: Vec<Wrong> = Vec::new();
        let mut day = |column| match parse_day(&text(column)) {
            Ok(day) => day,
            Err(NotADay) => {
                bad.push((column, about(&id, not_a_day(column, &text(column)))));
                None
            }
        };
        let (deadline, on) = (day(LedgerColumn::Deadline), day(LedgerColumn::On));
        let Said { goal, person, by, done } = said_in(&cell).unwrap_or_else(|problems| {
            bad.extend(problems.into_iter().map(|(column, error)| (column, too_long(&id, error))));
            Said::default()
        });
        if !bad.is_empty() {
            return Err(bad);
        }
        let plan = Plan {
            goal: goal.unwrap_or_else(|| item.plan.goal.clone()),
            person: person.unwrap_or_else(|| item.plan.person.clone()),
            deadline: if header.columns.contains_key(&LedgerColumn::Deadline) {
                deadline
            } else {
                item.plan.deadline
            },
        };
        let plan_left = plan != *item.plan && plans == Plans::Leave;
        let mut steps = Vec::new();
        if plan != *item.plan && plans == Plans::Take {
            steps.push(RectifyStep::Plan(plan));
        }
        let before = item.submission;
        let is_same = |it: &Submission| it.by == by && it.text == done && on.is_none_or(|on| on == it.date);
        if !done.is_empty() && !before.is_some_and(is_same) {
            if by.is_empty() {
                let what = ("没有写整改人".to_owned(), "nobody is named who did it".to_owned());
                bad.push((LedgerColumn::By, about(&id, what)));
            }
            let proof = before.map(|it| it.proof.clone()).unwrap_or_default();
            match submission(by, on, done, proof) {
                Ok(step) => steps.push(step),
                Err(failure) => bad.push((LedgerColumn::On, failure.why)),
            }
        }
        let me = self.my_state().map(|state| state.member.name.clone());
        if let Some(me) = me.filter(|_| bad.is_empty()) {
            let refusals = steps.iter().filter_map(|step| {
                let column = match step {
                    RectifyStep::Plan(_) => LedgerColumn::Goal,
                    RectifyStep::Open(_)
                    | RectifyStep::Submit(_)
                    | RectifyStep::Close(_)
                    | RectifyStep::Reopen { .. }
                    | RectifyStep::Strike { .. } => LedgerColumn::Done,
                };
                let refusal = ledger::refusal(&self.visit, Some(&item), &me, self.leads(), step)?;
                Some((column, refusal))
            });
            bad.extend(refusals.map(|(column, refusal)| (column, about(&id, said(refusal)))));
        }
        if !bad.is_empty() {
            return Err(bad);
        }
        Ok(Found { steps: steps.into_iter().map(|step| (id.clone(), step)).collect(), plan_left })
    }
}

/// What a row says in words; `None` = there is no such column.
#[derive(Default)]
struct Said {
    goal: Option<Note>,
    person: Option<Line>,
    by: Line,
    done: Note,
}

/// What a row says in words, or all that is too long.
fn said_in(cell: &dyn Fn(LedgerColumn) -> Option<String>) -> Result<Said, Vec<(LedgerColumn, TooLong)>> {
    use LedgerColumn::{By, Done, Goal, Person};
    let note = |column| cell(column).map(|text| Note::trimmed(&text)).transpose();
    let line = |column| cell(column).map(|text| Line::new(&text)).transpose();
    match (note(Goal), line(Person), line(By), note(Done)) {
        (Ok(goal), Ok(person), Ok(by), Ok(done)) => {
            Ok(Said { goal, person, by: by.unwrap_or_default(), done: done.unwrap_or_default() })
        }
        (goal, person, by, done) => {
            let wrong = [(Goal, goal.err()), (Person, person.err()), (By, by.err()), (Done, done.err())];
            Err(wrong.into_iter().filter_map(|(column, error)| Some((column, error?))).collect())
        }
    }
}

/// A text that is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a day")]
pub struct NotADay;

/// A day as people write it: `2026-12-31`, `2026/12/31`, `2026.1.5`, `2026年1月5日`; `None` = empty.
///
/// # Errors
/// [`NotADay`].
pub fn parse_day(text: &str) -> Result<Option<Date>, NotADay> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    // A cell with a time of day keeps its day.
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> =
        day.trim_end_matches('日').split(['-', '/', '.', '年', '月', '－', '／', '．']).collect();
    let [year, month, day] = parts.as_slice() else { return Err(NotADay) };
    let date = Date::new(
        year.parse().map_err(|_| NotADay)?,
        month.parse().map_err(|_| NotADay)?,
        day.parse().map_err(|_| NotADay)?,
    );
    date.map(Some).ok_or(NotADay)
}

fn said(refusal: Refusal) -> (String, String) {
    (refusal.name(Lang::Zh).to_owned(), refusal.name(Lang::En).to_owned())
}

fn not_a_day(column: LedgerColumn, text: &str) -> (String, String) {
    let text = shown(text);
    (
        format!("{}“{text}”不是日期，请写成 2026-12-31", column.name(Lang::Zh)),
        format!("{} “{text}” is no day; write it like 2026-12-31", column.name(Lang::En)),
    )
}

fn about(id: &RectifyId, (zh, en): (String, String)) -> Text {
    let id = shown(id.as_str());
    Text::new(format!("{id}：{zh}"), format!("{id}: {en}"))
}

fn too_long(id: &RectifyId, error: TooLong) -> Text {
    let why = Failure::from(error).why;
    let id = shown(id.as_str());
    Text::new(format!("{id}：{}", why.zh), format!("{id}: {}", why.en))
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

fn not_taken_in(path: &Path, why: Text, details: Vec<Text>) -> Failure {
    let path = clean_line(&path.display().to_string());
    Failure::new(
        Exit::Fixable,
        Text::new(format!("没有导入 {path}"), format!("Not taken in: {path}")),
        why,
        Text::new(
            "请在 hecha rectify FILE export 生成的表里填写，改正后重新导入。",
            "Fill in the table that hecha rectify FILE export wrote, mend it and import it again.",
        ),
    )
    .with_details(details)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let new_year = Date::new(2027, 1, 5);
        for text in ["2027-01-05", "2027/1/5", " 2027.1.5 ", "2027年1月5日", "2027-01-05 00:00:00"] {
            assert_eq!(parse_day(text), Ok(new_year), "{text}");
        }
        assert_eq!(parse_day("  "), Ok(None));
        for text in ["年底", "2027-02-30", "5/1/2027", "2027-1", "46000"] {
            assert_eq!(parse_day(text), Err(NotADay), "{text}");
        }
    }
}
