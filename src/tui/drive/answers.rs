//! What the answers of the workers change.

use std::path::Path;

use crate::{
    app::{
        evidence::Attached,
        failure::Failure,
        files::FolderListing,
        laptop::phrases::Phrases,
        log::ReadLog,
        session::{SyncState, own_log::Change},
        visit::membership::Admission,
    },
    domain::{edit::Edit, pool::draw::DrawRecord},
    tui::{
        desk::{
            Desk,
            cx::Clock,
            effect::{Effect, Looking, Msg, Profiles, Snapshot, Step},
        },
        dialog::{Go, News},
        drive::{follow::follow, model::Model, syncs},
        frame::{self, failure::FailureDialog, screen_name::ScreenName},
        keys::context::Context,
        log::{
            dialog::LogDialog,
            undo::{self, UndoDialog},
        },
        panel::{admit::AdmittedDialog, codes::CodesDialog, join::JoinDialog, membership_words},
        score::{evidence_words, phrases::PhrasesDialog, screen::ScoreScreen},
        sync::passphrase::PassphraseDialog,
    },
};

/// Takes in an answer.
pub(crate) fn take(model: &mut Model, answer: Msg, effects: &mut Vec<Effect>) {
    match answer {
        Msg::Visits(Ok(visits)) => model.home.visits = Some(visits),
        Msg::Profiles(result) => profiles(model, result),
        Msg::Draw(path, result) => draw(model, &path, result),
        Msg::Opened(Ok(snapshot)) => opened(model, *snapshot),
        Msg::Reloaded(Ok(snapshot)) => {
            syncs::reloaded(model, *snapshot);
        }
        Msg::Recorded(ticket, result) => recorded(model, ticket, result, effects),
        Msg::Stepped(step, Ok((change, sync))) => stepped(model, step, change, sync),
        Msg::Changes(looking, result) => changes(model, looking, result),
        Msg::Locked(file) => {
            model.toast.clear();
            model.tell(&News::Refused);
            model.open(PassphraseDialog::open(file));
        }
        Msg::Keyed(file, result) => {
            let wishes = syncs::keyed(model, &file, result);
            follow(model, wishes, effects);
        }
        Msg::Synced(synced) => syncs::ended(model, synced, effects),
        Msg::SyncDue => syncs::due(model, effects),
        Msg::Watched(share, minutes) => syncs::watched(model, share, minutes),
        Msg::Kept(Ok(())) => {}
        Msg::Clock(minute) if model.clock != Clock::Off => model.clock = Clock::At(minute),
        Msg::Exporting(step) => model.report.take(step),
        Msg::Exported(result) => {
            model.report.end();
            if let Err(failure) = result {
                model.alarm(failure);
            }
        }
        Msg::Template(found) => model.report.installed = Some(found),
        Msg::FormWritten(result) => model.report.form_written(result),
        Msg::Attached(result) => evidence_attached(model, result, effects),
        Msg::Folder(result) => folder(model, result),
        Msg::Log(result) => log(model, result),
        Msg::Phrases(result) => phrases(model, result),
        Msg::Completions(asked, found) => {
            if let Some(dialog) = model.dialogs.last_mut() {
                dialog.hear(&News::Completions(&asked, &found));
            }
        }
        Msg::Visits(Err(failure)) => {
            model.home.visits.get_or_insert_default();
            model.alarm(failure);
        }
        Msg::Told(Ok(text)) => text.get(model.lang).clone_into(&mut model.toast),
        Msg::Admitted(result) => admitted(model, result, effects),
        Msg::Codes(Ok(codes), occasion) => model.open(CodesDialog::new(codes, occasion)),
        Msg::SheetSaved(Ok(path)) => {
            model.toast = membership_words::sheet_saved(model.lang, &path.display().to_string());
        }
        // Somebody waits for these, in the dialog that can be mended: the failure comes on top of it.
        Msg::Opened(Err(failure))
        | Msg::Codes(Err(failure), _)
        | Msg::SheetSaved(Err(failure))
        | Msg::Told(Err(failure)) => {
            model.toast.clear();
            model.tell(&News::Refused);
            model.open(FailureDialog::new(failure));
        }
        Msg::Reloaded(Err(failure)) | Msg::Stepped(_, Err(failure)) | Msg::Kept(Err(failure)) => {
            model.toast.clear();
            if let Some(desk) = model.desk.as_mut() {
                desk.done = None;
            }
            model.alarm(failure);
        }
        Msg::Clock(_)
        | Msg::Key(_)
        | Msg::Paste(_)
        | Msg::Ignored
        | Msg::Hasty
        | Msg::Resize(..)
        | Msg::Glyphs(_)
        | Msg::Crashed => {}
    }
}

fn evidence_attached(model: &mut Model, result: Result<Attached, Failure>, effects: &mut Vec<Effect>) {
    model.tell(&News::Attached(result.is_ok()));
    match result {
        Ok(attached) => {
            let said = evidence_words::done(model.lang, attached.clause.as_str(), attached.names.len());
            let notes = attached.notes.iter().map(|note| note.get(model.lang).to_owned());
            model.toast = std::iter::once(said).chain(notes).collect::<Vec<_>>().join("; ");
            effects.push(Effect::Reload);
        }
        Err(failure) => model.open(FailureDialog::new(failure)),
    }
}

/// The folder is remembered for the next clause.
fn folder(model: &mut Model, result: Result<FolderListing, Failure>) {
    match result {
        Ok(listing) => {
            model.tell(&News::Folder(&listing));
            model.evidence_folder = Some(listing.folder);
        }
        Err(failure) => {
            // A stick that was pulled is not looked for again.
            model.evidence_folder = None;
            model.tell(&News::NoFolder);
            model.open(FailureDialog::new(failure));
        }
    }
}

/// Once admitted, everybody should hear of it: the program syncs by itself.
fn admitted(model: &mut Model, result: Result<Admission, Failure>, effects: &mut Vec<Effect>) {
    match result {
        Ok(admission) => {
            model.tell(&News::Admitted(true));
            model.open(AdmittedDialog::new(admission));
            follow(model, vec![Go::Do(Effect::Reload), Go::Do(Effect::Sync)], effects);
        }
        Err(failure) => {
            model.tell(&News::Admitted(false));
            model.open(FailureDialog::new(failure));
        }
    }
}

fn profiles(model: &mut Model, result: Result<Profiles, Failure>) {
    match result {
        Ok(found) => {
            model.tell(&News::Profiles(&found));
        }
        Err(failure) => model.alarm(failure),
    }
}

/// Nobody waits for it if the form was left, or another file typed, meanwhile.
fn draw(model: &mut Model, path: &Path, result: Result<Box<DrawRecord>, Failure>) {
    let awaited = model.tell(&News::Draw(path, result.as_deref().ok()));
    if let (true, Err(failure)) = (awaited, result) {
        model.open(FailureDialog::new(failure));
    }
}

fn opened(model: &mut Model, snapshot: Snapshot) {
    let bookmark = snapshot.bookmark.clone();
    let desk = Desk::new(snapshot);
    model.dialogs.retain(|dialog| dialog.outlives_visit());
    // Of a final visit nobody joins to score: whoever opens it wants to read.
    if desk.me.is_none() && !desk.exchanges && desk.visit.finalised.is_none() {
        model.open(JoinDialog::new(&desk));
    }
    model.score = ScoreScreen {
        auto_advance: model.score.auto_advance,
        order: model.score.order,
        ..ScoreScreen::default()
    };
    let first = (0..desk.clauses.len()).find(|&index| desk.is_owed(index));
    let first = first.or_else(|| (0..desk.clauses.len()).find(|&index| desk.is_shown(index)));
    model.score.show(first.unwrap_or(0), Some(&desk));
    if let Some(bookmark) = bookmark {
        model.score.open_at(&bookmark, &desk);
    }
    model.merge = Default::default();
    model.outcome = Default::default();
    model.panel = Default::default();
    model.report = Default::default();
    model.screen = ScreenName::Score;
    model.toast.clear();
    model.desk = Some(desk);
}

/// A refused recording is taken off the desk again by reading the visit anew.
fn recorded(model: &mut Model, ticket: u64, result: Result<SyncState, Failure>, effects: &mut Vec<Effect>) {
    let Some(desk) = model.desk.as_mut() else { return };
    desk.settle(ticket);
    match result {
        Ok(state) => desk.sync = state,
        Err(failure) => {
            effects.push(Effect::Reload);
            model.alarm(failure);
        }
    }
}

fn stepped(model: &mut Model, step: Step, change: Option<Change>, sync: SyncState) {
    let lang = model.lang;
    let (Some(change), Some(desk)) = (change, model.desk.as_mut()) else {
        model.toast = match step {
            Step::Undo => frame::words::nothing_to_undo(lang).to_owned(),
            Step::Redo => frame::words::nothing_to_redo(lang).to_owned(),
        };
        return;
    };
    for edit in &change.back {
        desk.apply(edit);
    }
    desk.sync = sync;
    let what = undo::told(&change.edits, desk.checklist(), lang);
    model.toast = match step {
        Step::Undo => frame::words::undone(lang, &what),
        Step::Redo => frame::words::redone(lang, &what),
    };
    let is_ballot = |edit: &&Edit| edit.is_ballot();
    let clause = change.back.iter().filter(is_ballot).find_map(Edit::subject);
    let index = clause.and_then(|clause| desk.index_of(clause));
    if let Some(index) = index.filter(|_| model.screen == ScreenName::Score && model.dialogs.is_empty()) {
        model.score.show(index, model.desk.as_ref());
    }
}

/// Own changes are there to be read, or to be asked about.
fn changes(model: &mut Model, looking: Looking, result: Result<Vec<Change>, Failure>) {
    match result {
        Ok(found) if found.is_empty() => {
            frame::words::nothing_to_undo(model.lang).clone_into(&mut model.toast);
        }
        Ok(found) if model.desk.is_some() => model.open(UndoDialog::new(looking, found)),
        Ok(_) => {}
        Err(failure) => model.alarm(failure),
    }
}

/// Of a visit that was left meanwhile nothing is shown.
fn log(model: &mut Model, result: Result<Box<ReadLog>, Failure>) {
    match result {
        Ok(read) if model.desk.as_ref().is_some_and(|desk| desk.visit.id == read.log.visit) => {
            model.open(LogDialog::new(*read));
        }
        Ok(_) => {}
        Err(failure) => model.alarm(failure),
    }
}

/// Nobody waits for them once the box was left.
fn phrases(model: &mut Model, result: Result<Phrases, Failure>) {
    match result {
        Ok(found) if matches!(model.context(), Context::Reason | Context::NoteBox) => {
            model.open(PhrasesDialog::new(found));
        }
        Ok(_) => {}
        Err(failure) => model.open(FailureDialog::new(failure)),
    }
}
