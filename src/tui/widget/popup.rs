//! Where dialogs and rows are drawn: a box over the screen, and lines inside a box.

use ratatui::{
    Frame,
    buffer::Buffer,
    layout::{Position, Rect},
    text::Line,
    widgets::{Block, Clear, Widget},
};

use crate::tui::{
    desk::cx::Cx,
    widget::text::{certain_char, width},
};

/// Draws an empty box of at most the wanted inner size in the middle of the screen and gives its inside.
pub(crate) fn open(frame: &mut Frame, cx: &Cx, inner_width: u16, inner_height: u16, title: &str) -> Rect {
    let screen = frame.area();
    let box_width = inner_width.saturating_add(4).min(screen.width);
    let box_height = inner_height.saturating_add(2).min(screen.height.saturating_sub(2));
    let area = Rect {
        x: screen.x + (screen.width - box_width) / 2,
        y: screen.y + (screen.height.saturating_sub(box_height)) / 2,
        width: box_width,
        height: box_height,
    };
    boxed(frame, cx, area, title)
}

/// Draws an empty box in a place and gives its inside, with one blank column on each side.
pub(crate) fn boxed(frame: &mut Frame, cx: &Cx, area: Rect, title: &str) -> Rect {
    let area = area.intersection(frame.area());
    clear_wide(frame.buffer_mut(), area);
    let block = Block::bordered()
        .border_set(cx.theme.border())
        .title(Line::styled(format!(" {title} "), cx.theme.title()));
    let inner = block.inner(area);
    frame.render_widget(block, area);
    Rect { x: inner.x.saturating_add(1).min(inner.right()), width: inner.width.saturating_sub(2), ..inner }
}

/// Clears an area for a popup. A wide glyph that begins one column left of it would swallow the popup's border, so it is
/// replaced by a blank.
pub(crate) fn clear_wide(buffer: &mut Buffer, area: Rect) {
    let area = area.intersection(buffer.area);
    if area.x > buffer.area.x {
        for y in area.top()..area.bottom() {
            if let Some(cell) = buffer.cell_mut(Position::new(area.x - 1, y))
                && width(cell.symbol()) > 1
            {
                cell.set_symbol(" ");
            }
        }
    }
    Clear.render(area, buffer);
}

/// Draws a line on a row of an area, if the row is inside.
pub(crate) fn put<'a>(frame: &mut Frame, area: Rect, row: usize, line: impl Into<Line<'a>>) {
    let Some(place) = row_of(area, row) else { return };
    let line = line.into();
    if line.alignment.is_none() && line.spans.iter().all(|span| span.content.chars().all(is_certain)) {
        put_certain(frame.buffer_mut(), place, &line);
    } else {
        frame.render_widget(line, place);
    }
}

fn is_certain(c: char) -> bool {
    certain_char(c).is_some()
}

/// What ratatui does with a line, without looking for grapheme clusters where there can be none: most of a frame is
/// plain Han text, and looking for them was most of the time of a key press.
fn put_certain(buffer: &mut Buffer, place: Rect, line: &Line) {
    let place = place.intersection(buffer.area);
    buffer.set_style(place, line.style);
    let mut x = place.x;
    for span in &line.spans {
        let style = line.style.patch(span.style);
        for c in span.content.chars() {
            let next = x + certain_char(c).unwrap_or(1);
            if next > place.right() {
                return;
            }
            if let Some(cell) = buffer.cell_mut((x, place.y)) {
                cell.set_char(c).set_style(style);
            }
            for hidden in x + 1..next {
                if let Some(cell) = buffer.cell_mut((hidden, place.y)) {
                    cell.reset();
                }
            }
            x = next;
        }
    }
}

/// The rectangle of one row of an area, if it is inside.
pub(crate) fn row_of(area: Rect, row: usize) -> Option<Rect> {
    let row = u16::try_from(row).ok()?;
    (row < area.height && area.width > 0).then(|| Rect { y: area.y + row, height: 1, ..area })
}

/// What is left of an area below `rows` rows.
pub(crate) fn below(area: Rect, rows: usize) -> Rect {
    let rows = u16::try_from(rows).unwrap_or(u16::MAX).min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// Parks the hardware cursor at the start of a row, where screen readers look.
pub(crate) fn park(frame: &mut Frame, area: Rect, row: usize) {
    if let Some(place) = row_of(area, row) {
        frame.set_cursor_position(Position::new(place.x, place.y));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    #[test]
    fn a_wide_glyph_beside_a_popup_does_not_eat_its_border() {
        for x in [3, 4] {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
            buffer.set_string(0, 0, "急救设备完好", Style::new());
            let area = Rect::new(x, 0, 4, 1);
            clear_wide(&mut buffer, area);
            buffer.set_string(x, 0, "|", Style::new());
            let row: Vec<&str> =
                (0..=x).filter_map(|x| buffer.cell((x, 0))).map(|cell| cell.symbol()).collect();
            assert_eq!(row.last(), Some(&"|"));
            assert!(width(row[usize::from(x) - 1]) <= 1, "{row:?}");
        }
    }
}
