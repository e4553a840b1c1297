//! What is left of one's own work: by area and by place, reasons owed, clauses begun, points not looked at; with jumps there.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::{
        ballot::{Position, Vote, seal::BallotState},
        checklist::{Clause, effort::Minutes},
        terms::lang::Lang,
    },
    tui::{
        desk::{
            Desk,
            cx::{Clock, Cx},
        },
        dialog::{Dialog, Go},
        keys::{action::Action, context::Context, input::Input},
        score::{
            filter::is_begun,
            route::{Order, sections},
            route_words as say,
        },
        widget::{
            list::moved,
            popup::{open, park, put},
            text::{cut, fit, width, wrap},
            window::window,
        },
    },
    words,
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct RemainingDialog {
    selected: usize,
}

/// A row: something said, or something to jump to.
enum Row {
    Heading(String, &'static str),
    Said(String),
    Jump(Jump),
}

/// A clause to go to, or a point of it.
struct Jump {
    name: String,
    left: String,
    is_done: bool,
    clause: usize,
    point: Option<usize>,
}

impl RemainingDialog {
    /// Opens it at the first area in which something is left.
    pub(crate) fn new(desk: &Desk) -> Self {
        let all = sections(desk, Order::Area);
        let has_more = |clauses: &[usize]| clauses.iter().any(|&index| desk.is_owed(index));
        let first = all.iter().position(|section| has_more(&section.whole));
        Self { selected: first.unwrap_or(0) }
    }
}

fn rows(desk: &Desk, cx: &Cx) -> Vec<Row> {
    let lang = cx.lang;
    let mut rows = Vec::new();
    if let Some(time) = time_left(desk, cx) {
        rows.push(Row::Said(time));
    }
    rows.push(Row::Said(panel(lang, desk)));
    if desk.n_unscored() == 0 && desk.n_owed() == 0 && desk.seat().is_some_and(|seat| !seat.is_submitted()) {
        rows.push(Row::Said(say::nothing_left(lang).to_owned()));
    }
    for (order, heading) in [(Order::Area, say::by_area(lang)), (Order::Place, say::by_place(lang))] {
        rows.push(Row::Heading(heading.to_owned(), say::columns(lang)));
        for section in sections(desk, order) {
            let (n_scored, n) = desk.progress(section.whole.iter().copied());
            let first = section.whole.iter().copied().find(|&index| desk.is_owed(index));
            let Some(clause) = first.or_else(|| section.whole.first().copied()) else { continue };
            rows.push(Row::Jump(Jump {
                name: section.title.get(lang).to_owned(),
                left: so_far(n_scored, n, width(say::columns(lang))),
                is_done: n_scored == n,
                clause,
                point: None,
            }));
        }
    }
    let voted: Vec<(usize, &Clause, &Vote)> = (0..desk.clauses.len())
        .filter(|&index| desk.is_shown(index))
        .filter_map(|index| Some((index, desk.clause(index)?.as_ref(), desk.vote(index)?)))
        .collect();
    let mut add = |heading: &str, jumps: Vec<Jump>| {
        if !jumps.is_empty() {
            rows.push(Row::Heading(format!("{heading}  {}", jumps.len()), ""));
            rows.extend(jumps.into_iter().map(Row::Jump));
        }
    };
    let owed = voted.iter().filter_map(|&(index, clause, vote)| {
        Some(jump(lang, index, clause, words::reason_owed(vote.owes_reason()?, lang).to_owned(), None))
    });
    add(say::owed(lang), owed.collect());
    let partly = voted.iter().filter(|(index, _, vote)| desk.is_owed(*index) && is_begun(vote));
    let partly = partly.map(|&(index, clause, vote)| {
        let left = format!("{}/{}", vote.derived.n_recorded, clause.points.len());
        jump(lang, index, clause, left, open_points(desk, clause).first().copied())
    });
    add(say::partly(lang), partly.collect());
    for matters in [false, true] {
        let skipped = voted
            .iter()
            .filter_map(|&(index, clause, vote)| skipped(lang, desk, index, clause, vote, matters));
        let heading = if matters { say::direct_grade(lang) } else { say::cannot_change(lang) };
        add(&say::skipped(lang, heading), skipped.collect());
    }
    rows
}

/// How far a part is, in two columns: scored of owed, and what is left, if anything is.
fn so_far(n_scored: usize, n: usize, cells: usize) -> String {
    let left = if n_scored == n { String::new() } else { (n - n_scored).to_string() };
    let scored = format!("{n_scored}/{n}");
    format!("{scored:>at$}{left:>6}", at = cells.saturating_sub(6))
}

/// The points of a graded clause that were not looked at: those that could still change what the points say, or the others.
fn skipped(
    lang: Lang,
    desk: &Desk,
    index: usize,
    clause: &Clause,
    vote: &Vote,
    matters: bool,
) -> Option<Jump> {
    if !matches!(vote.position, Position::Grade(_)) {
        return None;
    }
    let mut open = open_points(desk, clause);
    open.retain(|&at| clause.points.get(at).is_some_and(|it| vote.derived.may_change(clause, it) == matters));
    let first = *open.first()?;
    let left = if open.len() == clause.points.len() {
        say::all_points(lang, open.len())
    } else {
        let ids: Vec<&str> = open.iter().filter_map(|&at| Some(clause.points.get(at)?.id.as_str())).collect();
        ids.join(" ")
    };
    Some(jump(lang, index, clause, left, Some(first)))
}

fn open_points(desk: &Desk, clause: &Clause) -> Vec<usize> {
    let points = clause.points.iter().enumerate();
    points.filter(|(_, point)| desk.finding(clause, point).is_none()).map(|(at, _)| at).collect()
}

fn jump(lang: Lang, index: usize, clause: &Clause, left: String, point: Option<usize>) -> Jump {
    let name = format!("{} {}", clause.id, clause.title.get(lang));
    Jump { name, left, is_done: false, clause: index, point }
}

/// What may be known of the others: who has sealed a ballot, not how far the others are.
fn panel(lang: Lang, desk: &Desk) -> String {
    let voting: Vec<bool> = desk.visit.voting().map(|seat| seat.ballot_state != BallotState::Open).collect();
    let n_sealed = voting.iter().filter(|sealed| **sealed).count();
    format!("{}  {}", say::n_sealed(lang, n_sealed, voting.len()), say::only_own(lang))
}

/// How long what is left takes, if that is asked.
pub(crate) fn time_left(desk: &Desk, cx: &Cx) -> Option<String> {
    let now = match cx.clock {
        Clock::Off => return None,
        Clock::Asked => None,
        Clock::At(now) => Some(now),
    };
    let owed = (0..desk.clauses.len()).filter(|&index| desk.is_owed(index));
    let minutes = owed.filter_map(|index| Some(desk.checklist().minutes(desk.clause(index)?)));
    let sum = minutes.fold(Minutes::default(), |sum, it| Minutes {
        site: sum.site.plus(it.site),
        documents: sum.documents.plus(it.documents),
    });
    Some(say::time_left(cx.lang, sum.site, sum.documents, now))
}

impl Dialog for RemainingDialog {
    fn context(&self) -> Context {
        Context::Remaining
    }

    /// Moves, jumps, and switches the time.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        let (Some(action), Some(desk)) = (action, cx.desk) else { return Vec::new() };
        let jumps: Vec<Jump> = rows(desk, cx).into_iter().filter_map(Row::jump).collect();
        if let Some(to) = moved(self.selected, jumps.len(), cx.page, action) {
            self.selected = to;
            return Vec::new();
        }
        match action {
            Action::Confirm => {
                let Some(jump) = jumps.get(self.selected) else { return vec![Go::Close] };
                let to_point = jump.point.map(Go::Point);
                [Go::Close, Go::Jump(jump.clause)].into_iter().chain(to_point).collect()
            }
            Action::ShowClock => vec![Go::Act(Action::ShowClock)],
            _ => vec![Go::Close],
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let Some(desk) = cx.desk else { return };
        let inner = open(frame, cx, 84, body.height, say::left_title(cx.lang));
        let cells = usize::from(inner.width);
        let mut lines: Vec<(Option<usize>, Line<'static>)> = Vec::new();
        let mut at = 0;
        for row in rows(desk, cx) {
            match row {
                Row::Heading(text, columns) => {
                    lines.push((None, Line::raw("")));
                    let text = fit(&text, cells.saturating_sub(width(columns)));
                    let columns = Span::styled(columns, cx.theme.faint());
                    lines.push((None, Line::from(vec![Span::styled(text, cx.theme.title()), columns])));
                }
                Row::Said(text) => {
                    let said = wrap(&text, cells).into_iter();
                    lines.extend(said.map(|line| (None, Line::styled(line, cx.theme.faint()))));
                }
                Row::Jump(jump) => {
                    lines.push((Some(at), jump.line(cx, at == self.selected, cells)));
                    at += 1;
                }
            }
        }
        let selected = lines.iter().position(|(it, _)| *it == Some(self.selected)).unwrap_or(0);
        // With its heading, where there is one.
        let wanted =
            if self.selected == 0 { 0..selected + 1 } else { selected.saturating_sub(1)..selected + 1 };
        let shown = window(lines.len(), usize::from(inner.height), &wanted);
        let area = shown.draw_marks("", cx, frame, inner);
        for (row, (it, line)) in lines.into_iter().skip(shown.rows.start).take(shown.rows.len()).enumerate() {
            put(frame, area, row, line);
            if it == Some(self.selected) {
                park(frame, area, row);
            }
        }
    }
}

impl Row {
    fn jump(self) -> Option<Jump> {
        match self {
            Self::Jump(jump) => Some(jump),
            Self::Heading(..) | Self::Said(_) => None,
        }
    }
}

impl Jump {
    fn line(&self, cx: &Cx, chosen: bool, cells: usize) -> Line<'static> {
        let mark = if chosen { ">" } else { " " };
        let base = if chosen { cx.theme.selected() } else { Style::new() };
        let left = cut(&self.left, cells * 3 / 5);
        let name = fit(&format!("{mark} {}", self.name), cells.saturating_sub(width(&left) + 1));
        let style = if self.is_done { base.patch(cx.theme.faint()) } else { base };
        Line::from(vec![
            Span::styled(format!("{name} "), style),
            Span::styled(left, base.patch(cx.theme.faint())),
        ])
    }
}
