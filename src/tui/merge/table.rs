//! Where the merge screen puts things, and its table: a row a clause or gate, a column a member.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    style::Style,
    text::{Line, Span},
};

use crate::{
    app::merge::agenda_text::rest_counts,
    domain::{agenda::Effect, outcome::ClauseResult},
    tui::{
        desk::{Desk, cx::Cx, tally::Tally},
        keys::{action::Action, context::Context, keymap::key_of},
        merge::words as say,
        widget::{popup::put, position::short_position, text::fit},
    },
    words::{self, label},
};

/// Rows of the list that stay while the detail is unfolded below it.
const LIST_LEFT: u16 = 4;

/// The list, and beside or below it what is known about its selected row.
pub(crate) fn panes(unfolded: bool, cx: &Cx, frame: &mut Frame, body: Rect) -> (Rect, Rect) {
    if body.width >= 110 {
        let [table, gap, detail] =
            Layout::horizontal([Constraint::Percentage(64), Constraint::Length(2), Constraint::Min(1)])
                .areas(body);
        for row in 0..usize::from(gap.height) {
            put(frame, gap, row, Line::styled(cx.theme.separator(), cx.theme.faint()));
        }
        return (table, detail);
    }
    let detail = if unfolded { body.height.saturating_sub(LIST_LEFT + 2) } else { (body.height / 2).min(10) };
    let [table, rule, detail] =
        Layout::vertical([Constraint::Min(1), Constraint::Length(1), Constraint::Length(detail)]).areas(body);
    put(frame, rule, 0, Line::styled(cx.theme.rule(usize::from(rule.width)), cx.theme.faint()));
    (table, detail)
}

/// The columns of the table.
pub(crate) struct Table {
    first: usize,
    n: usize,
    member: usize,
    head: usize,
}

const LEAST_HEAD: usize = 20;
const VERDICT: usize = 8;
const RANK: usize = 11;

impl Table {
    /// Columns for a panel, from one of its members on, as many as fit.
    pub(crate) fn new(first_member: usize, desk: &Desk, area: Rect) -> Self {
        let cells = usize::from(area.width);
        let member = 7;
        let n_members = desk.visit.members.len();
        let n = (cells.saturating_sub(LEAST_HEAD + VERDICT + RANK) / member).min(n_members);
        let head = cells.saturating_sub(n * member + VERDICT + RANK).min(44);
        let first = first_member.min(n_members.saturating_sub(n));
        Self { first, n, member, head }
    }

    /// Draws the headings.
    pub(crate) fn head(&self, cx: &Cx, desk: &Desk, frame: &mut Frame, area: Rect) {
        let mut text = fit(&format!("  {}{}", label::clause(cx.lang), self.beyond(cx, desk)), self.head);
        for state in desk.visit.members.iter().skip(self.first).take(self.n) {
            text.push_str(&fit(state.member.name.as_str(), self.member - 1));
            text.push(' ');
        }
        text.push_str(&fit(label::verdict(cx.lang), VERDICT));
        put(frame, area, 0, Line::styled(fit(&text, usize::from(area.width)), cx.theme.faint()));
    }

    /// Which members the columns show, where there are more of them than columns, and the keys that scroll; else nothing.
    fn beyond(&self, cx: &Cx, desk: &Desk) -> String {
        let n_members = desk.visit.members.len();
        if self.n >= n_members {
            return String::new();
        }
        let (from, to) = (self.first + 1, self.first + self.n);
        let is_before = self.first > 0;
        let is_after = to < n_members;
        let before = if is_before { "< " } else { "" };
        let after = if is_after { " >" } else { "" };
        format!(" {before}{}{after}", say::of_members(cx.lang, from, to, n_members))
    }

    /// A clause with the votes, the verdict and what hangs on it. What the lead decided is dimmed.
    pub(crate) fn clause(
        &self,
        cx: &Cx,
        desk: &Desk,
        tally: &Tally,
        index: usize,
        chosen: bool,
    ) -> Line<'static> {
        let (Some(clause), Some(result)) = (desk.clause(index), tally.outcome.clauses.get(index)) else {
            return Line::default();
        };
        let base = match chosen {
            true => cx.theme.selected(),
            false if result.by_lead() => cx.theme.faint(),
            false => Style::new(),
        };
        let mark = if chosen { ">" } else { " " };
        let core = if clause.core { "*" } else { " " };
        let head = format!("{mark}{core}{} {}", clause.id, clause.title.get(cx.lang));
        let mut spans = vec![Span::styled(format!("{} ", fit(&head, self.head.saturating_sub(1))), base)];
        let seats = tally.votes.get(index).map(Vec::as_slice).unwrap_or_default();
        let seats = seats.iter().zip(&desk.visit.members);
        for (seat, state) in seats.skip(self.first).take(self.n) {
            let (text, style) = match seat {
                Some(_) if desk.visit.stands_aside(state, clause) => (String::new(), Style::new()),
                Some(vote) => short_position(cx, vote),
                None if desk.visit.is_absent(state.member.name.as_str()) => {
                    (label::absent(cx.lang).to_owned(), cx.theme.faint())
                }
                None => ("?".to_owned(), cx.theme.faint()),
            };
            spans.push(Span::styled(fit(&text, self.member), base.patch(style)));
        }
        spans.push(Span::styled(fit(&verdict(cx, result), VERDICT), base.patch(cx.theme.title())));
        if let Some(item) = tally.item(index).filter(|item| item.effect != Effect::Agreed) {
            spans.push(Span::styled(fit(item.effect.name(cx.lang), RANK), base));
        }
        Line::from(spans)
    }

    /// A gate with its answer.
    pub(crate) fn gate(&self, cx: &Cx, desk: &Desk, index: usize, chosen: bool) -> Line<'static> {
        let Some(gate) = desk.gate(index) else { return Line::default() };
        let base = if chosen { cx.theme.selected() } else { Style::new() };
        let mark = if chosen { ">" } else { " " };
        let head = format!("{mark}!{} {}", label::gate(cx.lang), gate.title.get(cx.lang));
        let state = gate_state(cx, desk, index);
        let cells = self.head + self.n * self.member;
        Line::from(vec![
            Span::styled(fit(&head, cells), base),
            Span::styled(fit(&state, VERDICT + RANK), base.patch(cx.theme.title())),
        ])
    }

    /// What is folded away, with the key that unfolds it.
    pub(crate) fn rest(&self, cx: &Cx, tally: &Tally, unfolded: bool, chosen: bool) -> Line<'static> {
        let base = if chosen { cx.theme.selected() } else { cx.theme.faint() };
        let mark = if chosen { ">" } else { " " };
        let mut text = format!("{mark} {}", rest_counts(tally.counts, cx.lang));
        // What is withheld never unfolds.
        if tally.counts.agreed + tally.counts.waiting > 0 {
            let key = key_of(Context::Merge, Action::ShowAll, cx.lang);
            let what = if unfolded { say::fold(cx.lang) } else { say::unfold(cx.lang) };
            text.push_str(&format!(" ({key} {what})"));
        }
        Line::styled(fit(&text, self.head + self.n * self.member + VERDICT + RANK), base)
    }
}

fn gate_state(cx: &Cx, desk: &Desk, index: usize) -> String {
    desk.gate(index)
        .and_then(|gate| desk.visit.gate_decision(gate.id.as_str()))
        .map_or(say::unanswered(cx.lang), |decision| decision.state.name(cx.lang))
        .to_owned()
}

/// A verdict in a few cells; `+` marks the lead's.
pub(crate) fn verdict(cx: &Cx, result: &ClauseResult) -> String {
    let text = words::verdict_in_brief(result.verdict, cx.lang);
    format!("{text}{}", words::by_in_brief(result.basis, cx.lang))
}
