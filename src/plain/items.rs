//! Lists thing by thing: every answer is recorded as it is given.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    domain::{
        checklist::{Clause, ItemList, Measure, Point},
        edit::finding::{Finding, ItemState},
        terms::{id::ItemId, lang::Lang},
    },
    plain::{
        sitting::Sitting,
        talk::{Stop, Typed},
        words as say,
    },
};

/// An answer about one thing.
enum Said {
    State(ItemState),
    Counts(bool),
    RestIsGood,
    Forward,
    Backward,
    Unclear,
}

impl Sitting<'_> {
    /// Asks for every thing of a list; whether anything is recorded then.
    pub(crate) fn items(&mut self, clause: &Clause, point: &Point, list: &ItemList) -> Result<bool, Stop> {
        let is_counted = matches!(point.measure, Measure::Count { .. });
        let mut at = 0;
        while let Some(item) = list.items.get(at) {
            let question = item_question(list, at, is_counted, self.lang());
            let help = if is_counted { say::things_help(self.lang()) } else { say::items_help(self.lang()) };
            let typed = self.talk.ask(&question, help)?;
            let said = said(&typed, list, is_counted);
            let rest: Vec<&ItemId> = match said {
                Said::RestIsGood => list.items.iter().skip(at).map(|item| &item.id).collect(),
                _ => vec![&item.id],
            };
            let state = match said {
                Said::State(state) => state,
                Said::Counts(false) => ItemState::Missing,
                Said::Counts(true) | Said::RestIsGood => ItemState::Ok,
                Said::Forward => {
                    at += 1;
                    continue;
                }
                Said::Backward => {
                    at = at.saturating_sub(1);
                    continue;
                }
                Said::Unclear => {
                    self.talk.misheard()?;
                    continue;
                }
            };
            let value = self.with(clause, point, &rest, state);
            if self.found(clause, point, &value)? {
                at += rest.len();
            }
        }
        Ok(self.finding(clause, point).is_some())
    }

    /// What is recorded of a list with these things in this state, as it is typed.
    fn with(&self, clause: &Clause, point: &Point, things: &[&ItemId], state: ItemState) -> String {
        if matches!(point.measure, Measure::Count { .. }) {
            let mut counted = match self.finding(clause, point) {
                Some(Finding::Count(counted)) => counted.clone(),
                _ => BTreeSet::new(),
            };
            for thing in things {
                if state == ItemState::Ok {
                    counted.insert((*thing).clone());
                } else {
                    counted.remove(*thing);
                }
            }
            return counted.iter().map(ItemId::as_str).collect::<Vec<_>>().join(",");
        }
        let mut states = match self.finding(clause, point) {
            Some(Finding::Inventory(states)) => states.clone(),
            _ => BTreeMap::new(),
        };
        states.extend(things.iter().map(|thing| ((*thing).clone(), state)));
        states.iter().map(|(id, state)| format!("{id}:{}", state.key())).collect::<Vec<_>>().join(",")
    }
}

fn said(typed: &Typed, list: &ItemList, is_counted: bool) -> Said {
    if typed.is(&["+", "下", "next"]) {
        Said::Forward
    } else if typed.is(&["-", "上", "previous"]) {
        Said::Backward
    } else if typed.is(&["好", "全好", "全有", "其余好", "all", "good"]) {
        Said::RestIsGood
    } else if is_counted {
        typed.yes_or_no().map_or(Said::Unclear, Said::Counts)
    } else {
        let numbered = ItemState::ALL.iter().zip(1_usize..).find(|(_, n)| typed.command == n.to_string());
        let state = numbered.map(|(state, _)| *state).or_else(|| ItemState::parse(&typed.command));
        state.filter(|state| ItemState::of(list).contains(state)).map_or(Said::Unclear, Said::State)
    }
}

fn item_question(list: &ItemList, at: usize, is_counted: bool, lang: Lang) -> String {
    let title = list.items.get(at).map(|item| item.title.get(lang)).unwrap_or_default();
    let how = if is_counted {
        say::yes_or_no(lang).to_owned()
    } else {
        let possible = ItemState::of(list);
        let numbered = ItemState::ALL.iter().zip(1_usize..).filter(|(state, _)| possible.contains(state));
        let numbered: Vec<String> = numbered.map(|(state, n)| format!("{n} {}", state.name(lang))).collect();
        numbered.join(lang.pick("，", ", "))
    };
    format!("{}/{} {title}{}{how}", at + 1, list.items.len(), lang.pick("：", ": "))
}
