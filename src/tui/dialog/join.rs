//! Under which name of the roster to join a visit.

use std::path::PathBuf;

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    domain::{id::MemberName, visit::Identity},
    tui::{
        action::Action,
        desk::Desk,
        effect::Effect,
        model::{Cx, Go, Input, first_row, moved},
        popup::{below, open, park, put},
        text::{cut, fit},
        words::home as say,
    },
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct JoinDialog {
    file: PathBuf,
    names: Vec<(MemberName, bool)>,
    selected: usize,
}

impl JoinDialog {
    /// The names of a visit's roster; the first one without a device is selected.
    pub(crate) fn new(desk: &Desk) -> Self {
        let names: Vec<_> = desk
            .visit
            .members
            .iter()
            .map(|state| (state.member.name.clone(), state.identity != Identity::Absent))
            .collect();
        let selected = names.iter().position(|(_, taken)| !taken).unwrap_or(0);
        Self { file: desk.file.clone(), names, selected }
    }

    /// Chooses a name; Esc looks without joining.
    pub(crate) fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        match action {
            Some(Action::Cancel) => vec![Go::Close],
            Some(Action::Confirm) => match self.names.get(self.selected) {
                Some((name, _)) => vec![Go::Close, Go::Do(Effect::Join(self.file.clone(), name.clone()))],
                None => vec![Go::Close],
            },
            Some(action) => {
                self.selected =
                    moved(self.selected, self.names.len(), cx.page, action).unwrap_or(self.selected);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Draws it.
    pub(crate) fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let lang = cx.lang;
        let wanted = u16::try_from(self.names.len() + 2).unwrap_or(u16::MAX);
        let inner = open(frame, cx, 50, wanted.min(body.height), say::join_title(lang));
        let cells = usize::from(inner.width);
        put(frame, inner, 0, Line::styled(cut(say::join_help(lang), cells), cx.theme.faint()));
        let list = below(inner, 2);
        let height = usize::from(list.height);
        let first = first_row(self.selected, self.names.len(), height);
        for (line, (at, (name, taken))) in self.names.iter().enumerate().skip(first).take(height).enumerate()
        {
            let chosen = at == self.selected;
            let mark = if chosen { ">" } else { " " };
            let note = if *taken { format!("  ({})", say::taken(lang)) } else { String::new() };
            let style = if chosen { cx.theme.selected() } else { Style::new() };
            put(frame, list, line, Line::styled(fit(&format!("{mark} {name}{note}"), cells), style));
            if chosen {
                park(frame, list, line);
            }
        }
    }
}
