//! The question before a visit is made final. The safe answer is the default.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::deed::Deed,
    tui::{
        desk::{cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        ending::words as say,
        keys::{action::Action, context::Context, input::Input},
        widget::{
            popup::{open, park, put},
            text::wrap,
        },
    },
};

/// Cells of the dialog's text.
const CELLS: u16 = 60;

/// The dialog. Two different keys, as for submitting.
#[derive(Debug, Default)]
pub(crate) struct FinalizeDialog {
    checked: bool,
}

impl Dialog for FinalizeDialog {
    fn context(&self) -> Context {
        Context::Closing
    }

    /// Makes the visit final once checked; otherwise leaves.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        match action {
            Some(Action::Toggle) => {
                self.checked = !self.checked;
                Vec::new()
            }
            Some(Action::Confirm) if self.checked => {
                let waivers = cx.desk.map(|desk| desk.waivers.clone()).unwrap_or_default();
                vec![Go::Close, Go::Do(Effect::Do(Deed::Finalize(waivers))), Go::Do(Effect::Sync)]
            }
            Some(Action::Confirm | Action::Cancel) => vec![Go::Close],
            _ => Vec::new(),
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let Some(desk) = cx.desk else { return };
        let lang = cx.lang;
        let cells = usize::from(CELLS);
        let mut lines: Vec<(String, Style)> = Vec::new();
        for (kind, reason) in &desk.waivers {
            let text = format!("{} {}: {reason}", say::waived(lang), kind.name(lang));
            lines.extend(wrap(&text, cells).into_iter().map(|line| (line, cx.theme.warn())));
        }
        lines.extend(wrap(say::final_text(lang), cells).into_iter().map(|line| (line, Style::new())));
        let at = lines.len();
        let mark = if self.checked { "[x]" } else { "[ ]" };
        lines.push((format!("{mark} {}", say::final_checked(lang)), cx.theme.title()));
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let inner = open(frame, cx, CELLS, height, say::final_title(lang));
        for (row, (line, style)) in lines.into_iter().enumerate() {
            put(frame, inner, row, Line::styled(line, style));
        }
        park(frame, inner, at);
    }
}
