//! Scoring by keys: what a grade keeps of the one before, and where a sample is small.

use crate::{
    domain::{
        ballot::Position,
        terms::{grade::Grade, lang::Lang},
    },
    tui::{
        fixture::{fresh_visit, opened, press},
        snapshot_tests::drawn,
    },
};

#[test]
fn the_reason_for_one_grade_is_none_for_another() {
    let mut model = opened(fresh_visit(), 1);
    press(&mut model, "4抢救车缺药<Enter><Left><Up>b");
    let vote = &model.desk.as_ref().unwrap().votes[0];
    assert_eq!((vote.position, vote.reason.as_str()), (Position::Grade(Grade::B), ""));
    // The same grade given again keeps its reason, and asks for none.
    let mut model = opened(fresh_visit(), 1);
    press(&mut model, "4抢救车缺药<Enter><Left><Up>4");
    let vote = &model.desk.as_ref().unwrap().votes[0];
    assert_eq!((vote.reason.as_str(), model.dialogs.len()), ("抢救车缺药", 0));
}

#[test]
fn a_sample_is_small_below_its_least_number_and_not_at_it() {
    for (typed, is_small) in [("9/9", true), ("9/10", false)] {
        let mut model = opened(fresh_visit(), 1);
        press(&mut model, &format!("<Home><Down><Down><Down><Enter>{typed}"));
        assert_eq!(drawn(&mut model, Lang::Zh, (80, 24)).contains("样本少于"), is_small, "{typed}");
    }
}
