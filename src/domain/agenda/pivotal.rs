//! Which clauses a standard hangs on: those whose verdict, moved within the votes cast, would change the answer.

use crate::domain::{
    edit::verdict::Decision,
    outcome::{ClauseResult, Outcome},
    terms::{amount::Amount, id::AreaId},
    visit::Visit,
};

/// For each clause, in the order of the outcome, whether some standard would be answered differently if the clause came
/// out at its strictest vote than if it came out at its most lenient one. The other verdicts stay as they are; an open
/// answer differs from yes and from no.
///
/// The two ends are enough: a better verdict never makes a condition worse, so every grade between them gives an answer
/// between theirs. The verdict that stands is not asked, so a decision of the lead does not change what hangs on its own
/// clause. A clause on which everyone agrees is never pivotal.
///
/// Clauses that are alike in all that a standard counts hang on it alike: one of them is tried for all. So the work grows with the
/// clauses, times the kinds of them (area, core or not, the verdict and its two ends), of which there are few.
#[must_use]
pub fn pivotal(visit: &Visit, outcome: &Outcome) -> Vec<bool> {
    pivotal_by(&outcome.clauses, |tried| outcome.met_if(visit, tried))
}

/// As [`pivotal`], where `answers` tells what the standards come to with these clauses.
fn pivotal_by<A: PartialEq>(
    clauses: &[ClauseResult],
    mut answers: impl FnMut(&[ClauseResult]) -> A,
) -> Vec<bool> {
    let mut tried = clauses.to_vec();
    let mut known: Vec<(Alike<'_>, bool)> = Vec::new();
    let mut found = Vec::with_capacity(tried.len());
    for (index, clause) in clauses.iter().enumerate() {
        let Some([low, high]) = ends(clause) else {
            found.push(false);
            continue;
        };
        let alike = Alike::of(clause, [low, high]);
        if let Some((_, is_pivotal)) = known.iter().find(|(it, _)| *it == alike) {
            found.push(*is_pivotal);
            continue;
        }
        let mut answers = |verdict: Decision| {
            if let Some(tried) = tried.get_mut(index) {
                tried.verdict = Some(verdict);
            }
            answers(&tried)
        };
        let is_pivotal = answers(low) != answers(high);
        found.push(is_pivotal);
        known.push((alike, is_pivotal));
        if let Some(tried) = tried.get_mut(index) {
            tried.verdict = clause.verdict;
        }
    }
    found
}

/// All of a clause that a standard counts.
#[derive(PartialEq)]
struct Alike<'a> {
    area: &'a AreaId,
    core: bool,
    full_points: Option<Amount>,
    verdict: Option<Decision>,
    awaits_votes: bool,
    ends: [Decision; 2],
}

impl<'a> Alike<'a> {
    const fn of(clause: &'a ClauseResult, ends: [Decision; 2]) -> Self {
        let ClauseResult { area, core, full_points, verdict, awaits_votes, .. } = clause;
        Self {
            area,
            core: *core,
            full_points: *full_points,
            verdict: *verdict,
            awaits_votes: *awaits_votes,
            ends,
        }
    }
}

/// The strictest and the most lenient vote, if they differ.
fn ends(clause: &ClauseResult) -> Option<[Decision; 2]> {
    let (low, high) = match &clause.merged_points {
        Some(points) => points.range.map(|(low, high)| (Decision::Points(low), Decision::Points(high)))?,
        None => {
            let merged = &clause.merged;
            (Decision::Grade(merged.strictest?), Decision::Grade(merged.most_lenient?))
        }
    };
    (low != high).then_some([low, high])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        checklist::{ClauseKind, profile::MergeMethod},
        merge::merge,
        terms::{grade::Grade, id::ClauseId},
    };

    /// A clause of one of five areas on which three members gave grades that differ from clause to clause.
    fn clause(n: usize) -> ClauseResult {
        let grades = [n % 4, n / 4 % 4, n / 16 % 4].map(|at| Grade::ALL[at]);
        let merged = merge(&grades, MergeMethod::Median, 3);
        ClauseResult {
            kind: ClauseKind::Basic,
            id: ClauseId::new(format!("X-{n}")),
            area: AreaId::new(format!("area-{}", n % 5)),
            core: n.is_multiple_of(7),
            full_points: None,
            verdict: merged.verdict.map(Decision::Grade),
            merged,
            merged_points: None,
            n_not_applicable: 0,
            field_covered: None,
            ruled: true,
            basis: None,
            awaits_votes: false,
            reason: String::new(),
            withheld: false,
        }
    }

    #[test]
    fn ten_times_the_clauses_are_not_tried_ten_times_as_often() {
        let n_tried = |n: usize| {
            let clauses: Vec<ClauseResult> = (0..n).map(clause).collect();
            let mut n_tried = 0;
            let found = pivotal_by(&clauses, |tried| {
                n_tried += 1;
                tried.iter().filter(|it| it.verdict == Some(Decision::Grade(Grade::A))).count()
            });
            assert_eq!(found.len(), n);
            n_tried
        };
        let (few, many) = (n_tried(1_000), n_tried(10_000));
        assert!(few <= many && many <= few + few / 2, "{few} and {many}");
    }
}
