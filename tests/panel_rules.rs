//! Properties of the panel's rules over any panel, recusals and plan: who owes what, and which clauses are not
//! covered. The expectations are counted here from scratch.

use std::collections::BTreeSet;

use hecha::domain::{
    checklist::profile::MergeMethod,
    edit::{Edit, Member, plan::Plan, waiver::MatterKind},
    ending::readiness::matters,
    outcome::Outcome,
    panel::coverage::{Concern, covers},
    terms::{field::Field, grade::Grade},
    visit::{MemberState, Visit},
};
use proptest::prelude::*;

use crate::fixture::panel::{checklist, clause, grade, member, profile, submit, visit};

const NAMES: [&str; 7] = ["甲", "乙", "丙", "丁", "戊", "己", "庚"];
const CLAUSES: [&str; 5] = ["E-1", "E-2", "E-3", "E-4", "E-5"];
const QUORUM: usize = 3;

/// One drawn panel.
#[derive(Debug, Clone)]
struct Drawn {
    /// Field of each member, as an index into `Field::ALL`.
    fields: Vec<usize>,
    /// Fields of each clause.
    asked: Vec<BTreeSet<usize>>,
    /// Recused: member and clause; the clause `CLAUSES.len()` is the whole visit.
    recused: BTreeSet<(usize, usize)>,
    /// Whether each member grades each clause.
    votes: Vec<Vec<bool>>,
    /// Who votes on which clause by the plan; `None` = everybody on everything.
    plan: Option<Vec<BTreeSet<usize>>>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    (1..=NAMES.len()).prop_flat_map(|n| {
        let clauses = CLAUSES.len();
        let planned = prop::collection::vec(prop::collection::btree_set(0..n, 0..=n), clauses);
        let plan = prop::option::of(planned);
        (
            prop::collection::vec(0..3_usize, n),
            prop::collection::vec(prop::collection::btree_set(0..3_usize, 0..3), clauses),
            prop::collection::btree_set((0..n, 0..=clauses), 0..6),
            prop::collection::vec(prop::collection::vec(any::<bool>(), clauses), n),
            plan,
        )
            .prop_map(|(fields, asked, recused, votes, plan)| Drawn {
                fields,
                asked,
                recused,
                votes,
                plan,
            })
    })
}

fn field(index: usize) -> Field {
    Field::ALL[index]
}

fn made(drawn: &Drawn) -> Visit {
    let clauses = CLAUSES.iter().enumerate().map(|(at, id)| {
        let mut clause = clause(id, "emergency", at == 0, None);
        clause.fields = drawn.asked[at].iter().map(|&index| field(index)).collect();
        clause
    });
    let checklist = checklist(profile(MergeMethod::Median, Vec::new(), Vec::new()), clauses.collect());
    let recusals = drawn.recused.iter().map(|&(who, what)| Edit::Recuse {
        name: NAMES[who].into(),
        clause: CLAUSES.get(what).map(|&id| id.into()),
        reason: Some("亲属任职".parse().unwrap()),
    });
    let mut lead: Vec<Edit> = recusals.collect();
    lead.push(Edit::Plan(drawn.plan.as_ref().map(|planned| {
        let mut plan = Plan::new("7".parse().unwrap(), None);
        for (id, members) in CLAUSES.iter().zip(planned) {
            members.iter().for_each(|who| plan.give(&(*id).into(), &NAMES[*who].into()));
        }
        plan.into()
    })));
    let members = drawn.fields.iter().enumerate().map(|(who, &index)| {
        let mut edits = if who == 0 { lead.clone() } else { Vec::new() };
        let graded = CLAUSES.iter().zip(&drawn.votes[who]).filter(|(_, votes)| **votes);
        edits.extend(graded.map(|(id, _)| grade(id, Grade::C)));
        edits.push(submit());
        (member(NAMES[who], field(index)), edits)
    });
    visit("青禾镇卫生院", checklist, members.collect())
}

impl Drawn {
    fn is_recused(&self, who: usize, clause: usize) -> bool {
        self.recused.contains(&(who, clause)) || self.recused.contains(&(who, CLAUSES.len()))
    }

    /// Members who may vote on a clause.
    fn able(&self, clause: usize) -> Vec<usize> {
        (0..self.fields.len()).filter(|&who| !self.is_recused(who, clause)).collect()
    }

    /// Whether a member votes on a clause by the plan.
    fn is_planned(&self, who: usize, clause: usize) -> bool {
        self.plan.as_ref().is_none_or(|plan| plan[clause].contains(&who))
    }

    /// Votes that a verdict takes: never more than the plan lets vote.
    fn quorum(&self, clause: usize) -> usize {
        let planned = self.plan.as_ref().map(|plan| plan[clause].len()).filter(|n| *n > 0);
        planned.map_or(QUORUM, |n| n.min(QUORUM))
    }

    fn has_field(&self, who: usize, clause: usize) -> bool {
        self.asked[clause].contains(&self.fields[who])
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn whoever_is_planned_and_not_recused_owes_a_vote(drawn in drawn()) {
        let visit = made(&drawn);
        for (at, clause) in visit.clauses().enumerate() {
            let due: BTreeSet<&str> = visit.owing(clause).into_iter().map(|name| name.as_str()).collect();
            let able = drawn.able(at).into_iter().filter(|&who| drawn.is_planned(who, at));
            let expected: BTreeSet<&str> = able.map(|who| NAMES[who]).collect();
            prop_assert_eq!(due, expected);
        }
    }

    #[test]
    fn any_set_of_recusals_gives_the_right_flags(drawn in drawn()) {
        let visit = made(&drawn);
        let everybody: Vec<&MemberState> = visit.members.iter().collect();
        let outcome = Outcome::of(&visit, |_| true);
        let found = covers(&visit, &outcome, 0);
        let open = matters(&visit, &outcome, &everybody, None);
        let listed = |kind: MatterKind, clause: &str| {
            open.iter().any(|matter| matter.kind == kind && matter.about.iter().any(|it| it == clause))
        };
        for (at, id) in CLAUSES.iter().enumerate() {
            let voted: Vec<usize> = drawn.able(at).into_iter()
                .filter(|&who| drawn.votes[who][at] && drawn.is_planned(who, at)).collect();
            let covered = drawn.asked[at].is_empty() || voted.iter().any(|&who| drawn.has_field(who, at));
            let expected = [
                (voted.len() < drawn.quorum(at), Concern::Quorum, MatterKind::Quorum),
                (!voted.is_empty() && voted.len().is_multiple_of(2), Concern::Parity, MatterKind::Parity),
                (!covered, Concern::Field, MatterKind::FieldNotCovered),
            ];
            prop_assert_eq!(found[at].n_valid, voted.len());
            for (is, concern, kind) in expected {
                prop_assert_eq!(found[at].concerns.contains(&concern), is, "{} {:?}", id, concern);
                // A clause without any vote is told as undecided and below quorum; there is no field to miss.
                let is_listed = is && !(kind == MatterKind::FieldNotCovered && voted.is_empty());
                prop_assert_eq!(listed(kind, id), is_listed, "{} {:?}", id, kind);
            }
            let even_or_few = voted.len() < drawn.quorum(at);
            prop_assert!(!even_or_few || outcome.clauses[at].verdict.is_none(), "no verdict by rule below quorum");
        }
        let seated: Vec<&Member> = visit.voting().map(|state| &state.member).collect();
        let panel_is_listed = open.iter().any(|matter| matter.kind == MatterKind::Panel);
        let is_odd_and_large = seated.len() >= 5 && seated.len() % 2 == 1;
        let has_medicine = seated.iter().any(|member| member.field == Field::Medicine);
        prop_assert_eq!(panel_is_listed, !(is_odd_and_large && has_medicine));
    }

    #[test]
    fn while_ballots_are_out_no_flag_depends_on_a_vote(drawn in drawn()) {
        let silent = Drawn { votes: vec![vec![false; CLAUSES.len()]; drawn.fields.len()], ..drawn.clone() };
        let told = |drawn: &Drawn| {
            let visit = made(drawn);
            // Nobody may be seen: the outcome counts nobody.
            covers(&visit, &Outcome::of(&visit, |_| false), drawn.fields.len())
        };
        prop_assert_eq!(told(&drawn), told(&silent));
    }
}
