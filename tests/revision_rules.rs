//! What may change a final visit and what may not, over random commits after the end.

use std::collections::BTreeSet;

use hecha::{
    domain::{
        edit::{
            Choice, Edit, Stand,
            commit::CommitContent,
            objection::Objection,
            verdict::{Decision, LeadVerdict},
            waiver::Finalisation,
        },
        outcome::Outcome,
        terms::{
            digest::Digest,
            grade::Grade,
            id::{CommitId, FeedId, MemberName},
            lang::Lang,
        },
        visit::{Visit, end::UpTo},
    },
    words::revision,
};
use proptest::prelude::*;

use crate::fixture::{
    log::{CLAUSES, Log},
    panel, standard,
};

const NAMES: [&str; 5] = ["甲", "乙", "丙", "丁", "戊"];

impl Log {
    /// Everybody found a C everywhere and has sealed it, and scoring is closed.
    fn closed() -> Self {
        Self::closed_after(Vec::new())
    }

    /// The same after the lead has recorded something.
    fn closed_after(first: Vec<Edit>) -> Self {
        let mut log = Self::of(&NAMES, vec![standard::all_at(Grade::C)]);
        log.add_last("1", vec![Edit::Join { name: "乙".into(), expert: None }]);
        log.add_last("0", first);
        for (who, name) in NAMES.iter().enumerate() {
            let join = Edit::Join { name: MemberName::new(*name), expert: None };
            let votes = CLAUSES.iter().map(|clause| panel::grade(clause, Grade::C));
            log.add_last(&who.to_string(), (who > 1).then_some(join).into_iter().chain(votes).collect());
            log.add_last(&who.to_string(), vec![panel::submit()]);
        }
        let tips = log.ids();
        log.add_last("0", vec![Edit::Close { tips }]);
        log
    }

    /// The same, made final.
    fn ended() -> Self {
        let mut log = Self::closed();
        log.end_by(0, 0..3, digest(1), None);
        log
    }

    /// These sign a record, and somebody makes it final.
    fn end_by(
        &mut self,
        by: usize,
        signers: std::ops::Range<usize>,
        record: Digest,
        revises: Option<Digest>,
    ) {
        let signers: Vec<String> = signers.map(|who| who.to_string()).collect();
        let signers: Vec<&str> = signers.iter().map(String::as_str).collect();
        self.sign_and_end((&by.to_string(), &signers), NAMES, (record, revises));
    }
}

fn digest(n: u8) -> Digest {
    Digest([n; 32])
}

fn object(clause: Option<&str>) -> Edit {
    let line = "台账另存";
    let value = Objection {
        by: "院长".parse().unwrap(),
        text: line.parse().unwrap(),
        answer: "".parse().unwrap(),
        on: None,
    };
    Edit::Objection { clause: clause.map(Into::into), value: Some(value) }
}

fn clear(clause: &str, grade: Grade) -> Edit {
    let stand = Stand { choice: Choice::Grade(grade), reason: "复看".parse().unwrap() };
    Edit::ClearVote { clause: clause.into(), value: Some(stand) }
}

fn decide(clause: &str, grade: Grade) -> Edit {
    let (decision, reason) = (Decision::Grade(grade), "合议".parse().unwrap());
    Edit::Verdict {
        clause: clause.into(),
        value: Some(LeadVerdict { decision, reason, cites: Vec::new(), clear: Vec::new() }),
    }
}

/// What a report says of a visit.
fn said(visit: &Visit) -> (Vec<(String, Option<Decision>)>, Vec<CommitId>) {
    let outcome = Outcome::of(visit, |_| true);
    let clauses = outcome.clauses.iter().map(|it| (it.id.to_string(), it.verdict)).collect();
    (clauses, visit.record.clone())
}

/// A revised visit: X-1 was objected to, and three of five say B.
fn revised() -> Log {
    let mut log = Log::ended();
    log.add_last("0", vec![object(Some("X-1"))]);
    for who in 0..3 {
        log.add_last(&who.to_string(), vec![clear("X-1", Grade::B)]);
    }
    log.add_last("0", vec![decide("X-1", Grade::B)]);
    log.end_by(0, 0..3, digest(2), Some(digest(1)));
    log
}

/// Anything that somebody may write after the end.
fn anything() -> impl Strategy<Value = (usize, Edit)> {
    let clause = || prop::sample::select(CLAUSES.to_vec());
    let grade = || prop::sample::select(Grade::ALL.to_vec());
    let name = || prop::sample::select(NAMES.to_vec()).prop_map(MemberName::new);
    let feed = || (0..7_usize).prop_map(|n| FeedId::new(n.to_string()));
    let end = (prop::option::of(1..4_u8), 1..4_u8).prop_map(|(revises, record)| {
        Edit::Final(Finalisation {
            tips: BTreeSet::new(),
            opened: BTreeSet::new(),
            waivers: Vec::new(),
            record: digest(record),
            revises: revises.map(digest),
            on: None,
        })
    });
    let edit = prop_oneof![
        (clause(), grade()).prop_map(|(clause, grade)| clear(clause, grade)),
        (clause(), grade()).prop_map(|(clause, grade)| decide(clause, grade)),
        (clause(), grade()).prop_map(|(clause, grade)| panel::grade(clause, grade)),
        prop::option::of(clause()).prop_map(object),
        (name(), prop::option::of(clause())).prop_map(|(name, clause)| Edit::Recuse {
            name,
            clause: clause.map(Into::into),
            reason: Some("关系".parse().unwrap())
        }),
        (feed(), name()).prop_map(|(feed, name)| Edit::Admit { feed, name, expert: None, checked: true }),
        (feed(), 0..4_u64).prop_map(|(feed, n)| Edit::Retire { feed, n }),
        feed().prop_map(|feed| Edit::Device { feed }),
        name().prop_map(|name| Edit::Deputy { name }),
        name().prop_map(|name| Edit::Join { name, expert: None }),
        (1..4_u8).prop_map(|n| Edit::Sign { record: digest(n), on: None }),
        end,
    ];
    (0..7_usize, edit)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Without a majority nobody changes what is final: only two of five write, and two strangers.
    #[test]
    fn no_minority_changes_what_is_final(
        written in prop::collection::vec(anything(), 0..25), is_revised: bool, order: u64
    ) {
        let mut log = if is_revised { revised() } else { Log::ended() };
        let before = log.fold_up_to(UpTo::InForce);
        for (who, edit) in written {
            // The lead, one member, and two feeds that sit nowhere.
            let who = [0, 1, 5, 6][who % 4];
            let edit = match edit {
                Edit::Final(end) => Edit::Final(Finalisation { tips: log.ids(), ..end }),
                // The first record was signed by a majority, and stays what it is.
                edit => edit,
            };
            log.add_last(&who.to_string(), vec![edit]);
        }
        let after = log.fold_up_to(UpTo::InForce);
        prop_assert_eq!(said(&after), said(&before));
        prop_assert_eq!(&after.revision.replaced, &before.revision.replaced);
        // In whatever order they came.
        let mut shuffled = log.clone();
        let n = shuffled.commits.len();
        for at in 0..n {
            shuffled.commits.swap(at, (order as usize).wrapping_mul(31).wrapping_add(at * 7) % n);
        }
        prop_assert_eq!(shuffled.fold_up_to(UpTo::InForce), after);
        prop_assert_eq!(shuffled.fold_up_to(UpTo::Draft), log.fold_up_to(UpTo::Draft));
    }

    /// Whoever writes what: a draft differs from what is final only where the facility objected, and only by what a quorum says.
    #[test]
    fn a_revision_touches_nothing_but_what_was_objected_to(written in prop::collection::vec(anything(), 0..25)) {
        let mut log = Log::ended();
        let before = said(&log.fold_up_to(UpTo::InForce)).0;
        for (who, edit) in written {
            log.add_last(&who.to_string(), vec![edit]);
        }
        let draft = log.fold_up_to(UpTo::Draft);
        for ((clause, old), (_, new)) in before.iter().zip(said(&draft).0) {
            prop_assert!(*old == new || draft.revision.reopened.contains(clause.as_str()), "{}", clause);
            let n = draft.clear_votes(clause).count();
            prop_assert!(*old == new || n >= 3, "{} by {} votes", clause, n);
        }
    }
}

#[test]
fn a_majority_replaces_the_record_and_the_first_stays() {
    let log = revised();
    let (first, last) = (log.fold_up_to(UpTo::Number(0)), log.fold_up_to(UpTo::InForce));
    let verdict = |visit: &Visit| said(visit).0[0].1;
    assert_eq!(
        (verdict(&first), verdict(&last)),
        (Some(Decision::Grade(Grade::C)), Some(Decision::Grade(Grade::B)))
    );
    assert_eq!((&last.revision.replaced, last.revision.revised.len()), (&vec![digest(1)], 1));
    assert_eq!(said(&first), said(&Log::ended().fold_up_to(UpTo::InForce)));
    // A second one begins where the first left off, and one that names the first again is none.
    let mut again = log.clone();
    again.add_last("0", vec![object(Some("X-2"))]);
    for who in 0..3 {
        again.add_last(&who.to_string(), vec![clear("X-2", Grade::A)]);
    }
    again.add_last("0", vec![decide("X-2", Grade::A)]);
    let mut stale = again.clone();
    stale.end_by(0, 0..3, digest(3), Some(digest(1)));
    assert_eq!(said(&stale.fold_up_to(UpTo::InForce)), said(&last));
    again.end_by(0, 0..3, digest(3), Some(digest(2)));
    let grades: Vec<_> =
        said(&again.fold_up_to(UpTo::InForce)).0.into_iter().map(|(_, verdict)| verdict).collect();
    assert_eq!(grades, [Grade::B, Grade::A, Grade::C].map(|it| Some(Decision::Grade(it))));
}

#[test]
fn who_is_recused_after_the_closing_makes_no_majority_smaller() {
    let recuse = |name: &str| Edit::Recuse {
        name: MemberName::new(name),
        clause: None,
        reason: Some("临时".parse().unwrap()),
    };
    let mut log = Log::closed();
    log.add_last("0", NAMES[1..].iter().map(|name| recuse(name)).collect());
    log.end_by(0, 0..1, digest(1), None);
    assert!(log.fold_up_to(UpTo::InForce).finalised.is_none(), "one of five");
    let mut log = Log::ended();
    log.add_last(
        "0",
        [vec![object(Some("X-1"))], NAMES[1..].iter().map(|name| recuse(name)).collect()].concat(),
    );
    log.end_by(0, 0..1, digest(2), Some(digest(1)));
    assert!(log.fold_up_to(UpTo::InForce).revision.replaced.is_empty());
}

/// A lead with a second laptop, who chooses what a record rests on: the closing and the ballots of the others are left out, the
/// others are called absent, and nobody else signs.
#[test]
fn a_record_that_leaves_out_the_panel_ends_nothing() {
    let mut log = Log::closed();
    log.add_last(
        "0",
        vec![Edit::Admit {
            feed: FeedId::new("9"),
            name: MemberName::new("甲"),
            expert: None,
            checked: true,
        }],
    );
    let own: BTreeSet<CommitId> =
        log.commits.iter().filter(|it| it.feed.as_str() == "0").map(|it| it.id.clone()).collect();
    let sealed = own.iter().find(|id| id.as_str() == "0-2").cloned().into_iter().collect::<BTreeSet<_>>();
    let absent = |name: &&str| Edit::Absent {
        name: MemberName::new(*name),
        reason: Some("没有来".parse().unwrap()),
    };
    let join = Edit::Join { name: MemberName::new("甲"), expert: None };
    log.add_last("9", [vec![join], NAMES[1..].iter().map(absent).collect()].concat());
    log.add_last("9", vec![Edit::Close { tips: sealed.clone() }]);
    log.add_last("9", vec![Edit::Sign { record: digest(7), on: None }]);
    let opened = BTreeSet::from([MemberName::new("甲")]);
    let end = Finalisation {
        tips: sealed,
        opened,
        waivers: Vec::new(),
        record: digest(7),
        revises: None,
        on: None,
    };
    log.add_last("9", vec![Edit::Final(end)]);
    assert!(log.fold_up_to(UpTo::InForce).finalised.is_none());
}

#[test]
fn a_device_that_was_retired_before_the_end_names_no_successor_after_it() {
    let mut log = Log::closed();
    log.add_last("0", vec![Edit::Retire { feed: FeedId::new("1"), n: 2 }]);
    log.end_by(0, 0..4, digest(1), None);
    log.add_last("0", vec![object(Some("X-1"))]);
    log.add_last("1", vec![Edit::Device { feed: FeedId::new("9") }]);
    log.add_last("9", vec![Edit::Join { name: MemberName::new("乙"), expert: None }]);
    for feed in ["0", "2", "9"] {
        log.add_last(feed, vec![clear("X-1", Grade::A)]);
    }
    log.add_last("0", vec![decide("X-1", Grade::A)]);
    let draft = log.fold_up_to(UpTo::Draft);
    assert!(draft.finalised.is_some() && draft.revision.is_draft);
    assert_eq!(draft.clear_votes("X-1").count(), 2, "the stolen laptop's successor is nobody's");
    assert_eq!(said(&draft).0[0].1, Some(Decision::Grade(Grade::C)));
}

#[test]
fn a_verdict_that_does_not_fit_moves_nothing_and_what_was_answered_stays_as_it_was_signed() {
    let mut log = Log::ended();
    log.add_last("0", vec![object(Some("X-1"))]);
    for who in 0..3 {
        log.add_last(&who.to_string(), vec![clear("X-1", Grade::B)]);
    }
    let points = LeadVerdict {
        decision: Decision::Points("5".parse().unwrap()),
        reason: "不合".parse().unwrap(),
        cites: Vec::new(),
        clear: Vec::new(),
    };
    log.add_last("0", vec![Edit::Verdict { clause: "X-1".into(), value: Some(points) }]);
    assert_eq!(said(&log.fold_up_to(UpTo::Draft)).0[0].1, Some(Decision::Grade(Grade::C)));
    let mut log = revised();
    log.add_last("0", vec![Edit::Objection { clause: Some("X-1".into()), value: None }]);
    let visit = log.fold_up_to(UpTo::InForce);
    let texts: Vec<String> = visit.objections().map(|(_, it)| it.text.to_string()).collect();
    assert_eq!(texts, ["台账另存"]);
    let first = log.fold_up_to(UpTo::Number(0));
    assert_eq!((first.revision.superseded_by, visit.revision.superseded_by), (Some(digest(2)), None));
}

/// Three of five vote on X-1 in the clear, and the lead decides by it.
fn decided(log: &mut Log, grade: Grade) {
    for who in 0..3 {
        log.add_last(&who.to_string(), vec![clear("X-1", grade)]);
    }
    log.add_last("0", vec![decide("X-1", grade)]);
}

fn withdraw(clause: &str) -> Edit {
    Edit::Objection { clause: Some(clause.into()), value: None }
}

#[test]
fn what_was_voted_under_an_objection_that_was_withdrawn_or_answered_counts_no_more() {
    let voted = |log: &Log| log.fold_up_to(UpTo::Draft).n_voted_anew(&"X-1".into());
    let mut log = Log::ended();
    log.add_last("0", vec![object(Some("X-1"))]);
    decided(&mut log, Grade::B);
    assert_eq!(voted(&log), 3);
    // The panel's answer is written to the same objection.
    log.add_last("0", vec![object(Some("X-1"))]);
    assert_eq!(voted(&log), 3);
    log.add_last("0", vec![withdraw("X-1")]);
    log.add_last("0", vec![object(Some("X-1"))]);
    let draft = log.fold_up_to(UpTo::Draft);
    assert_eq!(
        (draft.n_voted_anew(&"X-1".into()), said(&draft).0[0].1),
        (0, Some(Decision::Grade(Grade::C)))
    );
    decided(&mut log, Grade::A);
    let draft = log.fold_up_to(UpTo::Draft);
    assert_eq!(
        (draft.n_voted_anew(&"X-1".into()), said(&draft).0[0].1),
        (3, Some(Decision::Grade(Grade::A)))
    );
    // Held back until the objection was answered by a revision, and until another one was raised.
    let mut log = revised();
    let knew = log.commits.iter().take_while(|it| it.id.as_str() != "0-5").map(|it| it.id.clone()).collect();
    log.put("4", knew, CommitContent::Edits(vec![clear("X-1", Grade::D)]));
    log.add_last("0", vec![object(Some("X-1"))]);
    assert_eq!(voted(&log), 0);
    log.add_last("4", vec![clear("X-1", Grade::D)]);
    assert_eq!(voted(&log), 1);
}

#[test]
fn every_revision_of_a_long_chain_counts_and_what_is_not_looked_at_is_told() {
    let mut log = Log::ended();
    for n in 2..=24 {
        log.add_last("0", vec![object(Some("X-1"))]);
        decided(&mut log, if n % 2 == 0 { Grade::B } else { Grade::A });
        log.end_by(0, 0..3, digest(n), Some(digest(n - 1)));
    }
    let visit = log.fold();
    assert_eq!((visit.revision.replaced.len(), visit.n_unread_ends), (23, 0));
    assert_eq!(said(&visit).0[0].1, Some(Decision::Grade(Grade::B)));
    assert!(revision::rivals(&visit, Lang::Zh).is_empty());
    // Nobody makes so many that would replace the same one.
    for n in 100..130 {
        log.end_by(0, 0..1, digest(n), Some(digest(24)));
    }
    let visit = log.fold();
    assert_eq!((visit.revision.replaced.len(), visit.n_unread_ends), (23, 10));
    assert!(revision::rivals(&visit, Lang::Zh)[0].contains("10 份没有查看"));
}

#[test]
fn final_records_that_do_not_know_each_other_are_told_with_their_authors() {
    let deputy = Edit::Admit { feed: FeedId::new("1"), name: "乙".into(), expert: None, checked: true };
    let mut log = Log::closed_after(vec![Edit::Deputy { name: "乙".into() }, deputy]);
    log.end_by(0, 0..3, digest(1), None);
    assert!(log.fold().rival_ends.is_empty());
    let end = log.commits.last().unwrap().clone();
    let CommitContent::Edits(edits) = &end.content else { panic!() };
    log.put("1", BTreeSet::new(), CommitContent::Edits(edits.clone()));
    let visit = log.fold();
    assert!(visit.finalised.is_some());
    assert_eq!(visit.rival_ends.iter().map(MemberName::as_str).collect::<Vec<_>>(), ["乙", "甲"]);
    for (lang, words) in [(Lang::Zh, "互不知晓的定稿记录"), (Lang::En, "do not know each other")] {
        assert!(revision::remarks(&visit, lang).iter().any(|it| it.contains(words)));
    }
}
