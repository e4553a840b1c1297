//! Why a member may score again; the report gives the reason.

use ratatui::{Frame, layout::Rect, text::Line};

use crate::{
    app::deed::Deed,
    domain::terms::id::MemberName,
    tui::{
        desk::{cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        keys::{action::Action, context::Context, input::Input},
        panel::membership_words as say,
        widget::{
            field::Field,
            field_row::FieldRow,
            popup::{open, put},
            text::{cut, width},
        },
    },
    words::label,
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct ReopenDialog {
    name: MemberName,
    reason: Field,
}

impl ReopenDialog {
    /// Asks for the reason.
    pub(crate) fn new(name: MemberName) -> Self {
        Self { name, reason: Field::default() }
    }
}

impl Dialog for ReopenDialog {
    fn context(&self) -> Context {
        Context::Fields
    }

    /// Types the reason and reopens.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        match (action, input) {
            (Some(Action::Cancel), _) => return vec![Go::Close],
            (Some(Action::Confirm), _) if self.reason.is_blank() => {
                return vec![Go::Say(label::reason_needed(cx.lang).to_owned())];
            }
            (Some(Action::Confirm), _) => {
                let effect = Effect::Do(Deed::Reopen(self.name.clone(), self.reason.text()));
                return vec![Go::Close, Go::Do(effect), Go::Do(Effect::Sync)];
            }
            (Some(_), _) => {}
            (None, input) => {
                self.reason.input(input);
            }
        }
        Vec::new()
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let inner = open(frame, cx, 60, 5, &format!("{} {}", say::reopen_title(lang), self.name));
        let cells = usize::from(inner.width);
        put(frame, inner, 0, Line::raw(cut(say::reopen_text(lang), cells)));
        let name = label::reason(lang);
        FieldRow { name, label: width(name), field: &self.reason, focused: true }.view(cx, frame, inner, 2);
        put(frame, inner, 4, Line::styled(cut(say::reopen_help(lang), cells), cx.theme.faint()));
    }
}
