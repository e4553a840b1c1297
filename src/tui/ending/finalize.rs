//! The question before a visit is made final: which record, who has not signed it, and what is let pass.

use ratatui::{Frame, layout::Rect};

use crate::{
    app::{deed::Deed, ending::signing::record_code},
    domain::ending::signature::Signature,
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
pub(crate) struct FinalizeDialog {
    twice: Twice,
}

impl Dialog for FinalizeDialog {
    fn context(&self) -> Context {
        Context::Closing
    }

    /// Makes the visit final, or leaves.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        let waivers = cx.desk.map(|desk| desk.waivers.clone()).unwrap_or_default();
        self.twice.go(cx, action, [Effect::Do(Deed::Finalize(waivers)), Effect::Sync])
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let Some(desk) = cx.desk else { return };
        let lang = cx.lang;
        let record = format!("{} {}", say::record(lang), record_code(&desk.record));
        let mut known = vec![(record, cx.theme.title())];
        let signed = |state| Signature::of(state, &desk.record) == Signature::Valid;
        let unsigned = desk.visit.voting().filter(|state| !signed(state));
        let unsigned: Vec<&str> = unsigned.map(|state| state.member.name.as_str()).collect();
        if !unsigned.is_empty() {
            let names = unsigned.join(lang.pick("、", ", "));
            known.push((format!("{}: {names}", irrevocable::not_signed(lang)), cx.theme.warn()));
        }
        // What is let pass clause by clause for one reason is one line.
        let mut waived: Vec<(&str, &str)> =
            desk.waivers.iter().map(|it| (it.kind.name(lang), it.reason.as_str())).collect();
        waived.dedup();
        known.extend(
            waived
                .into_iter()
                .map(|(kind, reason)| (format!("{} {kind}: {reason}", say::waived(lang)), cx.theme.warn())),
        );
        let question = Question {
            title: say::final_title(lang),
            known,
            meaning: irrevocable::finalising(lang),
            sure: say::final_sure(lang),
        };
        self.twice.view(question, cx, frame);
    }
}
