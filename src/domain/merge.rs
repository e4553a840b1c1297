//! How the members' grades for one clause become a verdict by rule, and how far apart they lie.

pub mod basis;
pub mod moves;

use crate::domain::{
    checklist::profile::MergeMethod,
    merge::moves::Moves,
    terms::{amount::Amount, grade::Grade},
};

/// What the grades for one clause amount to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// Number of grades.
    pub n_valid: usize,
    /// Whether that number is odd.
    pub odd: bool,
    /// Whether it reaches the quorum.
    pub quorum: bool,
    /// The verdict by rule; `None` on a split, below quorum or without votes (invariant 8).
    pub verdict: Option<Grade>,
    /// The rule names no single grade.
    pub split: bool,
    /// Some grades pass and some do not.
    pub pass_line_split: bool,
    /// Highest minus lowest grade, in grades.
    pub spread: u8,
    /// The grade of more than half of the votes.
    pub majority: Option<Grade>,
    /// The two middle grades, equal for an odd number of votes.
    pub medians: Option<(Grade, Grade)>,
    /// Lowest grade given.
    pub strictest: Option<Grade>,
    /// Highest grade given.
    pub most_lenient: Option<Grade>,
    /// Least number of members who must change sides so that the side of the pass line that has more than half
    /// loses it; `None` if neither side has.
    pub votes_to_flip: Option<usize>,
    /// How many votes any other verdict by rule is away.
    pub moves: Moves,
}

/// Merges grades. Symmetric: the order of members does not matter.
#[must_use]
pub fn merge(grades: &[Grade], method: MergeMethod, quorum: usize) -> Merged {
    let mut sorted = grades.to_vec();
    sorted.sort_unstable();
    let n = sorted.len();
    let at = |index: usize| sorted.get(index).copied();
    let medians = n.checked_sub(1).and_then(|last| Some((at(last / 2)?, at(n / 2)?)));
    let (strictest, most_lenient) = (sorted.first().copied(), sorted.last().copied());
    let majority = medians.map(|(low, _)| low).filter(|grade| count(&sorted, *grade) * 2 > n);
    let named = match method {
        MergeMethod::Median => medians.filter(|(low, high)| low == high).map(|(low, _)| low),
        MergeMethod::Majority => majority,
        MergeMethod::Strictest => strictest,
        MergeMethod::Unanimous => strictest.filter(|_| strictest == most_lenient),
    };
    let passing = sorted.iter().filter(|grade| grade.passes()).count();
    Merged {
        n_valid: n,
        odd: !n.is_multiple_of(2),
        quorum: n >= quorum.max(1),
        verdict: named.filter(|_| n >= quorum.max(1)),
        split: n > 0 && named.is_none(),
        pass_line_split: passing > 0 && passing < n,
        spread: most_lenient.zip(strictest).map_or(0, |(high, low)| high.rank() - low.rank()),
        majority,
        medians,
        strictest,
        most_lenient,
        votes_to_flip: votes_to_flip(passing, n),
        moves: Moves::of(grades, method, quorum),
    }
}

/// What points awarded for one points-scale clause amount to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedPoints {
    /// Number of votes.
    pub n_valid: usize,
    /// Whether it reaches the quorum.
    pub quorum: bool,
    /// The median; the lead decides when an even number of votes has two different middle values.
    pub verdict: Option<Amount>,
    /// Two different middle values.
    pub split: bool,
    /// Lowest and highest.
    pub range: Option<(Amount, Amount)>,
    /// All of them, lowest first.
    pub sorted: Vec<Amount>,
}

/// Merges points by the median, whatever the rule for grades says (`design.md` §5).
#[must_use]
pub fn merge_points(points: &[Amount], quorum: usize) -> MergedPoints {
    let mut sorted = points.to_vec();
    sorted.sort_unstable();
    let n = sorted.len();
    let at = |index: usize| sorted.get(index).copied();
    let medians = n.checked_sub(1).and_then(|last| Some((at(last / 2)?, at(n / 2)?)));
    let named = medians.filter(|(low, high)| low == high).map(|(low, _)| low);
    let quorum = n >= quorum.max(1);
    MergedPoints {
        n_valid: n,
        quorum,
        verdict: named.filter(|_| quorum),
        split: n > 0 && named.is_none(),
        range: sorted.first().copied().zip(sorted.last().copied()),
        sorted,
    }
}

fn count(grades: &[Grade], wanted: Grade) -> usize {
    grades.iter().filter(|grade| **grade == wanted).count()
}

fn votes_to_flip(passing: usize, n: usize) -> Option<usize> {
    let larger = passing.max(n - passing);
    (larger * 2 > n).then(|| larger - n / 2)
}
