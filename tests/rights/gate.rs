//! What the gate lets whom record, where the phase of the visit alone does not say it.

use std::collections::BTreeSet;

use hecha::domain::{
    edit::{Edit, commit::CommitContent, rectify::RectifyStep, slot::Slot},
    permit::{Refusal, permit},
    terms::{digest::Digest, grade::Grade, id::FeedId},
    visit::Visit,
};

use crate::{
    fixture::{log::Log, panel},
    rights::{NAMES, admit, join, recuse, verdict, votes},
};

/// Why the gate refuses somebody this, if it does.
fn refused(visit: &Visit, who: usize, edit: &Edit) -> Option<Refusal> {
    permit(visit, Some(&NAMES[who].into()), edit).err()
}

#[test]
fn a_laptop_that_waits_scores_and_seals_and_neither_votes_in_the_clear_nor_signs() {
    let mut log = Log::joined();
    log.add("stranger", vec![join(1)]);
    log.add("0", vec![admit("1", 1, true)]);
    let own = Some(("stranger", "乙"));
    let visit = log.fold_as(own);
    assert_eq!(refused(&visit, 1, &panel::grade("X-1", Grade::B)), None);
    assert_eq!(refused(&visit, 1, &panel::submit()), None);
    log.close();
    let visit = log.fold_as(own);
    for edit in [
        Edit::Sign { record: Digest([7; 32]), on: None },
        Edit::Dissent { clause: "X-1".into(), value: None },
        Edit::ClearVote { clause: "X-1".into(), value: None },
    ] {
        assert_eq!(refused(&visit, 1, &edit), Some(Refusal::Waiting), "{edit:?}");
    }
}

#[test]
fn the_gate_lets_a_recused_lead_close_and_decide_what_the_recusal_leaves() {
    let mut log = Log::joined();
    log.add("0", vec![recuse(0, None, Some("亲属"))]);
    let close = Edit::Close { tips: log.ids() };
    assert_eq!(refused(&log.fold(), 0, &close), None);
    let mut log = Log::joined();
    log.add("0", vec![recuse(0, Some("X-2"), Some("亲属"))]);
    assert_eq!(refused(&log.fold(), 0, &close), Some(Refusal::NotSealed));
    log.close();
    let visit = log.fold();
    assert_eq!(refused(&visit, 0, &verdict("X-1")), None);
    assert_eq!(refused(&visit, 0, &verdict("X-2")), Some(Refusal::Recused));
    // What stood when scoring was closed is not lifted.
    assert_eq!(refused(&visit, 0, &recuse(0, Some("X-2"), None)), Some(Refusal::Closed));
    assert_eq!(refused(&visit, 0, &recuse(0, Some("X-1"), None)), None);
    assert_eq!(refused(&visit, 0, &recuse(0, Some("X-1"), Some("亲属"))), None, "it is told");
}

#[test]
fn what_only_the_lead_may_is_no_deputy_s_and_nothing_is_on_the_ledger_before_the_end() {
    let mut log = Log::joined();
    for who in [1, 2] {
        log.add("0", vec![admit(&who.to_string(), who, true), Edit::Deputy { name: NAMES[who].into() }]);
    }
    let visit = log.fold();
    let slot = Edit::Slot(Slot { counter: 1, key: "key".to_owned(), text: "text".to_owned() });
    for (edit, deputy) in [
        (slot, Some(Refusal::NotTheLeadsOwn)),
        (Edit::Deputy { name: NAMES[3].into() }, Some(Refusal::NotTheLeadsOwn)),
        (admit("new", 0, true), Some(Refusal::NotTheLeadsOwn)),
        (admit("new", 2, true), Some(Refusal::NotTheLeadsOwn)),
        (admit("new", 3, true), None),
        (Edit::Retire { feed: FeedId::new("2"), n: 0 }, Some(Refusal::NotTheLeadsOwn)),
        (Edit::Retire { feed: FeedId::new("3"), n: 0 }, None),
    ] {
        assert_eq!(refused(&visit, 1, &edit), deputy, "{edit:?}");
        assert_eq!(refused(&visit, 0, &edit), None, "{edit:?}");
        assert_eq!(refused(&visit, 3, &edit), Some(Refusal::NotTheLead), "{edit:?}");
    }
    log.close();
    let step = Box::new(RectifyStep::Reopen { reason: "又坏了".parse().unwrap() });
    let edit = Edit::Rectify { item: "X-1".into(), step };
    assert_eq!(refused(&log.fold(), 0, &edit), Some(Refusal::NotFinal));
}

#[test]
fn when_the_votes_are_open_nothing_that_the_lead_received_is_cut_off() {
    let mut log = Log::joined();
    log.add("1", votes(Grade::B));
    log.add("0", vec![Edit::Receipt { heads: [(FeedId::new("1"), 2)].into() }]);
    let cut = |n: u64| Edit::Retire { feed: FeedId::new("1"), n };
    assert_eq!(refused(&log.fold(), 0, &cut(0)), None, "before, it is the lead's to say");
    log.close();
    let visit = log.fold();
    assert_eq!([0, 1, 2, 3].map(|n| refused(&visit, 0, &cut(n)).is_some()), [true, true, false, false]);
}

#[test]
fn a_vote_in_the_clear_waits_until_every_counted_ballot_is_open() {
    let vote = Edit::ClearVote { clause: "X-1".into(), value: None };
    for (is_shut, said) in [(true, Some(Refusal::NotOpened)), (false, None)] {
        let mut log = Log::joined();
        if is_shut {
            log.put("1", BTreeSet::new(), CommitContent::Sealed);
        }
        log.close();
        for who in [0, 2] {
            assert_eq!(refused(&log.fold(), who, &vote), said);
        }
    }
}
