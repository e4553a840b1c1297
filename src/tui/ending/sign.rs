//! The question before a record is signed: which record it is, and what is open in it.

use ratatui::{Frame, layout::Rect};

use crate::{
    app::{
        deed::Deed,
        ending::{finalize::matter_words, signing::record_code},
    },
    domain::edit::waiver::MatterKind,
    tui::{
        desk::{cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        ending::words as say,
        keys::{action::Action, context::Context, input::Input},
        widget::twice::{Question, Twice},
    },
    words::irrevocable,
};

/// The dialog.
#[derive(Debug, Default)]
pub(crate) struct SignDialog {
    twice: Twice,
}

impl Dialog for SignDialog {
    fn context(&self) -> Context {
        Context::Closing
    }

    /// Signs, or leaves.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        let shown = cx.desk.map(|desk| Effect::Do(Deed::Sign(desk.record)));
        self.twice.go(cx, action, shown.into_iter().chain([Effect::Sync]))
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let Some(desk) = cx.desk else { return };
        let lang = cx.lang;
        let record = format!("{} {}", say::record(lang), record_code(&desk.record));
        let mut known = vec![(record, cx.theme.title())];
        let matters = desk.tally.iter().flat_map(|tally| &tally.matters);
        let open: Vec<_> = matters.filter(|it| it.blocks() && it.kind != MatterKind::Unsigned).collect();
        if !open.is_empty() && !desk.visit.is_over() {
            known.push((say::open_matters(lang).to_owned(), cx.theme.warn()));
            known.extend(open.iter().map(|it| (format!("! {}", matter_words(it, lang)), cx.theme.warn())));
        }
        let question = Question {
            title: say::sign_title(lang),
            known,
            meaning: irrevocable::signing(lang),
            sure: say::sign_sure(lang),
        };
        self.twice.view(question, cx, frame);
    }

    fn shows_tally(&self) -> bool {
        true
    }
}
