//! What must not be overlooked while a visit is open: one line below the header, there only when there is something.

use crate::{
    app::visit::passphrase::Lock,
    domain::{
        ballot::seal::BallotState,
        permit::Refusal,
        terms::{id::ClauseId, lang::Lang},
    },
    tui::{
        desk::Desk,
        frame::words as say,
        keys::{action::Action, context::Context, keymap::key_of},
    },
};

/// The line, if there is one.
pub(crate) fn notice(lang: Lang, desk: &Desk) -> Option<String> {
    let key = |action| key_of(Context::Visit, action, lang);
    let mut parts = Vec::new();
    if desk.me.is_none() && desk.office {
        parts.push(say::office_looks(lang).to_owned());
    } else if desk.me.is_none() {
        parts.push(format!("{} ({} {})", say::only_looking(lang), key(Action::Codes), say::join_there(lang)));
    }
    if desk.visit.hides_all() {
        parts.push(say::nothing_public(lang).to_owned());
    }
    if desk.visit.revision.is_draft {
        let clauses: Vec<&str> = desk.visit.revision.reopened.iter().map(ClauseId::as_str).collect();
        parts.push(format!("{}{}", say::revising(lang), clauses.join(lang.pick("、", ", "))));
    }
    if desk.me.is_some() && desk.is_retired() {
        parts.push(say::i_am_retired(lang).to_owned());
    } else if desk.me.is_some() && desk.waits() {
        let is_too_late = desk.seat().is_some_and(|it| desk.visit.latecomers.contains(&it.member.name));
        let text = if is_too_late { say::i_am_too_late(lang) } else { say::i_wait(lang) };
        parts.push(format!("{text} ({} {})", key(Action::Codes), say::see_codes(lang)));
    }
    if let Some(state) = desk.seat().filter(|state| desk.visit.is_absent(state.member.name.as_str())) {
        let is_over = desk.visit.closed || !desk.visit.sits(state);
        parts.push(if is_over { say::absent_for_good(lang) } else { say::absent_yet(lang) }.to_owned());
    } else if desk.seat().is_some_and(|state| state.ballot_state == BallotState::LeftOut) && !desk.waits() {
        parts.push(say::left_out(lang).to_owned());
    }
    if desk.lock == Lock::Asks {
        let give = format!("{} {}", key(Action::Passphrase), say::give_passphrase(lang));
        parts.push(format!("{} ({give})", say::passphrase_missing(lang)));
    }
    let n_conflicts = desk.conflicts().count();
    if n_conflicts > 0 {
        let there = say::next_conflict(lang, &key(Action::NextConflict));
        parts.push(format!("{} ({there})", say::n_conflicts(lang, n_conflicts)));
    }
    let n_waiting = desk.visit.pending.len();
    if desk.chair && n_waiting > 0 {
        parts.push(format!("{} ({})", say::n_waiting(lang, n_waiting), key(Action::GoPanel)));
    }
    if desk.chair && desk.beyond.0 > 0 {
        parts.push(say::beyond(lang, desk.beyond));
    }
    (!parts.is_empty()).then(|| parts.join(" | "))
}

/// Why one may not record now, in words.
pub(crate) fn barrier(lang: Lang, desk: &Desk, barrier: Refusal) -> &'static str {
    match barrier {
        Refusal::NotAMember if desk.me.is_none() => say::only_looking(lang),
        Refusal::NotAMember if desk.is_retired() => say::i_am_retired(lang),
        other => say::barrier(lang, other),
    }
}
