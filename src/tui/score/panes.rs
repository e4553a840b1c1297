//! How the score screen is divided: three panes beside each other, two and one below, or one at a time, as wide as there is room.

use unicode_width::UnicodeWidthStr;

use crate::{
    domain::terms::lang::Lang,
    tui::{desk::Desk, keys::action::Action},
};

/// From this width on, the guide stands beside the points instead of below.
const WIDE: u16 = 110;

/// Below this width the pane with the keys has the screen for itself.
const NARROW: u16 = 72;

/// Cells between two panes.
pub(crate) const GAP: u16 = 3;

/// A pane of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pane {
    Clauses,
    Points,
    /// What else is known of the clause.
    Guide,
}

impl Pane {
    /// The pane that an action of going to another one goes to; Tab goes from the points to the clauses first.
    pub(crate) const fn other(self, action: Action) -> Self {
        match (action, self) {
            (Action::NextPane, Self::Points) | (Action::PrevPane, Self::Guide) => Self::Clauses,
            (Action::NextPane, Self::Clauses) | (Action::PrevPane, Self::Points) => Self::Guide,
            (Action::NextPane, Self::Guide) | (Action::PrevPane, Self::Clauses) => Self::Points,
            (Action::Left, Self::Guide) | (Action::Right, Self::Clauses) => Self::Points,
            (Action::Left, Self::Clauses | Self::Points) => Self::Clauses,
            (Action::Right, Self::Points | Self::Guide) => Self::Guide,
            (_, pane) => pane,
        }
    }
}

/// Where the guide is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Clauses, points, guide beside each other, in so many cells each.
    Beside(u16, u16, u16),
    /// Clauses on the left, points and below them the guide on the right.
    Below(u16, u16),
    /// One pane alone.
    Alone(Pane, u16),
}

impl Layout {
    /// The division of so many columns; names of clauses are given what they take, as far as the points leave it.
    pub(crate) fn of(desk: &Desk, lang: Lang, columns: u16, pane: Pane) -> Self {
        if columns < NARROW {
            return Self::Alone(pane, columns);
        }
        let widest =
            desk.clauses.iter().map(|clause| clause.id.as_str().len() + clause.title.get(lang).width());
        // Mark, core mark, a blank behind the id, and the grade.
        let wanted = widest.max().unwrap_or(0) + 3 + 5;
        let most = if columns < WIDE { columns * 2 / 5 } else { columns * 3 / 10 };
        let list = u16::try_from(wanted).unwrap_or(most).min(most).max(28);
        let right = columns.saturating_sub(list + GAP);
        if columns < WIDE {
            return Self::Below(list, right);
        }
        let points = right.saturating_sub(GAP) * 29 / 50;
        Self::Beside(list, points, right.saturating_sub(GAP + points))
    }

    /// Cells of the guide.
    pub(crate) const fn guide(self) -> u16 {
        match self {
            Self::Beside(_, _, guide) => guide,
            Self::Below(_, right) => right,
            Self::Alone(_, columns) => columns,
        }
    }
}

/// Rows that points and guide get of so many, one below the other: what they take if it fits; else the one with the keys most of
/// it, and the other one enough to see that it is there.
pub(crate) fn shared(rows: usize, points: usize, guide: usize, pane: Pane) -> usize {
    if points + guide <= rows {
        return points;
    }
    let least = (rows / 4).max(3);
    match pane {
        Pane::Guide => rows.saturating_sub(guide).max(points.min(least)),
        Pane::Clauses | Pane::Points => points.min(rows.saturating_sub(guide.min(rows * 2 / 5))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_seen_and_the_one_with_the_keys_gets_most() {
        assert_eq!(shared(16, 5, 6, Pane::Points), 5, "both fit");
        assert_eq!((shared(16, 20, 20, Pane::Points), shared(16, 20, 20, Pane::Guide)), (10, 4));
        assert_eq!((shared(16, 20, 2, Pane::Points), shared(16, 2, 20, Pane::Guide)), (14, 2));
    }
}
