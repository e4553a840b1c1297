//! Finding by what points, hints, places and one's own words say, and where that was.

use crate::tui::{
    drive::model::Model,
    fixture::{after, fresh_visit, opened, press},
    snapshot_tests::{check, shows},
};

fn fresh() -> Model {
    opened(fresh_visit(), 1)
}

#[test]
fn a_point_is_found_by_its_text_in_either_language_and_one_comes_to_it() {
    for query in ["演练记录", "drills are"] {
        let mut model = after(fresh(), &format!("/{query}"));
        shows(&mut model, "|   EM-02 急诊服务连续性", "|   EM-02 Round-the-clock service");
        press(&mut model, "<Enter>");
        assert_eq!((model.score.clause, model.score.point), (1, 2), "{query}");
    }
}

#[test]
fn places_hints_notes_and_reasons_are_found_and_told_apart() {
    let mut office = after(fresh(), "/院办公室");
    shows(&mut office, "地点  院办公室", "Place  院办公室");
    press(&mut office, "<Down><Enter>");
    assert_eq!(office.score.clause, 4, "both clauses of the office");
    assert_eq!(after(fresh(), "/ybgs<Enter>").score.clause, 2, "by its initials");
    shows(after(fresh(), "/自检结果"), "提示  打开每台设备看自检结果", "Hint  打开每台设备看自检结果");
    let mut model = after(fresh(), "]<F2>二楼冰箱坏了<Esc>4夜里没人<Enter>");
    press(&mut model, "/冰箱");
    shows(&mut model, "备注  二楼冰箱坏了", "Note  二楼冰箱坏了");
    press(&mut model, "<Enter>");
    assert_eq!(model.score.clause, 1);
    shows(after(model, "/夜里"), "理由  夜里没人", "Reason  夜里没人");
}

#[test]
fn titles_come_first_and_two_letters_are_looked_for_in_titles_only() {
    // `tech` is in a title; `te` is in hints too, and would be found in all of them.
    let mut model = after(fresh(), "/te");
    let hits = |model: &mut Model| {
        let screen =
            crate::tui::snapshot_tests::drawn(model, crate::domain::terms::lang::Lang::En, (120, 36));
        screen.lines().filter(|line| line.contains("Hint  ")).count()
    };
    assert_eq!(hits(&mut model), 0);
    press(&mut model, "s");
    assert!(hits(&mut model) > 0, "tes is in the hints");
    press(&mut model, "<Esc>/急救");
    check("find_in_text", model);
}
