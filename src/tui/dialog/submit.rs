//! The question before a ballot is submitted: what is still missing, with jumps to it. The safe answer is the default.

use ratatui::{Frame, layout::Rect, text::Line};

use crate::tui::{
    action::Action,
    effect::Effect,
    model::{Cx, Go, Input},
    popup::{open, park, put},
    words::scoring as say,
};

/// The dialog.
///
/// Two different keys, because a key held down repeats: opening the question can never answer it.
#[derive(Debug, Default)]
pub(crate) struct SubmitDialog {
    checked: bool,
}

impl SubmitDialog {
    /// Jumps, submits, or leaves.
    pub(crate) fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        let Some(desk) = cx.desk else { return vec![Go::Close] };
        match action {
            Some(Action::Toggle) => {
                self.checked = !self.checked;
                Vec::new()
            }
            Some(Action::Confirm) if self.checked => {
                vec![Go::Close, Go::Do(Effect::Submit), Go::Do(Effect::Sync)]
            }
            Some(Action::Confirm | Action::Cancel) => vec![Go::Close],
            Some(Action::GoUnscored) => {
                let first = desk.votes.iter().position(|vote| !vote.is_scored());
                first.map_or_else(Vec::new, |index| vec![Go::Close, Go::Jump(index)])
            }
            Some(Action::GoOwed) => {
                desk.first_owed().map_or_else(Vec::new, |(index, _)| vec![Go::Close, Go::Jump(index)])
            }
            _ => Vec::new(),
        }
    }

    /// Draws it.
    pub(crate) fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let Some(desk) = cx.desk else { return };
        let lang = cx.lang;
        let inner = open(frame, cx, 50, 6, say::submit_title(lang));
        let (n_unscored, n_owed) = (desk.n_unscored(), desk.n_owed());
        for (row, text) in say::counts_before_submit(lang, n_unscored, n_owed).into_iter().enumerate() {
            let missing = if row == 0 { n_unscored } else { n_owed };
            let style = if missing > 0 { cx.theme.warn() } else { cx.theme.good() };
            put(frame, inner, row, Line::styled(text, style));
        }
        put(frame, inner, 3, Line::raw(say::submit_final(lang)));
        let mark = if self.checked { "[x]" } else { "[ ]" };
        put(frame, inner, 4, Line::styled(format!("{mark} {}", say::submit_checked(lang)), cx.theme.title()));
        put(frame, inner, 5, Line::raw(say::submit_how(lang)));
        park(frame, inner, 4);
    }
}
