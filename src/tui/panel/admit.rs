//! Admitting a laptop: the lead types what the member reads out, then the member compares what the lead's screen shows.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::{
        deed::Deed,
        visit::membership::{Admission, Keeps, N_TYPED, n_typed},
    },
    domain::visit::Identity,
    tui::{
        desk::{Desk, cx::Cx, effect::Effect},
        dialog::{Dialog, Go, Heard, News},
        keys::{action::Action, context::Context, input::Input},
        panel::{codes::spaced, membership_words as say, seat::SeatDialog},
        widget::{
            field::Field,
            field_row::FieldRow,
            list::moved,
            popup::{open, park, put},
            text::{cut, fit, width, wrap},
        },
    },
    words::title_lack,
};

/// The dialog that takes the code.
#[derive(Debug, Default)]
pub(crate) struct AdmitDialog {
    code: Field,
    /// Whether the code is being looked up.
    sent: bool,
}

impl Dialog for AdmitDialog {
    fn context(&self) -> Context {
        Context::Fields
    }

    /// Types the code; Enter admits.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        let n = n_typed(&self.code.raw());
        match (action, input) {
            (Some(Action::Cancel), _) => return vec![Go::Close],
            (Some(Action::Confirm), _) if n < N_TYPED => {
                return vec![Go::Say(say::typed(cx.lang, n, N_TYPED))];
            }
            (Some(Action::Confirm), _) if !self.sent => {
                self.sent = true;
                return vec![Go::Do(Effect::Do(Deed::Admit(self.code.text())))];
            }
            (Some(_), _) => {}
            (None, input) => {
                self.code.input(input);
            }
        }
        Vec::new()
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let Some(desk) = cx.desk else { return };
        let lang = cx.lang;
        let waiting = unchecked(cx, desk);
        let rows = usize::from(body.height.saturating_sub(9)).clamp(1, 12);
        let mut lines: Vec<(String, Style)> = Vec::new();
        if waiting.is_empty() {
            let text = wrap(say::admit_nobody(lang), 62);
            lines.extend(text.into_iter().map(|line| (line, cx.theme.warn())));
        } else {
            lines.push((format!("{}:", say::admit_who(lang)), cx.theme.faint()));
            lines.extend(waiting.into_iter().take(rows).map(|line| (line, Style::new())));
        }
        let height = u16::try_from(lines.len() + 4).unwrap_or(u16::MAX);
        let inner = open(frame, cx, 62, height, say::admit_title(lang));
        let cells = usize::from(inner.width);
        put(frame, inner, 0, Line::raw(cut(say::admit_help(lang), cells)));
        let n = n_typed(&self.code.raw());
        let style = if n < N_TYPED { cx.theme.faint() } else { cx.theme.good() };
        put(frame, inner, 2, Line::styled(say::typed(lang, n, N_TYPED), style));
        for (row, (line, style)) in lines.into_iter().enumerate() {
            put(frame, inner, 4 + row, Line::styled(cut(&line, cells), style));
        }
        let name = say::code(lang);
        FieldRow { name, label: width(name), field: &self.code, focused: true }.view(cx, frame, inner, 1);
    }

    /// Once the laptop is admitted it is done; otherwise the code can be mended.
    fn hear(&mut self, news: &News) -> Heard {
        match news {
            News::Admitted(true) => Heard::Done,
            News::Admitted(false) => {
                self.sent = false;
                Heard::Taken
            }
            _ => Heard::Nothing,
        }
    }
}

/// The laptops that wait, and the members that nobody has checked.
fn unchecked(cx: &Cx, desk: &Desk) -> Vec<String> {
    let lang = cx.lang;
    let row = |name: &str, note: &str| format!("  {} {note}", fit(name, 12));
    let rule = &desk.checklist().profile.panel;
    let waiting = desk.visit.pending.iter().flat_map(|claim| {
        let lack = claim.expert.as_ref().and_then(|it| rule.title_lack(&claim.name, &it.title));
        let told = lack.map(|lack| format!("    ! {}", title_lack(&lack).said(lang)));
        [Some(row(claim.name.as_str(), say::waits(lang))), told]
    });
    let waiting = waiting.flatten();
    let provisional = desk.visit.members.iter().filter(|state| state.identity == Identity::Provisional);
    let provisional = provisional.map(|state| row(state.member.name.as_str(), say::counts_unchecked(lang)));
    waiting.chain(provisional).collect()
}

/// The dialog after it: the last four signs, for the member to compare.
#[derive(Debug)]
pub(crate) struct AdmittedDialog {
    admission: Admission,
    selected: usize,
}

impl AdmittedDialog {
    /// Shows what was admitted.
    pub(crate) const fn new(admission: Admission) -> Self {
        Self { admission, selected: 0 }
    }

    fn retire(&self, cx: &Cx) -> Vec<Go> {
        let (name, feed) = (&self.admission.name, &self.admission.feed);
        let state = cx.desk.and_then(|desk| desk.visit.member(name.as_str()));
        let head = state.and_then(|state| state.heads.get(feed)).map(|it| it.n);
        vec![
            Go::Close,
            Go::Open(Box::new(SeatDialog::retire(name.clone(), feed.clone(), head, Keeps::Nothing))),
        ]
    }
}

impl Dialog for AdmittedDialog {
    fn context(&self) -> Context {
        Context::Choice
    }

    /// Ends, or goes on to retire a laptop whose code differs.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        let digit = match input {
            Input::Key(key) => key.folded().typed(),
            Input::Paste(_) => None,
        };
        match (action, digit) {
            (_, Some('1')) | (Some(Action::Cancel), _) => vec![Go::Close],
            (_, Some('2')) => self.retire(cx),
            (Some(Action::Confirm), _) if self.selected == 1 => self.retire(cx),
            (Some(Action::Confirm), _) => vec![Go::Close],
            (Some(action), _) => {
                self.selected = moved(self.selected, 2, cx.page, action).unwrap_or(self.selected);
                Vec::new()
            }
            (None, _) => Vec::new(),
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let inner = open(frame, cx, 60, 8, say::admitted_title(lang));
        let cells = usize::from(inner.width);
        put(frame, inner, 0, Line::styled(self.admission.name.to_string(), cx.theme.title()));
        for (row, line) in wrap(say::admitted_compare(lang), cells).into_iter().take(2).enumerate() {
            put(frame, inner, 1 + row, Line::raw(line));
        }
        let signs = format!("    {}", spaced(self.admission.code.compared()));
        put(frame, inner, 4, Line::styled(signs, cx.theme.title()));
        let choices = [say::admitted_same(lang), say::admitted_differ(lang)];
        for (at, text) in choices.into_iter().enumerate() {
            let chosen = at == self.selected;
            let mark = if chosen { ">" } else { " " };
            let style = if chosen { cx.theme.selected() } else { Style::new() };
            put(frame, inner, 6 + at, Line::styled(fit(&format!("{mark} {} {text}", at + 1), cells), style));
            if chosen {
                park(frame, inner, 6 + at);
            }
        }
    }
}
