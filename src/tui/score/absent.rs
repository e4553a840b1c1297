//! Why a clause gets no grade: three kinds a member may choose and then a reason, the circumstances that the checklist itself names,
//! the last one once more, or several clauses at once.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    domain::{
        checklist::Clause,
        edit::{Choice, Edit, Stand},
        terms::{
            absence::Absence,
            id::ClauseId,
            lang::{Lang, Text},
            written,
        },
    },
    tui::{
        desk::{Desk, cx::Cx},
        dialog::{Dialog, Go},
        frame,
        keys::{action::Action, context::Context, input::Input},
        score::{
            reason::ReasonDialog,
            several::{KINDS, SeveralDialog},
            words as say,
        },
        widget::{
            list::moved,
            popup::{open, park, put},
            text::fit,
        },
    },
};

/// Circumstances that are offered at most: each has a digit.
const CIRCUMSTANCES: usize = 5;

/// A row.
#[derive(Debug, Clone)]
enum Offer {
    /// A kind, whose reason is asked next.
    Kind(Absence),
    /// Not applicable, for a reason that the clause itself names.
    Circumstance(Text),
    /// What was chosen last, with its reason.
    Again(Stand),
    /// Other clauses with it.
    Several,
}

/// The dialog.
#[derive(Debug)]
pub(crate) struct AbsentDialog {
    clause: ClauseId,
    /// Each with its digit.
    offers: Vec<(u32, Offer)>,
    selected: usize,
}

impl AbsentDialog {
    /// Asks about a clause.
    pub(crate) fn new(clause: &Clause, desk: &Desk) -> Self {
        let mut circumstances: Vec<Text> = Vec::new();
        for point in clause.points.iter().filter(|it| !it.na_when.is_empty()) {
            if !circumstances.contains(&point.na_when) {
                circumstances.push(point.na_when.clone());
            }
        }
        let mut offers: Vec<(u32, Offer)> = (1..).zip(KINDS.map(Offer::Kind)).collect();
        if !clause.must_apply {
            let named = circumstances.into_iter().take(CIRCUMSTANCES).map(Offer::Circumstance);
            offers.extend((4..).zip(named));
        }
        let may = |stand: &&Stand| match stand.choice {
            Choice::Absent(kind) => kind != Absence::NotApplicable || !clause.must_apply,
            Choice::Grade(_) | Choice::Points(_) => false,
        };
        let again = desk.last_reason.as_ref().filter(may);
        offers.extend(again.map(|stand| (9, Offer::Again(stand.clone()))));
        offers.push((0, Offer::Several));
        Self { clause: clause.id.clone(), offers, selected: 0 }
    }

    fn choose(&self, offer: &Offer, cx: &Cx) -> Vec<Go> {
        let Some(desk) = cx.desk else { return Vec::new() };
        let Some(at) = desk.index_of(self.clause.as_str()) else { return vec![Go::Close] };
        let (Some(clause), Some(vote)) = (desk.clause(at), desk.vote(at)) else { return vec![Go::Close] };
        let stand = match offer {
            Offer::Kind(kind) => Stand { choice: Choice::Absent(*kind), reason: written::Line::default() },
            Offer::Circumstance(text) => match written::Line::new(text.get(cx.lang)) {
                Ok(reason) => Stand { choice: Choice::Absent(Absence::NotApplicable), reason },
                Err(error) => return vec![Go::Say(frame::words::too_long(cx.lang, error))],
            },
            Offer::Again(stand) => stand.clone(),
            Offer::Several => return vec![Go::Close, Go::Open(Box::new(SeveralDialog::new(at)))],
        };
        if stand.choice == Choice::Absent(Absence::NotApplicable) && clause.must_apply {
            return vec![Go::Say(say::clause_applies(cx.lang).to_owned())];
        }
        let next = match stand.reason.is_empty() {
            true => Go::Open(Box::new(ReasonDialog::new(clause, &stand, &vote.derived))),
            false => Go::Onward,
        };
        let vote = Edit::Vote { clause: self.clause.clone(), value: Some(stand) };
        vec![Go::Close, Go::Record(vec![vote]), next]
    }
}

fn name(offer: &Offer, lang: Lang) -> String {
    match offer {
        Offer::Kind(kind) => kind.name(lang).to_owned(),
        Offer::Circumstance(text) => format!("{}: {}", Absence::NotApplicable.name(lang), text.get(lang)),
        Offer::Again(stand) => {
            let kind = if let Choice::Absent(kind) = stand.choice { kind.name(lang) } else { "" };
            format!("{}{kind}: {}", say::again(lang), stand.reason)
        }
        Offer::Several => say::several(lang).to_owned(),
    }
}

impl Dialog for AbsentDialog {
    fn context(&self) -> Context {
        Context::Choice
    }

    /// Chooses by digit or Enter.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        let digit = match input {
            Input::Key(key) => key.folded().typed().and_then(|c| c.to_digit(10)),
            Input::Paste(_) => None,
        };
        if let Some((_, offer)) = self.offers.iter().find(|(key, _)| Some(*key) == digit) {
            return self.choose(offer, cx);
        }
        match action {
            Some(Action::Cancel) => vec![Go::Close],
            Some(Action::Confirm) => {
                self.offers.get(self.selected).map_or_else(Vec::new, |(_, offer)| self.choose(offer, cx))
            }
            Some(action) => {
                self.selected =
                    moved(self.selected, self.offers.len(), cx.page, action).unwrap_or(self.selected);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, _: Rect) {
        let title = format!("{} {}", self.clause, say::absent_title(cx.lang));
        let height = u16::try_from(self.offers.len()).unwrap_or(u16::MAX);
        let inner = open(frame, cx, 60, height, &title);
        for (row, (key, offer)) in self.offers.iter().enumerate() {
            let chosen = row == self.selected;
            let mark = if chosen { ">" } else { " " };
            let text = fit(&format!("{mark} {key} {}", name(offer, cx.lang)), usize::from(inner.width));
            put(
                frame,
                inner,
                row,
                Line::styled(text, if chosen { cx.theme.selected() } else { Style::new() }),
            );
            if chosen {
                park(frame, inner, row);
            }
        }
    }
}
