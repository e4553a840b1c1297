//! The codes of this laptop in large groups, to be read out and copied onto paper.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    app::visit::recovery_sheet::Codes,
    tui::{
        desk::{
            cx::Cx,
            effect::{Effect, Occasion},
        },
        dialog::{Dialog, Go},
        keys::{action::Action, context::Context, input::Input, keymap::key_of},
        panel::membership_words as say,
        widget::{
            path::{PathDialog, PathQuestion},
            popup::{open, park, put},
            text::wrap,
        },
    },
};

/// Cells of the dialog's text.
const CELLS: u16 = 64;

/// The question where the recovery sheet goes: a file, or a folder in which it gets a name.
const SHEET: PathQuestion = PathQuestion {
    title: say::save_title,
    help: say::save_help,
    then: |path, lang| vec![Go::Do(Effect::SaveSheet(path, lang))],
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct CodesDialog {
    codes: Codes,
    occasion: Occasion,
    copied: bool,
}

impl CodesDialog {
    /// Shows codes; new ones ask to be copied.
    pub(crate) const fn new(codes: Codes, occasion: Occasion) -> Self {
        Self { codes, occasion, copied: false }
    }

    /// Whether they were just made, so that copying them is asked for.
    const fn is_new(&self) -> bool {
        matches!(self.occasion, Occasion::New)
    }

    fn lines(&self, cx: &Cx) -> Vec<(String, Style)> {
        let lang = cx.lang;
        let (plain, big) = (Style::new(), cx.theme.title());
        let facility = cx.desk.map_or("", |desk| desk.visit.founding.facility.as_str());
        let mut lines = vec![(format!("{}  {facility}", self.codes.name), big)];
        let text = |text: &str, style| {
            wrap(text, usize::from(CELLS)).into_iter().map(move |line| (line, style)).collect::<Vec<_>>()
        };
        if let Some(code) = &self.codes.join {
            lines.push((String::new(), plain));
            if self.codes.is_checked {
                lines.extend(text(say::is_checked(lang), cx.theme.good()));
            }
            lines.extend(text(say::join_code(lang), plain));
            lines.push((format!("    {}", spaced(&code.typed())), big));
            lines.extend(text(say::last_four(lang), plain));
            lines.push((format!("    {}", spaced(code.compared())), big));
        }
        if let Some(code) = &self.codes.recovery {
            lines.push((String::new(), plain));
            lines.extend(text(say::recovery_code(lang), plain));
            let (first, rest) = halves(code);
            lines.push((format!("    {}", spaced(&first)), big));
            lines.push((format!("    {}", spaced(&rest)), big));
            let use_of = if self.codes.is_lead { say::recovery_lead(lang) } else { say::recovery_use(lang) };
            lines.extend(text(use_of, cx.theme.faint()));
        }
        lines
    }
}

impl Dialog for CodesDialog {
    fn context(&self) -> Context {
        Context::Codes
    }

    /// Checks that they are copied, saves the sheet, closes. Esc closes always: they can be shown again.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        match action {
            Some(Action::Toggle) => {
                self.copied = !self.copied;
                Vec::new()
            }
            Some(Action::Confirm) if self.is_new() && !self.copied => {
                vec![Go::Say(say::copy_first(cx.lang).to_owned())]
            }
            Some(Action::Confirm | Action::Cancel) => vec![Go::Close],
            Some(Action::SaveSheet) if self.codes.recovery.is_some() => {
                vec![Go::Open(Box::new(PathDialog::new(SHEET, ""))), Go::Do(Effect::Complete(String::new()))]
            }
            _ => Vec::new(),
        }
    }

    /// Draws it; on a low screen without the blank lines.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let lang = cx.lang;
        let mut lines = self.lines(cx);
        lines.push((String::new(), Style::new()));
        if self.is_new() {
            let mark = if self.copied { "[x]" } else { "[ ]" };
            lines.push((format!("{mark} {}", say::copied(lang)), cx.theme.title()));
        }
        let key = key_of(Context::Visit, Action::Codes, lang);
        lines.push((say::codes_how(lang, self.occasion, &key), cx.theme.faint()));
        if lines.len() > usize::from(body.height.saturating_sub(2)) {
            lines.retain(|(line, _)| !line.is_empty());
        }
        let title = if self.codes.is_lead { say::sheet_title(lang) } else { say::codes_title(lang) };
        let at = lines.len().saturating_sub(if self.is_new() { 2 } else { 1 });
        let inner = open(frame, cx, CELLS, u16::try_from(lines.len()).unwrap_or(u16::MAX), title);
        for (row, (line, style)) in lines.into_iter().enumerate() {
            put(frame, inner, row, Line::styled(line, style));
        }
        park(frame, inner, at);
    }
}

/// A code with room between its signs, and more between its groups.
pub(crate) fn spaced(code: &str) -> String {
    let signs = |group: &str| group.chars().map(String::from).collect::<Vec<_>>().join(" ");
    code.split('-').map(signs).collect::<Vec<_>>().join("   ")
}

/// The first four groups of a code, and the rest.
fn halves(code: &str) -> (String, String) {
    let groups: Vec<&str> = code.split('-').collect();
    let (first, rest) = groups.split_at(groups.len().min(4));
    (first.join("-"), rest.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sign_of_a_code_is_lost_in_large_groups() {
        let code = "ABCD-EF12-GH34-JK56-MN78-PQ90-RSTV";
        let (first, rest) = halves(code);
        let shown = spaced(&format!("{first}-{rest}")).replace(' ', "");
        assert_eq!((shown, first.len()), (code.replace('-', ""), 19));
        assert_eq!(spaced("AB-C"), "A B   C");
    }
}
