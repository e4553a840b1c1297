//! How the score screen looks.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
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
            conflict, evidence_words,
            point::{details, points},
            screen::{Pane, ScoreScreen},
            words as say,
        },
        widget::{
            list::first_row,
            popup::{below, park, put},
            position::short_position,
            text::{cut, fit, width, wrap},
        },
    },
    words::{self, label},
};

/// From this width on, what belongs to a clause stands beside its points instead of below.
const WIDE: u16 = 110;

/// Draws the screen.
pub(crate) fn view(screen: &ScoreScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let Some(desk) = cx.desk else { return };
    let left_width = if area.width >= WIDE { 40 } else { 30 };
    let [left, line, right] =
        Layout::horizontal([Constraint::Length(left_width), Constraint::Length(2), Constraint::Min(1)])
            .areas(area);
    for row in 0..usize::from(line.height) {
        put(frame, line, row, Line::styled(cx.theme.separator(), cx.theme.faint()));
    }
    clauses(screen, cx, desk, frame, left);
    if !desk.is_shown(screen.clause) {
        let text =
            if desk.n_due() == 0 { say::recused_everywhere(cx.lang) } else { say::recused_here(cx.lang) };
        put(frame, right, 0, Line::styled(cut(text, usize::from(right.width)), cx.theme.warn()));
        return;
    }
    let Some(clause) = desk.clause(screen.clause) else { return };
    let Some(vote) = desk.vote(screen.clause) else { return };
    let mut used = head(cx, clause, vote, frame, right);
    if desk.visit.closed && desk.visit.finalised.is_none() {
        let over = cut(say::over(cx.lang), usize::from(right.width));
        put(frame, right, used, Line::styled(over, cx.theme.warn()));
        used += 1;
    }
    for row in conflict::rows(cx, desk, clause, usize::from(right.width)) {
        put(frame, right, used, row);
        used += 1;
    }
    let body = below(right, used);
    if area.width >= WIDE {
        let [form, gap, more] =
            Layout::horizontal([Constraint::Percentage(58), Constraint::Length(2), Constraint::Min(1)])
                .areas(body);
        for row in 0..usize::from(gap.height) {
            put(frame, gap, row, Line::styled(cx.theme.separator(), cx.theme.faint()));
        }
        points(screen, cx, desk, clause, frame, form);
        details(screen, cx, clause, vote, frame, more);
    } else {
        let rows = usize::from(body.height);
        let form_rows = (rows * 3 / 5).max(rows.saturating_sub(10));
        let form = Rect { height: u16::try_from(form_rows).unwrap_or(0).min(body.height), ..body };
        points(screen, cx, desk, clause, frame, form);
        let rest = below(body, form_rows);
        put(frame, rest, 0, Line::styled(cx.theme.rule(usize::from(rest.width)), cx.theme.faint()));
        details(screen, cx, clause, vote, frame, below(rest, 1));
    }
}

/// The rows of the left pane: an area's heading or a clause.
enum Row {
    Area(usize),
    Clause(usize),
}

fn clauses(screen: &ScoreScreen, cx: &Cx, desk: &Desk, frame: &mut Frame, area: Rect) {
    let mut rows = Vec::new();
    let mut selected_row = 0;
    let mut index = 0;
    for (area_index, area) in desk.checklist().areas.iter().enumerate() {
        rows.push(Row::Area(area_index));
        for _ in &area.clauses {
            if index == screen.clause {
                selected_row = rows.len();
            }
            rows.extend(desk.is_shown(index).then_some(Row::Clause(index)));
            index += 1;
        }
    }
    let height = usize::from(area.height);
    let first = first_row(selected_row, rows.len(), height);
    let cells = usize::from(area.width);
    for (line, (at, row)) in rows.iter().enumerate().skip(first).take(height).enumerate() {
        match row {
            Row::Area(index) => area_row(cx, desk, *index, frame, area, line),
            Row::Clause(index) => {
                let (Some(clause), Some(vote)) = (desk.clause(*index), desk.vote(*index)) else { continue };
                let selected = at == selected_row;
                let n = desk.evidence(clause.id.as_str()).len();
                let position = if desk.is_left_to_others(*index) {
                    (say::unassigned(cx.lang).to_owned(), cx.theme.faint())
                } else {
                    short_position(cx, vote)
                };
                clause_row(cx, clause, position, n, selected, frame, area, line, cells);
                if selected && screen.pane == Pane::Clauses {
                    park(frame, area, line);
                }
            }
        }
    }
}

fn area_row(cx: &Cx, desk: &Desk, index: usize, frame: &mut Frame, area: Rect, line: usize) {
    let Some(listed) = desk.checklist().areas.get(index) else { return };
    let from: usize = desk.checklist().areas.iter().take(index).map(|area| area.clauses.len()).sum();
    let (n_scored, n) = desk.progress(from..from + listed.clauses.len());
    let count = format!(" {n_scored}/{n}");
    let title = fit(listed.title.get(cx.lang), usize::from(area.width).saturating_sub(width(&count) + 1));
    put(frame, area, line, Line::styled(format!("{title}{count}"), cx.theme.title()));
}

#[expect(clippy::too_many_arguments, reason = "a row needs its place and what it shows")]
fn clause_row(
    cx: &Cx,
    clause: &Clause,
    (grade, style): (String, Style),
    n_attached: usize,
    selected: bool,
    frame: &mut Frame,
    area: Rect,
    line: usize,
    cells: usize,
) {
    let mark = if selected { ">" } else { " " };
    let core = if clause.core { "*" } else { " " };
    let attached = if n_attached > 0 {
        format!("{} ", evidence_words::count(cx.lang, n_attached))
    } else {
        String::new()
    };
    let grade = fit(&grade, 5);
    let head = fit(
        &format!("{mark}{core}{} {}", clause.id, clause.title.get(cx.lang)),
        cells.saturating_sub(width(&grade) + width(&attached) + 1),
    );
    let base = if selected { cx.theme.selected() } else { Style::new() };
    let spans =
        vec![Span::styled(format!("{head} {attached}"), base), Span::styled(grade, base.patch(style))];
    put(frame, area, line, Line::from(spans));
}

/// Title and vote of the clause; gives the rows used.
fn head(cx: &Cx, clause: &Clause, vote: &Vote, frame: &mut Frame, area: Rect) -> usize {
    let lang = cx.lang;
    let cells = usize::from(area.width);
    let mut tags = String::new();
    if clause.core {
        tags.push_str(&format!(" [{}]", label::core(lang)));
    }
    if clause.focus {
        tags.push_str(&format!(" [{}]", label::focus(lang)));
    }
    let title = format!("{} {}{tags}", clause.id, clause.title.get(lang));
    let mut used = 0;
    for line in wrap(&title, cells).into_iter().take(2) {
        put(frame, area, used, Line::styled(line, cx.theme.title()));
        used += 1;
    }
    put(frame, area, used, vote_line(cx, clause, vote, cells));
    used + 1
}

fn vote_line(cx: &Cx, clause: &Clause, vote: &Vote, cells: usize) -> Line<'static> {
    let lang = cx.lang;
    let (text, style) = match vote.position {
        Position::Grade(grade) if vote.direct => {
            (format!("{grade} ({})", say::direct(lang)), cx.theme.title())
        }
        Position::Grade(grade) => (format!("{grade} ({})", say::by_points(lang)), cx.theme.title()),
        Position::Points(points) => (format!("{points} {}", say::points_unit(lang)), cx.theme.title()),
        Position::Absent(kind) => (kind.name(lang).to_owned(), cx.theme.title()),
        Position::Conflict => (say::conflict(lang).to_owned(), cx.theme.bad()),
        Position::Aside(_) => (words::position(vote.position, lang), cx.theme.faint()),
        Position::Unscored if clause.scale.is_some() => {
            (format!("{} ({})", say::unscored(lang), say::scale_help(lang)), cx.theme.faint())
        }
        Position::Unscored => (say::unscored(lang).to_owned(), cx.theme.faint()),
    };
    let mut spans = vec![Span::styled(format!("= {text}"), style)];
    match vote.owes_reason() {
        Some(owed) => spans.push(Span::styled(
            format!("  ! {}: {}", say::owed(lang), say::owed_why(lang, owed)),
            cx.theme.warn(),
        )),
        None if !vote.reason.is_empty() => {
            spans.push(Span::raw(format!("  {}: {}", label::reason(lang), vote.reason)));
        }
        None => {}
    }
    let total: String = spans.iter().map(|span| span.content.as_ref()).collect();
    if width(&total) > cells {
        return Line::styled(cut(&total, cells), style);
    }
    Line::from(spans)
}
