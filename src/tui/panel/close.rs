//! The question before scoring is closed: who has not submitted.

use ratatui::{Frame, layout::Rect};

use crate::{
    app::deed::Deed,
    tui::{
        desk::{cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        keys::{action::Action, context::Context, input::Input},
        panel::words as say,
        widget::twice::{Answer, Question, Twice},
    },
    words::irrevocable,
};

/// The dialog.
#[derive(Debug, Default)]
pub(crate) struct CloseDialog {
    twice: Twice,
}

impl Dialog for CloseDialog {
    fn context(&self) -> Context {
        Context::Closing
    }

    /// Closes scoring, or leaves.
    fn input(&mut self, action: Option<Action>, _: &Input, _: &Cx) -> Vec<Go> {
        match self.twice.answer(action) {
            Answer::Do => vec![Go::Close, Go::Do(Effect::Do(Deed::Close)), Go::Do(Effect::Sync)],
            Answer::Leave => vec![Go::Close],
            Answer::Open => Vec::new(),
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let Some(desk) = cx.desk else { return };
        let lang = cx.lang;
        let waiting: Vec<&str> = desk
            .visit
            .voting()
            .filter(|state| !state.is_submitted())
            .map(|state| state.member.name.as_str())
            .collect();
        let known = if waiting.is_empty() {
            (irrevocable::all_submitted(lang).to_owned(), cx.theme.good())
        } else {
            let names = waiting.join(lang.pick("、", ", "));
            (format!("{}: {names}", irrevocable::not_submitted(lang)), cx.theme.warn())
        };
        let question = Question {
            title: say::close_title(lang),
            known: vec![known],
            meaning: irrevocable::closing(lang),
            sure: say::close_sure(lang),
        };
        self.twice.view(question, cx, frame);
    }
}
