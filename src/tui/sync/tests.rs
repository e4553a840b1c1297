//! What syncs change on the screens: by hand, by themselves, late, and with a dialog open.

use crate::{
    app::{
        failure::{Failure, Trouble},
        laptop::settings::Setting,
        session::SyncState,
        sync::report::SyncReport,
    },
    domain::{edit::Edit, terms::lang::Text},
    tui::{
        desk::effect::{Effect, Msg},
        drive::{model::Model, update::update},
        fixture::{fresh_visit, opened, press, scored_visit, sealed_visit, snapshot, synced},
        snapshot_tests::shows,
    },
};

fn fresh() -> Model {
    opened(fresh_visit(), 1)
}

fn report(imported: usize, notes: &[&str]) -> SyncReport {
    let notes = notes.iter().map(|note| Text::new(*note, *note)).collect();
    let state = SyncState { pending: 0, in_file: 3, receipted: 0 };
    SyncReport { imported, notes, state, ..SyncReport::default() }
}

#[test]
fn a_sync_nobody_asked_for_changes_no_dialog_no_cursor_and_says_no_line() {
    let mut model = fresh();
    press(&mut model, "]<F2>正在写");
    assert!(matches!(update(&mut model, Msg::SyncDue)[..], [Effect::Sync]));
    assert!(update(&mut model, Msg::SyncDue).is_empty(), "one at a time");
    let before = (model.score.clause, model.score.point);
    assert!(matches!(update(&mut model, synced(Ok(report(2, &["一行已隔离"]))))[..], [Effect::Reload]));
    update(&mut model, Msg::Reloaded(Ok(snapshot(fresh_visit(), 1))));
    assert!(matches!(update(&mut model, Msg::SyncDue)[..], [Effect::Sync]));
    update(&mut model, synced(Err(Failure::bug("share away"))));
    assert_eq!(((model.score.clause, model.score.point), model.dialogs.len()), (before, 1));
    assert_eq!((model.toast.as_str(), model.sync_log.unread), ("", true));
    let effects = press(&mut model, "的备注<Esc>");
    let Some(Effect::Record(_, edits)) = effects.first() else { panic!("{effects:?}") };
    assert!(matches!(&edits[..], [Edit::Note { text, .. }] if text == "正在写的备注"));
    press(&mut model, "<C-g>");
    assert!(model.open_dialogs() == ["SyncLogDialog"] && !model.sync_log.unread);
}

#[test]
fn a_sync_that_changed_nothing_makes_no_work() {
    let mut model = fresh();
    update(&mut model, Msg::SyncDue);
    assert!(update(&mut model, synced(Ok(report(0, &[])))).is_empty());
    press(&mut model, "<C-s>");
    assert!(matches!(update(&mut model, synced(Ok(report(0, &[]))))[..], [Effect::Reload]));
    assert!(!model.toast.is_empty());
}

#[test]
fn asking_for_a_sync_while_one_runs_shows_its_failure_in_full() {
    let mut model = fresh();
    update(&mut model, Msg::SyncDue);
    assert!(press(&mut model, "<C-s>").is_empty());
    update(&mut model, synced(Err(Failure::bug("share away"))));
    assert!(model.open_dialogs() == ["FailureDialog"]);
    assert!(model.desk.as_ref().unwrap().trouble.is_some());
    press(&mut model, "<Esc>");
    update(&mut model, Msg::SyncDue);
    update(&mut model, synced(Ok(report(0, &[]))));
    assert_eq!((model.desk.as_ref().unwrap().trouble, model.dialogs.len()), (None, 0));
}

#[test]
fn the_end_of_a_sync_of_a_visit_that_was_left_means_nothing_here() {
    let mut model = fresh();
    press(&mut model, "<C-s>");
    let Msg::Synced(mut other) = synced(Err(Failure::bug("share away"))) else { panic!() };
    other.file = "/visits/other.hecha".into();
    assert!(update(&mut model, Msg::Synced(other)).is_empty());
    assert!(model.dialogs.is_empty() && model.desk.as_ref().unwrap().syncing);
}

#[test]
fn both_switches_are_kept_for_the_next_start() {
    let mut model = fresh();
    let effects = press(&mut model, "<C-o>t");
    assert!(
        matches!(
            effects[..],
            [Effect::Keep(Setting::AutoSync(false)), Effect::Keep(Setting::Advance(false))]
        ),
        "{effects:?}"
    );
    assert!(update(&mut model, Msg::SyncDue).is_empty());
    assert!(matches!(press(&mut model, ":tbj<Enter>")[..], []));
    assert!(model.open_dialogs() == ["SyncLogDialog"], "the palette finds the log by its initials");
    press(&mut model, "<Esc>");
    assert!(matches!(press(&mut model, ":zdtb<Enter>")[..], [Effect::Keep(Setting::AutoSync(true))]));
}

#[test]
fn arriving_votes_push_rows_in_above_the_cursor_and_it_stays_on_its_row() {
    let mut model = opened(fresh_visit(), 0);
    press(&mut model, "<F7><End>");
    let selected = |model: &Model| model.merge.anchor(model.desk.as_ref().unwrap());
    let (before, row) = (selected(&model), model.merge.selected);
    update(&mut model, Msg::Reloaded(Ok(snapshot(scored_visit(), 0))));
    assert_eq!((selected(&model), before.is_some()), (before, true));
    assert!(model.merge.selected > row, "disagreements came in above");
    press(&mut model, "<F8><End>");
    let clause = model.outcome.anchor(&model.cx());
    update(&mut model, Msg::Reloaded(Ok(snapshot(fresh_visit(), 0))));
    assert_eq!((model.outcome.anchor(&model.cx()), clause.is_some()), (clause, true));
}

#[test]
fn what_was_done_is_said_first_and_a_stick_that_is_out_is_no_failure() {
    let away = || Failure { trouble: Trouble::Away, ..Failure::bug("no stick") };
    let mut model = opened(sealed_visit(), 0);
    press(&mut model, "<C-z>");
    update(&mut model, synced(Err(away())));
    assert!(model.dialogs.is_empty(), "{:?}", model.open_dialogs());
    assert!(
        model.toast.starts_with("提交已撤回") && model.toast.contains("插上共享文件就写入"),
        "{}",
        model.toast
    );
    // Votes in the clear go into the file at once, and the sync tells of them.
    let mut model = opened(scored_visit(), 3);
    let effects = press(&mut model, "<F7>63<Enter>");
    assert!(matches!(effects[..], [Effect::Record(..), Effect::Sync]), "{effects:?}");
    update(&mut model, synced(Ok(report(0, &[]))));
    assert!(model.toast.starts_with("已记录"), "{}", model.toast);
}

#[test]
fn the_lead_is_told_of_laptops_for_which_there_was_no_room() {
    let flooded = || synced(Ok(SyncReport { beyond: (1_040, 50), ..report(0, &[]) }));
    let mut lead = opened(fresh_visit(), 0);
    update(&mut lead, flooded());
    shows(&mut lead, "50 台没核准的电脑，1040 条记录没有取入", "1040 records of 50 unknown laptops left out");
}
