//! What the lead records of a member with a reason, or takes back without one: that they are recused, or not there.

use ratatui::{Frame, layout::Rect, text::Line};

use crate::{
    app::deed::Deed,
    domain::terms::{id::MemberName, lang::Lang},
    tui::{
        desk::{Desk, cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        frame,
        keys::{action::Action, context::Context, input::Input},
        panel::words as say,
        widget::{
            form::{Filled, Form},
            popup::{open, put},
            text::{cut, wrap},
        },
    },
    words::label,
};

/// Cells of the dialog's text.
const CELLS: u16 = 62;

/// The dialog.
#[derive(Debug)]
pub(crate) struct ReasonDialog {
    name: MemberName,
    what: What,
    form: Form,
    problem: Option<String>,
}

/// What is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// A recusal; the field before the reason says from what.
    Recusal,
    /// An absence.
    Absence,
}

impl ReasonDialog {
    /// Asks from what a member is recused, and why.
    pub(crate) fn recusal(name: MemberName) -> Self {
        Self { name, what: What::Recusal, form: Form::new(&["*", ""]), problem: None }
    }

    /// Asks why a member is not there.
    pub(crate) fn absence(name: MemberName) -> Self {
        Self { name, what: What::Absence, form: Form::new(&[""]), problem: None }
    }

    /// What is recorded with what was typed, or why it cannot be.
    fn deed(&mut self, desk: &Desk, lang: Lang) -> Result<Deed, String> {
        let reason = Some(self.form.text(self.what.fields(lang).len() - 1));
        let reason = reason.filter(|reason| !reason.is_empty());
        let (exists, deed) = match self.what {
            What::Recusal => {
                let clause = self.form.clause(0, desk, lang)?;
                let mut recorded = desk.visit.recusals.iter().filter(|it| !it.declared);
                let exists = recorded.any(|it| it.name == self.name && it.clause == clause);
                (exists, Deed::Recuse(self.name.clone(), clause, reason.clone()))
            }
            What::Absence => {
                let exists = desk.visit.recorded_absent().any(|it| it.name == &self.name);
                (exists, Deed::RecordAbsence(self.name.clone(), reason.clone()))
            }
        };
        if reason.is_none() && !exists {
            return Err(label::reason_needed(lang).to_owned());
        }
        Ok(deed)
    }
}

impl What {
    const fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Recusal => say::recuse_title(lang),
            Self::Absence => label::absent(lang),
        }
    }

    const fn help(self, lang: Lang) -> &'static str {
        match self {
            Self::Recusal => say::recuse_help(lang),
            Self::Absence => say::absence_help(lang),
        }
    }

    /// The names of the fields; the last one is the reason.
    fn fields(self, lang: Lang) -> Vec<&'static str> {
        match self {
            Self::Recusal => vec![frame::words::recused_from(lang), label::reason(lang)],
            Self::Absence => vec![label::reason(lang)],
        }
    }
}

impl Dialog for ReasonDialog {
    fn context(&self) -> Context {
        Context::Fields
    }

    /// Types; the last Enter records, or takes back where no reason is given.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        let Some(desk) = cx.desk else { return vec![Go::Close] };
        match self.form.input(action, input) {
            Filled::Left => return vec![Go::Close],
            Filled::Stays => return Vec::new(),
            Filled::Done => {}
        }
        match self.deed(desk, cx.lang) {
            Ok(deed) => vec![Go::Close, Go::Do(Effect::Do(deed)), Go::Do(Effect::Sync)],
            Err(problem) => {
                self.problem = Some(problem);
                Vec::new()
            }
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let fields = self.what.fields(lang);
        let help = wrap(self.what.help(lang), usize::from(CELLS));
        let height = u16::try_from(help.len() + fields.len() + 2).unwrap_or(u16::MAX);
        let inner = open(frame, cx, CELLS, height, &format!("{}: {}", self.what.title(lang), self.name));
        if let Some(problem) = &self.problem {
            let line = cut(&format!("! {problem}"), usize::from(inner.width));
            put(frame, inner, fields.len(), Line::styled(line, cx.theme.bad()));
        }
        for (row, line) in help.into_iter().enumerate() {
            put(frame, inner, fields.len() + 2 + row, Line::styled(line, cx.theme.faint()));
        }
        self.form.view(cx, frame, inner, 0, &fields);
    }
}
