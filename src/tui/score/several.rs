//! Several clauses without a grade at once, for one reason: which of them, why, and a last look at the list before it is recorded.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    domain::{
        edit::{Choice, Edit, Stand},
        terms::{absence::Absence, id::ClauseId, lang::Lang, written},
    },
    tui::{
        desk::{Desk, cx::Cx, effect::Effect},
        dialog::{Dialog, Go},
        frame,
        keys::{action::Action, context::Context, input::Input},
        score::{reason::last_reason, words as say},
        widget::{
            field::Field,
            list::{first_row, moved},
            popup::{open, park, put, row_of},
            text::{cut, fit},
        },
    },
    words::label,
};

/// The kinds a member may choose; recusal is the lead's to record.
pub(super) const KINDS: [Absence; 3] = [Absence::NotSeen, Absence::NotApplicable, Absence::NotProvided];

/// Cells of the dialog's text.
const CELLS: u16 = 66;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Which,
    Kind,
    Reason,
    Sure,
}

/// The dialog.
#[derive(Debug)]
pub(crate) struct SeveralDialog {
    /// The clause it was opened on: its area and its place are offered.
    here: usize,
    stage: Stage,
    /// The chosen row of each list, and of the last look.
    which: usize,
    kind: usize,
    looked: usize,
    field: Field,
}

impl SeveralDialog {
    /// Asks, beginning with the area of a clause.
    pub(crate) fn new(here: usize) -> Self {
        Self { here, stage: Stage::Which, which: 0, kind: 0, looked: 0, field: Field::default() }
    }

    /// What is offered: a name and the clauses of it that one owes and may score.
    fn offers(&self, desk: &Desk, lang: Lang) -> Vec<(String, Vec<usize>)> {
        let Some(here) = desk.clause(self.here) else { return Vec::new() };
        let owed = |index: &usize| desk.is_owed(*index) && desk.barrier(*index).is_none();
        let of = |belongs: &dyn Fn(usize) -> bool| {
            (0..desk.clauses.len()).filter(|index| belongs(*index)).filter(owed).collect::<Vec<usize>>()
        };
        let area = desk.checklist().area(here.area.as_str()).map_or("", |area| area.title.get(lang));
        let in_area = of(&|index| desk.clause(index).is_some_and(|it| it.area == here.area));
        let mut offers = vec![(say::of_area(lang, area), in_area)];
        if !here.place.is_empty() {
            let at_place = of(&|index| desk.clause(index).is_some_and(|it| it.place == here.place));
            offers.push((say::of_place(lang, here.place.get(lang)), at_place));
        }
        offers.push((say::of_all(lang).to_owned(), of(&|_| true)));
        offers
    }

    fn absence(&self) -> Absence {
        KINDS.get(self.kind).copied().unwrap_or(Absence::NotSeen)
    }

    /// The clauses it is about; one that always applies is never marked otherwise.
    fn clauses(&self, desk: &Desk, lang: Lang) -> Vec<usize> {
        let chosen = self.offers(desk, lang).into_iter().nth(self.which).map(|(_, clauses)| clauses);
        let may = |index: &usize| {
            self.absence() != Absence::NotApplicable || desk.clause(*index).is_some_and(|it| !it.must_apply)
        };
        chosen.unwrap_or_default().into_iter().filter(may).collect()
    }

    fn choose(&mut self, at: usize, desk: &Desk, cx: &Cx) -> Vec<Go> {
        match self.stage {
            Stage::Which => {
                let offers = self.offers(desk, cx.lang);
                let Some((_, clauses)) = offers.get(at) else { return Vec::new() };
                if clauses.is_empty() {
                    return vec![Go::Say(say::none_unscored(cx.lang).to_owned())];
                }
                (self.which, self.stage) = (at, Stage::Kind);
                vec![Go::Say(say::kind_help(cx.lang).to_owned())]
            }
            Stage::Kind if at < KINDS.len() => {
                (self.kind, self.stage) = (at, Stage::Reason);
                vec![Go::Say(say::several_reason_help(cx.lang).to_owned())]
            }
            Stage::Kind | Stage::Reason | Stage::Sure => Vec::new(),
        }
    }

    fn confirm(&mut self, desk: &Desk, cx: &Cx) -> Vec<Go> {
        match self.stage {
            Stage::Which => self.choose(self.which, desk, cx),
            Stage::Kind => self.choose(self.kind, desk, cx),
            Stage::Reason if self.absence() == Absence::NotApplicable && self.field.is_blank() => {
                vec![Go::Say(label::reason_needed(cx.lang).to_owned())]
            }
            Stage::Reason => match self.field.line() {
                Ok(_) if self.clauses(desk, cx.lang).is_empty() => {
                    vec![Go::Say(say::clause_applies(cx.lang).to_owned())]
                }
                Ok(_) => {
                    (self.stage, self.looked) = (Stage::Sure, 0);
                    Vec::new()
                }
                Err(error) => vec![Go::Say(frame::words::too_long(cx.lang, error))],
            },
            Stage::Sure => {
                let reason = self.field.line().unwrap_or_default();
                self.recorded(desk, cx.lang, &reason)
            }
        }
    }

    fn recorded(&self, desk: &Desk, lang: Lang, reason: &written::Line) -> Vec<Go> {
        let stand = Stand { choice: Choice::Absent(self.absence()), reason: reason.clone() };
        let clauses = self.clauses(desk, lang).into_iter().filter_map(|index| desk.clause(index));
        let vote = |id: &ClauseId| Edit::Vote { clause: id.clone(), value: Some(stand.clone()) };
        vec![Go::Close, Go::Record(clauses.map(|clause| vote(&clause.id)).collect()), Go::Onward]
    }

    fn back(&mut self) -> Vec<Go> {
        self.stage = match self.stage {
            Stage::Which => return vec![Go::Close],
            Stage::Kind => Stage::Which,
            Stage::Reason => Stage::Kind,
            Stage::Sure => Stage::Reason,
        };
        Vec::new()
    }

    fn move_by(&mut self, action: Action, desk: &Desk, cx: &Cx) {
        let n = match self.stage {
            Stage::Which => self.offers(desk, cx.lang).len(),
            Stage::Kind => KINDS.len(),
            Stage::Reason => return,
            Stage::Sure => self.clauses(desk, cx.lang).len(),
        };
        let at = match self.stage {
            Stage::Which => &mut self.which,
            Stage::Kind | Stage::Reason => &mut self.kind,
            Stage::Sure => &mut self.looked,
        };
        *at = moved(*at, n, cx.page, action).unwrap_or(*at);
    }

    /// The rows of the list that is shown, and which of them has the cursor.
    fn rows(&self, desk: &Desk, lang: Lang) -> (Vec<String>, usize) {
        match self.stage {
            Stage::Which => {
                let offers = self.offers(desk, lang).into_iter().enumerate();
                let row = |(at, (name, of)): (usize, (String, Vec<usize>))| {
                    format!("{} {name}  {}", at + 1, say::n_unscored(lang, of.len()))
                };
                (offers.map(row).collect(), self.which)
            }
            Stage::Kind => {
                let kinds = KINDS.into_iter().enumerate();
                (kinds.map(|(at, kind)| format!("{} {}", at + 1, kind.name(lang))).collect(), self.kind)
            }
            Stage::Reason => (Vec::new(), 0),
            Stage::Sure => {
                let clauses = self.clauses(desk, lang).into_iter().filter_map(|index| desk.clause(index));
                (clauses.map(|it| format!("{} {}", it.id, it.title.get(lang))).collect(), self.looked)
            }
        }
    }
}

impl Dialog for SeveralDialog {
    fn context(&self) -> Context {
        if self.stage == Stage::Reason { Context::Reason } else { Context::Choice }
    }

    /// Asks one thing after the other; Esc goes back by one. Only the last Enter, below the list, records.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        let Some(desk) = cx.desk else { return vec![Go::Close] };
        match action {
            Some(Action::Cancel) => self.back(),
            Some(Action::Confirm) => self.confirm(desk, cx),
            Some(Action::Phrases) => vec![Go::Do(Effect::ReadPhrases)],
            Some(Action::LastReason) => last_reason(cx),
            Some(action) => {
                self.move_by(action, desk, cx);
                Vec::new()
            }
            None if self.stage == Stage::Reason => {
                self.field.input(input);
                Vec::new()
            }
            None => {
                let Input::Key(key) = input else { return Vec::new() };
                let digit = key.folded().typed().and_then(|c| c.to_digit(10));
                let at = digit.and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
                at.map_or_else(Vec::new, |at| self.choose(at, desk, cx))
            }
        }
    }

    /// Draws it: the list, what was chosen so far, and what comes next.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let (lang, Some(desk)) = (cx.lang, cx.desk) else { return };
        let (rows, selected) = self.rows(desk, lang);
        let wanted = u16::try_from(rows.len().max(1) + 4).unwrap_or(u16::MAX);
        let inner = open(frame, cx, CELLS, wanted.min(body.height), say::several_title(lang));
        let cells = usize::from(inner.width);
        let chosen =
            self.offers(desk, lang).into_iter().nth(self.which).map(|(name, _)| name).unwrap_or_default();
        let so_far = match self.stage {
            Stage::Which => String::new(),
            Stage::Kind => chosen,
            Stage::Reason | Stage::Sure => format!("{chosen}: {}", self.absence().name(lang)),
        };
        put(frame, inner, 0, Line::styled(cut(&so_far, cells), cx.theme.title()));
        let list = Rect { y: inner.y.saturating_add(2), height: inner.height.saturating_sub(4), ..inner };
        let height = usize::from(list.height);
        let first = first_row(selected, rows.len(), height);
        for (line, (at, row)) in rows.iter().enumerate().skip(first).take(height).enumerate() {
            let mark = if at == selected { ">" } else { " " };
            let style = if at == selected { cx.theme.selected() } else { Style::new() };
            put(frame, list, line, Line::styled(fit(&format!("{mark} {row}"), cells), style));
            if at == selected {
                park(frame, list, line);
            }
        }
        let help = match self.stage {
            Stage::Which => say::which_help(lang).to_owned(),
            Stage::Kind => say::kind_help(lang).to_owned(),
            Stage::Reason => say::several_reason_help(lang).to_owned(),
            Stage::Sure => say::several_sure(lang, rows.len(), self.absence(), &self.field.text()),
        };
        let last = usize::from(inner.height).saturating_sub(1);
        let style = if self.stage == Stage::Sure { cx.theme.warn() } else { cx.theme.faint() };
        put(frame, inner, last, Line::styled(cut(&help, cells), style));
        if let (Stage::Reason, Some(row)) = (self.stage, row_of(list, 0)) {
            self.field.view(lang, frame, row, Style::new(), true);
        }
    }
}
