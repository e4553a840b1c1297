//! How many votes for one clause would have to be cast differently for another verdict by rule.

use crate::domain::{
    checklist::profile::MergeMethod,
    terms::{amount::Amount, grade::Grade},
};

/// For each grade, the least number of votes to change so that the rule names it. The number of votes stays what it is,
/// so below the quorum no verdict can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moves {
    /// By rank, D first; `None` = out of reach.
    least: [Option<usize>; 4],
}

impl Moves {
    /// The moves of grades that were given, in any order.
    #[must_use]
    pub fn of(grades: &[Grade], method: MergeMethod, quorum: usize) -> Self {
        let n = grades.len();
        if n < quorum.max(1) {
            return Self::default();
        }
        let least = [Grade::D, Grade::C, Grade::B, Grade::A].map(|wanted| {
            let below = grades.iter().filter(|grade| **grade < wanted).count();
            let above = grades.iter().filter(|grade| **grade > wanted).count();
            Some(changes(method, n, below, above))
        });
        Self { least }
    }

    /// The least number of votes to change for exactly this verdict; 0 if it is the verdict now.
    #[must_use]
    pub fn to(&self, grade: Grade) -> Option<usize> {
        self.least.get(usize::from(grade.rank()) - 1).copied().flatten()
    }
}

/// Least number of `n` votes to change so that the rule names a grade that `below` are under and `above` are over.
fn changes(method: MergeMethod, n: usize, below: usize, above: usize) -> usize {
    let equal = n - below - above;
    let more_than_half = n / 2 + 1;
    match method {
        // Both middle votes have the grade when more than half are no higher and more than half no lower. A changed vote
        // is best put on the grade itself, and helps on the side it came from only.
        MergeMethod::Median => {
            let too_few = |on_one_side: usize| more_than_half.saturating_sub(n - on_one_side);
            too_few(above) + too_few(below)
        }
        MergeMethod::Majority => more_than_half.saturating_sub(equal),
        // Every lower vote must rise, and at least one vote must be there.
        MergeMethod::Strictest => below.max(usize::from(equal == 0)),
        MergeMethod::Unanimous => n - equal,
    }
}

/// The lowest and the highest median that can be reached by changing `n_changed` of the points that were awarded, at
/// least one; `None` without votes. `sorted` goes upwards; awards lie between zero and `full`.
///
/// The median is named when both middle values are equal, so more than half of the awards must be at least, and more
/// than half at most, that value. The highest value is that of the award which leaves `more than half − n_changed` kept
/// awards at or above it; changed awards are put on the value itself. The lowest is the same seen from the other end.
#[must_use]
pub fn reach_of_points(sorted: &[Amount], full: Amount, n_changed: usize) -> Option<(Amount, Amount)> {
    let kept = (sorted.len() / 2 + 1).checked_sub(n_changed).filter(|_| !sorted.is_empty())?;
    let Some(place) = kept.checked_sub(1) else { return Some((Amount::ZERO, full)) };
    Some((*sorted.get(place)?, *sorted.get(sorted.len() - 1 - place)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::merge::{merge, merge_points};

    /// Every way to cast `n` votes of `values`.
    fn castings<T: Copy>(n: usize, values: &[T]) -> Vec<Vec<T>> {
        (0..n).fold(vec![Vec::new()], |castings, _| {
            let longer =
                |votes: Vec<T>| values.iter().map(move |value| [votes.clone(), vec![*value]].concat());
            castings.into_iter().flat_map(longer).collect()
        })
    }

    fn differing<T: PartialEq>(a: &[T], b: &[T]) -> usize {
        a.iter().zip(b).filter(|(a, b)| a != b).count()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_other_casting_of_fewer_votes_gives_the_verdict(
            grades in prop::collection::vec(prop::sample::select(Grade::ALL.to_vec()), 0..6),
            method in prop::sample::select(MergeMethod::ALL.to_vec()),
            quorum in 1_usize..5,
        ) {
            let moves = Moves::of(&grades, method, quorum);
            let castings = castings(grades.len(), &Grade::ALL);
            for wanted in Grade::ALL {
                let fewest = castings.iter().filter(|votes| merge(votes, method, quorum).verdict == Some(wanted));
                let fewest = fewest.map(|votes| differing(votes, &grades)).min();
                prop_assert_eq!(moves.to(wanted), fewest, "{} {:?}", wanted, grades);
            }
        }

        #[test]
        fn no_other_casting_of_points_reaches_farther(
            points in prop::collection::vec(0_i64..=4, 1..6),
            n_changed in 1_usize..6,
        ) {
            let amounts = |points: &[i64]| -> Vec<Amount> {
                points.iter().map(|it| Amount::whole(*it).unwrap()).collect()
            };
            prop_assume!(n_changed <= points.len() / 2 + 1);
            let mut sorted = amounts(&points);
            sorted.sort_unstable();
            let reached = castings(points.len(), &[0, 1, 2, 3, 4]).into_iter()
                .filter(|votes| differing(votes, &points) <= n_changed)
                .filter_map(|votes| merge_points(&amounts(&votes), 1).verdict);
            let reached: Vec<Amount> = reached.collect();
            let found = reach_of_points(&sorted, Amount::whole(4).unwrap(), n_changed);
            prop_assert_eq!(found, reached.iter().min().copied().zip(reached.iter().max().copied()));
        }
    }
}
