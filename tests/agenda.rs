//! The agenda is ordered by what hangs on a clause; what is pivotal is what trying every verdict finds; no further edit loses a
//! decision of the lead.

use hecha::domain::{
    agenda::{
        Agenda, AgendaItem, Effect, Settled,
        dissenters::{dissenters, dissenters_of},
        pivotal::pivotal,
        point_votes::{PointCounts, PointVotes},
    },
    ballot::Position,
    checklist::{
        Clause, Scale,
        profile::{Condition, MergeMethod},
    },
    edit::{
        Choice, Edit,
        dissent::{Cause, Dissent},
        finding::Finding,
        verdict::{Citation, Decision, LeadVerdict},
    },
    outcome::Outcome,
    terms::{absence::Absence, amount::Amount, field::Field, grade::Grade, id::ClauseId},
    visit::Visit,
};
use proptest::prelude::*;

use crate::fixture::{panel, standard};

const NAMES: [&str; 5] = ["甲", "乙", "丙", "丁", "戊"];

/// A clause of a small visit: graded, or with points from 0 to 3.
#[derive(Debug, Clone)]
struct Small {
    second_area: bool,
    core: bool,
    scaled: bool,
    /// What each member says, from 0 (D, or no points) to 3; 4 = not applicable, 5 = nothing.
    votes: [u8; 5],
    /// What the lead decided, if anything.
    decided: Option<u8>,
}

#[derive(Debug, Clone)]
struct Panel {
    clauses: Vec<Small>,
    conditions: Vec<Condition>,
    method: MergeMethod,
}

fn grade_of(level: u8) -> Grade {
    [Grade::D, Grade::C, Grade::B, Grade::A][usize::from(level)]
}

fn points_of(level: u8) -> Amount {
    Amount::whole(i64::from(level)).unwrap()
}

fn id(index: usize) -> String {
    format!("X-{index}")
}

impl Small {
    fn choice(&self, vote: u8) -> Option<Choice> {
        match vote {
            5 => None,
            4 => Some(Choice::Absent(Absence::NotApplicable)),
            level if self.scaled => Some(Choice::Points(points_of(level))),
            level => Some(Choice::Grade(grade_of(level))),
        }
    }

    fn decision(&self, level: u8) -> Decision {
        if self.scaled { Decision::Points(points_of(level)) } else { Decision::Grade(grade_of(level)) }
    }

    /// The lowest and the highest vote, if they differ.
    fn ends(&self) -> Option<(u8, u8)> {
        let cast = || self.votes.iter().copied().filter(|vote| *vote < 4);
        cast().min().zip(cast().max()).filter(|(low, high)| low != high)
    }

    fn clause(&self, index: usize) -> Clause {
        let scale = Scale { points: points_of(3), step: Amount::ONE };
        let area = if self.second_area { "two" } else { "one" };
        let mut clause = panel::clause(&id(index), area, self.core, self.scaled.then_some(scale));
        clause.must_apply = false;
        clause
    }
}

fn verdict(index: usize, decision: Option<Decision>) -> Edit {
    let value = decision.map(|decision| LeadVerdict {
        decision,
        reason: "复看".parse().unwrap(),
        cites: Vec::new(),
        clear: Vec::new(),
    });
    Edit::Verdict { clause: id(index).as_str().into(), value }
}

impl Panel {
    /// The visit, in which members did `more` after submitting; the first is the lead.
    fn visit(&self, more: &[(usize, Edit)]) -> Visit {
        let asked = self.clauses.iter().enumerate().map(|(index, clause)| clause.clause(index));
        let standard = standard::of(self.conditions.clone());
        let profile = panel::profile(self.method, vec![standard], Vec::new());
        let members = NAMES.iter().enumerate().map(|(member, name)| {
            let cast = self.clauses.iter().enumerate();
            let cast = cast.filter_map(|(index, clause)| {
                Some(panel::vote(&id(index), clause.choice(clause.votes[member])?, "现场所见"))
            });
            let mut edits: Vec<Edit> = cast.chain([panel::submit()]).collect();
            if member == 0 {
                let decided = self.clauses.iter().enumerate();
                edits.extend(
                    decided.filter_map(|(index, it)| Some(verdict(index, Some(it.decision(it.decided?))))),
                );
            }
            edits.extend(more.iter().filter(|(by, _)| *by == member).map(|(_, edit)| edit.clone()));
            (panel::member(name, Field::Medicine), edits)
        });
        panel::visit("机构", panel::checklist(profile, asked.collect()), members.collect())
    }

    /// Whether the standard depends on how one clause comes out, by deciding it in every way its votes allow.
    fn is_pivotal(&self, index: usize) -> bool {
        let clause = &self.clauses[index];
        let Some((low, high)) = clause.ends() else { return false };
        let met = |level: u8| {
            let visit = self.visit(&[(0, verdict(index, Some(clause.decision(level))))]);
            Outcome::of(&visit, |_| true).standards[0].met
        };
        (low..=high).any(|level| met(level) != met(low))
    }
}

fn any_condition() -> impl Strategy<Value = Condition> {
    let share = (0_i64..=10).prop_map(|tenths| Amount::from_ten_thousandths(tenths * 1_000).unwrap());
    let grade = prop::sample::select(Grade::ALL.to_vec());
    let area = prop::sample::select(vec![None, Some("one"), Some("two")]);
    prop_oneof![
        4 => (grade.clone(), share.clone(), area)
            .prop_map(|(grade, share, area)| Condition::Share { clauses: None, grade, share, area: area.map(Into::into) }),
        1 => grade.prop_map(|grade| Condition::Core { grade }),
        1 => share.prop_map(|share| Condition::Points { share }),
    ]
}

fn any_panel() -> impl Strategy<Value = Panel> {
    let vote = prop_oneof![8 => 0_u8..4, 1 => Just(4_u8), 1 => Just(5_u8)];
    let one = (any::<bool>(), any::<bool>(), prop::bool::weighted(0.2), prop::array::uniform5(vote));
    let one = (one, prop::option::weighted(0.2, 0_u8..4)).prop_map(
        |((second_area, core, scaled, votes), decided)| Small {
            second_area,
            core: core && !scaled,
            scaled,
            votes,
            decided,
        },
    );
    let clauses = prop::collection::vec(one, 1..6).prop_map(|mut clauses| {
        clauses.sort_by_key(|clause| clause.second_area);
        clauses
    });
    let method = prop::sample::select(MergeMethod::ALL.to_vec());
    (clauses, prop::collection::vec(any_condition(), 1..4), method)
        .prop_map(|(clauses, conditions, method)| Panel { clauses, conditions, method })
}

/// What hangs on a clause, by its votes alone: smaller is more.
fn weight(panel: &Panel, index: usize) -> u8 {
    let clause = &panel.clauses[index];
    let passes = clause.votes.iter().filter(|vote| (1..4).contains(*vote)).count();
    let fails = clause.votes.iter().filter(|vote| **vote == 0).count();
    match clause.ends() {
        Some(_) if clause.core && !clause.scaled && passes > 0 && fails > 0 => 0,
        Some(_) if panel.is_pivotal(index) => 1,
        Some((low, high)) if !clause.scaled && high - low >= 2 => 2,
        Some(_) => 3,
        None => 4,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn pivotal_is_what_trying_every_verdict_finds(panel in any_panel()) {
        let visit = panel.visit(&[]);
        let found = pivotal(&visit, &Outcome::of(&visit, |_| true));
        let expected: Vec<bool> = (0..panel.clauses.len()).map(|index| panel.is_pivotal(index)).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn nothing_stands_below_what_weighs_less(panel in any_panel()) {
        let visit = panel.visit(&[]);
        let agenda = Agenda::of(&visit, &Outcome::of(&visit, |_| true), false);
        let places: Vec<(u8, Effect, usize)> = agenda
            .items
            .iter()
            .map(|item| (weight(&panel, item.index), item.effect, item.index))
            .collect();
        prop_assert!(places.windows(2).all(|pair| pair[0].1 <= pair[1].1), "{places:?}");
        let disagreed = places.iter().filter(|place| place.0 < 4);
        prop_assert!(disagreed.clone().is_sorted_by_key(|place| place.0), "{places:?}");
        prop_assert!(places.windows(2).all(|pair| pair[0].1 < pair[1].1 || pair[0].2 < pair[1].2), "{places:?}");
        let counts = agenda.counts();
        prop_assert_eq!(counts.disagreed + counts.agreed + counts.waiting, panel.clauses.len());
        // What has no verdict is never folded away once all votes are there.
        prop_assert_eq!(counts.waiting, 0);
        prop_assert!(agenda.rest().all(|item| item.settled != Settled::Undecided));
    }

    #[test]
    fn a_decision_moves_its_clause_nowhere(panel in any_panel(), level in 0_u8..4) {
        let visit = panel.visit(&[]);
        let effect = |visit: &Visit| Agenda::of(visit, &Outcome::of(visit, |_| true), false).items;
        let before = effect(&visit);
        for (index, clause) in panel.clauses.iter().enumerate() {
            let decided = effect(&panel.visit(&[(0, verdict(index, Some(clause.decision(level))))]));
            let of = |items: &[AgendaItem]| {
                items.iter().find(|item| item.index == index).map(|item| item.effect)
            };
            prop_assert_eq!(of(&decided), of(&before));
        }
    }

    #[test]
    fn no_further_edit_loses_a_decision_of_the_lead(
        panel in any_panel(),
        later in prop::collection::vec((0_usize..5, 0_usize..6, 0_u8..6, 0_u8..4), 0..12),
    ) {
        let mut edits: Vec<(usize, Edit)> = Vec::new();
        for (member, kind, vote, level) in later {
            let index = usize::from(vote) % panel.clauses.len();
            let clause = &panel.clauses[index];
            let about: ClauseId = id(index).as_str().into();
            edits.extend(match kind {
                0 => clause.choice(vote).map(|choice| panel::vote(about.as_str(), choice, "改")),
                // Only the lead's verdicts count; the lead leaves what is decided alone.
                1 if member > 0 || clause.decided.is_none() => Some(verdict(index, Some(clause.decision(level)))),
                2 if member > 0 => Some(verdict(index, None)),
                3 => Some(Edit::Dissent {
                    clause: about,
                    value: Some(Dissent { cause: Some(Cause::Slip), text: "".parse().unwrap(), minority: false, on: None}),
                }),
                4 => Some(Edit::Recuse { name: NAMES[member].into(), clause: Some(about), reason: Some("回避".parse().unwrap()) }),
                5 => Some(Edit::Finding { clause: about, point: "C1".into(), value: Some(Finding::Tick(level > 1)) }),
                _ => None,
            }.map(|edit| (member, edit)));
        }
        let visit = panel.visit(&edits);
        let outcome = Outcome::of(&visit, |_| true);
        let agenda = Agenda::of(&visit, &outcome, false);
        for item in &agenda.items {
            let Some(level) = panel.clauses[item.index].decided else { continue };
            let decision = panel.clauses[item.index].decision(level);
            prop_assert_eq!(outcome.clauses[item.index].verdict, Some(decision));
            prop_assert_eq!(item.settled, Settled::ByLead);
        }
    }
}

fn disagreeing() -> Panel {
    let clause =
        Small { second_area: false, core: true, scaled: false, votes: [2, 2, 0, 0, 1], decided: None };
    let conditions = vec![Condition::Core { grade: Grade::C }];
    Panel { clauses: vec![clause], conditions, method: MergeMethod::Median }
}

#[test]
fn who_dissented_stays_when_a_vote_changes_later() {
    let visit = disagreeing().visit(&[]);
    let clause = visit.clauses().next().unwrap().clone();
    let shown: Vec<_> = visit.members.iter().collect();
    let now = |decision| -> Vec<(String, Position)> {
        let found = dissenters(&visit, &clause, decision, &shown);
        found.into_iter().map(|it| (it.member.to_string(), it.said)).collect()
    };
    let said = |name: &str, grade| (name.to_owned(), Position::Grade(grade));
    let expected =
        vec![said("甲", Grade::B), said("乙", Grade::B), said("丙", Grade::D), said("丁", Grade::D)];
    assert_eq!(now(Decision::Grade(Grade::C)), expected);
    assert_eq!(now(Decision::NotApplicable).len(), 5);
    let cited = |name: &str, said| Citation { member: name.into(), said };
    let verdict = LeadVerdict {
        decision: Decision::Grade(Grade::C),
        reason: "复看".parse().unwrap(),
        cites: vec![
            cited("甲", Some(Choice::Grade(Grade::C))),
            cited("戊", Some(Choice::Absent(Absence::NotApplicable))),
            cited("丁", None),
            cited("乙", Some(Choice::Points(Amount::ONE))),
        ],
        clear: Vec::new(),
    };
    let found = dissenters_of(&visit, &clause, &verdict, &shown);
    let found: Vec<_> = found.into_iter().map(|it| (it.member.to_string(), it.said)).collect();
    let not_applicable = ("戊".to_owned(), Position::Absent(Absence::NotApplicable));
    let expected = vec![said("乙", Grade::B), said("丙", Grade::D), said("丁", Grade::D), not_applicable];
    assert_eq!(found, expected, "as cited where it can be read, else as voted");
}

#[test]
fn points_are_counted_over_those_who_voted_and_are_not_recused() {
    let asked = vec![disagreeing().clauses[0].clause(0)];
    let profile = panel::profile(MergeMethod::Median, Vec::new(), Vec::new());
    let tick = |yes: bool| Edit::Finding {
        clause: "X-0".into(),
        point: "C1".into(),
        value: Some(Finding::Tick(yes)),
    };
    let recusal = Edit::Recuse {
        name: "丙".into(),
        clause: Some("X-0".into()),
        reason: Some("曾在该机构任职".parse().unwrap()),
    };
    let ballots = [
        vec![recusal, tick(true)],
        vec![tick(false)],
        vec![tick(false)],
        vec![panel::grade("X-0", Grade::C)],
        vec![tick(false), panel::vote("X-0", Choice::Absent(Absence::NotSeen), "没有去")],
    ];
    let members = NAMES.iter().zip(ballots).map(|(name, mut edits)| {
        edits.push(panel::submit());
        (panel::member(name, Field::Medicine), edits)
    });
    let visit = panel::visit("机构", panel::checklist(profile, asked), members.collect());
    let clause = visit.clauses().next().unwrap().clone();
    let shown: Vec<_> = visit.members.iter().collect();
    let points = PointVotes::of_clause(&visit, &clause, &shown);
    assert!(points[0].differs());
    let counts = PointCounts { yes: 1, no: 1, not_applicable: 0, open: 1 };
    assert_eq!(points[0].counts(), counts, "丙 is recused, 丁 graded without looking, 戊 is absent");
    assert!(
        !PointVotes::of_clause(&visit, &clause, &shown[..1])[0].differs(),
        "who is not shown is not counted"
    );
}
