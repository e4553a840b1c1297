//! The plan binds: who is not asked counts nowhere, the first seal freezes it, and then only what somebody leaves behind is handed on.

use std::sync::Arc;

use hecha::domain::{
    ballot::Position,
    edit::{Choice, Edit, plan::Plan},
    outcome::Outcome,
    permit::{Refusal, permit},
    terms::{
        grade::Grade,
        id::{FeedId, MemberName},
    },
    visit::Visit,
};
use proptest::prelude::*;

use crate::{
    fixture::{log::Log, panel},
    rights::{NAMES, recuse},
};

/// Who votes on what, by place in the roster.
fn plan(voters: &[(&str, &[usize])]) -> Edit {
    let mut plan = Plan::new("7".parse().unwrap(), None);
    for (clause, members) in voters {
        members.iter().for_each(|at| plan.give(&(*clause).into(), &NAMES[*at].into()));
    }
    Edit::Plan(Some(Arc::new(plan)))
}

fn absent(who: usize) -> Edit {
    Edit::Absent { name: NAMES[who].into(), reason: Some("生病".parse().unwrap()) }
}

/// What the lead has received of a member.
fn received(feed: &str, n: u64) -> Edit {
    Edit::Receipt { heads: [(FeedId::new(feed), n)].into() }
}

fn owing(visit: &Visit, clause: &str) -> Vec<String> {
    let clause = visit.founding.checklist.clause(clause).unwrap();
    let mut names: Vec<String> = visit.owing(clause).into_iter().map(ToString::to_string).collect();
    names.sort_by_key(|name| NAMES.iter().position(|it| it == name));
    names
}

fn of(places: &[usize]) -> Vec<String> {
    places.iter().map(|at| NAMES[*at].to_owned()).collect()
}

/// How many commits a feed has.
fn n(log: &Log, feed: &str) -> u64 {
    log.commits.iter().filter(|commit| commit.feed.as_str() == feed).count() as u64
}

#[test]
fn what_is_off_the_plan_is_a_note_and_one_planned_vote_is_a_verdict() {
    let mut log = Log::joined();
    log.add_last("0", vec![plan(&[("X-1", &[0, 1, 2]), ("X-2", &[1]), ("X-3", &[0])])]);
    for who in 0..4 {
        let grade = if who == 1 { Grade::B } else { Grade::D };
        log.add_last(&who.to_string(), vec![panel::grade("X-1", grade), panel::grade("X-2", grade)]);
        log.add_last(&who.to_string(), vec![panel::submit()]);
    }
    log.close();
    let visit = log.fold();
    let clause = |id: &str| visit.founding.checklist.clause(id).unwrap();
    let position = |who: usize, id: &str| visit.vote(visit.member(NAMES[who]).unwrap(), clause(id)).position;
    assert_eq!(position(1, "X-2"), Position::Grade(Grade::B));
    assert_eq!(position(0, "X-2"), Position::Aside(Choice::Grade(Grade::D)));
    assert_eq!(position(3, "X-1"), Position::Aside(Choice::Grade(Grade::D)));
    assert_eq!((visit.quorum(&"X-1".into()), visit.quorum(&"X-2".into())), (3, 1));
    let outcome = Outcome::of(&visit, |_| true);
    let result = |id: &str| outcome.clauses.iter().find(|it| it.id.as_str() == id).unwrap();
    assert_eq!(result("X-2").merged.verdict, Some(Grade::B), "the others' D counts nowhere");
    assert_eq!((result("X-2").n_valid(), result("X-1").n_valid()), (1, 3));
    assert!(result("X-2").is_judged_alone() && !result("X-1").is_judged_alone());
    assert_eq!(outcome.judged_alone().count(), 1);
}

#[test]
fn a_clause_with_fewer_votes_than_planned_has_no_verdict() {
    let mut log = Log::joined();
    log.add_last("0", vec![plan(&[("X-1", &[0, 1, 2])])]);
    for who in [0, 1, 3] {
        log.add_last(&who.to_string(), vec![panel::grade("X-1", Grade::A), panel::submit()]);
    }
    log.close();
    let visit = log.fold();
    let outcome = Outcome::of(&visit, |_| true);
    assert_eq!((outcome.clauses[0].n_valid(), outcome.clauses[0].quorum()), (2, false));
    assert_eq!(outcome.clauses[0].verdict, None, "the vote of 丁 is off the plan and fills no gap");
}

#[test]
fn the_first_seal_that_the_lead_knows_freezes_the_plan() {
    let mut log = Log::joined();
    log.add_last("0", vec![plan(&[("X-1", &[0, 1, 2])])]);
    log.add_last("1", vec![panel::grade("X-1", Grade::D), panel::submit()]);
    let without = plan(&[("X-1", &[0, 2, 3])]);
    let sealed = n(&log, "1");
    let mut knowing = log.clone();
    knowing.add_last("0", vec![received("1", sealed)]);
    assert_eq!(permit(&knowing.fold(), Some(&NAMES[0].into()), &without), Err(Refusal::PlanFrozen));
    assert_eq!(permit(&knowing.fold(), Some(&NAMES[0].into()), &Edit::Plan(None)), Err(Refusal::PlanFrozen));
    // A program that does not ask.
    knowing.add_last("0", vec![without.clone()]);
    assert_eq!(owing(&knowing.fold(), "X-1"), of(&[0, 1, 2]), "nobody is taken off who is there");
    knowing.add_last("0", vec![Edit::Plan(None)]);
    assert_eq!(owing(&knowing.fold(), "X-1"), of(&[0, 1, 2]));
    // Before the seal reached the lead it is a plan like any other.
    log.add("0", vec![without]);
    assert_eq!(owing(&log.fold(), "X-1"), of(&[0, 2, 3]));
}

#[test]
fn after_a_seal_what_somebody_leaves_behind_is_handed_on_to_who_has_not_sealed() {
    let mut log = Log::joined();
    log.add_last("0", vec![plan(&[("X-1", &[0, 1, 2]), ("X-2", &[2])])]);
    log.add_last("1", vec![panel::grade("X-1", Grade::D), panel::grade("X-2", Grade::A), panel::submit()]);
    let sealed = n(&log, "1");
    log.add_last("0", vec![received("1", sealed), absent(2)]);
    assert_eq!(owing(&log.fold(), "X-1"), of(&[0, 1]));
    let may = |log: &Log, edit: &Edit| permit(&log.fold(), Some(&NAMES[0].into()), edit);
    let to_sealed = plan(&[("X-1", &[0, 1]), ("X-2", &[1])]);
    assert_eq!(may(&log, &to_sealed), Err(Refusal::PlanFrozen), "the ballot of 乙 is written already");
    let handed = plan(&[("X-1", &[0, 1, 3]), ("X-2", &[3])]);
    assert_eq!(may(&log, &handed), Ok(()));
    let mut both = log.clone();
    both.add_last("0", vec![handed]);
    assert_eq!((owing(&both.fold(), "X-1"), owing(&both.fold(), "X-2")), (of(&[0, 1, 3]), of(&[3])));
    log.add_last("0", vec![to_sealed]);
    assert_eq!(owing(&log.fold(), "X-2"), Vec::<String>::new());
}

#[test]
fn a_plan_after_the_closing_or_by_a_member_is_none() {
    let mut log = Log::joined();
    log.add_last("1", vec![plan(&[("X-1", &[1])])]);
    assert_eq!(owing(&log.fold(), "X-1"), of(&[0, 1, 2, 3]));
    assert_eq!(permit(&log.fold(), Some(&NAMES[1].into()), &Edit::Plan(None)), Err(Refusal::NotTheLead));
    log.add_last("0", vec![panel::submit()]);
    log.close();
    log.add_last("0", vec![plan(&[("X-1", &[1])])]);
    let visit = log.fold();
    assert_eq!(owing(&visit, "X-1"), of(&[0, 1, 2, 3]));
    assert_eq!(permit(&visit, Some(&NAMES[0].into()), &Edit::Plan(None)), Err(Refusal::Closed));
}

#[test]
fn two_plans_that_do_not_know_of_each_other_are_a_conflict_and_nobody_is_left_out() {
    let mut log = Log::joined();
    log.add_last("0", vec![Edit::Deputy { name: NAMES[1].into() }, crate::rights::admit("1", 1, true)]);
    log.add("0", vec![plan(&[("X-1", &[0, 1, 2])])]);
    log.add("1", vec![plan(&[("X-1", &[1, 2, 3])])]);
    let visit = log.fold();
    assert_eq!((visit.plan(), owing(&visit, "X-1")), (None, of(&[0, 1, 2, 3])));
    assert!(visit.conflicts().iter().any(|(_, subject)| subject.to_string() == "plan"));
}

/// What the lead does with the plan: plans, seals that come in, absences, recusals.
#[derive(Debug, Clone)]
enum Step {
    Plan(Vec<(usize, u8)>),
    Seal(usize),
    Receive(usize),
    Absent(usize),
    Recuse(usize, usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        prop::collection::vec((0..3_usize, 0..16_u8), 0..4).prop_map(Step::Plan),
        (0..4_usize).prop_map(Step::Seal),
        (0..4_usize).prop_map(Step::Receive),
        (1..4_usize).prop_map(Step::Absent),
        (0..4_usize, 0..3_usize).prop_map(|(who, clause)| Step::Recuse(who, clause)),
    ]
}

fn played(steps: &[Step]) -> Log {
    let mut log = Log::joined();
    for step in steps {
        match step {
            Step::Plan(voters) => {
                let mut plan = Plan::new("7".parse().unwrap(), None);
                for (clause, members) in voters {
                    for who in (0..4).filter(|who| members & (1 << who) != 0) {
                        plan.give(&format!("X-{}", clause + 1).as_str().into(), &NAMES[who].into());
                    }
                }
                log.add_last("0", vec![Edit::Plan(Some(Arc::new(plan)))]);
            }
            Step::Seal(who) => log.add_last(&who.to_string(), vec![panel::submit()]),
            Step::Receive(who) => {
                let last = n(&log, &who.to_string());
                log.add_last("0", vec![received(&who.to_string(), last)]);
            }
            Step::Absent(who) => log.add_last("0", vec![absent(*who)]),
            Step::Recuse(who, clause) => {
                let clause = format!("X-{}", clause + 1);
                log.add_last("0", vec![recuse(*who, Some(&clause), Some("亲属"))]);
            }
        }
    }
    log
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nobody_who_sealed_is_taken_off_or_put_on_by_a_lead_who_knew(
        before in prop::collection::vec(step(), 0..8),
        after in prop::collection::vec(step(), 0..8),
        who in 1..4_usize,
    ) {
        let mut log = played(&before);
        let planned = |visit: &Visit| -> Vec<bool> {
            ["X-1", "X-2", "X-3"].map(|id| visit.is_planned(&MemberName::new(NAMES[who]), &id.into())).to_vec()
        };
        log.add_last(&who.to_string(), vec![panel::submit()]);
        let last = n(&log, &who.to_string());
        log.add_last("0", vec![received(&who.to_string(), last)]);
        let was = planned(&log.fold());
        let n_first = played(&[]).commits.len();
        let mut later = log.clone();
        for step in &after {
            let only = played(std::slice::from_ref(step));
            for commit in only.commits.into_iter().skip(n_first) {
                let edits = commit.edits().to_vec();
                later.add_last(commit.feed.as_str(), edits);
            }
        }
        let visit = later.fold();
        if visit.members.iter().find(|it| it.member.name.as_str() == NAMES[who]).unwrap().seals.stands() {
            prop_assert_eq!(planned(&visit), was);
        }
        let mut shuffled = later.clone();
        shuffled.commits.reverse();
        let again = shuffled.fold();
        prop_assert_eq!(again.plan(), visit.plan());
    }
}
