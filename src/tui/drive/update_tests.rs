//! State, keys, state: what keys do, without a terminal.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use crate::{
    app::{
        deed::Deed,
        failure::Failure,
        report::export::{ExportOptions, Format},
        session::own_log::Change,
    },
    domain::{
        ballot::Position,
        edit::{
            Choice, Edit, Stand,
            finding::{Finding, Fraction, ItemState},
            verdict::{Decision, GateState},
        },
        terms::{absence::Absence, grade::Grade, lang::Lang},
    },
    tui::{
        desk::effect::{Effect, Msg, Step},
        drive::{model::Model, update::update},
        fixture::{
            final_visit, fresh_visit, grade, late_visit, opened, partly_sealed_visit, press, program,
            scored_visit, sealed_visit, snapshot, synced,
        },
        frame::screen_name::ScreenName,
        keys::Key,
        score::panes::Pane,
    },
};

fn position(model: &Model, clause: usize) -> Position {
    model.desk.as_ref().unwrap().votes[clause].position
}

fn finding(model: &Model, clause: usize, point: usize) -> Option<Finding> {
    let desk = model.desk.as_ref().unwrap();
    let clause = &desk.clauses[clause];
    desk.finding(clause, &clause.points[point]).cloned()
}

fn fresh() -> Model {
    opened(fresh_visit(), 1)
}

#[test]
fn one_key_a_point_and_one_key_to_the_next_unscored_clause() {
    let mut model = fresh();
    press(&mut model, "]");
    assert_eq!((model.score.clause, model.score.pane), (1, Pane::Points));
    let effects = press(&mut model, "<Space><Space>-]");
    assert_eq!(position(&model, 1), Position::Grade(Grade::B));
    assert_eq!(model.score.clause, 2);
    assert_eq!(effects.iter().filter(|effect| matches!(effect, Effect::Record(..))).count(), 3);
}

#[test]
fn space_on_a_recorded_point_cycles_and_stays() {
    let mut model = fresh();
    press(&mut model, "]<Space><Up>");
    for expected in [Some(Finding::Tick(false)), None, Some(Finding::Tick(true))] {
        press(&mut model, "<Space>");
        assert_eq!(finding(&model, 1, 0), expected);
    }
    press(&mut model, "<Home><Del>");
    assert_eq!(finding(&model, 1, 0), None);
}

#[test]
fn only_a_point_that_may_not_apply_can_be_marked_so() {
    let mut model = fresh();
    press(&mut model, "<Home>*");
    assert_eq!(finding(&model, 0, 0), None);
    assert!(!model.toast.is_empty());
    press(&mut model, "<Down><Down>*");
    assert_eq!(finding(&model, 0, 2), Some(Finding::NotApplicable));
}

#[test]
fn a_direct_grade_goes_on_to_the_next_unscored_clause_unless_switched_off() {
    let mut model = fresh();
    press(&mut model, "1");
    assert_eq!((position(&model, 0), model.score.clause), (Position::Grade(Grade::A), 1));
    press(&mut model, "tb");
    assert_eq!((position(&model, 1), model.score.clause), (Position::Grade(Grade::B), 1));
}

#[test]
fn a_grade_that_owes_a_reason_is_stored_before_the_reason_is_asked() {
    let mut model = fresh();
    let effects = press(&mut model, "4<Esc>");
    let stand =
        |reason: &str| Some(Stand { choice: Choice::Grade(Grade::D), reason: reason.parse().unwrap() });
    let vote = |reason| vec![Edit::Vote { clause: "EM-01".into(), value: stand(reason) }];
    assert!(matches!(&effects[..], [Effect::Record(_, edits)] if *edits == vote("")));
    assert_eq!((position(&model, 0), model.desk.as_ref().unwrap().n_owed()), (Position::Grade(Grade::D), 1));
    let effects = press(&mut model, "r抢救车缺药<Enter>");
    assert!(matches!(&effects[..], [Effect::Record(_, edits)] if *edits == vote("抢救车缺药")));
    assert_eq!((model.desk.as_ref().unwrap().n_owed(), model.score.clause), (0, 1));
}

#[test]
fn a_grade_against_the_points_owes_a_reason() {
    let mut model = fresh();
    press(&mut model, "]<Space><Space><Space>c");
    assert_eq!(model.dialogs.len(), 1);
    press(&mut model, "<Esc>");
    assert_eq!(model.desk.as_ref().unwrap().n_owed(), 1);
    press(&mut model, "<Tab><Del>");
    assert_eq!(position(&model, 1), Position::Grade(Grade::A));
}

#[test]
fn absence_has_a_kind_and_a_reason_and_respects_clauses_that_always_apply() {
    let mut model = fresh();
    press(&mut model, "02本院不设<Enter>");
    assert_eq!(position(&model, 0), Position::Absent(Absence::NotApplicable));
    assert_eq!(model.desk.as_ref().unwrap().votes[0].reason, "本院不设");
    assert_eq!(model.score.clause, 1);
    press(&mut model, "x2");
    assert_eq!(position(&model, 1), Position::Unscored);
    press(&mut model, "3<Esc>");
    assert_eq!(position(&model, 1), Position::Absent(Absence::NotProvided));
}

#[test]
fn the_ratio_calculator_takes_fractions_and_nothing_else() {
    let mut model = fresh();
    press(&mut model, "<Home><Down><Down><Down><Enter>9/0<Enter>");
    assert_eq!((finding(&model, 0, 3), model.dialogs.len()), (None, 1));
    press(&mut model, "<C-u>１０<Enter>");
    assert_eq!(finding(&model, 0, 3), Some(Finding::Ratio(Fraction::new(9, 10).unwrap())));
    assert_eq!((model.dialogs.len(), model.score.point), (0, 4));
    press(&mut model, "<Enter>7.5<Enter>");
    assert_eq!(finding(&model, 0, 4), Some(Finding::Number("7.5".parse().unwrap())));
}

#[test]
fn an_inventory_is_one_key_when_all_is_well_and_one_key_a_thing_otherwise() {
    let mut model = fresh();
    press(&mut model, "<Home><Down><Enter>0<Enter>");
    let states = |states: [ItemState; 3]| {
        let items = ["defibrillator", "suction", "ecg"].map(Into::into);
        Some(Finding::Inventory(items.into_iter().zip(states).collect::<BTreeMap<_, _>>()))
    };
    assert_eq!(finding(&model, 0, 1), states([ItemState::Ok; 3]));
    press(&mut model, "<Home><Down><Enter>142<Esc>");
    assert_eq!(finding(&model, 0, 1), states([ItemState::Ok, ItemState::Missing, ItemState::Faulty]));
}

#[test]
fn a_count_ticks_things_across_categories() {
    let mut model = fresh();
    press(&mut model, "]]<Enter><Space><Space><Down>");
    press(&mut model, "<Enter>");
    let expected: BTreeSet<_> = ["T-01", "T-03"].map(Into::into).into();
    assert_eq!(finding(&model, 2, 0), Some(Finding::Count(expected)));
    assert_eq!(position(&model, 2), Position::Grade(Grade::D));
}

#[test]
fn points_on_a_scale_open_with_the_digit_that_was_pressed() {
    let mut model = fresh();
    press(&mut model, "[3.25<Enter>");
    assert_eq!((position(&model, 4), model.dialogs.len()), (Position::Unscored, 1));
    press(&mut model, "<C-u>8.5<Enter>");
    assert_eq!(position(&model, 4), Position::Points("8.5".parse().unwrap()));
}

#[test]
fn enter_in_a_note_is_a_new_line_and_pasted_text_never_leaves_it() {
    let mut model = fresh();
    press(&mut model, "<F2>第一行<Enter>");
    update(&mut model, Msg::Paste("第二行\r\nq\u{1b}[2J".to_owned()));
    let effects = press(&mut model, "<Esc>");
    let Some(Effect::Record(_, edits)) = effects.first() else { panic!("{effects:?}") };
    assert_eq!(
        edits[..],
        [Edit::Note { clause: "EM-01".into(), text: "第一行\n第二行\nq".parse().unwrap() }]
    );
}

#[test]
fn pasting_onto_a_screen_does_nothing_but_say_so() {
    let mut model = fresh();
    let effects = update(&mut model, Msg::Paste("1q".to_owned()));
    assert!(effects.is_empty() && !model.quit && !model.toast.is_empty());
}

#[test]
fn full_width_keys_are_commands() {
    let mut model = fresh();
    press(&mut model, "１");
    assert_eq!(position(&model, 0), Position::Grade(Grade::A));
    press(&mut model, "／ｊｊ");
    assert_eq!(model.dialogs.len(), 1);
    press(&mut model, "<Enter>");
    assert_eq!(model.score.clause, 0);
}

#[test]
fn the_palette_finds_commands_by_initials_and_does_them() {
    let mut model = fresh();
    let effects = press(&mut model, ":zzzzz<Enter>");
    assert!(effects.is_empty() && model.dialogs.len() == 1);
    let effects = press(&mut model, "<C-u>tb<Enter>");
    assert!(matches!(effects[..], [Effect::Sync]));
    assert!(model.desk.as_ref().unwrap().syncing);
}

#[test]
fn submitting_asks_once_says_what_is_missing_and_jumps_there() {
    let mut model = fresh();
    press(&mut model, "t1]4<Esc><F12>2");
    assert_eq!((model.score.clause, model.dialogs.len()), (1, 0));
    press(&mut model, "<F12>1");
    assert_eq!(model.score.clause, 2);
    assert!(press(&mut model, "<F12><Enter>").is_empty(), "the safe answer is the default");
    assert!(press(&mut model, "<F12><F12><F12><Esc>").is_empty(), "a key held down answers nothing");
    assert!(press(&mut model, "<F12><Space><Enter>").is_empty(), "a reason is missing");
    assert!(model.toast.contains("理由"), "{}", model.toast);
    let mut model = fresh();
    assert!(matches!(press(&mut model, "<F12><Space><Enter>")[..], [Effect::Do(Deed::Submit), Effect::Sync]));
}

#[test]
fn after_submission_nothing_can_be_recorded() {
    let mut model = opened(scored_visit(), 1);
    let effects = press(&mut model, "1<Space><F2>x0");
    assert!(effects.is_empty() && model.dialogs.is_empty() && !model.toast.is_empty());
}

#[test]
fn what_is_not_on_disk_yet_survives_a_reload_and_says_so() {
    let mut model = fresh();
    let effects = update(&mut model, Msg::Key(Key::ch('1')));
    let Some(Effect::Record(ticket, edits)) = effects.first() else { panic!("{effects:?}") };
    assert!(!model.desk.as_ref().unwrap().is_saved());
    update(&mut model, Msg::Reloaded(Ok(snapshot(fresh_visit(), 1))));
    assert_eq!(position(&model, 0), Position::Grade(Grade::A));
    update(&mut model, Msg::Recorded(*ticket, Ok(Default::default())));
    assert!(model.desk.as_ref().unwrap().is_saved());
    assert_eq!(edits.len(), 1);
}

#[test]
fn a_refused_recording_is_taken_off_the_desk() {
    let mut model = fresh();
    let effects = update(&mut model, Msg::Key(Key::ch('1')));
    let Some(Effect::Record(ticket, _)) = effects.first() else { panic!("{effects:?}") };
    let effects = update(&mut model, Msg::Recorded(*ticket, Err(Failure::bug("full"))));
    assert!(matches!(effects[..], [Effect::Reload]));
    update(&mut model, Msg::Reloaded(Ok(snapshot(fresh_visit(), 1))));
    assert_eq!((position(&model, 0), model.dialogs.len()), (Position::Unscored, 1));
}

#[test]
fn undo_says_what_it_undid_and_goes_there() {
    let mut model = fresh();
    press(&mut model, "1");
    let effects = press(&mut model, "u");
    assert!(matches!(&effects[..], [Effect::Undo(seen)] if seen[..] == ["EM-02", "EM-01"]), "{effects:?}");
    let change = Change {
        edits: vec![grade("EM-01", Grade::A)],
        back: vec![Edit::Vote { clause: "EM-01".into(), value: None }],
        here: true,
    };
    update(&mut model, Msg::Stepped(Step::Undo, Ok((Some(change), Default::default()))));
    assert_eq!((position(&model, 0), model.score.clause), (Position::Unscored, 0));
    assert_eq!(model.toast, "已撤销：EM-01 A");
}

#[test]
fn the_lead_decides_splits_first_with_a_reason() {
    let mut model = opened(scored_visit(), 0);
    press(&mut model, "<F7><Down><Enter>");
    assert!(press(&mut model, "b").is_empty(), "a letter may begin a reason");
    assert!(press(&mut model, "2<Enter>").is_empty());
    let effects = press(&mut model, "按值班记录<Enter>");
    let Some(Effect::Do(Deed::Decide(clause, decision, reason))) = effects.first() else {
        panic!("{effects:?}")
    };
    assert_eq!(
        (clause.as_str(), *decision, reason.as_str()),
        ("EM-04", Some(Decision::Grade(Grade::B)), "按值班记录")
    );
    let effects = press(&mut model, "<End><Up><Enter>2行政处罚书<Enter>");
    assert!(
        matches!(effects.first(), Some(Effect::Do(Deed::DecideGate(gate, Some(GateState::Tripped), _))) if gate.as_str() == "IN-02.G2")
    );
}

#[test]
fn only_the_lead_decides_and_closes() {
    let mut model = opened(scored_visit(), 2);
    assert!(press(&mut model, "<F7><Enter><F6><C-e>").is_empty() && model.dialogs.is_empty());
    let mut lead = opened(sealed_visit(), 0);
    assert!(press(&mut lead, "<F6><C-e><Enter>").is_empty() && lead.toast.contains("空格"), "{}", lead.toast);
    assert!(press(&mut lead, "<C-e><C-e><C-e><Esc>").is_empty(), "a key held down answers nothing");
    let effects = press(&mut lead, "<C-e><Space><Enter>");
    assert!(matches!(effects[..], [Effect::Do(Deed::Close)]), "{effects:?}");
}

#[test]
fn closing_without_somebody_asks_twice_and_late_seals_are_counted_by_the_same_key() {
    let mut model = opened(partly_sealed_visit(3), 0);
    assert!(press(&mut model, "<F6><C-e><Space>").is_empty());
    assert_eq!(model.open_dialogs(), ["CloseDialog"], "two members would not count");
    assert!(
        press(&mut model, "<Space><Enter><Esc>").is_empty() && model.dialogs.is_empty(),
        "the safe answer"
    );
    let effects = press(&mut model, "<C-e><Space><Enter>");
    assert!(matches!(&effects[..], [Effect::Do(Deed::Close)]), "{effects:?}");
    let effects = press(&mut opened(late_visit(), 0), "<F6><C-e><Space><Enter>");
    assert!(matches!(&effects[..], [Effect::Do(Deed::Close)]), "{effects:?}");
    for (visit, why) in [(fresh_visit(), "先提交"), (scored_visit(), "评分已结束"), (final_visit(), "已定稿")]
    {
        let mut model = opened(visit, 0);
        assert!(press(&mut model, "<F6><C-e>").is_empty() && model.dialogs.is_empty());
        assert!(model.toast.contains(why), "{}", model.toast);
    }
}

#[test]
fn others_votes_are_hidden_until_scoring_is_closed() {
    let mut sealed = opened(sealed_visit(), 1);
    press(&mut sealed, "<F7>");
    assert_eq!(sealed.desk.as_ref().unwrap().tally.as_ref().unwrap().n_hidden, 4, "though one has sealed");
    let mut model = fresh();
    press(&mut model, "<F7>");
    let tally = model.desk.as_ref().unwrap().tally.as_ref().unwrap();
    assert_eq!(tally.n_hidden, 4);
}

#[test]
fn escape_goes_back_and_q_leaves_only_without_dialogs() {
    let mut model = fresh();
    press(&mut model, "<F8><Esc>");
    assert_eq!(model.screen, ScreenName::Score);
    press(&mut model, "/q<Esc>");
    assert!(!model.quit);
    press(&mut model, "<Esc>");
    assert_eq!(model.screen, ScreenName::Home);
    press(&mut model, "q");
    assert!(model.quit);
}

#[test]
fn control_c_leaves_on_the_second_press_only() {
    let mut model = fresh();
    press(&mut model, "<C-c>j<C-c>");
    assert!(!model.quit);
    press(&mut model, "<C-c>");
    assert!(model.quit);
}

#[test]
fn a_failure_waits_under_an_open_dialog() {
    let mut model = fresh();
    press(&mut model, "<C-s><F2>正在写");
    update(&mut model, synced(Err(Failure::bug("share away"))));
    press(&mut model, "的备注<Esc>");
    assert_eq!(model.dialogs.len(), 1);
    press(&mut model, "<Esc>");
    assert!(model.dialogs.is_empty());
}

#[test]
fn a_visit_one_has_not_joined_asks_for_the_name() {
    let mut model = program(Lang::Zh, (80, 24));
    let mut unjoined = snapshot(fresh_visit(), 1);
    (unjoined.me, unjoined.exchanges) = (None, false);
    update(&mut model, Msg::Opened(Ok(unjoined)));
    let effects = press(&mut model, "<Home><Down><Enter><Enter>");
    assert!(matches!(effects.first(), Some(Effect::Join(_, request)) if request.name == "钱立"));
    press(&mut model, "<Esc><Esc>");
    assert!(press(&mut model, "1<Space>").is_empty());
}

#[test]
fn the_first_run_offers_three_ways_to_begin() {
    let mut model = program(Lang::Zh, (80, 24));
    update(&mut model, Msg::Visits(Ok(Vec::new())));
    assert!(matches!(press(&mut model, "<Enter>")[..], [Effect::OpenSample]));
    assert!(matches!(press(&mut model, "<Down><Enter>")[..], [Effect::ListProfiles]));
    assert!(matches!(press(&mut model, "<Esc><Down><Enter>")[..], [Effect::Complete(_)]));
    let effects = press(&mut model, "/usb/a.hecha<Enter>");
    assert!(matches!(effects.last(), Some(Effect::Open(path)) if path.to_str() == Some("/usb/a.hecha")));
}

#[test]
fn tab_completes_a_path() {
    let mut model = program(Lang::Zh, (80, 24));
    press(&mut model, "3/v");
    update(
        &mut model,
        Msg::Completions("/v".to_owned(), vec!["/visits/a.hecha".into(), "/visits/b.hecha".into()]),
    );
    let effects = press(&mut model, "<Tab>");
    assert!(matches!(effects.last(), Some(Effect::Complete(typed)) if typed == "/visits/"));
    update(
        &mut model,
        Msg::Completions("/visits/".to_owned(), vec!["/visits/a.hecha".into(), "/visits/b.hecha".into()]),
    );
    let effects = press(&mut model, "<Down><Down><Enter>");
    assert!(matches!(effects.last(), Some(Effect::Open(path)) if path.to_str() == Some("/visits/b.hecha")));
}

#[test]
fn founding_points_at_the_first_row_that_is_not_right() {
    let mut model = program(Lang::Zh, (80, 24));
    press(&mut model, "2");
    update(
        &mut model,
        Msg::Profiles(Ok(vec![("township".into(), crate::domain::terms::lang::Text::new("乡镇", ""))])),
    );
    assert!(
        press(
            &mut model,
            "/usb/a<Down><Down>青禾镇卫生院<Down><Down><Right><Down><Down>2026-13-01<Down><Down>赵敏 外科<F12>"
        )
        .is_empty()
    );
    let effects =
        press(&mut model, "<C-u>2026-09-01<Down><Down><C-u>赵敏 医疗 主任医师<Down>钱立：护理<F12>");
    let Some(Effect::Found(request, None)) = effects.first() else { panic!("{effects:?}") };
    assert_eq!((request.file.to_str(), request.profile.as_str()), (Some("/usb/a.hecha"), "township"));
    assert_eq!((request.lead.title.as_str(), request.members.len()), ("主任医师", 1));
}

#[test]
fn reports_are_written_beside_the_shared_file_unless_told_otherwise() {
    let mut model = opened(scored_visit(), 0);
    assert!(matches!(press(&mut model, "<F10>")[..], [Effect::LookAtTemplate]));
    let effects = press(&mut model, "0");
    assert!(
        matches!(&effects[..], [Effect::Export(formats, folder, ExportOptions { lang: Lang::Zh, names: false, bom: true, .. })]
            if formats.len() == 6 && folder.to_str() == Some("/visits"))
    );
    assert!(press(&mut model, "1").is_empty());
    update(&mut model, Msg::Exported(Ok(())));
    press(&mut model, "<Tab><C-u>/out<Enter><Space>");
    let effects = press(&mut model, "2");
    assert!(matches!(&effects[..], [Effect::Export(formats, folder, ExportOptions { names: true, .. })]
            if formats[..] == [Format::Xlsx] && folder.to_str() == Some("/out")));
}

fn any_key() -> impl Strategy<Value = &'static str> {
    let keys = [
        "<Enter>", "<Esc>", "<Tab>", "<Up>", "<Down>", "<Left>", "<Right>", "<Home>", "<End>", "<Del>",
        "<Space>", "<F1>", "<F2>", "<F3>", "<F4>", "<F5>", "<F6>", "<F7>", "<F8>", "<F9>", "<F10>", "<F12>",
        "<C-s>", "<C-l>", "<C-e>", "<C-o>", "<C-g>", "<C-u>", "<C-n>", "<C-k>", "<C-d>", "1", "2", "3", "4",
        "0", "x", "]", "[", "/", ":", "*", "-", "=", "急", "a", "j", "k", "t", "9", "6", "7", "8",
    ];
    proptest::sample::select(keys.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn no_keys_at_no_size_break_the_program(
        keys in proptest::collection::vec(any_key(), 0..40),
        columns in 1_u16..200,
        rows in 1_u16..60,
        lead in proptest::bool::ANY,
        scored in proptest::bool::ANY,
    ) {
        let visit = if scored { scored_visit() } else { fresh_visit() };
        let mut model = opened(visit, usize::from(!lead));
        update(&mut model, Msg::Resize(columns, rows));
        let mut terminal = ratatui::Terminal::new(ratatui::backend::TestBackend::new(columns, rows)).unwrap();
        for key in keys {
            press(&mut model, key);
            terminal.draw(|frame| crate::tui::drive::view::view(&model, frame)).unwrap();
        }
    }
}
