//! The members with their laptops, those who wait, and what the lead may do about the selected one.

use ratatui::style::Style;

use crate::{
    app::visit::membership::Keeps,
    domain::{
        ballot::seal::BallotState,
        edit::Edit,
        panel::progress::Progress,
        terms::{
            id::{FeedId, MemberName},
            written::Line,
        },
        visit::{Identity, MemberState},
    },
    tui::{
        desk::{Desk, cx::Cx},
        dialog::Go,
        frame::{self, notice},
        keys::action::Action,
        panel::{
            admit::AdmitDialog,
            membership_words as say,
            seat::{SeatDialog, laptop},
            with_reason::ReasonDialog,
            words,
        },
        plan::dialog::PlanDialog,
        widget::text::fit,
    },
    words::{ballot_state, label},
};

/// Cells of the state of a ballot.
pub(crate) const STATE: usize = 16;

/// A row about a member or a laptop.
pub(crate) struct RosterRow {
    /// Text.
    pub(crate) text: String,
    /// Style.
    pub(crate) style: Style,
    /// Whom it is about; nobody for headings.
    pub(crate) about: Option<About>,
}

/// Whom a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum About {
    /// A member.
    Member(MemberName),
    /// A laptop and the name it claims.
    Laptop(MemberName, FeedId),
}

/// The members in roster order (how far they are comes from the tally, which the screen shows), each with its laptops where there is something to say, then the laptops that wait.
pub(crate) fn roster(cx: &Cx, desk: &Desk, cells: usize) -> Vec<RosterRow> {
    let mut rows = Vec::new();
    let progress = desk.tally.as_ref().map(|tally| tally.progress(&desk.visit, desk.me.as_ref()));
    for (at, state) in desk.visit.members.iter().enumerate() {
        let progress = progress.and_then(|all| all.get(at)).copied().unwrap_or_default();
        let name = &state.member.name;
        let about = || Some(About::Member(name.clone()));
        rows.push(RosterRow {
            text: member_row(cx, desk, (state, progress), cells),
            style: Style::new(),
            about: about(),
        });
        let remarks = remarks(cx, state);
        if !remarks.is_empty() {
            let text = format!("      ! {}", remarks.join(" | "));
            rows.push(RosterRow { text, style: cx.theme.warn(), about: about() });
        }
        let is_worth_telling = |feed: &FeedId| {
            desk.visit.retired.contains_key(feed) || desk.visit.forks.contains(feed) || state.feeds.len() > 1
        };
        for feed in state.feeds.iter().filter(|feed| is_worth_telling(feed)) {
            let about = Some(About::Laptop(name.clone(), feed.clone()));
            rows.push(RosterRow { text: laptop_row(cx, desk, state, feed), style: Style::new(), about });
        }
    }
    let pending = &desk.visit.pending;
    if !pending.is_empty() {
        rows.push(RosterRow { text: String::new(), style: Style::new(), about: None });
        let text = format!("  {}", say::waiting_laptops(cx.lang));
        rows.push(RosterRow { text, style: cx.theme.title(), about: None });
    }
    for claim in pending {
        let lang = cx.lang;
        let who = match &claim.expert {
            Some(expert) if desk.visit.member(claim.name.as_str()).is_none() => {
                format!("{} {} ({})", expert.field.name(lang), expert.title, say::not_on_roster(lang))
            }
            _ if is_seated(desk, &claim.name) => say::taken(lang).to_owned(),
            _ => say::several_claims(lang).to_owned(),
        };
        let here =
            if claim.feed == desk.feed { format!("({})", say::this_laptop(lang)) } else { String::new() };
        let text = format!("    {} {} {who} {here}", fit(claim.name.as_str(), 12), laptop(cx, &claim.feed));
        let about = Some(About::Laptop(claim.name.clone(), claim.feed.clone()));
        rows.push(RosterRow { text, style: cx.theme.warn(), about });
    }
    rows
}

/// Whether any laptop counts as a member's. Of two that claimed a name before the lead heard of either, neither does.
fn is_seated(desk: &Desk, name: &MemberName) -> bool {
    let state = desk.visit.member(name.as_str());
    state.is_some_and(|it| !matches!(it.identity, Identity::Absent | Identity::Waiting))
}

fn member_row(cx: &Cx, desk: &Desk, (state, progress): (&MemberState, Progress), cells: usize) -> String {
    let lang = cx.lang;
    let name = state.member.name.as_str();
    let is_me = desk.me.as_ref().is_some_and(|me| me.as_str() == name);
    let is_lead = desk.visit.founding.lead().is_some_and(|lead| lead.name.as_str() == name);
    let is_deputy = desk.visit.deputies.contains(name);
    let is_recused = desk.visit.is_recused(name);
    // Where the state does not say it already.
    let is_absent = desk.visit.is_absent(name);
    let has_ended = state.ballot_state != BallotState::Open || is_recused || is_absent;
    let roles = [
        (state.identity == Identity::Provisional && has_ended, say::counts_unchecked(lang)),
        (is_lead, label::lead(lang)),
        (is_deputy, label::deputy(lang)),
        (is_me, words::me(lang)),
    ];
    let roles: Vec<&str> = roles.into_iter().filter_map(|(is, role)| is.then_some(role)).collect();
    let role = if roles.is_empty() { String::new() } else { format!("({})", roles.join(" ")) };
    let is_claimed = desk.visit.pending.iter().any(|claim| claim.name.as_str() == name);
    let status = match (state.ballot_state, state.identity) {
        _ if is_recused => words::recused_all(lang),
        _ if is_absent => label::absent(lang),
        _ if desk.visit.latecomers.contains(&state.member.name) => label::too_late(lang),
        (BallotState::Open, Identity::Absent) if is_claimed => words::identity(lang, Identity::Waiting),
        (BallotState::Open, identity @ (Identity::Absent | Identity::Provisional | Identity::Waiting)) => {
            words::identity(lang, identity)
        }
        _ => ballot_state(state, lang),
    };
    // Progress of others is shown only where their votes may be seen: an empty ballot would look like no work done.
    let visible = desk.visit.may_see(desk.me.as_ref().map_or("", |me| me.as_str()), state);
    let ballot = if visible {
        let Progress { n_scored, n_owed: n } = progress;
        let bar = cx.theme.bar(n_scored, n, cells.saturating_sub(72).clamp(8, 30));
        format!("{} {bar} {n_scored}/{n}", fit(status, STATE))
    } else if desk.visit.closed {
        // Nothing is kept back any more: the state says all there is.
        status.to_owned()
    } else {
        format!("{} {}", fit(status, STATE), words::hidden(lang))
    };
    format!("  {} {} {ballot} {role}", fit(name, 12), fit(state.member.field.name(lang), 18))
}

/// What must be known of a member beside the state of the ballot.
fn remarks(cx: &Cx, state: &MemberState) -> Vec<String> {
    let lang = cx.lang;
    let mut said = Vec::new();
    if state.seals.standing().count() > 1 {
        said.push(say::two_submissions(lang).to_owned());
    }
    if state.n_missing > 0 {
        said.push(say::missing(lang).to_owned());
    }
    if state.n_late > 0 {
        said.push(say::late(lang, state.n_late));
    }
    said
}

fn laptop_row(cx: &Cx, desk: &Desk, state: &MemberState, feed: &FeedId) -> String {
    let lang = cx.lang;
    let mut notes = vec![say::commits(lang, state.heads.get(feed).map_or(0, |it| it.n))];
    let said = [
        (*feed == desk.feed, say::this_laptop(lang)),
        (state.unchecked.contains(feed), say::counts_unchecked(lang)),
        (desk.visit.retired.contains_key(feed), say::retired(lang)),
        (desk.visit.forks.contains(feed), say::forked(lang)),
    ];
    notes.extend(said.into_iter().filter(|(is, _)| *is).map(|(_, note)| note.to_owned()));
    format!("      {} {}", laptop(cx, feed), notes.join(" | "))
}

/// What the lead or a deputy does about the selected row.
pub(crate) fn act(action: Action, about: Option<&About>, desk: &Desk, cx: &Cx) -> Vec<Go> {
    let lang = cx.lang;
    let say_it = |text: &str| vec![Go::Say(text.to_owned())];
    if !desk.chair {
        return say_it(frame::words::lead_only(lang));
    }
    match action {
        Action::Admit => return vec![Go::Open(Box::new(AdmitDialog::default()))],
        Action::Plan => return vec![Go::Open(Box::new(PlanDialog::new(desk)))],
        _ => {}
    }
    let Some(about) = about else { return say_it(say::choose_member(lang)) };
    let name = match about {
        About::Member(name) | About::Laptop(name, _) => name,
    };
    let state = desk.visit.member(name.as_str());
    match (action, state) {
        (Action::Recuse, Some(_)) => {
            vec![Go::Open(Box::new(ReasonDialog::recusal(name.clone())))]
        }
        (Action::RecordAbsence, Some(state)) => {
            let edit = Edit::Absent { name: name.clone(), reason: Some(Line::default()) };
            match desk.may(&edit) {
                // What was recorded before a seal came can still be taken back.
                Err(refusal) if !is_recorded(desk, &state.member.name) => {
                    say_it(notice::barrier(lang, desk, refusal))
                }
                _ => vec![Go::Open(Box::new(ReasonDialog::absence(name.clone())))],
            }
        }
        (Action::Deputy, Some(state)) => name_deputy(desk, state, cx),
        (Action::Retire, _) => retire(desk, about, state, cx),
        _ => say_it(say::choose_member(lang)),
    }
}

fn is_recorded(desk: &Desk, name: &MemberName) -> bool {
    !desk.visit.closed && desk.visit.recorded_absent().any(|it| it.name == name)
}

fn name_deputy(desk: &Desk, state: &MemberState, cx: &Cx) -> Vec<Go> {
    let lang = cx.lang;
    let name = &state.member.name;
    let refusal = if !desk.lead {
        Some(say::deputy_lead_only(lang))
    } else if desk.me.as_ref() == Some(name) {
        Some(say::deputy_self(lang))
    } else if desk.visit.deputies.contains(name) {
        Some(say::deputy_already(lang))
    } else {
        (state.identity != Identity::Admitted).then(|| say::check_first(lang))
    };
    match refusal {
        Some(text) => vec![Go::Say(format!("{name}: {text}"))],
        None => vec![Go::Open(Box::new(SeatDialog::deputy(name.clone())))],
    }
}

fn retire(desk: &Desk, about: &About, state: Option<&MemberState>, cx: &Cx) -> Vec<Go> {
    let lang = cx.lang;
    let refuse = |text: &str| vec![Go::Say(text.to_owned())];
    let is_on = |feed: &&FeedId| !desk.visit.retired.contains_key(*feed);
    let (name, feed) = match about {
        About::Laptop(name, feed) => (name, Some(feed).filter(is_on)),
        About::Member(name) => {
            let mut on = state.into_iter().flat_map(|state| &state.feeds).filter(is_on);
            match (on.next(), on.next()) {
                (_, Some(_)) => return refuse(say::retire_which(lang)),
                (only, None) => (name, only),
            }
        }
    };
    match feed {
        None => refuse(say::retire_none(lang)),
        Some(feed) if *feed == desk.feed => refuse(say::retire_self(lang)),
        Some(feed) if desk.visit.chair_heads().any(|(it, _)| it == feed) && !desk.lead => {
            refuse(frame::words::lead_only(lang))
        }
        Some(feed) => {
            let head = state.and_then(|state| state.heads.get(feed)).map(|it| it.n);
            vec![Go::Open(Box::new(SeatDialog::retire(name.clone(), feed.clone(), head, Keeps::Synced)))]
        }
    }
}
