//! What is left, in numbers and with jumps; and how long it takes, if one asks.

use crate::{
    domain::terms::lang::Lang,
    tui::{
        desk::{
            cx::Clock,
            effect::{Effect, Msg},
        },
        drive::{model::Model, update::update},
        fixture::{after, fresh_visit, opened, press},
        snapshot_tests::{check_sizes, drawn, shows},
    },
};

fn fresh() -> Model {
    opened(fresh_visit(), 1)
}

/// EM-01 is C by its points and two of them were skipped, EM-02 begun, EM-03 a direct D without a reason.
fn begun() -> Model {
    after(fresh(), "t<Home><Space><Enter>0<Enter>-]<Space>]4<Esc>")
}

#[test]
fn it_tells_what_is_left_by_area_and_place_and_what_is_owed_begun_and_skipped() {
    let mut model = begun();
    press(&mut model, "8");
    let screen = drawn(&mut model, Lang::Zh, (80, 60));
    for told in [
        "急诊急救                                                         2/3     1 |",
        "中医药                                                           0/2     2 |",
        "抢救室                                                           1/2     1 |",
        "院办公室                                                         1/2     1 |",
        "缺理由  1 ",
        "只记了部分要点  1 ",
        "EM-02 急诊服务连续性                                                   1/3 |",
        "已评条款里没看的要点（已不影响档次）  1 ",
        "EM-01 急救设备配备与完好                                             B2 A1 |",
        "已评条款里没看的要点（档次是直接评的）  1 ",
        "EM-03 急救技术                                                   全部 1 个 |",
        "全组已封存 0/5 份",
    ] {
        assert!(screen.contains(told), "{told} is not told:\n{screen}");
    }
    check_sizes("remaining", model);
}

#[test]
fn each_row_jumps_to_what_is_left_there() {
    // Areas, places, the reason owed, the clause begun, the points skipped; each with clause and point.
    let rows = [(1, 1), (3, 0), (1, 1), (4, 0), (3, 0), (2, 0), (1, 1), (0, 3), (2, 0)];
    for (at, clause_and_point) in rows.into_iter().enumerate() {
        let downs = "<Down>".repeat(at);
        let model = after(begun(), &format!("8<Home>{downs}<Enter>"));
        assert_eq!((model.score.clause, model.score.point), clause_and_point, "row {at}");
        assert!(model.dialogs.is_empty());
    }
}

#[test]
fn when_nothing_is_left_it_says_to_submit() {
    let done = after(fresh(), "1111<Enter>9<Enter>w");
    shows(done, "都做完了，按 F12 提交", "Nothing is left: submit with F12");
}

#[test]
fn the_time_is_shown_only_if_asked_for_and_goes_with_the_clock() {
    let mut model = fresh();
    update(&mut model, Msg::Clock(600));
    assert_eq!(model.clock, Clock::Off, "nobody asked");
    assert!(!drawn(&mut model, Lang::Zh, (80, 24)).contains("现场约"));
    let effects = press(&mut model, "81");
    assert!(matches!(effects[..], [Effect::ShowClock(true)]), "{effects:?}");
    shows(&mut model, "现场约 ", "about ");
    update(&mut model, Msg::Clock(9 * 60 + 5));
    press(&mut model, "<Esc>");
    let screen = drawn(&mut model, Lang::Zh, (80, 24));
    assert!(screen.contains("09:05 起到"), "{screen}");
    let effects = press(&mut model, "81");
    assert!(matches!(effects[..], [Effect::ShowClock(false)]), "{effects:?}");
    press(&mut model, "<Esc>");
    assert!(!drawn(&mut model, Lang::Zh, (80, 24)).contains("09:05"));
}

#[test]
fn the_minutes_are_those_of_what_one_has_not_scored() {
    let told = |model: &mut Model| {
        press(model, "w1");
        let screen = drawn(model, Lang::Zh, (80, 24));
        let text = screen.split("现场约 ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or_default();
        text.parse::<u32>().unwrap()
    };
    let all = told(&mut fresh());
    let less = told(&mut after(fresh(), "1"));
    let none = told(&mut after(fresh(), "1111<Enter>9<Enter>"));
    assert!(all > less && less > 0 && none == 0, "{all} {less} {none}");
}
