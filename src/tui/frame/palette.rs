//! The command palette: every command that works here, found by word or pinyin initials.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::tui::{
    desk::cx::Cx,
    dialog::{Dialog, Go},
    frame::words as say,
    keys::{action::Action, bindings::Binding, context::Context, input::Input, keymap::applicable},
    widget::{
        field::Field,
        list::{first_row, moved},
        popup::{below, open, put, row_of},
        search::{Needles, Query},
        text::{fit, width},
    },
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct PaletteDialog {
    context: Context,
    field: Field,
    selected: usize,
}

impl PaletteDialog {
    /// The commands of a context.
    pub(crate) fn new(context: Context) -> Self {
        Self { context, field: Field::default(), selected: 0 }
    }

    /// The matching commands; moving about is no command.
    fn hits(&self) -> Vec<&'static Binding> {
        let query = Query::new(&self.field.raw());
        let commands = applicable(self.context).filter(|binding| {
            binding.context != Context::List
                && !matches!(
                    binding.action,
                    Action::Palette | Action::QuitTwice | Action::Left | Action::Right
                )
        });
        let mut hits: Vec<&Binding> = commands
            .filter(|binding| {
                [binding.help.0, binding.help.1].iter().any(|text| Needles::new(text).find(&query).is_some())
            })
            .collect();
        // The short name of a command says best what it is.
        let named = |binding: &&Binding| {
            [binding.hint.0, binding.hint.1].iter().any(|text| Needles::new(text).find(&query).is_some())
        };
        hits.sort_by_key(|binding| !named(binding));
        hits
    }
}

impl Dialog for PaletteDialog {
    fn context(&self) -> Context {
        Context::Fields
    }

    /// Types, moves, and does the chosen command.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        let hits = self.hits();
        match (action, input) {
            (Some(Action::Cancel), _) => vec![Go::Close],
            (Some(Action::Confirm), _) => match hits.get(self.selected) {
                Some(binding) => vec![Go::Close, Go::Act(binding.action)],
                None => Vec::new(),
            },
            (Some(action), _) => {
                if let Some(to) = moved(self.selected, hits.len(), cx.page, action) {
                    self.selected = to;
                }
                Vec::new()
            }
            (None, input) => {
                match input {
                    Input::Key(key) => {
                        self.field.key(*key);
                    }
                    Input::Paste(text) => self.field.insert(text),
                }
                self.selected = 0;
                Vec::new()
            }
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let lang = cx.lang;
        let hits = self.hits();
        let inner = open(frame, cx, 72, body.height.saturating_sub(4), say::palette(lang));
        let list = below(inner, 2);
        let height = usize::from(list.height);
        let cells = usize::from(list.width);
        let first = first_row(self.selected, hits.len(), height);
        for (line, (at, binding)) in hits.iter().enumerate().skip(first).take(height).enumerate() {
            let chosen = at == self.selected;
            let keys = binding.keys_label(lang);
            let mark = if chosen { ">" } else { " " };
            let text = fit(&format!("{mark} {}", binding.help(lang)), cells.saturating_sub(width(&keys) + 1));
            let style = if chosen { cx.theme.selected() } else { Style::new() };
            put(frame, list, line, Line::styled(format!("{text} {keys}"), style));
        }
        if hits.is_empty() {
            put(frame, list, 0, Line::styled(say::nothing_found(lang), cx.theme.faint()));
        }
        if let Some(row) = row_of(inner, 0) {
            self.field.view(lang, frame, row, Style::new(), true);
        }
    }
}
