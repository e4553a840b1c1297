//! The log of the syncs of the open visit: when, asked for or by itself, what came, and every note.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::tui::{
    desk::cx::Cx,
    dialog::{Dialog, Go},
    keys::{action::Action, context::Context, input::Input},
    sync::{log::Entry, words as say},
    widget::{
        list::{first_row, moved},
        popup::{open, park, put},
        text::{fit, wrap},
    },
};

/// Cells of a row at most.
const CELLS: u16 = 76;

/// The dialog.
#[derive(Debug)]
pub(crate) struct SyncLogDialog {
    entries: Vec<Entry>,
    selected: usize,
}

impl SyncLogDialog {
    /// A dialog with these entries.
    pub(crate) const fn new(entries: Vec<Entry>) -> Self {
        Self { entries, selected: 0 }
    }
}

impl Dialog for SyncLogDialog {
    fn context(&self) -> Context {
        Context::Choice
    }

    /// Moves among the entries, and closes.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        let Some(action) = action else { return Vec::new() };
        match moved(self.selected, self.entries.len(), cx.page, action) {
            Some(to) => {
                self.selected = to;
                Vec::new()
            }
            None => vec![Go::Close],
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let lang = cx.lang;
        let inner = open(frame, cx, CELLS, body.height.saturating_sub(2), say::log(lang));
        let cells = usize::from(inner.width);
        let mut rows: Vec<(usize, String, Style)> = Vec::new();
        // What comes next is told once: later syncs knew better.
        let newest = self.entries.iter().position(|entry| entry.next.is_some());
        for (index, entry) in self.entries.iter().enumerate() {
            let mut head = format!("{}  {}", entry.at, say::asked(lang, entry.by_hand));
            if entry.times > 1 {
                head.push_str(&say::times(lang, entry.times));
            }
            rows.push((index, head, cx.theme.title()));
            for line in entry.lines.iter().chain(entry.next.iter().filter(|_| newest == Some(index))) {
                let text = crate::domain::terms::clean::clean_line(line.get(lang));
                let lines = wrap(&text, cells.saturating_sub(4));
                rows.extend(lines.into_iter().map(|line| (index, format!("  {line}"), Style::new())));
            }
        }
        if rows.is_empty() {
            rows.push((0, say::log_empty(lang).to_owned(), cx.theme.faint()));
        }
        let at = rows.iter().position(|(index, ..)| *index == self.selected).unwrap_or(0);
        let height = usize::from(inner.height);
        let first = first_row(at, rows.len(), height);
        for (line, (row, (_, text, style))) in rows.iter().enumerate().skip(first).take(height).enumerate() {
            let chosen = row == at;
            let mark = if chosen { ">" } else { " " };
            let style = if chosen { cx.theme.selected() } else { *style };
            put(frame, inner, line, Line::styled(fit(&format!("{mark} {text}"), cells), style));
            if chosen {
                park(frame, inner, line);
            }
        }
    }
}
