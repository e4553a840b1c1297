//! The lead's verdict for a clause or a gate, with the reason it needs.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::{
    app::{deed::Deed, merge::agenda_text},
    domain::{
        agenda::dissenters::dissenters,
        checklist::{Clause, Scale, profile::Gate},
        edit::verdict::{Decision, GateState},
        terms::{
            amount::Amount,
            grade::Grade,
            id::{ClauseId, GateId},
        },
    },
    tui::{
        desk::{Desk, cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        keys::{action::Action, context::Context, input::Input},
        merge::words as say,
        widget::{
            field::Field,
            field_row::FieldRow,
            popup::{open, put, row_of},
            text::{cut, width, wrap},
        },
    },
    words::{self, label},
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct DecideDialog {
    subject: Subject,
    /// Which choice; an index into the choices of the subject.
    choice: Option<usize>,
    points: Field,
    reason: Field,
    /// 0 = choice, 1 = reason.
    focus: usize,
}

#[derive(Debug)]
enum Subject {
    Graded(ClauseId, Vec<Decision>),
    Scaled(ClauseId, Scale),
    Gate(GateId),
}

const GATE_STATES: [GateState; 2] = [GateState::Clear, GateState::Tripped];

impl DecideDialog {
    /// A verdict for a clause; begins with the lead's verdict so far, if any.
    pub(crate) fn clause(clause: &Clause, desk: &Desk) -> Self {
        let now = desk.visit.lead_verdict(clause.id.as_str());
        let reason = Field::with(now.map_or("", |verdict| verdict.reason.as_str()));
        if let Some(scale) = clause.scale {
            let points = match now.map(|verdict| verdict.decision) {
                Some(Decision::Points(points)) => Field::with(&points.to_string()),
                _ => Field::default(),
            };
            return Self {
                subject: Subject::Scaled(clause.id.clone(), scale),
                choice: None,
                points,
                reason,
                focus: 0,
            };
        }
        let mut choices: Vec<Decision> = Grade::ALL.into_iter().map(Decision::Grade).collect();
        if !clause.must_apply {
            choices.push(Decision::NotApplicable);
        }
        let choice = now.and_then(|verdict| choices.iter().position(|it| *it == verdict.decision));
        let subject = Subject::Graded(clause.id.clone(), choices);
        Self { subject, choice, points: Field::default(), reason, focus: 0 }
    }

    /// A decision about a gate.
    pub(crate) fn gate(gate: &Gate, desk: &Desk) -> Self {
        let now = desk.visit.gate_decision(gate.id.as_str());
        let choice = now.and_then(|decision| GATE_STATES.iter().position(|it| *it == decision.state));
        let reason = Field::with(now.map_or("", |decision| decision.reason.as_str()));
        Self { subject: Subject::Gate(gate.id.clone()), choice, points: Field::default(), reason, focus: 0 }
    }

    fn n_choices(&self) -> usize {
        match &self.subject {
            Subject::Graded(_, choices) => choices.len(),
            Subject::Scaled(..) => 0,
            Subject::Gate(_) => GATE_STATES.len(),
        }
    }

    fn choose(&mut self, key: crate::tui::keys::Key) {
        use crossterm::event::KeyCode;
        let n = self.n_choices();
        // Digits only: a letter may be the beginning of a reason that is typed into the wrong row.
        let index = match (key.folded().typed(), key.code) {
            (Some(c @ '1'..='9'), _) => {
                c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1))
            }
            (_, KeyCode::Left) => {
                self.choice = Some(self.choice.map_or(0, |at| at.saturating_sub(1)));
                None
            }
            (_, KeyCode::Right) => {
                self.choice = Some(self.choice.map_or(0, |at| (at + 1).min(n.saturating_sub(1))));
                None
            }
            _ => None,
        };
        if let Some(index) = index.filter(|index| *index < n) {
            self.choice = Some(index);
            self.focus = 1;
        }
    }

    fn decide(&mut self, cx: &Cx) -> Vec<Go> {
        let lang = cx.lang;
        let need_choice = vec![Go::Say(say::need_choice(lang).to_owned())];
        let reason = self.reason.text();
        let effect = match &self.subject {
            Subject::Graded(clause, choices) => {
                let Some(decision) = self.choice.and_then(|at| choices.get(at)) else {
                    self.focus = 0;
                    return need_choice;
                };
                Effect::Do(Deed::Decide(clause.clone(), Some(*decision), reason.clone()))
            }
            Subject::Scaled(clause, scale) => {
                let Some(points) = self.typed_points(*scale) else {
                    self.focus = 0;
                    return vec![Go::Say(label::off_scale(lang).to_owned())];
                };
                Effect::Do(Deed::Decide(clause.clone(), Some(Decision::Points(points)), reason.clone()))
            }
            Subject::Gate(gate) => {
                let Some(state) = self.choice.and_then(|at| GATE_STATES.get(at)) else {
                    self.focus = 0;
                    return need_choice;
                };
                Effect::Do(Deed::DecideGate(gate.clone(), Some(*state), reason.clone()))
            }
        };
        if reason.is_empty() {
            self.focus = 1;
            return vec![Go::Say(label::reason_needed(lang).to_owned())];
        }
        vec![Go::Close, Go::Do(effect)]
    }

    /// Who dissents from what is chosen now; nothing while nothing is.
    fn dissenting(&self, cx: &Cx, desk: &Desk) -> Option<String> {
        let (id, decision) = match &self.subject {
            Subject::Graded(id, choices) => (id, *choices.get(self.choice?)?),
            Subject::Scaled(id, scale) => (id, Decision::Points(self.typed_points(*scale)?)),
            Subject::Gate(_) => return None,
        };
        let clause = desk.checklist().clause(id.as_str())?;
        let shown = desk.tally.as_ref()?.shown(&desk.visit, desk.index_of(id.as_str())?);
        Some(agenda_text::dissenters(&dissenters(&desk.visit, clause, decision, &shown), cx.lang))
    }

    /// The votes in the clear that the verdict will cite, if there are any.
    fn cites(&self, cx: &Cx, desk: &Desk) -> Option<String> {
        let id = match &self.subject {
            Subject::Graded(id, _) | Subject::Scaled(id, _) => id,
            Subject::Gate(_) => return None,
        };
        let votes = agenda_text::clear_votes(desk.visit.clear_votes(id.as_str()), cx.lang)?;
        Some(format!("{}{votes}", say::cites_clear(cx.lang)))
    }

    fn typed_points(&self, scale: Scale) -> Option<Amount> {
        self.points.folded().parse().ok().filter(|points| scale.admits(*points))
    }

    fn choices(&self, cx: &Cx, frame: &mut Frame, area: Rect, label: usize) {
        let lang = cx.lang;
        let names: Vec<String> = match &self.subject {
            Subject::Graded(_, choices) => choices.iter().map(|choice| name_of(cx, *choice)).collect(),
            Subject::Scaled(..) => Vec::new(),
            Subject::Gate(_) => GATE_STATES.iter().map(|state| state.name(lang).to_owned()).collect(),
        };
        let mark = if self.focus == 0 { ">" } else { " " };
        let mut spans = vec![Span::raw(format!(
            "{mark} {} ",
            crate::tui::widget::text::fit(label::verdict(lang), label)
        ))];
        for (index, name) in names.iter().enumerate() {
            let chosen = self.choice == Some(index);
            let sign = if chosen { "*" } else { " " };
            let style = if chosen { cx.theme.selected() } else { Style::new() };
            spans.push(Span::styled(format!("{sign}{} {name} ", index + 1), style));
        }
        put(frame, area, 4, Line::from(spans));
        if let Some(row) = row_of(area, 4).filter(|_| self.focus == 0) {
            let x = u16::try_from(label + 3).unwrap_or(0).min(row.width.saturating_sub(1));
            frame.set_cursor_position(ratatui::layout::Position::new(row.x + x, row.y));
        }
    }
}

impl Dialog for DecideDialog {
    fn context(&self) -> Context {
        Context::Fields
    }

    /// Chooses by digit or letter, types the reason, decides.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        match (action, input) {
            (Some(Action::Cancel), _) => return vec![Go::Close],
            (Some(Action::Confirm), _) if self.focus == 0 && self.reason.is_blank() => self.focus = 1,
            (Some(Action::Confirm), _) => return self.decide(cx),
            (Some(Action::NextPane | Action::PrevPane | Action::Up | Action::Down), _) => {
                self.focus = 1 - self.focus;
            }
            (Some(_), _) => {}
            (None, Input::Key(key)) if self.focus == 0 && self.n_choices() > 0 => self.choose(*key),
            (None, input) => {
                let field = if self.focus == 0 { &mut self.points } else { &mut self.reason };
                match input {
                    Input::Key(key) => {
                        field.key(*key);
                    }
                    Input::Paste(text) => field.insert(text),
                }
            }
        }
        Vec::new()
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let Some(desk) = cx.desk else { return };
        let (title, text, reason_name) = match &self.subject {
            Subject::Graded(id, _) | Subject::Scaled(id, _) => {
                let clause = desk.checklist().clause(id.as_str());
                let text = clause.map_or("", |clause| clause.title.get(lang));
                (format!("{} {id}", say::decide_title(lang)), text, label::reason(lang))
            }
            Subject::Gate(id) => {
                let gate = desk.checklist().profile.gates.iter().find(|gate| &gate.id == id);
                let text = gate.map_or("", |gate| gate.text.get(lang));
                (format!("{} {id}", say::gate_title(lang)), text, say::gate_reason(lang))
            }
        };
        let inner = open(frame, cx, 66, 8, &title);
        let cells = usize::from(inner.width);
        for (row, line) in wrap(text, cells).into_iter().take(3).enumerate() {
            put(frame, inner, row, Line::raw(line));
        }
        if let Some(cites) = self.cites(cx, desk) {
            put(frame, inner, 3, Line::styled(cut(&cites, cells), cx.theme.title()));
        }
        let label = width(label::verdict(lang)).max(width(reason_name));
        if let Subject::Scaled(_, scale) = &self.subject {
            let name = format!("{} 0..{}", label::verdict(lang), scale.points);
            FieldRow { name: &name, label: width(&name), field: &self.points, focused: self.focus == 0 }
                .view(cx, frame, inner, 4);
        } else {
            self.choices(cx, frame, inner, label);
        }
        if let Some(text) = self.dissenting(cx, desk) {
            for (row, line) in (5..7).zip(wrap(&text, cells.saturating_sub(2))) {
                put(frame, inner, row, Line::styled(format!("  {line}"), cx.theme.warn()));
            }
        }
        FieldRow { name: reason_name, label, field: &self.reason, focused: self.focus == 1 }
            .view(cx, frame, inner, 7);
    }
}

fn name_of(cx: &Cx, decision: Decision) -> String {
    cut(&words::verdict_in_brief(Some(decision), cx.lang), 12)
}
