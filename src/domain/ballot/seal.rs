//! Seals of one member's ballot. Until a closing record names one, the member may take it back and seal again: nobody can
//! have read.

use std::collections::BTreeSet;

use crate::domain::{
    ballot::cell::{Cell, Kept},
    edit::Stamp,
    terms::{
        field::words,
        id::{CommitId, FeedId},
        lang::Lang,
    },
};

/// What one member sealed and took back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seals {
    cell: Cell<Option<Seal>>,
    /// Where seals were taken back.
    taken_back: Vec<Stamp>,
    /// Where keys were promised.
    promised: Vec<Stamp>,
}

/// One seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The edit that made it.
    pub stamp: Stamp,
    /// The ends of the person's other feeds that belong to the ballot.
    pub tips: BTreeSet<CommitId>,
}

words! {
    /// How a ballot stands.
    BallotState {
        /// The member is scoring.
        Open = "open", "评分中", "scoring";
        /// Sealed, and no closing record names it yet.
        Sealed = "sealed", "已封存", "sealed";
        /// The first closing record names it, and it was opened.
        Counted = "counted", "已计票", "counted";
        /// Named only by a supplementary closing record, and opened.
        Late = "late", "补入", "counted late";
        /// A closing record names it, and it cannot be read yet.
        Unopened = "unopened", "尚未打开", "not opened yet";
        /// Scoring is closed, and no closing record names a seal of the member's.
        LeftOut = "left-out", "未封存，不计票", "not sealed, not counted";
    }
}

impl Seals {
    /// The member seals.
    pub(crate) fn seal(&mut self, stamp: &Stamp, tips: &BTreeSet<CommitId>) {
        let seal = Seal { stamp: stamp.clone(), tips: tips.clone() };
        self.cell.write(stamp.clone(), Some(seal));
    }

    /// The member takes the seal back.
    pub(crate) fn take_back(&mut self, stamp: &Stamp) {
        self.cell.write(stamp.clone(), None);
        self.taken_back.push(stamp.clone());
    }

    /// What became of a seal, or of its taking back. Two that were made apart both hold.
    pub(crate) fn kept(&self, stamp: &Stamp) -> Kept {
        match self.cell.kept(stamp) {
            Kept::Contested => Kept::Stands,
            kept => kept,
        }
    }

    /// The member promises a key to seal with.
    pub(crate) fn promise(&mut self, stamp: &Stamp) {
        self.promised.push(stamp.clone());
    }

    /// Whether a device still seals with a key that a seal rested on which was taken back: it has promised none since.
    #[must_use]
    pub fn owes_key(&self, feed: &FeedId) -> bool {
        let own = || self.promised.iter().filter(|it| &it.feed == feed);
        self.taken_back.iter().any(|back| !own().any(|it| it.supersedes(back)))
    }

    /// The seals that stand: one; several when two laptops sealed apart from each other, and then all of them are the member's
    /// word. Where one laptop sealed and another took back an earlier seal, the new one stands.
    pub fn standing(&self) -> impl Iterator<Item = &Seal> {
        self.cell.newest().flatten()
    }

    /// Whether one stands, so that the ballot is not to be changed.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.standing().next().is_some()
    }
}

impl Seal {
    /// The commits that the ballot rests on: these, and what they follow.
    pub(crate) fn ends(&self) -> impl Iterator<Item = &CommitId> {
        self.tips.iter().chain(&self.stamp.commit)
    }
}

impl BallotState {
    /// Whether its votes count.
    #[must_use]
    pub const fn counts(self) -> bool {
        matches!(self, Self::Counted | Self::Late)
    }

    /// Whether a seal of the member's stands or counts, so that nothing can be changed.
    #[must_use]
    pub const fn is_sealed(self) -> bool {
        !matches!(self, Self::Open | Self::LeftOut)
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, sync::Arc};

    use super::*;
    use crate::domain::edit::lineage::Branch;

    fn stamp(feed: &str, n: u64, seen: &[(&str, u64)]) -> Stamp {
        let seen: BTreeMap<FeedId, u64> = seen.iter().map(|(feed, n)| (FeedId::new(*feed), *n)).collect();
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

    fn standing(words: &[(Stamp, bool)]) -> Vec<String> {
        let mut seals = Seals::default();
        for (stamp, sealed) in words {
            if *sealed { seals.seal(stamp, &BTreeSet::new()) } else { seals.take_back(stamp) }
        }
        let mut ids: Vec<String> =
            seals.standing().filter_map(|seal| seal.stamp.commit.as_ref()).map(ToString::to_string).collect();
        ids.sort();
        ids
    }

    #[test]
    fn every_device_owes_a_new_key_until_it_promised_one_in_knowledge_of_the_taking_back() {
        let mut seals = Seals::default();
        for device in ["a", "b"] {
            seals.promise(&stamp(device, 1, &[]));
        }
        let owes = |seals: &Seals| ["a", "b"].map(|device| seals.owes_key(&FeedId::new(device)));
        seals.seal(&stamp("a", 2, &[]), &BTreeSet::new());
        assert_eq!(owes(&seals), [false, false]);
        seals.take_back(&stamp("a", 3, &[]));
        seals.promise(&stamp("a", 4, &[]));
        assert_eq!(owes(&seals), [false, true]);
        seals.promise(&stamp("b", 2, &[]));
        assert_eq!(owes(&seals), [false, true], "promised without knowing of it");
        seals.promise(&stamp("b", 3, &[("a", 3)]));
        assert_eq!(owes(&seals), [false, false]);
    }

    #[test]
    fn the_last_word_holds_and_two_laptops_apart_both_hold() {
        let (seal, back) = ((stamp("a", 1, &[]), true), (stamp("a", 2, &[]), false));
        let again = (stamp("a", 3, &[]), true);
        for order in [[&seal, &back, &again], [&again, &back, &seal]] {
            assert_eq!(standing(&order.map(Clone::clone)), ["a3"]);
        }
        assert_eq!(standing(&[seal.clone(), back.clone()]), [""; 0]);
        let other = (stamp("b", 1, &[]), true);
        assert_eq!(standing(&[seal.clone(), other.clone()]), ["a1", "b1"]);
        assert_eq!(standing(&[seal, other, (stamp("b", 2, &[("a", 1)]), false)]), [""; 0]);
        assert_eq!(
            standing(&[back, (stamp("b", 1, &[("a", 1)]), true)]),
            ["b1"],
            "a new seal is not taken back"
        );
    }
}
