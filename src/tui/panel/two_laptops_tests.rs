//! Two laptops of one person, on screen: the second one waits, a retired one is silent, and what they recorded differently.

use crate::{
    domain::{ballot::Position, terms::grade::Grade},
    tui::{
        desk::effect::Effect,
        drive::model::Model,
        fixture::{
            after, grade,
            laptops::{SECOND, fold, note, second, troubled, waiting},
            opened, press,
        },
        frame::screen_name::ScreenName,
        snapshot_tests::{check, shows},
    },
};

fn position(model: &Model, clause: usize) -> Position {
    model.desk.as_ref().unwrap().votes[clause].position
}

#[test]
fn a_second_laptop_scores_and_submits_before_it_is_admitted() {
    let mut model = second(fold(Some((SECOND, 1)), waiting()));
    press(&mut model, "1<F12>");
    assert_eq!(position(&model, 0), Position::Grade(Grade::A));
    assert_eq!(model.open_dialogs(), ["SubmitDialog"]);
}

#[test]
fn a_retired_laptop_records_nothing() {
    let mut model = opened(troubled(), 4);
    assert!(press(&mut model, "1<Space>").is_empty() && model.dialogs.is_empty());
    assert!(model.toast.contains("停用"));
}

#[test]
fn a_new_grade_settles_a_clause_as_a_whole_and_keeps_both_notes() {
    let mut model = opened(troubled(), 1);
    assert_eq!([0, 1, 2].map(|at| position(&model, at)), [Position::Conflict; 3]);
    press(&mut model, "<C-k>1");
    assert_eq!((model.score.clause, position(&model, 1)), (2, Position::Grade(Grade::A)));
    let effects = press(&mut model, "<C-k><C-k>2");
    let Some(Effect::Record(_, edits)) = effects.first() else { panic!("{effects:?}") };
    assert_eq!(edits[..], [grade("EM-03", Grade::B), note("上午看过\n下午再看")]);
    assert_eq!(position(&model, 2), Position::Grade(Grade::B));
    let effects = press(&mut model, "<F8><C-k>");
    assert!(effects.is_empty() && (model.screen, model.score.clause) == (ScreenName::Score, 0));
    press(&mut model, "<F12>3");
    assert_eq!((model.dialogs.len(), model.score.clause), (0, 0));
    // The first digit after a box in which digits are no grades only asks.
    press(&mut model, "22<C-k>");
    assert!(!model.toast.is_empty() && model.desk.as_ref().unwrap().conflicts().next().is_none());
}

#[test]
fn recording_the_point_again_settles_the_point() {
    let mut model = opened(troubled(), 1);
    press(&mut model, "<C-k><Home>-");
    assert_eq!(position(&model, 1), Position::Grade(Grade::D));
}

#[test]
fn what_was_recorded_differently_on_the_score_screen_and_when_submitting() {
    check("conflict_point", after(opened(troubled(), 1), "<C-k><Home>"));
    let grade = after(opened(troubled(), 1), "<C-k><C-k><C-k>");
    shows(
        grade,
        "| ! 档次 本机 B             另一台 C\n",
        "| ! Grade here B                              other C\n",
    );
    let note = after(opened(troubled(), 1), "<C-k><C-k>");
    shows(
        note,
        "| ! 备注 本机 上午看过      另一台 下午再看\n",
        "| ! Note here 上午看过                        other 下午再看\n",
    );
    check("submit_conflicts", after(opened(troubled(), 1), "<F12>"));
}

#[test]
fn the_banner_of_a_laptop_that_waits_and_of_one_that_is_retired() {
    shows(
        second(fold(Some((SECOND, 1)), waiting())),
        " ! 等待组长核准，评分先保存、不计入 (Ctrl-d 看加入码)\n",
        " ! Waiting for the lead: your votes are kept and not counted (Ctrl-d join code)\n",
    );
    shows(
        opened(troubled(), 4),
        " ! 组长已停用本机，之后的评分不计入\n",
        " ! The lead has retired this laptop: what you record does not count\n",
    );
}
