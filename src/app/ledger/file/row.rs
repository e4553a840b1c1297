//! A row of a ledger that was filled in: what it changes, or all that is wrong with it.

use crate::{
    app::{
        failure::Failure,
        ledger::{
            file::{
                Plans,
                day::{NotADay, parse_day},
            },
            work::submission,
        },
        session::Session,
        table::{Cells, HeaderRow},
    },
    checklist::xlsx::{fold, shown},
    domain::{
        edit::rectify::{Plan, RectifyStep, Submission},
        ledger::{self, Refusal},
        terms::{
            date::Date,
            id::RectifyId,
            lang::{Lang, Text},
            written::{Line, Note, TooLong},
        },
    },
    report::ledger::LedgerColumn,
};

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

/// What a row changes.
pub(super) struct Found {
    /// The item.
    pub(super) id: RectifyId,
    pub(super) steps: Vec<(RectifyId, RectifyStep)>,
    /// It has another goal, person or deadline, which was not asked for.
    pub(super) plan_left: bool,
}

/// What is wrong with a row, and in which of its columns.
pub(super) type Wrong = (LedgerColumn, Text);

impl Session {
    /// What a row changes, or all that is wrong with it.
    pub(super) fn steps_of(
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
        let id = self.ledger_id(&fold(&text(LedgerColumn::Id)));
        if id.as_str().is_empty() {
            let what = Text::new("这一行没有编号，不知道是哪一项", "no id in this row; which item is it?");
            return Err(vec![(LedgerColumn::Id, what)]);
        }
        let Some(item) = self.visit.ledger_item(id.as_str()) else {
            return Err(vec![(LedgerColumn::Id, about(&id, said(Refusal::NotOnLedger)))]);
        };
        let faults = READ.into_iter().filter_map(|column| Some((column, header.fault(cells, column)?)));
        let faults: Vec<Wrong> = faults.collect();
        if !faults.is_empty() {
            return Err(faults);
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
        match handed_in(&id, item.submission, by, (on, self.ledger_day()), done) {
            Ok(step) => steps.extend(step),
            Err(problems) => bad.extend(problems),
        }
        if let Some(me) = self.author().filter(|_| bad.is_empty()) {
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
        let steps = steps.into_iter().map(|step| (id.clone(), step)).collect();
        Ok(Found { id, steps, plan_left })
    }
}

/// What was done, if it is something new, or what a row lacks to say so.
fn handed_in(
    id: &RectifyId,
    before: Option<&Submission>,
    by: Line,
    (on, otherwise): (Option<Date>, Result<Date, Failure>),
    done: Note,
) -> Result<Option<RectifyStep>, Vec<Wrong>> {
    if done.is_empty() {
        if by.is_empty() && on.is_none() {
            return Ok(None);
        }
        let what = (
            "填了整改人或完成日期，没有写整改情况".to_owned(),
            "it says who or when, but not what was done".to_owned(),
        );
        return Err(vec![(LedgerColumn::Done, about(id, what))]);
    }
    let is_same = |it: &Submission| it.by == by && it.text == done && on.is_none_or(|on| on == it.date);
    if before.is_some_and(is_same) {
        return Ok(None);
    }
    let mut bad = Vec::new();
    if by.is_empty() {
        let what = ("没有写整改人".to_owned(), "nobody is named who did it".to_owned());
        bad.push((LedgerColumn::By, about(id, what)));
    }
    let proof = before.map(|it| it.proof.clone()).unwrap_or_default();
    match on.map_or(otherwise, Ok).and_then(|day| submission(by, day, done, proof)) {
        Ok(step) if bad.is_empty() => return Ok(Some(step)),
        Ok(_) => {}
        Err(failure) => bad.push((LedgerColumn::On, failure.why)),
    }
    Err(bad)
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

pub(super) fn about(id: &RectifyId, (zh, en): (String, String)) -> Text {
    let id = shown(id.as_str());
    Text::new(format!("{id}：{zh}"), format!("{id}: {en}"))
}

fn too_long(id: &RectifyId, error: TooLong) -> Text {
    let why = Failure::from(error).why;
    let id = shown(id.as_str());
    Text::new(format!("{id}：{}", why.zh), format!("{id}: {}", why.en))
}

pub(super) fn twice(first: u64) -> (String, String) {
    (
        format!("第 {first} 行已经有这一项，不知道以哪一行为准"),
        format!("row {first} has this item already; which of them holds?"),
    )
}
