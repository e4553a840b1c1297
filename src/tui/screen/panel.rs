//! Panel: who sits on it, how far each is, who is recused where, and how many valid votes each clause has.

use ratatui::{Frame, layout::Rect, style::Style, text::Line};

use crate::{
    domain::{edit::Member, panel::lacks},
    tui::{
        action::Action,
        desk::Desk,
        dialog::{Dialog, close::CloseDialog},
        model::{Cx, Go, first_row, moved},
        popup::{park, put},
        screen::roster::{act, roster},
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

/// Rows above the roster.
const HEAD_ROWS: usize = 1;

/// What an action does here.
pub(crate) fn update(screen: &mut PanelScreen, action: Action, cx: &Cx) -> Vec<Go> {
    let Some(desk) = cx.desk else { return Vec::new() };
    let n = rows(cx, desk, 80).len();
    if let Some(to) = moved(screen.selected.min(n.saturating_sub(1)), n, cx.page, action) {
        screen.selected = to;
        return Vec::new();
    }
    match action {
        Action::Admit | Action::Deputy | Action::Retire | Action::Reopen => {
            let rows = roster(cx, desk, 80);
            let about = screen.selected.checked_sub(HEAD_ROWS).and_then(|at| rows.get(at)?.about.as_ref());
            act(action, about, desk, cx)
        }
        Action::CloseScoring if !desk.chair => vec![Go::Say(common::lead_only(cx.lang).to_owned())],
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
    rows.extend(roster(cx, desk, cells).into_iter().map(|row| (row.text, row.style)));
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
