//! A path prompt with completion; who opens it says what is asked and what comes of it.

use std::path::PathBuf;

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    domain::terms::{clean::clean_line, lang::Lang},
    tui::{
        desk::{cx::Cx, effect::Effect},
        dialog::{Dialog, Go, Heard, News},
        keys::{action::Action, context::Context, input::Input},
        widget::{
            field::Field,
            list::{first_row, moved},
            popup::{below, open, put, row_of},
            text::{cut, fit},
            words as say,
        },
    },
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct PathDialog {
    question: PathQuestion,
    field: Field,
    /// What the path may go on with.
    found: Vec<String>,
    /// The chosen completion; `None` = what is typed.
    selected: Option<usize>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PathQuestion {
    /// The heading.
    pub(crate) title: fn(Lang) -> &'static str,
    /// What to do, in a line.
    pub(crate) help: fn(Lang) -> &'static str,
    /// What comes of the path, once the dialog is closed.
    pub(crate) then: fn(PathBuf, Lang) -> Vec<Go>,
}

impl PathDialog {
    /// Asks, beginning with a path (empty = none).
    pub(crate) fn new(question: PathQuestion, path: &str) -> Self {
        Self { question, field: Field::with(path), found: Vec::new(), selected: None }
    }

    fn ask(&mut self) -> Vec<Go> {
        self.found.clear();
        self.selected = None;
        vec![Go::Do(Effect::Complete(self.field.raw()))]
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
        let mut wishes = vec![Go::Close];
        wishes.extend((self.question.then)(PathBuf::from(path), cx.lang));
        wishes
    }
}

impl Dialog for PathDialog {
    fn context(&self) -> Context {
        Context::Fields
    }

    /// Types, completes, chooses, and takes the path.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
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

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let lang = cx.lang;
        let (title, help) = ((self.question.title)(lang), (self.question.help)(lang));
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
                cx.lang,
                frame,
                row,
                Style::new().add_modifier(ratatui::style::Modifier::UNDERLINED),
                true,
            );
        }
    }

    /// Takes in completions, unless the text has changed since they were asked for.
    fn hear(&mut self, news: &News) -> Heard {
        let News::Completions(asked, found) = news else { return Heard::Nothing };
        if *asked == self.field.raw() {
            self.found = found.to_vec();
            self.selected = None;
        }
        Heard::Taken
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
