//! Which rows of something longer than its area are shown, with a mark above and below that says how many are not.

use std::ops::Range;

use ratatui::{Frame, layout::Rect, text::Line};

use crate::tui::{
    desk::cx::Cx,
    widget::{
        popup::{below, put},
        text::cut,
        words as say,
    },
};

/// What is shown of `n` rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Window {
    /// The rows.
    pub(crate) rows: Range<usize>,
    /// Rows above them; a mark tells of these.
    pub(crate) above: usize,
    /// Rows below them.
    pub(crate) below: usize,
}

/// The window of this height in which the wanted rows are in view, or their beginning where they are too many. What the marks
/// take is counted.
pub(crate) fn window(n: usize, height: usize, wanted: &Range<usize>) -> Window {
    if n <= height {
        return Window { rows: 0..n, above: 0, below: 0 };
    }
    if height < 3 {
        // No room for marks.
        let first = wanted.start.min(n - height);
        return Window { rows: first..first + height, above: 0, below: 0 };
    }
    let one_mark = height - 1;
    let rows = if wanted.end <= one_mark || wanted.start == 0 {
        0..one_mark
    } else if wanted.start >= n - one_mark {
        n - one_mark..n
    } else {
        let shown = height - 2;
        let first = wanted.end.saturating_sub(shown).min(wanted.start);
        first..first + shown
    };
    Window { above: rows.start, below: n - rows.end, rows }
}

impl Window {
    /// Draws the marks, the lower one with a word on how to get there, and gives the area of the rows.
    pub(crate) fn draw_marks(&self, how: &str, cx: &Cx, frame: &mut Frame, area: Rect) -> Rect {
        let mut rows = area;
        if self.above > 0 {
            put(frame, area, 0, Line::styled(say::more_above(cx.lang, self.above), cx.theme.faint()));
            rows = below(area, 1);
        }
        if self.below > 0 {
            let last = usize::from(area.height).saturating_sub(1);
            let told =
                cut(&format!("{}{how}", say::more_below(cx.lang, self.below)), usize::from(area.width));
            put(frame, area, last, Line::styled(told, cx.theme.faint()));
            rows.height = rows.height.saturating_sub(1);
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_is_in_view_and_every_row_is_shown_or_counted() {
        for height in 1..12 {
            for n in 0..40 {
                for start in 0..n {
                    for length in 1..4 {
                        let wanted = start..(start + length).min(n);
                        let window = window(n, height, &wanted);
                        let told = usize::from(window.above > 0) + usize::from(window.below > 0);
                        assert!(window.rows.len() + told <= height, "{n} {height} {wanted:?}: {window:?}");
                        assert!(window.rows.contains(&wanted.start), "{n} {height} {wanted:?}: {window:?}");
                        if wanted.len() + 2 <= height {
                            assert!(window.rows.end >= wanted.end, "{n} {height} {wanted:?}: {window:?}");
                        }
                        if height >= 3 {
                            assert_eq!(window.above + window.rows.len() + window.below, n);
                        }
                    }
                }
            }
        }
    }
}
