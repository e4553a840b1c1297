//! One long text of the facility's profile. Enter is a new line; leaving saves.

use ratatui::{Frame, layout::Rect, text::Line};

use crate::{
    app::facility_words::unreadable,
    domain::{
        edit::Edit,
        facility_profile::{FacilityProfile, PLAN_LIMIT, ProfileField, written_length},
    },
    tui::{
        action::Action,
        model::{Cx, Go, Input},
        note_area::NoteArea,
        popup::{below, boxed, put},
        text::{cut, wrap},
        words::facility as say,
    },
};

/// Most rows that the hint of a field takes.
const HINT_ROWS: usize = 3;

/// The dialog.
#[derive(Debug)]
pub(crate) struct FacilityTextDialog {
    field: ProfileField,
    before: String,
    area: NoteArea,
    problem: Option<String>,
}

impl FacilityTextDialog {
    /// Opens a text.
    pub(crate) fn new(field: ProfileField, profile: &FacilityProfile) -> Self {
        let before = profile.written(field);
        Self { field, area: NoteArea::with(&before), before, problem: None }
    }

    /// Types; leaving saves. A text that cannot be saved is told once before it is given up.
    pub(crate) fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        if action != Some(Action::Confirm) {
            self.problem = None;
            self.area.input(input);
            return Vec::new();
        }
        let text = self.area.text();
        match self.field.read(&text) {
            _ if text == self.before => vec![Go::Close],
            Ok(value) => vec![Go::Close, Go::Record(vec![Edit::Facility { field: self.field, value }])],
            Err(_) if self.problem.is_some() => vec![Go::Close],
            Err(error) => {
                let why = unreadable(self.field, error);
                self.problem = Some(format!("{} | {}", why.get(cx.lang), say::give_up(cx.lang)));
                Vec::new()
            }
        }
    }

    /// Draws it over most of the screen, with the cursor at the caret.
    pub(crate) fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let lang = cx.lang;
        let inner = boxed(frame, cx, body, self.field.name(lang));
        let cells = usize::from(inner.width);
        let n = written_length(&self.area.text());
        let count = match self.field {
            ProfileField::Plan => say::characters_of(lang, n, PLAN_LIMIT),
            _ => say::characters(lang, n),
        };
        let head = format!("{} | {count}", say::text_help(lang));
        let (head, style) = match &self.problem {
            Some(problem) => (format!("! {problem}"), cx.theme.bad()),
            None => (head, cx.theme.faint()),
        };
        put(frame, inner, 0, Line::styled(cut(&head, cells), style));
        let hint = wrap(self.field.hint(lang), cells);
        let hint: Vec<String> = hint.into_iter().filter(|line| !line.is_empty()).take(HINT_ROWS).collect();
        for (row, line) in hint.iter().enumerate() {
            put(frame, inner, 1 + row, Line::styled(line.clone(), cx.theme.faint()));
        }
        self.area.view(frame, below(inner, 1 + hint.len()));
    }
}
