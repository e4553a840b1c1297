//! Why a clause gets no grade: three kinds a member may choose, then the reason.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    domain::{
        checklist::Clause,
        edit::{Choice, Edit, Stand},
        terms::{absence::Absence, id::ClauseId, written},
    },
    tui::{
        desk::cx::Cx,
        dialog::{Dialog, Go},
        keys::{action::Action, context::Context, input::Input},
        score::{reason::ReasonDialog, words as say},
        widget::{
            list::moved,
            popup::{open, park, put},
            text::fit,
        },
    },
};

/// The kinds a member may choose; recusal is the lead's to record.
const KINDS: [Absence; 3] = [Absence::NotSeen, Absence::NotApplicable, Absence::NotProvided];

/// The dialog.
#[derive(Debug)]
pub(crate) struct AbsentDialog {
    clause: ClauseId,
    selected: usize,
}

impl AbsentDialog {
    /// Asks about a clause.
    pub(crate) fn new(clause: &Clause) -> Self {
        Self { clause: clause.id.clone(), selected: 0 }
    }

    fn choose(&self, index: usize, cx: &Cx) -> Vec<Go> {
        let (Some(kind), Some(desk)) = (KINDS.get(index).copied(), cx.desk) else { return Vec::new() };
        let Some(at) = desk.index_of(self.clause.as_str()) else { return vec![Go::Close] };
        let (Some(clause), Some(vote)) = (desk.clause(at), desk.vote(at)) else { return vec![Go::Close] };
        if kind == Absence::NotApplicable && clause.must_apply {
            return vec![Go::Say(say::clause_applies(cx.lang).to_owned())];
        }
        let stand = Stand { choice: Choice::Absent(kind), reason: written::Line::default() };
        let reason = ReasonDialog::new(clause, &stand, &vote.derived);
        vec![
            Go::Close,
            Go::Record(vec![Edit::Vote { clause: self.clause.clone(), value: Some(stand) }]),
            Go::Open(Box::new(reason)),
        ]
    }
}

impl Dialog for AbsentDialog {
    fn context(&self) -> Context {
        Context::Choice
    }

    /// Chooses by digit or Enter.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        let digit = match input {
            Input::Key(key) => key.folded().typed().and_then(|c| c.to_digit(10)),
            Input::Paste(_) => None,
        };
        if let Some(index) = digit.and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1)) {
            return self.choose(index, cx);
        }
        match action {
            Some(Action::Cancel) => vec![Go::Close],
            Some(Action::Confirm) => self.choose(self.selected, cx),
            Some(action) => {
                self.selected = moved(self.selected, KINDS.len(), cx.page, action).unwrap_or(self.selected);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let title = format!("{} {}", self.clause, say::absent_title(cx.lang));
        let inner = open(frame, cx, 40, 3, &title);
        for (index, kind) in KINDS.into_iter().enumerate() {
            let chosen = index == self.selected;
            let mark = if chosen { ">" } else { " " };
            let text = fit(&format!("{mark} {} {}", index + 1, kind.name(cx.lang)), usize::from(inner.width));
            put(
                frame,
                inner,
                index,
                Line::styled(text, if chosen { cx.theme.selected() } else { Style::new() }),
            );
            if chosen {
                park(frame, inner, index);
            }
        }
    }
}
