//! What a message changes. Pure: everything outside is asked for by the effects it returns.

use crate::tui::{
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
    keys::{Key, action::Action, input::Input, keymap},
};

/// Takes in a message.
pub(crate) fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    match msg {
        Msg::Key(key) => press(model, key, &mut effects),
        Msg::Paste(text) => paste(model, text, &mut effects),
        Msg::Ignored => frame::words::paste_ignored(model.lang).clone_into(&mut model.toast),
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
    if model.dialogs.is_empty() {
        if let Some(action) = action {
            act(model, action, effects);
        }
        return;
    }
    if key == Key::ctrl('c') {
        act(model, Action::QuitTwice, effects);
        return;
    }
    to_dialog(model, action, &Input::Key(key), effects);
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
    follow(model, wishes, effects);
}
