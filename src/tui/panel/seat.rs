//! The question before a deputy is named or a laptop retired: neither can be taken back. The safe answer is the default.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::{deed::Deed, visit::membership::Keeps},
    domain::terms::id::{FeedId, MemberName},
    tui::{
        desk::{cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        keys::{action::Action, context::Context, input::Input},
        panel::membership_words as say,
        widget::{
            list::moved,
            popup::{open, park, put},
            text::{fit, wrap},
        },
    },
};

/// Cells of the dialog's text.
const CELLS: u16 = 60;

/// What can be chosen when a laptop is retired, in the order of the digits.
const CHOICES: [Keeps; 2] = [Keeps::Synced, Keeps::Nothing];

/// The dialog. Two different keys, as for submitting.
#[derive(Debug)]
pub(crate) struct SeatDialog {
    name: MemberName,
    question: Question,
    checked: bool,
}

#[derive(Debug)]
enum Question {
    Deputy,
    Retire {
        feed: FeedId,
        /// Its last commit, if any of it counts so far; `None` = there is nothing to keep or drop.
        head: Option<u64>,
        keeps: Keeps,
    },
}

impl SeatDialog {
    /// Asks before a deputy is named.
    pub(crate) const fn deputy(name: MemberName) -> Self {
        Self { name, question: Question::Deputy, checked: false }
    }

    /// Asks before a laptop is retired; `head` is its last commit that counts so far, `keeps` the choice to begin with.
    pub(crate) const fn retire(name: MemberName, feed: FeedId, head: Option<u64>, keeps: Keeps) -> Self {
        Self { name, question: Question::Retire { feed, head, keeps }, checked: false }
    }

    /// Another choice must be checked anew.
    fn choose(&mut self, wanted: Keeps) {
        if let Question::Retire { keeps, head: Some(_), .. } = &mut self.question
            && *keeps != wanted
        {
            *keeps = wanted;
            self.checked = false;
        }
    }
}

impl Dialog for SeatDialog {
    fn context(&self) -> Context {
        match self.question {
            Question::Retire { head: Some(_), .. } => Context::Retiring,
            _ => Context::Seat,
        }
    }

    /// Chooses, checks, does it once checked; otherwise leaves.
    fn input(&mut self, action: Option<Action>, _: &Input, _: &Cx) -> Vec<Go> {
        match action {
            Some(Action::Toggle) => self.checked = !self.checked,
            Some(Action::Confirm) if self.checked => {
                let effect = match &self.question {
                    Question::Deputy => Effect::Do(Deed::Deputy(self.name.clone())),
                    Question::Retire { feed, keeps, .. } => {
                        Effect::Do(Deed::Retire(feed.as_str().to_owned(), *keeps))
                    }
                };
                return vec![Go::Close, Go::Do(effect), Go::Do(Effect::Sync)];
            }
            Some(Action::Confirm | Action::Cancel) => return vec![Go::Close],
            Some(Action::Set(n)) => self.choose(if n == 2 { Keeps::Nothing } else { Keeps::Synced }),
            Some(action) => {
                if let Question::Retire { keeps, .. } = &self.question
                    && let Some(at) = CHOICES.iter().position(|choice| choice == keeps)
                    && let Some(to) = moved(at, CHOICES.len(), 1, action).and_then(|to| CHOICES.get(to))
                {
                    self.choose(*to);
                }
            }
            None => {}
        }
        Vec::new()
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let cells = usize::from(CELLS);
        let mut lines: Vec<(String, Style)> = Vec::new();
        let (title, text, checked) = match &self.question {
            Question::Deputy => {
                lines.push((self.name.to_string(), cx.theme.title()));
                (say::deputy_title(lang), say::deputy_text(lang), say::deputy_checked(lang))
            }
            Question::Retire { feed, head, keeps } => {
                let n = head.map(|n| say::commits(lang, n)).unwrap_or_default();
                lines.push((format!("{}  {}  {n}", self.name, laptop(cx, feed)), cx.theme.title()));
                for (n, choice) in (1..).zip(CHOICES).filter(|_| head.is_some()) {
                    let chosen = choice == *keeps;
                    let mark = if chosen { ">" } else { " " };
                    let style = if chosen { cx.theme.selected() } else { Style::new() };
                    let text = match choice {
                        Keeps::Synced => say::retire_keep(lang),
                        Keeps::Nothing => say::retire_drop(lang),
                    };
                    lines.push((fit(&format!("{mark} {n} {text}"), cells), style));
                }
                (say::retire_title(lang), say::retire_text(lang), say::retire_checked(lang))
            }
        };
        lines.extend(wrap(text, cells).into_iter().map(|line| (line, Style::new())));
        let at = lines.len();
        let mark = if self.checked { "[x]" } else { "[ ]" };
        lines.push((format!("{mark} {checked}"), cx.theme.title()));
        lines.push((say::two_keys(lang).to_owned(), cx.theme.faint()));
        let inner = open(frame, cx, CELLS, u16::try_from(lines.len()).unwrap_or(u16::MAX), title);
        for (row, (line, style)) in lines.into_iter().enumerate() {
            put(frame, inner, row, Line::styled(line, style));
        }
        park(frame, inner, at);
    }
}

/// A laptop by the beginning of its feed, as the commands show it.
pub(crate) fn laptop(cx: &Cx, feed: &FeedId) -> String {
    let short: String = feed.as_str().chars().take(6).collect();
    format!("{} {short}", say::laptop(cx.lang))
}
