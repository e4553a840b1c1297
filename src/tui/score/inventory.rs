//! The calculator of an inventory: each thing ok, faulty, expired or missing. Leaving stores what was looked at.

use std::collections::BTreeMap;

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    domain::{
        checklist::{Clause, ItemList, Measure, Point},
        edit::{
            Edit,
            finding::{Finding, ItemState},
        },
        terms::id::{ClauseId, ItemId, PointId},
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
            text::{cut, fit, width},
        },
    },
    words::{finding, measure},
};

/// The dialog.
#[derive(Debug)]
pub(crate) struct InventoryDialog {
    clause: ClauseId,
    point: PointId,
    items: Vec<ItemId>,
    /// The states its things can have.
    possible: &'static [ItemState],
    before: BTreeMap<ItemId, ItemState>,
    /// What was copied and nobody has confirmed yet: leaving does not store it.
    proposed: Option<BTreeMap<ItemId, ItemState>>,
    states: BTreeMap<ItemId, ItemState>,
    selected: usize,
}

impl InventoryDialog {
    /// Opens the list with what is recorded.
    pub(crate) fn new(clause: &Clause, point: &Point, list: &ItemList, now: Option<&Finding>) -> Self {
        let states = match now {
            Some(Finding::Inventory(states)) => states.clone(),
            _ => BTreeMap::new(),
        };
        Self {
            clause: clause.id.clone(),
            point: point.id.clone(),
            items: list.items.iter().map(|item| item.id.clone()).collect(),
            possible: ItemState::of(list),
            before: states.clone(),
            proposed: None,
            states,
            selected: 0,
        }
    }

    /// The same, with what was recorded elsewhere.
    pub(super) fn proposing(self, states: BTreeMap<ItemId, ItemState>) -> Self {
        Self { proposed: Some(states.clone()), states, ..self }
    }

    /// As a dialog to be opened.
    pub(super) fn boxed(self) -> Box<dyn Dialog> {
        Box::new(self)
    }

    fn store(&self, cx: &Cx) -> Vec<Go> {
        if self.states == self.before {
            return vec![Go::Close];
        }
        let value = (!self.states.is_empty()).then(|| Finding::Inventory(self.states.clone()));
        let edit = Edit::Finding { clause: self.clause.clone(), point: self.point.clone(), value };
        stored(edit, &self.clause, &self.point, cx)
    }
}

impl Dialog for InventoryDialog {
    fn context(&self) -> Context {
        Context::Inventory
    }

    /// Sets states; Enter and Esc store.
    fn input(&mut self, action: Option<Action>, _: &Input, cx: &Cx) -> Vec<Go> {
        let Some(action) = action else { return Vec::new() };
        if let Some(to) = moved(self.selected, self.items.len(), cx.page, action) {
            self.selected = to;
            return Vec::new();
        }
        let item = self.items.get(self.selected).cloned();
        match (action, item) {
            (Action::Cancel, _) if self.proposed.as_ref() == Some(&self.states) => return vec![Go::Close],
            (Action::Confirm | Action::Cancel, _) => return self.store(cx),
            (Action::AllOk, _) => {
                self.states = self.items.iter().map(|item| (item.clone(), ItemState::Ok)).collect();
            }
            (Action::Toggle, Some(item)) => {
                let place =
                    self.states.get(&item).and_then(|now| self.possible.iter().position(|it| it == now));
                match self.possible.get(place.map_or(0, |place| place + 1)) {
                    Some(state) => self.states.insert(item, *state),
                    None => self.states.remove(&item),
                };
            }
            (Action::Set(digit), Some(item)) => {
                if let Some(state) = ItemState::ALL.get(usize::from(digit.saturating_sub(1))) {
                    if !self.possible.contains(state) {
                        return vec![Go::Say(say::only_presence(cx.lang).to_owned())];
                    }
                    self.states.insert(item, *state);
                    self.selected = (self.selected + 1).min(self.items.len().saturating_sub(1));
                }
            }
            (Action::Clear, Some(item)) => {
                self.states.remove(&item);
            }
            _ => {}
        }
        Vec::new()
    }

    /// Draws it, with the running total below.
    fn view(&self, cx: &Cx, frame: &mut Frame, body: Rect) {
        let lang = cx.lang;
        let Some(point) = point_of(cx, &self.clause, &self.point) else { return };
        let Measure::Inventory { aspect, must, .. } = &point.measure else { return };
        let Some(list) = cx.desk.and_then(|desk| desk.list_of(point)) else { return };
        let wanted = u16::try_from(self.items.len() + 4).unwrap_or(u16::MAX);
        let title = format!("{} {} {}", self.clause, self.point, list.title.get(lang));
        let inner = open(frame, cx, 64, wanted.min(body.height), &title);
        let cells = usize::from(inner.width);
        put(
            frame,
            inner,
            0,
            Line::styled(cut(&rule(lang, point).unwrap_or_default(), cells), cx.theme.faint()),
        );
        let rows = Rect { height: inner.height.saturating_sub(4), ..below(inner, 2) };
        let height = usize::from(rows.height);
        let first = first_row(self.selected, self.items.len(), height);
        for (line, (at, item)) in list.items.iter().enumerate().skip(first).take(height).enumerate() {
            let chosen = at == self.selected;
            let mark = if chosen { ">" } else { " " };
            let state = self.states.get(&item.id);
            let word = state.map_or(say::not_looked(lang), |state| state.name(lang));
            let needed = if must.contains(&item.id) { say::must_mark(lang) } else { "" };
            let name = format!("{mark} {needed}{}", item.title.get(lang));
            let name = fit(&name, cells.saturating_sub(width(word) + 1));
            let style = match (chosen, state) {
                (true, _) => cx.theme.selected(),
                (_, None) => cx.theme.faint(),
                (_, Some(state)) if state.has(*aspect) => cx.theme.good(),
                (_, Some(_)) => cx.theme.bad(),
            };
            put(frame, rows, line, Line::styled(format!("{name} {word}"), style));
            if chosen {
                park(frame, rows, line);
            }
        }
        let good = self.states.values().filter(|state| state.has(*aspect)).count();
        let (looked, total) = (self.states.len(), list.items.len());
        let met = Finding::Inventory(self.states.clone()).meets(&point.measure, Some(list));
        let text = format!(
            "{}  {}",
            measure::inventory_total(
                lang,
                good,
                looked.saturating_sub(good),
                total.saturating_sub(looked),
                total
            ),
            finding::met(met, lang)
        );
        let last = usize::from(inner.height).saturating_sub(1);
        put(frame, inner, last, Line::styled(cut(&text, cells), Style::new().patch(cx.theme.title())));
    }
}
