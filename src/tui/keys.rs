//! Keys as the program sees them: no releases, no shift, full-width forms folded for commands; the table says what each means where.

pub(crate) mod action;
pub(crate) mod bindings;
pub(crate) mod context;
pub(crate) mod input;
pub(crate) mod keymap;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::terms::{lang::Lang, typed::as_command};

/// One key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    /// Which key; a character already carries its shift.
    pub(crate) code: KeyCode,
    /// Whether Control is held.
    pub(crate) ctrl: bool,
}

impl Key {
    /// A character.
    pub(crate) const fn ch(c: char) -> Self {
        Self { code: KeyCode::Char(c), ctrl: false }
    }

    /// Control and a letter.
    pub(crate) const fn ctrl(c: char) -> Self {
        Self { code: KeyCode::Char(c), ctrl: true }
    }

    /// A function key.
    pub(crate) const fn f(n: u8) -> Self {
        Self { code: KeyCode::F(n), ctrl: false }
    }

    /// Any other key.
    pub(crate) const fn of(code: KeyCode) -> Self {
        Self { code, ctrl: false }
    }

    /// The press behind a terminal event. Alt with a non-letter is AltGr on some layouts and is dropped; Alt with a
    /// letter is no command of ours and gives nothing.
    pub(crate) fn from_event(event: &KeyEvent) -> Option<Self> {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        match event.code {
            KeyCode::Char(c) if alt && !c.is_alphanumeric() => Some(Self::ch(c)),
            _ if alt => None,
            KeyCode::Char(c) if ctrl => Some(Self::ctrl(c.to_ascii_lowercase())),
            code => Some(Self { code, ctrl: ctrl && !matches!(code, KeyCode::Enter) }),
        }
    }

    /// The key as a command: full-width forms and Chinese punctuation are read as the ASCII key that was meant, since an
    /// input method that was left on sends those.
    pub(crate) fn folded(self) -> Self {
        let KeyCode::Char(c) = self.code else { return self };
        Self { code: KeyCode::Char(as_command(c)), ctrl: self.ctrl }
    }

    /// The character, if the key types one.
    pub(crate) const fn typed(self) -> Option<char> {
        match (self.code, self.ctrl) {
            (KeyCode::Char(c), false) => Some(c),
            _ => None,
        }
    }

    /// How the key is called on screen.
    pub(crate) fn label(self, lang: Lang) -> String {
        let name = match self.code {
            KeyCode::Char(' ') => lang.pick("空格", "Space"),
            KeyCode::Enter => lang.pick("回车", "Enter"),
            KeyCode::Esc => "Esc",
            KeyCode::Tab => "Tab",
            KeyCode::BackTab => "Shift-Tab",
            KeyCode::Backspace => lang.pick("退格", "Backspace"),
            KeyCode::Delete => "Del",
            KeyCode::Up => lang.pick("上", "Up"),
            KeyCode::Down => lang.pick("下", "Down"),
            KeyCode::Left => lang.pick("左", "Left"),
            KeyCode::Right => lang.pick("右", "Right"),
            KeyCode::Home => "Home",
            KeyCode::End => "End",
            KeyCode::PageUp => "PgUp",
            KeyCode::PageDown => "PgDn",
            KeyCode::F(n) => return format!("F{n}"),
            KeyCode::Char(c) if self.ctrl => return format!("Ctrl-{c}"),
            KeyCode::Char(c) => return c.to_string(),
            _ => "?",
        };
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_method_that_was_left_on_still_gives_commands() {
        for (typed, meant) in [
            ('ｊ', 'j'),
            ('：', ':'),
            ('／', '/'),
            ('、', '/'),
            ('？', '?'),
            ('】', ']'),
            ('《', '<'),
            ('１', '1'),
            ('\u{3000}', ' '),
        ] {
            assert_eq!(Key::ch(typed).folded(), Key::ch(meant));
        }
        assert_eq!(Key::f(1).folded(), Key::f(1));
        assert_eq!(Key::ch('审').folded(), Key::ch('审'));
    }

    #[test]
    fn modifiers_that_mean_nothing_are_dropped() {
        let event = |code, modifiers| Key::from_event(&KeyEvent::new(code, modifiers));
        let alt_gr = KeyModifiers::ALT | KeyModifiers::CONTROL;
        assert_eq!(event(KeyCode::Char('['), alt_gr), Some(Key::ch('[')));
        assert_eq!(event(KeyCode::Char('x'), KeyModifiers::ALT), None);
        assert_eq!(
            event(KeyCode::Char('S'), KeyModifiers::CONTROL | KeyModifiers::SHIFT),
            Some(Key::ctrl('s'))
        );
        assert_eq!(event(KeyCode::Char('S'), KeyModifiers::SHIFT), Some(Key::ch('S')));
        assert_eq!(event(KeyCode::Enter, KeyModifiers::CONTROL), Some(Key::of(KeyCode::Enter)));
    }
}
