//! The way through the clauses: by area and by place, each filter, where one goes next and where one comes back to.

use crate::{
    app::laptop::{bookmark::Bookmark, settings::Setting},
    domain::terms::lang::Lang,
    tui::{
        desk::effect::{Effect, Msg},
        drive::{model::Model, update::update},
        fixture::{
            after, fresh_visit, opened, plan, press, program, scored_visit, scored_visit_after, sealed_visit,
            snapshot,
        },
        score::{
            filter::Filter,
            panes::Pane,
            route::{Order, listed},
        },
        snapshot_tests::{check_sizes, drawn, shows},
    },
};

fn fresh() -> Model {
    opened(fresh_visit(), 1)
}

/// The ids of the clauses that are listed, in order.
fn ids(model: &Model) -> Vec<&str> {
    let desk = model.desk.as_ref().unwrap();
    let sections = listed(desk, model.score.order, model.score.filter, None);
    sections.iter().flat_map(|section| &section.clauses).map(|&at| desk.clauses[at].id.as_str()).collect()
}

fn filtered(mut model: Model, filter: Filter) -> Model {
    while model.score.filter != filter {
        press(&mut model, "7");
    }
    model
}

#[test]
fn one_key_puts_the_clauses_together_by_place_and_back_and_it_is_remembered() {
    let mut model = fresh();
    assert_eq!(ids(&model), ["EM-01", "EM-02", "EM-03", "EM-04", "TC-05"]);
    let effects = press(&mut model, "6");
    assert!(matches!(effects[..], [Effect::Keep(Setting::ByPlace(true))]), "{effects:?}");
    assert_eq!(
        ids(&model),
        ["EM-01", "EM-02", "EM-03", "TC-05", "EM-04"],
        "the office comes before the clinic"
    );
    check_sizes("score_by_place", after(model, "2<Tab>"));
    let mut back = after(fresh(), "66");
    assert_eq!(ids(&back), ["EM-01", "EM-02", "EM-03", "EM-04", "TC-05"]);
    press(&mut back, "6");
    update(&mut back, Msg::Opened(Ok(snapshot(fresh_visit(), 1))));
    assert_eq!(back.score.order, Order::Place, "the next visit is walked the same way");
}

#[test]
fn at_the_heading_of_a_place_stands_what_is_left_of_ones_own() {
    let mut model = after(fresh(), "6");
    shows(&mut model, "\n抢救室                      0/2 |", "\nResuscitation room               0/2 |");
    press(&mut model, "2");
    shows(&mut model, "\n抢救室                      1/2 |", "\nResuscitation room               1/2 |");
}

#[test]
fn the_way_goes_on_in_the_order_of_the_list() {
    let mut model = after(fresh(), "6]]]");
    assert_eq!(model.score.clause, 4, "TC-05 is looked at where EM-03 is");
    press(&mut model, "]");
    assert_eq!(model.score.clause, 3);
    press(&mut model, "[<Tab><Up>");
    assert_eq!(model.score.clause, 2);
}

#[test]
fn every_filter_lets_what_it_says_and_the_header_tells_how_many() {
    // A direct grade that owes a reason, a clause that is begun, two that are open.
    let keys = "t4<Esc><Left><Down><Right><Space><Left>";
    let all = ["EM-01", "EM-02", "EM-03", "EM-04", "TC-05"];
    for (filter, passes, zh, en) in [
        (Filter::All, &all[..], "按领域  全部 5", "by area  all 5"),
        (Filter::Unscored, &all[1..], "按领域  未评 4", "by area  unscored 4"),
        (Filter::ReasonOwed, &all[..1], "按领域  缺理由 1", "by area  reason owed 1"),
        (Filter::Partly, &all[1..2], "按领域  只记了部分 1", "by area  partly recorded 1"),
        (Filter::Mine, &all[..], "按领域  派给我的 5", "by area  mine 5"),
        (Filter::MyField, &all[..], "按领域  我的专业 5", "by area  my field 5"),
        (Filter::Core, &all[..2], "按领域  核心 2", "by area  core 2"),
    ] {
        let mut model = filtered(after(fresh(), keys), filter);
        assert_eq!(ids(&model), passes, "{filter:?}");
        shows(&mut model, zh, en);
    }
    let mut other_field = filtered(opened(fresh_visit(), 2), Filter::MyField);
    shows(&mut other_field, "没有这样的条款；7 换筛选", "No such clause; 7 changes the filter");
    let planned = plan(&[("EM-01", &[2]), ("EM-03", &[0, 2])]);
    let mine = filtered(opened(scored_visit_after(vec![planned]), 2), Filter::Mine);
    assert_eq!(ids(&mine), ["EM-01", "EM-03"], "others are to score the rest");
}

#[test]
fn the_cursor_stays_on_its_clause_when_it_passes_and_else_goes_to_the_next_that_does() {
    let mut model = after(fresh(), "]");
    press(&mut model, "7");
    assert_eq!((model.score.filter, model.score.clause), (Filter::Unscored, 1));
    let begun = after(fresh(), "]<Space>[");
    assert_eq!(begun.score.clause, 0);
    assert_eq!(filtered(begun, Filter::Partly).score.clause, 1);
    // Nothing passes: one stays, and the list says so.
    let model = filtered(after(fresh(), "]"), Filter::ReasonOwed);
    assert_eq!(model.score.clause, 1);
}

#[test]
fn a_clause_that_no_longer_passes_stays_in_the_list_while_one_looks_at_it() {
    let mut model = filtered(after(fresh(), "t"), Filter::Unscored);
    press(&mut model, "1<Tab>");
    let screen = drawn(&mut model, Lang::Zh, (80, 24));
    assert!(screen.contains("未评 4") && screen.contains(">*EM-01"), "{screen}");
    press(&mut model, "<Down>");
    let screen = drawn(&mut model, Lang::Zh, (80, 24));
    assert!(!screen.contains("*EM-01") && screen.contains(">*EM-02"), "{screen}");
}

#[test]
fn going_on_stays_within_the_filter_and_says_when_that_is_done() {
    let mut model = filtered(fresh(), Filter::Core);
    press(&mut model, "1");
    assert_eq!(model.score.clause, 1);
    press(&mut model, "1");
    assert_eq!(model.score.clause, 1);
    assert!(model.toast.ends_with("; 核心：都已评；此外未评 3 条，7 换筛选"), "{}", model.toast);
}

#[test]
fn after_the_last_clause_one_is_told_to_submit_or_what_keeps_from_it() {
    let mut model = after(fresh(), "1111<Enter>9<Enter>");
    press(&mut model, "]");
    assert_eq!(model.toast, "所有条款都已评：按 F12 提交");
    press(&mut model, "<Home><Left><Home>4<Esc>]");
    assert_eq!(model.toast, "所有条款都已评；补上 1 条缺的理由（8 查看），再按 F12 提交");
}

#[test]
fn a_reopened_visit_begins_where_one_was() {
    let mut model = after(fresh(), "]<Down>");
    assert_eq!((model.score.clause, model.score.point), (1, 1));
    let effects = press(&mut model, "<Esc>");
    let [Effect::KeepBookmark(at), Effect::Leave, Effect::ListVisits] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(*at, Bookmark { clause: "EM-02".to_owned(), point: "B1".to_owned() });
    let mut again = program(Lang::Zh, (80, 24));
    let mut visit = snapshot(fresh_visit(), 1);
    visit.bookmark = Some(at.clone());
    update(&mut again, Msg::Opened(Ok(visit)));
    assert_eq!((again.score.clause, again.score.point), (1, 1));
    let mut gone = snapshot(fresh_visit(), 1);
    gone.bookmark = Some(Bookmark { clause: "XX-99".to_owned(), point: "C1".to_owned() });
    update(&mut again, Msg::Opened(Ok(gone)));
    assert_eq!((again.score.clause, again.score.point), (0, 0), "a clause that is not there is as none kept");
}

#[test]
fn a_sealed_ballot_says_so_and_no_key_is_offered_that_cannot_act() {
    let mut sealed = opened(sealed_visit(), 1);
    check_sizes("score_sealed", &mut sealed);
    for pane in [Pane::Clauses, Pane::Points, Pane::Guide] {
        sealed.score.pane = pane;
        let screen = drawn(&mut sealed, Lang::Zh, (80, 24));
        let footer: Vec<&str> = screen.lines().rev().take(2).collect();
        for idle in ["空格", "1-4", "F12", "0 未评", "F2", "F3"] {
            assert!(!footer.iter().any(|line| line.contains(idle)), "{pane:?} {idle}: {footer:?}");
        }
        assert!(footer.iter().any(|line| line.contains("Ctrl-z 撤销")), "it can be taken back");
    }
    let mut closed = opened(scored_visit(), 1);
    let screen = drawn(&mut closed, Lang::Zh, (80, 24));
    assert!(screen.contains("评分已结束") && !screen.contains("Ctrl-z 撤销"), "{screen}");
}
