//! Reasons without typing: what the clause itself names, the last one once more, one's own phrases, and several clauses at once.

use crate::{
    app::laptop::phrases::Phrases,
    domain::{
        ballot::Position,
        edit::{Choice, Edit},
        terms::{absence::Absence, lang::Lang},
    },
    tui::{
        desk::effect::{Effect, Msg},
        drive::{model::Model, update::update},
        fixture::{fresh_visit, opened, press},
        snapshot_tests::{check, drawn},
    },
};

fn fresh() -> Model {
    opened(fresh_visit(), 1)
}

fn vote(model: &Model, clause: usize) -> (Position, String) {
    let vote = &model.desk.as_ref().unwrap().votes[clause];
    (vote.position, vote.reason.clone())
}

fn absent(kind: Absence, reason: &str) -> (Position, String) {
    (Position::Absent(kind), reason.to_owned())
}

fn phrases(found: &[&str]) -> Msg {
    let phrases = found.iter().map(|it| it.parse().unwrap()).collect();
    Msg::Phrases(Ok(Phrases { file: "/home/phrases.txt".into(), phrases }))
}

#[test]
fn a_clauses_own_circumstance_is_picked_as_the_reason() {
    let mut model = fresh();
    let effects = press(&mut model, "04");
    assert!(matches!(&effects[..], [Effect::Record(..)]) && model.dialogs.is_empty());
    assert_eq!(vote(&model, 0), absent(Absence::NotApplicable, "不设抢救室的机构"));
    assert_eq!(model.score.clause, 1);
    // Of a clause that always applies none is offered, nor what was chosen last.
    press(&mut model, "0");
    assert!(!drawn(&mut model, Lang::Zh, (80, 24)).contains("不设抢救室的机构"));
    assert!(press(&mut model, "4").is_empty() && press(&mut model, "9").is_empty());
    assert!(press(&mut model, "2").is_empty() && model.toast.contains("不可记为不适用"), "{}", model.toast);
}

#[test]
fn the_last_reason_is_repeated_by_one_key() {
    let mut model = fresh();
    press(&mut model, "0");
    assert!(press(&mut model, "9").is_empty(), "there is none yet");
    press(&mut model, "3院方未提供台账<Enter>");
    press(&mut model, "0");
    check("absent_again", {
        let mut model = fresh();
        press(&mut model, "03院方未提供台账<Enter>[[0");
        model
    });
    press(&mut model, "9");
    assert_eq!(vote(&model, 1), absent(Absence::NotProvided, "院方未提供台账"));
    press(&mut model, "4<C-r><Enter>");
    assert_eq!(vote(&model, 2).1, "院方未提供台账");
    let mut model = fresh();
    press(&mut model, "4<C-r>");
    assert!(model.toast.contains("还没有写过"), "{}", model.toast);
}

#[test]
fn phrases_go_where_the_caret_is_and_are_never_recorded_by_themselves() {
    let mut model = fresh();
    let effects = press(&mut model, "4值班表：<F3>");
    assert!(matches!(effects.last(), Some(Effect::ReadPhrases)), "{effects:?}");
    update(&mut model, phrases(&["缺签字", "登记不全"]));
    let shown = drawn(&mut model, Lang::Zh, (80, 24));
    assert!(shown.contains("2 登记不全") && shown.contains("/home/phrases.txt"), "{shown}");
    assert!(press(&mut model, "2").is_empty());
    press(&mut model, "<Enter>");
    assert_eq!(vote(&model, 0).1, "值班表：登记不全");
    press(&mut model, "<F2><F3>");
    update(&mut model, phrases(&["缺签字"]));
    let effects = press(&mut model, "<Enter><Esc>");
    assert!(
        matches!(&effects[..], [Effect::Record(_, edits)] if matches!(&edits[..], [Edit::Note { text, .. }] if text.as_str() == "缺签字")),
        "{effects:?}"
    );
    // Without a file the box says where to write it; once the box was left nobody waits.
    press(&mut model, "<F2><F3>");
    update(&mut model, phrases(&[]));
    assert!(drawn(&mut model, Lang::En, (80, 24)).contains("/home/phrases.txt"));
    press(&mut model, "<Enter><Esc>");
    update(&mut model, phrases(&["缺签字"]));
    assert!(model.dialogs.is_empty());
}

#[test]
fn several_clauses_are_recorded_at_once_after_a_look_at_the_list() {
    let mut model = fresh();
    press(&mut model, "1");
    assert!(press(&mut model, "0011下午没有时间<Enter>").is_empty(), "it asks first");
    check("several_sure", {
        let mut model = fresh();
        press(&mut model, "10011下午没有时间<Enter>");
        model
    });
    let effects = press(&mut model, "<Enter>");
    let Some(Effect::Record(_, edits)) = effects.first() else { panic!("{effects:?}") };
    assert_eq!(edits.len(), 2, "what was scored stays");
    assert_eq!(vote(&model, 1), absent(Absence::NotSeen, "下午没有时间"));
    assert_eq!(vote(&model, 2), absent(Absence::NotSeen, "下午没有时间"));
    assert!(model.toast.contains("2 个条款已记"), "{}", model.toast);
    // All that is left, as not applicable: not without a reason, and never a clause that always applies.
    let mut model = fresh();
    press(&mut model, "0032<Enter>");
    assert!(model.toast.contains("理由"), "{}", model.toast);
    let effects = press(&mut model, "本次不查<Enter><Enter>");
    let Some(Effect::Record(_, edits)) = effects.first() else { panic!("{effects:?}") };
    let clauses: Vec<_> = edits.iter().filter_map(Edit::subject).collect();
    assert_eq!(clauses, ["EM-01", "EM-03", "EM-04", "TC-05"]);
    let is_so = |edit: &Edit| matches!(edit, Edit::Vote { value: Some(stand), .. } if stand.choice == Choice::Absent(Absence::NotApplicable));
    assert!(edits.iter().all(is_so));
    // Esc goes back by one and records nothing.
    let mut model = fresh();
    assert!(press(&mut model, "0011天黑<Enter><Esc><Esc><Esc><Esc>").is_empty() && model.dialogs.is_empty());
}
