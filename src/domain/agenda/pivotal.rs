//! Which clauses a standard hangs on: those whose verdict, moved within the votes cast, would change the answer.

use crate::domain::{
    edit::verdict::Decision,
    outcome::{ClauseResult, Outcome},
    visit::Visit,
};

/// For each clause, in the order of the outcome, whether some standard would be answered differently if the clause came
/// out at its strictest vote than if it came out at its most lenient one. The other verdicts stay as they are; an open
/// answer differs from yes and from no.
///
/// The two ends are enough: a better verdict never makes a condition worse, so every grade between them gives an answer
/// between theirs. The verdict that stands is not asked, so a decision of the lead does not change what hangs on its own
/// clause. A clause on which everyone agrees is never pivotal.
#[must_use]
pub fn pivotal(visit: &Visit, outcome: &Outcome) -> Vec<bool> {
    let mut tried = outcome.clauses.clone();
    let mut found = Vec::with_capacity(tried.len());
    for (index, clause) in outcome.clauses.iter().enumerate() {
        let Some([low, high]) = ends(clause) else {
            found.push(false);
            continue;
        };
        let mut answers = |verdict: Decision| {
            if let Some(tried) = tried.get_mut(index) {
                tried.verdict = Some(verdict);
            }
            outcome.met_if(visit, &tried)
        };
        found.push(answers(low) != answers(high));
        if let Some(tried) = tried.get_mut(index) {
            tried.verdict = clause.verdict;
        }
    }
    found
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
