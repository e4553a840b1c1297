//! Panel: who sits on it, how far each is, who is recused where, and how many valid votes each clause has.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    domain::{
        edit::Member,
        panel::lacks,
        visit::{Identity, MemberState},
    },
    tui::{
        action::Action,
        desk::Desk,
        dialog::{Dialog, close::CloseDialog},
        model::{Cx, Go, first_row, moved},
        popup::{park, put},
        tally::Tally,
        text::fit,
        words::{common, judging as say, syncing},
    },
};

/// The state of the screen.
#[derive(Debug, Default)]
pub(crate) struct PanelScreen {
    /// The selected row.
    pub(crate) selected: usize,
}

/// What an action does here.
pub(crate) fn update(screen: &mut PanelScreen, action: Action, cx: &Cx) -> Vec<Go> {
    let Some(desk) = cx.desk else { return Vec::new() };
    let n = rows(cx, desk, 80).len();
    if let Some(to) = moved(screen.selected.min(n.saturating_sub(1)), n, cx.page, action) {
        screen.selected = to;
        return Vec::new();
    }
    match action {
        Action::CloseScoring if !desk.lead => vec![Go::Say(common::lead_only(cx.lang).to_owned())],
        Action::CloseScoring if desk.visit.closed => vec![Go::Say(say::closed(cx.lang).to_owned())],
        Action::CloseScoring => vec![Go::Open(Box::new(Dialog::Close(CloseDialog::default())))],
        _ => Vec::new(),
    }
}

/// Draws the screen.
pub(crate) fn view(screen: &PanelScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let Some(desk) = cx.desk else { return };
    let cells = usize::from(area.width);
    let rows = rows(cx, desk, cells);
    let selected = screen.selected.min(rows.len().saturating_sub(1));
    let height = usize::from(area.height);
    let first = first_row(selected, rows.len(), height);
    for (line, (at, (text, style))) in rows.iter().enumerate().skip(first).take(height).enumerate() {
        let chosen = at == selected;
        let mark = if chosen { ">" } else { " " };
        let style = if chosen { cx.theme.selected() } else { *style };
        put(frame, area, line, Line::styled(fit(&format!("{mark}{text}"), cells), style));
        if chosen {
            park(frame, area, line);
        }
    }
}

/// All rows; their number does not depend on the width.
fn rows(cx: &Cx, desk: &Desk, cells: usize) -> Vec<(String, Style)> {
    let lang = cx.lang;
    let plain = Style::new();
    let head = format!(
        "  {} {} {} {}",
        fit(say::member(lang), 12),
        fit(say::field(lang), 18),
        fit(say::state(lang), 16),
        say::progress(lang)
    );
    let mut rows = vec![(head, cx.theme.faint())];
    rows.extend(desk.visit.members.iter().map(|state| (member_row(cx, desk, state, cells), plain)));
    rows.push((String::new(), plain));
    let ago = syncing::ago(lang, desk.minutes);
    rows.push((format!("  {}: {ago}", syncing::last(lang)), plain));
    let members: Vec<&Member> = desk.visit.members.iter().map(|state| &state.member).collect();
    let missing = lacks(&members, &desk.checklist().profile.panel);
    if missing.is_empty() {
        rows.push((format!("  {}", say::panel_complete(lang)), cx.theme.good()));
    }
    rows.extend(missing.into_iter().map(|lack| (format!("  ! {}", say::lack(lang, lack)), cx.theme.warn())));
    rows.push((String::new(), plain));
    rows.push((format!("  {}", say::recusals(lang)), cx.theme.title()));
    if desk.visit.recusals.is_empty() {
        rows.push((format!("    {}", say::none(lang)), plain));
    }
    for recusal in &desk.visit.recusals {
        let clause = recusal.clause.as_ref().map_or(say::all_clauses(lang), |clause| clause.as_str());
        rows.push((format!("    {} {clause}: {}", recusal.name, recusal.reason), plain));
    }
    rows.push((String::new(), plain));
    if let Some(tally) = &desk.tally {
        rows.push((format!("  {}  ({})", say::parity(lang), say::parity_legend(lang)), cx.theme.title()));
        rows.extend(parity_rows(cx, desk, tally).into_iter().map(|text| (text, plain)));
    }
    rows
}

fn member_row(cx: &Cx, desk: &Desk, state: &MemberState, cells: usize) -> String {
    let lang = cx.lang;
    let name = state.member.name.as_str();
    let is_me = desk.me.as_ref().is_some_and(|me| me.as_str() == name);
    let is_lead = desk.visit.founding.lead().is_some_and(|lead| lead.name.as_str() == name);
    let roles: Vec<&str> =
        is_lead.then(|| say::lead(lang)).into_iter().chain(is_me.then(|| say::me(lang))).collect();
    let role = if roles.is_empty() { String::new() } else { format!("({})", roles.join(" ")) };
    let status = if desk.visit.is_recused(name) {
        say::recused_all(lang)
    } else if state.is_submitted() {
        say::submitted(lang)
    } else if state.identity == Identity::Admitted {
        say::scoring(lang)
    } else {
        say::identity(lang, state.identity)
    };
    // Progress of others is shown only where their votes may be seen: an empty ballot would look like no work done.
    let visible = desk.visit.may_see(desk.me.as_ref().map_or("", |me| me.as_str()), state);
    let progress = if visible {
        let n = desk.clauses.len();
        let n_scored =
            desk.clauses.iter().filter(|clause| desk.visit.vote(state, clause).is_scored()).count();
        let bar = cx.theme.bar(n_scored, n, cells.saturating_sub(68).clamp(8, 30));
        format!("{bar} {n_scored}/{n}")
    } else {
        say::hidden(lang).to_owned()
    };
    format!(
        "  {} {} {} {progress} {role}",
        fit(name, 12),
        fit(state.member.field.name(lang), 18),
        fit(status, 16)
    )
}

/// One row an area: for each clause the number of valid votes, `!` after an even one, `?` below quorum.
fn parity_rows(cx: &Cx, desk: &Desk, tally: &Tally) -> Vec<String> {
    let quorum = desk.checklist().profile.merge.quorum.max(1);
    let mut results = tally.outcome.clauses.iter();
    let mut rows = Vec::new();
    for area in &desk.checklist().areas {
        let mut text = format!("    {}", fit(area.title.get(cx.lang), 16));
        for result in results.by_ref().take(area.clauses.len()) {
            let n = result.merged_points.as_ref().map_or(result.merged.n_valid, |points| points.n_valid);
            let sign = if n < quorum {
                "?"
            } else if n.is_multiple_of(2) {
                "!"
            } else {
                " "
            };
            text.push_str(&format!(" {n}{sign}"));
        }
        rows.push(text);
    }
    rows
}
