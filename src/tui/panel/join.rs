//! Under which name of the roster to join a visit, or as an expert who is not on it.

use std::path::PathBuf;

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::visit::joining::JoinRequest,
    domain::terms::id::MemberName,
    tui::{
        desk::{
            Desk,
            cx::Cx,
            effect::{Effect, Occasion},
        },
        dialog::{Dialog, Go},
        keys::{action::Action, context::Context, input::Input},
        panel::{join_form::JoinFormDialog, membership_words as say},
        widget::{
            list::{first_row, moved},
            popup::{below, open, park, put},
            text::{cut, fit, wrap},
        },
    },
};

/// Rows for what choosing the selected name means.
const WHY_ROWS: usize = 4;

/// The dialog.
#[derive(Debug)]
pub(crate) struct JoinDialog {
    file: PathBuf,
    /// The roster, and whether a laptop has joined under the name.
    names: Vec<(MemberName, bool)>,
    /// A name, or after the last the expert who is not on the roster.
    selected: usize,
}

impl JoinDialog {
    /// The names of a visit's roster; the first one without a laptop is selected.
    pub(crate) fn new(desk: &Desk) -> Self {
        let names = desk.roster.clone();
        let selected = names.iter().position(|(_, taken)| !taken).unwrap_or(0);
        Self { file: desk.file.clone(), names, selected }
    }

    fn form(&self, chosen: Option<&(MemberName, bool)>) -> Vec<Go> {
        let form = match chosen {
            Some((name, taken)) => JoinFormDialog::named(self.file.clone(), name.clone(), *taken),
            None => JoinFormDialog::outsider(self.file.clone()),
        };
        vec![Go::Open(Box::new(form))]
    }
}

impl Dialog for JoinDialog {
    fn context(&self) -> Context {
        Context::Joining
    }

    /// Chooses a name; Esc looks without joining. Whoever needs to be told or asked more gets a form.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        let chosen = self.names.get(self.selected);
        match action {
            Some(Action::Cancel) => vec![Go::Close],
            Some(Action::Confirm) => match chosen {
                Some((name, false)) => {
                    let request = JoinRequest::named(name.as_str());
                    vec![
                        Go::Close,
                        Go::Do(Effect::Join(self.file.clone(), request)),
                        Go::Do(Effect::ShowCodes(Occasion::New)),
                    ]
                }
                chosen => self.form(chosen),
            },
            Some(Action::Recovery) => self.form(chosen),
            Some(action) => {
                self.selected =
                    moved(self.selected, self.names.len() + 1, cx.page, action).unwrap_or(self.selected);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let lang = cx.lang;
        let n = self.names.len() + 1;
        let wanted = u16::try_from(n + 2 + WHY_ROWS).unwrap_or(u16::MAX);
        let inner = open(frame, cx, 60, wanted.min(body.height), say::join_title(lang));
        let cells = usize::from(inner.width);
        put(frame, inner, 0, Line::styled(cut(say::join_help(lang), cells), cx.theme.faint()));
        let height = usize::from(inner.height).saturating_sub(2 + WHY_ROWS);
        let list = Rect { height: u16::try_from(height).unwrap_or(0), ..below(inner, 1) };
        let first = first_row(self.selected, n, height);
        for (line, at) in (first..n).take(height).enumerate() {
            let chosen = at == self.selected;
            let mark = if chosen { ">" } else { " " };
            let text = match self.names.get(at) {
                Some((name, true)) => format!("{}  ({})", name, say::taken(lang)),
                Some((name, false)) => name.to_string(),
                None => say::outsider(lang).to_owned(),
            };
            let style = if chosen { cx.theme.selected() } else { Style::new() };
            put(frame, list, line, Line::styled(fit(&format!("{mark} {text}"), cells), style));
            if chosen {
                park(frame, list, line);
            }
        }
        let why = match self.names.get(self.selected) {
            Some((_, false)) => say::why_free(lang),
            Some((_, true)) => say::why_taken(lang),
            None => say::why_outsider(lang),
        };
        let rest = below(inner, height + 2);
        for (row, line) in wrap(why, cells).into_iter().enumerate() {
            put(frame, rest, row, Line::raw(line));
        }
    }
}
