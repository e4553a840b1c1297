//! Finding a clause by characters, id or pinyin initials.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::tui::{
    desk::{Desk, cx::Cx},
    dialog::{Dialog, Go},
    frame,
    keys::{action::Action, context::Context, input::Input},
    score::words as say,
    widget::{
        field::Field,
        list::{first_row, moved},
        popup::{below, open, put, row_of},
        search::{Needles, Query},
        text::fit,
    },
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct FindDialog {
    field: Field,
    selected: usize,
    clauses: Vec<[Needles; 2]>,
    /// Which of them one is not recused from.
    shown: Vec<bool>,
    hits: Vec<usize>,
}

impl FindDialog {
    /// A search over the clauses of a visit.
    pub(crate) fn new(desk: &Desk) -> Self {
        let clauses: Vec<[Needles; 2]> = desk
            .clauses
            .iter()
            .map(|clause| {
                [
                    Needles::new(&format!("{}{}", clause.id, clause.title.zh)),
                    Needles::new(&format!("{}{}", clause.id, clause.title.en)),
                ]
            })
            .collect();
        let shown: Vec<bool> = (0..clauses.len()).map(|index| desk.is_shown(index)).collect();
        let hits = (0..clauses.len()).filter(|&index| shown.get(index) == Some(&true)).collect();
        Self { field: Field::default(), selected: 0, clauses, shown, hits }
    }

    fn search(&mut self) {
        let query = Query::new(&self.field.raw());
        let mut found: Vec<(usize, usize)> = self
            .clauses
            .iter()
            .enumerate()
            .filter(|(index, _)| self.shown.get(*index) == Some(&true))
            .filter_map(|(index, texts)| {
                texts.iter().filter_map(|text| text.find(&query)).min().map(|at| (at, index))
            })
            .collect();
        found.sort_unstable();
        self.hits = found.into_iter().map(|(_, index)| index).collect();
        self.selected = 0;
    }
}

impl Dialog for FindDialog {
    fn context(&self) -> Context {
        Context::Fields
    }

    /// Types, moves, and goes to the chosen clause.
    fn input(&mut self, action: Option<Action>, input: &Input, cx: &Cx) -> Vec<Go> {
        match (action, input) {
            (Some(Action::Cancel), _) => return vec![Go::Close],
            (Some(Action::Confirm), _) => {
                let chosen = self.hits.get(self.selected).map(|index| Go::Jump(*index));
                return chosen.map_or_else(Vec::new, |jump| vec![Go::Close, jump]);
            }
            (Some(action), _) => {
                if let Some(to) = moved(self.selected, self.hits.len(), cx.page, action) {
                    self.selected = to;
                }
                return Vec::new();
            }
            (None, input) => {
                if !self.field.input(input) {
                    return Vec::new();
                }
            }
        }
        self.search();
        Vec::new()
    }

    /// Draws it.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let lang = cx.lang;
        let title = format!("{} ({})", say::find_title(lang), say::find_help(lang));
        let inner = open(frame, cx, 72, body.height.saturating_sub(4), &title);
        let list = below(inner, 2);
        let height = usize::from(list.height);
        let first = first_row(self.selected, self.hits.len(), height);
        for (line, (at, index)) in self.hits.iter().enumerate().skip(first).take(height).enumerate() {
            let Some(clause) = cx.desk.and_then(|desk| desk.clause(*index)) else { continue };
            let chosen = at == self.selected;
            let mark = if chosen { ">" } else { " " };
            let text =
                fit(&format!("{mark} {} {}", clause.id, clause.title.get(lang)), usize::from(list.width));
            put(
                frame,
                list,
                line,
                Line::styled(text, if chosen { cx.theme.selected() } else { Style::new() }),
            );
        }
        if self.hits.is_empty() {
            put(frame, list, 0, Line::styled(frame::words::nothing_found(lang), cx.theme.faint()));
        }
        if let Some(row) = row_of(inner, 0) {
            self.field.view(lang, frame, row, Style::new(), true);
        }
    }
}
