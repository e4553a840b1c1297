//! Merge: an agenda. Members against clauses, what a different verdict would change first; the lead decides here, members say
//! why they differ.

use ratatui::{Frame, layout::Rect, text::Line};

use crate::{
    app::{deed::Deed, merge::agenda_text::agenda_counts},
    domain::{
        agenda::{AgendaItem, Settled},
        edit::Edit,
        ending::signature::Signature,
        visit::MemberState,
    },
    tui::{
        desk::{Desk, cx::Cx, effect::Effect, tally::Tally},
        dialog::Go,
        frame::{self, notice},
        keys::action::Action,
        merge::{
            clear_vote::ClearVoteDialog,
            decide::DecideDialog,
            dissent::DissentDialog,
            table::{Table, panes},
            votes::{clause_detail, entries, gate_detail},
            words as say,
        },
        widget::{
            list::{first_row, moved},
            popup::{below, park, put},
            text::cut,
        },
    },
};

/// The state of the screen.
#[derive(Debug, Default)]
pub(crate) struct MergeScreen {
    /// Whether clauses without disagreement are shown too, below the others.
    pub(crate) all: bool,
    /// The selected row.
    pub(crate) selected: usize,
    /// The first member shown.
    pub(crate) first_member: usize,
    /// The first entry shown of what is known about the selected row, while that is unfolded.
    pub(crate) detail: Option<usize>,
}

/// A row: a clause or a gate, by place, or what is folded away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Row {
    Clause(usize),
    Gate(usize),
    Rest,
}

impl MergeScreen {
    fn rows(&self, desk: &Desk, tally: &Tally) -> Vec<Row> {
        let clause = |item: &AgendaItem| Row::Clause(item.index);
        let gates = (0..desk.checklist().profile.gates.len()).map(Row::Gate);
        let mut rows: Vec<Row> = tally.agenda.disagreed().map(clause).chain(gates).collect();
        if tally.counts.agreed + tally.counts.waiting + tally.counts.withheld > 0 {
            rows.push(Row::Rest);
        }
        if self.all {
            rows.extend(tally.agenda.rest().map(clause));
        }
        rows
    }

    /// What is selected now.
    pub(crate) fn anchor(&self, desk: &Desk) -> Option<Row> {
        self.rows(desk, desk.tally.as_ref()?).get(self.selected).copied()
    }

    /// The id of the clause or disqualifier that is selected.
    pub(crate) fn subject(&self, desk: &Desk) -> Option<String> {
        subject(self.anchor(desk), desk)
    }

    /// Keeps the selection on its row when new votes have changed the order.
    pub(crate) fn hold(&mut self, anchor: Option<Row>, desk: &Desk) {
        let Some((anchor, tally)) = anchor.zip(desk.tally.as_ref()) else { return };
        if let Some(at) = self.rows(desk, tally).iter().position(|row| *row == anchor) {
            self.selected = at;
        }
    }

    /// Selects a clause; unfolds the agreeing ones if it is among them.
    pub(crate) fn show(&mut self, clause: usize, desk: &Desk) {
        let Some(tally) = &desk.tally else { return };
        let place =
            |screen: &Self| screen.rows(desk, tally).iter().position(|row| *row == Row::Clause(clause));
        if place(self).is_none() {
            self.all = true;
        }
        self.select(place(self).unwrap_or(0));
    }

    fn select(&mut self, row: usize) {
        self.selected = row;
        self.detail = self.detail.map(|_| 0);
    }

    /// Unfolds or folds the agreeing clauses; the selection stays, or goes where its row was folded away.
    fn toggle_all(&mut self, desk: &Desk, tally: &Tally) {
        let anchor = self.anchor(desk);
        self.all = !self.all;
        let rows = self.rows(desk, tally);
        let at = |wanted: Row| rows.iter().position(|row| *row == wanted);
        let to = anchor.and_then(at).or_else(|| at(Row::Rest)).unwrap_or(0);
        self.select(to);
    }
}

/// What an action does here.
pub(crate) fn update(screen: &mut MergeScreen, action: Action, cx: &Cx) -> Vec<Go> {
    let Some(desk) = cx.desk else { return Vec::new() };
    let Some(tally) = &desk.tally else { return Vec::new() };
    let rows = screen.rows(desk, tally);
    screen.selected = screen.selected.min(rows.len().saturating_sub(1));
    let row = rows.get(screen.selected).copied();
    if let Some(first) = screen.detail {
        let n = match row {
            Some(Row::Clause(index)) => entries(cx, desk, tally, index, true).len(),
            _ => 0,
        };
        if let Some(to) = moved(first, n, cx.page, action) {
            screen.detail = Some(to);
            return Vec::new();
        }
    } else if let Some(to) = moved(screen.selected, rows.len(), cx.page, action) {
        screen.select(to);
        return Vec::new();
    }
    match (action, row) {
        (Action::ShowAll, _) | (Action::Decide, Some(Row::Rest)) => {
            screen.toggle_all(desk, tally);
            Vec::new()
        }
        (Action::NextPane, _) => {
            screen.detail = if screen.detail.is_some() { None } else { Some(0) };
            Vec::new()
        }
        (Action::NextUndecided | Action::PrevUndecided, _) => {
            match undecided(&rows, screen.selected, action, desk, tally) {
                Some(to) => screen.select(to),
                None => return vec![Go::Say(say::all_decided(cx.lang).to_owned())],
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
        (Action::Log, row) => vec![Go::Do(Effect::ReadLog(subject(row, desk)))],
        (Action::Dissent, Some(Row::Clause(index))) => vec![dissent(index, desk, cx)],
        (Action::VoteOpenly, Some(Row::Clause(index))) => told(vote_openly(index, desk, cx), desk, cx),
        (Action::Decide | Action::BackToRule, _) if !desk.chair => {
            vec![Go::Say(frame::words::lead_only(cx.lang).to_owned())]
        }
        (Action::Decide, Some(row)) => decide(row, desk, cx).map(|go| told(go, desk, cx)).unwrap_or_default(),
        (Action::BackToRule, Some(row)) => back_to_rule(row, desk, cx).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The log of what is selected; where nothing is that has one, of the whole visit.
fn subject(row: Option<Row>, desk: &Desk) -> Option<String> {
    match row? {
        Row::Clause(index) => desk.clause(index).map(|clause| clause.id.to_string()),
        Row::Gate(index) => desk.gate(index).map(|gate| gate.id.to_string()),
        Row::Rest => None,
    }
}

/// The next row without a verdict or an answer after the selected one, going round.
fn undecided(rows: &[Row], from: usize, action: Action, desk: &Desk, tally: &Tally) -> Option<usize> {
    let n = rows.len();
    let is_open = |at: &usize| match rows.get(*at) {
        Some(Row::Clause(index)) => {
            let item = tally.item(*index);
            item.is_some_and(|item| matches!(item.settled, Settled::Undecided | Settled::Waiting))
        }
        Some(Row::Gate(index)) => is_unanswered(desk, *index),
        Some(Row::Rest) | None => false,
    };
    let step = |step: usize| match action {
        Action::NextUndecided => (from + step) % n,
        _ => (from + n - step) % n,
    };
    (1..=n).map(step).find(is_open)
}

/// Whether a gate that must be answered is not.
fn is_unanswered(desk: &Desk, index: usize) -> bool {
    desk.gate(index)
        .is_some_and(|gate| !gate.optional && desk.visit.gate_decision(gate.id.as_str()).is_none())
}

/// Opens the box for a verdict or an answer, or says why there is none to give now.
fn decide(row: Row, desk: &Desk, cx: &Cx) -> Option<Go> {
    let (dialog, edit) = match row {
        Row::Clause(index) => {
            let clause = desk.clause(index)?;
            let edit = Edit::Verdict { clause: clause.id.clone(), value: None };
            (DecideDialog::clause(clause, desk), edit)
        }
        Row::Gate(index) => {
            let gate = desk.gate(index)?;
            (DecideDialog::gate(gate, desk), Edit::Gate { gate: gate.id.clone(), value: None })
        }
        Row::Rest => return None,
    };
    Some(match desk.may(&edit) {
        Ok(()) => Go::Open(Box::new(dialog)),
        Err(refusal) => Go::Say(notice::barrier(cx.lang, desk, refusal).to_owned()),
    })
}

fn back_to_rule(row: Row, desk: &Desk, cx: &Cx) -> Option<Go> {
    let why = say::back_to_rule(cx.lang).to_owned();
    let effect = match row {
        Row::Clause(index) => Effect::Do(Deed::Decide(desk.clause(index)?.id.clone(), None, why)),
        Row::Gate(index) => Effect::Do(Deed::DecideGate(desk.gate(index)?.id.clone(), None, why)),
        Row::Rest => return None,
    };
    Some(Go::Do(effect))
}

/// A box that changes the record opens with the word that whoever has signed it will have to sign again.
fn told(go: Go, desk: &Desk, cx: &Cx) -> Vec<Go> {
    let is_signed = |state: &&MemberState| Signature::of(state, &desk.record) == Signature::Valid;
    let n = desk.visit.members.iter().filter(is_signed).count();
    let opens = matches!(go, Go::Open(_));
    let warning = (opens && n > 0).then(|| Go::Say(say::signed_already(cx.lang, n)));
    [go].into_iter().chain(warning).collect()
}

/// Asks a member why the own vote differs, or says why that cannot be asked now.
fn dissent(index: usize, desk: &Desk, cx: &Cx) -> Go {
    match DissentDialog::open(index, desk, cx.lang) {
        Ok(dialog) => Go::Open(Box::new(dialog)),
        Err(said) => Go::Say(said.to_owned()),
    }
}

/// Asks how to vote on a clause in the clear, or says why one cannot.
fn vote_openly(index: usize, desk: &Desk, cx: &Cx) -> Go {
    match ClearVoteDialog::open(index, desk, cx.lang) {
        Ok(dialog) => Go::Open(Box::new(dialog)),
        Err(said) => Go::Say(said.to_owned()),
    }
}

/// Draws the screen.
pub(crate) fn view(screen: &MergeScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let Some(desk) = cx.desk else { return };
    let Some(tally) = &desk.tally else { return };
    let rows = screen.rows(desk, tally);
    put(
        frame,
        area,
        0,
        Line::styled(cut(&headline(screen, cx, desk, tally), usize::from(area.width)), cx.theme.title()),
    );
    let body = below(area, 1);
    let (table_area, detail_area) = panes(screen.detail.is_some(), cx, frame, body);
    let table = Table::new(screen.first_member, desk, table_area);
    table.head(cx, desk, frame, table_area);
    let list = below(table_area, 1);
    if rows.is_empty() {
        put(frame, list, 0, Line::raw(format!(" {}", say::no_splits(cx.lang))));
    }
    let selected = screen.selected.min(rows.len().saturating_sub(1));
    let height = usize::from(list.height);
    let first = first_row(selected, rows.len(), height);
    for (line, (at, row)) in rows.iter().enumerate().skip(first).take(height).enumerate() {
        let chosen = at == selected;
        let drawn = match row {
            Row::Clause(index) => table.clause(cx, desk, tally, *index, chosen),
            Row::Gate(index) => table.gate(cx, desk, *index, chosen),
            Row::Rest => table.rest(cx, tally, screen.all, chosen),
        };
        put(frame, list, line, drawn);
        if chosen {
            park(frame, list, line);
        }
    }
    match rows.get(selected) {
        Some(Row::Clause(index)) => clause_detail(cx, desk, tally, *index, screen.detail, frame, detail_area),
        Some(Row::Gate(index)) => gate_detail(cx, desk, *index, frame, detail_area),
        Some(Row::Rest) | None => {}
    }
}

fn headline(screen: &MergeScreen, cx: &Cx, desk: &Desk, tally: &Tally) -> String {
    let mut top = format!(" {}", agenda_counts(tally.counts, cx.lang));
    let gates = 0..desk.checklist().profile.gates.len();
    let n_unanswered = gates.filter(|index| is_unanswered(desk, *index)).count();
    if n_unanswered > 0 {
        top.push_str(&format!(" | {}", say::gates_unanswered(cx.lang, n_unanswered)));
    }
    if tally.n_hidden > 0 {
        top.push_str(&format!(" | {}", say::hidden_members(cx.lang, tally.n_hidden)));
    }
    if screen.detail.is_some() {
        top.push_str(&format!(" | {}", say::scrolling(cx.lang)));
    }
    top
}
