//! What the members recorded for each point of a clause: where a disagreement lies.

use crate::domain::{
    ballot::Position,
    checklist::{Clause, ItemList, Point},
    edit::finding::{Finding, Met},
    terms::id::MemberName,
    visit::{MemberState, Visit},
};

/// What the members recorded for one point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointVotes<'a> {
    /// The point.
    pub point: &'a Point,
    /// The list that its measure refers to.
    pub list: Option<&'a ItemList>,
    /// Those who voted on the clause, in roster order.
    pub said: Vec<PointVote<'a>>,
}

/// What one member recorded for a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointVote<'a> {
    /// Who.
    pub member: &'a MemberName,
    /// What was recorded; `None` = not looked at.
    pub finding: Option<&'a Finding>,
    /// Whether that meets the point; `None` = not looked at, or not enough of it to tell.
    pub met: Option<Met>,
}

/// How many said what of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PointCounts {
    /// The point is met.
    pub yes: usize,
    /// It is not.
    pub no: usize,
    /// It does not apply.
    pub not_applicable: usize,
    /// Voted on the clause without looking at the point, or not at enough of it.
    pub open: usize,
}

impl<'a> PointVotes<'a> {
    /// Every point of a clause, in the order of the checklist, as the members of `shown` recorded it. Who is absent or
    /// recused from the clause, or does not vote on it by the plan, says nothing about its points, whatever was recorded.
    #[must_use]
    pub fn of_clause(visit: &'a Visit, clause: &'a Clause, shown: &[&'a MemberState]) -> Vec<Self> {
        let voted: Vec<&MemberState> = shown
            .iter()
            .filter(|state| {
                !matches!(visit.position_on(state, clause), Position::Absent(_) | Position::Aside(_))
            })
            .copied()
            .collect();
        let points = clause.points.iter().map(|point| {
            let list = point.measure.list().and_then(|list| visit.founding.checklist.list(list.as_str()));
            let said = voted.iter().map(|state| {
                let finding = state.ballot.finding(clause.id.as_str(), point.id.as_str());
                let met = finding.and_then(|finding| finding.meets(&point.measure, list));
                PointVote { member: &state.member.name, finding, met }
            });
            Self { point, list, said: said.collect() }
        });
        points.collect()
    }

    /// How many said what.
    #[must_use]
    pub fn counts(&self) -> PointCounts {
        let count = |met| self.said.iter().filter(|vote| vote.met == met).count();
        PointCounts {
            yes: count(Some(Met::Yes)),
            no: count(Some(Met::No)),
            not_applicable: count(Some(Met::NotApplicable)),
            open: count(None),
        }
    }

    /// Whether two members say different things of the point. A point not looked at says nothing, and shares or values that
    /// meet the point alike agree about it.
    #[must_use]
    pub fn differs(&self) -> bool {
        let PointCounts { yes, no, not_applicable, .. } = self.counts();
        [yes, no, not_applicable].into_iter().filter(|n| *n > 0).count() > 1
    }

    /// Who said that, in roster order.
    pub fn who(&self, met: Option<Met>) -> impl Iterator<Item = &PointVote<'a>> {
        self.said.iter().filter(move |vote| vote.met == met)
    }
}
