//! One's own last changes: whether one that is not in sight is to be taken back, and the list of them, to be read or undone back to.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::{deed::Deed, session::own_log::Change},
    domain::{checklist::Checklist, edit::Edit, terms::lang::Lang},
    tui::{
        desk::{
            cx::Cx,
            effect::{Effect, Looking},
        },
        dialog::{Dialog, Go},
        keys::{action::Action, context::Context, input::Input},
        log::words as say,
        widget::{
            list::{first_row, moved},
            popup::{open, park, put},
            text::{fit, wrap},
        },
    },
    words::change,
};

/// Cells of a row at most.
const CELLS: u16 = 70;

/// The dialog.
#[derive(Debug)]
pub(crate) struct UndoDialog {
    looking: Looking,
    changes: Vec<Change>,
    selected: usize,
}

impl UndoDialog {
    /// Shows changes, the last one first.
    pub(crate) const fn new(looking: Looking, changes: Vec<Change>) -> Self {
        Self { looking, changes, selected: 0 }
    }
}

/// Edits that were recorded together, in words.
pub(crate) fn told(edits: &[Edit], checklist: &Checklist, lang: Lang) -> String {
    if let [edit] = edits {
        return change::told(edit, checklist, lang).map(|told| told.line()).unwrap_or_default();
    }
    let mut subjects: Vec<&str> = edits.iter().filter_map(Edit::subject).collect();
    subjects.dedup();
    say::points(lang, &subjects.join(" "), edits.len())
}

impl Dialog for UndoDialog {
    fn context(&self) -> Context {
        Context::Choice
    }

    /// Moves, takes back as far as the cursor, or leaves all as it is.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        match action {
            None => Vec::new(),
            Some(Action::Confirm) => {
                vec![Go::Close, Go::Do(Effect::Do(Deed::UndoBack(self.selected + 1)))]
            }
            Some(action) => match moved(self.selected, self.changes.len(), cx.page, action) {
                Some(to) => {
                    self.selected = to;
                    Vec::new()
                }
                None => vec![Go::Close],
            },
        }
    }

    /// Draws it; what would be taken back is marked.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let (lang, Some(desk)) = (cx.lang, cx.desk) else { return };
        let (title, help) = match self.looking {
            Looking::Asks => (say::ask_title(lang), say::ask_help(lang).to_owned()),
            Looking::Reads => (say::list_title(lang), say::back_to(lang, self.selected + 1)),
        };
        let help = wrap(&help, usize::from(CELLS.min(cx.size.0.saturating_sub(4))));
        let wanted = u16::try_from(self.changes.len() + help.len() + 1).unwrap_or(u16::MAX);
        let inner = open(frame, cx, CELLS, wanted.min(body.height.saturating_sub(2)), title);
        let height = usize::from(inner.height).saturating_sub(help.len() + 1);
        let first = first_row(self.selected, self.changes.len(), height);
        for (line, (at, it)) in self.changes.iter().enumerate().skip(first).take(height).enumerate() {
            let mark = if at <= self.selected { "x" } else { " " };
            let age = if it.here { String::new() } else { format!("({}) ", say::older(lang)) };
            let text = format!("{mark} {age}{}", told(&it.edits, desk.checklist(), lang));
            let style = if at == self.selected { cx.theme.selected() } else { Style::new() };
            put(frame, inner, line, Line::styled(fit(&text, usize::from(inner.width)), style));
            if at == self.selected {
                park(frame, inner, line);
            }
        }
        let below = usize::from(inner.height).saturating_sub(help.len());
        for (row, line) in help.into_iter().enumerate() {
            put(frame, inner, below + row, Line::styled(line, cx.theme.faint()));
        }
    }
}
