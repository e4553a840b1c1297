//! Something did not work: what, why, and what to do next.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::failure::{Failure, Trouble},
    tui::{
        desk::cx::Cx,
        dialog::{Dialog, Go},
        frame::words as say,
        keys::{action::Action, context::Context, input::Input, keymap::key_of},
        widget::{
            popup::{open, park, put},
            text::wrap,
        },
    },
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct FailureDialog {
    failure: Failure,
    context: Context,
}

impl FailureDialog {
    /// A dialog about a failure.
    pub(crate) const fn new(failure: Failure) -> Self {
        Self { failure, context: Context::Choice }
    }

    /// The same; one that the passphrase of the open visit would mend offers to take it.
    pub(crate) const fn about(failure: Failure) -> Self {
        let context = match failure.trouble {
            Trouble::Locked => Context::Locked,
            _ => Context::Choice,
        };
        Self { failure, context }
    }
}

impl Dialog for FailureDialog {
    fn context(&self) -> Context {
        self.context
    }

    /// Any way of closing closes it; where the passphrase would help, its key goes on to it.
    fn input(&mut self, action: Option<Action>, _: &Input, _: &Cx) -> Vec<Go> {
        match action {
            Some(Action::Confirm | Action::Cancel) => vec![Go::Close],
            Some(Action::Passphrase) => vec![Go::Close, Go::Act(Action::Passphrase)],
            _ => Vec::new(),
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let cells = usize::from(frame.area().width.saturating_sub(8)).min(70);
        let next = match self.failure.trouble {
            Trouble::Locked => {
                let key = key_of(Context::Locked, Action::Passphrase, lang);
                format!("{} {key}", say::ask_for_passphrase(lang))
            }
            _ => self.failure.next.get(lang).to_owned(),
        };
        let mut lines: Vec<(String, Style)> = Vec::new();
        let mut texts = vec![
            (self.failure.what.get(lang).to_owned(), cx.theme.bad()),
            (format!("{}: {}", say::why(lang), self.failure.why.get(lang)), Style::new()),
            (format!("{}: {next}", say::next_step(lang)), cx.theme.title()),
        ];
        let details = self.failure.details.iter().map(|detail| format!("- {}", detail.get(lang)));
        texts.extend(details.map(|detail| (detail, Style::new())));
        for (text, style) in texts {
            lines.extend(wrap(&text, cells).into_iter().map(|line| (line, style)));
        }
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let inner = open(frame, cx, u16::try_from(cells).unwrap_or(70), height, say::failure(lang));
        for (row, (line, style)) in lines.into_iter().enumerate() {
            put(frame, inner, row, Line::styled(line, style));
        }
        park(frame, inner, 0);
    }

    fn outlives_visit(&self) -> bool {
        self.context == Context::Choice
    }
}
