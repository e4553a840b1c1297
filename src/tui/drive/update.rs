//! What a message changes. Pure: everything outside is asked for by the effects it returns.

use crossterm::event::KeyCode;

use crate::{
    domain::terms::grade::Grade,
    tui::{
        desk::{
            cx::Cx,
            effect::{Effect, Msg},
        },
        drive::{
            answers,
            follow::{act, follow},
            model::Model,
            view::is_too_small,
        },
        frame::{self, screen_name::ScreenName},
        keys::{Key, action::Action, context::Context, input::Input, keymap},
        score,
    },
};

/// Takes in a message.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    match msg {
        Msg::Key(key) => press(model, key, &mut effects),
        Msg::Paste(text) => paste(model, text, &mut effects),
        Msg::Ignored => frame::words::paste_ignored(model.lang).clone_into(&mut model.toast),
        Msg::Hasty => hasty(model),
        Msg::Resize(columns, rows) => model.size = (columns, rows),
        Msg::Crashed => (model.crashed, model.quit) = (true, true),
        Msg::Glyphs(glyphs) => model.theme.glyphs = glyphs,
        answer => answers::take(model, answer, &mut effects),
    }
    let (today, lang) = (model.today, model.lang);
    if let Some(desk) = model.desk.as_mut().filter(|_| model.screen == ScreenName::Ledger) {
        desk.ensure_ledger(today, lang);
    }
    let shows_tally = matches!(model.screen, ScreenName::Panel | ScreenName::Merge | ScreenName::Outcome)
        || model.dialogs.iter().any(|dialog| dialog.shows_tally());
    if let Some(desk) = model.desk.as_mut().filter(|_| shows_tally) {
        desk.ensure_tally();
    }
    effects
}

fn press(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    model.toast.clear();
    let action = keymap::lookup(model.context(), key);
    // In a dialog the key means the same without being bound there.
    if action != Some(Action::QuitTwice) && key != Key::ctrl('c') {
        model.leaving = false;
    }
    if is_too_small(model.size) && !leaves(model, action, key) {
        return;
    }
    if action != Some(Action::Undo) {
        model.told_of.clear();
    }
    let (otherwise, was_wary) = (digits_mean_otherwise(model), std::mem::take(&mut model.wary));
    if model.dialogs.is_empty() {
        match action {
            Some(Action::Give(grade)) if was_wary => ask_for_grade(model, grade),
            Some(action) => act(model, action, effects),
            None => frame::words::unbound(model.lang).clone_into(&mut model.toast),
        }
    } else if key == Key::ctrl('c') {
        act(model, Action::QuitTwice, effects);
    } else {
        to_dialog(model, action, &Input::Key(key), effects);
    }
    if otherwise && !digits_mean_otherwise(model) && action != Some(Action::GoScore) {
        beware(model);
    }
}

/// Whether a key that is no command of a box is nothing to it either; a field takes characters and what edits them.
fn means_nothing(input: &Input, is_text: bool) -> bool {
    let Input::Key(key) = input else { return false };
    let edits = ['u', 'z', 'y'].map(Key::ctrl).contains(key);
    !is_text
        || matches!(key.code, KeyCode::F(_))
        || (key.ctrl && matches!(key.code, KeyCode::Char(_)) && !edits)
}

/// Whether a digit pressed now is something else than a grade on the score screen.
fn digits_mean_otherwise(model: &Model) -> bool {
    let of_box = |context| {
        matches!(context, Context::Calculator | Context::Inventory | Context::Count | Context::Submitting)
    };
    let elsewhere = !matches!(model.screen, ScreenName::Score | ScreenName::Home);
    elsewhere || model.dialogs.last().is_some_and(|dialog| of_box(dialog.context()))
}

/// Tells what has the keys after a place was left where digits mean something else; the first grade then asks.
fn beware(model: &mut Model) {
    if model.screen != ScreenName::Score || !model.dialogs.is_empty() {
        return;
    }
    model.wary = true;
    if let Some(clause) = model.desk.as_ref().and_then(|desk| desk.clause(model.score.clause))
        && model.toast.is_empty()
    {
        model.toast = score::words::scoring_now(model.lang, &clause.id);
    }
}

fn ask_for_grade(model: &mut Model, grade: Grade) {
    if let Some(clause) = model.desk.as_ref().and_then(|desk| desk.clause(model.score.clause)) {
        model.toast = score::words::grade_again(model.lang, &clause.id, grade);
    }
}

/// What the first key did stays told.
fn hasty(model: &mut Model) {
    let told = frame::words::too_fast(model.lang);
    if !model.toast.ends_with(told) {
        let before = std::mem::take(&mut model.toast);
        model.toast = if before.is_empty() { told.to_owned() } else { format!("{before}; {told}") };
    }
}

/// Whether a key is one to leave the program with; in a dialog a letter is a letter.
fn leaves(model: &Model, action: Option<Action>, key: Key) -> bool {
    key == Key::ctrl('c') || (model.dialogs.is_empty() && action == Some(Action::Quit))
}

fn paste(model: &mut Model, text: String, effects: &mut Vec<Effect>) {
    if is_too_small(model.size) {
        return;
    }
    model.toast.clear();
    if model.context().is_text() {
        to_dialog(model, None, &Input::Paste(text), effects);
    } else {
        frame::words::paste_ignored(model.lang).clone_into(&mut model.toast);
    }
}

fn to_dialog(model: &mut Model, action: Option<Action>, input: &Input, effects: &mut Vec<Effect>) {
    let cx = Cx { desk: model.desk.as_ref(), ..model.cx_without_visit() };
    let Some(dialog) = model.dialogs.last_mut() else { return };
    let wishes = dialog.input(action, input, &cx);
    let is_idle = action.is_none() && wishes.is_empty() && means_nothing(input, dialog.context().is_text());
    follow(model, wishes, effects);
    if is_idle {
        frame::words::unbound_here(model.lang).clone_into(&mut model.toast);
    }
}
