//! Whose device is whose, and who leads: what lead and deputies say of devices, and claims that nobody looked at.

use hecha::domain::{
    ballot::Position,
    edit::{Edit, slot::Slot, waiver::MatterKind},
    terms::{grade::Grade, id::FeedId},
};

use crate::{
    fixture::{log::Log, panel},
    rights::{NAMES, about, admit, join, open_matters, position, votes},
};

#[test]
fn a_deputy_whose_laptop_nobody_has_compared_does_not_lead() {
    for checked in [false, true] {
        let mut log = Log::joined();
        log.add("0", vec![admit("1", 1, checked), Edit::Deputy { name: NAMES[1].into() }]);
        log.add("1", votes(Grade::B));
        log.add("1", vec![panel::submit()]);
        let tips = log.ids();
        log.add_last("1", vec![Edit::Close { tips }]);
        let visit = log.fold();
        assert_eq!((visit.closed, visit.leads(&NAMES[1].into())), (checked, checked));
    }
}

#[test]
fn of_two_retirements_the_stricter_one_holds_and_the_last_commit_that_counts_counts() {
    for order in [[2, 0], [0, 2], [2, 2]] {
        let mut log = Log::joined();
        log.add("1", vec![panel::grade("X-1", Grade::A)]);
        log.add("1", vec![panel::grade("X-1", Grade::C)]);
        for n in order {
            log.add("0", vec![Edit::Retire { feed: FeedId::new("1"), n }]);
        }
        let visit = log.fold();
        let least = order.into_iter().min().unwrap();
        assert_eq!(visit.retired.get("1"), Some(&least));
        let kept = if least == 0 { Position::Unscored } else { Position::Grade(Grade::A) };
        assert_eq!(position(&visit, 1, "X-1"), kept);
    }
}

#[test]
fn who_has_joined_and_was_compared_with_nobody_is_named_until_then() {
    let mut log = Log::joined();
    assert_eq!(about(&open_matters(&log.fold(), 0), MatterKind::Identity), ["乙", "丙", "丁"]);
    log.add("0", vec![admit("1", 1, true)]);
    assert_eq!(about(&open_matters(&log.fold(), 0), MatterKind::Identity), ["丙", "丁"]);
}

#[test]
fn receipts_only_grow() {
    let mut log = Log::joined();
    for n in [3, 1] {
        log.add("0", vec![Edit::Receipt { heads: [(FeedId::new("1"), n)].into() }]);
    }
    assert_eq!(log.fold().receipts().get("1"), Some(&3));
}

#[test]
fn passphrases_are_the_lead_s_and_no_deputy_s() {
    let slot =
        |n: u8| Edit::Slot(Slot { counter: u64::from(n), key: "key".to_owned(), text: "text".to_owned() });
    let mut log = Log::joined();
    log.add("0", vec![admit("1", 1, true), Edit::Deputy { name: NAMES[1].into() }]);
    log.add("1", vec![slot(1)]);
    assert_eq!(log.fold().slots().len(), 0);
    log.add("0", vec![slot(2)]);
    assert_eq!(log.fold().slots().len(), 1);
}

#[test]
fn a_deputy_makes_nobody_else_s_second_laptop_lead() {
    let mut log = Log::joined();
    for who in [1, 2] {
        log.add("0", vec![admit(&who.to_string(), who, true), Edit::Deputy { name: NAMES[who].into() }]);
    }
    log.add("of-2", vec![join(2)]);
    log.add("of-3", vec![join(3)]);
    log.add("1", vec![admit("of-2", 2, true), admit("of-3", 3, true)]);
    let visit = log.fold();
    let sits = |name: &str, feed: &str| visit.member(name).unwrap().feeds.contains(&FeedId::new(feed));
    assert!(!sits("丙", "of-2") && !visit.is_of_chair(&FeedId::new("of-2")), "only the lead says that");
    assert!(sits("丁", "of-3"));
}

#[test]
fn of_two_claims_of_a_name_the_one_the_lead_heard_of_first_holds_and_of_both_at_once_none() {
    let seated = |heads: &[&[&str]]| {
        let mut log = Log::joined();
        log.add("another", vec![join(1)]);
        for heads in heads {
            let heads = heads.iter().map(|feed| (FeedId::new(*feed), 1)).collect();
            log.add("0", vec![Edit::Receipt { heads }]);
        }
        let visit = log.fold();
        let state = visit.member("乙").unwrap();
        let pending = visit.pending.len();
        (state.feeds.iter().map(ToString::to_string).collect::<Vec<_>>(), pending)
    };
    assert_eq!(seated(&[&["another"], &["1"]]), (vec!["another".to_owned()], 1));
    assert_eq!(seated(&[&["1"], &["another"]]), (vec!["1".to_owned()], 1));
    assert_eq!(seated(&[&["1", "another"]]), (Vec::new(), 2));
    assert_eq!(seated(&[]), (Vec::new(), 2));
}

#[test]
fn a_retired_laptop_is_given_no_share_however_it_came_to_its_seat() {
    let trustees = |retired: &[&str]| {
        let mut log = Log::joined();
        log.add("1", vec![Edit::Device { feed: FeedId::new("second") }]);
        log.add("second", vec![join(1)]);
        log.add("0", vec![admit("1", 1, true)]);
        for feed in retired {
            log.add("0", vec![Edit::Retire { feed: FeedId::new(*feed), n: 9 }]);
        }
        let visit = log.fold();
        visit.member("乙").unwrap().trustees.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(trustees(&[]), ["1", "second"]);
    assert_eq!(trustees(&["second"]), ["1"]);
}
