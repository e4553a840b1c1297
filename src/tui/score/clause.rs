//! How the score screen looks.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use crate::{
    domain::{
        ballot::{Position, Vote},
        checklist::Clause,
        permit::Refusal,
    },
    tui::{
        desk::{Desk, cx::Cx},
        frame::notice,
        score::{
            conflict, guide, list,
            panes::{GAP, Layout, Pane, shared},
            point, route_words,
            screen::ScoreScreen,
            words as say,
        },
        widget::{
            popup::{below, put},
            text::{cut, width, wrap},
        },
    },
    words::{self, label},
};

/// Draws the screen.
pub(crate) fn view(screen: &ScoreScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let Some(desk) = cx.desk else { return };
    match Layout::of(desk, cx.lang, area.width, screen.pane) {
        Layout::Alone(Pane::Clauses, _) => list::view(screen, cx, desk, frame, area),
        Layout::Alone(pane @ (Pane::Points | Pane::Guide), cells) => {
            let Some((clause, vote, body)) = top(screen, cx, desk, frame, area) else { return };
            if pane == Pane::Points {
                let rows = point::rows(screen, cx, desk, clause, usize::from(cells));
                point::view(rows, screen, cx, frame, body);
            } else {
                guide_of(screen, cx, desk, (clause, vote), frame, body);
            }
        }
        Layout::Below(list, _) => {
            let right = beside(screen, cx, desk, list, frame, area);
            let Some((clause, vote, body)) = top(screen, cx, desk, frame, right) else { return };
            one_below_the_other(screen, cx, desk, (clause, vote), frame, body);
        }
        Layout::Beside(list, points, _) => {
            let right = beside(screen, cx, desk, list, frame, area);
            let Some((clause, vote, body)) = top(screen, cx, desk, frame, right) else { return };
            let (form, more) = split(cx, frame, body, points);
            let rows = point::rows(screen, cx, desk, clause, usize::from(form.width));
            point::view(rows, screen, cx, frame, form);
            guide_of(screen, cx, desk, (clause, vote), frame, more);
        }
    }
}

/// Draws the list and gives what is right of it.
fn beside(screen: &ScoreScreen, cx: &Cx, desk: &Desk, cells: u16, frame: &mut Frame, area: Rect) -> Rect {
    let (left, right) = split(cx, frame, area, cells);
    list::view(screen, cx, desk, frame, left);
    right
}

/// An area in two, with a line between.
fn split(cx: &Cx, frame: &mut Frame, area: Rect, cells: u16) -> (Rect, Rect) {
    let left = Rect { width: cells.min(area.width), ..area };
    let x = left.right().saturating_add(GAP).min(area.right());
    let line = Rect { x: (left.right() + 1).min(x), width: 1.min(x - left.right()), ..area };
    for row in 0..usize::from(line.height) {
        put(frame, line, row, Line::styled(cx.theme.separator(), cx.theme.faint()));
    }
    (left, Rect { x, width: area.right() - x, ..area })
}

/// The points, and the guide below a rule.
fn one_below_the_other(
    screen: &ScoreScreen,
    cx: &Cx,
    desk: &Desk,
    (clause, vote): (&Clause, &Vote),
    frame: &mut Frame,
    body: Rect,
) {
    let points = point::rows(screen, cx, desk, clause, usize::from(body.width));
    let guide = guide::rows(cx.lang, desk, clause, vote, screen.point, body.width);
    let n_points = points.len();
    let rows = usize::from(body.height).saturating_sub(1);
    let form = u16::try_from(shared(rows, n_points, guide.len(), screen.pane)).unwrap_or(0);
    point::view(points, screen, cx, frame, Rect { height: form.min(body.height), ..body });
    let rest = below(body, usize::from(form));
    put(frame, rest, 0, Line::styled(cx.theme.rule(usize::from(rest.width)), cx.theme.faint()));
    guide::view(&guide, screen.line_of_guide(), cx, frame, below(rest, 1));
}

fn guide_of(
    screen: &ScoreScreen,
    cx: &Cx,
    desk: &Desk,
    (clause, vote): (&Clause, &Vote),
    frame: &mut Frame,
    area: Rect,
) {
    let rows = guide::rows(cx.lang, desk, clause, vote, screen.point, area.width);
    guide::view(&rows, screen.line_of_guide(), cx, frame, area);
}

/// Title and vote of the clause, why keys do not score it, and what one's laptops recorded differently; gives what is left below.
fn top<'d>(
    screen: &ScoreScreen,
    cx: &Cx,
    desk: &'d Desk,
    frame: &mut Frame,
    area: Rect,
) -> Option<(&'d Clause, &'d Vote, Rect)> {
    let lang = cx.lang;
    let cells = usize::from(area.width);
    if !desk.is_shown(screen.clause) {
        let text = if desk.n_due() == 0 { say::recused_everywhere(lang) } else { say::recused_here(lang) };
        put(frame, area, 0, Line::styled(cut(text, cells), cx.theme.warn()));
        return None;
    }
    let (clause, vote) = (desk.clause(screen.clause)?, desk.vote(screen.clause)?);
    let mut rows = head(cx, clause, cells);
    let is_for_others = desk.is_left_to_others(screen.clause);
    rows.extend(vote_rows(cx, clause, vote, is_for_others, cells));
    // Why else one may not record stands below the header.
    let is_over = |it: &Refusal| matches!(it, Refusal::Sealed | Refusal::Closed | Refusal::Final);
    if let Some(barrier) = desk.barrier(screen.clause).filter(is_over) {
        let why = wrap(notice::barrier(lang, desk, barrier), cells).into_iter();
        rows.extend(why.map(|line| Line::styled(line, cx.theme.warn())));
    }
    rows.extend(conflict::rows(cx, desk, clause, cells));
    let n_rows = rows.len();
    for (row, line) in rows.into_iter().enumerate() {
        put(frame, area, row, line);
    }
    Some((clause, vote, below(area, n_rows)))
}

fn head(cx: &Cx, clause: &Clause, cells: usize) -> Vec<Line<'static>> {
    let lang = cx.lang;
    let mut tags = String::new();
    if clause.core {
        tags.push_str(&format!(" [{}]", label::core(lang)));
    }
    if clause.focus {
        tags.push_str(&format!(" [{}]", label::focus(lang)));
    }
    let title = format!("{} {}{tags}", clause.id, clause.title.get(lang));
    wrap(&title, cells).into_iter().map(|line| Line::styled(line, cx.theme.title())).collect()
}

/// What one says of the clause, and what it still wants; in rows of its own where it does not fit into one.
fn vote_rows(cx: &Cx, clause: &Clause, vote: &Vote, is_for_others: bool, cells: usize) -> Vec<Line<'static>> {
    let lang = cx.lang;
    let (text, style) = match vote.position {
        Position::Grade(grade) if vote.direct => {
            (format!("{grade} ({})", say::direct(lang)), cx.theme.title())
        }
        Position::Grade(grade) => (format!("{grade} ({})", say::by_points(lang)), cx.theme.title()),
        Position::Points(points) => (format!("{points} {}", say::points_unit(lang)), cx.theme.title()),
        Position::Absent(kind) => (kind.name(lang).to_owned(), cx.theme.title()),
        Position::Conflict => (say::conflict(lang).to_owned(), cx.theme.bad()),
        Position::Unscored if is_for_others => {
            (format!("{} ({})", say::unscored(lang), route_words::not_mine(lang)), cx.theme.faint())
        }
        Position::Aside(_) => (words::position(vote.position, lang), cx.theme.faint()),
        Position::Unscored if clause.scale.is_some() => {
            (format!("{} ({})", say::unscored(lang), say::scale_help(lang)), cx.theme.faint())
        }
        Position::Unscored => (say::unscored(lang).to_owned(), cx.theme.faint()),
    };
    let text = format!("= {text}");
    let Some(owed) = vote.owes_reason() else {
        return wrap(&text, cells).into_iter().map(|line| Line::styled(line, style)).collect();
    };
    let owed = format!("! {}: {}", say::owed(lang), words::reason_owed(owed, lang));
    if width(&text) + 2 + width(&owed) <= cells {
        return vec![Line::from(vec![
            Span::styled(format!("{text}  "), style),
            Span::styled(owed, cx.theme.warn()),
        ])];
    }
    let said = wrap(&text, cells).into_iter().map(|line| Line::styled(line, style));
    said.chain(wrap(&owed, cells).into_iter().map(|line| Line::styled(line, cx.theme.warn()))).collect()
}
