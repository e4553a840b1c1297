//! The lead says who scores what.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::deed::Deed,
    domain::edit::assignment::Assignment,
    tui::{
        desk::{Desk, cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        keys::{action::Action, context::Context, input::Input},
        panel::words as say,
        widget::{
            list::moved,
            popup::{open, park, put},
            text::{fit, wrap},
        },
    },
};

/// Cells of the dialog's text.
const CELLS: u16 = 62;

/// What can be chosen; other overlaps can be given on the command line.
const CHOICES: [Assignment; 4] = [
    Assignment::All,
    Assignment::ByField { overlap: Assignment::DEFAULT_OVERLAP, core_by_all: true },
    Assignment::ByField { overlap: 5, core_by_all: true },
    Assignment::ByField { overlap: Assignment::DEFAULT_OVERLAP, core_by_all: false },
];

/// The dialog.
#[derive(Debug)]
pub(crate) struct AssignDialog {
    selected: usize,
}

impl AssignDialog {
    /// Shows the choices; the one in force is selected.
    pub(crate) fn new(desk: &Desk) -> Self {
        let now = desk.visit.assignment();
        Self { selected: CHOICES.iter().position(|it| *it == now).unwrap_or(0) }
    }

    fn assign(&self) -> Vec<Go> {
        let chosen = CHOICES.get(self.selected).copied().unwrap_or_default();
        vec![Go::Close, Go::Do(Effect::Do(Deed::Assign(chosen))), Go::Do(Effect::Sync)]
    }
}

impl Dialog for AssignDialog {
    fn context(&self) -> Context {
        Context::Choice
    }

    /// Chooses with a digit, or moves and confirms.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        let digit = match input {
            Input::Key(key) => key.folded().typed().and_then(|c| c.to_digit(10)),
            Input::Paste(_) => None,
        };
        let typed = digit.and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
        if let Some(at) = typed.filter(|at| *at < CHOICES.len()) {
            self.selected = at;
            return self.assign();
        }
        match action {
            Some(Action::Cancel) => vec![Go::Close],
            Some(Action::Confirm) => self.assign(),
            Some(action) => {
                self.selected = moved(self.selected, CHOICES.len(), cx.page, action).unwrap_or(self.selected);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let help = wrap(say::assign_help(lang), usize::from(CELLS));
        let height = u16::try_from(CHOICES.len() + 1 + help.len()).unwrap_or(u16::MAX);
        let inner = open(frame, cx, CELLS, height, say::assign_title(lang));
        for (row, line) in help.iter().enumerate() {
            put(frame, inner, CHOICES.len() + 1 + row, Line::styled(line.clone(), cx.theme.faint()));
        }
        for (at, choice) in CHOICES.into_iter().enumerate() {
            let chosen = at == self.selected;
            let mark = if chosen { ">" } else { " " };
            let style = if chosen { cx.theme.selected() } else { Style::new() };
            let text = format!("{mark} {} {}", at + 1, crate::words::assignment(choice, lang));
            put(frame, inner, at, Line::styled(fit(&text, usize::from(inner.width)), style));
            if chosen {
                park(frame, inner, at);
            }
        }
    }
}
