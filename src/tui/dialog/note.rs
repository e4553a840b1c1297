//! The note of a clause. Enter is a new line, never a submission, because pasted text may arrive as keys.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::{
    Frame,
    layout::{Position, Rect},
    style::Style,
    text::Line,
};
use ratatui_textarea::{TextArea, WrapMode};

use crate::{
    domain::{
        ballot::Vote,
        checklist::Clause,
        clean::{NOTE_LIMIT, clean_note},
        edit::Edit,
        id::ClauseId,
    },
    tui::{
        action::Action,
        keys::Key,
        model::{Cx, Go, Input},
        popup::{boxed, put},
        text::cut,
        words::scoring as say,
    },
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct NoteDialog {
    clause: ClauseId,
    before: String,
    area: TextArea<'static>,
}

impl NoteDialog {
    /// Opens the note of a clause.
    pub(crate) fn new(clause: &Clause, vote: &Vote) -> Self {
        let mut area = TextArea::new(vote.note.split('\n').map(str::to_owned).collect());
        area.set_wrap_mode(WrapMode::Glyph);
        area.set_cursor_line_style(Style::new());
        // The hardware cursor stands at the caret, so the widget paints none.
        area.set_cursor_style(Style::new());
        area.move_cursor(ratatui_textarea::CursorMove::Bottom);
        area.move_cursor(ratatui_textarea::CursorMove::End);
        Self { clause: clause.id.clone(), before: vote.note.clone(), area }
    }

    fn text(&self) -> String {
        clean_note(&self.area.lines().join("\n")).trim_end().to_owned()
    }

    fn n_chars(&self) -> usize {
        self.area.lines().iter().map(|line| line.chars().count() + 1).sum()
    }

    /// Types; leaving stores.
    pub(crate) fn input(&mut self, action: Option<Action>, input: &Input, _: &Cx) -> Vec<Go> {
        match (action, input) {
            (Some(Action::Confirm), _) => {
                let text = self.text();
                if text == self.before {
                    return vec![Go::Close];
                }
                return vec![Go::Close, Go::Record(vec![Edit::Note { clause: self.clause.clone(), text }])];
            }
            (_, Input::Paste(text)) => {
                let room = NOTE_LIMIT.saturating_sub(self.n_chars());
                self.area.insert_str(clean_note(text).chars().take(room).collect::<String>());
            }
            (_, Input::Key(key)) => self.key(*key),
        }
        Vec::new()
    }

    fn key(&mut self, key: Key) {
        let adds = key.typed().is_some() || key.code == KeyCode::Enter;
        if adds && self.n_chars() >= NOTE_LIMIT {
            return;
        }
        match (key.code, key.ctrl) {
            (KeyCode::Char('z'), true) => {
                self.area.undo();
            }
            (KeyCode::Char('y'), true) => {
                self.area.redo();
            }
            (KeyCode::Tab, _) => {
                self.area.insert_str("    ");
            }
            (code, ctrl) => {
                let modifiers = if ctrl { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
                self.area.input_without_shortcuts(KeyEvent::new(code, modifiers));
                self.arrow(code, ctrl);
            }
        }
    }

    /// Moving is a shortcut to the widget, so it is mapped here.
    fn arrow(&mut self, code: KeyCode, ctrl: bool) {
        use ratatui_textarea::CursorMove;
        let to = match (code, ctrl) {
            (KeyCode::Left, _) => CursorMove::Back,
            (KeyCode::Right, _) => CursorMove::Forward,
            (KeyCode::Up, _) => CursorMove::Up,
            (KeyCode::Down, _) => CursorMove::Down,
            (KeyCode::Home, false) => CursorMove::Head,
            (KeyCode::End, false) => CursorMove::End,
            (KeyCode::Home, true) => CursorMove::Top,
            (KeyCode::End, true) => CursorMove::Bottom,
            _ => return,
        };
        self.area.move_cursor(to);
    }

    /// Draws it above the last rows of the screen, where input methods have room, with the cursor at the caret.
    pub(crate) fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
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
        let text = crate::tui::popup::below(inner, 1);
        if text.is_empty() {
            return;
        }
        frame.render_widget(&self.area, text);
        let caret = self.area.screen_cursor();
        let (top, left) = self.area.scroll_offset();
        let offset =
            |at: usize, scrolled: u16| u16::try_from(at).unwrap_or(u16::MAX).saturating_sub(scrolled);
        let x = text.x.saturating_add(offset(caret.col, left)).min(text.right() - 1);
        let y = text.y.saturating_add(offset(caret.row, top)).min(text.bottom() - 1);
        frame.set_cursor_position(Position::new(x, y));
    }
}
