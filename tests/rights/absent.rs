//! Members who are not there, and members who come from outside the roster: what counts, and that nobody makes a vote vanish by it.

use std::collections::BTreeSet;

use hecha::domain::{
    ballot::seal::BallotState,
    edit::{Choice, Edit, Expert, Stand, commit::CommitContent, waiver::MatterKind},
    ending::{
        next_step::{Known, NextStep, ShutBallot},
        readiness::matters,
    },
    outcome::Outcome,
    permit::{Refusal, permit},
    terms::{
        field::Field,
        grade::Grade,
        id::{CommitId, FeedId, MemberName},
    },
    visit::{Identity, MemberState, Visit},
};
use proptest::prelude::*;

use crate::{
    fixture::{
        log::{CLAUSES, Log},
        panel,
    },
    rights::{NAMES, recuse},
};

const GUEST: &str = "外援";

fn absent(who: usize, reason: Option<&str>) -> Edit {
    Edit::Absent { name: NAMES[who].into(), reason: reason.map(|it| it.parse().unwrap()) }
}

fn join_as_guest() -> Edit {
    let expert = Expert { field: Field::Medicine, title: "主任医师".parse().unwrap() };
    Edit::Join { name: GUEST.into(), expert: Some(expert) }
}

fn admit_guest() -> Edit {
    let expert = Expert { field: Field::Medicine, title: "主任医师".parse().unwrap() };
    Edit::Admit { feed: FeedId::new("guest"), name: GUEST.into(), expert: Some(expert), checked: true }
}

fn voting(visit: &Visit) -> Vec<&str> {
    visit.voting().map(|state| state.member.name.as_str()).collect()
}

/// All ballots, and what they say.
fn ballots(visit: &Visit) -> Vec<String> {
    let said = |state: &MemberState| {
        let votes: Vec<_> = visit.clauses().map(|clause| visit.vote(state, clause).position).collect();
        format!("{} {:?} {votes:?}", state.member.name, state.ballot_state)
    };
    visit.members.iter().map(said).collect()
}

/// What one of the panel does; `knows` = in knowledge of everything before.
#[derive(Debug, Clone, Copy)]
enum Step {
    Vote(usize, bool),
    Seal(usize, bool),
    Unseal(usize, bool),
    /// Said by the lead, or by the deputy: that a member is absent, or no longer.
    Absent {
        by: usize,
        who: usize,
        is_absent: bool,
        knows: bool,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..NAMES.len();
    prop_oneof![
        (who.clone(), any::<bool>()).prop_map(|(who, knows)| Step::Vote(who, knows)),
        (who.clone(), any::<bool>()).prop_map(|(who, knows)| Step::Seal(who, knows)),
        (who.clone(), any::<bool>()).prop_map(|(who, knows)| Step::Unseal(who, knows)),
        (0..2_usize, who, any::<bool>(), any::<bool>())
            .prop_map(|(by, who, is_absent, knows)| { Step::Absent { by, who, is_absent, knows } }),
    ]
}

/// The history, up to a closing by the lead that names what it likes. Without absences the commits are the same, and empty.
fn played(steps: &[Step], named: &[bool], with_absences: bool) -> Log {
    let mut log = Log::joined();
    log.add_last("0", vec![Edit::Deputy { name: NAMES[1].into() }, crate::rights::admit("1", 1, true)]);
    let mut put = |who: usize, knows: bool, edits: Vec<Edit>| {
        let seen = if knows { log.ids() } else { BTreeSet::new() };
        log.put(&who.to_string(), seen, CommitContent::Edits(edits));
    };
    for step in steps {
        match *step {
            Step::Vote(who, knows) => put(who, knows, vec![panel::grade("X-1", Grade::B)]),
            Step::Seal(who, knows) => put(who, knows, vec![panel::submit()]),
            Step::Unseal(who, knows) => put(who, knows, vec![Edit::Unseal]),
            Step::Absent { by, who, is_absent, knows } => {
                let edit = absent(who, is_absent.then_some("生病"));
                put(by, knows, if with_absences { vec![edit] } else { Vec::new() });
            }
        }
    }
    log.add_last("0", vec![panel::submit()]);
    let is_named = |id: &CommitId| {
        let who = id.as_str().split('-').next().and_then(|feed| feed.parse::<usize>().ok());
        who.is_none_or(|who| who == 0 || named.get(who) != Some(&false))
    };
    let tips = log.ids().into_iter().filter(is_named).collect();
    log.add_last("0", vec![Edit::Close { tips }]);
    log
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_is_said_of_absences_every_ballot_stands_as_without_and_who_sealed_votes(
        steps in prop::collection::vec(step(), 0..14),
        named in prop::collection::vec(any::<bool>(), NAMES.len()),
    ) {
        let (with, without) = (played(&steps, &named, true).fold(), played(&steps, &named, false).fold());
        prop_assert_eq!(ballots(&with), ballots(&without));
        let gone: Vec<&str> = voting(&without).into_iter().filter(|name| !voting(&with).contains(name)).collect();
        for name in gone {
            let state = with.member(name).unwrap();
            prop_assert!(!state.seals.stands() && !state.ballot_state.is_sealed(), "{} sealed", name);
        }
        for absentee in with.recorded_absent() {
            prop_assert_eq!(with.is_absent(absentee.name.as_str()), !absentee.has_sealed);
        }
    }
}

/// What may end a visit of four, of whom the lead and one more sign: nothing, for half of those who were named is no majority,
/// whatever the lead records of the others.
#[test]
fn half_of_those_who_were_named_sign_and_no_absence_makes_it_a_majority() {
    let sick = || absent(3, Some("生病"));
    type Turn = fn(&mut Log);
    let table: [(&str, Vec<Edit>, bool, Turn, bool); 7] = [
        ("nobody is absent", vec![], false, |_| {}, false),
        ("recorded before the closing", vec![sick()], false, |_| {}, false),
        ("taken back", vec![sick(), absent(3, None)], false, |_| {}, false),
        ("and sealed all the same", vec![sick()], true, |_| {}, false),
        (
            "recorded after the closing",
            vec![],
            false,
            |log| log.add_last("0", vec![absent(3, Some("生病"))]),
            false,
        ),
        (
            "sealed after the closing",
            vec![sick()],
            false,
            |log| log.add_last("3", vec![panel::submit()]),
            false,
        ),
        (
            "recused after the closing",
            vec![],
            false,
            |log| log.add_last("0", vec![recuse(3, None, Some("亲属"))]),
            false,
        ),
    ];
    for (what, said, seals, then, ends) in table {
        let mut log = Log::joined();
        log.add_last("0", said);
        for who in 0..3 + usize::from(seals) {
            log.add_last(&who.to_string(), vec![panel::grade("X-1", Grade::B), panel::submit()]);
        }
        let tips = log.ids();
        log.add_last("0", vec![Edit::Close { tips }]);
        then(&mut log);
        end_signed_by(&mut log, &["0", "1"]);
        assert_eq!(log.fold().finalised.is_some(), ends, "{what}");
    }
}

fn end_signed_by(log: &mut Log, signers: &[&str]) {
    let record = hecha::domain::terms::digest::Digest([1; 32]);
    log.sign_and_end(("0", signers), NAMES[..3].iter().copied(), (record, None));
}

/// A panel whose deputy may do the lead's work.
fn with_deputy() -> Log {
    let mut log = Log::joined();
    log.add_last("0", vec![Edit::Deputy { name: NAMES[1].into() }, crate::rights::admit("1", 1, true)]);
    log
}

#[test]
fn nobody_records_themselves_as_absent_and_a_deputy_does() {
    let mut log = with_deputy();
    let refused =
        |log: &Log, who: usize, edit: Edit| permit(&log.fold(), Some(&NAMES[who].into()), &edit).err();
    for who in 0..2 {
        assert_eq!(refused(&log, who, absent(who, Some("生病"))), Some(Refusal::OwnAbsence));
    }
    // Who does not ask says nothing by it, and makes no majority smaller.
    log.add_last("0", vec![absent(0, Some("生病"))]);
    assert!(!log.fold().is_absent("甲"));
    assert_eq!(refused(&log, 1, absent(0, Some("生病"))), None);
    log.add_last("1", vec![absent(0, Some("生病"))]);
    assert!(log.fold().is_absent("甲"));
    assert_eq!(refused(&log, 0, absent(0, None)), None, "who comes says so");
    log.add_last("0", vec![absent(0, None)]);
    assert!(!log.fold().is_absent("甲"));
}

#[test]
fn who_is_absent_takes_no_part_in_votes_in_the_clear() {
    let mut log = Log::joined();
    log.add_last("0", vec![absent(3, Some("生病"))]);
    for who in 0..3 {
        log.add_last(&who.to_string(), vec![panel::grade("X-1", Grade::B), panel::submit()]);
    }
    let tips = log.ids();
    log.add_last("0", vec![Edit::Close { tips }]);
    let stand = Stand { choice: Choice::Grade(Grade::A), reason: Default::default() };
    let vote = Edit::ClearVote { clause: "X-1".into(), value: Some(stand) };
    assert_eq!(permit(&log.fold(), Some(&"丁".into()), &vote), Err(Refusal::Absent));
    log.add_last("3", vec![vote]);
    assert_eq!(log.fold().clear_votes("X-1").count(), 0);
}

#[test]
fn the_next_step_names_nobody_who_is_absent() {
    let mut log = with_deputy();
    log.add_last(
        "0",
        (2..NAMES.len()).map(|who| crate::rights::admit(&who.to_string(), who, true)).collect(),
    );
    log.add_last("1", vec![absent(0, Some("生病"))]);
    let named = |log: &Log| {
        let (visit, record) = (log.fold(), hecha::domain::terms::digest::Digest([1; 32]));
        let shut = [ShutBallot {
            of: NAMES[2].into(),
            need: Some(2),
            lacks_records: false,
            n_missing: 1,
            givers: vec![NAMES[0].into(), NAMES[1].into()],
        }];
        [&[][..], &shut].map(|shut| {
            let known =
                Known { own: None, n_pending: 0, has_delivered: true, shut, n_undecided: 1, record: &record };
            format!("{:?}", NextStep::of(&visit, known))
        })
    };
    let mut told = named(&log).to_vec();
    for who in 1..NAMES.len() {
        log.add_last(&who.to_string(), vec![panel::grade("X-1", Grade::B), panel::submit()]);
        told.extend(named(&log));
    }
    let tips = log.ids();
    log.add_last("1", vec![Edit::Close { tips }]);
    told.extend(named(&log));
    assert!(told.iter().all(|step| !step.contains(NAMES[0])), "{told:#?}");
    assert!(
        told.iter().any(|step| step.contains("Close")) && told.iter().any(|step| step.contains("Decide"))
    );
}

#[test]
fn who_is_absent_owes_nothing_and_is_told_apart_from_who_is_recused() {
    let mut log = Log::joined();
    log.add_last("0", vec![absent(3, Some("生病住院")), recuse(2, None, Some("亲属"))]);
    let visit = log.fold();
    assert_eq!(voting(&visit), ["甲", "乙"]);
    for clause in visit.clauses() {
        let due: Vec<&str> = visit.owing(clause).into_iter().map(|name| name.as_str()).collect();
        assert_eq!(due.len(), 2, "{due:?}");
        assert!(visit.recusal("丁", clause.id.as_str()).is_none());
    }
    let outcome = Outcome::of(&visit, |_| false);
    let told = matters(&visit, &outcome, &[], None);
    let of = |kind: MatterKind| told.iter().find(|matter| matter.kind == kind);
    let absence = of(MatterKind::Absent).unwrap();
    assert!(!absence.blocks() && absence.about == ["丁"]);
    assert!(of(MatterKind::Panel).unwrap().blocks());
    assert!(!of(MatterKind::Undeclared).unwrap().about.contains(&"丁".to_owned()));
    // Where lead and deputy do not agree the member is there.
    let mut log = Log::joined();
    log.add_last("0", vec![Edit::Deputy { name: NAMES[1].into() }, crate::rights::admit("1", 1, true)]);
    log.add("0", vec![absent(3, Some("生病"))]);
    log.add("1", vec![absent(3, None)]);
    assert!(!log.fold().is_absent("丁"));
    log.add_last("1", vec![absent(3, Some("没有来"))]);
    assert!(log.fold().is_absent("丁"));
}

#[test]
fn a_guest_admitted_before_the_closing_counts_and_one_admitted_after_it_never_does() {
    let played = |admits_in_time: bool| {
        let mut log = Log::joined();
        log.add_last("guest", vec![join_as_guest()]);
        log.add_last("guest", vec![panel::grade("X-1", Grade::A), panel::submit()]);
        if admits_in_time {
            log.add_last("0", vec![admit_guest()]);
        }
        log.close();
        log
    };
    let in_time = played(true).fold();
    assert_eq!(in_time.member(GUEST).unwrap().ballot_state, BallotState::Counted);
    assert!(voting(&in_time).contains(&GUEST) && in_time.latecomers.is_empty());
    // Admitted when the votes are open, named by a supplementary record, voting in the clear, signing: none of it counts.
    let mut log = played(false);
    log.add_last("0", vec![admit_guest()]);
    let tips = log.ids();
    log.add_last("0", vec![Edit::Close { tips }]);
    let stand = Stand { choice: Choice::Grade(Grade::A), reason: Default::default() };
    log.add_last("guest", vec![Edit::ClearVote { clause: "X-1".into(), value: Some(stand) }]);
    let visit = log.fold();
    assert_eq!(visit.member(GUEST).unwrap().ballot_state, BallotState::LeftOut);
    assert!(!voting(&visit).contains(&GUEST) && visit.latecomers.contains(GUEST));
    assert_eq!((visit.clear_votes("X-1").count(), visit.late_seals().count()), (0, 0));
    assert_eq!(permit(&visit, Some(&GUEST.into()), &panel::submit()), Err(Refusal::TooLate));
    end_signed_by(&mut log, &["0", "1", "guest"]);
    assert!(log.fold().finalised.is_none(), "two of four");
}

#[test]
fn on_the_own_laptop_who_waits_beside_the_roster_works_and_is_nobodys_member() {
    let mut log = Log::joined();
    log.add("guest", vec![join_as_guest()]);
    let own = Some(("guest", GUEST));
    let may = |log: &Log, edit: &Edit| permit(&log.fold_as(own), Some(&GUEST.into()), edit);
    let grade = panel::grade("X-1", Grade::A);
    let sign = Edit::Sign { record: hecha::domain::terms::digest::Digest([7; 32]), on: None };
    assert_eq!((may(&log, &grade), may(&log, &panel::submit())), (Ok(()), Ok(())));
    assert_eq!(may(&log, &sign), Err(Refusal::Waiting));
    log.add_last("guest", vec![grade.clone(), panel::submit()]);
    let (mine, theirs) = (log.fold_as(own), log.fold());
    let state = mine.member(GUEST).unwrap();
    assert_eq!((state.identity, state.ballot_state), (Identity::Waiting, BallotState::Sealed));
    assert!(theirs.member(GUEST).is_none() && theirs.newcomers().eq([&MemberName::new(GUEST)]));
    assert_eq!((voting(&mine), &mine.record), (voting(&theirs), &theirs.record));
    assert_eq!(may(&log, &grade), Err(Refusal::Sealed));
    assert_eq!(mine.owing(mine.clauses().next().unwrap()).len(), NAMES.len() + 1);
    log.close();
    for edit in [grade, panel::submit(), sign] {
        assert_eq!(may(&log, &edit), Err(Refusal::TooLate), "{edit:?}");
    }
    assert_eq!(log.fold_as(own).record, log.fold().record);
    assert_eq!(CLAUSES.len(), mine.clauses().count());
}
