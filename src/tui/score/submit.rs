//! The question before a ballot is submitted: what is still missing, with jumps to it.

use ratatui::{Frame, layout::Rect};

use crate::{
    app::deed::Deed,
    domain::ballot::{Position, Vote},
    tui::{
        desk::{cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        keys::{action::Action, context::Context, input::Input},
        score::words as say,
        widget::twice::{Question, Twice},
    },
    words::irrevocable,
};

/// The dialog.
#[derive(Debug, Default)]
pub(crate) struct SubmitDialog {
    twice: Twice,
}

impl Dialog for SubmitDialog {
    fn context(&self) -> Context {
        Context::Submitting
    }

    /// Jumps, submits, or leaves.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        let Some(desk) = cx.desk else { return vec![Go::Close] };
        match action {
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
            // These would be refused: better before the question than after it.
            Some(Action::Confirm | Action::Toggle)
                if desk.n_owed() > 0 || desk.conflicts().next().is_some() =>
            {
                vec![Go::Say(say::settle_before_submit(cx.lang).to_owned())]
            }
            _ => self.twice.go(cx, action, [Effect::Do(Deed::Submit), Effect::Sync]),
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
        let styled = |(text, missing)| (text, if missing > 0 { cx.theme.warn() } else { cx.theme.good() });
        let question = Question {
            title: say::submit_title(lang),
            known: counts.into_iter().map(styled).collect(),
            meaning: if desk.visit.closed { say::submit_late(lang) } else { irrevocable::submitting(lang) },
            sure: say::submit_sure(lang),
        };
        self.twice.view(question, cx, frame);
    }
}
