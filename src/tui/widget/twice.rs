//! What cannot be undone is asked twice: first whether all that is to be known was read, then whether to do it.
//!
//! Two different keys, because a key held down repeats: opening the question can never answer it.

use std::iter;

use ratatui::{Frame, style::Style, text::Line};

use crate::tui::{
    desk::{cx::Cx, effect::Effect},
    dialog::Go,
    keys::action::Action,
    widget::{
        popup::{open, park, put},
        text::wrap,
        words as say,
    },
};

/// Cells of the text.
const CELLS: u16 = 60;

/// How far the two questions are answered.
#[derive(Debug, Default)]
pub(crate) struct Twice {
    read: bool,
}

/// What a key was to the two questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// Both are answered with yes: do it.
    Do,
    /// Leave, without doing it.
    Leave,
    /// Do it, though not all that is to be known was read.
    Unread,
    /// Not decided.
    Open,
}

/// What is asked.
#[derive(Debug)]
pub(crate) struct Question {
    /// Title of the box.
    pub(crate) title: &'static str,
    /// What is to be known before.
    pub(crate) known: Vec<(String, Style)>,
    /// What doing it means.
    pub(crate) meaning: &'static str,
    /// The second question.
    pub(crate) sure: &'static str,
}

impl Twice {
    /// What a key leads to: nothing yet, or the dialog closes, and what was asked about is done if both were answered with yes.
    pub(crate) fn go(
        &mut self,
        cx: &Cx,
        action: Option<Action>,
        doing: impl IntoIterator<Item = Effect>,
    ) -> Vec<Go> {
        match self.answer(action) {
            Answer::Do => iter::once(Go::Close).chain(doing.into_iter().map(Go::Do)).collect(),
            Answer::Leave => vec![Go::Close],
            Answer::Unread => vec![Go::Say(say::read_first(cx.lang).to_owned())],
            Answer::Open => Vec::new(),
        }
    }

    /// Space says that all was read, Enter after that does it; Enter before asks for that, Esc leaves.
    fn answer(&mut self, action: Option<Action>) -> Answer {
        match action {
            Some(Action::Toggle) => {
                self.read = !self.read;
                Answer::Open
            }
            Some(Action::Confirm) if self.read => Answer::Do,
            Some(Action::Confirm) => Answer::Unread,
            Some(Action::Cancel) => Answer::Leave,
            _ => Answer::Open,
        }
    }

    /// Draws the box; what is to be known gives way to the questions where there is no room for both.
    pub(crate) fn view(&self, question: Question, cx: &Cx, frame: &mut Frame) {
        let (lang, cells) = (cx.lang, usize::from(CELLS));
        let known: Vec<(String, Style)> = question
            .known
            .into_iter()
            .flat_map(|(text, style)| wrap(&text, cells).into_iter().map(move |line| (line, style)))
            .collect();
        let meaning = wrap(question.meaning, cells).into_iter().map(|line| (line, Style::new()));
        let mark = if self.read { "[x]" } else { "[ ]" };
        let second = if self.read {
            (format!("{} {}", question.sure, say::yes_or_no(lang)), cx.theme.warn())
        } else {
            (say::read_first(lang).to_owned(), cx.theme.faint())
        };
        let mut asked: Vec<(String, Style)> = meaning.collect();
        let at = asked.len();
        asked.push((format!("{mark} {}", say::all_read(lang)), cx.theme.title()));
        asked.push(second);
        let height = u16::try_from(known.len() + asked.len()).unwrap_or(u16::MAX);
        let inner = open(frame, cx, CELLS, height, question.title);
        let room = usize::from(inner.height).saturating_sub(asked.len()).min(known.len());
        for (row, (text, style)) in known.into_iter().take(room).chain(asked).enumerate() {
            put(frame, inner, row, Line::styled(text, style));
        }
        park(frame, inner, room + at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_however_often_never_does_it() {
        for key in [Action::Confirm, Action::Toggle] {
            let mut twice = Twice::default();
            assert!((0..5).all(|_| twice.answer(Some(key)) != Answer::Do), "{key:?}");
        }
        let mut twice = Twice::default();
        assert_eq!(twice.answer(Some(Action::Toggle)), Answer::Open);
        assert_eq!(twice.answer(Some(Action::Confirm)), Answer::Do);
        assert_eq!(Twice::default().answer(Some(Action::Cancel)), Answer::Leave);
    }
}
