//! Taking back: what is not in sight or older than this sitting is asked about, and the list of one's own changes.

use crate::{
    app::{deed::Deed, session::own_log::Change},
    domain::{
        edit::{Edit, finding::Finding},
        terms::{grade::Grade, lang::Lang},
    },
    tui::{
        desk::effect::{Effect, Looking, Msg, Step},
        drive::{model::Model, update::update},
        fixture::{fresh_visit, grade, opened, press},
        snapshot_tests::{check, drawn},
    },
};

fn tick(point: &str, value: Option<bool>) -> Edit {
    Edit::Finding { clause: "EM-02".into(), point: point.into(), value: value.map(Finding::Tick) }
}

/// The last one first.
fn changes() -> Vec<Change> {
    let vote = |clause: &str| Edit::Vote { clause: clause.into(), value: None };
    vec![
        Change {
            edits: ["C1", "B1", "A1"].map(|point| tick(point, Some(true))).into(),
            back: ["A1", "B1", "C1"].map(|point| tick(point, None)).into(),
            here: true,
        },
        Change { edits: vec![grade("EM-04", Grade::B)], back: vec![vote("EM-04")], here: true },
        Change { edits: vec![grade("EM-01", Grade::D)], back: vec![vote("EM-01")], here: false },
    ]
}

#[test]
fn what_was_just_told_is_in_sight_and_nothing_else_is() {
    let seen = |model: &mut Model, key: &str| match &press(model, key)[..] {
        [Effect::Undo(seen)] => seen.clone(),
        other => panic!("{other:?}"),
    };
    let mut model = opened(fresh_visit(), 1);
    press(&mut model, "1");
    assert_eq!(seen(&mut model, "<C-z>"), ["EM-02", "EM-01"], "the bar still tells of it");
    press(&mut model, "<Down>");
    assert_eq!(seen(&mut model, "<C-z>"), ["EM-02"]);
    press(&mut model, "<F6>");
    assert!(seen(&mut model, "<C-z>").is_empty());
}

#[test]
fn what_is_out_of_sight_is_taken_back_by_one_more_key() {
    let mut model = opened(fresh_visit(), 1);
    let last = changes().split_off(2);
    update(&mut model, Msg::Changes(Looking::Asks, Ok(last.clone())));
    let shown = drawn(&mut model, Lang::Zh, (80, 24));
    assert!(shown.contains("要撤销这一步吗") && shown.contains("(以前) EM-01 D（夜间无人值守）"), "{shown}");
    assert!(press(&mut model, "<Esc>").is_empty() && model.dialogs.is_empty());
    update(&mut model, Msg::Changes(Looking::Asks, Ok(last)));
    assert!(press(&mut model, "uz<C-z>").is_empty(), "a key held down answers nothing");
    let effects = press(&mut model, "<Enter>");
    assert!(matches!(&effects[..], [Effect::Do(Deed::UndoBack(1))]), "{effects:?}");
    update(&mut model, Msg::Changes(Looking::Asks, Ok(Vec::new())));
    assert!(model.dialogs.is_empty() && model.toast.contains("没有可撤销的"));
}

#[test]
fn the_list_is_read_and_undone_back_to() {
    let mut model = opened(fresh_visit(), 1);
    assert!(matches!(press(&mut model, "《")[..], [Effect::ReadChanges(n)] if n >= 20));
    update(&mut model, Msg::Changes(Looking::Reads, Ok(changes())));
    press(&mut model, "<Down>");
    check("own_changes", {
        let mut model = opened(fresh_visit(), 1);
        update(&mut model, Msg::Changes(Looking::Reads, Ok(changes())));
        press(&mut model, "<Down>");
        model
    });
    let effects = press(&mut model, "<Enter>");
    assert!(matches!(&effects[..], [Effect::Do(Deed::UndoBack(2))]), "{effects:?}");
    // Redoing what was recorded together tells it as one.
    let change = changes().swap_remove(0);
    let again = Change { back: change.edits.clone(), ..change };
    update(&mut model, Msg::Stepped(Step::Redo, Ok((Some(again), Default::default()))));
    assert_eq!(model.toast, "已重做：EM-02 3 处");
    assert_eq!(
        model.desk.as_ref().unwrap().votes[1].position,
        crate::domain::ballot::Position::Grade(Grade::A)
    );
}
