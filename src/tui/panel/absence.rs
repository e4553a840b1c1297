//! The lead records that a member is not there, or takes it back.

use ratatui::{Frame, layout::Rect, text::Line};

use crate::{
    app::deed::Deed,
    domain::terms::id::MemberName,
    tui::{
        desk::{Desk, cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
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
pub(crate) struct AbsenceDialog {
    name: MemberName,
    form: Form,
    problem: Option<String>,
}

impl AbsenceDialog {
    /// Asks why.
    pub(crate) fn new(name: MemberName) -> Self {
        Self { name, form: Form::new(&[""]), problem: None }
    }

    fn is_recorded(&self, desk: &Desk) -> bool {
        desk.visit.recorded_absent().any(|it| it.name == &self.name)
    }
}

impl Dialog for AbsenceDialog {
    fn context(&self) -> Context {
        Context::Fields
    }

    /// Types; Enter records, or takes back where no reason is given.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        let Some(desk) = cx.desk else { return vec![Go::Close] };
        match self.form.input(action, input) {
            Filled::Left => return vec![Go::Close],
            Filled::Stays => return Vec::new(),
            Filled::Done => {}
        }
        let reason = Some(self.form.text(0)).filter(|reason| !reason.is_empty());
        if reason.is_none() && !self.is_recorded(desk) {
            self.problem = Some(label::reason_needed(cx.lang).to_owned());
            return Vec::new();
        }
        let effect = Effect::Do(Deed::RecordAbsence(self.name.clone(), reason));
        vec![Go::Close, Go::Do(effect), Go::Do(Effect::Sync)]
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let help = wrap(say::absence_help(lang), usize::from(CELLS));
        let height = u16::try_from(help.len() + 3).unwrap_or(u16::MAX);
        let title = format!("{}: {}", label::absent(lang), self.name);
        let inner = open(frame, cx, CELLS, height, &title);
        if let Some(problem) = &self.problem {
            let line = cut(&format!("! {problem}"), usize::from(inner.width));
            put(frame, inner, 1, Line::styled(line, cx.theme.bad()));
        }
        for (row, line) in help.into_iter().enumerate() {
            put(frame, inner, 3 + row, Line::styled(line, cx.theme.faint()));
        }
        self.form.view(cx, frame, inner, 0, &[label::reason(lang)]);
    }
}
