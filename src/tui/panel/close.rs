//! The question before scoring is closed: who has not sealed, and will not count. Or, once it is closed, before the seals that came
//! late are counted.

use ratatui::{Frame, layout::Rect};

use crate::{
    app::deed::Deed,
    domain::{edit::Edit, permit::Refusal, terms::id::MemberName, visit::Visit},
    tui::{
        desk::{Desk, cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        frame::notice,
        keys::{action::Action, context::Context, input::Input},
        panel::words as say,
        widget::twice::{Question, Twice},
    },
    words::{irrevocable, label},
};

/// So many who wait are named: anybody who can write to the share can claim names.
const NAMED: usize = 5;

/// The dialog.
#[derive(Debug, Default)]
pub(crate) struct CloseDialog {
    twice: Twice,
}

/// What closing does now: opens the question, or says why there is none.
pub(crate) fn close(desk: &Desk, cx: &Cx) -> Go {
    let lang = cx.lang;
    match desk.may(&Edit::Close { tips: desk.visit.tips() }) {
        Err(Refusal::NotSealed) => Go::Say(say::submit_first(lang).to_owned()),
        Err(refusal) => Go::Say(notice::barrier(lang, desk, refusal).to_owned()),
        Ok(()) if desk.visit.closed && desk.visit.late_seals().next().is_none() => {
            Go::Say(say::closed(lang).to_owned())
        }
        Ok(()) => Go::Open(Box::new(CloseDialog::default())),
    }
}

fn listed<'a>(names: impl Iterator<Item = &'a MemberName>, cx: &Cx) -> String {
    names.map(MemberName::as_str).collect::<Vec<_>>().join(cx.lang.pick("、", ", "))
}

/// Who is not there, and who works on a ballot without being admitted.
fn others<'a>(cx: &Cx, visit: &'a Visit) -> impl Iterator<Item = (&'static str, String)> + use<'a> {
    let absent = listed(visit.absentees().map(|it| it.name), cx);
    let waiting = listed(visit.newcomers().take(NAMED), cx);
    let told = [(label::absent(cx.lang), absent), (say::not_admitted(cx.lang), waiting)];
    told.into_iter().filter(|(_, names)| !names.is_empty())
}

impl Dialog for CloseDialog {
    fn context(&self) -> Context {
        Context::Closing
    }

    /// Closes scoring, or leaves.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        self.twice.go(cx, action, [Effect::Do(Deed::Close)])
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let Some(desk) = cx.desk else { return };
        let (lang, visit) = (cx.lang, &desk.visit);
        let (good, warn) = (cx.theme.good(), cx.theme.warn());
        let warned = |(name, who): (&str, String)| (format!("{name}: {who}"), warn);
        let unsealed: Vec<&MemberName> = visit.unsealed().map(|state| &state.member.name).collect();
        let question = if visit.closed {
            let late = listed(visit.late_seals().map(|state| &state.member.name), cx);
            Question {
                title: say::late_title(lang),
                known: vec![(format!("{}: {late}", say::sealed_late(lang)), warn)],
                meaning: say::late_text(lang),
                sure: say::late_sure(lang),
            }
        } else if unsealed.is_empty() {
            let mut known = vec![(say::all_sealed(lang).to_owned(), good)];
            known.extend(others(cx, visit).map(warned));
            Question {
                title: say::close_title(lang),
                known,
                meaning: irrevocable::closing(lang),
                sure: say::close_sure(lang),
            }
        } else {
            let names = listed(unsealed.into_iter(), cx);
            let mut known = vec![(format!("{}: {names}", say::left_out(lang)), warn)];
            known.extend(others(cx, visit).map(warned));
            Question {
                title: say::close_title(lang),
                known,
                meaning: irrevocable::closing(lang),
                sure: say::close_without_them(lang),
            }
        };
        self.twice.view(question, cx, frame);
    }
}
