//! A few one-line fields under each other, with one of them in focus.

use ratatui::{Frame, layout::Rect};

use crate::{
    domain::terms::{
        id::ClauseId,
        lang::Lang,
        written::{Line, TooLong},
    },
    tui::{
        desk::{Desk, cx::Cx},
        keys::{action::Action, input::Input},
        widget::{field::Field, field_row::FieldRow, text::width, words},
    },
};

/// The fields.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    fields: Vec<Field>,
    focus: usize,
}

/// What a key did to a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filled {
    /// Typed or moved.
    Stays,
    /// Confirmed from the last field.
    Done,
    /// Left.
    Left,
}

impl Form {
    /// A form with texts to begin with.
    pub(crate) fn new(texts: &[&str]) -> Self {
        Self { fields: texts.iter().map(|text| Field::with(text)).collect(), focus: 0 }
    }

    /// The text of a field, without blanks at its ends.
    pub(crate) fn text(&self, at: usize) -> String {
        self.fields.get(at).map(Field::text).unwrap_or_default()
    }

    /// The text of a field as it is recorded.
    ///
    /// # Errors
    /// If it is too long.
    pub(crate) fn line(&self, at: usize) -> Result<Line, TooLong> {
        self.fields.get(at).map(Field::line).unwrap_or_else(|| Ok(Line::default()))
    }

    /// Puts the focus on a field.
    pub(crate) fn go_to(&mut self, at: usize) {
        self.focus = at.min(self.fields.len().saturating_sub(1));
    }

    /// The clause named in a field, `*` for all. If there is none of that name, the focus goes there.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub(crate) fn clause(&mut self, at: usize, desk: &Desk, lang: Lang) -> Result<Option<ClauseId>, String> {
        let typed = self.text(at);
        clause_or_all(desk, &typed).ok_or_else(|| {
            self.go_to(at);
            words::no_clause(lang, &typed)
        })
    }

    /// Types, moves between fields, and says when it is filled in.
    pub(crate) fn input(&mut self, action: Option<Action>, input: &Input) -> Filled {
        let last = self.fields.len().saturating_sub(1);
        match (action, input) {
            (Some(Action::Cancel), _) => return Filled::Left,
            (Some(Action::Confirm), _) if self.focus == last => return Filled::Done,
            (Some(Action::Confirm | Action::NextPane | Action::Down), _) => self.go_to(self.focus + 1),
            (Some(Action::PrevPane | Action::Up), _) => self.go_to(self.focus.saturating_sub(1)),
            (Some(_), _) => {}
            (None, Input::Key(key)) => {
                if let Some(field) = self.fields.get_mut(self.focus) {
                    field.key(*key);
                }
            }
            (None, Input::Paste(text)) => {
                if let Some(field) = self.fields.get_mut(self.focus) {
                    field.insert(text);
                }
            }
        }
        Filled::Stays
    }

    /// Draws the fields from a row on, each with its name before it.
    pub(crate) fn view(&self, cx: &Cx, frame: &mut Frame, area: Rect, row: usize, names: &[&str]) {
        let label = names.iter().map(|name| width(name)).max().unwrap_or(0);
        for (at, (field, name)) in self.fields.iter().zip(names).enumerate() {
            FieldRow { name, label, field, focused: at == self.focus }.view(cx, frame, area, row + at);
        }
    }
}

/// A clause of the visit as typed, `*` for all; `None` if there is no such clause.
pub(crate) fn clause_or_all(desk: &Desk, word: &str) -> Option<Option<ClauseId>> {
    if matches!(word, "*" | "＊") {
        return Some(None);
    }
    let clause = desk.checklist().clause(&word.to_uppercase())?;
    Some(Some(clause.id.clone()))
}
