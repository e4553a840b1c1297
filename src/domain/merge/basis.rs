//! What a verdict rests on: the rule, or the lead, and then whether the votes bear it.

use std::cmp::Ordering;

use crate::domain::{
    edit::{Choice, verdict::Decision},
    terms::{absence::Absence, field::words, lang::Lang},
};

words! {
    /// What the verdict of a clause rests on (`docs/decisions/0032-a-result-that-holds.md`).
    Basis {
        /// The votes, by the merge rule.
        Rule = "rule", "规则", "rule";
        /// The lead, where the votes were split, or no further from them than half of them.
        Lead = "lead", "组长裁定", "lead";
        /// The lead, against more than half of the votes.
        Overruled = "overruled", "组长裁定，与多数票不一致", "lead, against the majority";
        /// The lead, with fewer votes than the quorum.
        NoQuorum = "no-quorum", "组长裁定，票数不足", "lead, without enough votes";
    }
}

impl Basis {
    /// Whether the lead decided.
    #[must_use]
    pub const fn by_lead(self) -> bool {
        !matches!(self, Self::Rule)
    }

    /// Whether the lead decided and the votes do not bear it.
    #[must_use]
    pub const fn is_against_votes(self) -> bool {
        matches!(self, Self::Overruled | Self::NoQuorum)
    }

    /// What a decision of the lead rests on, given these votes and what the panel said in the clear after the opening. Votes in
    /// the clear take the place of the ballots once as many as their quorum were cast: that of the checklist, however few the plan
    /// lets vote on the clause.
    #[must_use]
    pub(crate) fn of_lead(
        decision: Decision,
        ballots: (&[Choice], usize),
        clear: (&[Choice], usize),
    ) -> Self {
        let reaches = |(votes, quorum): (&[Choice], usize)| n_votes(decision, votes) >= quorum.max(1);
        let (votes, quorum) = if reaches(clear) { clear } else { ballots };
        if !reaches((votes, quorum)) {
            return Self::NoQuorum;
        }
        if is_outvoted(decision, votes) { Self::Overruled } else { Self::Lead }
    }
}

/// Votes that bear on a decision: grades or points; that a clause does not apply, only where that is decided.
fn n_votes(decision: Decision, votes: &[Choice]) -> usize {
    votes
        .iter()
        .filter(|it| is_scored(**it) || (decision == Decision::NotApplicable && is_not_applicable(**it)))
        .count()
}

/// Whether more than half of the votes say something higher, or something lower, or answer the other way whether the clause
/// applies at all. Where a grade has more than half of the votes, every other decision is outvoted.
fn is_outvoted(decision: Decision, votes: &[Choice]) -> bool {
    let n = votes.iter().filter(|it| is_scored(**it) || is_not_applicable(**it)).count();
    let more_than_half = |is: &dyn Fn(Choice) -> bool| votes.iter().filter(|it| is(**it)).count() * 2 > n;
    if decision == Decision::NotApplicable {
        return more_than_half(&is_scored);
    }
    let lies = |wanted: Ordering| move |vote: Choice| compared(vote, decision) == Some(wanted);
    more_than_half(&is_not_applicable)
        || more_than_half(&lies(Ordering::Less))
        || more_than_half(&lies(Ordering::Greater))
}

fn compared(vote: Choice, decision: Decision) -> Option<Ordering> {
    match (vote, decision) {
        (Choice::Grade(vote), Decision::Grade(decided)) => Some(vote.cmp(&decided)),
        (Choice::Points(vote), Decision::Points(decided)) => Some(vote.cmp(&decided)),
        _ => None,
    }
}

const fn is_scored(vote: Choice) -> bool {
    matches!(vote, Choice::Grade(_) | Choice::Points(_))
}

const fn is_not_applicable(vote: Choice) -> bool {
    matches!(vote, Choice::Absent(Absence::NotApplicable))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::terms::grade::Grade;

    fn votes(text: &str) -> Vec<Choice> {
        let vote = |letter: char| match letter {
            '-' => Choice::Absent(Absence::NotApplicable),
            letter => Choice::Grade(letter.to_string().parse().unwrap()),
        };
        text.chars().map(vote).collect()
    }

    fn of_lead(decision: &str, ballots: &str, clear: &str) -> Basis {
        let decision = match decision {
            "-" => Decision::NotApplicable,
            grade => Decision::Grade(grade.parse().unwrap()),
        };
        Basis::of_lead(decision, (&votes(ballots), 3), (&votes(clear), 3))
    }

    #[test]
    fn the_lead_is_held_to_what_more_than_half_said() {
        for (decision, ballots, basis) in [
            ("A", "", Basis::NoQuorum),
            ("A", "AA", Basis::NoQuorum),
            ("A", "DDDDD", Basis::Overruled),
            ("A", "AABB", Basis::Lead),
            ("B", "AABB", Basis::Lead),
            ("C", "AABB", Basis::Overruled),
            ("B", "AABCD", Basis::Lead),
            ("A", "AABCD", Basis::Overruled),
            ("C", "AABCD", Basis::Overruled),
            ("-", "BB---", Basis::Lead),
            ("-", "BBB--", Basis::Overruled),
            ("B", "BBB--", Basis::Lead),
            ("B", "BBB----", Basis::Overruled),
            ("B", "B--", Basis::NoQuorum),
            ("-", "B--", Basis::Lead),
        ] {
            assert_eq!(of_lead(decision, ballots, ""), basis, "{decision} of {ballots}");
        }
    }

    #[test]
    fn what_a_quorum_says_in_the_clear_takes_the_place_of_the_ballots() {
        assert_eq!(of_lead("B", "CCCCC", "BBB"), Basis::Lead);
        assert_eq!(of_lead("B", "CCCCC", "BB"), Basis::Overruled, "two are no quorum");
        assert_eq!(of_lead("B", "BBBBB", "CCC"), Basis::Overruled);
        assert_eq!(of_lead("B", "B", "BBB"), Basis::Lead);
    }

    proptest! {
        #[test]
        fn where_a_grade_has_more_than_half_every_other_decision_is_outvoted(
            ballots in prop::collection::vec(prop::sample::select(Grade::ALL.to_vec()), 3..10),
            decided in prop::sample::select(Grade::ALL.to_vec()),
        ) {
            let n = ballots.len();
            let majority = Grade::ALL.into_iter().find(|it| ballots.iter().filter(|b| *b == it).count() * 2 > n);
            let votes: Vec<Choice> = ballots.into_iter().map(Choice::Grade).collect();
            let basis = Basis::of_lead(Decision::Grade(decided), (&votes, 3), (&[], 3));
            if let Some(majority) = majority {
                prop_assert_eq!(basis == Basis::Overruled, majority != decided);
            }
            prop_assert!(basis.by_lead());
        }
    }
}
