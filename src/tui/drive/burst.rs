//! Tells typed keys from pasted ones where the terminal does not: pasted text arrives faster than anyone types. What arrives like
//! that on a screen writes into a ballot once, and not sixty times.

use std::time::Duration;

use crossterm::event::KeyCode;

use crate::tui::keys::Key;

/// Keys closer together than this belong to one burst.
const GAP: Duration = Duration::from_millis(10);
/// Text keys that must have come in the burst before an Enter in it is a line break.
const TEXT_BEFORE_BREAK: usize = 2;
/// Unmapped text keys after which the rest of a burst on a screen is not taken as commands.
const FOREIGN: usize = 2;

/// The burst so far.
#[derive(Debug, Default)]
pub(crate) struct Burst {
    last: Option<Duration>,
    n_text: usize,
    n_unmapped: usize,
    has_recorded: bool,
}

/// What a key is where it was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A field has the keys.
    Text,
    /// A command that writes into the ballot.
    Records,
    /// Another command.
    Command,
    /// Nothing.
    Nothing,
}

/// What to make of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A key like any other.
    Key,
    /// A line break of pasted text.
    Break,
    /// Part of a paste where nothing can be pasted.
    Ignore,
    /// One more that records than anybody presses in a blink.
    Hasty,
}

impl Burst {
    /// Judges a key that came at a time (since some fixed moment). A pure timer can misread words committed by an input method, which also come in
    /// a burst; therefore an Enter in a burst breaks the line and never submits, and nothing else changes.
    pub(crate) fn judge(&mut self, at: Duration, key: Key, meaning: Meaning) -> Verdict {
        let rapid = self.last.is_some_and(|last| at.saturating_sub(last) < GAP);
        self.last = Some(at);
        if !rapid {
            *self = Self { last: self.last, ..Self::default() };
        }
        if meaning == Meaning::Records && std::mem::replace(&mut self.has_recorded, true) {
            return Verdict::Hasty;
        }
        let is_break = matches!(key.code, KeyCode::Enter | KeyCode::Tab);
        if key.typed().is_none() && !is_break {
            return Verdict::Key;
        }
        let before = self.n_text;
        self.n_text += 1;
        if meaning == Meaning::Text {
            return if is_break && before >= TEXT_BEFORE_BREAK { Verdict::Break } else { Verdict::Key };
        }
        self.n_unmapped += usize::from(meaning == Meaning::Nothing);
        if self.n_unmapped >= FOREIGN { Verdict::Ignore } else { Verdict::Key }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge_all(text: &str, gap_ms: u64, meaning: impl Fn(char) -> Meaning) -> Vec<Verdict> {
        let mut burst = Burst::default();
        let key = |c| if c == '\n' { Key::of(KeyCode::Enter) } else { Key::ch(c) };
        let times = (0..).map(|n| Duration::from_millis(n * gap_ms));
        text.chars().zip(times).map(|(c, at)| burst.judge(at, key(c), meaning(c))).collect()
    }

    #[test]
    fn pasted_line_breaks_never_submit_and_typed_ones_do() {
        let pasted = judge_all("第一行\n第二行", 1, |_| Meaning::Text);
        assert_eq!(pasted.iter().filter(|it| **it == Verdict::Break).count(), 1);
        let typed = judge_all("第一行\n第二行", 90, |_| Meaning::Text);
        assert!(typed.iter().all(|it| *it == Verdict::Key));
    }

    #[test]
    fn text_pasted_onto_a_screen_does_not_quit_the_program() {
        let verdicts = judge_all("第一行\n第二行q", 0, |c| match c {
            'q' | '\n' => Meaning::Command,
            _ => Meaning::Nothing,
        });
        assert_eq!(verdicts.last(), Some(&Verdict::Ignore));
        assert_eq!(verdicts[3], Verdict::Ignore);
    }

    #[test]
    fn a_burst_of_commands_is_a_burst_of_commands() {
        let verdicts = judge_all(&"j".repeat(200), 0, |_| Meaning::Command);
        assert!(verdicts.iter().all(|it| *it == Verdict::Key));
    }

    #[test]
    fn in_one_blink_the_ballot_is_written_once() {
        for (gap_ms, n_taken) in [(0, 1), (9, 1), (30, 66)] {
            let verdicts = judge_all(&"1".repeat(66), gap_ms, |_| Meaning::Records);
            assert_eq!(verdicts[0], Verdict::Key);
            assert_eq!(
                verdicts.iter().filter(|it| **it == Verdict::Key).count(),
                n_taken,
                "{gap_ms} ms apart"
            );
            assert_eq!(verdicts.iter().filter(|it| **it == Verdict::Hasty).count(), 66 - n_taken);
        }
    }
}
