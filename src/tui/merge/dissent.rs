//! Why the own vote for a clause differs: a cause by digit, words, and whether they go into the report as a minority opinion.

use crossterm::event::KeyCode;
use ratatui::{
    Frame,
    layout::{Position as Place, Rect},
    style::Style,
    text::Line,
};

use crate::{
    domain::{
        edit::{
            Edit,
            dissent::{Cause, Dissent},
        },
        permit::Refusal,
        terms::{id::ClauseId, lang::Lang, written::Note},
    },
    tui::{
        desk::{Desk, cx::Cx},
        dialog::{Dialog, Go},
        frame::{self, notice},
        keys::{Key, action::Action, context::Context, input::Input},
        merge::words as say,
        widget::{
            field::Field,
            field_row::FieldRow,
            popup::{open, put, row_of},
            text::{cut, width},
        },
    },
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct DissentDialog {
    clause: ClauseId,
    /// Whether something was said before, so that it can be taken back.
    said: bool,
    choice: Option<Choice>,
    words: Field,
    minority: bool,
    focus: Focus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Because(Cause),
    TakeBack,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    Cause,
    Words,
    Minority,
}

impl DissentDialog {
    /// Opens it with what was said before, or says why nothing can be said now.
    pub(crate) fn open(index: usize, desk: &Desk, lang: Lang) -> Result<Self, &'static str> {
        let (Some(clause), Some(seat)) = (desk.clause(index), desk.seat()) else {
            return Err(notice::barrier(lang, desk, Refusal::NotAMember));
        };
        match desk.may(&Edit::Dissent { clause: clause.id.clone(), value: None }) {
            Err(Refusal::NotClosed) => return Err(say::close_before_dissent(lang)),
            Err(refusal) => return Err(notice::barrier(lang, desk, refusal)),
            Ok(()) => {}
        }
        if !desk.visit.vote(seat, clause).is_scored() {
            return Err(say::no_own_vote(lang));
        }
        let before = seat.dissent(clause.id.as_str());
        Ok(Self {
            clause: clause.id.clone(),
            said: before.is_some(),
            choice: before.and_then(|it| it.cause).map(Choice::Because),
            words: Field::with(before.map_or("", |it| it.text.as_str())),
            minority: before.is_some_and(|it| it.minority),
            focus: Focus::Cause,
        })
    }

    fn choices(&self) -> impl Iterator<Item = (char, Choice)> + use<> {
        let causes = ('1'..).zip(Cause::ALL.iter().copied().map(Choice::Because));
        causes.chain(self.said.then_some(('0', Choice::TakeBack)))
    }

    fn choose(&mut self, key: Key) {
        let typed = key.folded().typed();
        let chosen = self.choices().find(|(digit, _)| Some(*digit) == typed);
        if let Some((_, choice)) = chosen {
            self.choice = Some(choice);
            self.focus = if choice == Choice::TakeBack { Focus::Cause } else { Focus::Words };
        } else if matches!(key.code, KeyCode::Delete | KeyCode::Backspace) {
            self.choice = None;
        }
    }

    fn record(&mut self, cx: &Cx) -> Vec<Go> {
        let cause = match self.choice {
            Some(Choice::TakeBack) => {
                return vec![Go::Close, Go::Record(vec![self.edit(None)])];
            }
            Some(Choice::Because(cause)) => Some(cause),
            None => None,
        };
        let text = self.words.text();
        if self.minority && text.is_empty() {
            self.focus = Focus::Words;
            return vec![Go::Say(say::need_words(cx.lang).to_owned())];
        }
        if cause.is_none() && text.is_empty() {
            self.focus = Focus::Cause;
            return vec![Go::Say(say::need_cause(cx.lang).to_owned())];
        }
        let text = match Note::new(&text) {
            Ok(text) => text,
            Err(error) => return vec![Go::Say(frame::words::too_long(cx.lang, error))],
        };
        let dissent = Dissent { cause, text, minority: self.minority, on: None };
        vec![Go::Close, Go::Record(vec![self.edit(Some(dissent))])]
    }

    fn edit(&self, value: Option<Dissent>) -> Edit {
        Edit::Dissent { clause: self.clause.clone(), value }
    }
}

impl Dialog for DissentDialog {
    fn context(&self) -> Context {
        Context::Fields
    }

    /// Chooses by digit, types, checks, records.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        use Focus::{Cause, Minority, Words};
        match (action, input) {
            (Some(Action::Cancel), _) => return vec![Go::Close],
            (Some(Action::Confirm), _) => return self.record(cx),
            (Some(Action::NextPane | Action::Down), _) => {
                self.focus = match self.focus {
                    Cause => Words,
                    Words => Minority,
                    Minority => Cause,
                };
            }
            (Some(Action::PrevPane | Action::Up), _) => {
                self.focus = match self.focus {
                    Cause => Minority,
                    Words => Cause,
                    Minority => Words,
                };
            }
            (Some(_), _) => {}
            (None, Input::Key(key)) => match self.focus {
                Cause => self.choose(*key),
                Minority if key.folded().typed() == Some(' ') => self.minority = !self.minority,
                Minority => {}
                Words => {
                    self.words.key(*key);
                }
            },
            (None, Input::Paste(text)) => {
                self.focus = Words;
                self.words.insert(text);
            }
        }
        Vec::new()
    }

    /// Draws it: a cause a row, the words, the box to check.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let inner = open(frame, cx, 66, 11, &format!("{} {}", self.clause, say::dissent_title(lang)));
        let cells = usize::from(inner.width);
        let title = cx.desk.and_then(|desk| desk.checklist().clause(self.clause.as_str()));
        let title = title.map_or("", |clause| clause.title.get(lang));
        put(frame, inner, 0, Line::raw(cut(title, cells)));
        for (row, (digit, choice)) in (2..).zip(self.choices()) {
            let chosen = self.choice == Some(choice);
            let name = match choice {
                Choice::Because(cause) => cause.name(lang),
                Choice::TakeBack => say::withdraw(lang),
            };
            let mark = if self.focus == Focus::Cause && row == 2 { ">" } else { " " };
            let sign = if chosen { "*" } else { " " };
            let style = if chosen { cx.theme.selected() } else { Style::new() };
            put(frame, inner, row, Line::styled(format!("{mark}{sign}{digit} {name}"), style));
        }
        let label = width(say::words(lang));
        FieldRow { name: say::words(lang), label, field: &self.words, focused: self.focus == Focus::Words }
            .view(cx, frame, inner, 8);
        let (mark, check) =
            (if self.focus == Focus::Minority { ">" } else { " " }, if self.minority { "x" } else { " " });
        put(frame, inner, 9, Line::raw(format!("{mark} [{check}] {}", say::minority(lang))));
        put(frame, inner, 10, Line::styled(cut(say::dissent_help(lang), cells), cx.theme.faint()));
        let caret = match self.focus {
            Focus::Cause => Some(2),
            Focus::Minority => Some(9),
            Focus::Words => None,
        };
        if let Some(row) = caret.and_then(|row| row_of(inner, row)) {
            frame.set_cursor_position(Place::new(row.x.saturating_add(2).min(row.right() - 1), row.y));
        }
    }
}
