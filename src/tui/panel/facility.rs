//! The facility's profile as a form: a row a field, each saved when it is left. Long texts open in a box of their own.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::{
        edit::Edit,
        facility::profile::{FacilityProfile, ProfileField, ProfileKind, UnreadableValue, written_length},
        terms::lang::Lang,
    },
    tui::{
        desk::{Desk, cx::Cx},
        dialog::{Dialog, Go},
        frame,
        keys::{action::Action, context::Context, input::Input},
        panel::{facility_text::FacilityTextDialog, facility_words as say},
        widget::{
            field::Field,
            field_row::FieldRow,
            list::first_row,
            popup::{below, open, park, put, row_of},
            text::{cut, fit, width, wrap},
        },
    },
    words::facility::{contested, unreadable, warning},
};

/// Cells of the dialog's text.
const CELLS: u16 = 74;
/// Rows below the fields: what is wrong, what to look at again, what the field wants.
const FOOT: u16 = 3;
const ALL: &[ProfileField] = ProfileField::ALL;

/// The dialog.
#[derive(Debug)]
pub(crate) struct FacilityDialog {
    focus: usize,
    /// What is being typed into the field in focus; nothing while it is as it was filled in. The others are always shown as
    /// they stand, so that what a sync brings is neither hidden nor written over.
    typing: Option<Field>,
    problem: Option<UnreadableValue>,
    /// Whether the person was told that leaving once more gives the field up.
    warned: bool,
}

impl FacilityDialog {
    /// The form, at its first field.
    pub(crate) const fn new() -> Self {
        Self { focus: 0, typing: None, problem: None, warned: false }
    }

    fn about(&self) -> ProfileField {
        ALL.get(self.focus).copied().unwrap_or(ProfileField::Name)
    }

    fn typed(&mut self, desk: &Desk, input: &Input, lang: Lang) -> Vec<Go> {
        (self.problem, self.warned) = (None, false);
        if let Some(why) = refused(desk, lang) {
            return vec![Go::Say(why.to_owned())];
        }
        let about = self.about();
        if about.kind() != ProfileKind::Text {
            let standing = || Field::with(&desk.visit.facility_profile().written(about));
            self.typing.get_or_insert_with(standing).input(input);
        }
        Vec::new()
    }

    /// A field that cannot be saved is told once before it is given up.
    fn leave(&mut self, desk: &Desk) -> Vec<Go> {
        match self.settled(desk) {
            Ok(mut goes) => {
                goes.push(Go::Close);
                goes
            }
            Err(_) if self.warned => vec![Go::Close],
            Err(problem) => {
                (self.problem, self.warned) = (Some(problem), true);
                Vec::new()
            }
        }
    }

    /// What saves the field in focus, or why it cannot be.
    fn settled(&self, desk: &Desk) -> Result<Vec<Go>, UnreadableValue> {
        let about = self.about();
        let Some(field) = &self.typing else { return Ok(Vec::new()) };
        let profile = desk.visit.facility_profile();
        let value = about.read(&field.raw())?;
        if profile.get(about) == value.as_ref() {
            return Ok(Vec::new());
        }
        Ok(vec![Go::Record(vec![Edit::Facility { field: about, value }])])
    }

    /// What is wrong, or to be looked at again, or what the field wants.
    fn foot(&self, cx: &Cx, frame: &mut Frame, area: Rect, profile: &FacilityProfile, desk: &Desk) {
        let lang = cx.lang;
        let about = self.about();
        let cells = usize::from(area.width);
        let mut lines: Vec<(String, Style)> = Vec::new();
        if let Some(problem) = self.problem {
            let problem = format!("! {}", unreadable(about, problem).get(lang));
            lines.extend(wrap(&problem, cells).into_iter().map(|line| (line, cx.theme.bad())));
        }
        if self.warned {
            lines.push((format!("  {}", say::give_up(lang)), cx.theme.bad()));
        }
        if let Some(values) = profile.contest_of(about) {
            lines.push((format!("! {}", contested(about, values, lang)), cx.theme.bad()));
        }
        let warnings = profile.warnings(&desk.visit.founding.facility);
        let own = warnings.iter().filter(|it| it.field() == about && profile.contest_of(about).is_none());
        lines.extend(own.map(|it| (format!("! {}", warning(it, lang)), cx.theme.warn())));
        let typed = self.typing.as_ref().map(|field| about.read(&field.raw()).ok().flatten());
        let read = typed.unwrap_or_else(|| profile.get(about).cloned());
        if let (ProfileKind::People, Some(value)) = (about.kind(), read) {
            lines.push((format!("= {}", value.told(about, lang)), cx.theme.good()));
        }
        let hint = if about.hint(lang).is_empty() { say::help(lang) } else { about.hint(lang) };
        lines.extend(wrap(hint, cells).into_iter().map(|line| (line, cx.theme.faint())));
        for (row, (text, style)) in lines.into_iter().enumerate() {
            put(frame, area, row, Line::styled(cut(&text.replace('\n', " "), cells), style));
        }
    }
}

impl Dialog for FacilityDialog {
    fn context(&self) -> Context {
        Context::Fields
    }

    /// Types and moves; whatever leaves a field saves it. Who may not fill in may look.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        let Some(desk) = cx.desk else { return vec![Go::Close] };
        let last = ALL.len() - 1;
        let to = match action {
            Some(Action::Cancel) => return self.leave(desk),
            Some(Action::Confirm) if self.about().kind() == ProfileKind::Text => {
                let dialog = FacilityTextDialog::new(self.about(), &desk.visit.facility_profile());
                return match refused(desk, cx.lang) {
                    Some(why) => vec![Go::Say(why.to_owned())],
                    None => vec![Go::Open(Box::new(dialog))],
                };
            }
            Some(Action::Confirm | Action::NextPane | Action::Down) => (self.focus + 1).min(last),
            Some(Action::PrevPane | Action::Up) => self.focus.saturating_sub(1),
            Some(Action::PageDown) => last,
            Some(Action::PageUp) => 0,
            Some(_) => return Vec::new(),
            None => return self.typed(desk, input, cx.lang),
        };
        match self.settled(desk) {
            Ok(goes) => {
                *self = Self { focus: to, ..Self::new() };
                goes
            }
            Err(problem) => {
                self.problem = Some(problem);
                Vec::new()
            }
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let Some(desk) = cx.desk else { return };
        let lang = cx.lang;
        let profile = desk.visit.facility_profile();
        let wanted = u16::try_from(ALL.len()).unwrap_or(u16::MAX) + FOOT;
        let title = format!(
            "{} {}",
            say::title(lang),
            say::filled(lang, ALL.len() - profile.missing().len(), ALL.len())
        );
        let inner = open(frame, cx, CELLS, wanted.min(body.height), &title);
        let rows = Rect { height: inner.height.saturating_sub(FOOT), ..inner };
        let first = first_row(self.focus, ALL.len(), usize::from(rows.height));
        let label = ALL.iter().map(|field| width(field.name(lang))).max().unwrap_or(0);
        let units = ALL.iter().map(|field| width(field.unit(lang))).max().unwrap_or(0);
        let units = u16::try_from(units + 1).unwrap_or(0).min(rows.width);
        let narrow = Rect { width: rows.width - units, ..rows };
        for (line, at) in (first..ALL.len()).take(usize::from(rows.height)).enumerate() {
            let Some(field) = ALL.get(at) else { continue };
            let focused = at == self.focus;
            if field.kind() == ProfileKind::Text {
                text_row(cx, frame, rows, line, label, *field, &profile, focused);
                continue;
            }
            let standing = Field::with(&profile.written(*field));
            let typed = self.typing.as_ref().filter(|_| focused).unwrap_or(&standing);
            FieldRow { name: field.name(lang), label, field: typed, focused }.view(cx, frame, narrow, line);
            let beside = Rect { x: narrow.right(), width: units, ..rows };
            put(frame, beside, line, Line::styled(format!(" {}", field.unit(lang)), cx.theme.faint()));
        }
        self.foot(cx, frame, below(inner, usize::from(rows.height)), &profile, desk);
    }
}

/// Why one may only look, if so.
const fn refused(desk: &Desk, lang: Lang) -> Option<&'static str> {
    if desk.visit.finalised.is_some() {
        Some(frame::words::is_final(lang))
    } else if desk.chair {
        None
    } else {
        Some(frame::words::lead_only(lang))
    }
}

/// The beginning of a long text, with its length.
#[expect(clippy::too_many_arguments, reason = "a row needs its place, label and which it is")]
fn text_row(
    cx: &Cx,
    frame: &mut Frame,
    area: Rect,
    line: usize,
    label: usize,
    field: ProfileField,
    profile: &FacilityProfile,
    focused: bool,
) {
    let Some(place) = row_of(area, line) else { return };
    let lang = cx.lang;
    let text = profile.written(field);
    let told = match text.is_empty() {
        true => say::empty(lang).to_owned(),
        false => {
            let n = say::characters(lang, written_length(&text));
            let room = usize::from(place.width).saturating_sub(label + width(&n) + 6);
            format!("{} ({n})", cut(&text.replace('\n', " "), room))
        }
    };
    let mark = if focused { ">" } else { " " };
    let name = Span::styled(
        format!("{mark} {} ", fit(field.name(lang), label)),
        if focused { cx.theme.title() } else { Style::new() },
    );
    put(frame, area, line, Line::from(vec![name, Span::raw(told)]));
    if focused {
        park(frame, area, line);
    }
}
