//! The passphrase of a shared file: given once to open it, or set and changed by the lead.

use std::path::PathBuf;

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::{deed::Deed, failure::Trouble, visit::passphrase::Lock},
    domain::terms::lang::Lang,
    tui::{
        desk::{Desk, cx::Cx, effect::Effect},
        dialog::{Dialog, Go, Heard, News},
        keys::{action::Action, context::Context, input::Input, keymap::key_of},
        sync::passphrase_words as say,
        widget::{
            field::Field,
            field_row::FieldRow,
            popup::{open, put},
            text::{cut, width, wrap},
        },
    },
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct PassphraseDialog {
    purpose: Purpose,
    first: Field,
    /// The same once more, where it is set: nobody sees a slip behind stars.
    again: Field,
    in_again: bool,
    /// Whether the text can be read.
    shown: bool,
    problem: Option<&'static str>,
    /// Whether it is being tried.
    sent: bool,
}

#[derive(Debug)]
enum Purpose {
    /// A file whose visit is not on this laptop, or not joined.
    Open(PathBuf),
    /// The file of the open visit.
    Unlock,
    /// The lead's; `true` = there is one already.
    Set(bool),
}

impl PassphraseDialog {
    /// Asks for the passphrase of a file that is to be opened.
    pub(crate) fn open(file: PathBuf) -> Self {
        Self::new(Purpose::Open(file))
    }

    /// What the passphrase of the open visit wants here: to be given, or to be set; else why neither.
    ///
    /// # Errors
    /// If there is nothing to give, and this is not the lead's laptop.
    pub(crate) fn in_visit(desk: &Desk, lang: Lang) -> Result<Self, &'static str> {
        let does_not_open = desk.lock == Lock::Asks || desk.trouble == Some(Trouble::Locked);
        match desk.lock {
            _ if does_not_open => Ok(Self::new(Purpose::Unlock)),
            lock if desk.lead => Ok(Self::new(Purpose::Set(lock == Lock::Held))),
            Lock::Open => Err(say::none(lang)),
            Lock::Held | Lock::Asks => Err(say::held(lang)),
        }
    }

    fn new(purpose: Purpose) -> Self {
        let (first, again) = Default::default();
        Self { purpose, first, again, in_again: false, shown: false, problem: None, sent: false }
    }

    const fn is_set(&self) -> bool {
        matches!(self.purpose, Purpose::Set(_))
    }

    fn give(&mut self, cx: &Cx) -> Vec<Go> {
        let text = self.first.raw();
        if self.first.is_blank() {
            (self.problem, self.in_again) = (Some(say::empty(cx.lang)), false);
            return Vec::new();
        }
        if self.is_set() && self.again.raw() != text {
            self.problem = Some(say::differ(cx.lang));
            return Vec::new();
        }
        // A sync that began without the key must not write after the first passphrase is set.
        let in_visit = !matches!(self.purpose, Purpose::Open(_));
        if in_visit && !self.sent && cx.desk.is_some_and(|desk| desk.syncing) {
            return vec![Go::Say(say::wait(cx.lang).to_owned())];
        }
        if std::mem::replace(&mut self.sent, true) {
            return Vec::new();
        }
        vec![Go::Do(match &self.purpose {
            Purpose::Open(file) => Effect::OpenLocked(file.clone(), text),
            Purpose::Unlock => Effect::Do(Deed::Unlock(text)),
            Purpose::Set(_) => Effect::Do(Deed::SetPassphrase(text)),
        })]
    }
}

impl Dialog for PassphraseDialog {
    fn context(&self) -> Context {
        Context::Passphrase
    }

    /// Types, shows or hides, gives.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        match action {
            Some(Action::Cancel) => return vec![Go::Close],
            Some(Action::Reveal) => self.shown = !self.shown,
            Some(Action::Confirm) if self.is_set() && !self.in_again => self.in_again = true,
            Some(Action::Confirm) => return self.give(cx),
            Some(Action::NextPane | Action::PrevPane | Action::Up | Action::Down) => {
                self.in_again = self.is_set() && !self.in_again;
            }
            Some(_) => {}
            None => {
                self.problem = None;
                let field = if self.in_again { &mut self.again } else { &mut self.first };
                field.input(input);
            }
        }
        Vec::new()
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let (title, why) = match &self.purpose {
            Purpose::Open(_) => (say::open_title(lang), say::open_text(lang)),
            Purpose::Unlock => (say::unlock_title(lang), say::unlock_text(lang)),
            Purpose::Set(false) => (say::set_title(lang), say::set_text(lang)),
            Purpose::Set(true) => (say::change_title(lang), say::change_text(lang)),
        };
        let mut lines: Vec<(String, Style)> = Vec::new();
        if let Purpose::Open(file) = &self.purpose {
            let file = crate::domain::terms::clean::clean_line(&file.display().to_string());
            lines.push((cut(&file, 62), cx.theme.title()));
        }
        lines.extend(wrap(why, 62).into_iter().map(|line| (line, Style::new())));
        let n_fields = 1 + usize::from(self.is_set());
        let foot = lines.len() + 1 + n_fields;
        let height = u16::try_from(foot + 2).unwrap_or(u16::MAX);
        let inner = open(frame, cx, 62, height, title);
        let n_lines = lines.len();
        for (row, (line, style)) in lines.into_iter().enumerate() {
            put(frame, inner, row, Line::styled(line, style));
        }
        let rows = [(say::passphrase(lang), &self.first), (say::again(lang), &self.again)];
        let label = rows.iter().take(n_fields).map(|(name, _)| width(name)).max().unwrap_or(0);
        for (at, (name, field)) in rows.into_iter().take(n_fields).enumerate() {
            let seen = if self.shown { field.clone() } else { field.masked() };
            let focused = (at == 1) == self.in_again;
            FieldRow { name, label, field: &seen, focused }.view(cx, frame, inner, n_lines + 1 + at);
        }
        let rule = if self.is_set() { say::rule(lang) } else { "" };
        let (said, style) = match self.problem {
            Some(problem) => (format!("! {problem}"), cx.theme.bad()),
            None if self.sent => (say::checking(lang).to_owned(), cx.theme.warn()),
            None => (rule.to_owned(), cx.theme.faint()),
        };
        put(frame, inner, foot, Line::styled(said, style));
        let key = key_of(Context::Passphrase, Action::Reveal, lang);
        put(frame, inner, foot + 1, Line::styled(format!("{key} {}", say::show(lang)), cx.theme.faint()));
    }

    /// Once the passphrase is taken it is done; otherwise it can be mended.
    fn hear(&mut self, news: &News) -> Heard {
        match news {
            News::Unlocked => Heard::Done,
            News::Refused => {
                self.sent = false;
                Heard::Taken
            }
            _ => Heard::Nothing,
        }
    }
}
