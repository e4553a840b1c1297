//! The log as a dialog: the entries in order, the last one first in view. However many there are, only what is on the screen is
//! put into words.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::log::ReadLog,
    domain::terms::clean::clean_note,
    tui::{
        desk::cx::Cx,
        dialog::{Dialog, Go},
        keys::{action::Action, context::Context, input::Input},
        widget::{
            list::moved,
            popup::{open, park, put},
            text::{fit, wrap},
        },
    },
    words::log as say,
};

/// Cells of a row at most.
const CELLS: u16 = 76;

/// The dialog.
#[derive(Debug)]
pub(crate) struct LogDialog {
    read: ReadLog,
    selected: usize,
}

/// A row on the screen: the entry it belongs to, if any, its text and style.
type Row = (Option<usize>, String, Style);

impl LogDialog {
    /// A dialog at the last entry.
    pub(crate) fn new(read: ReadLog) -> Self {
        let selected = read.log.entries.len().saturating_sub(1);
        Self { read, selected }
    }

    /// What is said before the entries.
    fn head(&self, cx: &Cx, cells: usize) -> Vec<Row> {
        let lang = cx.lang;
        let log = &self.read.log;
        let mut told = say::left_out(log, lang);
        if log.entries.is_empty() {
            told.push(say::none(lang).to_owned());
        }
        let lines = told.iter().flat_map(|text| wrap(text, cells));
        lines.map(|line| (None, line, cx.theme.faint())).collect()
    }

    /// One entry: what kind, of what, by whom and when; what was recorded and replaced; whether it counts.
    fn rows(&self, cx: &Cx, index: usize, cells: usize) -> Vec<Row> {
        let Some(entry) = self.read.log.entries.get(index) else { return Vec::new() };
        let (lang, log) = (cx.lang, &self.read.log);
        let clock = self.read.clock(entry);
        let (about, by) = (say::about(entry, lang), say::by(entry, lang));
        let parts = [entry.kind.name(lang), &about, &by, &clock];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let mut rows = vec![(Some(index), format!("{}. {}", index + 1, parts.join(" | ")), cx.theme.title())];
        let mut more = |text: &str, style: Style| {
            let lines = wrap(&clean_note(text), cells.saturating_sub(5));
            rows.extend(lines.into_iter().map(|line| (Some(index), format!("   {line}"), style)));
        };
        let text = say::text(log, entry, lang);
        if !text.is_empty() {
            more(&text, Style::new());
        }
        for before in say::replaced(log, entry, lang) {
            more(&format!("{}{before}", say::before(lang)), cx.theme.faint());
        }
        let mut fate = format!("* {}", say::fate(entry, lang));
        if !entry.synced {
            fate = format!("{fate} | {}", say::unsynced(lang));
        }
        more(&fate, if entry.fate.counts() { Style::new() } else { cx.theme.warn() });
        rows
    }

    /// The rows on a screen of this height: the selected entry whole, if there is room for it, and what stands before it; then what
    /// comes after.
    fn shown(&self, cx: &Cx, cells: usize, height: usize) -> Vec<Row> {
        let mut shown = self.rows(cx, self.selected, cells);
        let mut first = self.selected;
        while shown.len() < height && first > 0 {
            first -= 1;
            shown.splice(0..0, self.rows(cx, first, cells));
        }
        if first == 0 {
            shown.splice(0..0, self.head(cx, cells));
        }
        let mut next = self.selected + 1;
        while shown.len() < height && next < self.read.log.entries.len() {
            shown.extend(self.rows(cx, next, cells));
            next += 1;
        }
        // What has no room goes at the top, but never the beginning of the selected entry.
        let at = shown.iter().position(|(index, ..)| *index == Some(self.selected)).unwrap_or(0);
        let end = shown.iter().rposition(|(index, ..)| *index == Some(self.selected)).map_or(0, |it| it + 1);
        let from = end.saturating_sub(height).min(at);
        shown.drain(..from);
        shown.truncate(height);
        shown
    }
}

impl Dialog for LogDialog {
    fn context(&self) -> Context {
        Context::Choice
    }

    /// Moves among the entries, and closes.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        let Some(action) = action else { return Vec::new() };
        // An entry is a few rows.
        let page = (cx.page / 4).max(1);
        match moved(self.selected, self.read.log.entries.len(), page, action) {
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
        let n = self.read.log.entries.len();
        let at = if n == 0 { 0 } else { self.selected + 1 };
        let title = format!("{}: {} {at}/{n}", say::title(lang), say::subject(&self.read.log, lang));
        let inner = open(frame, cx, CELLS, body.height.saturating_sub(2), &title);
        let (cells, height) = (usize::from(inner.width), usize::from(inner.height));
        let mut is_parked = false;
        for (line, (index, text, style)) in self.shown(cx, cells, height).into_iter().enumerate() {
            let chosen = index == Some(self.selected);
            let mark = if chosen && !is_parked { ">" } else { " " };
            let style = if chosen { cx.theme.selected() } else { style };
            put(frame, inner, line, Line::styled(fit(&format!("{mark}{text}"), cells), style));
            if chosen && !is_parked {
                park(frame, inner, line);
                is_parked = true;
            }
        }
    }
}
