//! The reason for a grade or absence, asked in place. The grade is stored before it is asked.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    domain::{
        ballot::{reason_owed, scoring::Derived},
        checklist::Clause,
        edit::{Edit, Stand},
        terms::{id::ClauseId, written},
    },
    tui::{
        desk::{cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        frame,
        keys::{action::Action, context::Context, input::Input},
        score::words as say,
        widget::{
            field::Field,
            popup::{boxed, put, row_of},
            text::cut,
        },
    },
    words::{self, label},
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct ReasonDialog {
    clause: ClauseId,
    stand: Stand,
    owed: Option<crate::domain::ballot::ReasonOwed>,
    field: Field,
}

impl ReasonDialog {
    /// Asks for the reason of a stand that is already stored.
    pub(crate) fn new(clause: &Clause, stand: &Stand, derived: &Derived) -> Self {
        Self {
            clause: clause.id.clone(),
            stand: stand.clone(),
            owed: reason_owed(stand.choice, derived),
            field: Field::with(&stand.reason),
        }
    }
}

/// The reason that was written last, to be put where one is written.
pub(super) fn last_reason(cx: &Cx) -> Vec<Go> {
    let last = cx.desk.and_then(|desk| desk.last_reason.as_ref());
    vec![match last {
        Some(stand) => Go::Type(stand.reason.to_string()),
        None => Go::Say(say::no_last_reason(cx.lang).to_owned()),
    }]
}

impl Dialog for ReasonDialog {
    fn context(&self) -> Context {
        Context::Reason
    }

    /// Types; Enter stores the reason and goes on, Esc leaves it for later.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        match (action, input) {
            (Some(Action::Cancel), _) => vec![Go::Close],
            (Some(Action::Confirm), _) => {
                let reason = self.field.text();
                if self.stand.reason == *reason {
                    return if self.owed.is_some() && reason.is_empty() {
                        Vec::new()
                    } else {
                        vec![Go::Close, Go::Onward]
                    };
                }
                let reason = match written::Line::new(&reason) {
                    Ok(reason) => reason,
                    Err(error) => return vec![Go::Say(frame::words::too_long(cx.lang, error))],
                };
                let value = Some(Stand { choice: self.stand.choice, reason });
                vec![
                    Go::Close,
                    Go::Record(vec![Edit::Vote { clause: self.clause.clone(), value }]),
                    Go::Onward,
                ]
            }
            (Some(Action::Phrases), _) => vec![Go::Do(Effect::ReadPhrases)],
            (Some(Action::LastReason), _) => last_reason(cx),
            (Some(_), _) => Vec::new(),
            (None, input) => {
                self.field.input(input);
                Vec::new()
            }
        }
    }

    /// Draws it at the lower end of the screen, but not on its last row, where input methods have no room.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let lang = cx.lang;
        let height = 4.min(body.height);
        let area = Rect { y: body.bottom().saturating_sub(height), height, ..body };
        let title = format!("{} {}", self.clause, label::reason(lang));
        let inner = boxed(frame, cx, area, &title);
        let help = match self.owed {
            Some(owed) => format!("{} | {}", words::reason_owed(owed, lang), say::reason_help(lang)),
            None => say::reason_help(lang).to_owned(),
        };
        put(frame, inner, 0, Line::styled(cut(&help, usize::from(inner.width)), cx.theme.faint()));
        if let Some(row) = row_of(inner, 1) {
            self.field.view(lang, frame, row, Style::new(), true);
        }
    }
}
