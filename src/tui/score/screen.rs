//! Score: the clauses with one's own grades on the left, the selected clause on the right.

use std::sync::Arc;

use crate::{
    app::laptop::settings::Setting,
    domain::{
        ballot::{Position, Vote, reason_owed},
        checklist::{Clause, Measure},
        edit::{Choice, Edit, Stand},
        terms::{absence::Absence, grade::Grade, written},
    },
    tui::{
        desk::{Desk, cx::Cx, effect::Effect},
        dialog::Go,
        frame::notice,
        keys::{action::Action, context::Context},
        score::{
            absent::AbsentDialog, declare::DeclareDialog, entry::Entry, evidence::EvidenceDialog,
            note::NoteDialog, number::NumberDialog, reason::ReasonDialog, words as say,
        },
        widget::list::moved,
    },
};

/// The state of the screen.
#[derive(Debug)]
pub(crate) struct ScoreScreen {
    /// The selected clause, by its place in the checklist.
    pub(crate) clause: usize,
    /// The selected point of it.
    pub(crate) point: usize,
    /// Which pane has the keys.
    pub(crate) pane: Pane,
    /// Whether a direct grade goes on to the next unscored clause.
    pub(crate) auto_advance: bool,
}

/// A pane of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pane {
    Clauses,
    Points,
}

impl Default for ScoreScreen {
    fn default() -> Self {
        Self { clause: 0, point: 0, pane: Pane::Points, auto_advance: true }
    }
}

impl ScoreScreen {
    /// Where keys go. On a point that wants a number, and where a clause awards points, digits are that number.
    pub(crate) fn context(&self, desk: Option<&Desk>) -> Context {
        let clause = desk.and_then(|desk| desk.clause(self.clause));
        let wants_number = clause.is_some_and(|clause| match clause.points.get(self.point) {
            Some(point) => matches!(point.measure, Measure::Ratio { .. } | Measure::Number { .. }),
            None => clause.scale.is_some(),
        });
        match self.pane {
            Pane::Clauses => Context::Clauses,
            Pane::Points if wants_number => Context::Measured,
            Pane::Points => Context::Points,
        }
    }

    /// Selects a clause, and in it the first point that is not recorded.
    pub(crate) fn show(&mut self, clause: usize, desk: Option<&Desk>) {
        self.clause = clause;
        self.point = desk
            .and_then(|desk| {
                let clause = desk.clause(clause)?;
                clause.points.iter().position(|point| desk.finding(clause, point).is_none())
            })
            .unwrap_or(0);
    }
}

/// What an action does here.
pub(crate) fn update(screen: &mut ScoreScreen, action: Action, cx: &Cx) -> Vec<Go> {
    let Some(desk) = cx.desk else { return Vec::new() };
    let Some(clause) = desk.clause(screen.clause).map(Arc::clone) else { return Vec::new() };
    match action {
        Action::NextPane | Action::PrevPane => {
            screen.pane = if screen.pane == Pane::Clauses { Pane::Points } else { Pane::Clauses };
        }
        Action::Left => screen.pane = Pane::Clauses,
        Action::Right => screen.pane = Pane::Points,
        Action::NextUnscored | Action::PrevUnscored => {
            let next = action == Action::NextUnscored;
            let found =
                if next { desk.next_unscored(screen.clause) } else { desk.prev_unscored(screen.clause) };
            match found {
                Some(index) => screen.show(index, Some(desk)),
                None if desk.n_unscored() == 0 => return vec![Go::Say(say::all_scored(cx.lang).to_owned())],
                None => {}
            }
        }
        Action::AutoAdvance => {
            screen.auto_advance = !screen.auto_advance;
            let text = if screen.auto_advance { say::auto_on(cx.lang) } else { say::auto_off(cx.lang) };
            let keep = Effect::Keep(Setting::Advance(screen.auto_advance));
            return vec![Go::Say(text.to_owned()), Go::Do(keep)];
        }
        Action::Log => return vec![Go::Do(Effect::ReadLog(Some(clause.id.to_string())))],
        _ => {
            if let Some(wishes) = moving(screen, action, desk, &clause, cx) {
                return wishes;
            }
            return match desk.barrier(screen.clause) {
                None if desk.must_declare() && records(action, screen.pane) => {
                    vec![Go::Open(Box::new(DeclareDialog::new(desk)))]
                }
                Some(barrier) => vec![Go::Say(notice::barrier(cx.lang, desk, barrier).to_owned())],
                None => scoring(screen, action, desk, &clause, cx),
            };
        }
    }
    Vec::new()
}

/// Whether an action is the beginning of a vote.
fn records(action: Action, pane: Pane) -> bool {
    let goes_on = matches!(action, Action::Confirm | Action::Toggle) && pane == Pane::Clauses;
    !goes_on && !matches!(action, Action::Clear | Action::Cancel)
}

fn moving(
    screen: &mut ScoreScreen,
    action: Action,
    desk: &Desk,
    clause: &Clause,
    cx: &Cx,
) -> Option<Vec<Go>> {
    let before = (screen.clause, screen.point);
    match (screen.pane, action) {
        (Pane::Clauses, _) => {
            let shown: Vec<usize> = (0..desk.clauses.len()).filter(|&index| desk.is_shown(index)).collect();
            let at = shown.iter().position(|&index| index >= screen.clause).unwrap_or(0);
            let to = moved(at, shown.len(), cx.page, action)?;
            screen.show(shown.get(to).copied()?, Some(desk));
        }
        // Beyond the ends of a clause is the clause beside it.
        (Pane::Points, Action::Up) if screen.point == 0 => {
            if let Some(index) = (0..screen.clause).rev().find(|&index| desk.is_shown(index)) {
                let last = desk.clause(index).map_or(0, |clause| clause.points.len().saturating_sub(1));
                (screen.clause, screen.point) = (index, last);
            }
        }
        (Pane::Points, Action::Down) if screen.point + 1 >= clause.points.len() => {
            if let Some(index) = (screen.clause + 1..desk.clauses.len()).find(|&index| desk.is_shown(index)) {
                (screen.clause, screen.point) = (index, 0);
            }
        }
        (Pane::Points, _) => screen.point = moved(screen.point, clause.points.len(), cx.page, action)?,
    }
    let told = match action {
        _ if (screen.clause, screen.point) != before => None,
        Action::Up => Some(say::first_clause(cx.lang)),
        Action::Down => Some(say::last_clause(cx.lang)),
        _ => None,
    };
    Some(told.map(|told| Go::Say(told.to_owned())).into_iter().collect())
}

fn scoring(screen: &mut ScoreScreen, action: Action, desk: &Desk, clause: &Clause, cx: &Cx) -> Vec<Go> {
    let Some(vote) = desk.vote(screen.clause) else { return Vec::new() };
    match (action, screen.pane) {
        (Action::Give(grade), _) if clause.scale.is_some() => {
            let typed = char::from(b'0' + (5 - grade.rank()));
            vec![Go::Open(Box::new(NumberDialog::scale(clause, vote, Some(typed))))]
        }
        (Action::Type(digit), _) if clause.scale.is_some() => {
            let typed = char::from(b'0' + digit.min(9));
            vec![Go::Open(Box::new(NumberDialog::scale(clause, vote, Some(typed))))]
        }
        (Action::Give(grade), _) => give(grade, clause, vote),
        (Action::Absent, _) => vec![Go::Open(Box::new(AbsentDialog::new(clause, desk)))],
        (Action::Note, _) => vec![Go::Open(Box::new(NoteDialog::new(clause, vote)))],
        (Action::Evidence, _) => vec![Go::Open(Box::new(EvidenceDialog::new(clause))), Go::ListLastFolder],
        (Action::Reason, _) => match stand_of(vote) {
            Some(stand) => {
                vec![Go::Open(Box::new(ReasonDialog::new(clause, &stand, &vote.derived)))]
            }
            None => vec![Go::Say(say::nothing_to_reason(cx.lang).to_owned())],
        },
        (Action::Clear, Pane::Clauses) => match stand_of(vote) {
            Some(_) => vec![Go::Record(vec![Edit::Vote { clause: clause.id.clone(), value: None }])],
            None => vec![Go::Say(say::nothing_to_clear(cx.lang).to_owned())],
        },
        (Action::Confirm | Action::Toggle, Pane::Clauses) => {
            screen.pane = Pane::Points;
            Vec::new()
        }
        (Action::Confirm | Action::Toggle, Pane::Points)
            if clause.points.is_empty() && clause.scale.is_some() =>
        {
            vec![Go::Open(Box::new(NumberDialog::scale(clause, vote, None)))]
        }
        (_, Pane::Points) => match clause.points.get(screen.point) {
            Some(point) => Entry { desk, clause, point, at: screen.point, lang: cx.lang }.act(action),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// A direct grade is stored at once; if it owes a reason, the reason is asked after that, and leaving the question loses
/// nothing.
fn give(grade: Grade, clause: &Clause, vote: &Vote) -> Vec<Go> {
    let choice = Choice::Grade(grade);
    let kept = stand_of(vote).filter(|stand| stand.choice == choice).map(|stand| stand.reason);
    let stand = Stand { choice, reason: kept.unwrap_or_default() };
    let owed = stand.reason.is_empty() && reason_owed(choice, &vote.derived).is_some();
    let record = Go::Record(vec![Edit::Vote { clause: clause.id.clone(), value: Some(stand.clone()) }]);
    let next =
        if owed { Go::Open(Box::new(ReasonDialog::new(clause, &stand, &vote.derived))) } else { Go::Onward };
    vec![record, next]
}

/// The direct grade, points or absence behind a vote; recusals are the lead's, not the member's.
fn stand_of(vote: &Vote) -> Option<Stand> {
    let choice = match vote.position {
        Position::Grade(grade) if vote.direct => Choice::Grade(grade),
        Position::Points(points) => Choice::Points(points),
        Position::Absent(kind) if kind != Absence::Recused => Choice::Absent(kind),
        _ => return None,
    };
    // What is no recusal has the reason of a stand, which is a line.
    Some(Stand { choice, reason: written::Line::new(&vote.reason).ok()? })
}
