//! The calculator of a count: things found, grouped by category, with running totals. Leaving stores them.

use std::collections::BTreeSet;

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    domain::{
        checklist::{Clause, Item, ItemList, Point},
        edit::{Edit, finding::Finding},
        terms::{
            id::{ClauseId, ItemId, PointId},
            lang::Lang,
        },
    },
    tui::{
        desk::cx::Cx,
        dialog::{Dialog, Go},
        keys::{action::Action, context::Context, input::Input},
        score::{
            finding::{point_of, rule, stored},
            words as say,
        },
        widget::{
            list::{first_row, moved},
            popup::{below, open, park, put},
            text::{cut, fit, wrap},
        },
    },
    words::{finding, measure},
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct CountDialog {
    clause: ClauseId,
    point: PointId,
    /// Items in the order shown: by category, then as listed.
    items: Vec<ItemId>,
    before: BTreeSet<ItemId>,
    /// What was copied and nobody has confirmed yet: leaving does not store it.
    proposed: Option<BTreeSet<ItemId>>,
    found: BTreeSet<ItemId>,
    selected: usize,
}

enum Row<'a> {
    Category(String),
    Item(usize, &'a Item),
}

impl CountDialog {
    /// Opens the list with what is recorded.
    pub(crate) fn new(clause: &Clause, point: &Point, list: &ItemList, now: Option<&Finding>) -> Self {
        let found = match now {
            Some(Finding::Count(found)) => found.clone(),
            _ => BTreeSet::new(),
        };
        Self {
            clause: clause.id.clone(),
            point: point.id.clone(),
            items: grouped(list).map(|item| item.id.clone()).collect(),
            before: found.clone(),
            proposed: None,
            found,
            selected: 0,
        }
    }

    /// The same, with what was recorded elsewhere.
    pub(super) fn proposing(self, found: BTreeSet<ItemId>) -> Self {
        Self { proposed: Some(found.clone()), found, ..self }
    }

    /// As a dialog to be opened.
    pub(super) fn boxed(self) -> Box<dyn Dialog> {
        Box::new(self)
    }

    /// Looking through the list and finding nothing is a finding too, so Enter stores an empty count only once something
    /// was changed; otherwise leaving changes nothing.
    fn store(&self, cx: &Cx) -> Vec<Go> {
        if self.found == self.before {
            return vec![Go::Close];
        }
        let value = (!self.found.is_empty()).then(|| Finding::Count(self.found.clone()));
        let edit = Edit::Finding { clause: self.clause.clone(), point: self.point.clone(), value };
        stored(edit, &self.clause, &self.point, cx)
    }
}

impl Dialog for CountDialog {
    fn context(&self) -> Context {
        Context::Count
    }

    /// Marks things; Enter and Esc store.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        let Some(action) = action else { return Vec::new() };
        if let Some(to) = moved(self.selected, self.items.len(), cx.page, action) {
            self.selected = to;
            return Vec::new();
        }
        match action {
            Action::Cancel if self.proposed.as_ref() == Some(&self.found) => return vec![Go::Close],
            Action::Confirm | Action::Cancel => return self.store(cx),
            Action::AllOk => self.found = self.items.iter().cloned().collect(),
            Action::Toggle => {
                if let Some(item) = self.items.get(self.selected) {
                    if !self.found.remove(item) {
                        self.found.insert(item.clone());
                    }
                    self.selected = (self.selected + 1).min(self.items.len().saturating_sub(1));
                }
            }
            Action::Clear => self.found.clear(),
            _ => {}
        }
        Vec::new()
    }

    /// Draws it, with the running totals below.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let lang = cx.lang;
        let Some(point) = point_of(cx, &self.clause, &self.point) else { return };
        let Some(list) = cx.desk.and_then(|desk| desk.list_of(point)) else { return };
        let rows = rows(list, lang);
        let wanted = u16::try_from(rows.len() + 6).unwrap_or(u16::MAX);
        let title = format!("{} {} {}", self.clause, self.point, list.title.get(lang));
        let inner = open(frame, cx, 64, wanted.min(body.height), &title);
        let cells = usize::from(inner.width);
        put(
            frame,
            inner,
            0,
            Line::styled(cut(&rule(lang, point).unwrap_or_default(), cells), cx.theme.faint()),
        );
        if let Some(line) = wrap(list.evidence.get(lang), cells).into_iter().next() {
            put(frame, inner, 1, Line::styled(line, cx.theme.faint()));
        }
        let area = Rect { height: inner.height.saturating_sub(4), ..below(inner, 2) };
        let height = usize::from(area.height);
        let at_row =
            rows.iter().position(|row| matches!(row, Row::Item(at, _) if *at == self.selected)).unwrap_or(0);
        let first = first_row(at_row, rows.len(), height);
        for (line, row) in rows.iter().skip(first).take(height).enumerate() {
            match row {
                Row::Category(title) => {
                    put(frame, area, line, Line::styled(cut(title, cells), cx.theme.title()))
                }
                Row::Item(at, item) => {
                    let chosen = *at == self.selected;
                    let mark = if chosen { ">" } else { " " };
                    let found = self.found.contains(&item.id);
                    let word = if found { say::mark_yes(lang) } else { say::mark_open(lang) };
                    let needed =
                        if point.measure.must().contains(&item.id) { say::must_mark(lang) } else { "" };
                    let text = format!("{mark} [{word}] {} {needed}{}", item.id, item.title.get(lang));
                    let text = fit(&text, cells);
                    let style = match (chosen, found) {
                        (true, _) => cx.theme.selected(),
                        (_, true) => cx.theme.good(),
                        _ => Style::new(),
                    };
                    put(frame, area, line, Line::styled(text, style));
                    if chosen {
                        park(frame, area, line);
                    }
                }
            }
        }
        let found = list.items.iter().filter(|item| self.found.contains(&item.id));
        let kinds: BTreeSet<_> = found.filter_map(|item| item.category.as_ref()).collect();
        let met = Finding::Count(self.found.clone()).meets(&point.measure, Some(list));
        let text = format!(
            "{}  {}",
            measure::count_total(lang, self.found.len(), kinds.len()),
            finding::met(met, lang)
        );
        put(
            frame,
            inner,
            usize::from(inner.height).saturating_sub(1),
            Line::styled(cut(&text, cells), cx.theme.title()),
        );
    }
}

/// The items of a list by category; those without one last.
fn grouped(list: &ItemList) -> impl Iterator<Item = &Item> {
    let categories = list.categories.iter().map(|category| Some(&category.id)).chain([None]);
    categories.flat_map(|category| list.items.iter().filter(move |item| item.category.as_ref() == category))
}

fn rows(list: &ItemList, lang: Lang) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut current = None;
    for (at, item) in grouped(list).enumerate() {
        if item.category.is_some() && item.category != current {
            current.clone_from(&item.category);
            let title = list.categories.iter().find(|it| Some(&it.id) == item.category.as_ref());
            rows.push(Row::Category(title.map_or("", |it| it.title.get(lang)).to_owned()));
        }
        rows.push(Row::Item(at, item));
    }
    rows
}
