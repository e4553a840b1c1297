//! Text of several lines with a caret. Enter is a new line, never a submission, because pasted text may arrive as keys.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::{
    Frame,
    layout::{Position, Rect},
    style::{Modifier, Style},
    text::Span,
};
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use crate::{
    domain::terms::{
        clean::{NOTE_LIMIT, clean_note},
        lang::Lang,
    },
    tui::{
        keys::{Key, input::Input},
        widget::words,
    },
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
        let lines = self.area.lines();
        lines.iter().map(|line| line.chars().count()).sum::<usize>() + lines.len().saturating_sub(1)
    }

    fn room(&self) -> usize {
        NOTE_LIMIT.saturating_sub(self.n_chars())
    }

    /// Takes what was typed or pasted.
    pub(crate) fn input(&mut self, input: &Input) {
        match input {
            Input::Paste(text) => {
                let room = self.room();
                self.area.insert_str(clean_note(text).chars().take(room).collect::<String>());
            }
            Input::Key(key) => self.key(*key),
        }
    }

    fn key(&mut self, key: Key) {
        let adds = key.typed().is_some() || key.code == KeyCode::Enter;
        if adds && self.room() == 0 {
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
                self.area.insert_str(" ".repeat(self.room().min(4)));
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

    /// Draws the text with the hardware cursor at the caret; the last row says so where nothing more goes in.
    pub(crate) fn view(&self, lang: Lang, frame: &mut Frame, mut text: Rect) {
        if self.room() == 0 && text.height > 1 {
            text.height -= 1;
            let told = Span::styled(words::full(lang, NOTE_LIMIT), Style::new().add_modifier(Modifier::BOLD));
            frame.render_widget(told, Rect { y: text.bottom(), height: 1, ..text });
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::{Terminal, backend::TestBackend};

    #[test]
    fn a_note_is_full_at_its_limit_by_every_key_and_says_so() {
        let mut area = NoteArea::with(&"长".repeat(NOTE_LIMIT - 3));
        let shown = |area: &NoteArea| {
            let mut terminal = Terminal::new(TestBackend::new(20, 5)).unwrap();
            terminal.draw(|frame| area.view(Lang::En, frame, frame.area())).unwrap();
            terminal.backend().to_string()
        };
        assert!(!shown(&area).contains("full"));
        area.input(&Input::Key(Key::of(KeyCode::Tab)));
        for key in [Key::ch('x'), Key::of(KeyCode::Enter), Key::of(KeyCode::Tab)] {
            area.input(&Input::Key(key));
        }
        area.input(&Input::Paste("更多".to_owned()));
        assert_eq!(area.n_chars(), NOTE_LIMIT);
        assert!(shown(&area).contains("full at 4000"), "{}", shown(&area));
        area.input(&Input::Key(Key::of(KeyCode::Backspace)));
        assert!(!shown(&area).contains("full"));
    }
}
