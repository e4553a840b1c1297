//! Joining with more than a name: a recovery code, or the particulars of an expert who is not on the roster.

use std::path::PathBuf;

use crossterm::event::KeyCode;
use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::visit::joining::JoinRequest,
    domain::{
        edit::Expert,
        panel::TitleLack,
        terms::{field::Field as Expertise, id::MemberName},
    },
    tui::{
        desk::{
            cx::Cx,
            effect::{Effect, Occasion},
        },
        dialog::{Dialog, Go, Heard, News},
        frame,
        keys::{Key, action::Action, context::Context, input::Input},
        panel::membership_words as say,
        widget::{
            field::Field,
            field_row::FieldRow,
            popup::{open, park, put},
            text::{fit, width, wrap},
        },
    },
    words::{label, title_lack},
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct JoinFormDialog {
    file: PathBuf,
    who: Who,
    recovery: Field,
    focus: usize,
    problem: Option<&'static str>,
    /// Whether the joining is under way.
    sent: bool,
}

#[derive(Debug)]
enum Who {
    /// A name of the roster, and whether a laptop has joined under it.
    Named(MemberName, bool),
    /// Somebody else.
    Outsider { name: Field, field: usize, title: Field },
}

/// A row of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Name,
    Expertise,
    Title,
    Recovery,
}

impl JoinFormDialog {
    /// The form for a name of the roster.
    pub(crate) fn named(file: PathBuf, name: MemberName, taken: bool) -> Self {
        Self::new(file, Who::Named(name, taken))
    }

    /// The form for somebody else.
    pub(crate) fn outsider(file: PathBuf) -> Self {
        Self::new(file, Who::Outsider { name: Field::default(), field: 0, title: Field::default() })
    }

    fn new(file: PathBuf, who: Who) -> Self {
        Self { file, who, recovery: Field::default(), focus: 0, problem: None, sent: false }
    }

    const fn rows(&self) -> &'static [Row] {
        match self.who {
            Who::Named(..) => &[Row::Recovery],
            Who::Outsider { .. } => &[Row::Name, Row::Expertise, Row::Title, Row::Recovery],
        }
    }

    fn focused(&self) -> Row {
        self.rows().get(self.focus).copied().unwrap_or(Row::Recovery)
    }

    fn field_mut(&mut self) -> Option<&mut Field> {
        match (self.focused(), &mut self.who) {
            (Row::Name, Who::Outsider { name, .. }) => Some(name),
            (Row::Title, Who::Outsider { title, .. }) => Some(title),
            (Row::Recovery, _) => Some(&mut self.recovery),
            _ => None,
        }
    }

    /// Left, right and space go through the fields, a digit picks one.
    fn turn(&mut self, key: Key) {
        let Who::Outsider { field, .. } = &mut self.who else { return };
        let n = Expertise::ALL.len();
        match key.folded().code {
            KeyCode::Left => *field = (*field + n - 1) % n,
            KeyCode::Right | KeyCode::Char(' ') => *field = (*field + 1) % n,
            KeyCode::Char(c @ '0'..='9') => {
                // The key behind 9 is the tenth.
                let digit = c.to_digit(10).and_then(|digit| usize::try_from((digit + 9) % 10).ok());
                *field = digit.map_or(*field, |place| place.min(n - 1));
            }
            _ => {}
        }
    }

    fn join(&mut self, cx: &Cx) -> Vec<Go> {
        let (name, expert) = match &self.who {
            Who::Named(name, _) => (name.to_string(), None),
            Who::Outsider { name, field, title } => {
                let is_listed = cx.desk.is_some_and(|desk| desk.visit.member(&name.text()).is_some());
                let problem = if name.is_blank() {
                    Some(say::no_name(cx.lang))
                } else {
                    is_listed.then(|| say::on_roster(cx.lang))
                };
                if problem.is_some() {
                    (self.problem, self.focus) = (problem, 0);
                    return Vec::new();
                }
                let field = Expertise::ALL.get(*field).copied().unwrap_or(Expertise::Medicine);
                match name.line().and_then(|name| Ok((name, title.line()?))) {
                    Ok((name, title)) => (name.into_string(), Some(Expert { field, title })),
                    Err(error) => return vec![Go::Say(frame::words::too_long(cx.lang, error))],
                }
            }
        };
        if std::mem::replace(&mut self.sent, true) {
            return Vec::new();
        }
        let recovery = (!self.recovery.is_blank()).then(|| self.recovery.text());
        let request = JoinRequest { name, expert, recovery, passphrase: None };
        vec![Go::Do(Effect::Join(self.file.clone(), request)), Go::Do(Effect::ShowCodes(Occasion::New))]
    }

    /// What is wrong with the title that is typed, under the rule of the visit that is looked at.
    fn title_lack(&self, cx: &Cx) -> Option<TitleLack> {
        let (Who::Outsider { name, title, .. }, Some(desk)) = (&self.who, cx.desk) else { return None };
        let line = title.line().ok().filter(|line| !line.is_empty())?;
        let name = MemberName::new(name.text());
        (!name.as_str().is_empty()).then(|| desk.checklist().profile.panel.title_lack(&name, &line))?
    }

    fn row(&self, cx: &Cx, frame: &mut Frame, area: Rect, line: usize, label: usize, row: Row) {
        let focused = row == self.focused();
        let name = row.name(cx);
        let field = match (row, &self.who) {
            (Row::Name, Who::Outsider { name, .. }) => name,
            (Row::Title, Who::Outsider { title, .. }) => title,
            (Row::Expertise, Who::Outsider { field, .. }) => {
                let chosen = Expertise::ALL.get(*field).map_or("", |field| field.name(cx.lang));
                let mark = if focused { ">" } else { " " };
                let text = format!("{mark} {} < {} {chosen} >", fit(name, label), field + 1);
                let style = if focused { cx.theme.title() } else { Style::new() };
                put(frame, area, line, Line::styled(text, style));
                if focused {
                    park(frame, area, line);
                }
                return;
            }
            _ => &self.recovery,
        };
        FieldRow { name, label, field, focused }.view(cx, frame, area, line);
    }
}

impl Dialog for JoinFormDialog {
    fn context(&self) -> Context {
        Context::Fields
    }

    /// Types, moves between rows, joins from the last one.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        let last = self.rows().len() - 1;
        match (action, input) {
            (Some(Action::Cancel), _) => return vec![Go::Close],
            (Some(Action::Confirm), _) if self.focus == last => return self.join(cx),
            (Some(Action::Confirm | Action::NextPane | Action::Down), _) => {
                self.focus = (self.focus + 1).min(last);
            }
            (Some(Action::PrevPane | Action::Up), _) => self.focus = self.focus.saturating_sub(1),
            (Some(_), _) => {}
            (None, input) => {
                self.problem = None;
                match (self.field_mut(), input) {
                    (Some(field), input) => {
                        field.input(input);
                    }
                    (None, Input::Key(key)) => self.turn(*key),
                    (None, Input::Paste(_)) => {}
                }
            }
        }
        Vec::new()
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let (title, why, help) = match &self.who {
            Who::Named(name, true) => (name.to_string(), say::why_taken(lang), say::recovery_help(lang)),
            Who::Named(name, false) => (name.to_string(), say::why_free(lang), say::recovery_help(lang)),
            Who::Outsider { .. } => {
                (say::not_on_roster(lang).to_owned(), say::why_outsider(lang), say::outsider_help(lang))
            }
        };
        let cells = 62;
        let why = wrap(why, cells);
        let help = wrap(help, cells);
        let rows = self.rows();
        let n_told = if self.title_lack(cx).is_some() { 2 } else { 0 };
        let height = why.len() + rows.len() + help.len() + 2 + n_told;
        let title = format!("{}: {title}", say::join_title(lang));
        let inner = open(frame, cx, 62, u16::try_from(height).unwrap_or(u16::MAX), &title);
        let n_why = why.len();
        for (row, line) in why.into_iter().enumerate() {
            put(frame, inner, row, Line::raw(line));
        }
        let label = rows.iter().map(|row| width(row.name(cx))).max().unwrap_or(0);
        for (at, row) in rows.iter().enumerate() {
            self.row(cx, frame, inner, n_why + 1 + at, label, *row);
        }
        let mut foot: Vec<(String, Style)> = help.into_iter().map(|line| (line, cx.theme.faint())).collect();
        if let Some(lack) = self.title_lack(cx) {
            let told: Vec<String> = wrap(&format!("! {}", title_lack(&lack).said(lang)), cells);
            foot.splice(0..0, told.into_iter().map(|line| (line, cx.theme.warn())));
        }
        if let Some(problem) = self.problem {
            foot.insert(0, (format!("! {problem}"), cx.theme.bad()));
        }
        for (at, (line, style)) in foot.into_iter().enumerate() {
            put(frame, inner, n_why + rows.len() + 1 + at, Line::styled(line, style));
        }
    }

    /// The form can be mended.
    fn hear(&mut self, news: &News) -> Heard {
        let News::Refused = news else { return Heard::Nothing };
        self.sent = false;
        Heard::Taken
    }
}

impl Row {
    const fn name(self, cx: &Cx) -> &'static str {
        match self {
            Self::Name => label::name(cx.lang),
            Self::Expertise => label::field(cx.lang),
            Self::Title => label::title(cx.lang),
            Self::Recovery => say::recovery(cx.lang),
        }
    }
}
