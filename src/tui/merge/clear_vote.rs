//! A vote in the clear on one clause (合议表决): a choice by digit or points, and a reason if there is one. The ballot stays as it
//! was.

use crossterm::event::KeyCode;
use ratatui::{
    Frame,
    layout::{Position as Place, Rect},
    style::Style,
    text::{Line, Span},
};

use crate::{
    domain::{
        ballot::Position,
        checklist::Scale,
        edit::{Choice, Edit, Stand},
        permit::Refusal,
        terms::{absence::Absence, grade::Grade, id::ClauseId, lang::Lang, written},
    },
    tui::{
        desk::{Desk, cx::Cx},
        dialog::{Dialog, Go},
        frame::{self, notice},
        keys::{Key, action::Action, context::Context, input::Input},
        merge::words as say,
        widget::{
            field::Field,
            field_row::FieldRow,
            popup::{open, put, row_of},
            text::{cut, fit, width},
        },
    },
    words::{self, label},
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct ClearVoteDialog {
    clause: ClauseId,
    /// What the own ballot says.
    own: Position,
    scale: Option<Scale>,
    /// What can be chosen, with its digit.
    choices: Vec<(char, Pick)>,
    chosen: Option<Pick>,
    points: Field,
    reason: Field,
    focus: Focus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pick {
    Grade(Grade),
    NotApplicable,
    TakeBack,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    Points,
    Choice,
    Reason,
}

impl ClearVoteDialog {
    /// Opens it with what was voted before, or says why one cannot vote now.
    pub(crate) fn open(index: usize, desk: &Desk, lang: Lang) -> Result<Self, &'static str> {
        let (Some(clause), Some(seat)) = (desk.clause(index), desk.seat()) else {
            return Err(notice::barrier(lang, desk, Refusal::NotAMember));
        };
        match desk.may(&Edit::ClearVote { clause: clause.id.clone(), value: None }) {
            Err(Refusal::NotClosed) => return Err(say::close_before_vote(lang)),
            Err(refusal) => return Err(notice::barrier(lang, desk, refusal)),
            Ok(()) => {}
        }
        let before = seat.clear_vote(clause.id.as_str());
        let grades = Grade::ALL.into_iter().map(Pick::Grade).filter(|_| clause.scale.is_none());
        let mut choices: Vec<(char, Pick)> = ('1'..).zip(grades).collect();
        choices.extend((!clause.must_apply).then_some(('5', Pick::NotApplicable)));
        choices.extend(before.is_some().then_some(('0', Pick::TakeBack)));
        let (mut chosen, mut points) = (None, Field::default());
        match before.map(|stand| stand.choice) {
            Some(Choice::Grade(grade)) => chosen = Some(Pick::Grade(grade)),
            Some(Choice::Points(said)) => points = Field::with(&said.to_string()),
            Some(Choice::Absent(Absence::NotApplicable)) => chosen = Some(Pick::NotApplicable),
            Some(Choice::Absent(_)) | None => {}
        }
        // What was said by another program and is no choice here is not chosen.
        let chosen = chosen.filter(|pick| choices.iter().any(|(_, it)| it == pick));
        Ok(Self {
            clause: clause.id.clone(),
            own: desk.visit.vote(seat, clause).position,
            scale: clause.scale,
            choices,
            chosen,
            points,
            reason: Field::with(before.map_or("", |stand| stand.reason.as_str())),
            focus: if clause.scale.is_some() { Focus::Points } else { Focus::Choice },
        })
    }

    /// The fields that there are, in order.
    fn fields(&self) -> Vec<Focus> {
        let points = self.scale.map(|_| Focus::Points);
        let choice = (!self.choices.is_empty()).then_some(Focus::Choice);
        points.into_iter().chain(choice).chain([Focus::Reason]).collect()
    }

    fn step(&mut self, back: bool) {
        let fields = self.fields();
        let at = fields.iter().position(|it| *it == self.focus).unwrap_or(0);
        let to = if back { at + fields.len() - 1 } else { at + 1 };
        self.focus = fields.get(to % fields.len()).copied().unwrap_or(Focus::Reason);
    }

    fn choose(&mut self, key: Key) {
        // Digits only: a letter may be the beginning of a reason that is typed into the wrong row.
        let typed = key.folded().typed();
        let at = self.choices.iter().position(|(_, pick)| Some(*pick) == self.chosen);
        let to = match key.code {
            KeyCode::Left => Some(at.map_or(0, |at| at.saturating_sub(1))),
            KeyCode::Right => Some(at.map_or(0, |at| (at + 1).min(self.choices.len().saturating_sub(1)))),
            KeyCode::Delete | KeyCode::Backspace => {
                self.chosen = None;
                None
            }
            _ => None,
        };
        if let Some((_, pick)) = to.and_then(|to| self.choices.get(to)) {
            self.chosen = Some(*pick);
        } else if let Some((_, pick)) = self.choices.iter().find(|(digit, _)| typed == Some(*digit)) {
            self.chosen = Some(*pick);
            self.focus = if *pick == Pick::TakeBack { Focus::Choice } else { Focus::Reason };
        }
    }

    fn record(&mut self, cx: &Cx) -> Vec<Go> {
        let lang = cx.lang;
        let choice = match (self.chosen, self.scale) {
            (Some(Pick::TakeBack), _) => return vec![Go::Close, Go::Record(vec![self.edit(None)])],
            (Some(Pick::Grade(grade)), _) => Choice::Grade(grade),
            (Some(Pick::NotApplicable), _) => Choice::Absent(Absence::NotApplicable),
            (None, None) => {
                self.focus = Focus::Choice;
                return vec![Go::Say(say::need_choice(lang).to_owned())];
            }
            (None, Some(scale)) => {
                let typed = self.points.folded().parse().ok();
                let Some(points) = typed.filter(|points| scale.admits(*points)) else {
                    self.focus = Focus::Points;
                    return vec![Go::Say(label::off_scale(lang).to_owned())];
                };
                Choice::Points(points)
            }
        };
        let reason = match written::Line::new(&self.reason.text()) {
            Ok(reason) => reason,
            Err(error) => return vec![Go::Say(frame::words::too_long(lang, error))],
        };
        vec![Go::Close, Go::Record(vec![self.edit(Some(Stand { choice, reason }))])]
    }

    fn edit(&self, value: Option<Stand>) -> Edit {
        Edit::ClearVote { clause: self.clause.clone(), value }
    }

    /// Draws what can be chosen on a row.
    fn view_choices(&self, cx: &Cx, frame: &mut Frame, area: Rect, row: usize, label: usize) {
        let lang = cx.lang;
        let mark = if self.focus == Focus::Choice { ">" } else { " " };
        let mut spans = vec![Span::raw(format!("{mark} {} ", fit(say::my_vote(lang), label)))];
        for (digit, pick) in &self.choices {
            let name = match pick {
                Pick::Grade(grade) => grade.to_string(),
                Pick::NotApplicable => Absence::NotApplicable.name(lang).to_owned(),
                Pick::TakeBack => say::withdraw(lang).to_owned(),
            };
            let chosen = self.chosen == Some(*pick);
            let sign = if chosen { "*" } else { " " };
            let style = if chosen { cx.theme.selected() } else { Style::new() };
            spans.push(Span::styled(format!("{sign}{digit} {name} "), style));
        }
        put(frame, area, row, Line::from(spans));
        if let Some(row) = row_of(area, row).filter(|_| self.focus == Focus::Choice) {
            let x = u16::try_from(label + 3).unwrap_or(0).min(row.width.saturating_sub(1));
            frame.set_cursor_position(Place::new(row.x + x, row.y));
        }
    }
}

impl Dialog for ClearVoteDialog {
    fn context(&self) -> Context {
        Context::Fields
    }

    /// Chooses by digit or letter, types points and reason, records.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        match (action, input) {
            (Some(Action::Cancel), _) => return vec![Go::Close],
            (Some(Action::Confirm), _) => return self.record(cx),
            (Some(Action::NextPane | Action::Down), _) => self.step(false),
            (Some(Action::PrevPane | Action::Up), _) => self.step(true),
            (Some(_), _) => {}
            (None, Input::Key(key)) => match self.focus {
                Focus::Choice => self.choose(*key),
                Focus::Points => {
                    self.points.key(*key);
                    // What is typed takes the place of what was chosen.
                    self.chosen = None;
                }
                Focus::Reason => {
                    self.reason.key(*key);
                }
            },
            (None, Input::Paste(text)) => {
                self.focus = Focus::Reason;
                self.reason.insert(text);
            }
        }
        Vec::new()
    }

    /// Draws it: the clause, the own ballot, what can be chosen, the reason.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let lang = cx.lang;
        let inner = open(frame, cx, 66, 7, &format!("{} {}", say::clear_title(lang), self.clause));
        let cells = usize::from(inner.width);
        let title = cx.desk.and_then(|desk| desk.checklist().clause(self.clause.as_str()));
        let title = title.map_or("", |clause| clause.title.get(lang));
        put(frame, inner, 0, Line::raw(cut(title, cells)));
        let own = format!("{}: {}", say::own_ballot(lang), words::position_in_brief(self.own, lang));
        put(frame, inner, 1, Line::styled(cut(&own, cells), cx.theme.faint()));
        let scale = self.scale.map(|scale| format!("{} 0..{}", say::my_vote(lang), scale.points));
        let label = [say::my_vote(lang), label::reason(lang)].into_iter().chain(scale.as_deref()).map(width);
        let label = label.max().unwrap_or(0);
        if let Some(name) = &scale {
            FieldRow { name, label, field: &self.points, focused: self.focus == Focus::Points }
                .view(cx, frame, inner, 3);
        }
        if !self.choices.is_empty() {
            self.view_choices(cx, frame, inner, 4, label);
        }
        FieldRow {
            name: label::reason(lang),
            label,
            field: &self.reason,
            focused: self.focus == Focus::Reason,
        }
        .view(cx, frame, inner, 5);
        put(frame, inner, 6, Line::styled(cut(say::clear_help(lang), cells), cx.theme.faint()));
    }
}
