//! How well each clause is covered by votes: odd, at quorum, and with an expert of its field (invariant 7). While ballots are
//! still out, it is told by who is to vote; no count of votes that may not be seen goes into it.

use crate::domain::{
    edit::Member,
    outcome::Outcome,
    terms::{field::words, lang::Lang},
    visit::Visit,
};

/// The cover of one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// Members who are to vote: planned, neither recused nor absent.
    pub n_due: usize,
    /// Grades or points among the votes that may be seen.
    pub n_valid: usize,
    /// Members recused from this clause or from the visit.
    pub n_recused: usize,
    /// Whether all who vote may be seen, so that `concerns` are about votes and no longer about who is to vote.
    pub counted: bool,
    /// Whether the lead decided the clause with a reason, which settles all concerns.
    pub by_lead: bool,
    /// What is not right; none where the lead decided.
    pub concerns: Vec<Concern>,
}

words! {
    /// What is not right about the votes for a clause.
    Concern {
        /// Fewer than the quorum.
        Quorum = "quorum", "不足法定票数", "below quorum";
        /// An even number.
        Parity = "parity", "双数", "even";
        /// Nobody of the clause's fields.
        Field = "field", "无本专业", "no expert of the field";
    }
}

/// The cover of every clause, in checklist order. `outcome` counts the votes that may be seen; `n_hidden` says how many
/// voting members may not.
#[must_use]
pub fn covers(visit: &Visit, outcome: &Outcome, n_hidden: usize) -> Vec<Cover> {
    let clauses = visit.clauses().zip(&outcome.clauses);
    clauses
        .map(|(clause, result)| {
            let quorum = visit.quorum(&clause.id);
            // To a reader who is recused from a clause its votes stay out for good.
            let counted = n_hidden == 0 && !result.withheld;
            let mut due = visit.owing(clause);
            // Whoever waits to be admitted is nobody's vote yet.
            due.retain(|name| visit.member(name.as_str()).is_some_and(|state| visit.sits(state)));
            let recused = |member: &Member| visit.recusal(member.name.as_str(), clause.id.as_str()).is_some();
            let n_recused = visit.members.iter().filter(|state| recused(&state.member)).count();
            let has_field =
                |member: &Member| due.contains(&member.name) && clause.fields.contains(&member.field);
            let of_field = visit.members.iter().any(|state| has_field(&state.member));
            let (n, covered) = if counted {
                (result.n_valid(), result.field_covered)
            } else {
                (due.len(), (!clause.fields.is_empty()).then_some(of_field))
            };
            // All who looked agree that the clause does not apply: there are no votes to be odd.
            let does_not_apply = counted && n == 0 && result.n_not_applicable >= quorum;
            let found = [
                (n < quorum, Concern::Quorum),
                (n.is_multiple_of(2) && n > 0, Concern::Parity),
                (covered == Some(false), Concern::Field),
            ];
            let concerns = found.into_iter().filter(|(is, _)| *is && !result.by_lead() && !does_not_apply);
            Cover {
                n_due: due.len(),
                n_valid: result.n_valid(),
                n_recused,
                counted,
                by_lead: result.by_lead(),
                concerns: concerns.map(|(_, concern)| concern).collect(),
            }
        })
        .collect()
}
