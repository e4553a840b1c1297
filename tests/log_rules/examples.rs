//! The log case by case: what replaced what over several laptops, why something does not count, who reads what of the panel.

use std::collections::BTreeMap;

use hecha::{
    domain::{
        edit::{
            Edit, Offer, Release, SeatShare, Share,
            declaration::Declaration,
            finding::Finding,
            rectify::{Problem, RectifyStep},
            waiver::Finalisation,
        },
        log::{
            Log, Reader, Recorded,
            entry::{By, Entry, Kind},
        },
        terms::{digest::Digest, grade::Grade, id::VisitId, lang::Lang},
    },
    words,
};

use crate::log_rules::{
    CLAUSES, Commits, NAMES, RECORD, RECUSED, SECOND, all_of, by, feed, founding, name, said, verdict, vote,
};

/// What the reader's log says of a clause: kind, on which laptop, what, what it replaced, what became of it.
fn told(log: &Log) -> Vec<String> {
    let line = |entry: &Entry| {
        let device = entry.device.map(|n| n.to_string()).unwrap_or_default();
        let replaced = words::log::replaced(log, entry, Lang::Zh).join("/");
        let (kind, why) = (entry.kind.key(), entry.fate.key().unwrap_or("counts"));
        format!("{kind}{device} {}<{replaced} {why}", said(entry, log))
    };
    log.entries.iter().filter(|it| it.about.clause().is_some()).map(line).collect()
}

#[test]
fn values_replace_each_other_over_several_laptops() {
    let x = CLAUSES[1];
    let vote = |grade| vec![vote(x, grade, "")];
    let note = |text: &str| vec![Edit::Note { clause: x.into(), text: text.parse().unwrap() }];
    let tick = |value| vec![Edit::Finding { clause: x.into(), point: "C1".into(), value }];
    let (one, two) = (1, SECOND);
    type Write = (usize, bool, Vec<Edit>);
    let table: Vec<(&str, Vec<Write>, &[&str])> = vec![
        (
            "one laptop, again and again",
            vec![(one, true, vote(Grade::A)), (one, true, vote(Grade::B)), (one, true, vote(Grade::C))],
            &["vote A< replaced", "vote B<A replaced", "vote C<B counts"],
        ),
        (
            "the other laptop knows of it",
            vec![(one, true, vote(Grade::A)), (two, true, vote(Grade::B))],
            &["vote1 A< replaced", "vote2 B<A counts"],
        ),
        (
            "neither laptop knows of the other",
            vec![(one, true, vote(Grade::A)), (two, false, vote(Grade::B))],
            &["vote1 A< conflict", "vote2 B< conflict"],
        ),
        (
            "both say the same",
            vec![(one, true, vote(Grade::A)), (two, false, vote(Grade::A))],
            &["vote1 A< counts", "vote2 A< counts"],
        ),
        (
            "one of them settles it",
            vec![(one, true, vote(Grade::A)), (two, false, vote(Grade::B)), (one, true, vote(Grade::C))],
            &["vote1 A< replaced", "vote2 B< replaced", "vote1 C<A/B counts"],
        ),
        (
            "taken back, and said again",
            vec![
                (one, true, vote(Grade::A)),
                (two, true, vec![Edit::Vote { clause: x.into(), value: None }]),
                (one, true, vote(Grade::A)),
            ],
            &["vote1 A< replaced", "vote2 收回<A replaced", "vote1 A<收回 counts"],
        ),
        (
            "cells do not touch each other",
            vec![
                (one, true, note("先")),
                (one, true, tick(Some(Finding::Tick(true)))),
                (one, true, vote(Grade::B)),
                (one, true, note("后")),
                (one, true, tick(None)),
            ],
            &[
                "note 先< replaced",
                "finding 是< replaced",
                "vote B< counts",
                "note 后<先 counts",
                "finding 收回<是 counts",
            ],
        ),
        (
            "in one commit the last one stands",
            vec![(one, true, [vote(Grade::A), vote(Grade::B)].concat())],
            &["vote A< replaced", "vote B<A counts"],
        ),
    ];
    for (case, writes, expected) in table {
        let mut commits = Commits::joined();
        // Where the second laptop says nothing, there is none.
        if !writes.iter().any(|(who, ..)| *who == two) {
            commits.0.retain(|commit| commit.feed != feed(two));
        }
        for (who, knows_all, edits) in writes {
            commits.add(who, knows_all, edits);
        }
        assert_eq!(told(&commits.log(Some(1), Some(x))), expected, "{case}");
    }
}

#[test]
fn what_does_not_count_says_why() {
    let x = CLAUSES[1];
    let mut commits = Commits::joined();
    let early = verdict(x, Grade::A, "太早");
    commits.add(0, true, vec![vote(x, Grade::B, "组长")]);
    commits.add(0, true, vec![early]);
    commits.add(1, true, vec![vote(x, Grade::A, "先")]);
    commits.add(1, true, vec![verdict(x, Grade::A, "无权")]);
    for who in [0, 1] {
        let tips = commits.ids();
        commits.add(who, true, vec![Edit::Submit { tips }]);
    }
    commits.add(1, true, vec![vote(x, Grade::D, "封存后")]);
    commits.add(2, true, vec![vote(x, Grade::C, "没有封存")]);
    let reasons = |commits: &Commits, who: usize| -> Vec<(String, &'static str)> {
        let log = commits.log(Some(who), Some(x));
        let of_clause = log.entries.iter().filter(|it| it.about.clause().is_some());
        of_clause.map(|it| (said(it, &log), it.fate.key().unwrap_or("counts"))).collect()
    };
    let pairs = |told: &[(&str, &'static str)]| -> Vec<(String, &'static str)> {
        told.iter().map(|(text, why)| ((*text).to_owned(), *why)).collect()
    };
    assert_eq!(
        reasons(&commits, 1),
        pairs(&[("A（先）", "counts"), ("A（无权）", "no-right"), ("D（封存后）", "after-seal")]),
        "and of the others nothing, not even what the lead says too early"
    );
    assert_eq!(reasons(&commits, 2), pairs(&[("C（没有封存）", "counts")]), "it may still be sealed");
    let tips = commits.ids();
    commits.add(0, true, vec![Edit::Close { tips }]);
    commits.add(0, true, vec![verdict(x, Grade::B, "合议")]);
    commits.add(1, true, vec![verdict(x, Grade::D, "又无权")]);
    let expected = [
        ("B（组长）", "counts"),
        ("A（太早）", "too-early"),
        ("A（先）", "counts"),
        ("A（无权）", "no-right"),
        ("B（合议）", "counts"),
        ("D（又无权）", "no-right"),
    ];
    assert_eq!(reasons(&commits, 0), pairs(&expected), "of what does not count in others' ballots nothing");
    assert!(reasons(&commits, 1).contains(&("D（封存后）".to_owned(), "late")));
    assert!(reasons(&commits, 2).contains(&("C（没有封存）".to_owned(), "left-out")));
    for who in 1..3 {
        commits.add(who, true, vec![Edit::Sign { record: RECORD, on: None }]);
    }
    commits.add(0, true, vec![Edit::Sign { record: RECORD, on: None }]);
    let end = Finalisation {
        tips: commits.ids(),
        opened: [0, 1].map(name).into_iter().collect(),
        waivers: Vec::new(),
        record: RECORD,
        revises: None,
        on: None,
    };
    commits.add(0, true, vec![Edit::Final(end)]);
    commits.add(0, true, vec![verdict(x, Grade::A, "太晚")]);
    assert!(commits.visit().finalised.is_some());
    assert!(reasons(&commits, 1).contains(&("A（太晚）".to_owned(), "after-end")));
    assert_eq!(commits.log(Some(RECUSED), Some(CLAUSES[0])).withheld, [], "after the end everybody may look");
}

#[test]
fn of_the_visit_as_a_whole_it_tells_who_was_let_in_what_was_signed_and_what_the_ledger_refused() {
    let mut commits = Commits::joined();
    commits.add(0, true, vec![Edit::Deputy { name: name(1) }, Edit::Retire { feed: feed(SECOND), n: 1 }]);
    commits.add(SECOND, true, vec![Edit::Declare(Declaration::default())]);
    commits.add(2, true, vec![Edit::Deputy { name: name(2) }, Edit::Sign { record: RECORD, on: None }]);
    for who in 0..3 {
        let tips = commits.ids();
        commits.add(who, true, vec![Edit::Submit { tips }]);
    }
    let tips = commits.ids();
    commits.add(2, true, vec![Edit::Close { tips: tips.clone() }]);
    commits.add(0, true, vec![Edit::Close { tips }]);
    for who in 0..3 {
        commits.add(
            who,
            true,
            vec![Edit::Sign { record: Digest([7; 32]), on: None }, Edit::Sign { record: RECORD, on: None }],
        );
    }
    let open = Problem { clause: Some(CLAUSES[1].into()), point: Some("C1".into()), ..Problem::default() };
    let step = |step: RectifyStep| Edit::Rectify { item: "X-2.C1".into(), step: Box::new(step) };
    commits.add(0, true, vec![step(RectifyStep::Open(open.clone()))]);
    let end = Finalisation {
        tips: commits.ids(),
        opened: (0..3).map(name).collect(),
        waivers: Vec::new(),
        record: RECORD,
        revises: None,
        on: None,
    };
    commits.add(2, true, vec![Edit::Final(end.clone())]);
    commits.add(0, true, vec![Edit::Final(end)]);
    commits.add(2, true, vec![step(RectifyStep::Strike { reason: "不必".parse().unwrap() })]);
    commits.add(0, true, vec![step(RectifyStep::Open(open))]);
    assert!(commits.visit().finalised.is_some());
    let log = commits.log(Some(RECUSED), None);
    let told: Vec<(&str, usize, &str)> = log
        .entries
        .iter()
        .filter(|it| !matches!(it.kind, Kind::Founding | Kind::Join | Kind::Recusal))
        .map(|it| {
            let who = (0..NAMES.len()).find(|who| it.by == by(*who)).unwrap();
            (it.kind.key(), who, it.fate.key().unwrap_or("counts"))
        })
        .collect();
    let expected = [
        ("admission", 0, "counts"),
        ("admission", 0, "counts"),
        ("deputy", 0, "counts"),
        ("retirement", 0, "counts"),
        ("declaration", 1, "retired"),
        ("deputy", 2, "no-right"),
        ("signature", 2, "too-early"),
        ("submit", 0, "counts"),
        ("submit", 1, "counts"),
        ("submit", 2, "counts"),
        ("closing", 2, "no-right"),
        ("closing", 0, "counts"),
        ("signature", 0, "other-record"),
        ("signature", 0, "counts"),
        ("signature", 1, "other-record"),
        ("signature", 1, "counts"),
        ("signature", 2, "other-record"),
        ("signature", 2, "counts"),
        ("rectification", 0, "counts"),
        ("final", 2, "no-right"),
        ("final", 0, "counts"),
        ("rectification", 2, "not-chair"),
        ("rectification", 0, "known"),
    ];
    assert_eq!(told, expected);
    let of_clause = commits.log(Some(0), Some(CLAUSES[1]));
    let steps = of_clause.entries.iter().filter(|it| it.kind == Kind::Rectification);
    assert_eq!(steps.count(), 3, "a step is told of the clause that its item is about");
}

#[test]
fn of_the_shares_of_a_key_the_one_that_opens_the_ballot_bears_on_the_clauses() {
    let mut commits = Commits::joined();
    let seat = |who: usize| SeatShare { name: name(who), commitment: RECORD, boxes: BTreeMap::new() };
    let seats = (0..3).map(seat).collect();
    let offer = commits.add(1, true, vec![Edit::Offer(Offer { commitment: RECORD, need: 2, seats })]);
    let release = |number: u8, is_whole: bool| {
        Edit::Release(Release { offer: offer.clone(), number, share: is_whole.then_some(Share([0; 32])) })
    };
    let given = [(0, 1, true), (2, 2, false), (2, 1, true), (2, 3, true), (0, 3, true)];
    for (who, number, is_whole) in given {
        commits.add(who, true, vec![release(number, is_whole)]);
    }
    let log = commits.log(Some(0), None);
    let kinds = |log: &Log| -> Vec<String> {
        let is_key = |it: &&Entry| matches!(it.kind, Kind::Share | Kind::Opening);
        log.entries.iter().filter(is_key).map(|it| format!("{} {}", it.kind.key(), said(it, log))).collect()
    };
    assert_eq!(
        kinds(&log),
        [
            "share 密钥分给 3 席，2 席可以打开",
            "share 交出第 1 份密钥（乙）",
            "share 交出第 2 份密钥（乙）",
            "share 交出第 1 份密钥（乙）",
            "opening 交出第 3 份密钥（乙）",
            "share 交出第 3 份密钥（乙）",
        ]
    );
    assert_eq!(kinds(&commits.log(Some(0), Some(CLAUSES[1]))), ["opening 交出第 3 份密钥（乙）"]);
}

#[test]
fn whoever_waits_for_the_lead_reads_the_own_records_and_that_they_do_not_count() {
    let mut commits = Commits::joined();
    commits.add(2, true, vec![vote(CLAUSES[1], Grade::A, "别人的")]);
    let waiting = 20;
    let id = commits.add(waiting, true, vec![Edit::Join { name: name(2), expert: None }]);
    commits.add(waiting, true, vec![vote(CLAUSES[1], Grade::D, "自己的")]);
    let (me, own) = (name(2), feed(waiting));
    let recorded =
        Recorded::fold(VisitId::new("v"), founding(), &feed(0), Some((&own, &me)), commits.0.clone());
    let reader = Reader { me: Some(&me), feed: &own, delivered: u64::MAX, record: &RECORD };
    let log = recorded.log(reader, None);
    let own: Vec<_> = log.entries.iter().filter(|it| it.kind == Kind::Vote).collect();
    assert_eq!(own.len(), 1, "a name that is only claimed opens nothing");
    assert_eq!((said(own[0], &log), own[0].fate.key()), ("D（自己的）".to_owned(), Some("not-admitted")));
    let join = log.entries.iter().find(|it| it.commit.as_ref() == Some(&id)).unwrap();
    assert_eq!(join.fate.key(), Some("not-admitted"));
    // To the others it is a laptop that claims a name, and its ballot is nobody's.
    let log = commits.log(Some(0), None);
    assert!(!all_of(&log).contains("自己的"));
    let join = log.entries.iter().find(|it| it.commit.as_ref() == Some(&id)).unwrap();
    assert!(matches!(&join.by, By::Claimant(name) if *name == me));
}
