//! What the desk keeps and what it must not keep: nothing that an edit, a new snapshot or another language has overtaken.

use crate::{
    domain::{
        edit::{Edit, waiver::MatterKind},
        terms::{grade::Grade, lang::Lang, written::Line},
    },
    tui::{
        ending::finalize::FinalizeDialog,
        fixture::{MEMBERS, final_visit, fresh_visit, grade, opened, scored_visit_after, snapshot},
        score::{
            filter::Filter,
            route::{Order, next_owed},
        },
        snapshot_tests::drawn,
    },
    words::irrevocable,
};

#[test]
fn a_tally_does_not_outlast_an_edit_nor_a_ledger_its_language() {
    let mut model = opened(final_visit(), 0);
    let desk = model.desk.as_mut().unwrap();
    desk.ensure_ledger(None, Lang::Zh);
    desk.ensure_ledger(None, Lang::En);
    assert_eq!(desk.ledger.as_ref().unwrap().lang, Lang::En);
    let mut model = opened(fresh_visit(), 0);
    let desk = model.desk.as_mut().unwrap();
    desk.ensure_tally();
    desk.apply(&grade("EM-02", Grade::B));
    assert!(desk.tally.is_none(), "it counts without the new vote");
    desk.ensure_tally();
    let graded = desk.tally.as_ref().unwrap().outcome.clauses.iter().filter(|it| it.n_valid() == 1).count();
    assert_eq!(graded, 1);
}

#[test]
fn what_the_worker_has_stored_is_not_waited_for_again() {
    let mut model = opened(fresh_visit(), 0);
    let desk = model.desk.as_mut().unwrap();
    desk.record(1, &[grade("EM-02", Grade::B)]);
    desk.record(2, &[grade("EM-04", Grade::C)]);
    let mut stored = snapshot(fresh_visit(), 0);
    stored.ticket = 1;
    desk.refresh(*stored);
    let voted = |desk: &crate::tui::desk::Desk, id: &str| desk.votes[desk.index_of(id).unwrap()].grade();
    assert_eq!((voted(desk, "EM-02"), voted(desk, "EM-04")), (None, Some(Grade::C)));
    assert!(!desk.is_saved());
    let mut stored = snapshot(fresh_visit(), 0);
    stored.ticket = 2;
    desk.refresh(*stored);
    assert!(desk.is_saved());
}

#[test]
fn the_last_reason_for_letting_something_pass_holds_and_none_takes_it_back() {
    let mut model = opened(fresh_visit(), 0);
    let desk = model.desk.as_mut().unwrap();
    for reason in ["先", "后"] {
        desk.waive(MatterKind::Quorum, reason.parse().unwrap());
    }
    desk.waive(MatterKind::Parity, "另".parse().unwrap());
    assert_eq!((desk.waiver(MatterKind::Quorum), desk.waivers.len()), (Some("后"), 2));
    desk.waive(MatterKind::Quorum, Line::default());
    assert_eq!((desk.waiver(MatterKind::Quorum), desk.waiver(MatterKind::Parity)), (None, Some("另")));
}

#[test]
fn who_does_not_vote_is_not_told_to_have_signed_nothing() {
    let recusal =
        Edit::Recuse { name: MEMBERS[4].into(), clause: None, reason: Some("亲属".parse().unwrap()) };
    let mut model = opened(scored_visit_after(vec![recusal]), 0);
    model.dialogs.push(Box::new(FinalizeDialog::default()));
    let screen = drawn(&mut model, Lang::Zh, (80, 24));
    let told = screen.lines().find(|line| line.contains(irrevocable::not_signed(Lang::Zh)));
    let told = told.unwrap_or_else(|| panic!("nobody has signed:\n{screen}"));
    assert!(MEMBERS[..4].iter().all(|name| told.contains(name)) && !told.contains(MEMBERS[4]), "{told}");
}

#[test]
fn going_round_never_comes_back_to_the_clause_one_stands_on() {
    let model = opened(fresh_visit(), 1);
    let desk = model.desk.as_ref().unwrap();
    let next = |forward| next_owed(desk, Order::Area, Filter::All, 0, forward);
    assert_eq!((next(true), next(false)), (Some(1), Some(desk.votes.len() - 1)));
}
