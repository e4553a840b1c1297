//! Fewer keys: what one of them records, what it leaves to the expert, and what it says.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    domain::{
        ballot::Position,
        checklist::Checklist,
        edit::finding::{Finding, Fraction, ItemState},
        terms::{grade::Grade, lang::Lang},
    },
    tui::{
        desk::effect::{Effect, Msg},
        drive::{model::Model, update::update},
        fixture::{fresh_visit, fresh_visit_of, opened, press, scored_visit, sealed_visit},
        frame::screen_name::ScreenName,
        score::panes::Pane,
        snapshot_tests::drawn,
    },
};

fn fresh() -> Model {
    opened(fresh_visit(), 1)
}

fn finding(model: &Model, clause: usize, point: usize) -> Option<Finding> {
    let desk = model.desk.as_ref().unwrap();
    let clause = &desk.clauses[clause];
    desk.finding(clause, &clause.points[point]).cloned()
}

fn position(model: &Model, clause: usize) -> Position {
    model.desk.as_ref().unwrap().votes[clause].position
}

fn ratio(numerator: u64, denominator: u64) -> Option<Finding> {
    Some(Finding::Ratio(Fraction::new(numerator, denominator).unwrap()))
}

#[test]
fn all_met_records_what_is_open_and_plain_and_no_number() {
    let mut model = fresh();
    // The first tick is recorded already and stays as it is; the list asks what works, which nobody looked at.
    press(&mut model, "-<Home>");
    let effects = press(&mut model, ".");
    let Some(Effect::Record(_, edits)) = effects.first() else { panic!("{effects:?}") };
    assert_eq!((effects.len(), edits.len()), (1, 1));
    let expected = [Some(Finding::Tick(false)), None, Some(Finding::Tick(true)), None, None];
    for (at, expected) in expected.into_iter().enumerate() {
        assert_eq!(finding(&model, 0, at), expected, "{at}");
    }
    assert_eq!(model.score.point, 1, "the first that is still open");
    assert!(press(&mut model, ".").is_empty() && model.toast.contains("自己填"), "{}", model.toast);
    let mut model = fresh();
    press(&mut model, "]<C-e>");
    assert_eq!(position(&model, 1), Position::Grade(Grade::A));
    assert!(model.toast.contains("EM-02：3 个要点已记"), "{}", model.toast);
    assert_eq!(model.score.clause, 1, "the grade is seen before one goes on");
}

#[test]
fn full_marks_are_all_of_the_sample_where_more_is_better() {
    let mut model = fresh();
    press(&mut model, "<Home><Down><Down><Down>=");
    assert_eq!(finding(&model, 0, 3), ratio(10, 10));
    assert!(model.toast.contains("EM-01 B2 -> 10/10"), "{}", model.toast);
    // A number says itself how it stands: the key opens its calculator, empty.
    press(&mut model, "=");
    assert_eq!((model.top_dialog().as_str(), finding(&model, 0, 4)), ("NumberDialog", None));
}

#[test]
fn a_digit_on_a_ratio_or_number_is_a_number_and_no_grade() {
    let mut model = fresh();
    press(&mut model, "<Home><Down><Down><Down>1");
    assert_eq!((position(&model, 0), model.top_dialog().as_str()), (Position::Unscored, "RatioDialog"));
    press(&mut model, "0/10<Enter>");
    assert_eq!(finding(&model, 0, 3), ratio(10, 10));
    press(&mut model, "7.5<Enter>");
    assert_eq!(finding(&model, 0, 4), Some(Finding::Number("7.5".parse().unwrap())));
    // The letters and the other pane still grade, and 0 to 9 are all numbers here.
    for digit in '0'..='9' {
        let mut model = fresh();
        press(&mut model, &format!("<Home><Down><Down><Down>{digit}"));
        assert_eq!(model.top_dialog(), "RatioDialog", "{digit}");
    }
    let mut model = fresh();
    press(&mut model, "<Home><Down><Down><Down>a");
    assert_eq!(position(&model, 0), Position::Grade(Grade::A));
    let mut model = fresh();
    press(&mut model, "<Home><Down><Down><Down><Tab>2");
    assert_eq!(position(&model, 0), Position::Grade(Grade::B));
    // A clause that awards points takes every digit.
    let mut model = fresh();
    press(&mut model, "[9<Enter>");
    assert_eq!(position(&model, 4), Position::Points("9".parse().unwrap()));
}

#[test]
fn the_size_that_the_checklist_asks_for_is_gone_over_before_it_counts() {
    let mut model = fresh();
    press(&mut model, "<Home><Down><Down><Down>9<Enter>");
    assert_eq!((finding(&model, 0, 3), model.dialogs.len()), (None, 1));
    let shown = drawn(&mut model, Lang::Zh, (80, 24));
    assert!(shown.contains("(抽 10)") && shown.contains("9/10 90.0%"), "{shown}");
    press(&mut model, "<Enter>");
    assert_eq!(finding(&model, 0, 3), ratio(9, 10));
    // What was typed counts, and a paste of both halves too.
    let mut model = fresh();
    press(&mut model, "<Home><Down><Down><Down>5/6<Enter>");
    assert_eq!(finding(&model, 0, 3), ratio(5, 6));
    let mut model = fresh();
    press(&mut model, "<Home><Down><Down><Down><Enter>");
    update(&mut model, Msg::Paste("8／9".to_owned()));
    press(&mut model, "<Enter>");
    assert_eq!(finding(&model, 0, 3), ratio(8, 9));
    let mut model = fresh();
    press(&mut model, "<Home><Down><Down><Down><Enter><Enter><Enter>");
    assert_eq!((finding(&model, 0, 3), model.dialogs.len()), (None, 1), "nothing typed is nothing found");
    assert!(!model.toast.is_empty());
}

#[test]
fn space_on_the_last_point_goes_on_and_never_turns_an_answer_over() {
    let mut model = fresh();
    press(&mut model, "]<Space><Space><Space>");
    assert_eq!((model.score.clause, model.score.point), (1, 2), "the grade is seen");
    press(&mut model, "<Space>");
    assert_eq!((model.score.clause, finding(&model, 1, 2)), (2, Some(Finding::Tick(true))));
    // What was skipped is asked for first.
    let mut model = fresh();
    press(&mut model, "]<Down><Space><Space><Space>");
    assert_eq!((model.score.clause, model.score.point), (1, 0));
    assert!(model.toast.contains("C1 还没有记"), "{}", model.toast);
    press(&mut model, "<Space><End><Space>");
    assert_eq!(model.score.clause, 2);
    // A finding is changed by its keys.
    press(&mut model, "<Up>-");
    assert_eq!(finding(&model, 1, 2), Some(Finding::Tick(false)));
}

#[test]
fn up_and_down_cross_to_the_clauses_beside() {
    let mut model = fresh();
    press(&mut model, "<Home><Up>");
    assert_eq!((model.score.clause, model.score.point), (0, 0));
    assert!(model.toast.contains("第一个条款"));
    press(&mut model, "<End><Down>");
    assert_eq!((model.score.clause, model.score.point), (1, 0));
    press(&mut model, "<Up>");
    assert_eq!((model.score.clause, model.score.point), (0, 4));
    press(&mut model, "<Left><End><Right><Down>");
    assert_eq!(model.score.clause, 4);
    assert!(model.toast.contains("最后一个条款"));
}

#[test]
fn what_is_alike_is_copied_by_a_key_and_stored_once_looked_at() {
    let mut model = fresh();
    press(&mut model, "<Home><Down>,");
    assert!(model.dialogs.is_empty() && model.toast.contains("没有同样的记录"), "{}", model.toast);
    // The fixture has each list once: a point of another clause is to ask for it too.
    let checklist = (*fresh_visit().founding.checklist).clone();
    let mut areas = checklist.areas;
    let mut second = (*areas[0].clauses[1]).clone();
    second.points[0].measure = areas[0].clauses[0].points[1].measure.clone();
    areas[0].clauses[1] = Arc::new(second);
    let mut model = opened(fresh_visit_of(Checklist::new(checklist.profile, areas, checklist.lists)), 1);
    press(&mut model, "<Home><Down><Enter>142<Enter>]");
    assert_eq!((model.score.clause, model.score.point), (1, 0));
    let states = finding(&model, 0, 1);
    assert!(matches!(&states, Some(Finding::Inventory(states)) if states.len() == 3));
    press(&mut model, ",");
    assert!(model.toast.contains("抄自 EM-01 C2"), "{}", model.toast);
    assert_eq!((model.top_dialog().as_str(), finding(&model, 1, 0)), ("InventoryDialog", None));
    press(&mut model, "<Esc>");
    assert_eq!(finding(&model, 1, 0), None, "leaving stores nothing that nobody looked at");
    press(&mut model, ",<Enter>");
    assert_eq!(finding(&model, 1, 0), states);
    let Some(Finding::Inventory(states)) = states else { panic!() };
    let expected: BTreeMap<_, _> = ["defibrillator", "suction", "ecg"]
        .map(Into::into)
        .into_iter()
        .zip([ItemState::Ok, ItemState::Missing, ItemState::Faulty])
        .collect();
    assert_eq!(states, expected);
}

#[test]
fn what_changed_is_told_with_the_key_that_takes_it_back() {
    let mut model = fresh();
    press(&mut model, "1");
    assert_eq!(model.toast, "EM-01 -> A，Ctrl-z 撤销");
    for size in [(80, 24), (60, 16)] {
        assert!(drawn(&mut model, Lang::Zh, size).contains("EM-01 -> A，Ctrl-z 撤销"), "{size:?}");
    }
    model.lang = Lang::En;
    press(&mut model, "<Space>");
    assert_eq!(model.toast, "EM-02 C1 -> yes, Ctrl-z undoes");
    press(&mut model, "<F2>值班表齐全<Esc>");
    assert!(model.toast.starts_with("EM-02 note -> 值班表齐全"), "{}", model.toast);
}

#[test]
fn a_key_that_does_nothing_says_so() {
    let mut model = fresh();
    for key in ["z", "6", "<F9>", "\\", "审"] {
        press(&mut model, key);
        assert!(!model.toast.is_empty(), "{key}");
    }
    for keys in
        ["<Home><Del>", "<Tab><Del>", "<F12>8", "<Home><Down><Enter>9", "<F2><F9>", "<F2><C-t>", "/<F1>"]
    {
        let mut model = fresh();
        assert!(press(&mut model, keys).is_empty());
        assert!(!model.toast.is_empty(), "{keys}");
    }
}

#[test]
fn a_digit_one_escape_too_far_asks_before_it_grades() {
    for visit in [sealed_visit(), scored_visit(), fresh_visit()] {
        for screen in ["<F6>", "<F7>", "<F8>", "<F10>"] {
            let mut model = opened(visit.clone(), 0);
            press(&mut model, &format!("{screen}<Esc>"));
            assert_eq!(model.screen, ScreenName::Score);
            assert!(model.toast.contains("现在在评分"), "{screen}: {}", model.toast);
            let before = position(&model, model.score.clause);
            assert!(press(&mut model, "1").is_empty(), "{screen}");
            assert_eq!(position(&model, model.score.clause), before, "{screen}");
            assert!(model.toast.contains("再按一次评 A"), "{}", model.toast);
        }
    }
    let mut model = opened(fresh_visit(), 0);
    press(&mut model, "<F6><Esc>11");
    assert_eq!(position(&model, 0), Position::Grade(Grade::A), "asked once");
    // A box in which digits are states or numbers is such a place too.
    let mut model = fresh();
    press(&mut model, "<Home><Down><Enter>111<Enter>1");
    assert_eq!((position(&model, 0), model.dialogs.len()), (Position::Unscored, 0));
    press(&mut model, "<F12>1");
    let at = model.score.clause;
    assert!(press(&mut model, "<Tab>").is_empty() && model.score.pane == Pane::Clauses);
    press(&mut model, "2");
    assert_eq!(position(&model, at), Position::Grade(Grade::B), "another key has shown where one is");
    // Whoever goes there on purpose is asked nothing.
    let mut model = opened(fresh_visit(), 0);
    press(&mut model, "<F6><F5>1");
    assert_eq!(position(&model, 0), Position::Grade(Grade::A));
}

#[test]
fn a_second_key_in_one_blink_is_told_beside_what_the_first_one_did() {
    let mut model = fresh();
    press(&mut model, "1");
    for _ in 0..65 {
        assert!(update(&mut model, Msg::Hasty).is_empty());
    }
    assert!(model.toast.starts_with("EM-01 -> A") && model.toast.contains("一个一个按"), "{}", model.toast);
    assert_eq!((position(&model, 0), position(&model, 1)), (Position::Grade(Grade::A), Position::Unscored));
}
