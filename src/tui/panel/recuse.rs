//! The lead records or lifts a recusal of a member.

use ratatui::{Frame, layout::Rect, text::Line};

use crate::{
    app::deed::Deed,
    domain::terms::id::MemberName,
    tui::{
        desk::{cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        frame,
        keys::{action::Action, context::Context, input::Input},
        panel::words as say,
        widget::{
            form::{Filled, Form},
            popup::{open, put},
            text::{cut, wrap},
        },
    },
    words::label,
};

/// Cells of the dialog's text.
const CELLS: u16 = 62;

/// The dialog.
#[derive(Debug)]
pub(crate) struct RecuseDialog {
    name: MemberName,
    form: Form,
    problem: Option<String>,
}

impl RecuseDialog {
    /// Asks from what, and why.
    pub(crate) fn new(name: MemberName) -> Self {
        Self { name, form: Form::new(&["*", ""]), problem: None }
    }
}

impl Dialog for RecuseDialog {
    fn context(&self) -> Context {
        Context::Fields
    }

    /// Types; the last Enter records, or lifts where no reason is given.
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
        let reason = Some(self.form.text(1)).filter(|reason| !reason.is_empty());
        let exists =
            desk.visit.recusals.iter().any(|it| it.name == self.name && it.clause == clause && !it.declared);
        if reason.is_none() && !exists {
            self.problem = Some(label::reason_needed(cx.lang).to_owned());
            return Vec::new();
        }
        let effect = Effect::Do(Deed::Recuse(self.name.clone(), clause, reason));
        vec![Go::Close, Go::Do(effect), Go::Do(Effect::Sync)]
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let help = wrap(say::recuse_help(lang), usize::from(CELLS));
        let height = u16::try_from(help.len() + 4).unwrap_or(u16::MAX);
        let title = format!("{}: {}", say::recuse_title(lang), self.name);
        let inner = open(frame, cx, CELLS, height, &title);
        if let Some(problem) = &self.problem {
            let line = cut(&format!("! {problem}"), usize::from(inner.width));
            put(frame, inner, 2, Line::styled(line, cx.theme.bad()));
        }
        for (row, line) in help.into_iter().enumerate() {
            put(frame, inner, 4 + row, Line::styled(line, cx.theme.faint()));
        }
        self.form.view(cx, frame, inner, 0, &[frame::words::recused_from(lang), label::reason(lang)]);
    }
}
