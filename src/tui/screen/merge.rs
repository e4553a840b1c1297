//! Merge: members against clauses, the disagreements that matter most first; the lead decides here.

use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::{agenda, outcome::ClauseResult, verdict::Decision},
    tui::{
        action::Action,
        desk::Desk,
        dialog::{Dialog, decide::DecideDialog},
        effect::Effect,
        model::{Cx, Go, first_row, moved},
        popup::{below, park, put},
        screen::{
            clause::short_position,
            votes::{clause_detail, gate_detail},
        },
        tally::Tally,
        text::{cut, fit},
        words::{common, judging as say},
    },
};

/// The state of the screen.
#[derive(Debug, Default)]
pub(crate) struct MergeScreen {
    /// Whether clauses without disagreement are shown too, in checklist order.
    pub(crate) all: bool,
    /// The selected row.
    pub(crate) selected: usize,
    /// The first member shown.
    pub(crate) first_member: usize,
}

/// A row: a clause or a gate, by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Row {
    Clause(usize),
    Gate(usize),
}

impl MergeScreen {
    fn rows(&self, desk: &Desk, tally: &Tally) -> Vec<Row> {
        let gates = (0..desk.checklist().profile.gates.len()).map(Row::Gate);
        let disagreed =
            |index: &usize| tally.ranks.get(*index).is_some_and(|rank| *rank != agenda::Effect::Agreed);
        if self.all {
            (0..desk.clauses.len()).map(Row::Clause).chain(gates).collect()
        } else {
            tally.order.iter().copied().filter(disagreed).map(Row::Clause).chain(gates).collect()
        }
    }

    /// What is selected now.
    pub(crate) fn anchor(&self, desk: &Desk) -> Option<Row> {
        self.rows(desk, desk.tally.as_ref()?).get(self.selected).copied()
    }

    /// Keeps the selection on its row when new votes have changed the order.
    pub(crate) fn hold(&mut self, anchor: Option<Row>, desk: &Desk) {
        let Some((anchor, tally)) = anchor.zip(desk.tally.as_ref()) else { return };
        if let Some(at) = self.rows(desk, tally).iter().position(|row| *row == anchor) {
            self.selected = at;
        }
    }

    /// Selects a clause; shows all clauses if it is not among the disagreements.
    pub(crate) fn show(&mut self, clause: usize, desk: &Desk) {
        let Some(tally) = &desk.tally else { return };
        let place =
            |screen: &Self| screen.rows(desk, tally).iter().position(|row| *row == Row::Clause(clause));
        if place(self).is_none() {
            self.all = true;
        }
        self.selected = place(self).unwrap_or(0);
    }
}

/// What an action does here.
pub(crate) fn update(screen: &mut MergeScreen, action: Action, cx: &Cx) -> Vec<Go> {
    let Some(desk) = cx.desk else { return Vec::new() };
    let Some(tally) = &desk.tally else { return Vec::new() };
    let rows = screen.rows(desk, tally);
    screen.selected = screen.selected.min(rows.len().saturating_sub(1));
    if let Some(to) = moved(screen.selected, rows.len(), cx.page, action) {
        screen.selected = to;
        return Vec::new();
    }
    let row = rows.get(screen.selected).copied();
    match (action, row) {
        (Action::ShowAll, _) => {
            screen.all = !screen.all;
            screen.selected = 0;
            if let Some(Row::Clause(index)) = row {
                let now = screen.rows(desk, tally);
                screen.selected = now.iter().position(|it| *it == Row::Clause(index)).unwrap_or(0);
            }
            Vec::new()
        }
        (Action::Left, _) => {
            screen.first_member = screen.first_member.saturating_sub(1);
            Vec::new()
        }
        (Action::Right, _) => {
            screen.first_member = (screen.first_member + 1).min(desk.visit.members.len().saturating_sub(1));
            Vec::new()
        }
        (Action::Decide | Action::BackToRule, _) if !desk.chair => {
            vec![Go::Say(common::lead_only(cx.lang).to_owned())]
        }
        (Action::Decide, Some(Row::Clause(index))) => desk
            .clause(index)
            .map(|clause| Go::Open(Box::new(Dialog::Decide(DecideDialog::clause(clause, desk)))))
            .into_iter()
            .collect(),
        (Action::Decide, Some(Row::Gate(index))) => gate_of(desk, index)
            .map(|gate| Go::Open(Box::new(Dialog::Decide(DecideDialog::gate(gate, desk)))))
            .into_iter()
            .collect(),
        (Action::BackToRule, Some(row)) => vec![Go::Do(back_to_rule(row, desk, cx))],
        _ => Vec::new(),
    }
}

fn back_to_rule(row: Row, desk: &Desk, cx: &Cx) -> Effect {
    let why = say::back_to_rule(cx.lang).to_owned();
    match row {
        Row::Clause(index) => match desk.clause(index) {
            Some(clause) => Effect::Decide(clause.id.clone(), None, why),
            None => Effect::Reload,
        },
        Row::Gate(index) => match gate_of(desk, index) {
            Some(gate) => Effect::DecideGate(gate.id.clone(), None, why),
            None => Effect::Reload,
        },
    }
}

/// A gate by place.
pub(crate) fn gate_of(desk: &Desk, index: usize) -> Option<&crate::domain::profile::Gate> {
    desk.checklist().profile.gates.get(index)
}

/// Draws the screen.
pub(crate) fn view(screen: &MergeScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let Some(desk) = cx.desk else { return };
    let Some(tally) = &desk.tally else { return };
    let rows = screen.rows(desk, tally);
    let lang = cx.lang;
    let mode = if screen.all { say::everything(lang) } else { say::only_splits(lang) };
    let mut top = format!(" {} | {mode}", say::disagreements(lang, tally.n_disagreements()));
    if tally.n_hidden > 0 {
        top.push_str(&format!(" | {}", say::hidden_members(lang, tally.n_hidden)));
    }
    put(frame, area, 0, Line::styled(cut(&top, usize::from(area.width)), cx.theme.title()));
    let body = below(area, 1);
    let (table_area, detail_area) = if area.width >= 110 {
        let [table, gap, detail] =
            Layout::horizontal([Constraint::Percentage(64), Constraint::Length(2), Constraint::Min(1)])
                .areas(body);
        for row in 0..usize::from(gap.height) {
            put(frame, gap, row, Line::styled(cx.theme.separator(), cx.theme.faint()));
        }
        (table, detail)
    } else {
        let detail = (body.height / 3).min(8);
        let [table, rule, detail] =
            Layout::vertical([Constraint::Min(1), Constraint::Length(1), Constraint::Length(detail)])
                .areas(body);
        put(frame, rule, 0, Line::styled(cx.theme.rule(usize::from(rule.width)), cx.theme.faint()));
        (table, detail)
    };
    let table = Table::new(screen, desk, table_area);
    table.head(cx, desk, frame, table_area);
    let list = below(table_area, 1);
    if rows.is_empty() {
        put(frame, list, 0, Line::raw(format!(" {}", say::no_splits(lang))));
    }
    let selected = screen.selected.min(rows.len().saturating_sub(1));
    let height = usize::from(list.height);
    let first = first_row(selected, rows.len(), height);
    for (line, (at, row)) in rows.iter().enumerate().skip(first).take(height).enumerate() {
        let chosen = at == selected;
        let drawn = match row {
            Row::Clause(index) => table.clause(cx, desk, tally, *index, chosen),
            Row::Gate(index) => table.gate(cx, desk, *index, chosen),
        };
        put(frame, list, line, drawn);
        if chosen {
            park(frame, list, line);
        }
    }
    match rows.get(selected) {
        Some(Row::Clause(index)) => clause_detail(cx, desk, tally, *index, frame, detail_area),
        Some(Row::Gate(index)) => gate_detail(cx, desk, *index, frame, detail_area),
        None => {}
    }
}

/// The columns of the table.
struct Table {
    first: usize,
    n: usize,
    member: usize,
    head: usize,
}

const LEAST_HEAD: usize = 20;
const VERDICT: usize = 8;
const RANK: usize = 11;

impl Table {
    fn new(screen: &MergeScreen, desk: &Desk, area: Rect) -> Self {
        let cells = usize::from(area.width);
        let member = 7;
        let n_members = desk.visit.members.len();
        let n = (cells.saturating_sub(LEAST_HEAD + VERDICT + RANK) / member).min(n_members);
        let head = cells.saturating_sub(n * member + VERDICT + RANK).min(44);
        let first = screen.first_member.min(n_members.saturating_sub(n));
        Self { first, n, member, head }
    }

    fn head(&self, cx: &Cx, desk: &Desk, frame: &mut Frame, area: Rect) {
        let mut text = fit(&format!("  {}", say::clause(cx.lang)), self.head);
        for state in desk.visit.members.iter().skip(self.first).take(self.n) {
            text.push_str(&fit(state.member.name.as_str(), self.member - 1));
            text.push(' ');
        }
        text.push_str(&fit(say::verdict(cx.lang), VERDICT));
        put(frame, area, 0, Line::styled(fit(&text, usize::from(area.width)), cx.theme.faint()));
    }

    fn clause(&self, cx: &Cx, desk: &Desk, tally: &Tally, index: usize, chosen: bool) -> Line<'static> {
        let (Some(clause), Some(result)) = (desk.clause(index), tally.outcome.clauses.get(index)) else {
            return Line::default();
        };
        let base = if chosen { cx.theme.selected() } else { Style::new() };
        let mark = if chosen { ">" } else { " " };
        let core = if clause.core { "*" } else { " " };
        let head = format!("{mark}{core}{} {}", clause.id, clause.title.get(cx.lang));
        let mut spans = vec![Span::styled(format!("{} ", fit(&head, self.head.saturating_sub(1))), base)];
        let seats = tally.votes.get(index).map(Vec::as_slice).unwrap_or_default();
        for seat in seats.iter().skip(self.first).take(self.n) {
            let (text, style) = match seat {
                Some(vote) => short_position(cx, vote),
                None => ("?".to_owned(), cx.theme.faint()),
            };
            spans.push(Span::styled(fit(&text, self.member), base.patch(style)));
        }
        spans.push(Span::styled(fit(&verdict(cx, result), VERDICT), base.patch(cx.theme.title())));
        if let Some(rank) = tally.ranks.get(index).filter(|rank| **rank != agenda::Effect::Agreed) {
            spans.push(Span::styled(fit(say::effect(cx.lang, *rank), RANK), base));
        }
        Line::from(spans)
    }

    fn gate(&self, cx: &Cx, desk: &Desk, index: usize, chosen: bool) -> Line<'static> {
        let Some(gate) = gate_of(desk, index) else { return Line::default() };
        let base = if chosen { cx.theme.selected() } else { Style::new() };
        let mark = if chosen { ">" } else { " " };
        let head = format!("{mark}!{} {}", say::gate(cx.lang), gate.title.get(cx.lang));
        let state = gate_state(cx, desk, index);
        let cells = self.head + self.n * self.member;
        Line::from(vec![
            Span::styled(fit(&head, cells), base),
            Span::styled(fit(&state, VERDICT + RANK), base.patch(cx.theme.title())),
        ])
    }
}

fn gate_state(cx: &Cx, desk: &Desk, index: usize) -> String {
    gate_of(desk, index)
        .and_then(|gate| desk.visit.gate_decision(gate.id.as_str()))
        .map_or(say::unanswered(cx.lang), |decision| decision.state.name(cx.lang))
        .to_owned()
}

/// A verdict in a few cells; `+` marks the lead's.
pub(crate) fn verdict(cx: &Cx, result: &ClauseResult) -> String {
    let text = match result.verdict {
        Some(Decision::Grade(grade)) => grade.to_string(),
        Some(Decision::Points(points)) => points.to_string(),
        Some(Decision::NotApplicable) => say::not_applicable(cx.lang).to_owned(),
        None => return say::undecided(cx.lang).to_owned(),
    };
    if result.by_lead { format!("{text} {}", say::by_lead(cx.lang)) } else { text }
}
