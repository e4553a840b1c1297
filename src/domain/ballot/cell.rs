//! One value that one person keeps writing, possibly on two laptops. Two values that do not know each other conflict.

use crate::domain::{edit::Stamp, terms::id::FeedId};

/// The newest values of a cell: none, one, or several that no edit has settled.
#[derive(Debug, Clone)]
pub struct Cell<V> {
    heads: Vec<(Stamp, V)>,
    /// What was replaced. It still replaces what it knew: who replaced it need not have known all of that. Where somebody here did,
    /// it is left out: a cell that is written again and again would cost the square of that.
    replaced: Vec<Stamp>,
}

/// What a cell reads as.
#[derive(Debug, PartialEq, Eq)]
pub enum Reading<'a, V> {
    /// Never written.
    Empty,
    /// One value (or several equal ones).
    Value(&'a V),
    /// Values that neither supersede each other nor agree.
    Conflict(Vec<&'a V>),
}

/// What became of a value that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It stands.
    Stands,
    /// It stands beside another one that does not know it.
    Contested,
    /// Another one replaced it.
    Replaced,
}

impl Kept {
    /// Of a value that is in this cell or in another one: where it was not replaced.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self == Self::Replaced { other } else { self }
    }
}

impl<V> Default for Cell<V> {
    fn default() -> Self {
        Self { heads: Vec::new(), replaced: Vec::new() }
    }
}

/// Cells are equal that read the same; what was replaced on the way differs by order only.
impl<V: PartialEq> PartialEq for Cell<V> {
    fn eq(&self, other: &Self) -> bool {
        self.heads == other.heads
    }
}

impl<V: Eq> Eq for Cell<V> {}

impl<V: PartialEq> Cell<V> {
    /// Writes a value. The order of writes does not matter.
    pub fn write(&mut self, stamp: Stamp, value: V) {
        if self.heads.iter().any(|(head, _)| head == &stamp) || self.replaced.contains(&stamp) {
            return;
        }
        let is_replaced = self.heads.iter().any(|(head, _)| head.supersedes(&stamp))
            || self.replaced.iter().any(|it| it.supersedes(&stamp));
        let gone = self.heads.extract_if(.., |(head, _)| stamp.supersedes(head));
        self.replaced.extend(gone.map(|(head, _)| head).filter(|head| !stamp.makes_up_for(head)));
        if is_replaced {
            let mut kept = self.heads.iter().map(|(head, _)| head).chain(&self.replaced);
            if !kept.any(|it| it.makes_up_for(&stamp)) {
                self.replaced.push(stamp);
            }
        } else {
            self.heads.push((stamp, value));
        }
    }

    /// What the cell says now.
    #[must_use]
    pub fn read(&self) -> Reading<'_, V> {
        match self.heads.as_slice() {
            [] => Reading::Empty,
            [(_, first), rest @ ..] if rest.iter().all(|(_, value)| value == first) => Reading::Value(first),
            heads => Reading::Conflict(heads.iter().map(|(_, value)| value).collect()),
        }
    }

    /// What became of the value that was written there.
    #[must_use]
    pub fn kept(&self, stamp: &Stamp) -> Kept {
        let is_newest = self.heads.iter().any(|(head, _)| head.is_at(stamp));
        match is_newest {
            false => Kept::Replaced,
            true if self.is_conflict() => Kept::Contested,
            true => Kept::Stands,
        }
    }

    /// The value, if there is exactly one.
    #[must_use]
    pub fn value(&self) -> Option<&V> {
        match self.read() {
            Reading::Value(value) => Some(value),
            Reading::Empty | Reading::Conflict(_) => None,
        }
    }

    /// The values that conflict, each with the device that wrote it, in the same order on every laptop; empty if none do.
    #[must_use]
    pub fn conflicting(&self) -> Vec<(&FeedId, &V)> {
        if !self.is_conflict() {
            return Vec::new();
        }
        let mut heads: Vec<&(Stamp, V)> = self.heads.iter().collect();
        heads.sort_by_key(|(stamp, _)| (&stamp.feed, stamp.n, &stamp.commit, stamp.index));
        heads.into_iter().map(|(stamp, value)| (&stamp.feed, value)).collect()
    }

    /// All values that no other one replaced, equal ones each for itself.
    pub fn newest(&self) -> impl Iterator<Item = &V> {
        self.heads.iter().map(|(_, value)| value)
    }

    /// Whether values conflict.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(self.read(), Reading::Conflict(_))
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, sync::Arc};

    use super::*;
    use crate::domain::{
        edit::lineage::Branch,
        terms::id::{CommitId, FeedId},
    };

    fn stamp(feed: &str, n: u64, seen: &[(&str, u64)]) -> Stamp {
        let seen: BTreeMap<FeedId, u64> = seen.iter().map(|(feed, n)| (FeedId::new(feed), *n)).collect();
        Stamp {
            feed: FeedId::new(feed),
            n,
            commit: Some(CommitId::new(format!("{feed}{n}"))),
            index: 0,
            seen: Arc::new(seen),
            branch: Branch::default(),
            saw: Arc::default(),
        }
    }

    fn read(writes: &[(Stamp, char)]) -> Result<Option<char>, Vec<char>> {
        let mut cell = Cell::default();
        for (stamp, value) in writes {
            cell.write(stamp.clone(), *value);
        }
        match cell.read() {
            Reading::Empty => Ok(None),
            Reading::Value(value) => Ok(Some(*value)),
            Reading::Conflict(values) => {
                let mut values: Vec<char> = values.into_iter().copied().collect();
                values.sort_unstable();
                Err(values)
            }
        }
    }

    #[test]
    fn two_laptops_that_do_not_know_each_other_conflict_until_one_of_them_does() {
        let (a, b) = ((stamp("a", 1, &[]), 'x'), (stamp("b", 1, &[]), 'y'));
        let settled = (stamp("b", 2, &[("a", 1)]), 'z');
        assert_eq!(read(&[a.clone(), b.clone()]), Err(vec!['x', 'y']));
        for order in [[&a, &b, &settled], [&settled, &b, &a], [&b, &settled, &a]] {
            assert_eq!(read(&order.map(Clone::clone)), Ok(Some('z')));
        }
    }

    #[test]
    fn conflicting_values_come_with_their_devices_in_one_order() {
        let (a, b) = ((stamp("a", 1, &[]), 'x'), (stamp("b", 1, &[]), 'y'));
        for order in [[&a, &b], [&b, &a]] {
            let mut cell = Cell::default();
            for (stamp, value) in order.map(Clone::clone) {
                cell.write(stamp, value);
            }
            let told: Vec<(&str, char)> =
                cell.conflicting().into_iter().map(|(feed, value)| (feed.as_str(), *value)).collect();
            assert_eq!(told, [("a", 'x'), ("b", 'y')]);
            cell.write(stamp("b", 2, &[("a", 1)]), 'z');
            assert_eq!(cell.conflicting(), []);
        }
    }

    #[test]
    fn equal_values_do_not_conflict_and_old_ones_never_come_back() {
        assert_eq!(read(&[(stamp("a", 1, &[]), 'x'), (stamp("b", 1, &[]), 'x')]), Ok(Some('x')));
        assert_eq!(read(&[(stamp("a", 2, &[]), 'y'), (stamp("a", 1, &[]), 'x')]), Ok(Some('y')));
    }

    #[test]
    fn what_a_replaced_value_knew_stays_replaced_in_any_order() {
        let (first, other) = ((stamp("z", 1, &[]), 'x'), (stamp("a", 1, &[("z", 1)]), 'y'));
        let last = (stamp("a", 2, &[]), 'w');
        for order in [[&first, &other, &last], [&other, &last, &first], [&last, &first, &other]] {
            assert_eq!(read(&order.map(Clone::clone)), Ok(Some('w')));
        }
    }

    /// A cell that keeps all that was ever replaced.
    #[derive(Default)]
    struct Whole(Vec<(Stamp, char)>);

    impl Whole {
        fn newest(&self) -> Vec<char> {
            let is_newest = |it: &&(Stamp, char)| !self.0.iter().any(|(other, _)| other.supersedes(&it.0));
            let mut newest: Vec<char> = self.0.iter().filter(is_newest).map(|(_, value)| *value).collect();
            newest.sort_unstable();
            newest
        }
    }

    #[test]
    fn what_is_left_out_of_what_was_replaced_is_missed_in_no_order() {
        // Three laptops, each of which knows some of what the others wrote, sometimes less than it knew before.
        let mut dice: u64 = 7;
        let mut roll = |sides: u64| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) % sides
        };
        for _ in 0..2_000 {
            let mut writes: Vec<(Stamp, char)> = Vec::new();
            for at in 0..8_u8 {
                let feeds = ["a", "b", "c"];
                let (feed, n) = (feeds[roll(3) as usize], 1 + roll(3));
                let seen: Vec<(&str, u64)> =
                    feeds.iter().filter(|it| **it != feed).map(|it| (*it, roll(4))).collect();
                let mut stamp = stamp(feed, n, &seen);
                stamp.index = u32::from(at);
                // The edits of one commit know the same.
                if let Some((same, _)) = writes.iter().find(|(it, _)| it.commit == stamp.commit) {
                    stamp.seen = Arc::clone(&same.seen);
                }
                writes.push((stamp, char::from(b'A' + at)));
            }
            let whole = Whole(writes.clone());
            for _ in 0..4 {
                let mut cell = Cell::default();
                for _ in 0..2 {
                    for at in 0..writes.len() {
                        writes.swap(at, roll(8) as usize);
                    }
                    writes.iter().for_each(|(stamp, value)| cell.write(stamp.clone(), *value));
                }
                let mut newest: Vec<char> = cell.newest().copied().collect();
                newest.sort_unstable();
                assert_eq!(newest, whole.newest(), "{writes:?}");
            }
        }
    }

    #[test]
    fn a_cell_that_is_written_again_and_again_keeps_the_last_only() {
        let mut cell = Cell::default();
        for index in 0..10_000 {
            let mut stamp = stamp("a", 1, &[("b", 3)]);
            (stamp.index, stamp.n) = (index % 100, u64::from(index / 100) + 1);
            stamp.commit = Some(CommitId::new(format!("a{}", stamp.n)));
            cell.write(stamp, index);
            assert!(cell.replaced.is_empty());
        }
        assert_eq!(cell.read(), Reading::Value(&9_999));
        // From the last to the first, as they may come from files.
        let mut cell = Cell::default();
        for n in (1..=100).rev() {
            cell.write(stamp("a", n, &[]), n);
            assert!(cell.replaced.is_empty());
        }
        assert_eq!(cell.read(), Reading::Value(&100));
    }

    #[test]
    fn two_commits_with_one_number_are_a_fork_and_conflict() {
        let mut other = stamp("a", 1, &[]);
        other.commit = Some(CommitId::new("fork"));
        assert_eq!(read(&[(stamp("a", 1, &[]), 'x'), (other, 'y')]), Err(vec!['x', 'y']));
    }
}
