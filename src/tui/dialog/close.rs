//! The question before scoring is closed: who has not submitted. The safe answer is the default.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::tui::{
    action::Action,
    effect::Effect,
    model::{Cx, Go, Input},
    popup::{open, park, put},
    text::wrap,
    words::judging as say,
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct CloseDialog;

impl CloseDialog {
    /// The same key again closes scoring; Enter and Esc leave.
    pub(crate) fn input(&mut self, action: Option<Action>, input: &Input, _: &Cx) -> Vec<Go> {
        let enter = matches!(input, Input::Key(key) if key.code == crossterm::event::KeyCode::Enter);
        match action {
            Some(Action::CloseScoring) => vec![Go::Close, Go::Do(Effect::Close)],
            Some(Action::Cancel) => vec![Go::Close],
            _ if enter => vec![Go::Close],
            _ => Vec::new(),
        }
    }

    /// Draws it.
    pub(crate) fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let Some(desk) = cx.desk else { return };
        let lang = cx.lang;
        let waiting: Vec<&str> = desk
            .visit
            .members
            .iter()
            .filter(|state| !state.is_submitted() && !desk.visit.is_recused(state.member.name.as_str()))
            .map(|state| state.member.name.as_str())
            .collect();
        let names = if waiting.is_empty() { say::none(lang).to_owned() } else { waiting.join(", ") };
        let mut lines: Vec<(String, Style)> = wrap(&format!("{}: {names}", say::not_submitted(lang)), 56)
            .into_iter()
            .map(|line| (line, cx.theme.warn()))
            .collect();
        lines.extend(wrap(say::close_text(lang), 56).into_iter().map(|line| (line, Style::new())));
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let inner = open(frame, cx, 56, height, say::close_title(lang));
        for (row, (line, style)) in lines.into_iter().enumerate() {
            put(frame, inner, row, Line::styled(line, style));
        }
        park(frame, inner, 0);
    }
}
