//! The way through the clauses: put together by area or by place, as far as the filter lets them, and where one goes next.

use crate::{
    domain::terms::lang::{Lang, Text},
    tui::{desk::Desk, score::filter::Filter},
};

/// How clauses are put together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Order {
    /// As the checklist has them.
    #[default]
    Area,
    /// By where they are looked at: one walk through the facility.
    Place,
}

impl Order {
    /// The other one.
    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Area => Self::Place,
            Self::Place => Self::Area,
        }
    }

    /// Its name.
    pub(crate) const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Area => lang.pick("按领域", "by area"),
            Self::Place => lang.pick("按地点", "by place"),
        }
    }
}

/// Clauses that stand together, by their places in the checklist.
#[derive(Debug)]
pub(crate) struct Section {
    /// The area or place.
    pub(crate) title: Text,
    /// All its clauses in checklist order.
    pub(crate) whole: Vec<usize>,
    /// Those of them that are listed.
    pub(crate) clauses: Vec<usize>,
}

/// All clauses on one's screen, put together; places in the order in which the checklist first comes to them.
pub(crate) fn sections(desk: &Desk, order: Order) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for (index, clause) in desk.clauses.iter().enumerate().filter(|(index, _)| desk.is_shown(*index)) {
        let title = match order {
            Order::Area => desk.checklist().area(clause.area.as_str()).map(|area| &area.title),
            Order::Place => Some(&clause.place),
        };
        let Some(title) = title else { continue };
        match sections.iter_mut().find(|section| section.title == *title) {
            Some(section) => section.whole.push(index),
            None => sections.push(Section { title: title.clone(), whole: vec![index], clauses: Vec::new() }),
        }
    }
    sections.iter_mut().for_each(|section| section.clauses.clone_from(&section.whole));
    sections
}

/// The clauses in the order of the list, as far as the filter lets them; `kept` stays although it no longer passes, since one
/// is looking at it.
pub(crate) fn listed(desk: &Desk, order: Order, filter: Filter, kept: Option<usize>) -> Vec<Section> {
    let mut sections = sections(desk, order);
    let stays = |index: &usize| filter.lets(desk, *index) || kept == Some(*index);
    sections.iter_mut().for_each(|section| section.clauses.retain(stays));
    sections.retain(|section| !section.clauses.is_empty());
    sections
}

/// How many clauses the filter lets.
pub(crate) fn count(desk: &Desk, filter: Filter) -> usize {
    (0..desk.clauses.len()).filter(|&index| filter.lets(desk, index)).count()
}

/// The clause to select when the filter changes: the same if it passes, else the next one on the way that does, going round.
pub(crate) fn nearest(desk: &Desk, order: Order, filter: Filter, from: usize) -> Option<usize> {
    let way = way(desk, order);
    let at = way.iter().position(|&index| index == from).unwrap_or(0);
    let (before, after) = way.split_at_checked(at)?;
    after.iter().chain(before).copied().find(|&index| filter.lets(desk, index))
}

/// The next clause on the way, forward or back, that is owed and passes the filter, going round; never `from` itself.
pub(crate) fn next_owed(
    desk: &Desk,
    order: Order,
    filter: Filter,
    from: usize,
    forward: bool,
) -> Option<usize> {
    let mut way = way(desk, order);
    if !forward {
        way.reverse();
    }
    let at = way.iter().position(|&index| index == from);
    let (before, after) = way.split_at_checked(at.map_or(0, |at| at + 1))?;
    let is_next = |index: &usize| *index != from && desk.is_owed(*index) && filter.lets(desk, *index);
    after.iter().chain(before).copied().find(is_next)
}

fn way(desk: &Desk, order: Order) -> Vec<usize> {
    sections(desk, order).into_iter().flat_map(|section| section.clauses).collect()
}
