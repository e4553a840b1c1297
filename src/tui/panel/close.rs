//! The question before scoring is closed: who has not submitted. The safe answer is the default.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::deed::Deed,
    tui::{
        desk::{cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        keys::{action::Action, context::Context, input::Input},
        panel::words as say,
        widget::{
            popup::{open, park, put},
            text::wrap,
        },
    },
    words::label,
};

/// The dialog. Two different keys, as for submitting.
#[derive(Debug, Default)]
pub(crate) struct CloseDialog {
    checked: bool,
}

impl Dialog for CloseDialog {
    fn context(&self) -> Context {
        Context::Closing
    }

    /// Closes scoring once checked; otherwise leaves.
    fn input(&mut self, action: Option<Action>, _: &Input, _: &Cx) -> Vec<Go> {
        match action {
            Some(Action::Toggle) => {
                self.checked = !self.checked;
                Vec::new()
            }
            Some(Action::Confirm) if self.checked => {
                vec![Go::Close, Go::Do(Effect::Do(Deed::Close)), Go::Do(Effect::Sync)]
            }
            Some(Action::Confirm | Action::Cancel) => vec![Go::Close],
            _ => Vec::new(),
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let Some(desk) = cx.desk else { return };
        let lang = cx.lang;
        let waiting: Vec<&str> = desk
            .visit
            .voting()
            .filter(|state| !state.is_submitted())
            .map(|state| state.member.name.as_str())
            .collect();
        let names = if waiting.is_empty() { label::none(lang).to_owned() } else { waiting.join(", ") };
        let mut lines: Vec<(String, Style)> = wrap(&format!("{}: {names}", say::not_submitted(lang)), 56)
            .into_iter()
            .map(|line| (line, cx.theme.warn()))
            .collect();
        lines.extend(wrap(say::close_text(lang), 56).into_iter().map(|line| (line, Style::new())));
        let mark = if self.checked { "[x]" } else { "[ ]" };
        lines.push((format!("{mark} {}", say::close_checked(lang)), cx.theme.title()));
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let inner = open(frame, cx, 56, height, say::close_title(lang));
        for (row, (line, style)) in lines.into_iter().enumerate() {
            put(frame, inner, row, Line::styled(line, style));
        }
        park(frame, inner, 0);
    }
}
