//! Text of several lines with a caret. Enter is a new line, never a submission, because pasted text may arrive as keys.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::{
    Frame,
    layout::{Position, Rect},
    style::Style,
};
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use crate::{
    domain::terms::clean::{NOTE_LIMIT, clean_note},
    tui::keys::{Key, input::Input},
};

/// The text and where the caret is.
#[derive(Debug)]
pub(crate) struct NoteArea {
    area: TextArea<'static>,
}

impl NoteArea {
    /// An area that already holds text; the caret is at its end.
    pub(crate) fn with(text: &str) -> Self {
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        area.set_wrap_mode(WrapMode::Glyph);
        area.set_cursor_line_style(Style::new());
        // The hardware cursor stands at the caret, so the widget paints none.
        area.set_cursor_style(Style::new());
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area }
    }

    /// The text, clean, without blanks at its end.
    pub(crate) fn text(&self) -> String {
        clean_note(&self.area.lines().join("\n")).trim_end().to_owned()
    }

    fn n_chars(&self) -> usize {
        self.area.lines().iter().map(|line| line.chars().count() + 1).sum()
    }

    /// Takes what was typed or pasted.
    pub(crate) fn input(&mut self, input: &Input) {
        match input {
            Input::Paste(text) => {
                let room = NOTE_LIMIT.saturating_sub(self.n_chars());
                self.area.insert_str(clean_note(text).chars().take(room).collect::<String>());
            }
            Input::Key(key) => self.key(*key),
        }
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

    /// Draws the text with the hardware cursor at the caret.
    pub(crate) fn view(&self, frame: &mut Frame, text: Rect) {
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
