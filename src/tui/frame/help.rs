//! Help: the key table, the nearest keys first.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::terms::lang::Lang,
    tui::{
        desk::cx::Cx,
        dialog::{Dialog, Go},
        frame::words as say,
        keys::{action::Action, context::Context, input::Input, keymap::applicable},
        widget::{
            list::{first_row, moved},
            popup::{open, park, put},
            text::{cut, fit},
        },
    },
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct HelpDialog {
    context: Context,
    selected: usize,
}

/// A row: a heading, or keys and what they do.
enum Row {
    Heading(&'static str),
    Keys(String, &'static str),
}

impl HelpDialog {
    /// The keys that work in a context.
    pub(crate) const fn new(context: Context) -> Self {
        Self { context, selected: 0 }
    }

    fn rows(&self, lang: Lang) -> Vec<Row> {
        let mut rows = Vec::new();
        let dialogs = [
            Context::Choice,
            Context::Fields,
            Context::Reason,
            Context::NoteBox,
            Context::Calculator,
            Context::Inventory,
            Context::Count,
            Context::Remaining,
            Context::Submitting,
            Context::Closing,
            Context::Joining,
            Context::Codes,
            Context::Seat,
            Context::Retiring,
        ];
        let contexts = self.context.chain().iter().copied().chain(dialogs);
        for context in contexts {
            rows.push(Row::Heading(context.name(lang)));
            let bindings = applicable(context).filter(|binding| binding.context == context);
            rows.extend(bindings.map(|binding| Row::Keys(binding.keys_label(lang), binding.help(lang))));
        }
        rows
    }
}

impl Dialog for HelpDialog {
    fn context(&self) -> Context {
        Context::Choice
    }

    /// Moves and closes.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        let Some(action) = action else { return Vec::new() };
        if let Some(to) = moved(self.selected, self.rows(cx.lang).len(), cx.page, action) {
            self.selected = to;
            return Vec::new();
        }
        vec![Go::Close]
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let rows = self.rows(cx.lang);
        let inner = open(frame, cx, 84, body.height, say::help(cx.lang));
        let height = usize::from(inner.height);
        let cells = usize::from(inner.width);
        let first = first_row(self.selected, rows.len(), height);
        for (line, (at, row)) in rows.iter().enumerate().skip(first).take(height).enumerate() {
            let chosen = at == self.selected;
            let base = if chosen { cx.theme.selected() } else { Style::new() };
            let drawn = match row {
                Row::Heading(name) => Line::styled(fit(name, cells), base.patch(cx.theme.title())),
                Row::Keys(keys, help) => Line::from(vec![
                    Span::styled(fit(&format!("  {keys}"), 18.min(cells)), base.patch(cx.theme.key())),
                    Span::styled(cut(&format!(" {help}"), cells.saturating_sub(18)), base),
                ]),
            };
            put(frame, inner, line, drawn);
            if chosen {
                park(frame, inner, line);
            }
        }
    }
}
