//! Does what screens and dialogs ask for, and what an action on a screen means.

use std::collections::BTreeSet;

use crate::{
    app::deed::Deed,
    domain::{edit::Edit, terms::lang::Lang},
    tui::{
        desk::{
            Desk,
            cx::{Clock, Cx},
            effect::{Effect, Occasion},
        },
        dialog::Go,
        drive::{model::Model, syncs},
        ending::{feedback::FeedbackDialog, matters::EndingDialog},
        frame::{self, help::HelpDialog, palette::PaletteDialog, screen_name::ScreenName},
        home::{self, found::FoundDialog, screen::OPEN_VISIT},
        keys::{action::Action, context::Context, input::Input, keymap},
        ledger,
        merge::{self, outcome},
        panel::{self, join::JoinDialog, membership_words},
        report,
        score::{self, declare::DeclareDialog, find::FindDialog, submit::SubmitDialog},
        sync::passphrase::PassphraseDialog,
        widget::{path::PathDialog, text::cut},
    },
    words::{change, label},
};

/// How many of one's own last changes are listed.
const CHANGES: usize = 100;

/// Does what a screen or dialog asked for, in order. What is recorded when the votes are open goes into the file at once: the others
/// wait for it, and the stick may be pulled.
pub(crate) fn follow(model: &mut Model, mut wishes: Vec<Go>, effects: &mut Vec<Effect>) {
    let is_sync = |wish: &Go| matches!(wish, Go::Do(Effect::Sync | Effect::Do(Deed::Close)));
    let records = |wish: &Go| matches!(wish, Go::Record(_) | Go::Do(Effect::Do(_)));
    let is_open = model.desk.as_ref().is_some_and(|desk| desk.visit.closed && !desk.visit.is_over());
    if is_open && wishes.iter().any(records) && !wishes.iter().any(is_sync) {
        wishes.push(Go::Do(Effect::Sync));
    }
    for wish in wishes {
        let Some(wish) = allowed(model, wish) else { continue };
        match wish {
            Go::Jump(clause) => {
                model.screen = ScreenName::Score;
                model.score.show(clause, model.desk.as_ref());
            }
            Go::ToMerge(clause) => {
                model.screen = ScreenName::Merge;
                if let Some(desk) = model.desk.as_mut() {
                    desk.ensure_tally();
                    model.merge.show(clause, desk);
                }
            }
            Go::Point(point) => (model.score.point, model.score.line) = (point, 0),
            Go::Open(dialog) => model.dialogs.push(dialog),
            Go::Close => {
                model.dialogs.pop();
            }
            Go::Type(text) => {
                let cx = Cx { desk: model.desk.as_ref(), ..model.cx_without_visit() };
                let dialog = model.dialogs.last_mut();
                let wishes = dialog.map(|it| it.input(None, &Input::Paste(text), &cx)).unwrap_or_default();
                follow(model, wishes, effects);
            }
            Go::Record(edits) => {
                if let Some(desk) = model.desk.as_mut() {
                    let edits = desk.settling(edits);
                    model.ticket += 1;
                    desk.record(model.ticket, &edits);
                    model.toast = recorded(model.lang, desk, &edits);
                    model.told_of = edits.iter().filter_map(Edit::subject).map(str::to_owned).collect();
                    if is_open {
                        desk.done = Some(frame::words::recorded(model.lang));
                    }
                    effects.push(Effect::Record(model.ticket, edits));
                }
            }
            Go::Forward => forward(model),
            Go::Onward => onward(model),
            Go::Do(effect) => {
                if let (Effect::Do(deed), Some(desk)) = (&effect, model.desk.as_mut()) {
                    desk.done = frame::words::done(model.lang, deed);
                }
                if let (
                    Effect::Sync | Effect::Do(Deed::Close | Deed::Unlock(_) | Deed::SetPassphrase(_)),
                    Some(desk),
                ) = (&effect, model.desk.as_mut())
                {
                    (desk.syncing, desk.by_hand) = (true, true);
                }
                if matches!(
                    effect,
                    Effect::Open(_) | Effect::OpenLocked(..) | Effect::Join(..) | Effect::Found(..)
                ) {
                    frame::words::opening(model.lang).clone_into(&mut model.toast);
                }
                effects.push(effect);
            }
            Go::ListLastFolder => effects.push(Effect::ListFolder(model.evidence_folder.clone())),
            Go::Act(action) => act(model, action, effects),
            Go::Say(text) => model.toast = text,
            Go::Waive(kind, reason) => {
                if let Some(desk) = model.desk.as_mut() {
                    desk.waive(kind, reason.clone());
                }
                effects.push(Effect::Do(Deed::KeepWaiver(kind, reason)));
            }
            Go::Folder(folder) => model.report.folder = Some(folder),
        }
    }
}

/// What was wished for, as far as this laptop may do it: one that only looks changes nothing, and reads anew instead of syncing.
fn allowed(model: &mut Model, wish: Go) -> Option<Go> {
    let Some(desk) = model.desk.as_ref().filter(|desk| desk.me.is_none()) else { return Some(wish) };
    match &wish {
        Go::Do(Effect::Sync) if !desk.exchanges => return Some(Go::Do(Effect::Reload)),
        Go::Do(Effect::Do(deed)) if !desk.only_looks(deed) => return Some(wish),
        Go::Do(Effect::Do(_)) | Go::Record(_) => {}
        _ => return Some(wish),
    }
    frame::words::only_looking(model.lang).clone_into(&mut model.toast);
    None
}

/// An action on a screen: those of every screen here, the others where they belong.
pub(crate) fn act(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Help => model.open(HelpDialog::new(model.screen_context())),
        Action::Palette => {
            model.open(PaletteDialog::new(model.screen_context()));
        }
        Action::SwitchLang => {
            model.lang = if model.lang == Lang::Zh { Lang::En } else { Lang::Zh };
            if model.desk.as_ref().is_some_and(|desk| desk.me.is_none()) {
                effects.push(Effect::Speak(model.lang));
            }
        }
        Action::Quit => model.quit = true,
        Action::QuitTwice if model.leaving => model.quit = true,
        Action::QuitTwice => {
            model.leaving = true;
            frame::words::press_again(model.lang).clone_into(&mut model.toast);
        }
        Action::OpenSample => {
            frame::words::opening(model.lang).clone_into(&mut model.toast);
            effects.push(Effect::OpenSample);
        }
        Action::FoundVisit => {
            model.open(FoundDialog::new(model.today));
            effects.push(Effect::ListProfiles);
        }
        Action::OpenFile => {
            model.open(PathDialog::new(OPEN_VISIT, ""));
            effects.push(Effect::Complete(String::new()));
        }
        Action::ShowClock => {
            let is_on = model.clock == Clock::Off;
            model.clock = if is_on { Clock::Asked } else { Clock::Off };
            effects.push(Effect::ShowClock(is_on));
        }
        _ if is_visit_wide(action) => act_in_visit(model, action, effects),
        _ => to_screen(model, action, effects),
    }
}

fn is_visit_wide(action: Action) -> bool {
    keymap::applicable(Context::Visit)
        .any(|binding| binding.context == Context::Visit && binding.action == action)
}

fn act_in_visit(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let Some(desk) = model.desk.as_ref() else {
        frame::words::no_visit(model.lang).clone_into(&mut model.toast);
        return;
    };
    let changes =
        matches!(action, Action::Undo | Action::Redo | Action::Changes | Action::Declare | Action::Submit);
    if desk.me.is_none() && (changes || (action == Action::Passphrase && !desk.exchanges)) {
        frame::words::only_looking(model.lang).clone_into(&mut model.toast);
        return;
    }
    match action {
        Action::GoScore => go_to(model, ScreenName::Score, effects),
        Action::GoPanel => go_to(model, ScreenName::Panel, effects),
        Action::GoMerge => go_to(model, ScreenName::Merge, effects),
        Action::GoOutcome => go_to(model, ScreenName::Outcome, effects),
        Action::GoLedger if desk.visit.finalised.is_none() => {
            ledger::words::not_yet(model.lang).clone_into(&mut model.toast);
        }
        Action::GoLedger => go_to(model, ScreenName::Ledger, effects),
        Action::GoReport => {
            go_to(model, ScreenName::Report, effects);
            effects.push(Effect::LookAtTemplate);
        }
        Action::Find => model.open(FindDialog::new(desk)),
        // A seal is the last thing there is to undo, until a closing record names it.
        Action::Undo if desk.seat().is_some_and(|seat| seat.seals.stands() && !desk.visit.closed) => {
            follow(model, vec![Go::Do(Effect::Do(Deed::Unseal)), Go::Do(Effect::Sync)], effects);
        }
        Action::Undo => {
            let in_sight = in_sight(model);
            effects.push(Effect::Undo(in_sight));
        }
        Action::Changes => effects.push(Effect::ReadChanges(CHANGES)),
        Action::Redo => effects.push(Effect::Do(Deed::Redo)),
        // An automatic sync may be under way: its result is then shown like that of one by hand.
        Action::Sync if desk.syncing => syncs::wait(model),
        Action::AutoSync => syncs::switch(model, effects),
        Action::SyncLog => syncs::open_log(model),
        Action::NextConflict => match desk.next_conflict(model.score.clause) {
            Some(index) => follow(model, vec![Go::Jump(index)], effects),
            None => membership_words::no_conflicts(model.lang).clone_into(&mut model.toast),
        },
        Action::Declare => match desk.seat() {
            None => label::not_joined(model.lang).clone_into(&mut model.toast),
            Some(_) => model.open(DeclareDialog::new(desk)),
        },
        Action::Feedback => model.open(FeedbackDialog::new(desk)),
        Action::Ending => model.open(EndingDialog::default()),
        Action::Codes if desk.me.is_some() => effects.push(Effect::ShowCodes(Occasion::Again)),
        Action::Codes => model.open(JoinDialog::new(desk)),
        Action::Passphrase => match PassphraseDialog::in_visit(desk, model.lang) {
            Ok(dialog) => model.open(dialog),
            Err(said) => said.clone_into(&mut model.toast),
        },
        Action::Sync => follow(model, vec![Go::Do(Effect::Sync)], effects),
        Action::Submit => match desk.seat() {
            None => label::not_joined(model.lang).clone_into(&mut model.toast),
            Some(seat) if seat.is_submitted() => {
                score::words::submitted(model.lang).clone_into(&mut model.toast);
            }
            Some(_) => model.open(SubmitDialog::default()),
        },
        Action::Cancel => {
            let back = if model.screen == ScreenName::Score { ScreenName::Home } else { ScreenName::Score };
            go_to(model, back, effects);
        }
        _ => {}
    }
}

fn go_to(model: &mut Model, screen: ScreenName, effects: &mut Vec<Effect>) {
    if screen == ScreenName::Home {
        effects.extend(model.bookmark());
        model.desk = None;
        effects.extend([Effect::Leave, Effect::ListVisits]);
    }
    model.screen = screen;
}

fn to_screen(model: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let without_visit = model.cx_without_visit();
    let wishes = match (model.screen, model.desk.as_mut()) {
        (ScreenName::Home, _) => home::screen::update(&mut model.home, action, &without_visit),
        (_, None) => Vec::new(),
        (screen, Some(desk)) => {
            if matches!(screen, ScreenName::Panel | ScreenName::Merge | ScreenName::Outcome) {
                desk.ensure_tally();
            }
            let cx = Cx { desk: Some(desk), ..without_visit };
            match screen {
                ScreenName::Score => score::screen::update(&mut model.score, action, &cx),
                ScreenName::Panel => panel::screen::update(&mut model.panel, action, &cx),
                ScreenName::Merge => merge::screen::update(&mut model.merge, action, &cx),
                ScreenName::Outcome => outcome::update(&mut model.outcome, action, &cx),
                ScreenName::Ledger => ledger::screen::update(&mut model.ledger, action, &cx),
                ScreenName::Report | ScreenName::Home => {
                    report::screen::update(&mut model.report, action, &cx)
                }
            }
        }
    };
    follow(model, wishes, effects);
}

/// What is in sight, so that nobody need be asked whether a change of it is to be taken back: what the screen is about, and what
/// the bar has just told.
fn in_sight(model: &Model) -> Vec<String> {
    let selected = match (model.screen, model.desk.as_ref()) {
        (ScreenName::Score, Some(desk)) => {
            desk.clause(model.score.clause).map(|clause| clause.id.to_string())
        }
        (ScreenName::Merge, Some(desk)) => model.merge.subject(desk),
        _ => None,
    };
    selected.into_iter().chain(model.told_of.iter().cloned()).collect()
}

/// What was recorded, in words, with the key that takes it back.
fn recorded(lang: Lang, desk: &Desk, edits: &[Edit]) -> String {
    let undo = keymap::key_of(Context::Visit, Action::Undo, lang);
    if let [edit] = edits {
        let told = change::told(edit, desk.checklist(), lang);
        // The key must stay in view beside what the right end of the line says.
        let told = told.map(|told| format!("{} -> {}", told.what, cut(&told.value, 16))).unwrap_or_default();
        return score::words::recorded(lang, &told, &undo);
    }
    let clauses: BTreeSet<&str> = edits.iter().filter_map(Edit::subject).collect();
    let clauses: Vec<&str> = clauses.into_iter().collect();
    score::words::recorded_many(lang, &clauses, edits.len(), &undo)
}

/// From the last point: to one of the clause that is still open, else to the next unscored clause.
fn forward(model: &mut Model) {
    let Some(desk) = model.desk.as_ref() else { return };
    let Some(clause) = desk.clause(model.score.clause) else { return };
    let open = clause.points.iter().enumerate().find(|(_, point)| desk.finding(clause, point).is_none());
    match (open, model.score.next(desk, true)) {
        (Some((at, point)), _) => {
            model.toast = score::words::still_open(model.lang, &point.id);
            (model.score.point, model.score.line) = (at, 0);
        }
        (None, Some(next)) => model.score.show(next, Some(desk)),
        (None, None) => {
            let said = model.score.none_next(desk, model.lang);
            model.toast = said.unwrap_or_else(|| score::words::last_clause(model.lang).to_owned());
        }
    }
}

fn onward(model: &mut Model) {
    let Some(desk) = model.desk.as_ref().filter(|_| model.score.auto_advance) else { return };
    match model.score.next(desk, true) {
        Some(next) => model.score.show(next, Some(desk)),
        None => {
            if let Some(said) = model.score.none_next(desk, model.lang) {
                let told = std::mem::take(&mut model.toast);
                let gap = if told.is_empty() { "" } else { "; " };
                model.toast = format!("{told}{gap}{said}");
            }
        }
    }
}
