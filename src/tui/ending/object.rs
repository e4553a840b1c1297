//! An objection of the facility, and the panel's answer.

use ratatui::{Frame, layout::Rect, text::Line};

use crate::{
    app::deed::Deed,
    domain::{
        edit::objection::Objection,
        terms::{date::Date, id::ClauseId, written::Note},
    },
    tui::{
        desk::{cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        ending::words as say,
        frame,
        keys::{action::Action, context::Context, input::Input},
        widget::{
            form::{Filled, Form},
            popup::{open, put},
            text::cut,
        },
    },
    words::label,
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct ObjectDialog {
    form: Form,
    /// When it was raised, if it was recorded before.
    on: Option<Date>,
    problem: Option<String>,
}

impl ObjectDialog {
    /// Asks, beginning with what was recorded.
    pub(crate) fn new(clause: Option<&ClauseId>, before: Option<&Objection>) -> Self {
        let clause = clause.map_or("*", ClauseId::as_str);
        let (by, text, answer) = before.map_or(("", "", ""), |it| (&it.by, &it.text, &it.answer));
        let mut form = Form::new(&[clause, by, text, answer]);
        if before.is_some() {
            form.go_to(3);
        }
        Self { form, on: before.and_then(|it| it.on), problem: None }
    }
}

impl Dialog for ObjectDialog {
    fn context(&self) -> Context {
        Context::Fields
    }

    /// Types; the last Enter records. An empty objection is taken back.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        let Some(desk) = cx.desk else { return vec![Go::Close] };
        match self.form.input(action, input) {
            Filled::Left => return vec![Go::Close],
            Filled::Stays => return Vec::new(),
            Filled::Done => {}
        }
        let clause = match self.form.clause(0, desk, cx.lang) {
            Ok(clause) => clause,
            Err(problem) => {
                self.problem = Some(problem);
                return Vec::new();
            }
        };
        let (by, text, answer) = match (self.form.line(1), self.form.line(2), self.form.line(3)) {
            (Ok(by), Ok(text), Ok(answer)) => (by, Note::from(text), Note::from(answer)),
            (Err(error), ..) | (_, Err(error), _) | (.., Err(error)) => {
                self.problem = Some(frame::words::too_long(cx.lang, error));
                return Vec::new();
            }
        };
        let value = (!text.is_empty()).then_some(Objection { by, text, answer, on: self.on });
        vec![Go::Close, Go::Do(Effect::Do(Deed::Object(clause, value))), Go::Do(Effect::Sync)]
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let inner = open(frame, cx, 70, 7, say::object_title(lang));
        let cells = usize::from(inner.width);
        if let Some(problem) = &self.problem {
            put(frame, inner, 5, Line::styled(cut(&format!("! {problem}"), cells), cx.theme.bad()));
        }
        put(frame, inner, 6, Line::styled(cut(say::object_help(lang), cells), cx.theme.faint()));
        let names =
            [label::clause(lang), say::object_by(lang), label::objection(lang), say::object_answer(lang)];
        self.form.view(cx, frame, inner, 0, &names);
    }
}
