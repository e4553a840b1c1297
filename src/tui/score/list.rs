//! The left pane of the score screen: clauses by area or by place with one's own grades, and at each heading what is scored.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::{
        ballot::{Position, Vote},
        checklist::Clause,
    },
    tui::{
        desk::{Desk, cx::Cx},
        score::{
            evidence_words,
            panes::Pane,
            remaining::time_left,
            route::{Section, count, listed},
            route_words as say,
            screen::ScoreScreen,
        },
        widget::{
            list::first_row,
            popup::{below, park, put},
            position::short_position,
            text::{fit, width, wrap},
        },
    },
};

/// A drawn row: which clause it belongs to, if any, and whether it is the clause's first.
struct ListRow {
    clause: Option<usize>,
    first: bool,
    line: Line<'static>,
}

/// Draws the pane: which order and filter are in force, then the clauses.
pub(crate) fn view(screen: &ScoreScreen, cx: &Cx, desk: &Desk, frame: &mut Frame, area: Rect) {
    let cells = usize::from(area.width);
    let n = count(desk, screen.filter);
    let head = say::in_force(cx.lang, screen.order, screen.filter, n);
    put(frame, area, 0, Line::styled(fit(&head, cells), cx.theme.faint()));
    let mut area = below(area, 1);
    if let Some(time) = time_left(desk, cx) {
        let lines = wrap(&time, cells);
        for (row, line) in lines.iter().enumerate() {
            put(frame, area, row, Line::styled(line.clone(), cx.theme.faint()));
        }
        area = below(area, lines.len());
    }
    if n == 0 {
        for (row, line) in wrap(say::none_such(cx.lang), cells).into_iter().enumerate() {
            put(frame, area, row, Line::styled(line, cx.theme.faint()));
        }
        return;
    }
    let sections = listed(desk, screen.order, screen.filter, Some(screen.clause));
    let looks = Looks::of(cx, desk, &sections, cells);
    let mut rows: Vec<ListRow> = Vec::new();
    for section in &sections {
        rows.push(ListRow { clause: None, first: false, line: heading(cx, desk, section, cells) });
        for &index in &section.clauses {
            let lines = looks.lines(index, index == screen.clause);
            let drawn = lines.into_iter().enumerate();
            rows.extend(drawn.map(|(n, line)| ListRow { clause: Some(index), first: n == 0, line }));
        }
    }
    let height = usize::from(area.height);
    let selected = rows.iter().position(|row| row.clause == Some(screen.clause)).unwrap_or(0);
    let first = first_row(selected, rows.len(), height);
    for (line, row) in rows.into_iter().skip(first).take(height).enumerate() {
        put(frame, area, line, row.line);
        if row.first && row.clause == Some(screen.clause) && screen.pane == Pane::Clauses {
            park(frame, area, line);
        }
    }
}

/// An area or place with what is scored of what one owes there. What the others have scored is sealed.
fn heading(cx: &Cx, desk: &Desk, section: &Section, cells: usize) -> Line<'static> {
    let (n_scored, n) = desk.progress(section.whole.iter().copied());
    let done = format!(" {n_scored}/{n}");
    let title = fit(section.title.get(cx.lang), cells.saturating_sub(width(&done)));
    let style = if n_scored == n { cx.theme.faint() } else { cx.theme.title() };
    Line::from(vec![Span::styled(title, cx.theme.title()), Span::styled(done, style)])
}

/// What the rows of clauses have in common.
struct Looks<'a> {
    cx: &'a Cx<'a>,
    desk: &'a Desk,
    /// Cells of a row, of an id, and of a grade.
    cells: usize,
    id: usize,
    grade: usize,
}

impl<'a> Looks<'a> {
    fn of(cx: &'a Cx<'a>, desk: &'a Desk, sections: &[Section], cells: usize) -> Self {
        let mut looks = Self { cx, desk, cells, id: 0, grade: 1 };
        for &index in sections.iter().flat_map(|section| &section.clauses) {
            let (Some(clause), Some(vote)) = (desk.clause(index), desk.vote(index)) else { continue };
            looks.id = looks.id.max(width(clause.id.as_str()));
            looks.grade = looks.grade.max(width(&looks.position(clause, vote).0));
        }
        looks
    }

    /// How a vote looks here: what is not scored is blank, or tells how many of its points are recorded.
    fn position(&self, clause: &Clause, vote: &Vote) -> (String, Style) {
        let n_recorded = vote.derived.n_recorded;
        match vote.position {
            Position::Unscored if n_recorded > 0 => {
                (format!("{n_recorded}/{}", clause.points.len()), self.cx.theme.faint())
            }
            Position::Unscored => (String::new(), Style::new()),
            _ => short_position(self.cx, vote),
        }
    }

    fn lines(&self, index: usize, selected: bool) -> Vec<Line<'static>> {
        let (cx, desk) = (self.cx, self.desk);
        let (Some(clause), Some(vote)) = (desk.clause(index), desk.vote(index)) else { return Vec::new() };
        let base = match (selected, desk.is_left_to_others(index)) {
            (true, _) => cx.theme.selected(),
            (false, true) => cx.theme.faint(),
            (false, false) => Style::new(),
        };
        let mark = if selected { ">" } else { " " };
        let core = if clause.core { "*" } else { " " };
        let head = format!("{mark}{core}{} ", fit(clause.id.as_str(), self.id));
        let indent = width(&head);
        let room = self.cells.saturating_sub(indent + 1 + self.grade);
        let n_attached = desk.evidence(clause.id.as_str()).len();
        let mut title = clause.title.get(cx.lang).to_owned();
        if n_attached > 0 {
            title.push_str(&format!(" {}", evidence_words::count(cx.lang, n_attached)));
        }
        let (grade, style) = self.position(clause, vote);
        let mut lines = Vec::new();
        for (n, text) in wrap(&title, room.max(4)).into_iter().enumerate() {
            let text = fit(&text, room);
            lines.push(if n == 0 {
                let grade = fit(&format!(" {grade}"), 1 + self.grade);
                Line::from(vec![
                    Span::styled(format!("{head}{text}"), base),
                    Span::styled(grade, base.patch(style)),
                ])
            } else {
                Line::styled(format!("{}{text}{}", " ".repeat(indent), " ".repeat(1 + self.grade)), base)
            });
        }
        lines
    }
}
