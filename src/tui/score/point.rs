//! The points of a clause as a form.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::{
        ballot::Conflict,
        checklist::{Clause, Point},
        edit::finding::{Finding, Met},
    },
    tui::{
        desk::{Desk, cx::Cx},
        score::{
            finding::{rule, said},
            panes::Pane,
            screen::ScoreScreen,
            words as say,
        },
        widget::{
            popup::{park, put},
            text::{fit, width, wrap},
            window::window,
        },
    },
};

/// A drawn row of the form: which point it belongs to, and whether it is the point's first.
pub(crate) struct FormRow {
    point: usize,
    first: bool,
    line: Line<'static>,
}

/// The points in rows of so many cells.
pub(crate) fn rows(
    screen: &ScoreScreen,
    cx: &Cx,
    desk: &Desk,
    clause: &Clause,
    cells: usize,
) -> Vec<FormRow> {
    let mut rows: Vec<FormRow> = Vec::new();
    let conflicts = desk.conflicting(clause.id.as_str());
    for (index, point) in clause.points.iter().enumerate() {
        let finding = desk.finding(clause, point);
        let selected = index == screen.point && screen.pane == Pane::Points;
        let differs = conflicts.iter().any(|it| matches!(it, Conflict::Finding(id, _) if **id == point.id));
        let shown = PointRow { cx, desk, point, finding, differs, selected };
        rows.extend(shown.lines(cells).into_iter().enumerate().map(|(n, line)| FormRow {
            point: index,
            first: n == 0,
            line,
        }));
    }
    rows
}

/// Draws them; the selected point is kept in view.
pub(crate) fn view(rows: Vec<FormRow>, screen: &ScoreScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let begin = rows.iter().position(|row| row.point == screen.point).unwrap_or(0);
    let end = rows.iter().rposition(|row| row.point == screen.point).map_or(0, |row| row + 1);
    // The whole selected point, and two rows after it where possible.
    let height = usize::from(area.height);
    let wanted =
        if end + 2 - begin.min(end) <= height { begin..(end + 2).min(rows.len()) } else { begin..end };
    let shown = window(rows.len(), height, &wanted);
    let area = shown.draw_marks("", cx, frame, area);
    for (line, row) in rows.into_iter().skip(shown.rows.start).take(shown.rows.len()).enumerate() {
        let parked = row.first && row.point == screen.point && screen.pane == Pane::Points;
        put(frame, area, line, row.line);
        if parked {
            park(frame, area, line);
        }
    }
}

struct PointRow<'a> {
    cx: &'a Cx<'a>,
    desk: &'a Desk,
    point: &'a Point,
    finding: Option<&'a Finding>,
    /// Whether one's own laptops recorded different things.
    differs: bool,
    selected: bool,
}

impl PointRow<'_> {
    fn lines(&self, cells: usize) -> Vec<Line<'static>> {
        let lang = self.cx.lang;
        let list = self.desk.list_of(self.point);
        let met = self.finding.map(|finding| finding.meets(&self.point.measure, list));
        let (mark, style) = match self.differs {
            true => (say::conflict_mark(lang), self.cx.theme.bad()),
            false => mark(self.cx, met),
        };
        let sign = if self.selected { ">" } else { " " };
        let head = format!("{sign}[{mark}] {} ", self.point.id);
        let indent = width(&head);
        let mut text = self.point.text.get(lang).to_owned();
        if let Some(rule) = self.rule() {
            text.push_str(&format!(" ({rule})"));
        }
        if let Some(said) = self.finding.and_then(|finding| said(lang, finding, self.desk, self.point)) {
            text.push_str(&format!(" = {said}"));
        }
        let base = if self.selected { self.cx.theme.selected() } else { Style::new() };
        let wrapped = wrap(&text, cells.saturating_sub(indent).max(4));
        wrapped
            .into_iter()
            .enumerate()
            .map(|(index, line)| {
                let body = fit(&line, cells.saturating_sub(indent));
                if index == 0 {
                    Line::from(vec![Span::styled(head.clone(), base.patch(style)), Span::styled(body, base)])
                } else {
                    Line::from(vec![Span::styled(" ".repeat(indent), base), Span::styled(body, base)])
                }
            })
            .collect()
    }

    /// The bound of the measure, with the mark of an unconfirmed source.
    fn rule(&self) -> Option<String> {
        rule(self.cx.lang, self.point)
    }
}

fn mark(cx: &Cx, met: Option<Option<Met>>) -> (&'static str, Style) {
    let lang = cx.lang;
    match met {
        None => (say::mark_open(lang), Style::new()),
        Some(None) => (say::mark_partly(lang), cx.theme.warn()),
        Some(Some(Met::Yes)) => (say::mark_yes(lang), cx.theme.good()),
        Some(Some(Met::No)) => (say::mark_no(lang), cx.theme.bad()),
        Some(Some(Met::NotApplicable)) => (say::mark_na(lang), cx.theme.faint()),
    }
}
