//! One long text of the facility's profile. Enter is a new line; leaving saves.

use ratatui::{Frame, layout::Rect, text::Line};

use crate::{
    domain::{
        edit::Edit,
        facility::profile::{FacilityProfile, PLAN_LIMIT, ProfileField, UnreadableValue, written_length},
    },
    tui::{
        desk::{cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        keys::{action::Action, context::Context, input::Input},
        panel::facility_words as say,
        widget::{
            note_area::NoteArea,
            popup::{below, boxed, put},
            text::{cut, wrap},
        },
    },
    words::facility::unreadable,
};

/// Most rows above the text.
const HEAD_ROWS: usize = 4;

/// The dialog.
#[derive(Debug)]
pub(crate) struct FacilityTextDialog {
    field: ProfileField,
    before: String,
    area: NoteArea,
    problem: Option<UnreadableValue>,
    /// Whether a sync brought another text while this one was written.
    overtaken: bool,
}

impl FacilityTextDialog {
    /// Opens a text.
    pub(crate) fn new(field: ProfileField, profile: &FacilityProfile) -> Self {
        let before = profile.written(field);
        Self { field, area: NoteArea::with(&before), before, problem: None, overtaken: false }
    }
}

impl Dialog for FacilityTextDialog {
    fn context(&self) -> Context {
        Context::NoteBox
    }

    /// Types; leaving saves. A text that cannot be saved is told once before it is given up.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        if action == Some(Action::Phrases) {
            return vec![Go::Do(Effect::ReadPhrases)];
        }
        if action != Some(Action::Confirm) {
            (self.problem, self.overtaken) = (None, false);
            self.area.input(input);
            return Vec::new();
        }
        let text = self.area.text();
        if text == self.before {
            return vec![Go::Close];
        }
        let standing = cx.desk.map(|desk| desk.visit.facility_profile().written(self.field));
        if let Some(standing) = standing.filter(|standing| *standing != self.before) {
            (self.before, self.overtaken) = (standing, true);
            return Vec::new();
        }
        match self.field.read(&text) {
            Ok(value) => vec![Go::Close, Go::Record(vec![Edit::Facility { field: self.field, value }])],
            Err(_) if self.problem.is_some() => vec![Go::Close],
            Err(error) => {
                self.problem = Some(error);
                Vec::new()
            }
        }
    }

    /// Draws it over most of the screen, with the cursor at the caret.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let lang = cx.lang;
        // One row more than the screen: the form below must not look out.
        let area = Rect { height: body.height.saturating_add(1), ..body };
        let inner = boxed(frame, cx, area, self.field.name(lang));
        let cells = usize::from(inner.width);
        let n = written_length(&self.area.text());
        let count = match self.field {
            ProfileField::Plan => say::characters_of(lang, n, PLAN_LIMIT),
            _ => say::characters(lang, n),
        };
        let mut head = vec![format!("{} | {count}", say::text_help(lang))];
        head.extend(wrap(self.field.hint(lang), cells).into_iter().filter(|line| !line.is_empty()));
        let mut style = cx.theme.faint();
        if let Some(error) = self.problem {
            let why = unreadable(self.field, error);
            head = wrap(&format!("! {}", why.get(lang)), cells);
            head.push(format!("  {}", say::give_up(lang)));
            style = cx.theme.bad();
        }
        if self.overtaken {
            head = wrap(&format!("! {}", say::overtaken(lang)), cells);
            style = cx.theme.bad();
        }
        head.truncate(HEAD_ROWS);
        for (row, line) in head.iter().enumerate() {
            put(frame, inner, row, Line::styled(cut(line, cells), style));
        }
        self.area.view(lang, frame, below(inner, head.len()));
    }
}
