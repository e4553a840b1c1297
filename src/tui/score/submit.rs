//! The question before a ballot is submitted: what is still missing, with jumps to it. The safe answer is the default.

use ratatui::{Frame, layout::Rect, text::Line};

use crate::{
    app::deed::Deed,
    domain::ballot::{Position, Vote},
    tui::{
        desk::{cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        keys::{action::Action, context::Context, input::Input},
        score::words as say,
        widget::{
            popup::{open, park, put},
            text::cut,
        },
    },
};

/// The dialog.
///
/// Two different keys, because a key held down repeats: opening the question can never answer it.
#[derive(Debug, Default)]
pub(crate) struct SubmitDialog {
    checked: bool,
}

impl Dialog for SubmitDialog {
    fn context(&self) -> Context {
        Context::Submitting
    }

    /// Jumps, submits, or leaves.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        let Some(desk) = cx.desk else { return vec![Go::Close] };
        match action {
            Some(Action::Toggle) => {
                self.checked = !self.checked;
                Vec::new()
            }
            Some(Action::Confirm) if self.checked => {
                vec![Go::Close, Go::Do(Effect::Do(Deed::Submit)), Go::Do(Effect::Sync)]
            }
            Some(Action::Confirm | Action::Cancel) => vec![Go::Close],
            Some(Action::GoConflict) => {
                let first = desk.conflicts().next();
                first.map_or_else(Vec::new, |index| vec![Go::Close, Go::Jump(index)])
            }
            Some(Action::GoUnscored) => {
                let open = |index: &usize| {
                    let conflicts = |vote: &Vote| vote.position == Position::Conflict;
                    desk.is_owed(*index) && !desk.vote(*index).is_some_and(conflicts)
                };
                let first = (0..desk.votes.len()).find(open);
                first.map_or_else(Vec::new, |index| vec![Go::Close, Go::Jump(index)])
            }
            Some(Action::GoOwed) => {
                desk.first_owed().map_or_else(Vec::new, |(index, _)| vec![Go::Close, Go::Jump(index)])
            }
            _ => Vec::new(),
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let Some(desk) = cx.desk else { return };
        let lang = cx.lang;
        let conflicts: Vec<&str> =
            desk.conflicts().filter_map(|index| Some(desk.clause(index)?.id.as_str())).collect();
        let (n_unscored, n_owed) = (desk.n_unscored().saturating_sub(conflicts.len()), desk.n_owed());
        let [unscored, owed] = say::counts_before_submit(lang, n_unscored, n_owed);
        let mut counts = vec![(unscored, n_unscored), (owed, n_owed)];
        if !conflicts.is_empty() {
            counts.push((say::counted_conflicts(lang, &conflicts), conflicts.len()));
        }
        let n_counts = counts.len();
        let inner =
            open(frame, cx, 60, u16::try_from(n_counts + 4).unwrap_or(u16::MAX), say::submit_title(lang));
        for (row, (text, missing)) in counts.into_iter().enumerate() {
            let style = if missing > 0 { cx.theme.warn() } else { cx.theme.good() };
            put(frame, inner, row, Line::styled(cut(&text, usize::from(inner.width)), style));
        }
        let what = if desk.visit.closed { say::submit_late(lang) } else { say::submit_final(lang) };
        let mark = if self.checked { "[x]" } else { "[ ]" };
        put(frame, inner, n_counts + 1, Line::raw(cut(what, usize::from(inner.width))));
        let check = format!("{mark} {}", say::submit_checked(lang));
        put(frame, inner, n_counts + 2, Line::styled(check, cx.theme.title()));
        put(frame, inner, n_counts + 3, Line::raw(say::submit_how(lang)));
        park(frame, inner, n_counts + 2);
    }
}
