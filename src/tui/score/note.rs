//! The note of a clause.

use ratatui::{Frame, layout::Rect, text::Line};

use crate::{
    domain::{
        ballot::Vote,
        checklist::Clause,
        edit::Edit,
        terms::{id::ClauseId, written::Note},
    },
    tui::{
        desk::{cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        frame,
        keys::{action::Action, context::Context, input::Input},
        score::words as say,
        widget::{
            note_area::NoteArea,
            popup::{below, boxed, put},
            text::cut,
        },
    },
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct NoteDialog {
    clause: ClauseId,
    before: String,
    area: NoteArea,
}

impl NoteDialog {
    /// Opens the note of a clause.
    pub(crate) fn new(clause: &Clause, vote: &Vote) -> Self {
        Self { clause: clause.id.clone(), before: vote.note.to_string(), area: NoteArea::with(&vote.note) }
    }
}

impl Dialog for NoteDialog {
    fn context(&self) -> Context {
        Context::NoteBox
    }

    /// Types; leaving stores.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        if action == Some(Action::Phrases) {
            return vec![Go::Do(Effect::ReadPhrases)];
        }
        if action != Some(Action::Confirm) {
            self.area.input(input);
            return Vec::new();
        }
        let text = self.area.text();
        if text == self.before {
            return vec![Go::Close];
        }
        match Note::new(&text) {
            Ok(text) => vec![Go::Close, Go::Record(vec![Edit::Note { clause: self.clause.clone(), text }])],
            Err(error) => vec![Go::Say(frame::words::too_long(cx.lang, error))],
        }
    }

    /// Draws it above the last rows of the screen, where input methods have room, with the cursor at the caret.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let lang = cx.lang;
        let height = (body.height / 2).max(6).min(body.height);
        let area = Rect { y: body.bottom().saturating_sub(height + 1).max(body.y), height, ..body };
        let inner = boxed(frame, cx, area, &format!("{} {}", self.clause, say::note(lang)));
        put(
            frame,
            inner,
            0,
            Line::styled(cut(say::note_help(lang), usize::from(inner.width)), cx.theme.faint()),
        );
        self.area.view(lang, frame, below(inner, 1));
    }
}
