//! Score: the clauses with one's own grades on the left, the selected clause on the right.

use std::sync::Arc;

use crate::{
    app::laptop::{bookmark::Bookmark, settings::Setting},
    domain::{
        ballot::{Position, Vote, reason_owed},
        checklist::{Clause, Measure},
        edit::{Choice, Edit, Stand},
        terms::{absence::Absence, grade::Grade, lang::Lang, written},
    },
    tui::{
        desk::{Desk, cx::Cx, effect::Effect},
        dialog::Go,
        frame::notice,
        keys::{action::Action, context::Context},
        score::{
            absent::AbsentDialog,
            declare::DeclareDialog,
            entry::Entry,
            evidence::EvidenceDialog,
            filter::Filter,
            guide,
            note::NoteDialog,
            number::NumberDialog,
            panes::{Layout, Pane},
            reason::ReasonDialog,
            remaining::RemainingDialog,
            route::{self, Order},
            route_words, words as say,
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
    /// The row of the guide that the keys are on.
    pub(crate) line: usize,
    /// How the clauses are put together.
    pub(crate) order: Order,
    /// Which of them are listed.
    pub(crate) filter: Filter,
    /// Whether a direct grade goes on to the next unscored clause.
    pub(crate) auto_advance: bool,
}

impl Default for ScoreScreen {
    fn default() -> Self {
        Self {
            clause: 0,
            point: 0,
            pane: Pane::Points,
            line: 0,
            order: Order::default(),
            filter: Filter::default(),
            auto_advance: true,
        }
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
            Pane::Guide => Context::Guide,
        }
    }

    /// Selects a clause, and in it the first point that is not recorded.
    pub(crate) fn show(&mut self, clause: usize, desk: Option<&Desk>) {
        (self.clause, self.line) = (clause, 0);
        self.point = desk
            .and_then(|desk| {
                let clause = desk.clause(clause)?;
                clause.points.iter().position(|point| desk.finding(clause, point).is_none())
            })
            .unwrap_or(0);
    }

    /// Goes to where one was, as far as that is still there.
    pub(crate) fn open_at(&mut self, bookmark: &Bookmark, desk: &Desk) {
        let Some(index) = desk.index_of(&bookmark.clause).filter(|&index| desk.is_shown(index)) else {
            return;
        };
        self.show(index, Some(desk));
        let points = desk.clause(index).map(|clause| clause.points.iter());
        let point = points.and_then(|mut points| points.position(|it| it.id.as_str() == bookmark.point));
        self.point = point.unwrap_or(self.point);
    }

    /// Where one is.
    pub(crate) fn bookmark(&self, desk: &Desk) -> Option<Bookmark> {
        let clause = desk.clause(self.clause)?;
        let point = clause.points.get(self.point).map(|point| point.id.to_string());
        Some(Bookmark { clause: clause.id.to_string(), point: point.unwrap_or_default() })
    }

    /// The row of the guide that the keys are on, if they are there.
    pub(crate) const fn line_of_guide(&self) -> Option<usize> {
        if matches!(self.pane, Pane::Guide) { Some(self.line) } else { None }
    }

    /// The next clause to be dealt with, of those listed.
    pub(crate) fn next(&self, desk: &Desk, forward: bool) -> Option<usize> {
        route::next_owed(desk, self.order, self.filter, self.clause, forward)
    }

    /// Why there is no such clause, if that is worth a word.
    pub(crate) fn none_next(&self, desk: &Desk, lang: Lang) -> Option<String> {
        let n = desk.n_unscored();
        if n == 0 {
            return Some(route_words::all_scored(lang, desk.n_owed()));
        }
        let is_here = |index: usize| desk.is_owed(index) && self.filter.lets(desk, index);
        (self.filter != Filter::All && !(0..desk.clauses.len()).any(is_here))
            .then(|| route_words::scored_here(lang, self.filter, n))
    }
}

/// What an action does here.
pub(crate) fn update(screen: &mut ScoreScreen, action: Action, cx: &Cx) -> Vec<Go> {
    let Some(desk) = cx.desk else { return Vec::new() };
    let Some(clause) = desk.clause(screen.clause).map(Arc::clone) else { return Vec::new() };
    match action {
        Action::NextPane | Action::PrevPane | Action::Left | Action::Right => {
            screen.pane = screen.pane.other(action);
        }
        Action::NextUnscored | Action::PrevUnscored => {
            match screen.next(desk, action == Action::NextUnscored) {
                Some(index) => screen.show(index, Some(desk)),
                None => return screen.none_next(desk, cx.lang).map(Go::Say).into_iter().collect(),
            }
        }
        Action::SwitchOrder => {
            screen.order = screen.order.other();
            let n = route::count(desk, screen.filter);
            let told = route_words::in_force(cx.lang, screen.order, screen.filter, n);
            return vec![Go::Do(Effect::Keep(Setting::ByPlace(screen.order == Order::Place))), Go::Say(told)];
        }
        Action::NextFilter => {
            screen.filter = screen.filter.next();
            if let Some(index) = route::nearest(desk, screen.order, screen.filter, screen.clause)
                && index != screen.clause
            {
                screen.show(index, Some(desk));
            }
            let n = route::count(desk, screen.filter);
            return vec![Go::Say(route_words::in_force(cx.lang, screen.order, screen.filter, n))];
        }
        Action::Remaining => return vec![Go::Open(Box::new(RemainingDialog::new(desk)))],
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
    let goes_on = matches!(action, Action::Confirm | Action::Toggle) && pane != Pane::Points;
    !goes_on && !matches!(action, Action::Clear | Action::Cancel)
}

fn moving(
    screen: &mut ScoreScreen,
    action: Action,
    desk: &Desk,
    clause: &Clause,
    cx: &Cx,
) -> Option<Vec<Go>> {
    let before = (screen.clause, screen.point, screen.line);
    let sections = route::listed(desk, screen.order, screen.filter, Some(screen.clause));
    let shown: Vec<usize> = sections.into_iter().flat_map(|section| section.clauses).collect();
    let at = shown.iter().position(|&index| index == screen.clause).unwrap_or(0);
    match (screen.pane, action) {
        (Pane::Clauses, _) => {
            let to = moved(at, shown.len(), cx.page, action)?;
            screen.show(shown.get(to).copied()?, Some(desk));
        }
        // Beyond the ends of a clause is the clause beside it in the list.
        (Pane::Points, Action::Up) if screen.point == 0 => {
            if let Some(&index) = at.checked_sub(1).and_then(|at| shown.get(at)) {
                let last = desk.clause(index).map_or(0, |clause| clause.points.len().saturating_sub(1));
                (screen.clause, screen.point, screen.line) = (index, last, 0);
            }
        }
        (Pane::Points, Action::Down) if screen.point + 1 >= clause.points.len() => {
            if let Some(&index) = shown.get(at + 1) {
                (screen.clause, screen.point, screen.line) = (index, 0, 0);
            }
        }
        (Pane::Points, _) => {
            (screen.point, screen.line) = (moved(screen.point, clause.points.len(), cx.page, action)?, 0);
        }
        (Pane::Guide, _) => {
            let vote = desk.vote(screen.clause)?;
            let cells = Layout::of(desk, cx.lang, cx.size.0, screen.pane).guide();
            let n = guide::rows(cx.lang, desk, clause, vote, screen.point, cells).len();
            screen.line = moved(screen.line.min(n.saturating_sub(1)), n, cx.page, action)?;
        }
    }
    let told = match action {
        _ if (screen.clause, screen.point, screen.line) != before || screen.pane == Pane::Guide => None,
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
        (Action::Confirm | Action::Toggle, Pane::Clauses | Pane::Guide) => {
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
