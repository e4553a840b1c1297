//! A one-line text field with a caret.

use crossterm::event::KeyCode;
use ratatui::{
    Frame,
    layout::{Position, Rect},
    style::{Modifier, Style},
    text::Span,
};

use crate::{
    domain::terms::{
        clean::{LINE_LIMIT, clean_line},
        lang::Lang,
        written::{Line, TooLong},
    },
    tui::{
        keys::{Key, input::Input},
        widget::{
            text::{cut, width},
            words,
        },
    },
};

/// Text and where the caret is, counted in characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Field {
    chars: Vec<char>,
    caret: usize,
    /// Whether nothing more goes in; the field says so.
    full: bool,
    /// Characters that found no room since something was last taken out.
    n_lost: usize,
}

impl Field {
    /// A field that already holds text; the caret is at its end.
    pub(crate) fn with(text: &str) -> Self {
        let chars: Vec<char> = clean_line(text).chars().collect();
        Self { caret: chars.len(), full: chars.len() >= LINE_LIMIT, chars, n_lost: 0 }
    }

    /// The text without blanks at its ends.
    pub(crate) fn text(&self) -> String {
        self.raw().trim().to_owned()
    }

    /// The text as it is recorded.
    ///
    /// # Errors
    /// If some of what was typed or pasted is not in it.
    pub(crate) fn line(&self) -> Result<Line, TooLong> {
        match self.n_lost {
            0 => Line::new(&self.text()),
            n_lost => Err(TooLong { limit: LINE_LIMIT, n: self.chars.len() + n_lost }),
        }
    }

    /// [`Self::text`] with full-width digits as the ASCII ones.
    pub(crate) fn folded(&self) -> String {
        self.text().chars().map(|c| Key::ch(c).folded().typed().unwrap_or(c)).collect()
    }

    /// The text as typed.
    pub(crate) fn raw(&self) -> String {
        self.chars.iter().collect()
    }

    /// Whether nothing but blanks is in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.chars.iter().all(|c| c.is_whitespace())
    }

    /// The field with a star in every cell, for what nobody may read over a shoulder; the caret stays where it is.
    pub(crate) fn masked(&self) -> Self {
        let cells = |n: usize| width(&self.chars.iter().take(n).collect::<String>());
        Self { chars: vec!['*'; cells(self.chars.len())], caret: cells(self.caret), ..self.clone() }
    }

    /// Takes what was typed or pasted; whether it was for the field.
    pub(crate) fn input(&mut self, input: &Input) -> bool {
        match input {
            Input::Key(key) => return self.key(*key),
            Input::Paste(text) => self.insert(text),
        }
        true
    }

    /// Takes a key; whether it was one for the field.
    pub(crate) fn key(&mut self, key: Key) -> bool {
        let n_before = self.chars.len();
        let was_for_it = self.edit(key);
        if self.chars.len() < n_before {
            (self.full, self.n_lost) = (false, 0);
        }
        was_for_it
    }

    fn edit(&mut self, key: Key) -> bool {
        match (key.code, key.ctrl) {
            (KeyCode::Char('u'), true) => {
                self.chars.drain(..self.caret);
                self.caret = 0;
            }
            (KeyCode::Char(_), false) => {
                if let Some(c) = key.typed() {
                    self.insert(&c.to_string());
                }
            }
            (KeyCode::Backspace, _) if self.caret > 0 => {
                self.caret -= 1;
                self.chars.remove(self.caret);
            }
            (KeyCode::Delete, _) if self.caret < self.chars.len() => {
                self.chars.remove(self.caret);
            }
            (KeyCode::Left, _) => self.caret = self.caret.saturating_sub(1),
            (KeyCode::Right, _) => self.caret = (self.caret + 1).min(self.chars.len()),
            (KeyCode::Home, _) => self.caret = 0,
            (KeyCode::End, _) => self.caret = self.chars.len(),
            _ => return false,
        }
        true
    }

    /// Inserts text at the caret; line breaks become spaces, and nothing that steers a terminal gets in.
    pub(crate) fn insert(&mut self, text: &str) {
        let room = LINE_LIMIT.saturating_sub(self.chars.len());
        // A single blank, of either width, is kept: `clean_line` would trim it.
        let text = if matches!(text, " " | "\u{3000}") { text.to_owned() } else { clean_line(text) };
        let new: Vec<char> = text.chars().take(room).collect();
        let n_new = new.len();
        self.n_lost += text.chars().count() - n_new;
        self.chars.splice(self.caret..self.caret, new);
        self.caret += n_new;
        self.full = self.chars.len() >= LINE_LIMIT;
    }

    /// Draws the field, scrolled so that the caret is in view, and puts the hardware cursor there if it has the focus. A full
    /// field says so at its end.
    pub(crate) fn view(&self, lang: Lang, frame: &mut Frame, area: Rect, style: Style, focused: bool) {
        let mut area = area.intersection(frame.area());
        if self.full {
            let told = format!(" {}", words::full(lang, LINE_LIMIT));
            let cells = u16::try_from(width(&told)).unwrap_or(u16::MAX).min(area.width);
            area.width -= cells;
            let end = Rect { x: area.right(), width: cells, ..area };
            frame.render_widget(Span::styled(told, Style::new().add_modifier(Modifier::BOLD)), end);
        }
        if area.is_empty() {
            return;
        }
        let cells = usize::from(area.width);
        let before: String = self.chars.iter().take(self.caret).collect();
        let mut first = 0;
        let mut caret_cell = width(&before);
        while caret_cell >= cells && first < self.caret {
            caret_cell -= self.chars.get(first).map_or(0, |c| width(c.encode_utf8(&mut [0; 4])));
            first += 1;
        }
        let shown: String = self.chars.iter().skip(first).collect();
        let shown = if width(&shown) > cells { cut(&shown, cells) } else { shown };
        frame.render_widget(Span::styled(crate::tui::widget::text::fit(&shown, cells), style), area);
        if focused {
            let x =
                area.x.saturating_add(u16::try_from(caret_cell).unwrap_or(u16::MAX)).min(area.right() - 1);
            frame.set_cursor_position(Position::new(x, area.y));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::{
        Terminal,
        backend::{Backend, TestBackend},
    };

    fn typed(text: &str) -> Field {
        let mut field = Field::default();
        for c in text.chars() {
            field.key(Key::ch(c));
        }
        field
    }

    #[test]
    fn editing_works_in_characters_not_bytes() {
        let mut field = typed("急救 𠮷");
        field.key(Key::of(KeyCode::Left));
        field.key(Key::of(KeyCode::Backspace));
        field.key(Key::ch('车'));
        assert_eq!(field.raw(), "急救车𠮷");
        field.key(Key::of(KeyCode::Home));
        field.key(Key::of(KeyCode::Delete));
        assert_eq!(field.raw(), "救车𠮷");
        field.insert("a\nb\u{1b}]52;");
        assert_eq!(field.raw(), "a b52;救车𠮷");
    }

    #[test]
    fn what_found_no_room_is_told_on_screen_and_never_recorded_in_part() {
        let shown = |field: &Field, lang| {
            let mut terminal = Terminal::new(TestBackend::new(40, 1)).unwrap();
            terminal.draw(|frame| field.view(lang, frame, frame.area(), Style::new(), true)).unwrap();
            terminal.backend().to_string()
        };
        let mut field = Field::default();
        field.insert(&"长".repeat(LINE_LIMIT));
        assert_eq!(field.line().unwrap().chars().count(), LINE_LIMIT);
        for lang in [Lang::Zh, Lang::En] {
            assert!(
                shown(&field, lang).replace(' ', "").contains(lang.pick("已满400字", "fullat400")),
                "{}",
                shown(&field, lang)
            );
        }
        field.key(Key::ch('x'));
        assert_eq!(field.line(), Err(TooLong { limit: LINE_LIMIT, n: LINE_LIMIT + 1 }));
        field.key(Key::of(KeyCode::Backspace));
        assert_eq!(field.line().unwrap().chars().count(), LINE_LIMIT - 1);
        assert!(!shown(&field, Lang::En).contains("full"));
        field.insert("一二三");
        assert_eq!(field.line(), Err(TooLong { limit: LINE_LIMIT, n: LINE_LIMIT + 2 }));
        assert!(field.masked().full && !typed(&"长".repeat(LINE_LIMIT / 2)).masked().full);
    }

    #[test]
    fn the_hardware_cursor_stands_at_the_caret_after_every_character() {
        for (text, cells) in
            [("", 0), ("急", 2), ("急a", 3), ("急a救", 5), ("急a救𠮷", 7), ("急a救𠮷急救", 9)]
        {
            let mut terminal = Terminal::new(TestBackend::new(10, 1)).unwrap();
            let field = typed(text);
            terminal.draw(|frame| field.view(Lang::Zh, frame, frame.area(), Style::new(), true)).unwrap();
            let at = terminal.backend_mut().get_cursor_position().unwrap();
            assert_eq!(at.x, cells, "{text}");
        }
    }
}
