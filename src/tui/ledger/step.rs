//! One step on the rectification ledger: a few fields, and what they make.

use std::path::PathBuf;

use ratatui::{Frame, layout::Rect, text::Line};

use crate::{
    app::{
        deed::{Deed, LedgerDeed},
        files::dropped_paths::dropped_paths,
        ledger::{
            file::{LedgerLine, parse_day},
            work::{Handover, PlanChange, problem},
        },
    },
    domain::{
        edit::rectify::Plan,
        terms::{date::Date, id::RectifyId, lang::Lang},
    },
    tui::{
        desk::{cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        frame,
        keys::{action::Action, context::Context, input::Input},
        ledger::words as say,
        widget::{
            form::{Filled, Form},
            popup::{open, put},
            text::{cut, wrap},
        },
    },
    words::label,
};

/// Rows that tell what the step is about.
const ABOUT_ROWS: usize = 3;

/// The dialog.
#[derive(Debug)]
pub(crate) struct RectifyDialog {
    step: Step,
    id: RectifyId,
    /// What the item is about, and for a closure what was handed in.
    about: String,
    form: Form,
    problem: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    HandIn,
    /// Of an item that names a point.
    ClosePoint,
    /// Of one that does not.
    CloseFree,
    Reopen,
    Strike,
    Plan,
    Add,
}

impl RectifyDialog {
    /// What was done.
    pub(crate) fn hand_in(line: &LedgerLine, today: Option<Date>) -> Self {
        let today = today.map(|day| day.to_string()).unwrap_or_default();
        Self::of(Step::HandIn, line, &line.problem, &[&line.person, &today, "", ""])
    }

    /// The point scored again.
    pub(crate) fn close(line: &LedgerLine) -> Self {
        let about = format!("{}\n{} {}", line.problem, line.by, line.done);
        if line.point.is_empty() {
            Self::of(Step::CloseFree, line, &about, &[""])
        } else {
            Self::of(Step::ClosePoint, line, &about, &["", ""])
        }
    }

    /// Why it comes back.
    pub(crate) fn reopen(line: &LedgerLine) -> Self {
        Self::of(Step::Reopen, line, &line.problem, &[""])
    }

    /// Why it is not to be pursued.
    pub(crate) fn strike(line: &LedgerLine) -> Self {
        Self::of(Step::Strike, line, &line.problem, &[""])
    }

    /// Goal, person and deadline.
    pub(crate) fn plan(line: &LedgerLine) -> Self {
        let until = line.deadline.map(|day| day.to_string()).unwrap_or_default();
        Self::of(Step::Plan, line, &line.problem, &[&line.goal, &line.person, &until])
    }

    /// Something that the checklist did not ask for, or a point that nobody found unmet.
    pub(crate) fn add() -> Self {
        let form = Form::new(&["", "", "", "", ""]);
        Self { step: Step::Add, id: RectifyId::new(""), about: String::new(), form, problem: None }
    }

    fn of(step: Step, line: &LedgerLine, about: &str, texts: &[&str]) -> Self {
        let about = format!("{} {about}", line.id);
        Self { step, id: id_of(line), about, form: Form::new(texts), problem: None }
    }

    /// What the fields ask for, or the field that does not hold and why.
    fn work(&self, lang: Lang) -> Result<LedgerDeed, (usize, String)> {
        let text = |at: usize| self.form.text(at);
        let said = |at: usize| {
            Some(text(at)).filter(|it| !it.is_empty()).ok_or_else(|| (at, say::need_text(lang).to_owned()))
        };
        let day = |at: usize| parse_day(&text(at)).map_err(|_| (at, say::bad_day(lang).to_owned()));
        let id = self.id.clone();
        Ok(match self.step {
            Step::HandIn => {
                let by = said(0).map_err(|(at, _)| (at, say::need_by(lang).to_owned()))?;
                let (date, text) = (day(1)?, said(2)?);
                let proof = paths(&self.form.text(3));
                LedgerDeed::HandIn(id, Handover { by, date, text, proof, keep_metadata: false })
            }
            Step::ClosePoint => LedgerDeed::Close(id, Some(said(0)?), text(1)),
            Step::CloseFree => LedgerDeed::Close(id, None, said(0)?),
            Step::Reopen => LedgerDeed::Reopen(id, said(0)?),
            Step::Strike => LedgerDeed::Strike(id, said(0)?),
            Step::Plan => {
                let (goal, person, deadline) = (Some(text(0)), Some(text(1)), Some(day(2)?));
                LedgerDeed::Plan(vec![id], PlanChange { goal, person, deadline })
            }
            Step::Add => {
                let place = text(1);
                let (clause, point) =
                    place.split_once(['.', '．']).map_or((place.as_str(), None), |(c, p)| (c, Some(p)));
                let line =
                    |at: usize| self.form.line(at).map_err(|error| (at, frame::words::too_long(lang, error)));
                said(0)?;
                let plan = Plan { goal: line(2)?.into(), person: line(3)?, deadline: day(4)? };
                let clause = Some(clause).filter(|clause| !clause.is_empty());
                LedgerDeed::Add(problem(clause, point, line(0)?.into(), plan))
            }
        })
    }

    const fn title(&self, lang: Lang) -> &'static str {
        match self.step {
            Step::HandIn => say::hand_in_title(lang),
            Step::ClosePoint | Step::CloseFree => say::close_title(lang),
            Step::Reopen => say::reopen_title(lang),
            Step::Strike => say::strike_title(lang),
            Step::Plan => say::plan_title(lang),
            Step::Add => say::add_title(lang),
        }
    }

    const fn help(&self, lang: Lang) -> &'static str {
        match self.step {
            Step::HandIn => say::hand_in_help(lang),
            Step::ClosePoint => say::close_help(lang),
            Step::CloseFree => say::close_help_free(lang),
            Step::Reopen | Step::Strike => say::reason_help(lang),
            Step::Plan => say::plan_help(lang),
            Step::Add => say::add_help(lang),
        }
    }

    fn names(&self, lang: Lang) -> Vec<&'static str> {
        match self.step {
            Step::HandIn => vec![say::by(lang), say::on(lang), say::what(lang), say::paths(lang)],
            Step::ClosePoint => vec![say::finding(lang), say::remark(lang)],
            Step::CloseFree => vec![say::remark(lang)],
            Step::Reopen | Step::Strike => vec![label::reason(lang)],
            Step::Plan => vec![say::goal(lang), label::person(lang), say::until(lang)],
            Step::Add => vec![
                label::problem(lang),
                say::place(lang),
                say::goal(lang),
                label::person(lang),
                say::until(lang),
            ],
        }
    }
}

impl Dialog for RectifyDialog {
    fn context(&self) -> Context {
        Context::Fields
    }

    /// Types; the last Enter does the step.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        match self.form.input(action, input) {
            Filled::Left => return vec![Go::Close],
            Filled::Stays => return Vec::new(),
            Filled::Done => {}
        }
        match self.work(cx.lang) {
            Ok(work) => {
                vec![Go::Close, Go::Do(Effect::Do(Deed::Ledger(Box::new(work)))), Go::Do(Effect::Sync)]
            }
            Err((field, problem)) => {
                self.form.go_to(field);
                self.problem = Some(problem);
                Vec::new()
            }
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let names = self.names(lang);
        let about_rows = if self.about.is_empty() { 0 } else { ABOUT_ROWS + 1 };
        let rows = u16::try_from(about_rows + names.len() + 4).unwrap_or(u16::MAX);
        let inner = open(frame, cx, 72, rows, self.title(lang));
        let cells = usize::from(inner.width);
        for (row, line) in wrap(&self.about, cells).into_iter().take(about_rows.min(ABOUT_ROWS)).enumerate() {
            put(frame, inner, row, Line::styled(line, cx.theme.faint()));
        }
        self.form.view(cx, frame, inner, about_rows, &names);
        let foot = about_rows + names.len();
        if let Some(problem) = &self.problem {
            put(frame, inner, foot, Line::styled(cut(&format!("! {problem}"), cells), cx.theme.bad()));
        }
        for (row, line) in wrap(self.help(lang), cells).into_iter().take(2).enumerate() {
            put(frame, inner, foot + 1 + row, Line::styled(line, cx.theme.faint()));
        }
    }
}

/// Paths as typed or dropped; a semicolon stands between several.
fn paths(text: &str) -> Vec<PathBuf> {
    text.split([';', '；']).flat_map(dropped_paths).collect()
}

/// The id of a line as the rules know it.
fn id_of(line: &LedgerLine) -> RectifyId {
    RectifyId::new(&line.id)
}
