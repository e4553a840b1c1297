//! The user's own phrases, to be put into the reason or note that is being written.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::laptop::phrases::Phrases,
    domain::terms::clean::clean_line,
    tui::{
        desk::cx::Cx,
        dialog::{Dialog, Go},
        keys::{action::Action, context::Context, input::Input},
        score::words as say,
        widget::{
            list::{first_row, moved},
            popup::{open, park, put},
            text::{fit, wrap},
        },
    },
};

/// Cells of the dialog's text.
const CELLS: u16 = 66;

/// The dialog.
#[derive(Debug)]
pub(crate) struct PhrasesDialog {
    found: Phrases,
    selected: usize,
}

impl PhrasesDialog {
    /// Shows what was read.
    pub(crate) const fn new(found: Phrases) -> Self {
        Self { found, selected: 0 }
    }

    fn take(&self, at: usize) -> Vec<Go> {
        let phrase = self.found.phrases.get(at).map(|phrase| Go::Type(phrase.to_string()));
        phrase.map_or_else(Vec::new, |phrase| vec![Go::Close, phrase])
    }
}

impl Dialog for PhrasesDialog {
    fn context(&self) -> Context {
        Context::Choice
    }

    /// Chooses with a digit, or moves and confirms.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        let digit = match input {
            Input::Key(key) => key.folded().typed().and_then(|c| c.to_digit(10)),
            Input::Paste(_) => None,
        };
        if let Some(at) = digit.and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1)) {
            return self.take(at);
        }
        match action {
            Some(Action::Confirm) if !self.found.phrases.is_empty() => self.take(self.selected),
            Some(Action::Confirm | Action::Cancel) => vec![Go::Close],
            Some(action) => {
                let to = moved(self.selected, self.found.phrases.len(), cx.page, action);
                self.selected = to.unwrap_or(self.selected);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Draws it, with the file below.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let lang = cx.lang;
        let phrases = &self.found.phrases;
        let file = clean_line(&self.found.file.display().to_string());
        let cells = CELLS.min(cx.size.0.saturating_sub(4));
        let help = wrap(&say::phrases_help(lang, &file), usize::from(cells));
        let wanted = u16::try_from(phrases.len() + help.len() + 1).unwrap_or(u16::MAX);
        let inner =
            open(frame, cx, CELLS, wanted.min(body.height.saturating_sub(2)), say::phrases_title(lang));
        let height = usize::from(inner.height).saturating_sub(help.len() + 1);
        let first = first_row(self.selected, phrases.len(), height);
        for (line, (at, phrase)) in phrases.iter().enumerate().skip(first).take(height).enumerate() {
            let chosen = at == self.selected;
            let mark = if chosen { ">" } else { " " };
            let number = if at < 9 { (at + 1).to_string() } else { " ".to_owned() };
            let text = fit(&format!("{mark} {number} {phrase}"), usize::from(inner.width));
            put(
                frame,
                inner,
                line,
                Line::styled(text, if chosen { cx.theme.selected() } else { Style::new() }),
            );
            if chosen {
                park(frame, inner, line);
            }
        }
        let below = usize::from(inner.height).saturating_sub(help.len());
        for (row, line) in help.into_iter().enumerate() {
            put(frame, inner, below + row, Line::styled(line, cx.theme.faint()));
        }
    }
}
