//! The question before scoring is closed: who has not sealed, and will not count. Or, once it is closed, before the seals that came
//! late are counted. The safe answer is the default.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::deed::Deed,
    domain::{terms::id::MemberName, visit::Visit},
    tui::{
        desk::{Desk, cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        frame,
        keys::{action::Action, context::Context, input::Input},
        panel::words as say,
        widget::{
            popup::{open, park, put},
            text::wrap,
        },
    },
};

/// Cells of the dialog's text.
const CELLS: u16 = 56;

/// The dialog. Two different keys, as for submitting; and where somebody would not count it asks a second time.
#[derive(Debug, Default)]
pub(crate) struct CloseDialog {
    checked: bool,
    asked_before: bool,
}

/// What closing does now: opens the question, or says why there is none.
pub(crate) fn close(desk: &Desk, cx: &Cx) -> Go {
    let lang = cx.lang;
    let visit = &desk.visit;
    let say_it = |text: &str| Go::Say(text.to_owned());
    let is_free =
        visit.founding.is_signed_by_one() || desk.me.as_ref().is_some_and(|me| visit.is_recused(me.as_str()));
    if !desk.chair {
        say_it(frame::words::lead_only(lang))
    } else if visit.finalised.is_some() {
        say_it(frame::words::is_final(lang))
    } else if visit.closed && visit.late_seals().next().is_none() {
        say_it(say::closed(lang))
    } else if !is_free && !desk.seat().is_some_and(|seat| seat.seals.stands()) {
        say_it(say::submit_first(lang))
    } else {
        Go::Open(Box::new(CloseDialog::default()))
    }
}

/// Who is left out if scoring is closed now.
fn unsealed(visit: &Visit) -> Vec<&MemberName> {
    if visit.closed || visit.founding.is_signed_by_one() {
        return Vec::new();
    }
    visit.voting().filter(|state| !state.seals.stands()).map(|state| &state.member.name).collect()
}

fn listed<'a>(names: impl Iterator<Item = &'a MemberName>, cx: &Cx) -> String {
    names.map(MemberName::as_str).collect::<Vec<_>>().join(cx.lang.pick("、", ", "))
}

impl Dialog for CloseDialog {
    fn context(&self) -> Context {
        Context::Closing
    }

    /// Closes scoring once checked, and checked again if somebody would not count; otherwise leaves.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        let Some(desk) = cx.desk else { return vec![Go::Close] };
        match action {
            Some(Action::Toggle) => {
                self.checked = !self.checked;
                Vec::new()
            }
            Some(Action::Confirm)
                if self.checked && !self.asked_before && !unsealed(&desk.visit).is_empty() =>
            {
                *self = Self { checked: false, asked_before: true };
                Vec::new()
            }
            Some(Action::Confirm) if self.checked => {
                vec![Go::Close, Go::Do(Effect::Do(Deed::Close)), Go::Do(Effect::Sync)]
            }
            Some(Action::Confirm | Action::Cancel) => vec![Go::Close],
            _ => Vec::new(),
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let Some(desk) = cx.desk else { return };
        let lang = cx.lang;
        let visit = &desk.visit;
        let unsealed = unsealed(visit);
        let (title, first, text, checked) = if visit.closed {
            let late = listed(visit.late_seals().map(|state| &state.member.name), cx);
            let first = (format!("{}: {late}", say::sealed_late(lang)), cx.theme.warn());
            (say::late_title(lang), first, say::late_text(lang), say::late_checked(lang))
        } else if unsealed.is_empty() {
            let first = (say::all_sealed(lang).to_owned(), cx.theme.good());
            (say::close_title(lang), first, say::close_text(lang), say::close_checked(lang))
        } else {
            let first =
                (format!("{}: {}", say::left_out(lang), listed(unsealed.into_iter(), cx)), cx.theme.warn());
            let (text, checked) = if self.asked_before {
                (say::close_again(lang), say::close_without_them(lang))
            } else {
                (say::close_text(lang), say::close_checked(lang))
            };
            (say::close_title(lang), first, text, checked)
        };
        let cells = usize::from(CELLS);
        let mut lines: Vec<(String, Style)> =
            wrap(&first.0, cells).into_iter().map(|it| (it, first.1)).collect();
        lines.extend(wrap(text, cells).into_iter().map(|line| (line, Style::new())));
        let at = lines.len();
        let mark = if self.checked { "[x]" } else { "[ ]" };
        lines.push((format!("{mark} {checked}"), cx.theme.title()));
        lines.push((say::check_then_enter(lang).to_owned(), cx.theme.faint()));
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let inner = open(frame, cx, CELLS, height, title);
        for (row, (line, style)) in lines.into_iter().enumerate() {
            put(frame, inner, row, Line::styled(line, style));
        }
        park(frame, inner, at);
    }
}
