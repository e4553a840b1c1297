//! A field with its name before it.

use ratatui::{
    Frame,
    layout::Rect,
    style::{Modifier, Style},
    text::Line,
};

use crate::tui::{
    desk::cx::Cx,
    widget::{
        field::Field,
        popup::{put, row_of},
        text::{fit, width},
    },
};

/// A row of a form.
#[derive(Debug)]
pub(crate) struct FieldRow<'a> {
    /// What the field is called.
    pub(crate) name: &'a str,
    /// Cells for the name, the same for all rows of a form.
    pub(crate) label: usize,
    /// The field.
    pub(crate) field: &'a Field,
    /// Whether keys go to it.
    pub(crate) focused: bool,
}

impl FieldRow<'_> {
    /// Draws it on a row of an area.
    pub(crate) fn view(&self, cx: &Cx, frame: &mut Frame, area: Rect, row: usize) {
        let Some(place) = row_of(area, row) else { return };
        let mark = if self.focused { ">" } else { " " };
        let text = format!("{mark} {} ", fit(self.name, self.label));
        let used = u16::try_from(width(&text)).unwrap_or(u16::MAX).min(place.width);
        let style = if self.focused { cx.theme.title() } else { Style::new() };
        put(frame, area, row, Line::styled(text, style));
        let rest = Rect { x: place.x + used, width: place.width - used, ..place };
        self.field.view(cx.lang, frame, rest, Style::new().add_modifier(Modifier::UNDERLINED), self.focused);
    }
}
