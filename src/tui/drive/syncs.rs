//! What syncs change on the screens: those asked for speak up, the automatic ones never open a dialog, move a cursor or say a line.

use std::path::Path;

use crate::{
    app::{
        failure::{Failure, Trouble},
        laptop::settings::Setting,
    },
    tui::{
        desk::{
            cx::Cx,
            effect::{Effect, Snapshot, Synced},
            share::Share,
        },
        dialog::{Go, News},
        drive::model::Model,
        frame::failure::FailureDialog,
        sync::{log_dialog::SyncLogDialog, passphrase_words as say_key, words as say},
    },
};

/// The watcher found that it is time.
pub(crate) fn due(model: &mut Model, effects: &mut Vec<Effect>) {
    let on = model.auto_sync;
    // What is only read is read again.
    if model.desk.as_ref().is_some_and(|desk| !desk.exchanges) {
        effects.extend(on.then_some(Effect::Reload));
        return;
    }
    if let Some(desk) = model.desk.as_mut().filter(|desk| on && !desk.syncing) {
        (desk.syncing, desk.by_hand) = (true, false);
        effects.push(Effect::Sync);
    }
}

/// Somebody asks for a sync while one is running.
pub(crate) fn wait(model: &mut Model) {
    if let Some(desk) = model.desk.as_mut() {
        desk.by_hand = true;
    }
}

/// A sync ended.
pub(crate) fn ended(model: &mut Model, synced: Synced, effects: &mut Vec<Effect>) {
    // Of a visit that was left while its share was slow.
    let Some(desk) = model.desk.as_mut().filter(|desk| desk.file == synced.file) else { return };
    let by_hand = std::mem::take(&mut desk.by_hand);
    desk.syncing = false;
    model.sync_log.note(&synced, by_hand);
    match synced.result {
        Ok(report) => {
            // A sync that changed nothing must not make the screen work.
            if by_hand || report.imported > 0 || report.written || desk.sync != report.state {
                effects.push(Effect::Reload);
            }
            (desk.sync, desk.trouble, desk.minutes) = (report.state, None, Some(0));
            desk.beyond = report.beyond;
            if by_hand {
                let notes = report.notes.iter().map(|note| note.get(model.lang).to_owned());
                // Who is next stands above this line.
                let done = desk.done.take().map(str::to_owned);
                let said = done.into_iter().chain([say::synced(model.lang, &report)]);
                model.toast = said.chain(notes).collect::<Vec<_>>().join("; ");
            }
        }
        Err(failure) => {
            // What came in before it failed stays, e.g. from a stick that is read-only.
            effects.push(Effect::Reload);
            desk.trouble = Some(failure.trouble);
            let done = desk.done.take();
            if by_hand && failure.trouble == Trouble::Away {
                let said = done.into_iter().chain([say::kept_here(model.lang)]);
                model.toast = said.collect::<Vec<_>>().join("; ");
            } else if by_hand {
                model.alarm(failure);
            }
        }
    }
}

/// The passphrase was taken, and a sync goes on from there; or it was not, and the dialog can be mended.
pub(crate) fn keyed(model: &mut Model, file: &Path, result: Result<(), Failure>) -> Vec<Go> {
    // Of a visit that was left meanwhile.
    let Some(desk) = model.desk.as_mut().filter(|desk| desk.file == file) else { return Vec::new() };
    (desk.syncing, desk.by_hand) = (false, false);
    match result {
        Ok(()) => {
            model.tell(&News::Unlocked);
            say_key::taken(model.lang).clone_into(&mut model.toast);
            vec![Go::Do(Effect::Reload), Go::Do(Effect::Sync)]
        }
        Err(failure) => {
            if failure.trouble == Trouble::Locked {
                desk.trouble = Some(failure.trouble);
            }
            model.tell(&News::Refused);
            model.open(FailureDialog::about(failure));
            Vec::new()
        }
    }
}

/// The visit was read again: the screens stay where they are, and a dialog keeps what was typed into it.
pub(crate) fn reloaded(model: &mut Model, snapshot: Snapshot) {
    let Some(desk) = model.desk.as_mut().filter(|desk| desk.visit.id == snapshot.visit.id) else { return };
    let merge = model.merge.anchor(desk);
    let outcome = model.outcome.anchor(&model.cx());
    let Some(desk) = model.desk.as_mut() else { return };
    let ranked = desk.tally.is_some();
    desk.refresh(snapshot);
    if ranked {
        desk.ensure_tally();
        model.merge.hold(merge, desk);
        let cx = Cx { desk: model.desk.as_ref(), ..model.cx_without_visit() };
        model.outcome.hold(outcome, &cx);
    }
}

/// What the watcher knows now.
pub(crate) fn watched(model: &mut Model, share: Share, minutes: Option<u64>) {
    if let Some(desk) = model.desk.as_mut() {
        (desk.share, desk.minutes) = (share, minutes);
    }
}

/// Switches automatic syncs on or off, for this run and the next ones.
pub(crate) fn switch(model: &mut Model, effects: &mut Vec<Effect>) {
    model.auto_sync = !model.auto_sync;
    let on = model.auto_sync;
    let text = if on { say::switched_on(model.lang) } else { say::switched_off(model.lang) };
    text.clone_into(&mut model.toast);
    effects.push(Effect::Keep(Setting::AutoSync(on)));
}

/// Opens the log of the open visit.
pub(crate) fn open_log(model: &mut Model) {
    let entries = model.desk.as_ref().map(|desk| model.sync_log.about(&desk.file)).unwrap_or_default();
    model.sync_log.unread = false;
    model.open(SyncLogDialog::new(entries));
}
