//! The reason for which an open matter is let pass when the visit is made final.

use ratatui::{Frame, layout::Rect, text::Line};

use crate::{
    domain::edit::waiver::MatterKind,
    tui::{
        desk::cx::Cx,
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
pub(crate) struct WaiveDialog {
    kind: MatterKind,
    form: Form,
}

impl WaiveDialog {
    /// Asks for the reason, beginning with the one given before.
    pub(crate) fn new(kind: MatterKind, reason: &str) -> Self {
        Self { kind, form: Form::new(&[reason]) }
    }
}

impl Dialog for WaiveDialog {
    fn context(&self) -> Context {
        Context::Fields
    }

    /// Types the reason; an empty one takes the waiver back.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        match self.form.input(action, input) {
            Filled::Left => vec![Go::Close],
            Filled::Stays => Vec::new(),
            Filled::Done => match self.form.line(0) {
                Ok(reason) => vec![Go::Close, Go::Waive(self.kind, reason)],
                Err(error) => vec![Go::Say(frame::words::too_long(cx.lang, error))],
            },
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let inner = open(frame, cx, 62, 4, say::waive_title(lang));
        let cells = usize::from(inner.width);
        put(frame, inner, 0, Line::styled(cut(self.kind.name(lang), cells), cx.theme.title()));
        put(frame, inner, 3, Line::styled(cut(say::waive_help(lang), cells), cx.theme.faint()));
        self.form.view(cx, frame, inner, 1, &[label::reason(lang)]);
    }
}
