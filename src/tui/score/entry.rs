//! What a key on a point records, and which calculator it opens. Nothing is recorded but by a key that says so.

use std::collections::BTreeMap;

use crate::{
    domain::{
        ballot::Conflict,
        checklist::{Aspect, Bound, Clause, Measure, Point},
        edit::{
            Edit,
            finding::{Finding, Fraction, ItemState},
        },
        terms::lang::Lang,
    },
    tui::{
        desk::Desk,
        dialog::{Dialog, Go},
        keys::action::Action,
        score::{
            count::CountDialog,
            earlier::{earlier, sample},
            finding::next_open_point,
            inventory::InventoryDialog,
            number::NumberDialog,
            ratio::RatioDialog,
            words as say,
        },
    },
};

/// A point that has the keys.
pub(super) struct Entry<'a> {
    pub(super) desk: &'a Desk,
    pub(super) clause: &'a Clause,
    pub(super) point: &'a Point,
    /// Its place in the clause.
    pub(super) at: usize,
    pub(super) lang: Lang,
}

impl Entry<'_> {
    /// What an action does here.
    pub(super) fn act(&self, action: Action) -> Vec<Go> {
        let now = self.desk.finding(self.clause, self.point);
        let may_not_apply = !self.point.na_when.is_empty();
        let tick = self.point.measure == Measure::Tick;
        let is_last = self.at + 1 == self.clause.points.len();
        match (action, now) {
            (Action::AllMet, _) => self.all_met(),
            (Action::CopyEarlier, _) => self.copied(),
            (Action::Type(digit), _) => self.typed(digit),
            (Action::Clear, Some(_)) => vec![self.record(None)],
            (Action::Clear, None) => vec![self.say(say::nothing_to_clear)],
            (Action::NotApplicable, _) if may_not_apply => self.recorded(Finding::NotApplicable),
            (Action::NotApplicable, _) => vec![self.say(say::always_applies)],
            (Action::Yes, _) => self.met(),
            (Action::No, _) if tick => self.recorded(Finding::Tick(false)),
            // One press too many at the end of a clause must not turn its last answer over.
            (Action::Toggle, Some(_)) if is_last => vec![Go::Forward],
            (Action::Toggle | Action::Confirm, None) if tick => self.recorded(Finding::Tick(true)),
            (Action::Toggle | Action::Confirm, Some(Finding::Tick(true))) if tick => {
                vec![self.record(Some(Finding::Tick(false)))]
            }
            (Action::Toggle | Action::Confirm, Some(Finding::Tick(false))) if tick && may_not_apply => {
                vec![self.record(Some(Finding::NotApplicable))]
            }
            (Action::Toggle | Action::Confirm, Some(_)) if tick => vec![self.record(None)],
            (Action::Toggle | Action::Confirm | Action::No, _) => self.calculator(),
            _ => Vec::new(),
        }
    }

    fn say(&self, words: fn(Lang) -> &'static str) -> Go {
        Go::Say(words(self.lang).to_owned())
    }

    fn edit(&self, point: &Point, value: Option<Finding>) -> Edit {
        Edit::Finding { clause: self.clause.id.clone(), point: point.id.clone(), value }
    }

    fn record(&self, value: Option<Finding>) -> Go {
        Go::Record(vec![self.edit(self.point, value)])
    }

    fn recorded(&self, value: Finding) -> Vec<Go> {
        vec![self.record(Some(value)), Go::Point(next_open_point(self.desk, self.clause, self.at))]
    }

    /// The point is met, as far as that can be said without a number of one's own; else its calculator.
    fn met(&self) -> Vec<Go> {
        let plainly = self.plainly_met(self.point).or_else(|| self.full_marks());
        plainly.map_or_else(|| self.calculator(), |finding| self.recorded(finding))
    }

    /// What says that a point is met and counts nothing.
    fn plainly_met(&self, point: &Point) -> Option<Finding> {
        match &point.measure {
            Measure::Tick => Some(Finding::Tick(true)),
            Measure::Inventory { aspect: Aspect::Present, .. } => {
                let items = &self.desk.list_of(point)?.items;
                let all = items.iter().map(|item| (item.id.clone(), ItemState::Ok));
                Some(Finding::Inventory(all.collect::<BTreeMap<_, _>>()))
            }
            Measure::Inventory { .. }
            | Measure::Ratio { .. }
            | Measure::Number { .. }
            | Measure::Count { .. } => None,
        }
    }

    /// All of the sample, where more is better and the size of the sample is known.
    fn full_marks(&self) -> Option<Finding> {
        let Measure::Ratio { bound: Some(Bound::AtLeast(_)), .. } = &self.point.measure else { return None };
        let n = sample(self.desk, self.clause, self.point)?.n;
        Fraction::new(n, n).ok().map(Finding::Ratio)
    }

    fn all_met(&self) -> Vec<Go> {
        let differing = self.desk.conflicting(self.clause.id.as_str());
        let differs = |point: &Point| {
            differing.iter().any(|it| matches!(it, Conflict::Finding(id, _) if **id == point.id))
        };
        let open = self
            .clause
            .points
            .iter()
            .filter(|it| self.desk.finding(self.clause, it).is_none() && !differs(it));
        let edits: Vec<Edit> =
            open.filter_map(|it| Some(self.edit(it, Some(self.plainly_met(it)?)))).collect();
        if edits.is_empty() {
            return vec![self.say(say::nothing_left_to_meet)];
        }
        let met = |point: &Point| {
            edits.iter().any(|it| matches!(it, Edit::Finding { point: id, .. } if *id == point.id))
        };
        let left = |point: &Point| self.desk.finding(self.clause, point).is_none() && !met(point);
        let next = self.clause.points.iter().position(left);
        let next = next.unwrap_or(self.clause.points.len().saturating_sub(1));
        vec![Go::Record(edits), Go::Point(next)]
    }

    fn calculator(&self) -> Vec<Go> {
        let (desk, clause, point) = (self.desk, self.clause, self.point);
        let now = desk.finding(clause, point);
        let opened: Option<Box<dyn Dialog>> = match point.measure {
            Measure::Tick => None,
            Measure::Ratio { .. } => {
                Some(Box::new(RatioDialog::new(clause, point, now, sample(desk, clause, point))))
            }
            Measure::Number { .. } => Some(Box::new(NumberDialog::point(clause, point, now))),
            Measure::Inventory { .. } => {
                desk.list_of(point).map(|list| InventoryDialog::new(clause, point, list, now).boxed())
            }
            Measure::Count { .. } => {
                desk.list_of(point).map(|list| CountDialog::new(clause, point, list, now).boxed())
            }
        };
        opened.map(Go::Open).into_iter().collect()
    }

    fn typed(&self, digit: u8) -> Vec<Go> {
        let (desk, clause, point) = (self.desk, self.clause, self.point);
        let c = char::from(b'0' + digit.min(9));
        let opened: Box<dyn Dialog> = match point.measure {
            Measure::Ratio { .. } => {
                Box::new(RatioDialog::new(clause, point, None, sample(desk, clause, point)).typed(c))
            }
            Measure::Number { .. } => Box::new(NumberDialog::point(clause, point, None).typed(c)),
            Measure::Tick | Measure::Inventory { .. } | Measure::Count { .. } => return Vec::new(),
        };
        vec![Go::Open(opened)]
    }

    /// What was found earlier, put into the calculator: it is stored once somebody has looked at it there. A yes or no has no
    /// calculator, and the key says it.
    fn copied(&self) -> Vec<Go> {
        let (desk, clause, point) = (self.desk, self.clause, self.point);
        let Some((from_clause, from_point, finding)) = earlier(desk, clause, point) else {
            return vec![self.say(say::nothing_to_copy)];
        };
        let from = say::copied_from(self.lang, from_clause.id.as_str(), from_point.id.as_str());
        let now = desk.finding(clause, point);
        let opened: Option<Box<dyn Dialog>> = match (&point.measure, finding) {
            (Measure::Ratio { .. }, Finding::Ratio(_)) => {
                Some(Box::new(RatioDialog::new(clause, point, Some(finding), sample(desk, clause, point))))
            }
            (Measure::Number { .. }, Finding::Number(_)) => {
                Some(Box::new(NumberDialog::point(clause, point, Some(finding))))
            }
            (Measure::Inventory { .. }, Finding::Inventory(states)) => desk
                .list_of(point)
                .map(|list| InventoryDialog::new(clause, point, list, now).proposing(states.clone()).boxed()),
            (Measure::Count { .. }, Finding::Count(found)) => desk
                .list_of(point)
                .map(|list| CountDialog::new(clause, point, list, now).proposing(found.clone()).boxed()),
            _ => return self.recorded(finding.clone()),
        };
        match opened {
            Some(dialog) => vec![Go::Open(dialog), Go::Say(from)],
            None => Vec::new(),
        }
    }
}
