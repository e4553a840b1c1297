//! Keys in a window that is too small to show what they do.

use crate::{
    domain::{ballot::Position, terms::grade::Grade},
    tui::{
        desk::effect::Msg,
        drive::{model::Model, update::update},
        fixture::{fresh_visit, opened, press},
    },
};

fn fresh() -> Model {
    opened(fresh_visit(), 1)
}

fn position(model: &Model, clause: usize) -> Position {
    model.desk.as_ref().unwrap().votes[clause].position
}

#[test]
fn in_a_window_that_is_too_small_no_key_does_anything_but_leave() {
    for opening in ["", "<F2>", "<F12>", "?", "<F4>"] {
        let mut model = fresh();
        press(&mut model, opening);
        let before = (model.dialogs.len(), model.score.clause, model.screen);
        update(&mut model, Msg::Resize(20, 5));
        for key in [
            "1", "4", "<Space>", "0", "<Enter>", "<Esc>", "<C-z>", "<F7>", "<F12>", "<C-s>", "]", "x",
            "<C-l>",
        ] {
            assert!(press(&mut model, key).is_empty(), "{opening} {key}");
        }
        assert!(update(&mut model, Msg::Paste("贴".to_owned())).is_empty());
        assert_eq!((model.dialogs.len(), model.score.clause, model.screen), before, "{opening}");
        assert!(
            model.desk.as_ref().unwrap().votes.iter().all(|vote| vote.position == Position::Unscored),
            "{opening}"
        );
        assert!(!model.quit);
        press(&mut model, "<C-c>");
        assert!(!model.quit, "one press does not leave");
        press(&mut model, "<C-c>");
        assert!(model.quit, "{opening}");
    }
    let mut model = fresh();
    update(&mut model, Msg::Resize(59, 30));
    press(&mut model, "q");
    assert!(model.quit, "without a dialog one key leaves, as in any window");
}

#[test]
fn keys_act_again_once_the_window_is_large_enough() {
    let mut model = fresh();
    update(&mut model, Msg::Resize(60, 15));
    press(&mut model, "1");
    update(&mut model, Msg::Resize(60, 16));
    press(&mut model, "2");
    assert_eq!(position(&model, 0), Position::Grade(Grade::B));
}
