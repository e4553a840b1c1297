//! A path prompt with completion: for opening a shared file, and for the folder of reports.

use std::path::{Path, PathBuf};

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    domain::terms::clean::clean_line,
    tui::{
        desk::{
            cx::Cx,
            effect::{Effect, LedgerWork},
        },
        dialog::Go,
        home::words as say,
        keys::{action::Action, input::Input},
        ledger,
        panel::membership_words,
        widget::{
            field::Field,
            list::{first_row, moved},
            popup::{below, open, put, row_of},
            text::{cut, fit},
        },
    },
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct PathDialog {
    purpose: Purpose,
    field: Field,
    /// What the path may go on with.
    found: Vec<String>,
    /// The chosen completion; `None` = what is typed.
    selected: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    OpenVisit,
    Folder,
    RecoverySheet,
    WriteLedger,
    ReadLedger,
}

impl PathDialog {
    /// Asks for a shared file.
    pub(crate) fn open_visit() -> Self {
        Self { purpose: Purpose::OpenVisit, field: Field::default(), found: Vec::new(), selected: None }
    }

    /// Asks for a folder.
    pub(crate) fn folder(now: &Path) -> Self {
        let field = Field::with(&now.display().to_string());
        Self { purpose: Purpose::Folder, field, found: Vec::new(), selected: None }
    }

    /// Asks where the recovery sheet goes: a file, or a folder in which it gets a name.
    pub(crate) fn recovery_sheet() -> Self {
        Self { purpose: Purpose::RecoverySheet, field: Field::default(), found: Vec::new(), selected: None }
    }

    /// Asks where the ledger goes.
    pub(crate) fn write_ledger(proposed: &Path) -> Self {
        let field = Field::with(&proposed.display().to_string());
        Self { purpose: Purpose::WriteLedger, field, found: Vec::new(), selected: None }
    }

    /// Asks for a ledger that was filled in.
    pub(crate) fn read_ledger() -> Self {
        Self { purpose: Purpose::ReadLedger, field: Field::default(), found: Vec::new(), selected: None }
    }

    /// Takes in completions, unless the text has changed since they were asked for.
    pub(crate) fn completions(&mut self, asked: &str, found: Vec<String>) {
        if asked == self.field.raw() {
            self.found = found;
            self.selected = None;
        }
    }

    fn ask(&mut self) -> Vec<Go> {
        self.found.clear();
        self.selected = None;
        vec![Go::Do(Effect::Complete(self.field.raw()))]
    }

    /// Types, completes, chooses, and takes the path.
    pub(crate) fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        match (action, input) {
            (Some(Action::Cancel), _) => vec![Go::Close],
            (Some(Action::Confirm), _) => self.take(cx),
            (Some(Action::NextPane), _) => {
                let to = match self.selected.and_then(|at| self.found.get(at)) {
                    Some(chosen) => chosen.clone(),
                    None => common_start(&self.found),
                };
                if to.chars().count() > self.field.raw().chars().count() || self.selected.is_some() {
                    self.field = Field::with(&to);
                    return self.ask();
                }
                Vec::new()
            }
            (Some(action), _) => {
                self.selected = match (self.selected, action) {
                    (None, Action::Down) if !self.found.is_empty() => Some(0),
                    (Some(0), Action::Up) => None,
                    (Some(at), action) => moved(at, self.found.len(), cx.page, action),
                    (None, _) => None,
                };
                Vec::new()
            }
            (None, input) => {
                let before = self.field.raw();
                self.field.input(input);
                if self.field.raw() == before { Vec::new() } else { self.ask() }
            }
        }
    }

    /// A chosen folder is opened; a chosen file, or what is typed, is the answer.
    fn take(&mut self, cx: &Cx) -> Vec<Go> {
        let chosen = self.selected.and_then(|at| self.found.get(at)).cloned();
        if let Some(folder) = chosen.as_ref().filter(|path| path.ends_with(std::path::MAIN_SEPARATOR)) {
            self.field = Field::with(folder);
            return self.ask();
        }
        let path = chosen.unwrap_or_else(|| self.field.text());
        // Paths pasted from file managers come in quotes.
        let path = path.trim_matches(['"', '\'']).to_owned();
        if path.is_empty() {
            return vec![Go::Say(say::path_empty(cx.lang).to_owned())];
        }
        match self.purpose {
            Purpose::OpenVisit => vec![Go::Close, Go::Do(Effect::Open(PathBuf::from(path)))],
            Purpose::Folder => vec![Go::Close, Go::Folder(PathBuf::from(path))],
            Purpose::RecoverySheet => {
                vec![Go::Close, Go::Do(Effect::SaveSheet(PathBuf::from(path), cx.lang))]
            }
            Purpose::WriteLedger => {
                let work = LedgerWork::Write(PathBuf::from(path), cx.lang);
                vec![Go::Close, Go::Do(Effect::Ledger(Box::new(work)))]
            }
            Purpose::ReadLedger => {
                let work = LedgerWork::Read(PathBuf::from(path));
                vec![Go::Close, Go::Do(Effect::Ledger(Box::new(work))), Go::Do(Effect::Sync)]
            }
        }
    }

    /// Draws it.
    pub(crate) fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let lang = cx.lang;
        let (title, help) = match self.purpose {
            Purpose::OpenVisit => (say::open_title(lang), say::path_help(lang)),
            Purpose::Folder => (say::folder_title(lang), say::path_help(lang)),
            Purpose::RecoverySheet => (membership_words::save_title(lang), membership_words::save_help(lang)),
            Purpose::WriteLedger => (ledger::words::write_title(lang), ledger::words::write_help(lang)),
            Purpose::ReadLedger => (ledger::words::read_title(lang), ledger::words::read_help(lang)),
        };
        let inner = open(frame, cx, 72, body.height.saturating_sub(6).min(14), title);
        let cells = usize::from(inner.width);
        put(frame, inner, 1, Line::styled(cut(help, cells), cx.theme.faint()));
        let list = below(inner, 2);
        let height = usize::from(list.height);
        let first = first_row(self.selected.unwrap_or(0), self.found.len(), height);
        for (line, (at, path)) in self.found.iter().enumerate().skip(first).take(height).enumerate() {
            let chosen = self.selected == Some(at);
            let mark = if chosen { ">" } else { " " };
            let style = if chosen { cx.theme.selected() } else { Style::new() };
            put(frame, list, line, Line::styled(fit(&format!("{mark} {}", clean_line(path)), cells), style));
        }
        if let Some(row) = row_of(inner, 0) {
            self.field.view(
                frame,
                row,
                Style::new().add_modifier(ratatui::style::Modifier::UNDERLINED),
                true,
            );
        }
    }
}

/// What all completions begin with.
fn common_start(found: &[String]) -> String {
    let Some((first, rest)) = found.split_first() else { return String::new() };
    let mut start = first.clone();
    while !rest.iter().all(|path| path.starts_with(&start)) {
        start.pop();
    }
    start
}
