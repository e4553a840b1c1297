//! Report: which formats, into which folder, and what came of it.

use std::path::PathBuf;

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::export::{Format, Written},
    domain::clean::clean_line,
    tui::{
        action::Action,
        desk::Desk,
        dialog::{Dialog, path::PathDialog},
        effect::Effect,
        model::{Cx, Go, moved},
        popup::{park, put},
        text::{fit, wrap},
        words::judging as say,
    },
};

/// The formats offered, in the order of their digits.
const FORMATS: [Format; 3] = [Format::Md, Format::Json, Format::Csv];

/// The state of the screen.
#[derive(Debug, Default)]
pub(crate) struct ReportScreen {
    /// The selected format.
    pub(crate) selected: usize,
    /// Where to write; `None` = beside the shared file.
    pub(crate) folder: Option<PathBuf>,
    /// Whether an export is running.
    pub(crate) running: bool,
    /// What the last export did.
    pub(crate) results: Vec<Written>,
}

impl ReportScreen {
    fn folder(&self, desk: &Desk) -> PathBuf {
        self.folder
            .clone()
            .unwrap_or_else(|| desk.file.parent().map(std::path::Path::to_path_buf).unwrap_or_default())
    }
}

/// What an action does here.
pub(crate) fn update(screen: &mut ReportScreen, action: Action, cx: &Cx) -> Vec<Go> {
    let Some(desk) = cx.desk else { return Vec::new() };
    if let Some(to) = moved(screen.selected, FORMATS.len(), cx.page, action) {
        screen.selected = to;
        return Vec::new();
    }
    let formats = match action {
        Action::Folder => {
            let folder = screen.folder(desk);
            let asked = folder.display().to_string();
            let dialog = Dialog::Path(PathDialog::folder(&folder));
            return vec![Go::Open(Box::new(dialog)), Go::Do(Effect::Complete(asked))];
        }
        Action::WriteAll => FORMATS.to_vec(),
        Action::Confirm => FORMATS.get(screen.selected).copied().into_iter().collect(),
        Action::Write(format) => vec![format],
        _ => return Vec::new(),
    };
    if screen.running {
        return Vec::new();
    }
    screen.running = true;
    screen.results.clear();
    vec![Go::Do(Effect::Export(formats, screen.folder(desk), cx.lang))]
}

/// Draws the screen.
pub(crate) fn view(screen: &ReportScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let Some(desk) = cx.desk else { return };
    let lang = cx.lang;
    let cells = usize::from(area.width);
    put(frame, area, 0, Line::styled(format!(" {}", say::formats(lang)), cx.theme.title()));
    for (index, format) in FORMATS.into_iter().enumerate() {
        let chosen = index == screen.selected;
        let mark = if chosen { ">" } else { " " };
        let style = if chosen { cx.theme.selected() } else { Style::new() };
        let text = fit(&format!("{mark} {} {}", index + 1, say::format(lang, format)), cells);
        put(frame, area, 1 + index, Line::styled(text, style));
        if chosen {
            park(frame, area, 1 + index);
        }
    }
    let mut row = 2 + FORMATS.len();
    let mut say_lines = |text: &str, style: Style| {
        for line in wrap(text, cells.saturating_sub(2)) {
            put(frame, area, row, Line::styled(format!(" {line}"), style));
            row += 1;
        }
    };
    say_lines(say::folder(lang), cx.theme.title());
    say_lines(&clean_line(&screen.folder(desk).display().to_string()), Style::new());
    say_lines("", Style::new());
    if screen.running {
        say_lines(say::writing(lang), cx.theme.warn());
    }
    if !screen.results.is_empty() {
        say_lines(say::results(lang), cx.theme.title());
    }
    for Written { format, outcome: result } in &screen.results {
        match result {
            Ok(path) => say_lines(
                &format!(
                    "[{}] {}: {}",
                    say::written(lang),
                    say::format(lang, *format),
                    clean_line(&path.display().to_string())
                ),
                cx.theme.good(),
            ),
            Err(failure) => say_lines(
                &format!(
                    "[{}] {}: {} {} {}",
                    say::not_written(lang),
                    say::format(lang, *format),
                    failure.what.get(lang),
                    failure.why.get(lang),
                    failure.next.get(lang)
                ),
                cx.theme.bad(),
            ),
        }
    }
}
